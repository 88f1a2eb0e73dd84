"""Straight quotes in, printed ones out: which of them opens, closes, or is an apostrophe or a measure.

`Quotes` walks over one block's text from left to right, one cluster of neighbouring quotes after the other. What stands
on either side of a cluster decides; where that is ambiguous (`—"x`, a quote between two letters or two spaces) it matters
whether a quotation is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

TYPED = "\ufdd2"  # stands before a character that a backslash protects; taken out in the end
QUOTE_CHARS = "\"'“”„‟‘’‚‛«»‹›"

_NBSP = "\u00a0"
# Language -> outer opening and closing quote, inner opening and closing quote.
_MARKS = {
    "bg": "„“‚‘",
    "bs": "„”’’",
    "ca": "«»‘’",
    "cs": "„“‚‘",
    "da": "»«›‹",
    "de": "„“‚‘",
    "de-ch": "«»‹›",
    "el": "«»‘’",
    "en": "“”‘’",
    "es": "«»‘’",
    "et": "„“‚‘",
    "eu": "«»‘’",
    "fi": "””’’",
    "fr": "«»‘’",
    "fr-ch": "«»‹›",
    "gl": "«»‘’",
    "hr": "„”‚’",
    "hu": "„”‚’",
    "hy": "«»‘’",
    "is": "„“‚‘",
    "it": "«»‘’",
    "lb": "„“‚‘",
    "lt": "„“‚‘",
    "lv": "„“‚‘",
    "mk": "„“‚‘",
    "nb": "«»‘’",
    "nn": "«»‘’",
    "no": "«»‘’",
    "pl": "„”‚’",
    "pt": "«»‘’",
    "pt-br": "“”‘’",
    "ro": "„”‚’",
    "ru": "«»‚‘",
    "sk": "„“‚‘",
    "sl": "„“‚‘",
    "sq": "„“‚‘",
    "sr": "„”’’",
    "sv": "””’’",
    "uk": "«»‚‘",
}
_OPENERS = "([{<¿¡"
_DASHES = "-–—―/|~"
_FRACTION = r"(?:[.,]\d+|[ -]?\d/\d{1,2}|\s?[¼-¾⅐-⅞])"
_INCHES_AFTER_FEET = re.compile(rf"'\s?\d{{1,3}}{_FRACTION}?\"(?!\w)")
_FEET_BEFORE = re.compile(rf"['′]\s?\d{{1,3}}{_FRACTION}?$")
# A number as in 12″ or 6′: not a year, not a time, not the end of a word; after "5'x" it may be glued.
_MEASURE = re.compile(
    r"(?:(?<![\w.,:])|(?<=['\"][xX×]))(?:\d{1,3}(?:[.,]\d+)?|\d+[ -]?\d?/\d{1,2}|\d*\s?[¼-¾⅐-⅞])$"
    r"|[°′]\s?\d{1,2}(?:[.,]\d+)?$"
)
_REACH = 12  # characters before a quote in which a measure is looked for

_YEARS = re.compile(r"\d\d(?:(s)(?!\w)|(?!\w|[.,:]\d))", re.IGNORECASE)
# Words that have lost their first letters and are never the first of a quotation; the second row only perhaps.
_CUT_WORD = re.compile(
    r"(?:tis|tisn|twas|twasn|twere|twill|twould|twixt|em|til|nother|nuff|cuz|coz|fraid|scuse|spose|zactly|ooray|n)(?!\w)"
    r"|(?:s|t|k|m|d|ll|ve|re)(?![\w'’])",
    re.IGNORECASE,
)
_PERHAPS_CUT_WORD = re.compile(
    r"(?:appen|ard|ave|bout|cause|cept|course|ello|er|ere|gainst|im|is|kay|mongst|neath|ome|ouse|round|sup|till|tween|un|uns)"
    r"(?!\w)",
    re.IGNORECASE,
)
_AFTER_STOP = re.compile(r"[.,!?…—–-]['’](?!\w)")


class Marks(NamedTuple):
    """The quotes of a language."""

    open2: str
    close2: str
    open1: str
    close1: str
    inside: str  # what stands between an outer quote and its words: a no-break space in French


def marks(language: str) -> Marks:
    """The quotes of a BCP 47 tag; those of English for a language that is not in the table."""
    tag = language.lower().replace("_", "-")
    base = tag.partition("-")[0]
    glyphs = _MARKS.get(tag) or _MARKS.get(base, _MARKS["en"])
    return Marks(glyphs[0], glyphs[1], glyphs[2], glyphs[3], _NBSP if base == "fr" and tag != "fr-ch" else "")


class _Around(NamedTuple):
    """What stands beside a cluster of quotes."""

    left: str
    right: str
    opens: bool  # nothing, a space or an opening bracket on the left
    dash: bool  # a dash, slash or ellipsis on the left
    word: bool  # something else on the left, and a letter or digit on the right
    floats: bool  # nothing or a space on the right


class Quotes:
    """Decides about the quotes of one text, and remembers which are open: `double` the outer, `single` the inner."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.marks = marks(language)
        self.double = self.single = False
        self._last_after_stop = -2
        self._inches_until = -1

    def cluster(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """The edits of the neighbouring quotes from `start` to `end`: (start, end, what is printed)."""
        text = self.text
        around = self._around(start, end)
        if text[start:end] == "''" and self._is_double(around, end):
            yield start, end, self._double(start, end, around)
            return
        for at in range(start, end):
            mark = text[at]
            if mark not in "\"'":
                self._note(mark)
                continue
            first = at == start
            printed = self._single(at, around, first) if mark == "'" else self._double(at, at + 1, around)
            if printed != mark:
                yield at, at + 1, printed

    def _around(self, start: int, end: int) -> _Around:
        text = self.text
        left = text[start - 1 : start]
        if left == TYPED:
            left = text[max(0, start - 2) : start - 1]
        right = text[end : end + 1]
        if right == TYPED:
            right = text[end + 1 : end + 2]
        opens = not left or left.isspace() or left in _OPENERS
        dash = not opens and (left in _DASHES or left == "…" or text[max(0, start - 3) : start] == "...")
        return _Around(
            left, right, opens, dash, not opens and not dash and right.isalnum(), not right or right.isspace()
        )

    def _note(self, mark: str) -> None:
        """A quote that was typed curly opens and closes quotations as well."""
        known = self.marks
        if mark in (known.open2, known.close2):
            self.double = mark == known.open2 and not (known.open2 == known.close2 and self.double)
        elif mark == known.open1 != known.close1:
            self.single = True
        elif mark == known.close1 != "’":
            self.single = False

    def _floating(self, at: int, around: _Around, is_open: bool) -> bool:
        """Whether a quote between two spaces, or at an end of the text, opens."""
        return at == 0 or (around.right != "" and not is_open) or (not around.left and not is_open)

    # --- double quotes

    def _is_double(self, around: _Around, end: int) -> bool:
        """Whether two apostrophes are one double quote, as typewriters have it."""
        if around.opens:
            return not self._cut(end)
        return self.double and not around.word

    def _double(self, at: int, end: int, around: _Around) -> str:
        text = self.text
        before = text[at - 1 : at]
        if at < self._inches_until or (before and (before.isnumeric() or before in "'′") and self._is_inches(at)):
            return "″"
        if around.opens:
            opening = self._floating(at, around, self.double) if around.floats else True
        elif around.dash:
            opening = around.right.isalnum() and not self.double
        elif around.word:
            if _hebrew(around.left) and _hebrew(around.right):
                return '"'
            opening = not self.double
        else:
            opening = False
        self.double = opening
        if opening:
            return self.marks.open2 + ("" if text[end : end + 1].isspace() else self.marks.inside)
        return ("" if before.isspace() else self.marks.inside) + self.marks.close2

    def _is_inches(self, at: int) -> bool:
        """Whether the double quote after a number, at `at`, stands for inches or seconds."""
        text = self.text
        before = text[max(0, at - _REACH) : at]
        if _FEET_BEFORE.search(before):
            return True
        if not _MEASURE.search(before):
            return False
        if not self.double:
            return True
        # A quotation is open, and this ends it, unless another quote further on does.
        following = text.find('"', at + 1)
        if following < 0:
            return False
        near, beyond = text[following - 1], text[following + 1 : following + 2]
        return not (near.isspace() or near in _OPENERS) and not beyond.isalnum()

    # --- single quotes

    def _single(self, at: int, around: _Around, first: bool) -> str:
        following = self.text[at + 1 : at + 2]
        if first and around.left.isnumeric():
            inches = _INCHES_AFTER_FEET.match(self.text, at)
            if inches:
                self._inches_until = inches.end()
                return "′"
            if self._is_feet(at, following):
                return "′"
        if around.word and first:
            return "’"
        if around.opens or around.dash:
            if following.isalnum() and self._cut(at + 1):
                return "’"
            if around.dash:
                opening = following.isalnum() and not self.single
            else:
                opening = self._floating(at, around, self.single) if around.floats else True
            if opening:
                self.single = True
                return self.marks.open1
        if self.single:
            self.single = False
            return self.marks.close1
        return "’"

    def _is_feet(self, at: int, following: str) -> bool:
        if not _MEASURE.search(self.text[max(0, at - _REACH) : at]):
            return False
        if following.isdigit():
            return True
        if following and following in "xX×" and self.text[at + 2 : at + 3].isnumeric():
            return True
        return not self.single and not following.isalnum()

    def _cut(self, at: int) -> bool:
        """Whether the word that begins at `at` lacks its first letters: '90s, 'tis, rock 'n' roll."""
        years = _YEARS.match(self.text, at)
        if years:
            return bool(years[1]) or not self._closed_later(at)
        if _CUT_WORD.match(self.text, at):
            return True
        return bool(_PERHAPS_CUT_WORD.match(self.text, at)) and not self._closed_later(at)

    def _closed_later(self, at: int) -> bool:
        """Whether a single quote ends a quotation for certain, somewhere after `at`."""
        if self._last_after_stop == -2:
            self._last_after_stop = max((found.start() for found in _AFTER_STOP.finditer(self.text)), default=-1)
        return self._last_after_stop > at


def _hebrew(character: str) -> bool:
    return "\u05d0" <= character <= "\u05ea"
