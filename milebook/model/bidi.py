"""Decide which stretches of a line run from right to left, by the Unicode Bidirectional Algorithm (UAX #9).

A level is a number for each character: even ones run to the right, odd ones to the left, and a higher one stands inside a
lower one (a year inside Hebrew has level 2). Embeddings, overrides and isolates are unknown here, because no text that holds
them is read (MB015); all other rules are kept. Written here because the libraries that do it (python-bidi, FriBidi) are
under the LGPL.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

_SKIPPED = frozenset(("BN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"))
_NEUTRAL = frozenset(("B", "S", "WS", "ON"))
_TURNING = frozenset(("R", "AL", "AN"))
MOST_BRACKETS = 63  # open at one time, by rule BD16
# Blocks of letters from right to left, Arabic figures and the two marks of direction: a quick look before a long one.
_LEFTWARD = re.compile("[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


def has_turns(text: str) -> bool:
    """Whether a text that begins at the left holds anything that runs from right to left."""
    return not text.isascii() and _LEFTWARD.search(text) is not None


def levels(text: str, base: int) -> list[int]:
    """The level of each character of a paragraph of level `base` (0 or 1), before it is broken into lines."""
    kinds = [unicodedata.bidirectional(char) or "L" for char in text]
    places = [i for i, kind in enumerate(kinds) if kind not in _SKIPPED]
    found = [kinds[i] for i in places]
    edge = "R" if base else "L"
    _marks(found, edge)
    _numbers(found, edge)
    _brackets([text[i] for i in places], [kinds[i] for i in places], found, edge)
    _neutrals(found, edge)
    out = [base] * len(text)
    for i, kind in zip(places, found, strict=True):
        out[i] = base + _RISE[base][kind]
    _ends(kinds, out, base)
    return out


_RISE = ({"L": 0, "R": 1, "AN": 2, "EN": 2}, {"L": 1, "R": 0, "AN": 1, "EN": 1})  # rules I1 and I2


def visual(order: Sequence[int]) -> list[int]:
    """Numbers of the pieces of a line, whose levels are given, from left to right (rule L2)."""
    out = list(range(len(order)))
    if not out:
        return out
    for level in range(max(order), 0, -1):
        start = -1
        for at in range(len(out) + 1):
            inside = at < len(out) and order[out[at]] >= level
            if inside and start < 0:
                start = at
            elif not inside and start >= 0:
                out[start:at] = out[start:at][::-1]
                start = -1
    return out


def _marks(found: list[str], edge: str) -> None:
    """Marks go with their letter, and figures with the letters before them (rules W1 to W3)."""
    before, strong = edge, edge
    for i, kind in enumerate(found):
        if kind == "NSM":
            found[i] = before
        elif kind == "EN" and strong == "AL":
            found[i] = "AN"
        if kind in ("L", "R", "AL"):
            strong = kind
        before = found[i]
    for i, kind in enumerate(found):
        if kind == "AL":
            found[i] = "R"


def _numbers(found: list[str], edge: str) -> None:
    """Signs inside and beside numbers go with them (rules W4 to W7)."""
    for i in range(1, len(found) - 1):
        around = found[i - 1]
        if around == found[i + 1] and (
            (found[i] in ("ES", "CS") and around == "EN") or (found[i] == "CS" and around == "AN")
        ):
            found[i] = around
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and found[end] == "ET":
            end += 1
        if end > at and "EN" in (found[at - 1] if at else "", found[end] if end < len(found) else ""):
            found[at:end] = ["EN"] * (end - at)
        at = max(end, at + 1)
    strong = edge
    for i, kind in enumerate(found):
        if kind in ("ES", "ET", "CS"):
            found[i] = "ON"
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            found[i] = "L"


def _strong(kind: str) -> str:
    return "R" if kind in ("R", "EN", "AN") else "L" if kind == "L" else ""


def _brackets(chars: Sequence[str], kinds: Sequence[str], found: list[str], edge: str) -> None:
    """A pair of brackets runs as what is in it and around it (rule N0)."""
    for start, end in _pairs(chars, found):
        inside = {_strong(kind) for kind in found[start + 1 : end]} - {""}
        if edge in inside:
            chosen = edge
        elif inside:
            before = next((_strong(found[i]) for i in range(start - 1, -1, -1) if _strong(found[i])), edge)
            chosen = before if before in inside else edge
        else:
            continue
        for at in (start, end):
            found[at] = chosen
            while at + 1 < len(found) and kinds[at + 1] == "NSM":
                at += 1
                found[at] = chosen


def _pairs(chars: Sequence[str], found: Sequence[str]) -> list[tuple[int, int]]:
    """Places of the brackets that belong together, in the order of the opening ones (rule BD16)."""
    opened: list[tuple[str, int]] = []
    out: list[tuple[int, int]] = []
    for i, char in enumerate(chars):
        partner = _partner(char) if found[i] == "ON" else ""
        if not partner:
            continue
        if unicodedata.category(char) == "Ps":
            if len(opened) == MOST_BRACKETS:
                return sorted(out)
            opened.append((partner, i))
            continue
        same = unicodedata.normalize("NFC", char)
        for depth in range(len(opened) - 1, -1, -1):
            if opened[depth][0] == same:
                out.append((opened[depth][1], i))
                del opened[depth:]
                break
    return sorted(out)


@cache
def _partner(char: str) -> str:
    """The other one of a pair of brackets, composed; "" for what is no bracket."""
    if not unicodedata.mirrored(char) or unicodedata.category(char) not in ("Ps", "Pe"):
        return ""
    char = unicodedata.normalize("NFC", char)
    name = unicodedata.name(char)
    other = name.replace("LEFT", "RIGHT") if "LEFT" in name else name.replace("RIGHT", "LEFT")
    try:
        return unicodedata.lookup(other) if other != name else ""
    except KeyError:
        return ""


def _neutrals(found: list[str], edge: str) -> None:
    """What has no direction of its own takes that of both its sides, else that of the paragraph (rules N1 and N2)."""
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and found[end] in _NEUTRAL:
            end += 1
        if end > at:
            before = _strong(found[at - 1]) if at else edge
            after = _strong(found[end]) if end < len(found) else edge
            found[at:end] = [before if before == after else edge] * (end - at)
        at = max(end, at + 1)


def _ends(kinds: Sequence[str], out: list[int], base: int) -> None:
    """Spaces at the end and before tabs stand at the paragraph's own level (rule L1); what is skipped goes with its neighbor."""
    trailing = True
    for i in range(len(out) - 1, -1, -1):
        kind = kinds[i]
        if kind in ("S", "B"):
            trailing = True
        if kind in ("S", "B") or (trailing and (kind == "WS" or kind in _SKIPPED)):
            out[i] = base
        elif kind not in _SKIPPED:
            trailing = False
    for i, kind in enumerate(kinds):
        if kind in _SKIPPED and i and out[i] == base:
            out[i] = out[i - 1]
