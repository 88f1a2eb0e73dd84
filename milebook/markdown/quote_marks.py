"""The quotation marks of each language: outer and inner, opening and closing."""

from __future__ import annotations

from typing import NamedTuple

from milebook.model.languages import base_language

_NBSP = "\u00a0"
# Language -> outer opening and closing quote, inner opening and closing quote.
_MARKS = {
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


class Marks(NamedTuple):
    """The quotes of a language."""

    open2: str
    close2: str
    open1: str
    close1: str
    inside: str  # what stands between an outer quote and its words: a no-break space in French


def marks(language: str) -> Marks:
    """The quotes of a BCP 47 tag; those of English for a language that is not in the table."""
    tag = language.lower().replace("_", "-")
    base = base_language(tag)
    glyphs = _MARKS.get(tag) or _MARKS.get(base, _MARKS["en"])
    return Marks(glyphs[0], glyphs[1], glyphs[2], glyphs[3], _NBSP if base == "fr" and tag != "fr-ch" else "")
