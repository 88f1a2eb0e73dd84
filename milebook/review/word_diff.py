"""Compare two texts word by word: the stretches that differ, in whole words, and no cuts through a change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from milebook.review.word_text import END, NOTE

WORDS = re.compile(f"[{END}{NOTE}\n]|\\s|\\w+(?:[’'\\-\u2011]\\w+)*|[^\\w\\s]")
_SHORT = 4  # letters of a word that two exchanged words may have between them
_LONGEST = 6_000  # words compared at once; longer texts are cut where whole paragraphs agree


class Difference(NamedTuple):
    """Characters `old_start` to `old_end` of one text became `new_start` to `new_end` of the other."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


_NOTHING = Difference(0, 0, 0, 0)


def tokens(text: str) -> list[str]:
    return WORDS.findall(text)


def differences(old: str, new: str) -> list[Difference]:
    """What differs, in order; nothing in it is equal at its ends but where a word was cut in two."""
    if old == new:
        return []
    if old.count(END) > 3 or new.count(END) > 3:
        return _by_paragraph(old, new)
    return _by_word(old, new, 0, 0)


def _by_paragraph(old: str, new: str) -> list[Difference]:
    """Whole paragraphs first, then the words of what is left."""
    ours, theirs = old.split(END), new.split(END)
    ours = [text + END for text in ours[:-1]] + ([ours[-1]] if ours[-1] else [])
    theirs = [text + END for text in theirs[:-1]] + ([theirs[-1]] if theirs[-1] else [])
    starts_ours, starts_theirs = _starts(ours), _starts(theirs)
    found: list[Difference] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            found += _paragraphs_apart(ours[i1:i2], theirs[j1:j2], starts_ours[i1], starts_theirs[j1])
    return found


def _paragraphs_apart(ours: list[str], theirs: list[str], at: int, to: int) -> list[Difference]:
    """Differences between paragraphs none of which is equal: like ones are compared, others stand against nothing."""
    if not ours or not theirs or sum(map(len, ours)) + sum(map(len, theirs)) > _LONGEST * 12:
        return [Difference(at, at + sum(map(len, ours)), to, to + sum(map(len, theirs)))]
    if len(ours) == 1 or len(theirs) == 1 or len(ours) == len(theirs):
        return _by_word("".join(ours), "".join(theirs), at, to)
    from rapidfuzz import fuzz

    best = max(
        ((fuzz.ratio(a, b), i, j) for i, a in enumerate(ours) for j, b in enumerate(theirs)),
        key=lambda pair: (pair[0], -pair[1], -pair[2]),
    )
    score, i, j = best
    if score < 40:
        return _by_word("".join(ours), "".join(theirs), at, to)
    here, there = at + sum(map(len, ours[:i])), to + sum(map(len, theirs[:j]))
    return [
        *_paragraphs_apart(ours[:i], theirs[:j], at, to),
        *_by_word(ours[i], theirs[j], here, there),
        *_paragraphs_apart(ours[i + 1 :], theirs[j + 1 :], here + len(ours[i]), there + len(theirs[j])),
    ]  # fmt: skip


def _by_word(old: str, new: str, at: int, to: int) -> list[Difference]:
    if old == new:
        return []
    ours, theirs = tokens(old), tokens(new)
    starts_ours, starts_theirs = _starts(ours), _starts(theirs)
    matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
    found: list[Difference] = []
    for tag, i1, i2, j1, j2 in _joined(matcher.get_opcodes(), ours):
        if tag != "equal":
            one = Difference(starts_ours[i1], starts_ours[i2], starts_theirs[j1], starts_theirs[j2])
            for cut in _cut_words(one, old, new):
                found.append(_slid(cut, old, new, found[-1] if found else _NOTHING))
    return [Difference(a + at, b + at, c + to, d + to) for a, b, c, d in found if (a, c) != (b, d)]


def _joined(codes: Sequence[tuple[str, int, int, int, int]], ours: list[str]) -> list[tuple[str, int, int, int, int]]:
    """Exchanged words with nothing but a space or a short word between them as one: "at the lock" to "by the gate" is one change."""
    made: list[tuple[str, int, int, int, int]] = []
    for code in codes:
        tag, _, i2, _, j2 = code
        if tag == "replace" and len(made) > 1 and made[-2][0] == "replace" and made[-1][0] == "equal":
            between = ours[made[-1][1] : made[-1][2]]
            words = [word for word in between if word != " "]
            if len(words) <= 1 and all(word.isalnum() and len(word) <= _SHORT for word in words):
                _, a, _, b, _ = made[-2]
                made[-2:] = [("replace", a, i2, b, j2)]
                continue
        made.append(code)
    return made


def _cut_words(one: Difference, old: str, new: str) -> list[Difference]:
    """A difference with paragraph ends on one side only, without the letters that both sides share: a split in a word."""
    a, b, c, d = one
    if (END in old[a:b]) == (END in new[c:d]):
        return [one]
    while a < b and c < d and old[a] == new[c]:
        a, c = a + 1, c + 1
    while a < b and c < d and old[b - 1] == new[d - 1]:
        b, d = b - 1, d - 1
    return [Difference(a, b, c, d)]


def _slid(one: Difference, old: str, new: str, last: Difference) -> Difference:
    """A pure insertion or deletion at the place where a writer would have begun it.

    "went the long way and the road" with "the long way and" gone could as well have lost "long way and the": behind a stop or
    else at the earliest place is likelier.
    """
    a, b, c, d = one
    if a != b and c != d:
        return one
    text, start, end, first = (old, a, b, last.old_end) if c == d else (new, c, d, last.new_end)
    if END in text[start:end]:
        return one
    words = tokens(text[start:end])
    best, moved = 0, 0
    before = tokens(text[max(first, start - 400) : start])
    while words and before and words[-1] == before[-1] and words[-1] not in (END, NOTE):
        word = before.pop()
        words = [word, *words[:-1]]
        moved += len(word)
        if words[0] != " " and (not before or not before[-1].isalnum()):
            behind = "".join(before[-2:]).strip()
            score = 2 if not behind or not behind[-1:].isalnum() else 1
            if score >= best:
                best, shift = score, moved
    if not best:
        return one
    return Difference(a - shift, b - shift, c - shift, d - shift)


def _starts(pieces: Sequence[str]) -> list[int]:
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece))
    return starts
