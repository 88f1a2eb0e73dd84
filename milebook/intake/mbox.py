"""Split a mailbox file into its messages, also where a story has a line that begins with "From "."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

MOST_MAIL = 64 * 2**20  # bytes of one mail that are read; no mail provider takes larger ones
_BLOCK = 1 << 22
_ROOM = 4_096  # bytes in which a "From " line and the header below it stand
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
        for start, end in _stretches(handle):
            yield read_slice(handle, start, end)


def read_slice(handle: BinaryIO, start: int, end: int) -> Slice:
    """One message, given where its line "From …" begins and where the message ends."""
    handle.seek(start)
    line = handle.readline(2_000)
    begin = start + len(line)
    if end - begin > MOST_MAIL:
        return Slice(begin, end, line, b"")
    data = handle.read(end - begin)
    return Slice(begin, begin + len(data), line, data)


def unescaped(data: bytes) -> bytes:
    """The message without the ">" that mailboxes put before a line that begins with "From "."""
    return _ESCAPED.sub(rb"\1", data) if b">From " in data else data


def _stretches(handle: BinaryIO) -> Iterator[tuple[int, int]]:
    """Where each message with its "From " line begins and ends. An empty line at the end belongs to the mailbox."""
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
        place = held.find(_MARK, max(0, asked - at))
        while 0 <= place < last:
            if _begins(held, place):
                if begin >= 0:
                    yield begin, at + place
                begin = at + place + 1
            asked = at + place + 1
            place = held.find(_MARK, place + 1)
        asked = max(asked, at + last)
        cut = max(0, last - 8)  # the lines before the next place are needed to see whether they are empty
        at, held = at + cut, held[cut:]
    size = handle.seek(0, 2)
    if begin >= 0:
        yield begin, size


def _begins(held: bytes, place: int) -> bool:
    """Whether the line after `place` begins a message: a true "From " line after an empty line."""
    if held[max(0, place - 3) : place].rstrip(b"\r")[-1:] not in (b"\n", b""):
        return False
    window = held[place + 1 : place + 3_000]
    return bool(_FROM.match(window) or _NO_SENDER.match(window))
