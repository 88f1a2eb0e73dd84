"""Check that no character of a story is lost: each one typed is in the paragraphs that were read, or was a mark.

Marks are what `docs/story-text.md` names. The reader counts the marks that it takes; this module compares the sums, and
finds the line that a lost sign stands in.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from milebook.markdown.queries import MARK

if TYPE_CHECKING:
    from markdown_it.token import Token

_TYPED = "\ufdd2"
# What may stand in a line beside the words of a paragraph, and what may be all of a line.
_BEFORE = re.compile(r"(?:[\s>]|[-*+](?=\s)|\d{1,9}[.)](?=\s)|#{1,6}(?=\s)|\[\^[^\]]*\]:)*")
_AFTER = re.compile(r"\s*#*\s*")
_ALONE = re.compile(r"(?:[\s>]|[-*+](?=\s|$)|\d{1,9}[.)](?=\s|$)|#{1,6}(?=\s|$)|\[\^[^\]]*\]:)*")


def signs(text: str) -> int:
    """How many characters of a text are not white space."""
    if text.isprintable():  # then it has no white space but spaces
        return len(text) - text.count(" ")
    return len("".join(text.split()))


def lost_sign(typed: str, marks: int, printed: str) -> tuple[int, int] | None:
    """The line and column, from 0, of a sign of `typed` that is neither in `printed` nor one of the `marks`; None if none is.

    Queries in `typed` do not count. The place is where the two texts part for the first time.
    """
    counted = MARK.sub("", typed) if "\ufdd0" in typed else typed
    shown = printed.replace(_TYPED, "") if _TYPED in printed else printed
    if signs(counted.replace("\n", " ")) == marks + signs(shown):
        return None
    rest = iter("".join(printed.split()))
    wanted = next(rest, "")
    for at, sign in enumerate(typed):
        if sign == wanted:
            wanted = next(rest, "")
        elif sign.isalnum():
            return typed.count("\n", 0, at), at - typed.rfind("\n", 0, at) - 1
    return 0, 0


def unread_lines(lines: Sequence[str], tokens: Sequence[Token]) -> list[int]:
    """The numbers, from 0, of lines that hold something that no token does. `tokens` are those of the block parser."""
    read: dict[int, str] = {}
    whole: set[int] = set()
    for token in tokens:
        if token.map is None:
            continue
        first, last = token.map
        if token.type == "inline":
            for number, content in enumerate(token.content.split("\n"), first):
                read[number] = content.strip()
        elif token.type in ("hr", "definition"):
            whole.update(range(first, last))
    return [
        number
        for number, line in enumerate(lines)
        if line and not line.isspace() and number not in whole and not _is_read(line, read.get(number, ""))
    ]


def _is_read(line: str, content: str) -> bool:
    if not content:
        return _ALONE.fullmatch(line) is not None
    at = line.find(content)
    while at >= 0:
        if _BEFORE.fullmatch(line[:at]) and _AFTER.fullmatch(line[at + len(content) :]):
            return True
        at = line.find(content, at + 1)
    return False
