"""A release form to sign, one PDF for each signer: to be filled in on a screen, or printed and filled in by hand.

Every item has its picture, what will be printed, and boxes for yes and no; then come the editions, the name in print,
limits, name, date and signature.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any, NamedTuple

from milebook.model.book import Book
from milebook.permissions.asking import spoken_day
from milebook.permissions.form_text import markup, ready
from milebook.permissions.letters import Letter, book_named, closed, language_name
from milebook.permissions.names import listed
from milebook.permissions.reasons import MADE_WORDS
from milebook.permissions.scope import planned_languages

MARGIN, GAP = 54.0, 12.0  # points
_PICTURE = 92.0  # the longer side of a picture
_BOX = 12.0
_LINE = 20.0  # height of a field to write in
_FOOT = 46.0


class Picture(NamedTuple):
    """A small picture: a JPEG or PNG file and its size in pixels."""

    data: bytes
    width: int
    height: int


def release_form(book: Book, letter: Letter, pictures: Mapping[str, Picture], size: tuple[float, float]) -> bytes:
    """The form that goes with a letter. `pictures` are by the paths of the photos, `size` is that of the page in points.

    The same letter gives the same bytes.
    """
    sheet = _Sheet(book, letter, size)
    sheet.heading()
    for number, _ in enumerate(letter.asked, 1):
        sheet.item(number, pictures)
    sheet.editions()
    sheet.naming()
    sheet.signature()
    return sheet.finish()


class _Sheet:
    """The pages of one form, filled from the top."""

    def __init__(self, book: Book, letter: Letter, size: tuple[float, float]) -> None:
        from reportlab.pdfgen.canvas import Canvas

        ready()
        self.book, self.letter = book, letter
        self.width, self.height = size
        self.buffer = BytesIO()
        self.canvas: Any = Canvas(self.buffer, pagesize=size, invariant=1, initialFontName="mb-form", lang="en")
        self.canvas.setTitle(f"Permission form: {letter.signer}")
        self.canvas.setSubject(book.info.title)
        self.canvas.setAuthor(listed(book.info.authors))
        self.canvas.setCreator("milebook")
        self.canvas.setKeywords(" ".join(item.item for item in letter.items))
        self.page = 1
        self.y = self.height - MARGIN

    @property
    def measure(self) -> float:
        return self.width - 2 * MARGIN

    # ---- parts of the form

    def heading(self) -> None:
        info = self.book.info
        self.text("Permission form", size=17, bold=True, after=2)
        named = book_named(self.book)
        self.text(named[:1].upper() + named[1:] + (f", by {listed(info.authors)}" if info.authors else ""), after=1)
        if info.publisher:
            self.text(f"To be published by {info.publisher}", after=1)
        self.text(f"For: {self.letter.signer}", bold=True, before=8, after=1)
        if self.letter.guardian_of:
            children = listed(self.letter.guardian_of)
            also = "also " if any(not item.need.minor for item in self.letter.items) else ""
            self.text(f"You {also}sign as the parent or guardian of {children}.", after=1)
        whom = listed(info.authors) or "the authors"
        self.text(
            f"With your signature you permit {whom} to do the following. The permission is non-exclusive: the rights stay "
            "with you. Mark “yes” or “no” for each; what is not marked is not permitted.",
            before=6,
            after=8,
        )

    def item(self, number: int, pictures: Mapping[str, Picture]) -> None:
        asked = self.letter.asked[number - 1]
        picture = pictures.get(asked.photo)
        indent = 58.0
        room = self.measure - indent - (_PICTURE + GAP if picture else 0)
        said = [self.paragraph(f"{number}. {closed(asked.sentence[:1].upper() + asked.sentence[1:])}", room, 10.5)]
        said += [self.paragraph(f"{name}: {value}", room, 9, gray=True) for name, value in asked.details]
        tall, wide = _fitted(picture) if picture else (0.0, 0.0)
        height = max(sum(flow.height for flow in said) + 2 * len(said), tall, 2 * (_BOX + 6))
        self.need(min(height, self.height - 2 * MARGIN - _FOOT))
        top = self.y
        for row, answer in enumerate(("yes", "no")):
            self.box(
                f"item {number} {answer}", answer, MARGIN, top - _BOX - row * (_BOX + 6), f"{answer} to item {number}"
            )
        if picture:
            from reportlab.lib.utils import ImageReader

            left = self.width - MARGIN - _PICTURE + (_PICTURE - wide) / 2
            self.canvas.drawImage(ImageReader(BytesIO(picture.data)), left, top - tall, wide, tall)
        for flow in said:
            self.y = self.draw(flow, MARGIN + indent, self.y) - 2
        self.y = min(self.y, top - height) - GAP

    def editions(self) -> None:
        plan = self.book.info.editions
        where = "the whole world" if plan.territory in ("", "world") else plan.territory
        languages = listed(language_name(tag) for tag in planned_languages(self.book.info))
        copies = f", {plan.print_run:,} copies" if plan.print_run else ""
        self.need(40 + 18 * len(plan.formats))
        self.text(f"For these editions, for {where}, in {languages}{copies}:", bold=True, before=4, after=4)
        for word in plan.formats:
            self.box(
                f"edition {word}",
                MADE_WORDS.get(word, word),
                MARGIN,
                self.y - _BOX,
                f"for {MADE_WORDS.get(word, word)}",
            )
            self.y -= _BOX + 6

    def naming(self) -> None:
        """How the signer wants to be named; only where the form is about something that carries a name."""
        if all(item.need.person is not None for item in self.letter.items):
            return
        self.need(92)
        self.text("The name in print:", bold=True, before=8, after=4)
        for name, words in (
            ("as shown", "as shown above"),
            ("not at all", "no name"),
            ("otherwise", "otherwise, namely:"),
        ):
            self.box(f"name {name}", words, MARGIN, self.y - _BOX, f"name in print: {words}")
            if name == "otherwise":
                self.field(
                    "name in print",
                    MARGIN + 120,
                    self.y - _BOX - 4,
                    self.measure - 120,
                    "the name as it is to be printed",
                )
            self.y -= _BOX + 8

    def signature(self) -> None:
        self.need(190)
        self.text("Limits or conditions, if any:", bold=True, before=6, after=2)
        self.field("limits", MARGIN, self.y - _LINE, self.measure, "limits or conditions")
        self.y -= _LINE + 12
        half = (self.measure - GAP) / 2
        rows: list[tuple[tuple[str, str, float, float], ...]] = [
            (("Name, in print letters", "name", MARGIN, half), ("Date", "date", MARGIN + half + GAP, half))
        ]
        mixed = any(not item.need.minor for item in self.letter.items)
        role = (
            f"Signature{', also' if mixed else ''} of the parent or guardian"
            if self.letter.guardian_of
            else "Signature"
        )
        rows.append(((role, "signature", MARGIN, self.measure),))
        for row in rows:
            tall = _LINE + (10 if row[0][1] == "signature" else 0)
            for label, name, left, wide in row:
                self.field(name, left, self.y - tall, wide, label, tall)
                self.small(label, left, self.y - tall - 10)
            self.y -= tall + 24
        contact = self.book.info.contact
        where = ", ".join(" ".join(contact[key].split()) for key in ("name", "email", "address") if contact.get(key))
        until = f" by {spoken_day(self.letter.answer_by)}" if self.letter.answer_by else ""
        self.text(
            f"Please send this form back{until}{f' to {where}' if where else ''}. On a screen, type your name as the signature."
        )

    def finish(self) -> bytes:
        self.footer()
        self.canvas.save()
        return self.buffer.getvalue()

    # ---- the pieces they are made of

    def paragraph(self, text: str, width: float, size: float, *, bold: bool = False, gray: bool = False) -> Any:
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
        room = top - MARGIN - _FOOT / 2
        if flow.height > room:
            parts = flow.split(flow.width, room)
            if len(parts) > 1:
                parts[0].wrap(flow.width, room)
                parts[0].drawOn(self.canvas, left, top - parts[0].height)
            self.next_page()
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

    def box(self, name: str, label: str, left: float, y: float, tip: str) -> None:
        from reportlab.lib.colors import black, white

        self.canvas.acroForm.checkbox(
            name=name, tooltip=tip, x=left, y=y, size=_BOX, borderWidth=0.8, borderColor=black, fillColor=white, buttonStyle="check",
            forceBorder=True,
        )  # fmt: skip
        self.canvas.setFont("mb-form", 10)
        self.canvas.drawString(left + _BOX + 5, y + 2, label)

    def field(self, name: str, left: float, y: float, width: float, tip: str, height: float = _LINE) -> None:
        from reportlab.lib.colors import black, white

        self.canvas.acroForm.textfield(
            name=name, tooltip=tip, x=left, y=y, width=width, height=height, borderWidth=0.8, borderColor=black,
            fillColor=white, fontName="Helvetica", fontSize=11, forceBorder=True, maxlen=500,
        )  # fmt: skip

    def need(self, height: float) -> None:
        """Begin a new page where there is less room than this."""
        if self.y - height < MARGIN + _FOOT / 2:
            self.next_page()

    def next_page(self) -> None:
        self.footer()
        self.canvas.showPage()
        self.page += 1
        self.y = self.height - MARGIN

    def footer(self) -> None:
        self.canvas.setFont("mb-form", 7.5)
        self.canvas.drawRightString(self.width - MARGIN, MARGIN - 22, f"page {self.page}")
        items = ", ".join(item.item for item in self.letter.items)
        self.canvas.drawString(MARGIN, MARGIN - 22, f"For our records: {items}"[:130])


def _fitted(picture: Picture) -> tuple[float, float]:
    """Height and width of a picture on the page."""
    scale = _PICTURE / max(picture.width, picture.height, 1)
    return picture.height * scale, picture.width * scale
