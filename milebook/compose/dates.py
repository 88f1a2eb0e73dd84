"""Dates and numbers as they are printed in the language of the book."""

from __future__ import annotations

from milebook.compose.printed_words import is_known, words_of
from milebook.model.languages import base_language


def written_date(language: str, iso: str) -> str:
    """ "2026-03-15" as it is printed: March 15, 2026 in American English, 15 March 2026 in British, 15. März 2026 in German.

    In a language that milebook has no words of the ISO date, which every reader of a draft can read.
    """
    parts = iso.split("-")
    if not is_known(language) or len(parts) != 3 or not all(part.isdigit() for part in parts):
        return iso
    known = words_of(language)
    year, month, day = parts[0], known["months"][int(parts[1]) - 1], int(parts[2])
    if language.lower() in ("en", "en-us"):
        return f"{month} {day}, {year}"
    first = "1er" if day == 1 and base_language(language) == "fr" else str(day)
    return str(known["date"]).format(day=first, month=month, year=year)


def about(words: int, language: str = "en") -> str:
    """A word count for a title page: to the nearest 100, from 17,500 words on 500, from 40,000 on 1,000."""
    step = 1000 if words >= 40_000 else 500 if words >= 17_500 else 100
    rounded = max(step if words >= step / 2 else words, (words + step // 2) // step * step)
    mark = words_of(language)["thousands"] if is_known(language) else "\u00a0"
    return f"{rounded:,}".replace(",", mark)
