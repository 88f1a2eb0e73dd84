"""Find stars that begin a passage in italics or bold which nothing ends, so that the stars are printed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from milebook.model.text import Run

_OPENS = re.compile(r"(?:^|(?<=[\s\"“‘«(\[—–]))(\*{1,3})([^\W\d_]+)(?![\w*])")
_BEGINS = re.compile(r"(\*{1,3}|_{1,3})[\"'“‘«(\[—–]*[^\W_]")
_ENDS = re.compile(r"[\w.,;:!?…\"”’)](?:\*{1,3}|_{1,3})$")
_FAR = 30  # paragraphs
_NOTE_MARK = re.compile(r"\w[.,;:!?\"”’)]*\*{1,3}(?:[\s.,;:!?\"”’)]|$)", re.MULTILINE)


def forgotten_star(content: str, runs: Iterable[Run], explains: Callable[[], bool]) -> tuple[int, str] | None:
    """Where such stars stand in the Markdown of a block, and the stars with the word behind them.

    `explains` tells whether stars stand after words elsewhere in the text, so that one at the beginning of a block explains
    them. Few texts need to ask.
    """
    marked = [run.text for run in runs if "*" in run.text and not run.code]
    printed = {match.group() for text in marked for match in _OPENS.finditer(text)}
    for match in _OPENS.finditer(content) if printed else ():
        if match.group() in printed and (match.start() or not explains()):
            return match.start(), match.group()
    return None


def over_paragraphs(texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The paragraphs, as printed, that begin italics or bold which a later one ends, with the marks: no passage goes so far."""
    for number, text in enumerate(texts):
        begins = _BEGINS.match(text) if text[:1] in ("*", "_") else None
        if begins is None:
            continue
        marks = begins[1]
        for later in texts[number + 1 : number + 1 + _FAR]:
            if later.startswith(marks):
                break
            if later.endswith(marks) and _ENDS.search(later):
                yield number, marks
                break


def has_note_marks(text: str) -> bool:
    """Whether a star stands behind some word, as the mark of a note does."""
    return "*" in text and _NOTE_MARK.search(re.sub(r"\*{1,3}[^\s*][^*\n]*\*{1,3}", "", text)) is not None
