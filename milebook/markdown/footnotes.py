"""The footnotes of one text: which definition a mark stands for, and in which order notes are numbered."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from markdown_it.token import Token

_TEXT = frozenset(("inline", "hr", "definition"))


class Definition(NamedTuple):
    """A footnote's text: its block tokens, or the inline tokens of a `^[note]` written where it belongs."""

    label: str  # "" for an inline note
    tokens: list[Token]
    line: int
    twice: bool = False  # another definition has the same label and goes before
    content: str = ""  # of an inline note, as typed
    addresses: tuple[str, ...] = ()  # bare addresses of the paragraph that an inline note stands in


class Footnotes:
    """Definitions by key, and their numbers in order of reference."""

    def __init__(self, env: dict[str, Any]) -> None:
        self._env = env
        self.definitions: dict[str, Definition] = {}
        self.numbered: list[Definition] = []
        self._numbers: dict[str, int] = {}

    def taken_from(self, tokens: list[Token], line: Callable[[int], int]) -> tuple[list[Token], list[Definition]]:
        """The tokens of the body, and the definitions that have no text; `line` gives the author's line number."""
        body: list[Token] = []
        empty: list[Definition] = []
        unfinished: list[Definition] = []
        for token in tokens:
            if token.type == "footnote_reference_open":
                unfinished.append(Definition(token.meta["label"], [], line((token.map or [0])[0])))
            elif token.type == "footnote_reference_close":
                definition = unfinished.pop()
                if not self._define(definition):
                    empty.append(definition)
            else:
                (unfinished[-1].tokens if unfinished else body).append(token)
        if empty:  # their marks are printed as typed
            for definition in empty:
                if definition.label not in self.definitions:
                    self._env["footnotes"]["refs"].pop(f":{definition.label}", None)
        return body, empty

    def _define(self, definition: Definition) -> bool:
        if not any(token.type in _TEXT for token in definition.tokens):
            return False
        if definition.label in self.definitions:
            key = f"{definition.label}\n{len(self.definitions)}"  # no label holds a line break
            self.definitions[key] = definition._replace(twice=True)
        else:
            self.definitions[definition.label] = definition
        return True

    def number(self, token: Token, line: int, addresses: tuple[str, ...] = ()) -> int:
        """The number of the note that a reference stands for, met now in reading order on `line`.

        `addresses` are the bare ones of the paragraph, for a note that is written in it.
        """
        label = token.meta.get("label")
        if label is not None:
            return self._number(label, self.definitions[label])
        key = f"\n{token.meta['id']}"
        note = self._env["footnotes"]["list"][token.meta["id"]]
        return self._number(key, Definition("", note["tokens"], line, content=note["content"], addresses=addresses))

    def _number(self, key: str, definition: Definition) -> int:
        if key not in self._numbers:
            self.numbered.append(definition)
            self._numbers[key] = len(self.numbered)
        return self._numbers[key]

    def next_unused(self) -> tuple[int, Definition] | None:
        """The first definition that nothing has referred to, with the number that it gets now."""
        for key, definition in self.definitions.items():
            if key not in self._numbers:
                return self._number(key, definition), definition
        return None


def new_env() -> dict[str, Any]:
    """What the parser notes while it reads one text; `references` remembers which of them were looked up."""
    return {"references": _References()}


class _References(dict[str, Any]):
    """Link definitions, with the labels that some link asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()

    def get(self, label: str, default: Any = None) -> Any:
        self.used.add(label)
        return super().get(label, default)
