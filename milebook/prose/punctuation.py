"""Smart punctuation by fixed rules: straight quotes, double hyphens and three dots in, printed characters out.

Only characters that were typed straight are changed, and never a letter: curly quotes, `(c)`, `1/2`, arrows, code,
addresses and tags stay. `--` between digits is an en dash, else an em dash (a spaced en dash where that is the custom of
the language); spaces around it stay as typed. A backslash before a character keeps it as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from milebook.prose.blocks import Run

TYPED = "\ufdd2"  # stands before a character that a backslash protects; taken out in the end

_NBSP = "\u00a0"
# Language -> outer opening and closing quote, inner opening and closing quote.
_QUOTES = {
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
# Where a dash in a sentence is a spaced en dash.
_SPACED_EN_DASH = re.compile("bg|cs|da|de|et|fi|hr|hu|is|lt|lv|nb|nl|nn|no|pl|ro|sk|sl|sr|sv|tr")

_OPENERS = "([{<¿¡"
_DASHES = "-–—―/|~"
_QUOTE_CHARS = "\"'“”„‟‘’‚‛«»‹›"
_CLUSTER = re.compile(f"[{_QUOTE_CHARS}]+|-{{2,}}|\\.{{3,}}|[`´]+")
_INTERESTING = re.compile(r"[\"'`´]|--|\.\.\.")
_LITERAL = re.compile(
    r"(?:https?|ftp|file|mailto):[^\s\"'<>]+|www\.[^\s\"'<>]+|[\w.+-]+@[\w-]+\.[\w.-]+"  # addresses
    r"|</?[A-Za-z][^<>]*>|<!--|-->|\{\{[^{}]*\}\}|\{%[^{}]*%\}",  # tags and templates
)
_HAS_LITERAL = re.compile(r"[@<{]|:[^\s]|www\.")
_FEET = re.compile(r"(?<=\d)'\s?\d{1,3}(?:[.,]\d+|[ -]?\d/\d{1,2}|\s?[¼-¾⅐-⅞])?\"(?!\w)")
_AFTER_FEET = re.compile(r"['′]\s?\d{1,3}(?:[.,]\d+|[ -]?\d/\d{1,2}|\s?[¼-¾⅐-⅞])?$")
_MEASURE = re.compile(
    r"(?<![\w.,:])(?:\d{1,3}(?:[.,]\d+)?|\d+[ -]?\d?/\d{1,2}|[\d ]*[¼-¾⅐-⅞])$|[°′]\s?\d{1,2}(?:[.,]\d+)?$"
)
_YEARS = re.compile(r"\d\d(?:(s)(?!\w)|(?!\w|[.,:]\d))", re.IGNORECASE)
_N = re.compile(r"n(?:['’]|(?!\w))", re.IGNORECASE)
_CUT_WORD = re.compile(
    r"(?:tis|tisn|twas|twasn|twere|twill|twould|twixt|em|til|nother|nuff|cuz|coz|fraid|scuse|spose|tude|zactly|ello|ooray|n)(?!\w)",
    re.IGNORECASE,
)
_PERHAPS_CUT_WORD = re.compile(
    r"(?:bout|cause|course|cept|er|ere|gainst|im|is|ave|ome|ouse|kay|mongst|neath|round|sup|till|tween|un|uns|ard|appen)(?!\w)",
    re.IGNORECASE,
)
_AFTER_STOP = re.compile(r"[.,!?…—–-]['’](?!\w)")


class _Marks(NamedTuple):
    open2: str
    close2: str
    open1: str
    close1: str
    inside: str  # what stands between an outer quote and its words: French


def curl(text: str, language: str) -> str:
    """The text with its punctuation as printed in `language` (a BCP 47 tag)."""
    return "".join(run.text for run in curl_runs([Run(text)], language))


def curl_runs(runs: list[Run], language: str) -> list[Run]:
    """The runs of one block with their punctuation as printed: quotes are matched across changes of look."""
    readable = [run for run in runs if not run.note and not run.query]
    text = "".join(run.text for run in readable)
    if not _INTERESTING.search(text):
        return runs
    edits = list(_edits(text, _protected(text, readable), language))
    if not edits:
        return runs
    out: list[Run] = []
    offset = done = 0  # where the run begins; how many edits are behind us
    for run in runs:
        if run.note or run.query:
            out.append(run)
            continue
        pieces: list[str] = []
        at, end = offset, offset + len(run.text)
        while done < len(edits) and edits[done][0] < end:
            start, stop, printed = edits[done]
            done += 1
            if stop > end:
                continue  # the sign begins in one look and ends in another: left as typed
            pieces += (text[at:start], printed)
            at = stop
        if pieces:
            run = run._replace(text="".join(pieces) + text[at:end])
        out.append(run)
        offset = end
    return out


def _marks(language: str) -> _Marks:
    tag = language.lower().replace("_", "-")
    glyphs = _QUOTES.get(tag) or _QUOTES.get(tag.partition("-")[0], _QUOTES["en"])
    return _Marks(
        glyphs[0], glyphs[1], glyphs[2], glyphs[3], _NBSP if tag.partition("-")[0] == "fr" and tag != "fr-ch" else ""
    )


def _protected(text: str, runs: list[Run]) -> list[tuple[int, int]]:
    """The stretches of `text` that are never changed, in order and without overlap."""
    spans: list[tuple[int, int]] = []
    if any(run.code for run in runs):
        offset = 0
        for run in runs:
            if run.code:
                spans.append((offset, offset + len(run.text)))
            offset += len(run.text)
    if _HAS_LITERAL.search(text):
        spans += [found.span() for found in _LITERAL.finditer(text)]
        spans.sort()
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _edits(text: str, protected: list[tuple[int, int]], language: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, what is printed there), in order."""
    quotes = _Quotes(text, _marks(language))
    spaced_en = _SPACED_EN_DASH.fullmatch(language.lower().partition("-")[0]) is not None
    spans = iter(protected)
    span = next(spans, None)
    for found in _CLUSTER.finditer(text):
        start, end = found.span()
        while span and span[1] <= start:
            span = next(spans, None)
        if (span and span[0] < end) or (start and text[start - 1] == TYPED):
            continue
        first = text[start]
        before, after = text[start - 1 : start], text[end : end + 1]
        if first == "-":
            dash = _dash(end - start, before, after, spaced_en)
            if dash:
                yield start, end, dash
        elif first == ".":
            if end - start == 3 and after != "/":
                yield start, end, "…"
            elif end - start == 4:
                yield start, end, "…."
        elif first in "`´":
            if end - start == 1 and before.isalpha() and after.isalpha():
                yield start, end, "’"
            elif found[0] == "``" and not before.isalnum() and after.isalnum():
                yield start, end, quotes.marks.open2 + quotes.marks.inside
                quotes.double = True
        else:
            yield from quotes.cluster(start, end)


def _dash(length: int, before: str, after: str, spaced_en: bool) -> str:
    if length > 3 or before == "<" or after == ">":
        return ""
    if length == 2 and before.isdigit() and after.isdigit():
        return "–"
    if spaced_en and (before.isspace() or not before) and (after.isspace() or not after):
        return "–"
    return "—"


class _Quotes:
    """Decides about each cluster of quotes, and remembers which are open: `double` for the outer, `single` for the inner."""

    def __init__(self, text: str, marks: _Marks) -> None:
        self.text, self.marks = text, marks
        self.double = self.single = False
        self._last_after_stop = -2
        self._feet_until = -1

    def cluster(self, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """The edits of one run of neighbouring quotes."""
        text = self.text
        left = text[start - 1 : start]
        if left == TYPED:
            left = text[start - 2 : start - 1]
        right = text[end : end + 1]
        if right == TYPED:
            right = text[end + 1 : end + 2]
        after_space = not left or left.isspace()
        before_space = not right or right.isspace()
        opens = after_space or left in _OPENERS
        dash = not opens and (left in _DASHES or left == "…" or text[start - 3 : start] == "...")
        word = not opens and not dash and right.isalnum()
        for position in range(start, end):
            mark = text[position]
            if mark not in "\"'":
                self._note(mark)
                continue
            if mark == "'":
                printed = self._single(
                    position, end, left if position == start else "", opens, dash, word, before_space
                )
            else:
                printed = self._double(
                    position, start, left if position == start else "", right, opens, dash, word, before_space
                )
            if printed != mark:
                yield position, position + 1, printed

    def _note(self, mark: str) -> None:
        marks = self.marks
        if mark == marks.open2 or mark == marks.close2:
            self.double = mark == marks.open2 and not (marks.open2 == marks.close2 and self.double)
        elif mark == marks.open1 and mark != marks.close1:
            self.single = True
        elif mark == marks.close1 and mark != "’":
            self.single = False

    def _double(
        self, at: int, start: int, left: str, right: str, opens: bool, dash: bool, word: bool, before_space: bool
    ) -> str:
        text, marks = self.text, self.marks
        if at < self._feet_until or (left and (left.isnumeric() or left in "'′") and self._is_inches(at)):
            return "″"
        if (
            text[at - 1 : at] == "'"
            and at - 1 >= start
            and text[at + 1 : at + 2] != "'"
            and text[at - 2 : at - 1] == "'"
        ):
            return "″"
        if opens:
            opening = not self.double if before_space and left != "" else True
        elif dash:
            opening = not before_space and right.isalnum() and not self.double
        elif word:
            if _hebrew(left) and _hebrew(right):
                return '"'
            opening = not self.double
        else:
            opening = False
        self.double = opening
        if not opening:
            spaced = text[at - 1 : at].isspace()
            return marks.close2 if spaced else marks.inside + marks.close2
        spaced = text[at + 1 : at + 2].isspace()
        return marks.open2 if spaced else marks.open2 + marks.inside

    def _is_inches(self, at: int) -> bool:
        """Whether the double quote after a digit at `at` stands for inches or seconds."""
        text = self.text
        before = text[max(0, at - 12) : at]
        if _AFTER_FEET.search(before):
            return True
        if not _MEASURE.search(before):
            return False
        if not self.double:
            return True
        # A quotation is open. This ends it, unless another quote further on does.
        following = text.find('"', at + 1)
        if following < 0:
            return False
        near = text[following - 1]
        beyond = text[following + 1 : following + 2]
        return not (near.isspace() or near in _OPENERS) and not beyond.isalnum()

    def _single(self, at: int, end: int, left: str, opens: bool, dash: bool, word: bool, before_space: bool) -> str:
        text, marks = self.text, self.marks
        following = text[at + 1 : at + 2]
        if left.isnumeric():
            feet = _FEET.match(text, at)
            if feet:
                self._feet_until = feet.end()
                return "′"
            if self._is_feet(at, following):
                return "′"
        if word and left:
            return "’"
        if opens or dash:
            rest = at + 1
            if following.isalnum() and self._cut(rest):
                return "’"
            if opens:
                opening = not self.single if before_space and (left or at + 1 == end) and left != "" else True
            else:
                opening = not before_space and following.isalnum() and not self.single
            if opening:
                self.single = True
                return marks.open1
        if self.single:
            self.single = False
            return marks.close1
        return "’"

    def _is_feet(self, at: int, following: str) -> bool:
        before = self.text[max(0, at - 12) : at]
        if not _MEASURE.search(before):
            return False
        if following.isdigit():
            return True
        if following and following in "xX×" and self.text[at + 2 : at + 3].isnumeric():
            return True
        return not self.single and not following.isalnum()

    def _cut(self, at: int) -> bool:
        """Whether the word that begins at `at` lacks its first letters: '90s, 'tis, rock 'n' roll."""
        text = self.text
        years = _YEARS.match(text, at)
        if years:
            return bool(years[1]) or not self._closed_later(at)
        if _CUT_WORD.match(text, at):
            return True
        return bool(_PERHAPS_CUT_WORD.match(text, at)) and not self._closed_later(at)

    def _closed_later(self, at: int) -> bool:
        """Whether a single quote ends a quotation for certain, somewhere after `at`."""
        if self._last_after_stop == -2:
            self._last_after_stop = max((found.start() for found in _AFTER_STOP.finditer(self.text)), default=-1)
        return self._last_after_stop > at


def _hebrew(character: str) -> bool:
    return "\u05d0" <= character <= "\u05ea"
