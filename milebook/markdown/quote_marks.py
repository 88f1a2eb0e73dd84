"""The quotation marks of each language: double, single, and nested ones, opening and closing."""

from __future__ import annotations

from typing import NamedTuple

from milebook.model.languages import base_language

_NBSP = "\u00a0"
# Double quotes, single quotes, and what single quotes become inside double ones where that is something else -> languages.
_LANGUAGES = {
    "«»‹›": "am de-ch fa fr-ch",
    "«»’‘”“": "ar",
    "«»‘’„“": "be kk ky ru uk",
    "„“‚‘": "bg cs de et fo is lb lt lv mk sk sl sq yi",
    "„”’’": "bs sr",
    "«»‘’“”": "ca el es eu fr gl hy it pt",
    "»«›‹": "da",
    "“”‘’": "en pt-br",
    "””’’": "fi he sv",
    "„”‚’": "hr",
    "„”‚’»«": "hu",
    "「」『』": "ja zh-hant zh-hk zh-tw",
    "„“‘’": "ka",
    "«»‘’": "nb nn no",
    "„”‚’«»": "pl ro",
    "”“’‘": "ur",
}
_MARKS = {language: signs for signs, languages in _LANGUAGES.items() for language in languages.split()}


class Marks(NamedTuple):
    """The quotes of a language."""

    open2: str
    close2: str
    open1: str
    close1: str
    nested_open: str  # for single quotes inside double ones
    nested_close: str
    inside: str  # what stands between an outer quote and its words: a no-break space in French


def marks(language: str) -> Marks:
    """The quotes of a BCP 47 tag; those of English for a language that is not in the table."""
    tag = language.lower().replace("_", "-")
    base = base_language(tag)
    glyphs = _MARKS.get(tag) or _MARKS.get(base, _MARKS["en"])
    inside = _NBSP if base == "fr" and tag != "fr-ch" else ""
    return Marks(glyphs[0], glyphs[1], glyphs[2], glyphs[3], glyphs[-2], glyphs[-1], inside)
