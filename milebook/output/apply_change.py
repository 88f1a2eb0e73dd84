"""Put the files of a change in their places, all or none; and finish or undo what a killed run left half done.

What a file is now is known by its contents, not by what a run remembers: it is as before the change, as after it, or someone
else has edited it. A file that someone edited is never overwritten.
"""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path

from milebook.model.findings import Finding
from milebook.output import change_findings
from milebook.output.change_history import ChangeStore, Entry, FileChange
from milebook.system import files


class Edited(Exception):
    """A file is neither as before the change nor as after it. `path` is relative to the book folder."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


class Stuck(Exception):
    """The disk fails, and a file could not be put back."""


def apply_change(store: ChangeStore, change: FileChange) -> None:
    """Put every file of the change in its place and bring all to the disk. Raises Edited or OSError half way: the caller
    takes it back.
    """
    for entry in change.entries:
        _step(store, entry, forward=True)
    for folder in {real_path(store.root, entry.path).parent for entry in change.entries}:
        if folder.is_dir():
            files.sync_folder(folder)
    _gather(store, change)


def take_back(store: ChangeStore, change: FileChange) -> list[str]:
    """Put back what `apply_change` did; the paths of files that could not be put back, because the disk fails. A file that
    someone has edited stays as it is.
    """
    stuck = []
    for entry in reversed(change.entries):
        try:
            _step(store, entry, forward=False)
        except Edited:
            continue
        except OSError:
            stuck.append(entry.path)
    remove_empty(store.root, change.folders)
    return stuck


def settle_unfinished(store: ChangeStore) -> tuple[list[Finding], list[Finding]]:
    """Finish or take back what a killed run left, and clear away what it had only made ready: what was settled, and what could
    not be. Needs the lock. Raises OSError.
    """
    for path in store.leftovers():
        with suppress(OSError):
            path.unlink()
    begun = store.unfinished()
    if begun is None:
        kept = store.set_aside()
        store.clear_stage()
        return ([change_findings.damaged(kept.relative_to(store.root).as_posix())] if kept else []), []
    try:
        finished, edited = settle(store, begun)
    except Stuck:
        return [], [change_findings.stuck()]
    if finished:
        store.finish()
    else:
        store.clear_stage()
    return [change_findings.settled(begun.title, edited, finished=finished)], []


def settle(store: ChangeStore, change: FileChange) -> tuple[bool, list[str]]:
    """Finish a change that a killed run began; or take it back, if someone has edited a file that it had not reached.

    Whether it is finished, and the paths of files that stay as someone edited them. Raises OSError, and Stuck if it could be
    neither finished nor taken back: then it waits for the next command.
    """
    now = [_now(store.root, entry) for entry in change.entries]
    edited = [n for n, entry in enumerate(change.entries) if now[n] not in (entry.old, entry.new)]
    reached = max((n for n, entry in enumerate(change.entries) if now[n] == entry.new), default=-1)
    if any(number > reached for number in edited):
        _take_all_back(store, change)
        return False, [change.entries[number].path for number in edited]
    rest = change._replace(entries=tuple(entry for n, entry in enumerate(change.entries) if n not in edited))
    try:
        apply_change(store, rest)
    except Edited as error:
        _take_all_back(store, change)
        return False, [error.path]
    return True, [change.entries[number].path for number in edited]


def _take_all_back(store: ChangeStore, change: FileChange) -> None:
    if take_back(store, change):
        raise Stuck


def remove_empty(root: Path, folders: tuple[str, ...]) -> None:
    """Remove those folders that are empty, the innermost first."""
    for folder in sorted(folders, reverse=True):
        with suppress(OSError):
            (root / folder).rmdir()


def real_path(root: Path, path: str) -> Path:
    """The file that `path` leads to, links inside the book folder followed. Raises Edited if it leads out of it."""
    real = Path(os.path.realpath(root / path))
    if not real.is_relative_to(root) or files.is_link(real):
        raise Edited(path)
    return real


def _now(root: Path, entry: Entry) -> str:
    """The SHA-256 of a file as it is, "" for none; "?" for what is no file, such as a folder of that name. Raises OSError."""
    try:
        return files.digest(real_path(root, entry.path))
    except (files.NotAFile, NotADirectoryError, Edited):
        return "?"


def _step(store: ChangeStore, entry: Entry, *, forward: bool) -> None:
    """One file forward or back. Raises Edited or OSError, with the file as it was."""
    real = real_path(store.root, entry.path)
    before, after = (entry.old, entry.new) if forward else (entry.new, entry.old)
    now = files.digest(real)
    if now == after:
        return
    if now != before:
        raise Edited(entry.path)
    new, old = store.spots(entry.number)
    if not after:
        _remove(real, old if forward else new, before, entry.path)
        return
    source = next((spot for spot in (new, old) if _is_made_ready(spot, after)), None)
    if source is None:
        raise Edited(entry.path)  # the stage was tampered with
    if before:
        _exchange(source, real, old if source == new else new, before, entry.path)
        return
    real.parent.mkdir(parents=True, exist_ok=True)
    if not files.move_without_replacing(source, real):
        raise Edited(entry.path)


def _is_made_ready(spot: Path, sha256: str) -> bool:
    """Whether a file of the stage is what it should be. Whatever else lies there did not come from us. Raises OSError."""
    if os.path.lexists(spot) and not stat.S_ISREG(spot.lstat().st_mode):
        return False
    return files.digest(spot) == sha256


def _remove(real: Path, keep: Path, expected: str, path: str) -> None:
    """Move a file away to `keep`, unless someone saves it in that moment."""
    with suppress(FileNotFoundError):
        keep.unlink()  # a second name of the same file, left by a kill
    files.replace(real, keep)
    if files.digest(keep) != expected:
        files.move_without_replacing(keep, real)
        raise Edited(path)


def _exchange(source: Path, real: Path, keep: Path, expected: str, path: str) -> None:
    """Put `source` in the place of a file and keep that as `keep`, unless someone saves it in that moment."""
    files.swap_in(source, real, keep)
    if files.digest(keep) != expected:
        files.swap_in(keep, real, source)
        raise Edited(path)


def _gather(store: ChangeStore, change: FileChange) -> None:
    """Have the files from before the change all in the stage, and nothing else but the journal."""
    for entry in change.entries:
        new, old = store.spots(entry.number)
        if entry.old and not old.exists() and files.digest(new) == entry.old:  # a kill came between two names
            files.replace(new, old)
        with suppress(FileNotFoundError):
            new.unlink()
        if old.parent != store.stage:
            if old.exists():
                shutil.copy2(old, store.stage / f"{entry.number}.old")
                old.unlink()
            (store.stage / f"{entry.number}.elsewhere").unlink(missing_ok=True)
