"""Put staged files in their places: all replace the old ones, or the old ones stay. What a killed run left is finished.

A stage is a folder `.mb-…` inside the output folder. The file of the Nth name lies in it as `new-N`, a second name of the one
that it replaces as `old-N`, and `journal` lists the names once all of them are safely on the disk. All folders are held open,
so that nothing goes elsewhere if one of them is given to a link meanwhile.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from milebook.model.findings import Finding, Place
from milebook.output import os_errors
from milebook.output.allowed_names import check_name
from milebook.source import BookFolder, shown
from milebook.system import files
from milebook.system.folders import Folder
from milebook.system.leftovers import PREFIX
from milebook.system.stopping import Placing

HALF_DONE = "MB079"  # the code of what could be neither replaced nor put back
_JOURNAL, _DRAFT = "journal", "journal.part"


def put_in_place(stage: Folder, out: Folder, names: Sequence[str], root: Path) -> list[Finding]:
    """Replaces each of `names` in `out` by its staged file, in their order; an error puts the old ones back. Where not even
    that can be done, the stage must stay for the next run, and the finding is HALF_DONE.
    """
    here = out.path
    try:
        _keep_old(stage, out, names)
        with stage.create(_DRAFT) as handle:
            handle.write(json.dumps(list(names)).encode())
            settle(handle)
        stage.replace(_DRAFT, stage, _JOURNAL)
        stage.sync()
        done = 0
        with Placing():
            try:
                for number, name in enumerate(names):
                    here = out.path / name
                    done = number + 1
                    _replace(stage, f"new-{number}", out, name)
                for folder in {name.rpartition("/")[0] for name in names} | {""}:
                    here = out.path / folder
                    with out.within(folder) as opened:
                        opened.sync()
            except BaseException:
                if not _put_back(stage, out, names[:done]):
                    return [_half_done(here, root)]
                raise
    except OSError as error:
        if isinstance(error, IsADirectoryError) and error.filename:
            here = Path(error.filename)
        return [os_errors.finding(error, here, root)]
    return []


def mend(out: Folder, book: BookFolder) -> list[Finding]:
    """Finishes what a killed run had made ready, and clears away what it had not. Needs the lock. Raises OSError."""
    findings = []
    for name in [name for name in out.names() if name.startswith(PREFIX)]:
        if not out.is_folder(name):
            with suppress(OSError):
                out.remove(name)
            continue
        with out.enter(name) as stage:
            names = _journal(stage, out, book)
            waiting = [number for number in range(len(names)) if stage.status(f"new-{number}")]
            for number in waiting:
                _replace(stage, f"new-{number}", out, names[number])
            if waiting:
                fact = "the last run was stopped while it put its files in place; that has been finished now"
                findings.append(Finding("MB068", fact, Place(os_errors.within(out.path, book.root))))
        discard(out, name)
    return findings


def sweep(folder: Folder, keep: set[Path], root: Path) -> list[Finding]:
    """Deletes everything in `folder` that is not in `keep`. Links are deleted, never followed."""
    findings = []
    for name in folder.names():
        path = folder.path / name
        if folder.is_folder(name):
            with folder.enter(name) as inner:
                findings += sweep(inner, keep, root)
            with suppress(OSError):
                folder.remove_folder(name)  # only if nothing is left in it
        elif path not in keep:
            try:
                folder.remove(name)
            except OSError as error:
                findings.append(not_swept(path, root, error))
    return findings


def not_swept(path: Path, root: Path, error: OSError) -> Finding:
    """That something of an earlier run is left."""
    name = os_errors.within(path, root)
    fact = f'the old file "{shown(name)}" could not be deleted: {error.strerror}'
    return Finding("MB069", fact, Place(name), "delete it yourself, for it is no longer part of this")


def discard(out: Folder, name: str) -> None:
    """Clears a stage away, as far as that can be done. The journal goes first, and if it stays all stays: what is half cleared
    away must not be put in place by the next run.
    """
    with suppress(OSError):
        with out.enter(name) as stage:
            if stage.status(_JOURNAL) is not None and not stage.is_folder(_JOURNAL):
                stage.remove(_JOURNAL)
        out.clear(name)


def settle(handle: BinaryIO) -> None:
    """Has the system bring a file to the disk."""
    handle.flush()
    files.sync_file(handle.fileno())


def new_folders(folder: Path) -> list[Path]:
    """`folder` and those around it that are not there yet, the innermost first."""
    return [path for path in (folder, *folder.parents) if not path.exists() and not files.is_link(path)]


def _replace(stage: Folder, new: str, out: Folder, name: str) -> None:
    folder, _, last = name.rpartition("/")
    with out.within(folder, make=True) as target:
        stage.replace(new, target, last)


def _keep_old(stage: Folder, out: Folder, names: Sequence[str]) -> None:
    """A second name for every file about to be replaced, so that it can be put back. Costs no copying."""
    for number, name in enumerate(names):
        folder, _, last = name.rpartition("/")
        with out.within(folder, make=True) as target:
            if target.is_folder(last):
                raise IsADirectoryError(errno.EISDIR, "a folder of that name is in the way", str(out.path / name))
            if target.status(last) is not None:
                target.keep(last, stage, f"old-{number}")


def _put_back(stage: Folder, out: Folder, names: Sequence[str]) -> bool:
    """Undoes the replacing of `names`; False where the disk fails. The new files go back into the stage and the journal goes
    last, so that at every moment the next run can finish the work.
    """
    try:
        for number, name in enumerate(names):
            if stage.status(f"new-{number}") is not None:
                continue  # was not replaced
            folder, _, last = name.rpartition("/")
            with out.within(folder) as target:
                target.replace(last, stage, f"new-{number}")
                if stage.status(f"old-{number}") is not None:
                    stage.replace(f"old-{number}", target, last)
        stage.remove(_JOURNAL)
    except OSError:
        return False
    return True


def _half_done(path: Path, root: Path) -> Finding:
    name = os_errors.within(path, root)
    fact = f'the disk failed at "{shown(name)}" while files took the place of earlier ones, and again while those were put back'
    hint = "the next milebook command finishes the work. See that the disk is there and has room"
    return Finding(HALF_DONE, fact, Place(name), hint)


def _journal(stage: Folder, out: Folder, book: BookFolder) -> list[str]:
    """The names in a stage's journal; none if there is none, or not one of ours. Raises OSError where the disk does not say."""
    try:
        with os.fdopen(stage.open(_JOURNAL, files.READ), "rb") as handle:
            names = json.loads(handle.read())
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.EISDIR, errno.ELOOP):
            return []
        raise
    except (ValueError, RecursionError):
        return []
    if not isinstance(names, list) or not all(
        isinstance(name, str) and not check_name(name, out.path, book) for name in names
    ):
        return []
    return names
