"""Tell a text that is clearly in another language than the book: by its script, and by the small words that every sentence needs."""

from __future__ import annotations

import re

from milebook.model.languages import base_language
from milebook.model.small_words import NEIGHBORS, SMALL_WORDS

_WORD = re.compile(r"[^\W\d_]+")
LEAST = 25  # words of a text; a shorter one tells nothing
LONG = 60  # words from which on more of them are asked for
CLEAR = 0.25  # share of the text that must be small words of its language
KINDS, FEW_KINDS = 10, 6  # different small words of a long text and of a short one: one that is repeated tells nothing
RIVAL = 0.25  # as many of the words that only one of two languages has may be of the other
# Letters -> the language that is written with them, the surest first. A script that several languages use names the most common one.
_SCRIPTS = (
    ("[\u3040-\u30ff]", "ja"), ("[\uac00-\ud7a3]", "ko"), ("[іїєґ]", "uk"), ("[ў]", "be"), ("[ђћџљњј]", "sr"), ("[\u0400-\u04ff]", "ru"),
    ("[\u0370-\u03ff\u1f00-\u1fff]", "el"), ("[\u0590-\u05ff]", "he"), ("[پچژگ]", "fa"), ("[\u0600-\u06ff]", "ar"),
    ("[\u0900-\u097f]", "hi"), ("[\u0e00-\u0e7f]", "th"), ("[\u0530-\u058f]", "hy"), ("[\u10a0-\u10ff]", "ka"), ("[\u3400-\u9fff]", "zh"),
)  # fmt: skip
_FOREIGN = re.compile("[\u0370-\u1cff\u1f00-\u1fff\u3040-\ud7a3]")
_MOST_FOREIGN = 0.6  # share of the letters of a text that are of another script
_LEAST_LETTERS = 60
_SETS = SMALL_WORDS | NEIGHBORS


def other_language(text: str, language: str) -> str:
    """The tag of the language that a text is clearly written in, "" if it is that of the book, or not clear.

    Nothing is said in books of a language whose small words are not known here: a neighbor of it could be taken for another.
    """
    own = base_language(language)
    words = _WORD.findall(text[:20_000].casefold())
    if own not in SMALL_WORDS:
        return ""
    if by_script := _by_script("".join(words)):
        return by_script
    if len(words) < LEAST:
        return ""
    found = {tag: sum(word in small for word in words) for tag, small in _SETS.items()}
    best = max(found, key=lambda tag: found[tag])
    if (
        best == own
        or best in NEIGHBORS
        or found[best] < CLEAR * len(words)
        or len(_SETS[best].intersection(words)) < (KINDS if len(words) >= LONG else FEW_KINDS)
    ):
        return ""
    return best if all(_clearly(words, _SETS[best], small) for tag, small in _SETS.items() if tag != best) else ""


def _by_script(letters: str) -> str:
    """The language of a text in another script than the Latin one; "" for one in Latin letters, mostly or wholly."""
    foreign = len(_FOREIGN.findall(letters))
    if foreign < _LEAST_LETTERS or foreign < _MOST_FOREIGN * len(letters):
        return ""
    return next((language for pattern, language in _SCRIPTS if len(re.findall(pattern, letters)) * 50 > foreign), "")


def _clearly(words: list[str], one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the words that only one of two languages has are far more of the first one's."""
    ours, others = one - other, other - one
    return sum(word in others for word in words) <= RIVAL * sum(word in ours for word in words)
