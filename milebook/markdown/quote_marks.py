"""The quotation marks of each language: double, single, and nested ones, opening and closing."""

from __future__ import annotations

from typing import NamedTuple

from milebook.model.languages import base_language

_NBSP = "\u00a0"
# Language -> double quotes, single quotes, and what single quotes become inside double ones where that is something else.
_MARKS = {
    "am": "«»‹›",
    "ar": "«»’‘”“",
    "be": "«»‘’„“",
    "bg": "„“‚‘",
    "bs": "„”’’",
    "ca": "«»‘’“”",
    "cs": "„“‚‘",
    "da": "»«›‹",
    "de": "„“‚‘",
    "de-ch": "«»‹›",
    "el": "«»‘’“”",
    "en": "“”‘’",
    "es": "«»‘’“”",
    "et": "„“‚‘",
    "eu": "«»‘’“”",
    "fa": "«»‹›",
    "fi": "””’’",
    "fo": "„“‚‘",
    "fr": "«»‘’“”",
    "fr-ch": "«»‹›",
    "gl": "«»‘’“”",
    "he": "””’’",
    "hr": "„”‚’",
    "hu": "„”‚’»«",
    "hy": "«»‘’“”",
    "is": "„“‚‘",
    "it": "«»‘’“”",
    "ja": "「」『』",
    "ka": "„“‘’",
    "kk": "«»‘’„“",
    "ky": "«»‘’„“",
    "lb": "„“‚‘",
    "lt": "„“‚‘",
    "lv": "„“‚‘",
    "mk": "„“‚‘",
    "nb": "«»‘’",
    "nn": "«»‘’",
    "no": "«»‘’",
    "pl": "„”‚’«»",
    "pt": "«»‘’“”",
    "pt-br": "“”‘’",
    "ro": "„”‚’«»",
    "ru": "«»‘’„“",
    "sk": "„“‚‘",
    "sl": "„“‚‘",
    "sq": "„“‚‘",
    "sr": "„”’’",
    "sv": "””’’",
    "uk": "«»‘’„“",
    "ur": "”“’‘",
    "yi": "„“‚‘",
    "zh-hant": "「」『』",
    "zh-hk": "「」『』",
    "zh-tw": "「」『』",
}


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
