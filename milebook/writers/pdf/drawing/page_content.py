"""Write the operators of pages: marked content, rules, boxes and pictures. Text is drawn by `draw.Pen`."""

from __future__ import annotations

from milebook.writers.pdf.file.tags import Element, Tree

PRINTED_RULE = 0.75  # points: the thinnest line that KDP takes (paperback submission guidelines, 2025)


class PageContent:
    """Writes the operators of one page after the other. Coordinates are points from the page's lower left corner.

    `printing`: for the print edition. `drawn` says what was drawn in each face, by its number, as in `Part.body`.
    """

    def __init__(self, tree: Tree | None, *, printing: bool) -> None:
        self.tree, self.printing = tree, printing
        self.page = 0
        self.drawn: dict[int, set[str]] = {}
        self._code: list[str] = []
        self._owner: Element | str | None = None
        self._text = False
        self._font: tuple[int, float] | None = None
        self._squeeze = 1.0
        self._color = ""

    def new_page(self, page: int) -> None:
        """Begin a page: a new page knows no font and no color."""
        self.page = page
        self._code = []
        self._owner = None
        self._text = False
        self._font = None
        self._squeeze = 1.0
        self._color = "0 g"

    def own(self, owner: Element | str | None) -> None:
        """What follows belongs to `owner`: an Element, "artifact" or no one."""
        if owner is self._owner:
            return
        self._end_text()
        code = self._code
        if self._owner is not None and self.tree is not None:
            code.append("EMC")
        self._owner = owner
        if owner is None or self.tree is None:
            return
        if isinstance(owner, Element):
            code.append(f"/{owner.tag} <</MCID {self.tree.mark(self.page, owner)}>> BDC")
        else:
            code.append("/Artifact <</Type /Pagination>> BDC" if owner == "artifact" else "/Artifact BMC")

    def _begin_text(self) -> None:
        if not self._text:
            self._code.append("BT")
            self._text = True

    def _end_text(self) -> None:
        if self._text:
            self._code.append("ET")
            self._text = False

    def end_page(self) -> bytes:
        """Close what is open; the operators of the page."""
        self.own(None)
        self._end_text()
        return "\n".join(self._code).encode("ascii")

    def _use(self, face: int) -> set[str]:
        """What was drawn in a face so far, to be added to."""
        used = self.drawn.get(face)
        if used is None:
            used = self.drawn[face] = set()
        return used

    # ---- rules, boxes and pictures

    def rule(
        self, x0: float, x1: float, y: float, weight: float = 0.4, gray: float = 0.0, owner: str = "decoration"
    ) -> None:
        """A horizontal rule, which is nobody's words. In print it is black, and as heavy as printers ask for."""
        weight, gray = self._drawable(weight, gray)
        self.own(owner)
        self._end_text()
        self._code.append(f"q {weight:.2g} w {gray:.3g} G {x0:.2f} {y:.2f} m {x1:.2f} {y:.2f} l S Q")

    def upright(self, x: float, y0: float, y1: float, weight: float = 1.0) -> None:
        """A vertical rule, as change bars are."""
        self.own("decoration")
        self._end_text()
        self._code.append(f"q {weight:.2g} w 0 G {x:.2f} {y0:.2f} m {x:.2f} {y1:.2f} l S Q")

    def slant(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A thin line from a query to the words it is about."""
        self.own("decoration")
        self._end_text()
        self._code.append(f"q 0.4 w 0.6 G {x0:.2f} {y0:.2f} m {x1:.2f} {y1:.2f} l S Q")

    def box(self, x: float, y: float, width: float, height: float, fill: float = 0.95, edge: float = 0.6) -> None:
        """A box behind a query."""
        self.own("decoration")
        self._end_text()
        self._code.append(f"q 0.4 w {edge:.3g} G {fill:.3g} g {x:.2f} {y:.2f} {width:.2f} {height:.2f} re B Q")

    def picture(self, name: str, x: float, y: float, width: float, height: float, owner: Element | str) -> None:
        """An image object in a rectangle."""
        self.own(owner)
        self._end_text()
        self._code.append(f"q {width:.3f} 0 0 {height:.3f} {x:.3f} {y:.3f} cm")
        self._code.append(f"/{name} Do Q")

    def no_picture(self, x: float, y: float, width: float, height: float, owner: Element | str) -> None:
        """The outline of a picture that could not be prepared."""
        self.own(owner)
        self._end_text()
        weight, gray = self._drawable(0.4, 0.5)
        self._code.append(f"q {weight:.2g} w {gray:.3g} G {x:.2f} {y:.2f} {width:.2f} {height:.2f} re S Q")

    def _drawable(self, weight: float, gray: float) -> tuple[float, float]:
        """A line's weight in points and its gray as the edition may have them."""
        return (max(weight, PRINTED_RULE), 0.0) if self.printing else (weight, gray)
