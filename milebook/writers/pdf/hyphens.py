"""A language in, places where its words may be hyphenated out (pyphen's dictionaries)."""

from __future__ import annotations

from functools import cache
from typing import Any

LEAST_BEFORE, LEAST_AFTER = 2, 3


class Hyphenator:
    """Cuts of one language's words: at least two letters before a hyphen and three after it."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._dictionary: Any = None
        self._cuts: dict[str, tuple[int, ...]] = {}

    def cuts(self, word: str) -> tuple[int, ...]:
        """Numbers of letters after which a hyphen may stand."""
        found = self._cuts.get(word)
        if found is None:
            if self._dictionary is None:
                import pyphen

                self._dictionary = pyphen.Pyphen(lang=self.language, left=LEAST_BEFORE, right=LEAST_AFTER)
            found = self._cuts[word] = tuple(int(cut) for cut in self._dictionary.positions(word))
        return found


@cache
def hyphenator(language: str) -> Hyphenator | None:
    """The hyphenator of a BCP 47 language, or None where there is no dictionary for it."""
    if not language:
        return None
    import pyphen

    parts = language.replace("-", "_").split("_")
    wanted = [f"{parts[0].lower()}_{part.upper()}" for part in parts[1:] if len(part) == 2] + [parts[0].lower()]
    for name in wanted:
        if name in pyphen.LANGUAGES:
            return Hyphenator(name)
    found = pyphen.language_fallback(language.replace("-", "_"))
    if not found:
        return None
    return Hyphenator(found)
