"""Explain an error of the operating system to an author."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from milebook.model.findings import Finding, Place
from milebook.source import shown
from milebook.system.leftovers import LOCK, PREFIX, STORE

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_DENIED = (errno.EACCES, errno.EPERM)
_IN_THE_WAY = (errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ENOTEMPTY, errno.ELOOP)


def finding(error: OSError, path: Path, root: Path) -> Finding:
    """The finding for `error` met while writing `path`; `root` is the book folder, which the path is shown under. Of
    milebook's own working files the folder is named: nobody else knows them.
    """
    path = _known(path, root)
    name = shown(within(path, root))
    reason = error.strerror or str(error)
    fact = f'"{name}" could not be written: {reason}'
    place = Place(within(path, root))
    if error.errno in _FULL:
        return Finding(
            "MB060",
            fact,
            place,
            "make room on the disk (build/.cache can always be deleted), or raise the limit, and run the command again",
        )
    if error.errno == errno.EROFS:
        return Finding("MB061", fact, place, "copy the book folder to a disk that can be written to")
    if error.errno in _DENIED and path.name and os.path.isdir(path):  # noqa: PTH112 - which never raises
        hint = "see that you may write into this folder: it may belong to someone else, or be marked read-only"
        return Finding("MB061", fact, place, hint)
    if error.errno in _DENIED:
        return Finding("MB061", fact, place, "close the file in Word or the reader, and see that you may write there")
    if error.errno == errno.ENOENT:
        hint = "it was moved or deleted meanwhile: leave the book folder alone while milebook works, and run the command again"
        return Finding("MB063", fact, place, hint)
    if error.errno == errno.ENAMETOOLONG:
        return Finding(
            "MB062",
            fact,
            place,
            "shorten the title of the book or the names of its folders, or move the book to where the way to it is shorter",
        )
    if error.errno in _IN_THE_WAY:
        return Finding("MB064", fact, place, "move what is in the way, or choose another folder with --out")
    return Finding(
        "MB063", fact, place, "the disk may be failing or disconnected; try another one with a copy of the book"
    )


def _known(path: Path, root: Path) -> Path:
    """A path that an author knows: the folder of a lock or of what is made ready, and `.milebook` for all that is in it."""
    if path.is_relative_to(root / STORE):
        return root / STORE
    inner = next(
        (above for above in (path, *path.parents) if above.name == LOCK or above.name.startswith(PREFIX)), None
    )
    return path if inner is None else inner.parent


def within(path: Path, root: Path) -> str:
    """`path` as it reads from the book folder."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
