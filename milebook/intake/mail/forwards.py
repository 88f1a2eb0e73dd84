"""A mail that was forwarded as text: where the first mail begins, who wrote it, and its subject."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from milebook.intake.items import words_in
from milebook.intake.mail.own_text import LITTLE, trimmed
from milebook.intake.mail.phrases import DATE, END_OF_FORWARD, FORWARDED, ORIGINAL, RULE, SENDER, SUBJECT
from milebook.intake.mail.phrases import field as field_of

_DEEPEST = 6  # a mail that was forwarded so often is read to the bottom
_LABELS = re.compile(r"(?<=[^\s:])(?=(?:To|Cc|Sent|Subject|Date): )|(?<= )(?=From: )")


@dataclass(slots=True)
class Own:
    """The lines of a mail that are its story: by number, and how many signs of quotation stand before each.

    `sender` and `subject` are those of the mail that was forwarded, as its head has them; "" where nothing was forwarded.
    """

    lines: list[int]
    depth: int = 0
    sender: str = ""
    subject: str = ""
    sent: str = ""
    cuts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    quoted: bool = False


class _Head(NamedTuple):
    sender: str
    subject: str
    sent: str
    end: int  # the line where the text begins


def own_lines(lines: list[str], passes_on: int = 0) -> Own:
    """What of a mail's lines is the story: without quoted mails and signatures, and of a forwarded mail the inner one.

    A quoted mail below fewer than `passes_on` words is what was forwarded, as the subject says.
    """
    own = Own(list(range(len(lines))))
    texts = lines
    for _ in range(_DEEPEST):
        result = trimmed(texts, passes_on=passes_on)
        own.cuts += result.cuts
        own.quoted = own.quoted or result.quoted
        if result.note:
            own.notes.append(result.note)
        if result.forwarded < 0:
            own.lines = [own.lines[n] for n in result.kept]
            return own
        head = _head(texts, result.forwarded)
        above = [line for line in texts[: result.forwarded] if not _is_mark(line)]
        if sum(map(words_in, above)) >= LITTLE or not any(line.strip("> \t") for line in texts[head.end :]):
            own.notes.append("holds a forwarded mail; all of it was kept")
            own.lines = [own.lines[n] for n in result.kept]
            return own
        own.cuts.append("\n".join(line for line in texts[: head.end] if line.strip()))
        own.sender, own.subject = head.sender or own.sender, head.subject or own.subject
        own.sent = head.sent or own.sent
        stop = _stop(texts, head.end)
        own.lines, texts = own.lines[head.end : stop], texts[head.end : stop]
        if all(line.lstrip().startswith(">") or not line.strip() for line in texts):
            own.depth += 1
            texts = [line.lstrip().removeprefix(">").removeprefix(" ") for line in texts]
    return own


def unquoted(line: str, depth: int) -> str:
    """A line without so many signs of quotation."""
    for _ in range(depth):
        line = line.lstrip().removeprefix(">").removeprefix(" ")
    return line


def in_lines(lines: list[str]) -> list[str]:
    """Lines with the head of a forwarded mail in lines of its own, where a program wrote all of it into one (Yahoo)."""
    for n, line in enumerate(lines):
        if "From: " in line and len(line) < 2_000 and _LABELS.search(line):
            parts = [part.strip() for part in _LABELS.split(line.strip())]
            if len(parts) > 3 and FORWARDED.fullmatch(parts[0]):
                return [*lines[:n], *parts, "", *lines[n + 1 :]]
    return lines


def _stop(lines: list[str], start: int) -> int:
    """Where the forwarded text ends: before a line that says so, and a ruled line at the end."""
    end = next((n for n in range(start, len(lines)) if END_OF_FORWARD.fullmatch(lines[n])), len(lines))
    last = end
    while last > start and not lines[last - 1].strip(" \t>"):
        last -= 1
    ruled = lines[last - 1].strip() if last > start else ""
    return last - 1 if len(ruled) >= 20 and not ruled.strip("-") else end


def _head(lines: list[str], at: int) -> _Head:
    """Reads the fields from line `at` on, which says that a mail was forwarded, or is the first of them."""
    who = subject = sent = ""
    end = at if field_of(lines[at]) else at + 1
    fields = blank = 0
    for n in range(end, min(at + 24, len(lines))):
        found = field_of(lines[n])
        if found:
            who = who or (found.value.replace("*", "") if found.role == SENDER else "")
            subject = subject or (found.value if found.role == SUBJECT else "")
            sent = sent or (found.value if found.role == DATE else "")
            end, blank, fields = n + 1, 0, fields + 1
        elif lines[n].strip(" >\t"):
            if not (
                _goes_on(lines[n], end, n, fields)
                or (n < at + 4 and _is_mark(lines[n]))
                or (_is_mark(lines[n]) and not blank)
            ):
                break
            end = n + 1
        else:
            blank += 1
            if blank > 2 and fields:
                break
    return _Head(who, subject, sent, end)


def _goes_on(line: str, end: int, n: int, fields: int) -> bool:
    """Whether a line goes on with the field above it: it is indented, or is more addresses."""
    return bool(fields) and end == n and (line.startswith((" ", "\t")) or line.strip(" >").startswith("<"))


def _is_mark(line: str) -> bool:
    return bool(FORWARDED.fullmatch(line) or ORIGINAL.fullmatch(line) or not line.strip(f" \t>{RULE}"))
