"""Embed the typefaces that come with milebook in a Word file, so that lines break alike on computers without them.

A font in a Word file is a font file whose first 32 bytes are combined with a key that the font table names (ECMA-376,
part 4, 3.3.2 "Font embedding"). The key is no secret: it only keeps the file from being installed as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from uuid import NAMESPACE_URL, uuid5

from milebook.layout.font_files import font_file

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
CUTS: Mapping[str, str] = {"Regular": "embedRegular", "Bold": "embedBold", "Italic": "embedItalic"}
_COMBINED = 32  # bytes at the head of a font


class EmbeddedFont(NamedTuple):
    """One font of a family: `element` is what leads to it in the font table, `part` the name of its part."""

    element: str
    part: str
    key: str
    data: bytes


def embedded_fonts(family: str) -> list[EmbeddedFont]:
    """The fonts of a family that comes with milebook; none of any other. Bold italics are left to the program."""
    made = []
    for cut, element in CUTS.items():
        path = font_file(family, cut)
        if path is not None:
            folder = path.parent.name
            key = uuid5(NAMESPACE_URL, f"milebook/fonts/{folder}/{cut}")
            name = f"/word/fonts/{folder}-{cut.lower()}.odttf"
            made.append(EmbeddedFont(element, name, f"{{{str(key).upper()}}}", _combined(path.read_bytes(), key.bytes)))
    return made


def _combined(font: bytes, key: bytes) -> bytes:
    """The font's head with the bytes of the key, last first; the same again undoes it."""
    mask = key[::-1] * (_COMBINED // len(key))
    return bytes(a ^ b for a, b in zip(font[:_COMBINED], mask, strict=True)) + font[_COMBINED:]
