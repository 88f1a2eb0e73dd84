"""Typefaces: the files that come with milebook, and how HarfBuzz shapes a word in one of them.

A family is a folder of static TrueType faces under `milebook/fonts`.
"""

from __future__ import annotations

import unicodedata
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

from milebook.layout.font_files import FOLDER
from milebook.writers.pdf.typefaces.glyph_codes import Coding

# family -> its folder and the faces in it, the plain one first; for one that is missing the nearest serves
FAMILIES: dict[str, tuple[str, tuple[str, ...]]] = {
    "EB Garamond": ("eb-garamond", ("Regular", "Italic", "Bold", "BoldItalic")),
    "Noto Serif": ("noto-serif", ("Regular", "Italic", "Bold")),
    "DejaVu Sans": ("dejavu", ("Sans",)),
    "DejaVu Sans Mono": ("dejavu", ("SansMono",)),
    "Noto Emoji": ("noto-emoji", ("Regular",)),
    "Noto Serif Hebrew": ("noto-serif-hebrew", ("Regular", "Bold")),
    "Noto Naskh Arabic": ("noto-naskh-arabic", ("Regular", "Bold")),
}
NUMBERS = {  # file -> number of the face, the same in every document
    f"{folder}/{cut}.ttf": number
    for number, (folder, cut) in enumerate((folder, cut) for folder, cuts in FAMILIES.values() for cut in cuts)
}
DEFAULT_FAMILY, MONO_FAMILY = "EB Garamond", "DejaVu Sans Mono"
# Characters that print nothing of themselves; no face has to have them.
UNSEEN = frozenset(
    "\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064"
    "\u2066\u2067\u2068\u2069\ufeff"
) | frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0020, 0xE0080), *range(0xE0100, 0xE01F0)]))


class Glyph(NamedTuple):
    """A placed glyph, in 1/1000 em. `text` is what it stands for, as typed ("" for a further glyph of the same sign)."""

    gid: int
    text: str
    advance: float
    natural: float  # the face's own advance, which a PDF reader will use
    dx: float
    dy: float


class Face:
    """One font file: its characters, metrics and shaping. Read once in a process and shared by all documents."""

    def __init__(self, path: Path) -> None:
        import uharfbuzz as hb

        self._hb: Any = hb
        self.path = path
        self.number = NUMBERS[f"{path.parent.name}/{path.name}"]
        self.data = path.read_bytes()
        self.hb_face = hb.Face(hb.Blob(self.data))
        self.font = hb.Font(self.hb_face)
        self.upem = self.hb_face.upem
        self.scale = 1000 / self.upem
        self.chars = frozenset(map(chr, self.hb_face.unicodes))
        self.name = (
            self.hb_face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or f"Milebook-{path.parent.name}-{path.stem}"
        )
        metric = self.font.get_metric_position_with_fallback
        tag = hb.OTMetricsTag
        extents = self.font.get_font_extents("ltr")
        self.ascent = extents.ascender * self.scale
        self.descent = extents.descender * self.scale
        self.cap_height = metric(tag.CAP_HEIGHT) * self.scale
        self._natural: dict[int, float] = {}
        self._plain: dict[tuple[int, str], tuple[str, float]] = {}  # glyph and its text -> code, natural advance
        self._buffer: Any = None

    @cached_property
    def coding(self) -> Coding:
        """The codes of its glyphs."""
        return Coding(self.hb_face, self.font)

    def natural(self, gid: int) -> float:
        """The advance of one glyph in 1/1000 em, without kerning."""
        width = self._natural.get(gid)
        if width is None:
            width = self._natural[gid] = self.font.get_glyph_h_advance(gid) * self.scale
        return width

    def has(self, sign: str) -> bool:
        """Whether every character of a sign that prints something has a glyph here."""
        chars = self.chars
        if all(c in chars or c in UNSEEN for c in sign):
            return True
        return all(c in chars or c in UNSEEN for c in unicodedata.normalize("NFC", sign))

    def shape_plain(
        self, text: str, features: dict[str, bool], language: str
    ) -> list[tuple[int, str, float, float]] | None:
        """What `shape` makes of a word of this face whose glyphs stand side by side, one a cluster: the character of the word
        that a glyph begins with, its code (see `coding`), advance and natural advance. None where it is not so simple.
        Nearly every word is, and it costs a third.
        """
        buffer = self._buffer
        if buffer is None:
            buffer = self._buffer = self._hb.Buffer()
            buffer.cluster_level = self._hb.BufferClusterLevel.MONOTONE_CHARACTERS
            buffer.flags = self._hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        buffer.clear_contents()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        if language:
            buffer.language = language
        self._hb.shape(self.font, buffer, features)
        infos = buffer.glyph_infos
        starts = [info.cluster for info in infos]
        if not starts or starts[0]:
            return None
        scale, known = self.scale, self._plain
        out: list[tuple[int, str, float, float]] = []
        for info, place, start, end in zip(
            infos, buffer.glyph_positions, starts, [*starts[1:], len(text)], strict=True
        ):
            x, y, width, _ = place.position
            if x or y or not width or start >= end:
                return None
            key = info.codepoint, text[start:end]
            glyph = known.get(key)
            if glyph is None:
                glyph = known[key] = self.coding.code(*key), self.natural(key[0])
            if not glyph[0]:
                return None
            out.append((start, glyph[0], width * scale, glyph[1]))
        return out

    def shape(
        self,
        typed: str,
        shown: str,
        origin: list[int] | None,
        features: dict[str, bool],
        language: str,
        leftward: bool = False,
    ) -> list[Glyph]:
        """Glyphs of `shown`, in the order they are drawn, from left to right; `origin` maps its characters to those of `typed`."""
        buffer = self._hb.Buffer()
        buffer.cluster_level = self._hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.flags = self._hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES
        buffer.add_str(shown)
        buffer.guess_segment_properties()
        buffer.direction = "rtl" if leftward else "ltr"
        if language:
            buffer.language = language
        self._hb.shape(self.font, buffer, features)
        infos, places = buffer.glyph_infos, buffer.glyph_positions
        if not infos:
            return []  # nothing that can be seen
        texts = _texts_of_clusters(sorted({info.cluster for info in infos}), len(shown), typed, origin)
        scale, out = self.scale, []
        for info, place in zip(infos, places, strict=True):
            out.append(
                Glyph(
                    info.codepoint,
                    texts.pop(info.cluster, ""),
                    place.x_advance * scale,
                    self.natural(info.codepoint),
                    place.x_offset * scale,
                    place.y_offset * scale,
                )
            )
        return out


def _texts_of_clusters(starts: list[int], size: int, typed: str, origin: list[int] | None) -> dict[int, str]:
    """What was typed for each cluster of glyphs, by the place in the shown text where it begins. `size` is that text's length."""
    texts = {}
    for number, start in enumerate(starts):
        stop = starts[number + 1] if number + 1 < len(starts) else size
        first = start if number else 0  # unseen characters before the first glyph belong to it
        if origin is None:
            texts[start] = typed[first:stop]
        else:
            texts[start] = typed[origin[first] : origin[stop] if stop < len(origin) else len(typed)]
    return texts


@cache
def face(family: str, bold: bool = False, italic: bool = False) -> Face:
    """The face of a family nearest to the wanted look. Raises KeyError when milebook has no such family."""
    folder, cuts = FAMILIES[family]
    nearest = "Bold" if bold else "Italic" if italic else cuts[0]
    cut = next((cut for cut in ("BoldItalic" if bold and italic else nearest, nearest) if cut in cuts), cuts[0])
    return _open(FOLDER / folder / f"{cut}.ttf")


def numbered(number: int) -> Face:
    """The face of a number of NUMBERS. Raises StopIteration for any other."""
    return _open(FOLDER / next(name for name, one in NUMBERS.items() if one == number))


@cache
def _open(path: Path) -> Face:
    return Face(path)
