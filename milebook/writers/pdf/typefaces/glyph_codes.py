"""Give every glyph with its text a code that is the same in every document.

A small capital, a ligature or an old-style figure says the letters that the author typed, however they are drawn. Which code
that is depends on the face alone and not on what else a book says, so that pages set in one run can stand in another's file.

With N glyphs in a face, code g draws glyph g and says what the face has it for: its character, or the letters its name is
made of (`a.sc`, `f_i`). Code N+g says the same without its typographic form (`ﬁ` as "fi", `²` as "2"), 2N+g draws the capital
of what glyph g says, and what comes after 3N are signs drawn as something else (a no-break space as a space).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from milebook.writers.pdf.typefaces.stand_ins import SPACES, STAND_INS

STANDS: tuple[tuple[str, str], ...] = tuple(sorted({**dict.fromkeys(SPACES, " "), **STAND_INS}.items()))

_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060"))
_RUN = re.compile("<([0-9A-F]+)>")


class Coding:
    """The codes of one face, given as HarfBuzz's face and font."""

    def __init__(self, hb_face: Any, font: Any) -> None:
        self._font = font
        self.count: int = hb_face.glyph_count
        self._known: dict[tuple[int, str], str] = {}
        self._chars: dict[int, str] = {}  # glyph -> the lowest character it is for
        nominal = font.get_nominal_glyph
        for point in sorted(hb_face.unicodes):
            self._chars.setdefault(nominal(point), chr(point))

    def code(self, gid: int, text: str, leftward: bool = False) -> str:
        """Four hexadecimal digits that draw a glyph and say a text; "" where no code says it.

        In words from right to left a ligature says one sign (U+FEFB) instead of its letters, because readers turn the signs of
        such a word around one by one.
        """
        if leftward:
            text = text.translate(_UNSEEN)
        if leftward and len(text) > 1:
            sign = self.says(gid)
            return self.plain(gid) if len(sign) == 1 and _simple(sign) == _simple(text) else ""
        code = self._known.get((gid, text))
        if code is None:
            number = self._number(gid, text)
            code = self._known[gid, text] = f"{number:04X}" if 0 < number < 0xFFFF else ""
        return code

    def plain(self, gid: int) -> str:
        """Four hexadecimal digits that draw a glyph, whatever they say."""
        return f"{gid:04X}"

    def meaning(self, code: int) -> tuple[int, str]:
        """The glyph that a code draws, and what it says ("" if the face does not know); no glyph for what is no code."""
        tier, number = divmod(code, self.count)
        if tier == 0:
            return number, self.says(number)
        if tier == 1:
            return number, _simple(self.says(number))
        if tier == 2:
            text = self.says(number)
            return self._nominal(text.upper()), text
        if code - 3 * self.count >= len(STANDS):
            return 0, ""
        typed, drawn = STANDS[code - 3 * self.count]
        return self._nominal(drawn), typed

    def says(self, gid: int) -> str:
        """What a glyph is for."""
        char = self._chars.get(gid)
        if char is not None:
            return char
        font = self._font
        natural = ""
        for name in (font.glyph_to_string(gid) or "").partition(".")[0].split("_"):
            part = self._chars.get(font.get_glyph_from_name(name)) if name else None
            if part is None:
                return ""
            natural += part
        return natural

    def _number(self, gid: int, text: str) -> int:
        natural = self.says(gid)
        if text == natural:
            return gid
        if natural and text == _simple(natural):
            return self.count + gid
        if len(text) == 1:
            small = self._nominal(text)
            if small and self.says(small) == text and self._nominal(text.upper()) == gid:
                return 2 * self.count + small
            for number, (typed, drawn) in enumerate(STANDS):
                if typed == text and self._nominal(drawn) == gid:
                    return 3 * self.count + number
        return 0

    def _nominal(self, char: str) -> int:
        """The glyph of a character; 0 for none."""
        return int(self._font.get_nominal_glyph(ord(char)) or 0) if len(char) == 1 else 0


def _simple(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def codes_in(bodies: Iterable[str]) -> list[int]:
    """The codes in what was drawn (see `shaping.Part`), sorted."""
    codes = "".join(set(_RUN.findall("".join(bodies))))
    return sorted([int(code, 16) for code in {codes[at : at + 4] for at in range(0, len(codes), 4)}])
