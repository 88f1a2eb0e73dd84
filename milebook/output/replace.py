"""Staged files in, files in their places out: all replace the old ones, or the old ones stay; and what a killed run left is finished.

A stage is a folder `.mb-…` inside the output folder. The file of the Nth name lies in it as `new-N`, a second name of the one
that it replaces as `old-N`, and `journal` lists the names once all of them are safely on the disk.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from io import BufferedWriter
from pathlib import Path

from milebook.model.findings import Finding, Place
from milebook.output import os_errors
from milebook.output.targets import PREFIX, check_name
from milebook.source import BookFolder, shown

PLACED: set[Path] = (
    set()
)  # folders whose files this process has replaced: a Ctrl-C after that comes too late to stop it
_JOURNAL, _DRAFT = "journal", "journal.part"


def put_in_place(stage: Path, out: Path, names: Sequence[str], root: Path) -> list[Finding]:
    """Replaces each of `names` in `out` by its staged file, in their order; an error puts the old ones back."""
    here = out
    try:
        folders = _make_folders(out, names)
        _keep_old(stage, out, names)
        with (stage / _DRAFT).open("xb") as handle:
            handle.write(json.dumps(list(names)).encode())
            settle(handle)
        (stage / _DRAFT).replace(stage / _JOURNAL)
        _settle_folder(stage)
        done = 0
        try:
            for number, name in enumerate(names):
                here = out / name
                done = number + 1
                (stage / f"new-{number}").replace(here)
            for folder in {out, *folders}:
                here = folder
                _settle_folder(folder)
            PLACED.add(out)
        except BaseException:
            _put_back(stage, out, names[:done])
            raise
    except OSError as error:
        if isinstance(error, IsADirectoryError) and error.filename:
            here = Path(error.filename)
        return [os_errors.finding(error, here, root)]
    return []


def mend(out: Path, book: BookFolder) -> list[Finding]:
    """Finishes what a killed run had made ready, and clears away what it had not. Needs the lock. Raises OSError."""
    findings = []
    for stage in sorted(out.glob(f"{PREFIX}*")):
        if stage.is_symlink() or not stage.is_dir():
            with suppress(OSError):
                stage.unlink()
            continue
        if (stage / _JOURNAL).is_file():
            names = _journal(stage / _JOURNAL, out, book)
            waiting = [number for number in range(len(names)) if (stage / f"new-{number}").is_file()]
            for number in waiting:
                (stage / f"new-{number}").replace(out / names[number])
            if waiting:
                fact = "the last run was stopped while it put its files in place; that has been finished now"
                findings.append(Finding("MB068", fact, Place(os_errors.within(out, book.root))))
        discard(stage)
    return findings


def sweep(folder: Path, keep: set[Path], root: Path) -> list[Finding]:
    """Deletes everything in `folder` that is not in `keep`. Links are deleted, never followed."""
    if folder.is_symlink() or not folder.is_dir():
        return []
    findings = []
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            findings += sweep(path, keep, root)
            with suppress(OSError):
                path.rmdir()  # only if nothing is left in it
        elif path not in keep:
            try:
                path.unlink()
            except OSError as error:
                name = os_errors.within(path, root)
                fact = f'the old file "{shown(name)}" could not be deleted: {error.strerror}'
                findings.append(
                    Finding("MB069", fact, Place(name), "delete it yourself, for it is no longer part of this")
                )
    return findings


def discard(stage: Path) -> None:
    """Clears a stage away. The journal goes first: what is half cleared away must not be put in place by the next run."""
    import shutil

    with suppress(OSError):
        (stage / _JOURNAL).unlink()
    shutil.rmtree(stage, ignore_errors=True)


def settle(handle: BufferedWriter) -> None:
    """Has the system bring a file to the disk."""
    handle.flush()
    os.fsync(handle.fileno())


def new_folders(folder: Path) -> list[Path]:
    """`folder` and those around it that are not there yet, the innermost first."""
    return [path for path in (folder, *folder.parents) if not os.path.lexists(path)]


def _make_folders(out: Path, names: Sequence[str]) -> list[Path]:
    folders = sorted({(out / name).parent for name in names})
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
    return folders


def _keep_old(stage: Path, out: Path, names: Sequence[str]) -> None:
    """A second name for every file about to be replaced, so that it can be put back. Costs no copying."""
    for number, name in enumerate(names):
        old = out / name
        if old.is_dir() and not old.is_symlink():
            raise IsADirectoryError(21, "a folder of that name is in the way", str(old))
        if os.path.lexists(old):
            try:
                os.link(old, stage / f"old-{number}", follow_symlinks=False)
            except (OSError, NotImplementedError):  # a file system without second names
                import shutil

                shutil.copy2(old, stage / f"old-{number}", follow_symlinks=False)


def _put_back(stage: Path, out: Path, names: Sequence[str]) -> None:
    """Undoes the replacing of `names`. The journal goes first: a half undone run must not be finished by the next."""
    with suppress(OSError):
        (stage / _JOURNAL).unlink()
    for number, name in enumerate(names):
        if (stage / f"new-{number}").exists():
            continue  # was not replaced
        with suppress(OSError):
            if os.path.lexists(stage / f"old-{number}"):
                (stage / f"old-{number}").replace(out / name)
            else:
                (out / name).unlink()


def _journal(path: Path, out: Path, book: BookFolder) -> list[str]:
    """The names in a journal; none if it is not one of ours."""
    try:
        names = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return []
    if not isinstance(names, list) or not all(
        isinstance(name, str) and not check_name(name, out, book) for name in names
    ):
        return []
    return names


def _settle_folder(folder: Path) -> None:
    """Has the system bring a folder's names to the disk; where folders cannot be opened, it does so by itself."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
