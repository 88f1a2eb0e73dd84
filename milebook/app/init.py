"""Start a small book in a folder that has none, or finish one that a killed run began."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from milebook.app.schema import schema
from milebook.app.setup import INDEX_SCHEMA, with_modelines
from milebook.model.findings import Finding, Place
from milebook.output import os_errors
from milebook.output.change_history import FOLDER
from milebook.output.replace import new_folders
from milebook.output.transaction import Transaction
from milebook.source import INDEXES

IGNORE = ".gitignore"
_IGNORED = ("build/", ".milebook/")  # what version control leaves alone: finished files, and what `undo` works from
_BEGUN = f"{FOLDER}/starting"  # stands from the start of `init` until the author was told of its end


def init(root: Path) -> tuple[list[str], list[Finding]]:
    """Write the starter book into a folder that has none; the paths written, under the folder. An error means nothing was.

    `finished` ends it. What an earlier run that was killed has written already is completed, and nothing is replaced.
    """
    made: list[Path] = []
    try:
        made = new_folders(root)
        root.mkdir(parents=True, exist_ok=True)
        with Transaction(root, "init") as change:
            if change.problems:
                return [], change.problems
            files = _starter()
            there = {name: data for name in files if (data := change.read(name)) is not None and name != IGNORE}
            taken = _taken(root, files, there)
            if taken:
                return [], [_refusal(taken)]
            begun = (root / _BEGUN).exists()
            (root / _BEGUN).touch()
            for name, data in files.items():
                if name == IGNORE:
                    change.write(name, _ignoring(change.read(name) or b""))
                elif name not in there or not begun:
                    change.write(name, data)  # whole, where an older version was killed half way through it
            return sorted(files), change.commit("Started the book")
    except OSError as error:
        return [], [os_errors.finding(error, Path(error.filename or root), root)]
    finally:
        for folder in made:
            with suppress(OSError):
                folder.rmdir()  # those that are still empty


def finished(root: Path) -> None:
    """The author has been told that the book is there."""
    with suppress(OSError):
        (root / _BEGUN).unlink()


def _starter() -> dict[str, bytes]:
    folder = Path(__file__).parents[1] / "starter"
    files = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    index = with_modelines(files[INDEXES[0]].decode("utf-8"), INDEX_SCHEMA).encode()
    return {**files, INDEXES[0]: index, f"stories/{INDEX_SCHEMA}": schema("index", folder), IGNORE: b""}


def _taken(root: Path, files: dict[str, bytes], there: dict[str, bytes]) -> str:
    """A file of another book that stands in the way, "" for none."""
    others = [name for name in INDEXES if name not in files and (root / name).exists()]
    if (root / _BEGUN).exists():
        return others[0] if others else ""
    begun = [name for name, data in there.items() if files[name].startswith(data)]
    whole = [name for name in begun if files[name] == there[name]]
    if others or len(begun) < len(there) or len(whole) == len(files) - 1:
        strange = [*(name for name in INDEXES if (root / name).exists()), *others, *there]
        return strange[0]
    return ""


def _refusal(taken: str) -> Finding:
    fact = f"this folder has a book already: {taken} is there"
    return Finding("MB198", fact, Place(taken), "name a new folder: milebook init my-book")


def _ignoring(old: bytes) -> bytes:
    """The author's own `.gitignore`, with the lines that it lacks."""
    lines = [line.strip() for line in old.decode("utf-8", "replace").splitlines()]
    missing = [line for line in _IGNORED if line not in lines and f"/{line}" not in lines]
    start = b"" if not old or old.endswith(b"\n") else b"\n"
    return old + start + "".join(f"{line}\n" for line in missing).encode() if missing else old
