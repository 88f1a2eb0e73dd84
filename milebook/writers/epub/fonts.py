"""Embed small fonts: only the families that the style sheet names, only the faces and glyphs that the book needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from milebook.cache.store import Store
from milebook.layout.font_files import font_file

FACES = {
    "Regular": ("normal", "normal"),
    "Italic": ("italic", "normal"),
    "Bold": ("normal", "bold"),
    "BoldItalic": ("italic", "bold"),
}
ALWAYS = frozenset(map(chr, range(0x20, 0x7F))) | frozenset(
    "\u00a0\u2010\u2011\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026"
)
_ALWAYS_THERE = bytes(range(0x20, 0x7F))  # those of ALWAYS that are one byte
SIGNATURE = b"\0\1\0\0"  # that TrueType fonts begin with
NO_STORE = Store("")
# Its small letters are small: as large to the eye as the faces of reading apps.
SCALE = {"EB Garamond": "  size-adjust: 108%;\n"}
FEATURES = ("smcp", "c2sc", "onum", "lnum", "pnum", "tnum", "sups", "case", "hlig")


class Face(NamedTuple):
    """One embedded font. `name` is its path inside the book; `style` and `weight` are CSS words."""

    name: str
    data: bytes
    family: str
    style: str
    weight: str


def embed(
    families: Iterable[str], css: str, characters: Iterable[str], *, both: bool, store: Store = NO_STORE
) -> list[Face]:
    """The faces of the shipped families that the style sheet names, cut down to the characters of the book.

    `both` tells whether anything is bold and italic at once. A family that is not shipped is left to the reader's device.
    What has been cut down once is kept in the `store`.
    """
    wanted = {family for family in families if re.search(rf"\b{re.escape(family)}\b", css, re.IGNORECASE)}
    letters = {ord(c) for c in ALWAYS.union(characters)}
    faces: list[Face] = []
    for family in sorted(wanted):
        for cut, (style, weight) in FACES.items():
            path = font_file(family, cut)
            if path is None or (cut == "BoldItalic" and not both):
                continue
            data = _cut_down(path, letters, store)
            if data:
                faces.append(Face(f"fonts/{path.parent.name}-{cut.lower()}.ttf", data, family, style, weight))
    return faces


def _cut_down(path: Path, letters: Iterable[int], store: Store) -> bytes:
    key = Store.key("e-book font", path.parent.name, path.stem, *sorted(letters))
    kept = store.get(key)
    if kept is not None and kept.startswith(SIGNATURE):
        return kept
    data = subset(path.read_bytes(), letters)
    store.put(key, data)
    return data


def letters_of(pages: Iterable[bytes]) -> set[str]:
    """The characters of pages in UTF-8 that not every font has to have."""
    return set("".join(page.translate(None, _ALWAYS_THERE).decode() for page in pages))


def subset(data: bytes, letters: Iterable[int], features: Iterable[str] = FEATURES) -> bytes:
    """A TrueType font with no other characters than these; of its optional features (small capitals, figures) these stay."""
    import uharfbuzz as hb

    wanted = hb.SubsetInput()
    wanted.unicode_set.update(set(letters))
    wanted.layout_feature_tag_set.update({int.from_bytes(tag.encode("ascii"), "big") for tag in features})
    return bytes(hb.subset(hb.Face(data), wanted).blob.data)


def rules(faces: Iterable[Face]) -> str:
    """The style sheet's @font-face rules."""
    return "".join(
        f'@font-face {{\n  font-family: "{face.family}";\n  font-style: {face.style};\n  font-weight: {face.weight};\n'
        f'  src: url("{face.name}") format("truetype");\n{SCALE.get(face.family, "")}}}\n'
        for face in faces
    )


def families(fonts: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(fonts.values()))
