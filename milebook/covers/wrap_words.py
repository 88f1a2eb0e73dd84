"""Words on the wrap of a paperback: measured, broken into lines and drawn, every letter in a face that has it."""

from __future__ import annotations

from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from milebook.covers.lettering import Lettering
from milebook.layout.font_files import FOLDER


def font_name(cut: str) -> str:
    """The name, in ReportLab, of a cut of the cover's typeface."""
    return registered(str(FOLDER / "eb-garamond" / f"{cut}.ttf"))


def registered(path: str) -> str:
    """The name, in ReportLab, of a font file."""
    name = "-".join(path.replace("\\", "/").removesuffix(".ttf").split("/")[-2:])
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, path))
    return name


_lettering = cache(Lettering)


def _pieces(words: str, cut: str) -> list[tuple[str, str]]:
    face = _lettering(cut)
    return [(registered(str(face.paths[number])), piece) for number, piece in face.pieces(words)]


def width_of(words: str, cut: str, size: float) -> float:
    """How wide words are, in points."""
    return float(sum(pdfmetrics.stringWidth(piece, font, size) for font, piece in _pieces(words, cut)))


def draw_words(canvas: Canvas, x: float, y: float, words: str, cut: str, size: float) -> None:
    """Words from a point on the baseline to the right."""
    for font, piece in _pieces(words, cut):
        canvas.setFont(font, size)
        canvas.drawString(x, y, piece, shaping=True)
        x += pdfmetrics.stringWidth(piece, font, size)


def broken(paragraph: str, width: float, size: float) -> list[str]:
    """A paragraph in lines of at most so many points."""
    lines: list[str] = []
    for word in paragraph.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, "Regular", size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
