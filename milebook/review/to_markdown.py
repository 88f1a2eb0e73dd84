"""Typed text as Markdown that prints exactly that text: signs that would mean something get a backslash."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from milebook.review.bold_italic import BOLD, ITALIC
from milebook.review.edits import Typed
from milebook.review.word_text import END, NOTE

_SIGNS = re.compile(r"([\\`*_\[\]<>&~^])")
_MARKUP = re.compile(r"[\\`*_\[\]<>^]")
_AT_START = re.compile(r"(?m)^([ \t]*)(?:([#>+\-=~•*_])|(\d{1,9})([.)]))")


def escaped(text: str, *, start: bool = False) -> str:
    """Text in which no sign means anything; `start` where it begins a paragraph."""
    made = _SIGNS.sub(r"\\\1", text).replace("{\\>", "\\{\\>")
    if start:
        made = _AT_START.sub(
            lambda m: f"{m[1]}\\{m[2]}" if m[2] and m[2] not in "*_>~" else f"{m[1]}{m[3]}\\{m[4]}" if m[3] else m[0],
            made,
        )
    return made


def marks(look: int) -> str:
    return "**" * bool(look & BOLD) + "*" * bool(look & ITALIC)


def emphasized(text: str, look: int) -> str:
    """Text within its marks; spaces at its ends stay outside, where marks would not count."""
    mark = marks(look)
    words = text.strip()
    if not mark or not words:
        return text
    lead = text[: len(text) - len(text.lstrip())]
    return f"{lead}{mark}{words}{mark[::-1]}{text[len(lead) + len(words) :]}"


def separator(prefix: str) -> str:
    """What stands between two paragraphs, the second of which begins with a prefix ("> ", or spaces in a list)."""
    return f"\n{prefix.rstrip()}\n{prefix}"


def markdown(typed: Iterable[Typed], *, escape: bool, around: int, prefix: str, start: bool, line: bool = False) -> str:
    """Typed text as Markdown for a place inside text that looks like `around`.

    `prefix` begins the lines of the paragraph, `start` says whether the text begins one. In a `line` of the index there are no
    paragraphs and notes.
    """
    made: list[str] = []
    begins = start
    for one in _by_look(typed):
        pieces: list[str] = []
        for paragraph in one.text.split(END):
            text = escaped(paragraph, start=begins or bool(pieces)) if escape else paragraph
            text = text.replace("\n", " " if line else f"\\\n{prefix}")
            if NOTE in text:
                note = " ".join(one.note.split())
                if escape or _MARKUP.search(note):  # what a note says is not read back
                    note = escaped(note)
                text = text.replace(NOTE, f"^[{note}]" if note and not line else "")
            pieces.append(emphasized(text, one.look & ~around))
            begins = False
        made.append((" " if line else separator(prefix)).join(pieces))
        begins = one.text.endswith(END)
    return "".join(made)


def _by_look(typed: Iterable[Typed]) -> Sequence[Typed]:
    """Neighbors of one look together."""
    made: list[Typed] = []
    for one in typed:
        if made and made[-1].look == one.look and not made[-1].note and not one.note:
            made[-1] = made[-1]._replace(text=made[-1].text + one.text)
        else:
            made.append(one)
    return made
