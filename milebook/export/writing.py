"""Finished files in, files in the output folder out: every one of them whole, and all or none.

How: everything is first written into a folder `.mb-…` inside the output folder and brought safely to the disk; then a journal
says that it is all there; then each file replaces the old one in a single step, the manifest last. Until the journal stands,
a failure of any kind leaves the old files as they were. After it, an error puts the old files back, and only a process
killed or a power cut in those few milliseconds can leave new files beside old ones, each of them whole. The next run finds
the journal and finishes the work, before it does anything else.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from io import BufferedWriter
from pathlib import Path

from milebook.export import troubles
from milebook.export.lock import WAIT, hold
from milebook.export.places import PREFIX, check_name, check_out, check_sources
from milebook.findings import Finding, Place
from milebook.source import BookFolder, shown

_JOURNAL, _DRAFT = "journal", "journal.part"


def write_all(
    out: Path,
    files: Mapping[str, bytes],
    *,
    book: BookFolder,
    manifest: str = "",
    sweep: Sequence[str] = (),
    wait: float = WAIT,
) -> list[Finding]:
    """Writes `files` (name, with "/" for folders, -> bytes) into the folder `out`, all of them or none.

    `out` (relative paths count from the current folder) must lie in the book folder, clear of its sources. `manifest` names the file that is put in place last. In the
    folders of `sweep` (relative to `out`) whatever this call did not write is deleted at the end. An error among the
    findings means that nothing was written and that the old files are as they were.
    """
    problems = check_out(out, book)
    if problems:
        return problems
    out = Path(os.path.realpath(out))
    names = [name for name in files if name != manifest] + ([manifest] if manifest in files else [])
    problems = [finding for name in (*names, *sweep) for finding in check_name(name, out, book)]
    problems += check_sources(names, out, book)
    if problems:
        return problems
    made = {folder for name in ("", *names) for folder in _new_folders((out / name).parent if name else out)}
    try:
        out.mkdir(parents=True, exist_ok=True)
        with hold(out, wait) as busy:
            return busy or [*_mend(out, book), *_write(out, names, files, book.root, sweep)]
    except OSError as error:
        return [troubles.finding(error, Path(error.filename) if error.filename else out, book.root)]
    finally:
        for folder in sorted(made, reverse=True):  # those still empty, the innermost first: nothing was written there
            with suppress(OSError):
                folder.rmdir()


def start_folder(root: Path, files: Mapping[str, bytes]) -> list[Finding]:
    """Writes the files of a new book into `root`, a folder that may be there or not; nothing there is ever replaced."""
    written: list[Path] = []
    made: list[Path] = []
    path = root
    try:
        for name, data in files.items():
            path = root / name
            made += [folder for folder in _new_folders(path.parent) if folder not in made]
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as handle:
                written.append(path)
                handle.write(data)
                _settle(handle)
    except BaseException as error:
        for path_written in written:
            with suppress(OSError):
                path_written.unlink()
        for folder in sorted(made, key=lambda folder: -len(folder.parts)):
            with suppress(OSError):
                folder.rmdir()
        if isinstance(error, OSError):
            return [troubles.finding(error, path, root)]
        raise
    return []


def _write(
    out: Path, names: Sequence[str], files: Mapping[str, bytes], root: Path, sweep: Sequence[str]
) -> list[Finding]:
    here = out
    stage: Path | None = None
    try:
        stage = Path(tempfile.mkdtemp(prefix=PREFIX, dir=out))
        for number, name in enumerate(names):
            here = out / name
            with (stage / f"new-{number}").open("xb") as handle:
                handle.write(files[name])
                _settle(handle)
        here = out
        folders = _make_folders(out, names)
        _keep_old(stage, out, names)
        with (stage / _DRAFT).open("xb") as handle:
            handle.write(json.dumps(list(names)).encode())
            _settle(handle)
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
        except BaseException:
            _put_back(stage, out, names[:done])
            raise
        keep = {out / name for name in names}
        return [finding for folder_name in sweep for finding in _sweep(out / folder_name, keep, root)]
    except OSError as error:
        if isinstance(error, IsADirectoryError) and error.filename:
            here = Path(error.filename)
        return [troubles.finding(error, here, root)]
    finally:
        if stage is not None:
            _discard(stage)


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


def _mend(out: Path, book: BookFolder) -> list[Finding]:
    """Finishes what a killed run had made ready, and clears away what it had not. Needs the lock."""
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
                findings.append(Finding("MB068", fact, Place(troubles.within(out, book.root))))
        _discard(stage)
    return findings


def _journal(path: Path, out: Path, book: BookFolder) -> list[str]:
    """The names in a journal; none if it is not one of ours."""
    try:
        names = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    if not isinstance(names, list) or not all(
        isinstance(name, str) and not check_name(name, out, book) for name in names
    ):
        return []
    return names


def _sweep(folder: Path, keep: set[Path], root: Path) -> list[Finding]:
    """Deletes everything in `folder` that is not in `keep`. Links are deleted, never followed."""
    if folder.is_symlink() or not folder.is_dir():
        return []
    findings = []
    for path in sorted(folder.iterdir()):
        if path.is_dir() and not path.is_symlink():
            findings += _sweep(path, keep, root)
            with suppress(OSError):
                path.rmdir()  # only if nothing is left in it
        elif path not in keep:
            try:
                path.unlink()
            except OSError as error:
                name = troubles.within(path, root)
                fact = f'the old file "{shown(name)}" could not be deleted: {error.strerror}'
                findings.append(
                    Finding("MB069", fact, Place(name), "delete it yourself, for it is no longer part of this")
                )
    return findings


def _discard(stage: Path) -> None:
    with suppress(OSError):
        (stage / _JOURNAL).unlink()
    shutil.rmtree(stage, ignore_errors=True)


def _new_folders(folder: Path) -> list[Path]:
    """`folder` and those around it that are not there yet, the innermost first."""
    return [path for path in (folder, *folder.parents) if not os.path.lexists(path)]


def _settle(handle: BufferedWriter) -> None:
    """Has the system bring a file to the disk."""
    handle.flush()
    os.fsync(handle.fileno())


def _settle_folder(folder: Path) -> None:
    """Has the system bring a folder's names to the disk; where folders cannot be opened, it does so by itself."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
