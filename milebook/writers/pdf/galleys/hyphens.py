"""Where the words of a language may be hyphenated, by pyphen's dictionaries."""

from __future__ import annotations

from functools import cache
from typing import Any

LEAST_BEFORE, LEAST_AFTER = 2, 3


class Hyphenator:
    """Cuts of one language's words: at least two letters before a hyphen and three after it."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.noun_capitals = language[:2] in ("de", "lb")  # a capital does not make a name
        self._dictionary: Any = None
        self._cuts: dict[str, tuple[int, ...]] = {}

    def cuts(self, word: str) -> tuple[int, ...]:
        """Numbers of letters after which a hyphen may stand."""
        found = self._cuts.get(word)
        if found is None:
            found = self._cuts[word] = self._looked_up(word)
        return found

    def _looked_up(self, word: str) -> tuple[int, ...]:
        if self._dictionary is None:
            import pyphen

            self._dictionary = pyphen.Pyphen(lang=self.language, left=LEAST_BEFORE, right=LEAST_AFTER)
        return tuple(int(cut) for cut in self._dictionary.positions(word))


@cache
def hyphenator(language: str) -> Hyphenator | None:
    """The hyphenator of a BCP 47 language, or None where there is no dictionary for it."""
    name = _names.get(language)
    if name is None:
        name = _names[language] = _dictionary_of(language) if language else ""
    return _of(name) if name else None


_names: dict[str, str] = {}  # BCP 47 language -> name of its dictionary; "" where there is none


@cache
def _of(name: str) -> Hyphenator:
    return Hyphenator(name)


def _dictionary_of(language: str) -> str:
    import pyphen

    parts = language.replace("-", "_").split("_")
    wanted = [f"{parts[0].lower()}_{part.upper()}" for part in parts[1:] if len(part) == 2] + [parts[0].lower()]
    for name in wanted:
        if name in pyphen.LANGUAGES:
            return name
    return pyphen.language_fallback(language.replace("-", "_")) or ""
