"""Keep account of the files that milebook has made, with the stories, photos and people in each: build/made.json.

Anything else that lies in build/ is unknown: no one can say what is in it, and milebook never deletes it. An entry holds the
file's SHA-256, so that a file changed by someone since can be told from one that is still as milebook made it.

Names of people are those printed in the file. Legal names behind a byline and addresses stay out of build/.
"""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from milebook.model.findings import Place
from milebook.source.paths import join
from milebook.system import files

FOLDER = "build"
NAME = "made.json"
_LARGEST = 200_000_000  # bytes
_DEEPEST = 12  # folders in build/


@dataclass(frozen=True, slots=True)
class Made:
    """A file that milebook has made. Paths count from the book folder, with "/" between their parts."""

    path: str
    kind: str  # draft | report | list | proof | package | letter | form | cover | overview, or whatever a command calls it
    sha256: str = ""  # hexadecimal
    build: str = ""  # id of the build
    title: str = ""  # the title in the file's name, as `slug` writes it; "" where the name does not depend on it
    ids: tuple[str, ...] = ()  # of chapters, in the file's name
    stories: tuple[str, ...] = ()  # ids
    photos: tuple[str, ...] = ()  # paths
    people: tuple[str, ...] = ()  # as printed
    group: str = ""  # the package that it is part of


@dataclass(frozen=True, slots=True)
class Ledger:
    """The files by path, and whether the ledger itself could not be read, or only in part."""

    files: Mapping[str, Made] = field(default_factory=dict)
    damaged: bool = False

    def files_with(
        self, *, stories: Collection[str] = (), photos: Collection[str] = (), people: Collection[str] = ()
    ) -> list[Made]:
        """The files in which any of these is, sorted by path."""
        wanted = {_folded(name) for name in people}
        return [
            made
            for _, made in sorted(self.files.items())
            if not set(made.stories).isdisjoint(stories)
            or not set(made.photos).isdisjoint(photos)
            or not wanted.isdisjoint(map(_folded, made.people))
        ]

    def outdated(self, title: str, chapters: Collection[str]) -> list[Made]:
        """The files whose names have an old title or the id of a chapter that is no longer there. `title` is a `slug`."""
        return [
            made
            for _, made in sorted(self.files.items())
            if (made.title and made.title != title) or not set(made.ids) <= set(chapters)
        ]

    def updated(self, root: Path, made: Iterable[Made]) -> bytes:
        """The bytes of build/made.json with these files in it, and without those that are no longer there."""
        new = {one.path: one for one in made}
        kept = {path: one for path, one in self.files.items() if path not in new and _is_file(root, path)}
        rows = [asdict(one) for _, one in sorted((kept | new).items())]
        return (json.dumps({"files": rows}, indent=1, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")


def read_ledger(root: Path) -> Ledger:
    """What milebook has made and is still there, in the book folder `root`. Raises OSError where the disk does not give the
    list: whoever began a new one would forget all files made before.
    """
    data = _bytes(Path(os.path.realpath(root)) / FOLDER / NAME)
    if data is None:
        return Ledger()
    try:
        rows = json.loads(data)["files"]
        found = [_entry(row) for row in rows]
    except (ValueError, KeyError, TypeError, RecursionError):
        return Ledger(damaged=True)
    return Ledger({one.path: one for one in found if one and _is_file(root, one.path)}, damaged=None in found)


def last_report(root: Path) -> dict[str, Any]:
    """The document of the last build, build/build.json; {} where there is none that can be read."""
    try:
        found = json.loads(_bytes(Path(os.path.realpath(root)) / FOLDER / "build.json") or b"{}")
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def state(root: Path, made: Made) -> str:
    """ "same" as milebook made it, "changed" by someone since, "gone", or "unread" where the disk does not give it."""
    if not _is_file(root, made.path):
        return "gone"
    try:
        return "same" if files.digest(root / made.path) == made.sha256 else "changed"
    except OSError:
        return "unread"


def unknown_files(root: Path, ledger: Ledger) -> list[str]:
    """Paths of the files in build/ that are not in the ledger. Hidden ones are milebook's own working files."""
    return [path for path in _walk(root, FOLDER) if path not in ledger.files and path != f"{FOLDER}/{NAME}"]


def remove(root: Path, outdated: Iterable[Made]) -> tuple[list[str], dict[str, str]]:
    """Delete files in build/ that are as milebook made them; the paths that are gone, and those that were left, with what
    they are, as in "it …".

    The caller writes the ledger again afterwards (`updated` leaves out what is gone). Folders left empty go too.
    """
    gone, left = [], {}
    for made in outdated:
        path = root / made.path
        now = state(root, made) if made.path.startswith(f"{FOLDER}/") else "changed"
        if now != "same":
            left[made.path] = "cannot be read" if now == "unread" else "was changed after milebook made it"
            continue
        try:
            path.unlink()
            gone.append(made.path)
        except OSError as error:
            left[made.path] = f"could not be deleted ({error.strerror})"
            continue
        with suppress(OSError):
            for folder in path.parents:
                if folder == root / FOLDER:
                    break
                folder.rmdir()  # raises if there is still something in it
    return gone, left


def _walk(root: Path, under: str, depth: int = 0) -> Iterator[str]:
    try:
        entries = sorted(os.scandir(root / under), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if not entry.is_dir(follow_symlinks=False):
            yield f"{under}/{entry.name}"
        elif depth < _DEEPEST:
            yield from _walk(root, f"{under}/{entry.name}", depth + 1)


def _is_file(root: Path, path: str) -> bool:
    """Whether a regular file lies there, on a way without links; or may lie there, where the disk does not say."""
    real = Path(os.path.realpath(root))
    try:
        return stat.S_ISREG((real / path).lstat().st_mode) and Path(os.path.realpath(real / path)) == real / path
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError as error:
        return error.errno not in (errno.ELOOP, errno.ENAMETOOLONG)


def _bytes(path: Path) -> bytes | None:
    """The bytes of a regular file that is not too large; None where there is none. Raises OSError."""
    try:
        return files.contents(path, _LARGEST)
    except (FileNotFoundError, NotADirectoryError, ValueError, files.NotAFile):
        return None
    except OSError as error:
        if error.errno == errno.EFBIG:
            return None
        raise


def _entry(row: Any) -> Made | None:
    """A row of the ledger; None for anything that milebook would not have written, such as a path out of the book folder."""
    if not isinstance(row, dict) or not isinstance(row.get("path"), str):
        return None
    values: dict[str, Any] = {}
    for one in fields(Made):
        value = row.get(one.name, "")
        if one.name in ("ids", "stories", "photos", "people"):
            if not isinstance(value or [], list) or not all(isinstance(text, str) for text in value or ()):
                return None
            values[one.name] = tuple(value or ())
        elif isinstance(value, str):
            values[one.name] = value
        else:
            return None
    path = values["path"]
    sound = join("", path, Place(path))[0] == path and path.split("/")[0] not in ("stories", "layouts")
    return Made(**values) if sound and not path.startswith(".") else None


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
