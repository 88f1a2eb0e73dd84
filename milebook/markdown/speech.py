"""Speech that begins with a dash, in the languages that write it so: one paragraph a speaker, with the dash they print."""

from __future__ import annotations

import re
from copy import copy
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token

_NO_BREAK = "\u00a0"
# Language -> the dash before what somebody says, with the space that follows it.
_DASHES = {
    **dict.fromkeys(("es", "ca", "gl", "eu"), "—"),
    **dict.fromkeys(
        ("fr", "pt", "it", "ru", "uk", "be", "bg", "ro", "sr", "mk", "el", "hy", "ka", "sq"), f"—{_NO_BREAK}"
    ),
    **dict.fromkeys(("pl", "sv", "da", "nb", "nn", "no", "fi", "is", "cs", "sk", "sl", "hr", "bs"), f"–{_NO_BREAK}"),
    **dict.fromkeys(("hu", "et", "lv", "lt", "tr", "vi"), f"–{_NO_BREAK}"),
}
_SPOKEN = re.compile(r"[ \t]*(?:--|—|–)(?!-)")


def speech_dash(language: str) -> str:
    """The dash of speech in the language of a BCP 47 tag; "" where speech stands in quotation marks only."""
    return _DASHES.get(language.lower().replace("_", "-").partition("-")[0], "")


def spoken(tokens: list[Token]) -> list[Token]:
    """The tokens, with a paragraph for each line of one whose lines all begin with a dash."""
    out: list[Token] = []
    for token in tokens:
        lines = token.content.split("\n") if token.type == "inline" else []
        if len(lines) < 2 or not all(map(_SPOKEN.match, lines)):
            out.append(token)
            continue
        first = (token.map or [0])[0]
        for number, line in enumerate(lines):
            one = copy(token)
            one.content, one.map, one.children = line.strip(), [first + number, first + number + 1], []
            out.append(one)
    return out
