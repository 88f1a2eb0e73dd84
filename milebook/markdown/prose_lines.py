"""Tell prose that somebody ended in single lines from verse, by the length of its lines and by how they end."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

_LONG = 90  # columns: lines of verse and of addresses are shorter
_SENTENCE = 70  # columns of a line that is a sentence or several; few verses in which every line ends one are as long
_SHORT = 60  # columns: two such lines may be verse in the middle of prose
_WRAPPED = 55  # columns that programs fill at least before they break a line
_END = re.compile(r"[.!?…:。！？؟۔।][*_\"'”’“»«›‹)\]」』]*$")
_SAID = re.compile(r"[*_]*[\"“”„«»‹›「『]|[*_]*(?:['‘]|[-–—―]\s?)(?=[¿¡]?[^\W\d_])")
_CLOSED = re.compile(r"[\"”“»«›‹」』]")
_SMALL = re.compile(r"[\"'“‘(*_]*[a-zß-öø-ÿ]")

VERSE, JOIN, PARAGRAPH = "\n", " ", "\n\n"  # what stands between two lines


def between(lines: Sequence[str]) -> list[str]:
    """For each two neighboring lines what belongs between them: VERSE, a line end that stays; JOIN, a space; or PARAGRAPH.

    The lines are one paragraph, as somebody typed it with single line breaks. All are VERSE unless they are surely prose: speech in
    sentences, long lines, or a sentence that a program broke.
    """
    lines = [line.strip() for line in lines]
    inner = len(lines) - 1
    keep = [VERSE] * inner
    widths = [_columns(line) for line in lines]
    if not inner or (max(widths) <= _SHORT and not any(map(_SAID.match, lines))):
        return keep
    ends = [_END.search(line) is not None for line in lines]
    small = [_SMALL.match(line) is not None for line in lines[1:]]
    if all(ends) and not any(small) and (max(widths) > _SENTENCE or _is_speech(lines)):
        return [PARAGRAPH] * inner
    broken = [not end and begins for end, begins in zip(ends, small, strict=False)]
    if sum(width >= _WRAPPED for width in widths[:-1]) * 4 >= inner * 3 and sum(broken) * 2 > inner:
        return [JOIN] * inner
    if max(widths) <= _LONG:
        return keep
    unended = sum(
        width > _SHORT and not end and not begins for width, end, begins in zip(widths, ends, small, strict=False)
    )
    if unended > 1:
        return keep  # verse in long lines
    return [
        VERSE if max(two) <= _SHORT else JOIN if one else PARAGRAPH
        for two, one in zip(pairwise(widths), broken, strict=True)
    ]


def is_prose(text: str) -> bool:
    """Whether lines that somebody parted by hand are surely prose, at least some of them."""
    return any(sign != VERSE for sign in between(text.split("\n")))


def _is_speech(lines: Sequence[str]) -> bool:
    """Whether people speak: a line says something in quotation marks that close, or all lines begin with a dash."""
    said = [_SAID.match(line) for line in lines]
    dashes = [found is not None and found[0].strip("*_ ") in ("-", "–", "—", "―") for found in said]
    quoted = (
        found is not None and not dash and _CLOSED.search(line, found.end())
        for found, dash, line in zip(said, dashes, lines, strict=True)
    )
    return all(dashes) or any(quoted)


def _columns(line: str) -> int:
    return len(line) + sum(unicodedata.east_asian_width(sign) in "WF" for sign in line if sign > "\u10ff")
