"""Check that an edited index differs from the old one only in the change that was meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from milebook.index import read_index
from milebook.model.book import Agreement
from milebook.model.codes import errors
from milebook.model.findings import Finding, Place
from milebook.model.index import ChapterEntry, Index
from milebook.source import BookFolder

Leaves = dict[str, object]


class EditedFolder(BookFolder):
    """A book folder whose index has another text than the disk holds."""

    def __init__(self, folder: BookFolder, text: str) -> None:
        super().__init__(folder.root)
        self.text = text

    def read_text(self, path: str, place: Place, limit: int = 0) -> tuple[str | None, list[Finding]]:
        if path == self.index_path():
            return self.text.removeprefix("\ufeff").replace("\r\n", "\n"), []
        return super().read_text(path, place, limit)


def proved(
    folder: BookFolder, old: Index, text: str, edited: str, expected: Mapping[str, object], dropped: Iterable[str] = ()
) -> str:
    """ "" when the `edited` text reads as the `old` index with the `expected` leaves (see `leaves`) in the place of theirs,
    and nothing is wrong with it that was not wrong with its `text` before; else one line that says what is amiss.

    Leaves under one of the paths in `dropped` may go.
    """
    new, findings = read_index(EditedFolder(folder, edited))
    if new is None:
        return "the index can no longer be read"
    before, after = leaves(old), leaves(new)
    gone = tuple(f"{path}/" for path in dropped)
    wanted = {
        path: value for path, value in before.items() if not path.startswith(gone) and path not in dropped
    } | dict(expected)
    if wanted != after:
        path = min(path for path in wanted.keys() | after.keys() if wanted.get(path) != after.get(path))
        return f"{path} would become “{after.get(path, '')}”"
    errors = _errors(findings)
    if errors:
        _, findings = read_index(EditedFolder(folder, text))
        worse = Counter(errors) - Counter(_errors(findings))
        return next((f"a mistake would come in: {message}" for _, message in worse), "")
    return ""


def _errors(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    return [(f.code, f.message) for f in errors(findings)]


def leaves(index: Index) -> Leaves:
    """Every value of an index under its path: "agreements/ana-2026/status", "stories/tree/photos/1/credit".

    An agreement that is named by its id is the one leaf ".../permission" = "@id". Places are not in it.
    """
    found: Leaves = {}
    _leaves(index.info, "book", found)
    for chapter in index.chapters:
        _leaves(chapter, f"chapters/{chapter.id}", found)
        if chapter.stories is not None:
            found[f"chapters/{chapter.id}/stories"] = tuple(name for name, _ in chapter.stories)
    for name, agreement in index.agreements.items():
        _leaves(agreement, f"agreements/{name}", found)
    for story in index.stories:
        _leaves(story, f"stories/{story.id}", found)
    return found


def agreement_leaves(agreement: Agreement, path: str) -> Leaves:
    """The leaves of a permission that is written out where it is used."""
    found: Leaves = {}
    _leaves(agreement, path, found)
    return found


def _leaves(value: Any, path: str, found: Leaves) -> None:
    kind: Any = type(value)
    names = _names(kind)
    if names:
        if isinstance(value, Agreement) and value.id and not path.startswith("agreements/"):
            found[path] = f"@{value.id}"
            return
        for name in names:
            inner = getattr(value, name)
            if isinstance(inner, str | int):  # most are: nothing to look into
                found[f"{path}/{name}"] = inner
            else:
                _leaves(inner, f"{path}/{name}", found)
    elif isinstance(value, Place):
        return
    elif isinstance(value, Mapping):
        for key, one in value.items():
            _leaves(one, f"{path}/{key}", found)
    elif isinstance(value, tuple) and any(is_dataclass(one) or isinstance(one, tuple) for one in value):
        for order, one in enumerate(value, 1):
            _leaves(one, f"{path}/{order}", found)
    else:
        found[path] = value


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a noun that are compared: not where it was written, and not a chapter's list, which `leaves` adds."""
    if not is_dataclass(kind):
        return ()
    left = ("place", "places", "stories") if kind is ChapterEntry else ("place", "places")
    return tuple(field.name for field in fields(kind) if field.name not in left)
