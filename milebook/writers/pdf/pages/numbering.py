"""Number the pages of a book, with blank pages before what must begin on a right-hand page."""

from __future__ import annotations

from collections.abc import Sequence

from milebook.writers.pdf.stretches import Stretch


class Numbering:
    """Where the counting of pages stands: front matter in roman numerals, then from the Draft's first page.

    `folio` is the number of the page before, `roman` whether the next one is counted in roman numerals.
    """

    def __init__(self, stretches: Sequence[Stretch], first_page: int, *, mirrored: bool) -> None:
        self._before_body, self._mirrored = max(1, first_page) - 1, mirrored
        self.roman = bool(stretches and stretches[0].front)
        self.folio = 0 if self.roman else self._before_body

    def begin(self, stretch: Stretch) -> list[tuple[int, bool]]:
        """Go on to a stretch; the blank pages before it, each with its number and whether that is roman."""
        blank: list[tuple[int, bool]] = []
        if self.roman and not stretch.front:
            if self._mirrored and self._before_body % 2 == 0 and self.folio % 2 == 1:
                blank.append((self.folio + 1, True))
            self.roman, self.folio = False, self._before_body
        if stretch.start == "recto" and self._mirrored and self.folio % 2 == 1:
            self.folio += 1
            blank.append((self.folio, self.roman))
        return blank

    @property
    def recto(self) -> bool:
        """Whether the next page is a right-hand one."""
        return self.folio % 2 == 0 or not self._mirrored
