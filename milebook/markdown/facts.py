"""What is found out about a text by itself, once: a Text and a question in, the answer out, kept between runs by a Pack.

Counting words and looking for placeholders or other people's words costs as much as reading, and depends on the text alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from milebook.cache.bundle import Pack
from milebook.cache.lists import fitting
from milebook.model.text import Text

T = TypeVar("T")


class Facts:
    """The answers about the texts of one book. Texts that nobody has introduced are looked at anew each time."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._known: dict[int, _Known] = {}

    def introduce(self, text: Text, *key: str, again: bool) -> None:
        """A text that was read from a file; `again`: it is the one of the last run, whose answers hold."""
        if not self._pack.keeps and not again:
            return
        kept = self._pack.get("facts", *key) if again else None
        known = _Known(text, key, {}, False)
        if isinstance(kept, dict):
            known.answers, known.kept = kept, True
        self._known[id(text)] = known

    def of(self, text: Text, name: str, find: Callable[[], Any], fit: Callable[[Any], T]) -> T:
        """The answer to the question `name`: what `fit` makes of what `find` finds, which JSON must be able to say.

        `fit` raises Misfit for what is no answer to the question.
        """
        known = self._known.get(id(text))
        if known is None:
            return fit(find())
        if name in known.answers:
            answer = fitting(lambda: fit(known.answers[name]))
            if answer is not None:
                return answer
        found = known.answers[name] = find()
        known.kept = False
        return fit(found)

    def save(self) -> None:
        """Hands the answers to the pack."""
        for known in self._known.values():
            if known.kept:
                self._pack.keep("facts", *known.key)
            else:
                self._pack.put(known.answers, "facts", *known.key)
        self._known.clear()


ANEW = Facts(Pack(""))  # knows no text: everything is found out when it is asked


class _Known:
    """A text, held so that nothing else gets its identity, and what is known of it."""

    __slots__ = ("answers", "kept", "key", "text")

    def __init__(self, text: Text, key: tuple[str, ...], answers: dict[str, Any], kept: bool) -> None:
        self.text, self.key, self.answers, self.kept = text, key, answers, kept
