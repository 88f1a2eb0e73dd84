"""A language in, places where its words may be hyphenated out (pyphen's dictionaries), remembered from run to run.

A dictionary takes longer to load than a chapter to set, and an edited story has next to no words that the book had not before.
"""

from __future__ import annotations

import json
from contextlib import suppress
from functools import cache
from typing import Any

from milebook.cache.installation import installation_digest
from milebook.cache.store import Store

LEAST_BEFORE, LEAST_AFTER = 2, 3
MOST_WORDS = 300_000  # of a language that are remembered


class Hyphenator:
    """Cuts of one language's words: at least two letters before a hyphen and three after it."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.noun_capitals = language[:2] in ("de", "lb")  # a capital does not make a name
        self._dictionary: Any = None
        self._cuts: dict[str, tuple[int, ...]] = {}
        self.known: dict[str, list[int]] = {}  # what was remembered

    def cuts(self, word: str) -> tuple[int, ...]:
        """Numbers of letters after which a hyphen may stand."""
        found = self._cuts.get(word)
        if found is None:
            kept = self.known.get(word)
            found = self._cuts[word] = tuple(self._looked_up(word) if kept is None else kept)
        return found

    def _looked_up(self, word: str) -> list[int]:
        if self._dictionary is None:
            import pyphen

            self._dictionary = pyphen.Pyphen(lang=self.language, left=LEAST_BEFORE, right=LEAST_AFTER)
        return [int(cut) for cut in self._dictionary.positions(word)]

    def words(self) -> dict[str, tuple[int, ...]]:
        """All words asked for in this process."""
        return self._cuts


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


# ---- from run to run


def recall(store: Store) -> None:
    """Remember the words of earlier runs. Whoever wrote them down cannot be known, so only what can be right is taken."""
    for name in set(_names.values()) - {""}:
        _of(name).known = {}  # of another book
    with suppress(ValueError, TypeError, AttributeError, RecursionError):
        names, words = json.loads(store.get(_key()) or b"")
        sound = {
            name: {word: row for word, row in known.items() if type(row) is list and _fits(word, row)}
            for name, known in words.items()
        }
        for language, name in names.items():
            if not name or name in sound:
                _names.setdefault(language, name)
        for name, known in sound.items():
            _of(name).known = known


def keep(store: Store) -> None:
    """Write down the words of this run, if there are new ones among them."""
    hyphenators = {name: _of(name) for name in sorted({name for name in _names.values() if name})}
    if not store.folder or all(one.known.keys() >= one.words().keys() for one in hyphenators.values()):
        return
    words = {}
    for name, one in hyphenators.items():
        known: dict[str, Any] = one.known if len(one.known) < MOST_WORDS else {}
        one.known = words[name] = {**known, **{word: list(cuts) for word, cuts in one.words().items()}}
    store.put(_key(), json.dumps([_names, words], separators=(",", ":")).encode("ascii"))


def _fits(word: str, row: list[Any]) -> bool:
    last = len(word) - LEAST_AFTER
    return all(type(cut) is int and LEAST_BEFORE <= cut <= last for cut in row)


def _key() -> str:
    return Store.key("hyphens", installation_digest(), LEAST_BEFORE, LEAST_AFTER)
