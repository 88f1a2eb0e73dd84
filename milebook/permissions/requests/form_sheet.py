"""The pages of a release form, filled from the top: paragraphs, small pictures, boxes to mark and fields to write in."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any, NamedTuple

from milebook.permissions.requests.form_text import markup, ready

MARGIN, GAP = 54.0, 12.0  # points
PICTURE = 92.0  # the longer side of a picture
BOX = 12.0
LINE = 20.0  # height of a field to write in
_FOOT = 6.0  # kept free above the foot
_TOTAL = "total"  # name of the form that holds the number of the last page


class FormPicture(NamedTuple):
    """A small picture: a JPEG or PNG file and its size in pixels."""

    data: bytes
    width: int
    height: int

    @property
    def fitted(self) -> tuple[float, float]:
        """Height and width on the page, in points."""
        scale = PICTURE / max(self.width, self.height, 1)
        return self.height * scale, self.width * scale


class CheckBox(NamedTuple):
    """A box to mark: the name of its field, the words beside it, and what a screen reader says."""

    name: str
    label: str
    tip: str


class FormPages:
    """Pages of `size` in points. `head` stands at the top of every page but the first, `foot` at the bottom of all."""

    def __init__(self, size: tuple[float, float], head: str, foot: str) -> None:
        from reportlab.pdfgen.canvas import Canvas

        ready()
        self.width, self.height = size
        self._head, self._foot = head, foot
        self._buffer = BytesIO()
        self.canvas: Any = Canvas(self._buffer, pagesize=size, invariant=1, initialFontName="mb-form", lang="en")
        self.canvas.setViewerPreference("DisplayDocTitle", "true")
        self._page = 1
        self.y = self.height - MARGIN

    @property
    def measure(self) -> float:
        return self.width - 2 * MARGIN

    def finish(self) -> bytes:
        """The PDF file. Nothing can be added afterwards."""
        self._end_page()
        self.canvas.beginForm(_TOTAL)
        self.canvas.setFont("mb-form", 7.5)
        self.canvas.drawString(0, 0, str(self._page))
        self.canvas.endForm()
        self.canvas.save()
        return self._buffer.getvalue()

    # ---- words

    def paragraph(self, text: str, width: float, size: float, *, bold: bool = False, gray: bool = False) -> Any:
        """A paragraph that knows its `height`, to be drawn with `draw`."""
        from reportlab.lib.styles import ParagraphStyle
        from reportlab.platypus import Paragraph

        face = "mb-form-bold" if bold else "mb-form"
        style = ParagraphStyle(
            "form", fontName=face, fontSize=size, leading=size * 1.32, textColor="#444444" if gray else "#000000"
        )
        flow = Paragraph(markup(text, face), style)
        flow.wrap(width, self.height)
        return flow

    def draw(self, flow: Any, left: float, top: float) -> float:
        """Draw a paragraph, over as many pages as it takes; where it ends."""
        room = top - MARGIN - _FOOT
        if flow.height > room:
            parts = flow.split(flow.width, room)
            if len(parts) > 1:
                parts[0].wrap(flow.width, room)
                parts[0].drawOn(self.canvas, left, top - parts[0].height)
            self._next_page()
            rest = parts[1] if len(parts) > 1 else flow
            rest.wrap(flow.width, self.height)
            return self.draw(rest, left, self.y)
        flow.drawOn(self.canvas, left, top - flow.height)
        return float(top - flow.height)

    def text(self, text: str, *, size: float = 10.5, bold: bool = False, before: float = 0, after: float = 4) -> None:
        self.y -= before
        flow = self.paragraph(text, self.measure, size, bold=bold)
        self.need(flow.height)
        self.y = self.draw(flow, MARGIN, self.y) - after

    def small(self, text: str, left: float, y: float) -> None:
        self.canvas.setFont("mb-form", 8)
        self.canvas.drawString(left, y, text)

    # ---- pictures, boxes, fields

    def picture(self, picture: FormPicture, top: float) -> None:
        """A picture at the right edge."""
        from reportlab.lib.utils import ImageReader

        tall, wide = picture.fitted
        left = self.width - MARGIN - PICTURE + (PICTURE - wide) / 2
        self.canvas.drawImage(ImageReader(BytesIO(picture.data)), left, top - tall, wide, tall)

    def box(self, mark: CheckBox, left: float, y: float) -> float:
        """A box with its words; where they end."""
        from reportlab.lib.colors import black, white

        self.canvas.acroForm.checkbox(
            name=mark.name, tooltip=mark.tip, x=left, y=y, size=BOX, borderWidth=0.8, borderColor=black, fillColor=white,
            buttonStyle="check", forceBorder=True,
        )  # fmt: skip
        self.canvas.setFont("mb-form", 10)
        self.canvas.drawString(left + BOX + 5, y + 2, mark.label)
        return float(left + BOX + 5 + self.canvas.stringWidth(mark.label, "mb-form", 10))

    def boxes(self, marks: Iterable[CheckBox]) -> tuple[float, float]:
        """Boxes in a row, in a second row where they do not fit; the right end of the last, and its foot."""
        right = MARGIN
        for mark in marks:
            wide = BOX + 5 + self.canvas.stringWidth(mark.label, "mb-form", 10)
            if right > MARGIN and right + 2 * GAP + wide > self.width - MARGIN:
                right, self.y = MARGIN, self.y - BOX - 6
            right = self.box(mark, right + (2 * GAP if right > MARGIN else 0), self.y - BOX)
        foot = self.y - BOX
        self.y = foot - 6
        return right, foot

    def field(
        self, name: str, left: float, y: float, width: float, tip: str, height: float = LINE, flags: str = ""
    ) -> None:
        from reportlab.lib.colors import black, white

        self.canvas.acroForm.textfield(
            name=name, tooltip=tip, x=left, y=y, width=width, height=height, borderWidth=0.8, borderColor=black,
            fillColor=white, fontName="Helvetica", fontSize=11, forceBorder=True, maxlen=500, fieldFlags=flags,
        )  # fmt: skip

    # ---- pages

    def need(self, height: float) -> None:
        """Begin a new page where there is less room than this, or than a whole page has."""
        if self.y - min(height, self.height - 2 * MARGIN - _FOOT) < MARGIN + _FOOT:
            self._next_page()

    def _next_page(self) -> None:
        self._end_page()
        self.canvas.showPage()
        self._page += 1
        self.y = self.height - MARGIN
        head = self.paragraph(self._head, self.measure, 8.5, gray=True)
        self.y = self.draw(head, MARGIN, self.y) - GAP

    def _end_page(self) -> None:
        """The foot, with the number of the last page, which is known at the end."""
        y = MARGIN - 22
        self.canvas.setFont("mb-form", 7.5)
        self.canvas.drawString(MARGIN, y, self._foot)
        words = f"page {self._page} of "
        left = self.width - MARGIN - 8 - self.canvas.stringWidth(words, "mb-form", 7.5)
        self.canvas.drawString(left, y, words)
        self.canvas.saveState()
        self.canvas.translate(self.width - MARGIN - 8, y)
        self.canvas.doForm(_TOTAL)
        self.canvas.restoreState()
