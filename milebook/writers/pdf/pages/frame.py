"""The type area on left and right pages, with the gutter that the number of pages needs."""

from __future__ import annotations

from milebook.layout import Layout

LEAST_MARGIN = 36.0  # half an inch, which every printer asks for on every side
GUTTERS = ((150, 36.0), (300, 36.0), (500, 45.0), (700, 54.0), (828, 63.0), (10**9, 67.5))


class Frame:
    """Where the type area stands on recto and verso, in points.

    A recto is a page with an odd number. It is the right-hand page, but the left-hand one of a book in a language that is
    written from right to left, which is bound at the right.
    """

    def __init__(self, layout: Layout, page_count: int, *, printing: bool, leftward: bool = False) -> None:
        page = layout.page
        self.width, self.height = max(page.width, 72.0), max(page.height, 72.0)
        inside, outside = page.inside, page.outside
        if printing and page.mirrored:
            bands = page.gutters or GUTTERS
            wanted = next((margin for upto, margin in bands if page_count <= upto), bands[-1][1])
            if inside < wanted:
                outside = max(outside - (wanted - inside), min(outside, LEAST_MARGIN))
                inside = wanted
        if self.width - inside - outside < 72.0:
            share = (self.width - 72.0) / max(inside + outside, 1.0)
            inside, outside = inside * share, outside * share
        top, bottom = page.top, page.bottom
        if self.height - top - bottom < 72.0:
            share = (self.height - 72.0) / max(top + bottom, 1.0)
            top, bottom = top * share, bottom * share
        self.inside, self.outside, self.top, self.bottom = inside, outside, top, bottom
        self.measure = self.width - inside - outside
        self.depth = self.height - top - bottom
        if page.grid > 0:
            self.depth = int((self.depth + 0.01) // page.grid) * page.grid
        self.mirrored, self.leftward = page.mirrored, leftward

    def on_right(self, recto: bool) -> bool:
        """Whether the outer margin of a page is at its right."""
        return recto != self.leftward if self.mirrored else True

    def left(self, recto: bool) -> float:
        """The left edge of the type area."""
        return self.inside if self.on_right(recto) else self.outside
