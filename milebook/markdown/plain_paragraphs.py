"""Read paragraphs with nothing but *emphasis*, and usual scene breaks, without loading the Markdown parser.

Most stories are made of nothing else. Loading the parser costs more than reading a hundred of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from milebook.markdown.lines import SCENE_SIGNS

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token

_SCENE_BREAKS = ("* * *", "***", "---")  # the three that the guide names
# What begins anything but a paragraph or such a break: a quote, heading, list, other scene break, note or address.
_BLOCK_MARK = re.compile(
    r"^(?!(?:\* \* \*|\*{3}|-{3})$)[ \t]*(?:[>\[~=•·●∗⁎＊✱⁂]|#{1,6}(?:[# \t]|$)|[*+-](?:[ \t]|$)|\d{1,9}[.)](?:[ \t]|$)|"
    rf"\*+[ \t]*$|-{{3}}|—{{2}}|–{{3}}|\+{{3}}|_[\s_]|[{re.escape(SCENE_SIGNS)}][{re.escape(SCENE_SIGNS)} \t\u00a0]*$)",
    re.MULTILINE,
)
_OTHER_MARKUP = re.compile(r"[_`\[\\&<\ufdd0\ufdd3]|\^\[| \n|\*{3}")
_STARS = re.compile(r"\*{1,2}")
# Characters that are punctuation for certain. An asterisk between one of them, or a space, and a letter can only open;
# after either and before one of them it can close.
_POINTS = "\"'“”‘’«»‹›„‚()-–—…,.;:!?¿¡/"


class _Plain:
    """What paragraphs need of the parser's tokens."""

    __slots__ = ("children", "content", "map", "nesting", "type")

    def __init__(self, kind: str, nesting: int = 0, content: str = "", lines: list[int] | None = None) -> None:
        self.type, self.nesting, self.content, self.map = kind, nesting, content, lines
        self.children: list[Token] | None = []


_token = cast("Callable[..., Token]", _Plain)


def paragraphs(text: str) -> list[Token] | None:
    """A token for every paragraph and scene break of a text, with the lines it takes; None where the text may hold anything else."""
    if _BLOCK_MARK.search(text):
        return None
    tokens = []
    first = 0
    lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""]):
        is_break = line in _SCENE_BREAKS
        if line.strip(" \t") and not is_break:
            lines.append(line)
            continue
        if lines:
            tokens.append(_token("inline", 0, "\n".join(lines).strip(), [first, number]))
            lines = []
        if is_break:
            tokens.append(_token("hr", 0, "", [number, number + 1]))
        first = number + 1
    return tokens


def emphasis(content: str) -> list[Token] | None:
    """The tokens of a paragraph whose only marks are *such* and **such**, side by side; None for any other."""
    if _OTHER_MARKUP.search(content):
        return None
    tokens: list[Token] = []
    done, last = 0, len(content)
    opened = ""
    for found in _STARS.finditer(content):
        start, end = found.span()
        before = content[start - 1] if start else " "
        after = content[end] if end < last else " "
        name = "em" if end - start == 1 else "strong"
        if not opened:
            if not ((before in " \n" or before in _POINTS) and after.isalnum()):
                return None
            opened = name
        else:
            closes = (before.isalnum() or before in _POINTS) and (after in " \n" or after in _POINTS)
            if name != opened or not closes:
                return None
            opened = ""
        _text(content[done:start], tokens)
        tokens.append(_token(f"{name}_open", 1) if opened else _token(f"{name}_close", -1))
        done = end
    if opened:
        return None
    _text(content[done:], tokens)
    return tokens


def _text(content: str, tokens: list[Token]) -> None:
    if "\n" not in content:
        tokens.append(_token("text", 0, content))
        return
    for number, line in enumerate(content.split("\n")):
        if number:
            tokens.append(_token("softbreak"))
        tokens.append(_token("text", 0, line))
