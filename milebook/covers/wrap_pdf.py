"""Draw the wrap of a paperback as PDF with ReportLab: back, spine and front, the words as type, the picture at its full size."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, NamedTuple

from PIL import Image, ImageChops, ImageOps, ImageStat
from reportlab.graphics.barcode.eanbc import Ean5BarcodeWidget, Ean13BarcodeWidget
from reportlab.graphics.shapes import Rect, String
from reportlab.lib.colors import CMYKColor, Color, HexColor
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from milebook.covers.drawn import DESIGNS
from milebook.covers.landscape import HEIGHT, WIDTH
from milebook.covers.wrap import Box, Wrap
from milebook.covers.wrap_words import broken, draw_words, font_name, registered, width_of

if TYPE_CHECKING:
    from milebook.covers.words import Lines

PPI = 300
BACK_SIZE, BACK_LEADING, BACK_LEAST = 11.5, 16.0, 7.5  # points of the words on the back
SPINE_SIZE = 15.0  # points, at most
QUALITY = 92
GRAY_SHARE = 0.6  # of the gray in a color that is printed with black instead of the three inks


class Cover(NamedTuple):
    """What stands on a wrap. `art` is the author's picture for the front, as an image file, or None for a drawn one."""

    lines: Lines
    design: str
    back: str  # paragraphs between blank lines
    isbn: str  # of the printed book, as written; "" for no barcode
    price: str  # five digits beside the barcode; "" for none
    art: bytes | None = None


def draw_wrap(wrap: Wrap, cover: Cover, *, guides: bool = False) -> bytes:
    """The PDF. `guides` shows trim, folds and safe zones, for looking at it; a printer must not get them."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=wrap.sheet, invariant=1, pageCompression=1, initialFontName=font_name("Regular"))
    canvas.setTitle(cover.lines.title)
    canvas.setAuthor(", ".join(cover.lines.names))
    canvas.setSubject(f"Cover, {wrap.pages} pages, {wrap.printer.name}")
    canvas.setCreator("milebook")
    edge = wrap.printer.bleed
    canvas.setTrimBox((edge, edge, wrap.sheet[0] - edge, wrap.sheet[1] - edge))
    canvas.setBleedBox((0, 0, *wrap.sheet))
    drawing = _WrapDrawing(canvas, wrap, cover)
    drawing.ground()
    drawing.front()
    drawing.back()
    drawing.spine()
    drawing.barcode()
    if guides:
        drawing.guides()
    canvas.showPage()
    canvas.save()
    return out.getvalue()


class _WrapDrawing:
    """Draws one wrap on its canvas."""

    def __init__(self, canvas: Canvas, wrap: Wrap, cover: Cover) -> None:
        self.canvas, self.wrap, self.cover = canvas, wrap, cover
        self.art = Image.open(io.BytesIO(cover.art)).convert("RGB") if cover.art is not None else None
        field, ink = _colors(self.art) if self.art is not None else DESIGNS[cover.design].colors(cover.lines.title)
        self.field, self.ink = self.color(field), self.color(ink)

    def color(self, written: str) -> Color:
        """A color as the printer wants it: with black taking the place of equal parts of the three inks."""
        red, green, blue = HexColor(written).rgb()
        if not self.wrap.printer.cmyk:
            return Color(red, green, blue)
        black = GRAY_SHARE * (1 - max(red, green, blue))
        return CMYKColor(1 - red - black, 1 - green - black, 1 - blue - black, black)

    @property
    def black(self) -> Color:
        return CMYKColor(0, 0, 0, 1) if self.wrap.printer.cmyk else Color(0, 0, 0)

    @property
    def white(self) -> Color:
        return CMYKColor(0, 0, 0, 0) if self.wrap.printer.cmyk else Color(1, 1, 1)

    def ground(self) -> None:
        self.canvas.setFillColor(self.field)
        self.canvas.rect(0, 0, *self.wrap.sheet, stroke=0, fill=1)

    def front(self) -> None:
        """The picture out to the bleed, and on a drawn one the words within the trimmed page."""
        panel, bleed = self.wrap.front, self.wrap.printer.bleed
        full = Box(panel.x, 0, panel.width + bleed, panel.height + 2 * bleed)
        image = self.art if self.art is not None else DESIGNS[self.cover.design].ground(self.cover.lines.title)
        self._picture(image, full)
        if self.art is None:
            pen: Any = _Pen(self, panel)
            DESIGNS[self.cover.design].letter(pen, self.cover.lines)

    def _picture(self, image: Image.Image, box: Box) -> None:
        """A picture that fills a box; what is too much of it is cut off evenly."""
        ratio = box.width / box.height
        wide, high = image.size
        cut = (round(high * ratio), high) if wide / high > ratio else (wide, round(wide / ratio))
        left, top = (wide - cut[0]) // 2, (high - cut[1]) // 2
        image = image.crop((left, top, left + cut[0], top + cut[1]))
        if self.art is None or cut[0] > box.width / 72 * PPI:
            size = round(box.width / 72 * PPI), round(box.height / 72 * PPI)
            image = image.resize(size, Image.Resampling.LANCZOS)
        if self.wrap.printer.cmyk:
            image = in_inks(image)
        data = io.BytesIO()
        image.save(data, "JPEG", quality=QUALITY, subsampling=0)
        data.seek(0)
        self.canvas.drawImage(ImageReader(data), box.x, box.y, box.width, box.height)

    def back(self) -> None:
        """The words on the back, as large as they fit above the barcode."""
        room = self.wrap.back.inset(max(self.wrap.printer.safe, 27.0))
        floor = self.wrap.barcode.y + self.wrap.barcode.height + 18.0 - room.y
        room = Box(room.x + 9, room.y + floor, room.width - 18, room.height - floor - 18)
        paragraphs = [" ".join(part.split()) for part in self.cover.back.split("\n\n") if part.strip()]
        size = BACK_SIZE
        while size > BACK_LEAST and self._back_height(paragraphs, size, room.width) > room.height:
            size -= 0.25
        y = room.y + room.height - size
        self.canvas.setFillColor(self.ink)
        for paragraph in paragraphs:
            for line in broken(paragraph, room.width, size):
                if y < room.y:
                    return
                draw_words(self.canvas, room.x, y, line, "Regular", size)
                y -= size * BACK_LEADING / BACK_SIZE
            y -= size * 0.6

    def _back_height(self, paragraphs: list[str], size: float, width: float) -> float:
        lines = sum(len(broken(paragraph, width, size)) for paragraph in paragraphs)
        return lines * size * BACK_LEADING / BACK_SIZE + size * 0.6 * len(paragraphs)

    def spine(self) -> None:
        """Names, title and publisher, read with the book lying on its back; nothing on a thin spine."""
        room = self.wrap.spine_text
        if room is None:
            return
        lines = self.cover.lines
        surnames = " · ".join(name.split()[-1] for name in lines.names)
        size = min(SPINE_SIZE, room.width * 0.74)
        long = room.height
        gap = 2 * size
        while size > 4 and sum(width_of(words, "Regular", size) for words in (surnames, lines.title, lines.publisher)) + 2 * gap > long:  # fmt: skip
            size -= 0.25
        canvas = self.canvas
        canvas.saveState()
        canvas.translate(room.x + room.width / 2, room.y + room.height)
        canvas.rotate(-90)
        canvas.setFillColor(self.ink)
        base = -size * 0.24
        draw_words(canvas, 0, base, surnames, "Regular", size)
        middle = (long - width_of(lines.title, "Regular", size)) / 2
        left = width_of(surnames, "Regular", size) + gap if surnames else 0.0
        right = long - width_of(lines.publisher, "Regular", size * 0.8) - gap - width_of(lines.title, "Regular", size)
        draw_words(canvas, min(max(middle, left), max(right, left)), base, lines.title, "Regular", size)
        draw_words(
            canvas,
            long - width_of(lines.publisher, "Regular", size * 0.8),
            base,
            lines.publisher,
            "Regular",
            size * 0.8,
        )
        canvas.restoreState()

    def barcode(self) -> None:
        """The book's number as EAN-13 on white, with the price beside it; without a number an empty field for the printer."""
        field = self.wrap.barcode
        self.canvas.setFillColor(self.white)
        self.canvas.rect(field.x, field.y, field.width, field.height, stroke=0, fill=1)
        digits = "".join(sign for sign in self.cover.isbn if sign.isdigit())
        if len(digits) != 13:
            return
        bars = Ean13BarcodeWidget(value=digits[:12], fontName=font_name("Regular"))
        left, low, right, high = bars.getBounds()
        shapes = [*bars.draw().contents]
        if self.cover.price:
            aside = Ean5BarcodeWidget(
                value=self.cover.price, x=right, barHeight=bars.barHeight, fontName=font_name("Regular")
            )
            right = aside.getBounds()[2]
            shapes += aside.draw().contents
        scale = max(min((field.width - 6) / (right - left), (field.height - 14) / (high - low)), 0.5)
        x = field.x + (field.width - (right - left) * scale) / 2 - left * scale
        self._shapes(shapes, x, field.y + 3 - low * scale, scale)
        self.canvas.setFillColor(self.black)
        words = f"ISBN {self.cover.isbn}"
        draw_words(self.canvas, field.x + (field.width - width_of(words, "Regular", 7)) / 2, field.y + field.height - 9, words, "Regular", 7)  # fmt: skip

    def _shapes(self, shapes: list[Any], x: float, y: float, scale: float) -> None:
        """The bars and figures of a barcode, in nothing but black."""
        canvas = self.canvas
        canvas.setFillColor(self.black)
        for one in shapes:
            if isinstance(one, Rect) and one.fillColor is not None:
                canvas.rect(
                    x + one.x * scale, y + one.y * scale, one.width * scale, one.height * scale, stroke=0, fill=1
                )
            elif isinstance(one, String):
                canvas.setFont(font_name("Regular"), one.fontSize * scale)
                wide = pdfmetrics.stringWidth(one.text, font_name("Regular"), one.fontSize) * scale
                shift = {"middle": wide / 2, "end": wide}.get(one.textAnchor, 0.0)
                canvas.drawString(x + one.x * scale - shift, y + one.y * scale, one.text)

    def guides(self) -> None:
        canvas, wrap = self.canvas, self.wrap
        canvas.setLineWidth(0.5)
        canvas.setStrokeColor(self.color("#e0007a"))
        for box in (wrap.back, wrap.spine, wrap.front):
            canvas.rect(*box, stroke=1, fill=0)
        canvas.setStrokeColor(self.color("#0090d0"))
        canvas.setDash(3, 2)
        for box in (wrap.back, wrap.front):
            canvas.rect(*box.inset(wrap.printer.safe), stroke=1, fill=0)
        if wrap.spine_text:
            canvas.rect(*wrap.spine_text, stroke=1, fill=0)


class _Pen:
    """Draws on a canvas what a design draws on a picture of 1600 x 2560 pixels, scaled into a panel."""

    def __init__(self, drawing: _WrapDrawing, panel: Box) -> None:
        self.drawing = drawing
        self.scale = min(panel.width / WIDTH, panel.height / HEIGHT)
        self.left = panel.x + (panel.width - WIDTH * self.scale) / 2
        self.top = panel.y + panel.height - (panel.height - HEIGHT * self.scale) / 2

    def text(self, at: tuple[float, float], words: str, *, font: Any, fill: str, anchor: str) -> None:
        canvas = self.drawing.canvas
        canvas.setFillColor(self.drawing.color(fill))
        canvas.setFont(registered(font.path), font.size * self.scale)
        canvas.drawString(self.left + at[0] * self.scale, self.top - at[1] * self.scale, words, shaping=True)

    def line(self, points: tuple[float, float, float, float], *, fill: str, width: float) -> None:
        canvas = self.drawing.canvas
        canvas.setStrokeColor(self.drawing.color(fill))
        canvas.setLineWidth(width * self.scale)
        x, y, to_x, to_y = (self.left + v * self.scale if not n % 2 else self.top - v * self.scale for n, v in enumerate(points))  # fmt: skip
        canvas.line(x, y, to_x, to_y)

    def rectangle(self, box: tuple[float, float, float, float], *, fill: str) -> None:
        left, top, right, low = box
        self.drawing.canvas.setFillColor(self.drawing.color(fill))
        self.drawing.canvas.rect(self.left + left * self.scale, self.top - low * self.scale, (right - left) * self.scale, (low - top) * self.scale, stroke=0, fill=1)  # fmt: skip


def in_inks(image: Image.Image) -> Image.Image:
    """A picture in the four inks, most of its gray printed with black, so that no place takes more than 240 per cent of ink."""
    cyan, magenta, yellow = ImageOps.invert(image).split()
    black = ImageChops.darker(ImageChops.darker(cyan, magenta), yellow).point(lambda value: round(GRAY_SHARE * value))
    inks = [ImageChops.subtract(ink, black) for ink in (cyan, magenta, yellow)]
    return Image.merge("CMYK", (*inks, black))


def _colors(art: Image.Image) -> tuple[str, str]:
    """The field and the ink that go with a picture: the color of its edge at the spine, and what can be read on it."""
    edge = art.crop((0, 0, max(1, art.width // 30), art.height))
    red, green, blue = (round(value) for value in ImageStat.Stat(edge).median)
    dark = 0.299 * red + 0.587 * green + 0.114 * blue < 140
    return f"#{red:02x}{green:02x}{blue:02x}", "#ffffff" if dark else "#1a1a1a"
