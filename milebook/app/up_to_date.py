"""Skip a build whose inputs and outputs have not changed.

A record names every file that was read and written, with digests and with how each looked on the disk. It holds when all
of them are what they were, no name in the book folder has come or gone, and milebook is the same (see `installation_digest`). A file that
looks touched, or was touched so shortly before that looks do not tell, is read and compared.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from milebook.app.request import Request
from milebook.cache.store import Store
from milebook.model.findings import Finding, Place, Related
from milebook.system.files import contents

if TYPE_CHECKING:
    from milebook.output import Staged

MOST_NAMES = 100_000
_LARGEST = 200_000_000  # bytes of build.json or made.json
_FRESH = 2.0  # seconds, as in `source.folder`
_STAGE = ".mb-"  # the beginning of what `export` is still writing

Mark = tuple[int, int, int, int]


class RecordedFile(NamedTuple):
    """A file as it was: its SHA-256, how it looked, and whether it had been touched so shortly before that looks do not tell."""

    sha256: str
    mark: Mark
    fresh: bool


class Recalled(NamedTuple):
    """What a build said that need not be repeated. `findings` come without the lines that they quote."""

    findings: list[Finding]
    report: dict[str, Any]
    written: tuple[str, ...]
    left_out: tuple[str, ...]
    working_title: bool
    removed: tuple[str, ...] = ()  # by `--tidy`, in this run


def names_digest(root: Path, out: str) -> str:
    """A digest of all names in the book folder, but for those in `out` and in folders that begin with a dot; "" for too many."""
    digest, count = hashlib.blake2b(digest_size=16), 0
    skip = os.path.normpath(out)
    waiting = [""]
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(root / here) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            return ""
        for entry in listed:
            path = f"{here}/{entry.name}" if here else entry.name
            if os.path.normpath(path) == skip:
                continue
            is_folder = entry.is_dir(follow_symlinks=False)
            if is_folder and not entry.name.startswith("."):
                waiting.append(path)
            target = (root / path).readlink() if entry.is_symlink() else ""
            digest.update(f"{path}\0{is_folder}\0{target}\0".encode("utf-8", "surrogateescape"))
            count += 1
    return digest.hexdigest() if count <= MOST_NAMES else ""


def keep(
    root: Path,
    request: Request,
    names: str,
    read: Mapping[str, RecordedFile],
    outputs: Mapping[str, Staged],
    recalled: Recalled,
) -> None:
    """Record a build that has just ended well. `names` is `names_digest` from before anything was read, `outputs` maps the
    names of the files in the output folder to what they were when they were written.
    """
    if not names:
        return
    out = root / request.out
    written: dict[str, RecordedFile] = {}
    for name, made in sorted(outputs.items()):
        mark = _mark(f"{out}/{name}")
        if mark is None or mark[:3] != (made.inode, made.size, made.written):
            return  # somebody has been there already
        written[name] = RecordedFile(made.sha256, mark, not shows_changes(mark))
    document = {
        "names": names,
        "read": dict(sorted(read.items())),
        "outputs": written,
        "findings": recalled.findings,
        "written": recalled.written,
        "left_out": recalled.left_out,
        "working_title": recalled.working_title,
    }
    store = _store(out)
    store.put(_key(request), json.dumps(document, ensure_ascii=True).encode())


def recall(root: Path, request: Request) -> Recalled | None:
    """What the last build of this request said, if another would say the same and write the same files; else None."""
    root = Path(os.path.realpath(root))
    out = root / request.out
    if not request.cache or Path(os.path.realpath(out)) != out or not out.is_relative_to(root):
        return None
    store, key = _store(out), _key(request)
    kept = store.get(key)
    if kept is None:
        return None
    try:
        document = json.loads(kept)
        if any(out.glob(f"{_STAGE}*")):
            return None  # a run is under way, or was stopped
        # what costs least is asked first, so that a change is noticed before much has been read
        read = _looked_at(root, document["read"], follow=True)  # the author may have made links inside the book folder
        outputs = None if read is None else _looked_at(out, document["outputs"], follow=False)
        if read is None or outputs is None or names_digest(root, request.out) != document["names"]:
            return None
        if not _read_again(root, read, _digest_of_source, follow=True):
            return None
        if not _read_again(out, outputs, _digest_of_output, follow=False):
            return None
        if not _in_ledger(root, {f"{request.out}/{name}": seen.sha256 for name, seen in outputs.items()}):
            return None
        recalled = Recalled(
            [_finding(row) for row in document["findings"]],
            json.loads(contents(out / "build.json", _LARGEST)),
            tuple(document["written"]),
            tuple(document["left_out"]),
            bool(document["working_title"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    found = {"read": dict(sorted(read.items())), "outputs": dict(sorted(outputs.items()))}
    again = json.dumps({**document, **found}, ensure_ascii=True).encode()
    if again != kept:
        store.put(key, again)
    return recalled


def _in_ledger(root: Path, sums: Mapping[str, str]) -> bool:
    """Whether the account of what was made has these files, by path, with these SHA-256. Raises OSError, ValueError, KeyError."""
    rows = json.loads(contents(root / "build" / "made.json", _LARGEST))["files"]
    known = {row["path"]: row["sha256"] for row in rows}
    return all(known.get(path) == sha256 for path, sha256 in sums.items())


def _key(request: Request) -> str:
    asked = (
        request.formats,
        request.layout,
        sorted(set(request.chapters)),
        request.mode,
        request.edition,
        request.without_uncleared,
    )
    return Store.key("record", *asked, request.strict, os.environ.get("SOURCE_DATE_EPOCH", ""))


def _store(out: Path) -> Store:
    cache = out / ".cache"
    return Store(str(cache))


def _looked_at(folder: Path, recorded: Mapping[str, Iterable[Any]], *, follow: bool) -> dict[str, RecordedFile] | None:
    """The recorded files as they look now, `fresh` where that does not tell whether they are what they were, those that look
    touched before those that only may have been; None where one is gone or has another size.
    """
    now: list[tuple[bool, str, RecordedFile]] = []
    for path, (sha256, mark, fresh) in recorded.items():
        found = _mark(f"{folder}/{path}", follow=follow)
        if found is None or found[1] != mark[1]:
            return None
        touched = list(found) != list(mark)
        now.append((not touched, path, RecordedFile(sha256, found, fresh or touched)))
    now.sort(key=lambda entry: entry[0])
    return {path: seen for _, path, seen in now}


def _read_again(
    folder: Path, looked: dict[str, RecordedFile], digest: Callable[[Path, str], str], *, follow: bool
) -> bool:
    """Whether the files whose looks do not tell are what they were. Those that can be told by their looks from now on are
    noted in `looked`.
    """
    for path, (sha256, mark, doubtful) in looked.items():
        if doubtful:
            fresh = time.time() - max(mark[2], mark[3]) / 1e9 < _FRESH
            if digest(folder, path) != sha256 or _mark(f"{folder}/{path}", follow=follow) != mark:
                return False
            looked[path] = RecordedFile(sha256, mark, fresh)
    return True


def _digest_of_source(root: Path, path: str) -> str:
    from milebook.source import BookFolder

    return BookFolder(root).fingerprint(path, Place(path))[0] or ""


def _digest_of_output(out: Path, name: str) -> str:
    with (out / name).open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _mark(path: str, *, follow: bool = False) -> Mark | None:
    """How a regular file looks; None for anything else."""
    try:
        status = os.stat(path, follow_symlinks=follow)  # noqa: PTH116 - of every file of a book, and Path takes twice as long
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def shows_changes(mark: Mark) -> bool:
    """Whether looks alone will tell if an output that was just put in place is ever changed.

    Putting it in place gave it the later of its two times. Where that is later than its last writing, and the disk counts
    in less than hundredths of a second, any writing from now on gives it another time of writing.
    """
    return mark[2] < mark[3] and mark[2] % 10_000_000 != 0


def _finding(row: Any) -> Finding:
    found = Finding(*row)
    spots = tuple(Related(text, Place(*spot)) for text, spot in found.related)
    return found._replace(place=Place(*found.place), related=spots)
