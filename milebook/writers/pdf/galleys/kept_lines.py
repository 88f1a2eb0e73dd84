"""Keep shaped words and broken lines from one setting of a book for the next."""

from __future__ import annotations

from typing import Any

from milebook.writers.pdf.galleys.boxes import Box
from milebook.writers.pdf.galleys.hyphens import Hyphenator
from milebook.writers.pdf.galleys.linebreaks import break_paragraph
from milebook.writers.pdf.galleys.measure import Break, Measure
from milebook.writers.pdf.typefaces.shaping import Look


class Known:
    """What one setting of a book finds out and the next can use: words as shaped in every look, lines as broken.

    `keeps` the breaks of paragraphs only where a book is set again and again.
    """

    MOST = 100_000  # paragraphs

    def __init__(self, *, keeps: bool = False) -> None:
        self.looks: dict[tuple[Any, ...], Look] = {}
        self._breaks: dict[tuple[Any, ...], list[Break]] | None = {} if keeps else None

    def breaks_of(self, boxes: list[Box], space: float, measure: Measure, hyphens: Hyphenator | None) -> list[Break]:
        """The breaks of a paragraph."""
        if self._breaks is None:
            return break_paragraph(boxes, space, measure, hyphens)
        widths = round(sum([box.width for box in boxes]), 3)  # tells words that look otherwise apart
        text = "\0".join([box.text for box in boxes])
        key = (text, widths, space, measure, hyphens.language if hyphens else "")
        found = self._breaks.get(key)
        if found is None:
            if len(self._breaks) >= self.MOST:
                self._breaks.clear()
            found = self._breaks[key] = break_paragraph(boxes, space, measure, hyphens)
        return found
