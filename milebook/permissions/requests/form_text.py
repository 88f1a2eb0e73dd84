"""Text for release forms: each letter in a face that has it, and right-to-left words in the order in which they are read.

ReportLab drops letters that a face does not have, so that every piece of text gets its face here. What no face of milebook
has is set in the East Asian faces that PDF viewers bring along, and otherwise reported.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from milebook.layout.font_files import FOLDER
from milebook.model.bidi import has_turns, levels, visual

FACES = {"mb-form": "noto-serif/Regular.ttf", "mb-form-bold": "noto-serif/Bold.ttf", "mb-form-sans": "dejavu/Sans.ttf"}
_ASIAN = (
    ("HYSMyeongJo-Medium", ((0x1100, 0x11FF), (0x3130, 0x318F), (0xAC00, 0xD7AF))),
    ("HeiseiMin-W3", ((0x3040, 0x30FF), (0x31F0, 0x31FF))),
    (
        "STSong-Light",
        ((0x2E80, 0x2FDF), (0x3000, 0x303F), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF)),
    ),
)
UNPRINTED = "□"  # in the place of a letter that no face has


@cache
def ready() -> None:
    """Make the faces known to ReportLab, once in a process."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.ttfonts import TTFont

    known = pdfmetrics.getRegisteredFontNames()
    for name, file in FACES.items():
        if name not in known:
            pdfmetrics.registerFont(TTFont(name, str(FOLDER / file)))
    for name, _ in _ASIAN:
        if name not in known:
            pdfmetrics.registerFont(UnicodeCIDFont(name))


def markup(text: str, face: str = "mb-form") -> str:
    """Text as markup of a ReportLab paragraph, each piece in a face that has its letters."""
    ready()
    shown = _visual(unicodedata.normalize("NFC", text.replace("\t", " ")))
    pieces = []
    for name, piece in _pieces(shown, face):
        words = escape(piece)
        pieces.append(words if name == face else f'<font name="{name}">{words}</font>')
    return "".join(pieces)


def missing(text: str) -> str:
    """The letters of a text that cannot be printed, each once."""
    ready()
    lost = (sign for sign in unicodedata.normalize("NFC", text) if sign.strip() and not _face_of(sign, "mb-form"))
    return "".join(dict.fromkeys(lost))


def _pieces(text: str, face: str) -> Iterator[tuple[str, str]]:
    piece, name = "", face
    for sign in text:
        its = _face_of(sign, face)
        if not its and sign.strip() and unicodedata.category(sign)[0] not in "CM":
            sign, its = UNPRINTED, _face_of(UNPRINTED, face)
        its = its or face
        stays = unicodedata.combining(sign) and piece  # a mark belongs to the letter before it
        if its != name and not stays and sign != " ":
            if piece:
                yield name, piece
            piece, name = "", its
        piece += sign
    if piece:
        yield name, piece


def _face_of(sign: str, face: str) -> str:
    for name in (face, "mb-form-sans"):
        if ord(sign) in _glyphs(name):
            return name
    number = ord(sign)
    return next((name for name, spans in _ASIAN if any(first <= number <= last for first, last in spans)), "")


@cache
def _glyphs(name: str) -> frozenset[int]:
    from reportlab.pdfbase import pdfmetrics

    font: Any = pdfmetrics.getFont(name)
    return frozenset(font.face.charToGlyph)


# ---- right to left


def _visual(text: str) -> str:
    """A text in the order in which its letters stand on a line that begins at the left, Arabic letters joined."""
    if not has_turns(text):
        return text
    joined = re.sub(r"\S+", lambda word: _joined(word[0]), text)
    clusters: list[str] = []  # a letter with its marks, which stay behind it
    found = []
    for sign, level in zip(joined, levels(joined, 0), strict=True):
        if clusters and unicodedata.combining(sign):
            clusters[-1] += sign
            continue
        clusters.append(sign.translate(_MIRRORED) if level % 2 else sign)
        found.append(level)
    return "".join(clusters[place] for place in visual(found))


_MIRRORED = str.maketrans("()[]{}<>«»", ")(][}{><»«")


@cache
def _forms() -> dict[str, dict[str, str]]:
    """The joined forms of Arabic letters: letter -> "isolated" | "initial" | "medial" | "final" -> its sign."""
    found: dict[str, dict[str, str]] = {}
    for number in (*range(0xFB50, 0xFDFE), *range(0xFE70, 0xFEFD)):
        kind, _, letters = unicodedata.decomposition(chr(number)).partition("> ")
        if kind.startswith("<") and letters and " " not in letters:
            found.setdefault(chr(int(letters, 16)), {}).setdefault(kind[1:], chr(number))
    return found


def _joined(word: str) -> str:
    """Arabic letters in the forms that they have beside each other."""
    forms = _forms()
    bases = [place for place, sign in enumerate(word) if not unicodedata.combining(sign)]
    signs = list(word)
    for order, place in enumerate(bases):
        known = forms.get(word[place])
        if not known:
            continue
        before = forms.get(word[bases[order - 1]], {}) if order else {}
        after = forms.get(word[bases[order + 1]], {}) if order + 1 < len(bases) else {}
        left = "initial" in before and "final" in known  # the letter before reaches on to this one
        right = "initial" in known and "final" in after
        kind = "medial" if left and right else "final" if left else "initial" if right else "isolated"
        signs[place] = known.get(kind, word[place])
    return "".join(signs)
