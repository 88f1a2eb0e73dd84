"""Find texts that say nearly the same: the same story sent twice, or by mail and as a comment."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from milebook.source import clean

ALIKE = 85  # token_set_ratio of rapidfuzz; different texts were never above 77, shortened ones 93 in the median
VERSION = 60  # for a text that says it corrects another, or answers it, by the same person
FEWEST = 8  # words; shorter texts are not compared
_RARE = 12  # rarest pairs of words of a text by which others are found
_SHARED = 2  # of these pairs that a text must have to be compared
_MUCH_LONGER = 3
_PHRASES = 0.34  # of three words; in novels never above 0.33, in shortened and changed texts 0.64 in the median
_TRIED = 24  # texts compared in full for one text
_LETTERS = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """The words in small letters, without any sign."""
    return " ".join(_LETTERS.findall(clean(text).replace("’", "").replace("'", "").lower()))


def ratio(left: str, right: str) -> float:
    """How alike two folded texts are, from 0 to 100; 0 where one is too short to tell."""
    from rapidfuzz import fuzz

    if min(left.count(" "), right.count(" ")) + 1 < FEWEST:
        return 100.0 if left == right and left else 0.0
    return float(fuzz.token_set_ratio(left, right))


class KnownTexts:
    """Folded texts by name, to be asked which of them is like a new one."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self._exact: dict[str, str] = {}
        self._pairs: dict[str, set[str]] = {}
        self._holders: defaultdict[str, list[str]] = defaultdict(list)

    def add(self, name: str, text: str) -> None:
        self.texts[name] = text
        self._exact.setdefault(text, name)
        for pair in _pairs(text):
            self._holders[pair].append(name)

    def nearest(self, text: str, least: float = ALIKE) -> tuple[str, float]:
        """The name of the text that is most like this one, and how much; ("", 0) where none is at least so alike."""
        from rapidfuzz import fuzz

        if text in self._exact and text:
            return self._exact[text], 100.0
        if text.count(" ") + 1 < FEWEST:
            return "", 0.0
        best, most = "", 0.0
        for name in self._likely(text):
            other = self.texts[name]
            if other.count(" ") + 1 < FEWEST:
                continue
            found = float(fuzz.token_set_ratio(text, other, score_cutoff=max(least, most)))
            if found > most and _shares_phrases(text, other):
                best, most = name, found
        return (best, most) if most >= least else ("", 0.0)

    def _likely(self, text: str) -> Iterable[str]:
        """Texts that share the rarest pairs of words, those that share most first."""
        pairs = sorted(
            (pair for pair in set(_pairs(text)) if pair in self._holders),
            key=lambda pair: (len(self._holders[pair]), pair),
        )
        shared: Counter[str] = Counter()
        for pair in pairs[:_RARE]:
            holders = self._holders[pair]
            shared.update(set(holders[-200:]))
        return [name for name, count in shared.most_common(_TRIED) if count >= min(_SHARED, len(pairs))]


def _shares_phrases(left: str, right: str) -> bool:
    """Whether a short text has its phrases from a much longer one, in which every word of it may stand by chance."""
    short, long = sorted((left.split(), right.split()), key=len)
    if len(long) < _MUCH_LONGER * len(short):
        return True
    there = set(zip(long, long[1:], long[2:], strict=False))
    phrases = list(zip(short, short[1:], short[2:], strict=False))
    return sum(phrase in there for phrase in phrases) >= _PHRASES * len(phrases)


def _pairs(text: str) -> list[str]:
    words = text.split()
    return [f"{a} {b}" for a, b in itertools.pairwise(words)]
