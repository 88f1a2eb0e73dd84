"""What an author should know about a passage before it is printed: each function looks at source text and answers."""

from __future__ import annotations

import re
from itertools import pairwise

LONG = 20_000  # characters of a paragraph: some ten printed pages with no break

_KEY = re.compile(r"[A-Za-z_][\w .-]{0,40}:(?:\s|$)")
_FRONT = re.compile(r"[\s#-]|$")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>|<!--")
_UNDERLINE = re.compile(r"\s*={3,}\s*")
_VERSE_WIDTH = 60


def front_matter(lines: list[str]) -> int:
    """How many lines at the top are a block of settings between `---` lines, as blog programs write it; 0 for none."""
    if not lines or lines[0].rstrip() != "---":
        return 0
    keys = 0
    for number, line in enumerate(lines[1:200], 1):
        if line.rstrip() in ("---", "..."):
            return number + 1 if keys else 0
        if _KEY.match(line):
            keys += 1
        elif not _FRONT.match(line) or not keys:
            return 0
    return 0


def html_tag(content: str) -> str:
    """The first HTML tag in the passage, "" for none."""
    if "<" not in content:
        return ""
    found = _TAG.search(content)
    return found[0][:40] if found else ""


def is_underline(line: str) -> bool:
    """Whether a line is the `====` that some programs write under a title."""
    return _UNDERLINE.fullmatch(line) is not None


def looks_like_verse(content: str) -> bool:
    """Whether the lines of a paragraph end where the author wanted, not where a line was full.

    A line that had room for the next line's first word was ended on purpose. Three such lines, none of them long, are
    verse, an address or a list, and would run together.
    """
    lines = [line.strip() for line in content.split("\n")]
    if len(lines) < 3:
        return False
    width = max(map(len, lines))
    if width > _VERSE_WIDTH:
        return False
    wanted = sum(len(line) + 1 + len(following.split(" ", 1)[0]) <= width for line, following in pairwise(lines))
    return wanted * 3 >= (len(lines) - 1) * 2


def indented_line(lines: list[str]) -> int:
    """The index of the first line that seems to begin a paragraph by an indent and not by an empty line; 0 for none."""
    if len(lines) < 2 or not any(line[:2] in ("  ", "\t") or line[:1] in "\t\u3000" for line in lines[1:] if line):
        return 0
    indents = [len(line) - len(line.lstrip(" \t\u3000")) for line in lines]
    least = min(indents[1:])
    for number in range(1, len(lines)):
        if (
            indents[number] > least + 1
            and indents[number - 1] <= least
            and (number + 1 == len(lines) or indents[number + 1] <= least)
        ):
            return number
    if indents[0] > least + 1 and len(set(indents[1:])) == 1:
        return 0
    return 0
