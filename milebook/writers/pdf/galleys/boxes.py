"""The text between two spaces of a line: its width, where it may be broken, and what may hang into the margin.

A box is usually one word, sometimes several of different looks, with links and note marks on them. Widths are points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from milebook.writers.pdf.galleys.hyphens import Hyphenator
from milebook.writers.pdf.typefaces.fallback import SIGN
from milebook.writers.pdf.typefaces.shaping import Look, Segment

SPACE_BREAK, HYPHEN_BREAK, DASH_BREAK, ANY_BREAK, FORCED_BREAK, NAME_BREAK, STUB_BREAK = 0, 1, 2, 3, 4, 5, 6
HYPHENS = (HYPHEN_BREAK, NAME_BREAK, STUB_BREAK)


# How far a character may hang into the margin, as a share of its width (as microtype does for old-style faces).
_HANG_RIGHT = {".": 0.7, ",": 0.6, "-": 0.55, "\u2010": 0.55, "\u2019": 0.5, "\u201d": 0.45, ";": 0.3, ":": 0.3, "!": 0.15, "?": 0.1, "\u2013": 0.25, "\u2014": 0.15}  # fmt: skip
_HANG_LEFT = {"\u2018": 0.5, "\u201c": 0.45, "(": 0.1, "\u2014": 0.15, "\u2013": 0.2, "\u201e": 0.4}

# A break is allowed after these inside a word: dashes, hyphens, slashes between letters; more in addresses.
_AFTER_DASH = re.compile(
    "[\u2014\u2013\u2012\u2015](?=[^\\s\u2019\u201d.,;:!?)\\]\u2014\u2013])|(?<=[^\\W_])[-\u2010/](?=[^\\W_])|(?<=\\.\\.\\.)(?=\\w)|(?<=\u2026)(?=\\w)|\u200b|\u2003|\u2002|\u2009"
)
_AFTER_URL = re.compile("(?<=\\w)(?=[./?&=#%@+_~-]\\w)|[/&?=](?=\\w)|-(?=\\w)|(?<=\\w)_(?=\\w)")
_DOMAIN = re.compile("[^\\W\\d_]{2}\\.[^\\W\\d_]{2}")
_LETTERS = re.compile("[^\\W\\d_\u00aa\u00ba]{5,}")
# A word with nothing inside it but letters: what stands before and after it never allows a break.
_WORD = re.compile("[\u201c\u2018\"'(\\[]?([^\\W\\d_\u00aa\u00ba]{1,30})[.,;:!?\u2026\u201d\u2019\"')\\]]{0,4}")


# A place where a box may be broken: character that the next line begins with, kind of break, width of what stays on the
# line, hyphen included and hanging deducted, and width of the box's part before that character, hanging added.
Point = tuple[int, int, float, float]


class Box:
    """What stands between two spaces. `hang_left` and `hang_right` are points that may stand in the margin."""

    __slots__ = ("_anywhere", "_hyphenated", "gap", "hang_left", "hang_right", "plain", "segments", "text", "width")

    def __init__(self, segments: tuple[Segment, ...]) -> None:
        self.segments = segments
        if len(segments) == 1:
            self.width, self.text = 0.0 + segments[0][0].width, segments[0][0].text
        else:
            self.width = sum([word.width for word, _ in segments])
            self.text = "".join([word.text for word, _ in segments])
        self.gap: int | None = None  # level of the space after it, in a paragraph that has words from right to left
        self.hang_left = self.hang_right = 0.0
        if segments and self.text:
            if self.text[0] in _HANG_LEFT:
                self.hang_left = _HANG_LEFT[self.text[0]] * self.until(1)
            if self.text[-1] in _HANG_RIGHT:
                self.hang_right = _HANG_RIGHT[self.text[-1]] * (self.width - self.until(len(self.text) - 1))
        self.plain: tuple[Point, ...] = () if _WORD.fullmatch(self.text) else tuple(self._find(None, False))
        self._hyphenated: tuple[Hyphenator, tuple[Point, ...]] | None = None
        self._anywhere: tuple[Hyphenator | None, tuple[Point, ...]] | None = None

    def until(self, cut: int) -> float:
        """Width of the first `cut` characters."""
        x = 0.0
        for word, _ in self.segments:
            if cut <= len(word.text):
                return x + word.until(cut)
            x += word.width
            cut -= len(word.text)
        return x

    def points(self, hyphenator: Hyphenator | None, anywhere: bool = False) -> tuple[Point, ...]:
        """Where this box may be broken, from left to right; `plain` are the places that need no hyphen."""
        if anywhere:
            if self._anywhere is None or self._anywhere[0] is not hyphenator:
                self._anywhere = (hyphenator, tuple(self._find(hyphenator, True)))
            return self._anywhere[1]
        if hyphenator is None or len(self.text) < 5:
            return self.plain
        if self._hyphenated is None or self._hyphenated[0] is not hyphenator:
            self._hyphenated = (hyphenator, tuple(self._find(hyphenator, False)))
        return self._hyphenated[1]

    def hang_before(self, cut: int, kind: int) -> float:
        """Points by which what stands before a break at character `cut` may hang into the margin."""
        if kind in HYPHENS:
            return _HANG_RIGHT["-"] * self._look(cut).hyphen
        share = _HANG_RIGHT.get(self.text[cut - 1])
        return share * (self.until(cut) - self.until(cut - 1)) if share else 0.0

    def hang_after(self, cut: int) -> float:
        """The same for what begins the next line."""
        share = _HANG_LEFT.get(self.text[cut])
        return share * (self.until(cut + 1) - self.until(cut)) if share else 0.0

    def _find(self, hyphenator: Hyphenator | None, anywhere: bool) -> list[Point]:
        text = self.text
        cuts: dict[int, int] = {}
        size = len(text)
        alone = _WORD.fullmatch(text) if not anywhere and len(self.segments) == 1 else None
        if alone is not None:
            return [] if hyphenator is None else self._hyphens(hyphenator, alone[1], alone.start(1))
        if anywhere:
            cuts = dict.fromkeys(self._signs(), ANY_BREAK)
        address = "://" in text or text.startswith("www.") or size > 40 or _DOMAIN.search(text) is not None
        for match in _AFTER_DASH.finditer(text):
            if 0 < match.end() < size:
                cuts[match.end()] = DASH_BREAK
        if address:
            for match in _AFTER_URL.finditer(text):
                if 2 < match.end() < size - 1:
                    cuts[match.end()] = DASH_BREAK
        for i, char in enumerate(text) if "\u00ad" in text else ():
            if char == "\u00ad" and 0 < i < size - 1:
                cuts[i + 1] = HYPHEN_BREAK
        if hyphenator is not None and not address and "-" not in text and "@" not in text and "\u00ad" not in text:
            for match in _LETTERS.finditer(text):
                word = match.group()
                kind = NAME_BREAK if word[0].isupper() and not hyphenator.noun_capitals else HYPHEN_BREAK
                if len(word) > 1 and word[1:] == word[1:].upper() and word[0].isupper():
                    continue  # acronyms stay whole
                for cut in hyphenator.cuts(word):
                    cuts.setdefault(match.start() + cut, STUB_BREAK if cut == 2 and kind == HYPHEN_BREAK else kind)
        out = []
        for cut in sorted(cuts):
            kind = cuts[cut]
            x = self.until(cut)
            hyphen = self._look(cut).hyphen if kind in HYPHENS else 0.0
            out.append((cut, kind, x + hyphen - self.hang_before(cut, kind), x + self.hang_after(cut)))
        return out

    def _hyphens(self, hyphenator: Hyphenator, letters: str, start: int) -> list[Point]:
        """Where the one word of a box may be hyphenated, which begins at a character: what `_find` finds in it, found sooner."""
        first = letters[0].isupper()
        if len(letters) < 5 or (first and letters[1:] == letters[1:].upper()):
            return []  # acronyms stay whole
        kind = NAME_BREAK if first and not hyphenator.noun_capitals else HYPHEN_BREAK
        word = self.segments[0][0]
        until, hyphen = word.until, word.look.hyphen
        hang = _HANG_RIGHT["-"] * hyphen
        return [
            (
                start + cut,
                STUB_BREAK if cut == 2 and kind == HYPHEN_BREAK else kind,
                (x := until(start + cut)) + hyphen - hang,
                x,
            )
            for cut in sorted(hyphenator.cuts(letters))
        ]

    def _look(self, cut: int) -> Look:
        at = 0
        for word, _ in self.segments:
            at += len(word.text)
            if cut <= at:
                return word.look
        raise IndexError(cut)

    def _signs(self) -> list[int]:
        out, at = [], 0
        for match in SIGN.finditer(self.text):
            if at:
                out.append(at)
            at = match.end()
        return out

    def cut(self, start: int, end: int, hyphen: bool) -> tuple[Segment, ...]:
        """The segments of characters `start` to `end`, with a hyphen after them if the break asks for one."""
        out: list[Segment] = []
        at = 0
        for word, mark in self.segments:
            size = len(word.text)
            a, b = max(start - at, 0), min(end - at, size)
            if a < b or (not size and start <= at < end):
                out.append((word if (a, b) == (0, size) else word.look.word(word.text[a:b]), mark))
            at += size
        if hyphen and out:
            word, mark = out[-1]
            out[-1] = (word.look.word(word.text.rstrip("\u00ad") + "-"), mark)
        return tuple(out)


def box_of(look: Look, text: str) -> Box:
    """A word between spaces in one look, made once."""
    made: Box | None = look.boxes.get(text)
    if made is None:
        word = look.word(text)
        made = look.boxes[text] = Box(((word, None),))
    return made


def boxes_of(look: Look, words: Iterable[str]) -> list[Box]:
    """Words between spaces, in order; empty ones are passed over."""
    known = look.boxes
    return [known[word] if word in known else box_of(look, word) for word in words if word]
