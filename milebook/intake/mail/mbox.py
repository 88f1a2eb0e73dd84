"""Split a mailbox file into its messages, also where a story has a line that begins with "From "."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

MOST_MAIL = 64 * 2**20  # bytes of one mail that are read; no mail provider takes larger ones
_BLOCK = 1 << 22
_ROOM = 4_096  # bytes in which a "From " line and the header below it stand
_MOST_HELD = 1 << 23  # bytes; a mail that is longer is read again when its end is known
_WINDOW = 1 << 15
_MARK = b"\nFrom "
# "From sender Mon May 26 20:18:05 +0000 2025", then a header line. Without both, "From " begins a line of somebody's story.
_FROM = re.compile(
    rb"From [^\r\n]*?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[ ,]+"
    rb"(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d{1,2}|\d{1,2} +(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
    rb"[ ,]+(?:\d{4} +)?\d{1,2}:\d\d(?::\d\d)?[^\r\n]{0,40}\r?\n"
    rb"(?:>?From [^\r\n]*\r?\n)?[!-9;-~]{1,100}[ \t]*:"
)
_NO_SENDER = re.compile(
    rb"From (?:- |\?\?\?|-)[^\r\n]*\r?\n(?:X-Mozilla-Status|Received|Return-Path|Date|From|Delivered-To)[\w-]*:"
)
_ESCAPED = re.compile(rb"(?m)^>(>*From )")


class Slice(NamedTuple):
    """One message of a mailbox: where its bytes are, and the line "From …" above it, which holds a date."""

    start: int  # of the message itself, behind the line "From …"
    end: int
    line: bytes
    data: bytes  # as received; empty if the mail is larger than MOST_MAIL


def is_mailbox(start: bytes) -> bool:
    """Whether a file that begins so is a mailbox."""
    start = start.lstrip(b"\xef\xbb\xbf\r\n")
    return bool(_FROM.match(start) or _NO_SENDER.match(start))


def messages(path: Path) -> Iterator[Slice]:
    """The messages in the order of the file, one at a time: a mailbox may be larger than the memory."""
    with path.open("rb") as handle:
        for start, end, held in _stretches(handle):
            yield read_slice(handle, start, end) if held is None else _slice(start, held)


def read_slice(handle: BinaryIO, start: int, end: int) -> Slice:
    """One message, given where its line "From …" begins and where the message ends."""
    handle.seek(start)
    line = handle.readline(2_000)
    begin = start + len(line)
    if end - begin > MOST_MAIL:
        return Slice(begin, end, line, b"")
    data = handle.read(end - begin)
    return Slice(begin, begin + len(data), line, data)


def _slice(start: int, held: bytes) -> Slice:
    """One message whose bytes, with the line "From …" above it, are at hand."""
    cut = held.find(b"\n", 0, 2_000) + 1 or min(len(held), 2_000)
    return Slice(start + cut, start + len(held), held[:cut], held[cut:])


def unescaped(data: bytes) -> bytes:
    """The message without the ">" that mailboxes put before a line that begins with "From "."""
    last = data.rfind(b">") + 6  # a photo, which is most of a mail, has no ">" in it
    return _ESCAPED.sub(rb"\1", data) if data.find(b">From ", 0, last) >= 0 else data


def _stretches(handle: BinaryIO) -> Iterator[tuple[int, int, bytes | None]]:
    """Where each message with its "From " line begins and ends, and its bytes, unless the file has to be read again for them.

    An empty line at the end belongs to the mailbox.
    """
    begin, at, held = -1, 0, b""  # `held` is the stretch of the file from `at` on
    head = handle.read(4_096)
    stripped = head.lstrip(b"\xef\xbb\xbf\r\n")
    if _FROM.match(stripped) or _NO_SENDER.match(stripped):
        begin = len(head) - len(stripped)
    asked = begin + 1  # up to here every line was looked at
    while True:
        handle.seek(at + len(held))  # whoever takes the stretches reads from the same file
        if not (block := handle.read(_BLOCK)):
            break
        held += block
        last = (
            len(held) if len(block) < _BLOCK else len(held) - _ROOM
        )  # what is nearer to the end waits for the next block
        place = _next_mark(held, max(0, asked - at))
        while 0 <= place < last:
            if _begins(held, place):
                if begin >= 0:
                    yield begin, at + place, held[begin - at : place] if begin >= at else None
                begin = at + place + 1
            asked = at + place + 1
            place = _next_mark(held, place + 1)
        asked = max(asked, at + last)
        kept = last - 8  # the lines before the next place are needed to see whether they are empty
        if at <= begin < at + kept and len(held) < _MOST_HELD:
            kept = begin - at
        cut = max(0, kept)
        at, held = at + cut, held[cut:]
    size = handle.seek(0, 2)
    if begin >= 0:
        yield begin, size, None


def _next_mark(held: bytes, start: int) -> int:
    """Where the next line begins with "From ", -1 for nowhere. Photos in Base64 have no space, and are passed over."""
    while (space := held.find(b" ", start)) >= 0:
        end = space + _WINDOW
        place = held.find(_MARK, max(start, space - len(_MARK) + 1), end)
        if place >= 0:
            return place
        start = end - len(_MARK) + 1
    return -1


def _begins(held: bytes, place: int) -> bool:
    """Whether the line after `place` begins a message: a true "From " line after an empty line."""
    if held[max(0, place - 3) : place].rstrip(b"\r")[-1:] not in (b"\n", b""):
        return False
    window = held[place + 1 : place + 3_000]
    return bool(_FROM.match(window) or _NO_SENDER.match(window))
