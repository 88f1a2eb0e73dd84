"""Check that a word is drawn as wide as the line has room for, by the widths that a reader of the PDF knows."""

from __future__ import annotations

import re

from milebook.writers.pdf.typefaces import fonts
from milebook.writers.pdf.typefaces.shaping import Part

_TOLERANCE = 0.25  # of the size: rounded numbers, and what letter spacing adds after the last glyph
_IN_BODY = re.compile(r"<([0-9A-F]*)>|(-?\d+(?:\.\d+)?)|( )|(.)", re.DOTALL)


def drawn_width(face: fonts.Face, body: str) -> float:
    """The width of the inside of a TJ array as a reader of the PDF reckons it, in 1/1000 em; infinite for anything else.

    Nothing is taken from the shaping: the widths are those of the glyphs that the codes draw.
    """
    width = 0.0
    for codes, number, space, other in _IN_BODY.findall(body):
        if number:
            width -= float(number)
        elif other:
            return float("inf")
        elif not space:
            for at in range(0, len(codes), 4):
                width += face.natural(face.coding.meaning(int(codes[at : at + 4], 16))[0])
    return width


def is_sound(part: Part, size: float) -> bool:
    """Whether a part draws as wide as it says, so that its glyphs stand where the line has room for them."""
    face = fonts.numbered(part.face)
    bodies = [(body, width) for _, body, width in part.lifted] or [(part.body, part.width)]
    return all(abs(drawn_width(face, body) * size / 1000 - width) < _TOLERANCE * size for body, width in bodies)
