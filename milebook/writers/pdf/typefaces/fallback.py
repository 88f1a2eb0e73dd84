"""Cut a word into pieces of one face each.

What the face of the text cannot print is looked for in a chain of broader faces; a character that no face has is reported by
the caller and printed as an open square.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from milebook.writers.pdf.typefaces.fonts import UNSEEN, Face, face
from milebook.writers.pdf.typefaces.stand_ins import SPACES, STAND_INS

# for letters, signs and symbols
CHAIN = ("Noto Serif", "Noto Serif Hebrew", "Noto Naskh Arabic", "DejaVu Sans", "Noto Emoji")
EMOJI_CHAIN = ("Noto Emoji", "Noto Serif", "DejaVu Sans")  # for what is written as an emoji
SQUARE = "\u25a1"

# One printed sign as a reader sees it: flags, keycaps, joined emoji, a letter with its marks.
SIGN = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"
    "|.(?:[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f\U0001f3fb-\U0001f3ff"
    "\U000e0020-\U000e007f\u0591-\u05c7\u064b-\u065f\u0670\u200c]|\u200d.?)*",
    re.DOTALL,
)


class Piece(NamedTuple):
    """A stretch of a word in one face. `missing` lists the characters that no face could print."""

    face: Face
    typed: str
    shown: str
    origin: list[int] | None
    missing: tuple[str, ...] = ()


def is_plain(main: Face, text: str) -> bool:
    """Whether a word needs no face but `main` and no sign of it a treatment of its own."""
    if text.isascii():
        return main.chars.issuperset(text)
    return main.chars.issuperset(text) and max(text) < "\U0001f000" and SPACES.keys().isdisjoint(text)


def pieces(main: Face, text: str, bold: bool, italic: bool, caps: bool) -> list[Piece]:
    """A word cut into stretches of one face each, in order, with nothing lost."""
    shown, origin = (text, None) if not caps else _capitals(text)
    chars = main.chars
    if is_plain(main, shown):
        return [Piece(main, text, shown, origin)]
    out: list[Piece] = []
    for match in SIGN.finditer(text):
        sign = match.group()
        drawn = sign
        emoji = "\ufe0f" in sign or "\u200d" in sign or "\u20e3" in sign or ord(sign[0]) >= 0x1F000
        chain = EMOJI_CHAIN if emoji else CHAIN
        lost: tuple[str, ...] = ()
        found = main if main.has(sign) and not emoji else None
        if found is main and sign in SPACES:
            found = None  # cut out, for a width of its own
        if found is None and sign in STAND_INS and STAND_INS[sign] in chars:
            found, drawn = main, STAND_INS[sign]
        if found is None and sign in SPACES:
            found, drawn = main, " "
        if found is None and all(c in UNSEEN for c in sign):
            found = out[-1].face if out else main
        if found is None:
            faces = (face(family, bold, italic) for family in chain)
            found = next((one for one in faces if one.has(sign)), main if main.has(sign) else None)
        if found is None:
            lost = tuple(c for c in sign if c not in UNSEEN)
            found, drawn = (main if SQUARE in chars else face("DejaVu Sans")), SQUARE
        if caps and drawn == sign:
            drawn = drawn.upper()
        last = out[-1] if out else None
        special = drawn != sign
        if last and last.face is found and not special and last.origin is None and not last.missing:
            out[-1] = Piece(found, last.typed + sign, last.shown + sign, None)
        else:
            out.append(Piece(found, sign, drawn, [0] * len(drawn) if special else None, lost))
    return out


def _capitals(text: str) -> tuple[str, list[int]]:
    shown, origin = "", []
    for i, char in enumerate(text):
        upper = char.upper()
        shown += upper
        origin += [i] * len(upper)
    return shown, origin
