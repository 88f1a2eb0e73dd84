"""Undo the last change of the author's files, whichever command made it; or redo it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from milebook.app.index_change import Changed
from milebook.model.findings import Finding, Place
from milebook.output import apply_change
from milebook.output.change_history import ChangeStore, Entry, FileChange
from milebook.output.transaction import Transaction
from milebook.source import shown
from milebook.system import files


class Row(NamedTuple):
    """A change that is kept: when it was made (seconds since 1970), and whether it has been taken back."""

    change: FileChange
    time: float
    taken_back: bool


def changes(root: Path) -> list[Row]:
    """The changes that are kept, the newest first; not those that only took another back."""
    store = _store(root)
    every = _every(store)
    active = {change.number for change in _split(every)[0]}
    return [
        Row(change, _time(store, change), change.number not in active)
        for change in reversed(every)
        if not change.undoes
    ]


def undo(root: Path, *, redo: bool = False) -> Changed:
    """Take back the newest change that stands; with `redo`, have again the one that was taken back last."""
    with Transaction(root, "undo") as change:
        if change.problems:
            return Changed(change.problems, refused=True)
        store = _store(root)
        standing, taken_back = _split(_every(store))
        if not (taken_back if redo else standing):
            return Changed([_nothing(redo)], refused=True)
        last = (taken_back if redo else standing)[-1]
        problems = _prepare(store, last, change)
        problems = problems or change.commit(_title(last, _every(store), redo), undoes=last.number)
        if problems:
            return Changed(problems, refused=True)
        done = "Redid" if redo else "Took back"
        lines = (
            f"{done}: {last.title if not redo else _original(last, _every(store)).title}",
            *(_line(entry, redo) for entry in last.entries),
        )
        return Changed(change.recovered, lines)


def _prepare(store: ChangeStore, last: FileChange, change: Transaction) -> list[Finding]:
    """Have every file as it was before the change; findings for those that are no longer what the change made of them."""
    problems = []
    for entry in last.entries:
        kept = store.folder(last.number) / f"{entry.number}.old"
        try:
            now = files.digest(apply_change.real_path(store.root, entry.path))
        except (OSError, apply_change.Edited):
            now = "?"
        if now != entry.new:
            gone = "is no longer there" if not now else "was edited since"
            fact = f"“{shown(entry.path)}” {gone}, so “{shown(last.title)}” cannot be taken back"
            problems.append(Finding("MB081", fact, Place(shown(entry.path)), "nothing was changed; undo your edit first, or change the rest by hand"))  # fmt: skip
        elif not entry.old:
            change.remove(entry.path)
        elif not _is_kept(kept, entry):
            fact = f"what “{shown(entry.path)}” was before is no longer kept in .milebook"
            problems.append(
                Finding("MB081", fact, Place(shown(entry.path)), "nothing was changed; take it from a backup")
            )
        else:
            change.write(entry.path, kept)
    change.remove_empty(last.folders)
    return problems


def _is_kept(kept: Path, entry: Entry) -> bool:
    """Whether the earlier file can be read, and is what it was."""
    try:
        return not files.is_link(kept) and files.digest(kept) == entry.old
    except OSError:
        return False


def _store(root: Path) -> ChangeStore:
    return ChangeStore(Path(os.path.realpath(root)))


def _every(store: ChangeStore) -> list[FileChange]:
    """All changes that are kept and can be read, the oldest first."""
    if not store.is_sound():
        return []
    found = (store.read(store.folder(number)) for number in store.numbers())
    return [change for change in found if change is not None]


def _split(every: list[FileChange]) -> tuple[list[FileChange], list[FileChange]]:
    """The changes that stand, and the undoings that can still be undone, both with the newest last."""
    by_number = {change.number: change for change in every}
    standing: list[FileChange] = []
    undoings: list[FileChange] = []
    for change in every:
        target = by_number.get(change.undoes)
        if not change.undoes:
            standing.append(change)
            undoings.clear()
        elif target is not None and target.undoes:  # an undoing is taken back: what it undid stands again
            undoings = [one for one in undoings if one.number != target.number]
            standing.append(_original(target, every))
        else:
            standing = [one for one in standing if one.number != change.undoes]
            undoings.append(change)
    return standing, undoings


def _original(undoing: FileChange, every: list[FileChange]) -> FileChange:
    """The change that an undoing took back; itself if that is no longer kept."""
    return next((one for one in every if one.number == undoing.undoes), undoing)


def _title(last: FileChange, every: list[FileChange], redo: bool) -> str:
    return f"Redid: {_original(last, every).title}" if redo else f"Took back: {last.title}"


def _time(store: ChangeStore, change: FileChange) -> float:
    try:
        return (store.folder(change.number) / "journal.json").stat().st_mtime
    except OSError:
        return 0.0


def _line(entry: Entry, redo: bool) -> str:
    if not entry.old:
        return f"{entry.path} is removed"
    if not entry.new:
        return f"{entry.path} is there again"
    return f"{entry.path} is changed again" if redo else f"{entry.path} is as it was"


def _nothing(redo: bool) -> Finding:
    fact = "nothing was taken back that could be had again" if redo else "there is no change to take back"
    hint = "“milebook undo --list” shows what milebook has changed; your own edits are not among it"
    return Finding("MB082", fact, Place(".milebook"), hint)
