"""Speech that begins with a dash, in the languages that write it so: one paragraph a speaker, with the dash they print."""

from __future__ import annotations

import re
from copy import copy
from typing import TYPE_CHECKING

from milebook.model.languages import base_language

if TYPE_CHECKING:
    from markdown_it.token import Token

_NO_BREAK = "\u00a0"
# Language -> the dash before what someone says, with the space that follows it.
_DASHES = {
    **dict.fromkeys(("es", "ca", "gl", "eu"), "—"),
    **dict.fromkeys(
        ("fr", "pt", "it", "ru", "uk", "be", "bg", "ro", "sr", "mk", "el", "hy", "ka", "sq"), f"—{_NO_BREAK}"
    ),
    **dict.fromkeys(("pl", "sv", "da", "nb", "nn", "no", "fi", "is", "cs", "sk", "sl", "hr", "bs"), f"–{_NO_BREAK}"),
    **dict.fromkeys(("hu", "et", "lv", "lt", "tr", "vi"), f"–{_NO_BREAK}"),
}
_SPOKEN = re.compile(r"[ \t]*(?:--|—|–|-(?=[^\W\d_]|[¿¡«“\"…]))(?!-)")
_GLUED = re.compile(r"-(?=[^\W\d_]|[¿¡«“\"…])")  # a hyphen typed for the dash, with no space behind it
_SPACED = re.compile(r"(?<=[^\s-]) -{1,2} (?=[^\s-])")
# Spanish sets what the narrator says between two dashes without spaces inside: -Sí -dijo ella-. Vamos.
_NARRATOR_BEGINS = re.compile(r"(?<=[^\s-]) -(?=[^\W\d_])")
_NARRATOR_ENDS = re.compile(r"(?<=[\w.…!?»])-(?=[\s.,;:!?]|$)")


def speech_dash(language: str) -> str:
    """The dash of speech in the language of a BCP 47 tag; "" where speech stands in quotation marks only."""
    return _DASHES.get(base_language(language), "")


def spoken(tokens: list[Token], dash: str) -> list[Token]:
    """The tokens, with a paragraph for each line of one whose lines all begin with a dash, and hyphens typed for dashes
    printed as such. `dash` is what speech begins with in the language.
    """
    out: list[Token] = []
    for token in tokens:
        lines = token.content.split("\n") if token.type == "inline" else []
        if not lines or not _SPOKEN.match(lines[0]):
            out.append(token)
            continue
        if len(lines) < 2 or not all(map(_SPOKEN.match, lines)):
            token.content = _with_dashes(token.content, dash)
            out.append(token)
            continue
        first = (token.map or [0])[0]
        for number, line in enumerate(lines):
            one = copy(token)
            one.content, one.map, one.children = (
                _with_dashes(_unbroken(line.strip()), dash),
                [first + number, first + number + 1],
                [],
            )
            out.append(one)
    return out


def _unbroken(line: str) -> str:
    """A line without the backslash that ends it where each line of a paragraph is kept: it begins a paragraph now."""
    typed = len(line) - len(line.rstrip("\\"))
    return line[:-1].rstrip() if typed % 2 else line


def _with_dashes(text: str, dash: str) -> str:
    """A line of speech with the dashes for which hyphens were typed."""
    text = _GLUED.sub(dash, text, count=1) if _GLUED.match(text) else text
    if dash.endswith(_NO_BREAK):
        return _SPACED.sub(f" {dash[0]} ", text)
    return _with_narrator(text, dash)


def _with_narrator(text: str, dash: str) -> str:
    """The text with dashes on both sides of what the narrator says, or before it only where nothing in the line ends it."""
    out: list[str] = []
    done, line_end, last = 0, -1, False  # `last`: nothing ends the narrator's words in the rest of the line
    for begins in _NARRATOR_BEGINS.finditer(text):
        if begins.start() < done:
            continue
        if begins.start() > line_end:
            line_end, last = _end_of_line(text, begins.end()), False
        ends = None if last else _NARRATOR_ENDS.search(text, begins.end() + 1, line_end)
        out += [text[done : begins.start()], f" {dash}"]
        done = begins.end()
        if ends:
            out += [text[done : ends.start()], dash]
            done = ends.end()
        last = ends is None
    return "".join([*out, text[done:]])


def _end_of_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)
