"""Replace straight quotes with printed ones: each opens, closes, or is an apostrophe or a measure.

`Quotes` walks over one block's text from left to right, one cluster of neighboring quotes after the other. What stands
on either side of a cluster decides; where that is ambiguous (`—"x`, a quote between two letters or two spaces) it matters
whether a quotation is open. A single quote that nothing closes is an apostrophe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from milebook.markdown.clipped_words import is_clipped, lacks_letters, last_word, may_lack_letters
from milebook.markdown.quote_marks import marks
from milebook.model.languages import is_unspaced

TYPED = "\ufdd2"  # stands before a character that a backslash protects; taken out in the end
QUOTE_CHARS = "\"'“”„‟‘’‚‛«»‹›"

_OPENERS = "([{<¿¡"
_DASHES = "-–—―/|~"
_FRACTION = r"(?:[.,]\d+|[ -]?\d/\d{1,2}|\s?[¼-¾⅐-⅞])"
_INCHES_AFTER_FEET = re.compile(rf"'\s?-?\s?\d{{1,3}}{_FRACTION}?(?:\"|'')(?!\w)")
_FEET_BEFORE = re.compile(rf"(?:(?<=[\d½¼¾])['′]|\b(?:ft|feet|foot)\.?)\s?-?\s?\d{{1,3}}{_FRACTION}?$")
# A number as in 12″ or 6′: not a year, not a time, not the end of a word; after "5'x" it may be glued.
_MEASURE = re.compile(
    r"(?:(?<![\w.,:])|(?<=['\"\d][xX×])|(?<=[½¼¾⅓⅔⅛][xX×]))(?:\d{1,3}(?:[.,]\d+)?|\d+[ -]?\d?/\d{1,2}|\d*\s?[¼-¾⅐-⅞])$"
    r"|[°′]\s?\d{1,2}(?:[.,]\d+)?$"
)
# A single quote that could open (it stands before a letter) or close (it stands behind something, and before no letter).
_SINGLE = re.compile(r"(?:(?<=[\s(\[\"“„«—–-])(['‘])(?=\w)|(?<=\S)['’](?!\w))")
_DOUBLE = re.compile(r"(?<![^\s(\[—–'‘-])([\"“„«])(?=[\w'‘])|[\"”»]")
_SPEAKS = re.compile(r"[,:;—–.!?\"“][\s\"“]?['‘]|.[\"“]['‘]|..['‘][A-Z]", re.DOTALL)
_STOPS = frozenset('.,!?…—–-;:)]”"')
_POSSESSED = re.compile(r"['’] [a-z]")
_FAR = 3_000  # characters that a quotation inside a quotation may have
_CLOSES = re.compile(r"['’](?!\w)")
_MANY_WORDS = 12  # of a paragraph that may be one of several in a speech
_MOST_WORDS = 6  # of a few words in single quotes, such as 'so to speak'
_REACH = 12  # characters before a quote in which a measure is looked for

_THOUSANDS = re.compile(r"(?:['’]\d{3})+(?!\d)")  # 1'000'000, as in Switzerland
_YEARS = re.compile(r"\d\d(?:(s)(?!\w)|(?!\w|[.,:]\d))", re.IGNORECASE)


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
        self.angled = ""  # the pair of guillemets, typed as << and >>, that is open
        self._closing = self.marks.close1  # of the single quotes that are open
        self._next_double = -1
        self._inches_until = -1

    def cluster(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """The edits of the neighboring quotes from `start` to `end`: (start, end, what is printed)."""
        text = self.text
        around = self._around(start, end)
        if text[start:end] == "''" and around.left.isnumeric() and self._is_inches(start):
            yield start, end, "″"
            return
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
        if around.opens:  # two that nothing closes are a quote and an apostrophe: ''Cause I said so,' she said
            return not self._cut(end) and not (may_lack_letters(self.text, end) and "''" not in self.text[end:])
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
            if is_unspaced(around.left) or is_unspaced(around.right):  # no apostrophe stands there
                self.single = not self.single
                return self._opened() if self.single else self._closing
            return "’"
        if around.opens or around.dash:
            if following.isalnum() and self._is_apostrophe(at, around):
                return "’"
            if around.dash:
                opening = following.isalnum() and not self.single
            else:
                opening = self._floating(at, around, self.single) if around.floats else True
            if opening:
                self.single = True
                return self._opened()
        if self.single and not self._is_clipped(at):
            self.single = False
            return self._closing
        return "’"

    def _opened(self) -> str:
        """The single quote that opens; what closes it is remembered."""
        self._closing = self.marks.nested_close if self.double else self.marks.close1
        return self.marks.nested_open if self.double else self.marks.open1

    def _is_clipped(self, at: int) -> bool:
        """Whether the quote after a letter stands for letters left out, and the quotation that is open goes on behind it."""
        word = last_word(self.text, at)
        return is_clipped(word) and self._closer(at, self._scope(at), strong=True) >= 0

    def _is_feet(self, at: int, following: str) -> bool:
        if not _MEASURE.search(self.text[max(0, at - _REACH) : at]):
            return False
        if following.isdigit():
            return _THOUSANDS.match(self.text, at) is None
        if following and following in "xX×" and self.text[at + 2 : at + 3].isnumeric():
            return True
        return not self.single and not following.isalnum()

    def _cut(self, at: int) -> bool:
        """Whether the word that begins at `at` surely lacks its first letters: '90s, 'tis, rock 'n' roll."""
        years = _YEARS.match(self.text, at)
        if years:
            return bool(years[1])
        return lacks_letters(self.text, at)

    def _is_apostrophe(self, at: int, around: _Around) -> bool:
        """Whether the quote at `at`, before a letter, stands for letters left out and opens nothing."""
        text = self.text
        if self._cut(at + 1) or (text[at - 1 : at] == "'" and self.single and may_lack_letters(text, at + 1)):
            return True
        end = self._scope(at)
        years = _YEARS.match(text, at + 1)
        within = text[at - 1 : at].isspace() and (text[max(0, at - 2)].isalnum() or text[max(0, at - 2)] in "('\"")
        if years and (self.single or within):
            return self.single or not _CLOSES.match(text, years.end())
        if years and self._closer(at, end, strong=True) < 0 and not _CLOSES.match(text, years.end()):
            return True
        begins = not text[:at].strip(" \"“„«'‘") or (around.left in '"“„«' and around.left != "")
        capital = text[at + 1].isupper()
        if may_lack_letters(text, at + 1):
            return self._closer(at, end, strong=True) < 0 or (self.single and not capital)
        if self._closer(at, end, strong=False) >= 0:
            return False
        # Speech that goes on in the next paragraph is opened again in each of them, and closed in the last.
        return not (begins and capital and (at or text.count(" ") >= _MANY_WORDS)) or years is not None

    def _scope(self, at: int) -> int:
        """Where a quotation that is opened at `at` ends at the latest: with the double quotes around it."""
        if not self.double:
            return len(self.text)
        if self._next_double < at:
            depth = 0
            self._next_double = len(self.text)
            for found in _DOUBLE.finditer(self.text, at):
                depth += 1 if found[1] else -1
                if depth < 0:
                    self._next_double = found.start()
                    break
        return self._next_double

    def _closer(self, at: int, end: int, *, strong: bool) -> int:
        """Where the quotation that is opened at `at` is closed before `end`; -1 for nowhere.

        A closing quote that follows a stop is strong; after a letter it may as well stand for letters left out, and counts
        only close by, or if `at` is where speech begins.
        """
        text = self.text
        speech = text[at + 1 : at + 2].isupper() and (
            at == 0 or text[at - 1] in '"“„«' or text[max(0, at - 2)] in ',:;—–-.!?“"'
        )
        taken = 0  # openings in between, each of which takes a closing quote
        for found in _SINGLE.finditer(text, at + 1, min(end, at + _FAR)):
            place = found.start()
            if found[1]:  # opens
                if (
                    not self._cut(place + 1)
                    and not may_lack_letters(text, place + 1)
                    and _SPEAKS.match(text, max(0, place - 2))
                ):
                    taken += 1
                continue
            before = text[place - 1]
            if before in _STOPS:
                if not taken:
                    return place
                taken -= 1
            elif not strong and not taken:
                words = text.count(" ", at, place)
                word = last_word(text, place)
                if (words and is_clipped(word)) or (word[-1:] == "s" and words and _POSSESSED.match(text, place)):
                    continue
                if words < _MOST_WORDS or speech:
                    return place
        return -1


def _hebrew(character: str) -> bool:
    return "\u05d0" <= character <= "\u05ea"
