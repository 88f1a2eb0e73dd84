"""A build that would only make the same files again: the record that a build leaves in, whether it still holds out.

A record names every file that was read and written, with digests and with how each looked on the disk. It holds when all
of them are what they were, no name in the book folder has come or gone, and milebook is the same (see `workshop`). A file that
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
from typing import Any, NamedTuple

from milebook.findings import Finding, Place, Related
from milebook.request import Request
from milebook.shelf import Shelf
from milebook.workshop import workshop

MOST_NAMES = 100_000
_FRESH = 2.0  # seconds, as in `source.folder`
_STAGE = ".mb-"  # the beginning of what `export` is still writing

Mark = tuple[int, int, int, int]


class Seen(NamedTuple):
    """A file as it was: its SHA-256, how it looked, and whether it had been touched so shortly before that looks do not tell."""

    sha256: str
    mark: Mark
    fresh: bool


class Recalled(NamedTuple):
    """What a build said that need not be repeated. `findings` have the lines they quote."""

    findings: list[Finding]
    report: dict[str, Any]
    written: tuple[str, ...]
    left_out: tuple[str, ...]
    working_title: bool


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
    read: Mapping[str, Seen],
    outputs: Mapping[str, str],
    recalled: Recalled,
) -> None:
    """Record a build that has just ended well. `names` is `names_digest` from before anything was read, `outputs` maps the
    names of the files in the output folder to their SHA-256.
    """
    if not names:
        return
    out = root / request.out
    written: dict[str, Seen] = {}
    for name, sha256 in outputs.items():
        mark = _mark(out / name)
        if mark is None:
            return
        written[name] = Seen(sha256, mark, True)
    document = {
        "names": names,
        "read": dict(sorted(read.items())),
        "outputs": written,
        "findings": recalled.findings,
        "written": recalled.written,
        "left_out": recalled.left_out,
        "working_title": recalled.working_title,
    }
    shelf = _shelf(out)
    shelf.put(_key(request), json.dumps(document, ensure_ascii=True).encode())
    shelf.prune()


def recall(root: Path, request: Request) -> Recalled | None:
    """What the last build of this request said, if another would say the same and write the same files; else None."""
    root = Path(os.path.realpath(root))
    out = root / request.out
    if not request.cache or Path(os.path.realpath(out)) != out or not out.is_relative_to(root):
        return None
    shelf, key = _shelf(out), _key(request)
    kept = shelf.get(key)
    if kept is None:
        return None
    try:
        document = json.loads(kept)
        if any(out.glob(f"{_STAGE}*")):
            return None  # a run is under way, or was stopped
        read = _still(root, document["read"], _digest_of_source)
        outputs = _still(out, document["outputs"], _digest_of_output)
        if read is None or outputs is None or names_digest(root, request.out) != document["names"]:
            return None
        recalled = Recalled(
            [_finding(row) for row in document["findings"]],
            json.loads((out / "build.json").read_bytes()),
            tuple(document["written"]),
            tuple(document["left_out"]),
            bool(document["working_title"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    again = json.dumps({**document, "read": read, "outputs": outputs}, ensure_ascii=True).encode()
    if again != kept:
        shelf.put(key, again)
    return recalled


def _key(request: Request) -> str:
    asked = (
        request.formats,
        request.layout,
        request.chapters,
        request.mode,
        request.edition,
        request.without_uncleared,
    )
    return Shelf.key("record", workshop(), *asked, request.strict, os.environ.get("SOURCE_DATE_EPOCH", ""))


def _shelf(out: Path) -> Shelf:
    cache = out / ".cache"
    return Shelf("" if os.path.islink(cache) else str(cache / "records"))  # noqa: PTH114 - Path's own raises where a name is too long


def _still(
    folder: Path, recorded: Mapping[str, Iterable[Any]], digest: Callable[[Path, str], str]
) -> dict[str, Seen] | None:
    """The recorded files as they look now, if all of them are what they were; else None."""
    now: dict[str, Seen] = {}
    follow = digest is _digest_of_source  # the author may have made links inside the book folder
    for path, (sha256, mark, fresh) in recorded.items():
        found = _mark(folder / path, follow=follow)
        if found is None:
            return None
        if fresh or list(found) != list(mark):
            fresh = time.time() - max(found[2], found[3]) / 1e9 < _FRESH
            if digest(folder, path) != sha256 or _mark(folder / path, follow=follow) != found:
                return None
        now[path] = Seen(sha256, found, fresh)
    return now


def _digest_of_source(root: Path, path: str) -> str:
    from milebook.source import BookFolder

    return BookFolder(root).fingerprint(path, Place(path))[0] or ""


def _digest_of_output(out: Path, name: str) -> str:
    with (out / name).open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _mark(path: Path, *, follow: bool = False) -> Mark | None:
    """How a regular file looks; None for anything else."""
    try:
        status = path.stat(follow_symlinks=follow)
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _finding(row: Any) -> Finding:
    code, message, place, hint, related, severity, quote = row
    spots = tuple(Related(text, Place(*spot)) for text, spot in related)
    return Finding(code, message, Place(*place), hint, spots, severity, quote)
