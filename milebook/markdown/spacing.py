"""Put no-break spaces where a line must not break, by the customs of each language.

Only spaces that were typed are replaced; none is added.
"""

from __future__ import annotations

import re
from functools import cache

from milebook.model.languages import base_language
from milebook.model.text import Run

_NO_BREAK, _NARROW = "\u00a0", "\u202f"
_ANY_SPACE = "[ \u00a0\u202f\u2009]"
# Before these signs French sets a narrow space; before the colon and inside quotation marks a wide one.
_FRENCH = ((re.compile(r"(?<=\S) (?=[;!?])"), _NARROW), (re.compile(r"(?<=\S) (?=:(?:\s|$|[»”\"]))"), _NO_BREAK))
# Inside « ... » as typed with spaces. Danish and some German books turn them round: »...« has ordinary spaces outside.
_GUILLEMETS = (
    (re.compile(r"(?:(?<=^[«‹])|(?<=[^\w.,;:!?…)»›][«‹])) "), _NO_BREAK),
    (re.compile(r" (?=[»›](?!\w))"), _NO_BREAK),
)
_SPEECH = ((re.compile("(?<=^[—–]) "), _NO_BREAK),)
_PERCENT = ((re.compile(r"(?<=\d) (?=[%‰]|°[CF]\b|[€£¥]|\$(?!\d))"), _NO_BREAK),)
_THOUSANDS = re.compile(rf"(?<![\d.,])(?<!\d{_ANY_SPACE})\d{{1,3}}(?:{_ANY_SPACE}\d{{3}})+(?![\d]|{_ANY_SPACE}\d)")
_SPACED_THOUSANDS = frozenset(
    """
fr es it pt pl sv da nb nn no fi cs sk ru uk bg de hu lt lv et ro sl hr ca gl nl
""".split()
)


@cache
def _rules(base: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    return (*(_FRENCH if base == "fr" else ()), *_GUILLEMETS, *(_SPEECH if base != "en" else ()), *_PERCENT)


def keep_together(runs: list[Run], language: str) -> list[Run]:
    """The runs of one block with no-break spaces where the language wants them."""
    base = base_language(language)
    text = runs[0].text if len(runs) == 1 else "".join([run.text for run in runs if not run.note])
    if not (base == "fr" or _may_need(text, base)):
        return runs
    spaced = text
    for pattern, space in _rules(base):
        spaced = pattern.sub(space, spaced)
    if base in _SPACED_THOUSANDS:
        spaced = _THOUSANDS.sub(
            lambda found: re.sub(_ANY_SPACE, _NARROW if base == "fr" else _NO_BREAK, found[0]), spaced
        )
    if spaced == text:
        return runs
    out: list[Run] = []
    at = 0
    for run in runs:
        if run.note or run.query or run.code:
            out.append(run)
            at += 0 if run.note else len(run.text)
            continue
        out.append(run._replace(text=spaced[at : at + len(run.text)]))
        at += len(run.text)
    return out


_DIGITS = re.compile(r"\d[ \u00a0\u202f\u2009]\d{3}(?!\d)")
_AFTER_NUMBERS = ("%", "‰", "°", "€", "£", "¥", "$")


def _may_need(text: str, base: str) -> bool:
    """Whether a text could hold a space that must not break: a quick no for nearly every paragraph."""
    if base == "en" and text.isascii():
        return "%" in text or "$" in text
    return (
        " »" in text
        or "« " in text
        or "‹ " in text
        or " ›" in text
        or any(map(text.__contains__, _AFTER_NUMBERS))
        or (base != "en" and ((text[:1] in "—–" and text[1:2] == " ") or _DIGITS.search(text) is not None))
    )
