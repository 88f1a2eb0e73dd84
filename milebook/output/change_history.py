"""What one change did to the author's files, as data on the disk: which files, and their checksums before and after.

A change is made ready in `.milebook/stage/`: `N.new` is the Nth file to be, `N.old` the file that it replaced, and
`journal.json` lists them once all are safely on the disk. When every file is in its place the folder becomes
`.milebook/changes/NUMBER/`, which `milebook undo` works from.
"""

from __future__ import annotations

import errno
import itertools
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from milebook.model.findings import Place
from milebook.source.paths import join
from milebook.system import files
from milebook.system.leftovers import PREFIX

FOLDER = ".milebook"
JOURNAL = "journal.json"
MOST_CHANGES, MOST_BYTES = 50, 500_000_000  # of earlier changes that are kept for undo
_NO_JOURNAL = (FileNotFoundError, NotADirectoryError, files.NotAFile)
_LARGEST, _LONGEST_PATH = 50_000_000, 100_000  # bytes of a journal, and of a note on where a file is made ready


class Entry(NamedTuple):
    """One file of a change: its path in the book folder, its SHA-256 before and after ("" for no file), and the number under
    which it is made ready.
    """

    path: str
    old: str
    new: str
    number: int


class FileChange(NamedTuple):
    """A change of the author's files. `folders` are those that it made. `undoes` is the number of the change that it takes back."""

    title: str
    entries: tuple[Entry, ...]
    folders: tuple[str, ...] = ()
    undoes: int = 0
    number: int = 0

    def as_json(self) -> bytes:
        """The text of `journal.json`."""
        document = {"title": self.title, "undoes": self.undoes, "files": self.entries, "folders": self.folders}
        return json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")


class ChangeStore:
    """The folder `.milebook` of one book. `root` must be a real path."""

    def __init__(self, root: Path) -> None:
        self.root, self.path = root, root / FOLDER
        self.stage, self.changes = self.path / "stage", self.path / "changes"

    def is_sound(self) -> bool:
        """Whether nothing on the way into the store is a link or a file."""
        return all(
            not files.is_link(path) and (path.is_dir() or not os.path.lexists(path))
            for path in (self.path, self.stage, self.changes)
        )

    def begin(self) -> None:
        """Make the store, which version control is told to leave alone: it holds names and addresses. Raises OSError."""
        self.path.mkdir(exist_ok=True)
        with suppress(FileExistsError), (self.path / ".gitignore").open("x", encoding="ascii") as handle:
            handle.write("*\n")

    def unfinished(self) -> FileChange | None:
        """The change that a killed run had begun to put in place. Raises OSError where the disk does not give it."""
        return self.read(self.stage)

    def read(self, folder: Path) -> FileChange | None:
        """The change in a folder; None if there is none, or one that this program cannot have written. Raises OSError."""
        path = folder / JOURNAL
        if files.is_link(folder) or files.is_link(path):
            return None
        try:
            document = json.loads(files.contents(path, _LARGEST))
            entries = tuple(Entry(str(p), str(old), str(new), int(n)) for p, old, new, n in document["files"])
            made = tuple(map(str, document["folders"]))
            change = FileChange(str(document["title"]), entries, made, int(document["undoes"]))
        except OSError as error:
            if isinstance(error, _NO_JOURNAL) or error.errno == errno.EFBIG:
                return None
            raise  # it may be whole, and be read the next time
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        if not all(is_ours(entry.path) for entry in entries) or not all(map(is_ours, made)):
            return None
        return change._replace(number=int(folder.name) if folder.name.isdecimal() else 0)

    def numbers(self) -> list[int]:
        """The numbers of the earlier changes that are kept, the oldest first."""
        try:
            names = [path.name for path in self.changes.iterdir()]
        except OSError:
            return []
        return sorted(int(name) for name in names if name.isascii() and name.isdecimal())

    def folder(self, number: int) -> Path:
        return self.changes / f"{number:06}"

    def place_beside(self, number: int, real: Path) -> None:
        """Note that the stage of the Nth file lies beside its target `real`, because the target is on another disk."""
        folder = next(above for above in (*real.parents, self.root) if above.is_dir() or above == self.root)
        if self.stage.stat().st_dev != folder.stat().st_dev:
            base = folder / f"{PREFIX}{number}"
            (self.stage / f"{number}.elsewhere").write_text(base.relative_to(self.root).as_posix(), "utf-8")

    def spots(self, number: int) -> tuple[Path, Path]:
        """Where the Nth file of the change under way is made ready, and where the one that it replaces is kept."""
        with suppress(OSError, ValueError):
            note = files.contents(self.stage / f"{number}.elsewhere", _LONGEST_PATH).decode("utf-8")
            folder, _, name = note.rpartition("/")
            if name.startswith(PREFIX) and (not folder or is_ours(folder)):
                return self.root / folder / f"{name}.new", self.root / folder / f"{name}.old"
        return self.stage / f"{number}.new", self.stage / f"{number}.old"

    def write_journal(self, change: FileChange) -> None:
        """Say what is ready in the stage: from now on the change is finished, whatever happens. Raises OSError."""
        draft = self.stage / f"{JOURNAL}.part"
        with draft.open("wb") as handle:
            handle.write(change.as_json())
            handle.flush()
            files.sync_file(handle.fileno())
        files.replace(draft, self.stage / JOURNAL)
        files.sync_folder(self.stage)
        files.sync_folder(self.path)

    def finish(self) -> int:
        """Turn the stage into a change that can be undone; its number. The last step of a change. Raises OSError."""
        self.changes.mkdir(exist_ok=True)
        number = max(self.numbers(), default=0) + 1
        files.replace(self.stage, self.folder(number))
        return number

    def prune(self) -> None:
        """Forget the oldest changes beyond those that are kept."""
        size = 0
        for count, number in enumerate(reversed(self.numbers()), 1):
            folder = self.folder(number)
            with suppress(OSError):
                size += sum(entry.stat(follow_symlinks=False).st_size for entry in os.scandir(folder))
            if count > MOST_CHANGES or (size > MOST_BYTES and count > 1):
                with suppress(OSError):
                    (folder / JOURNAL).unlink()
                shutil.rmtree(folder, ignore_errors=True)

    def clear_stage(self) -> None:
        """Throw away what was made ready, as far as that can be done. The journal goes first, and if it stays all stays: the
        rest would be put in place by the next run.
        """
        if not os.path.isdir(self.stage) or files.is_link(self.stage):  # noqa: PTH112 - which never raises
            return
        journal = self.stage / JOURNAL
        with suppress(OSError):
            if not os.path.isdir(journal) or files.is_link(journal):  # noqa: PTH112
                journal.unlink(missing_ok=True)
            for note in self.stage.glob("*.elsewhere"):
                for path in self.spots(int(note.stem) if note.stem.isdecimal() else 0):
                    with suppress(OSError):
                        path.unlink()
            shutil.rmtree(self.stage, ignore_errors=True)

    def set_aside(self) -> Path | None:
        """Keep a stage whose journal cannot be read, if earlier files of the author's may lie in it: where they lie now, None
        where there are none. Raises OSError.
        """
        if not os.path.lexists(self.stage / JOURNAL) or not any(self.stage.glob("*.old")):
            return None
        free = next(path for n in itertools.count(1) if not os.path.lexists(path := self.path / f"damaged-{n}"))
        files.replace(self.stage, free)
        return free

    def has_leftovers(self) -> bool:
        """Whether a killed run left something. One look; nothing is opened."""
        return os.path.lexists(self.stage) or next(self.leftovers(), None) is not None

    def leftovers(self) -> Iterator[Path]:
        """Files that a killed run of an older version left beside the index."""
        for folder in (self.root, self.root / "stories"):
            with suppress(OSError), os.scandir(folder) as found:
                names = [entry.name for entry in found if entry.name.startswith(PREFIX)]
                yield from (folder / name for name in names)


def is_ours(path: str) -> bool:
    """Whether a change may touch `path`: a file of the book that is not hidden, nor in `build/`, nor a step outside."""
    clean, _ = join("", path, Place(path))
    *folders, name = path.split("/")
    hidden = any(part.startswith(".") for part in folders) or (name.startswith(".") and path != ".gitignore")
    return clean == path and not hidden and (folders or [""])[0] != "build"
