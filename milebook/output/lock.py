"""One build at a time: a lock on the output folder that dies with its process."""

from __future__ import annotations

import errno
import os
import stat
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from milebook.model.findings import Finding, Place
from milebook.system import files
from milebook.system.folders import Folder
from milebook.system.leftovers import LOCK
from milebook.system.locks import try_lock

WAIT = 5.0  # seconds
_STEP = 0.05

_held: dict[tuple[str, int], int] = {}  # folder, thread -> how often the thread holds it


@contextmanager
def hold(folder: Path, wait: float = WAIT, opened: Folder | None = None) -> Iterator[list[Finding]]:
    """Holds the lock of `folder`, which must be there. Yields findings: not empty where another milebook kept it longer
    than `wait` seconds, and then the lock is not held. May be nested. Raises OSError where the folder cannot be written.

    `opened` is the folder itself, for those who have it open.
    """
    name = os.path.realpath(folder)
    holding = name, threading.get_ident()
    if holding in _held:
        _held[holding] += 1
        try:
            yield []
        finally:
            _held[holding] -= 1
        return
    with nullcontext(opened) if opened is not None else Folder.at(Path(name)) as here:
        descriptor = take(here, LOCK, wait)
        if descriptor is None:
            yield [_busy(Path(name, LOCK), folder)]
            return
        _held[holding] = 1
        try:
            yield []
        finally:
            del _held[holding]
            release(here, LOCK, descriptor)


def take(folder: Folder, name: str, wait: float, doing: str = "") -> int | None:
    """Lock the file `name` for this process, which may say what it is `doing`; None if someone else keeps it for longer than
    `wait` seconds. The lock ends with the process, or with `release` of the descriptor. Raises OSError.
    """
    tries = max(1, round(wait / _STEP))
    for attempt in range(tries + 1):
        descriptor, is_ours = folder.open(name, files.LOCK), False
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise FileExistsError(errno.EEXIST, "something that is no file is in the way", str(folder.path / name))
            is_ours = try_lock(descriptor) and _is_still(folder, name, descriptor)
            if is_ours:
                os.ftruncate(descriptor, 0)
                os.write(descriptor, f"{os.getpid()} {doing}".strip().encode())
                return descriptor
        except BaseException:
            if is_ours:  # else it is the lock of another command
                release(folder, name, descriptor)
            else:
                os.close(descriptor)
            raise
        os.close(descriptor)
        if attempt < tries:
            time.sleep(_STEP)
    return None


def release(folder: Folder, name: str, descriptor: int) -> None:
    """Let a lock go."""
    with suppress(OSError):
        if sys.platform != "win32":  # there a file in use cannot be deleted, and the empty lock stays
            folder.remove(name)  # before it is let go: whoever waits sees that it is another file
    os.close(descriptor)


def holder(path: Path) -> tuple[str, str]:
    """The number of the process that holds a lock, and what it is doing; "" for what is not known."""
    try:
        pid, _, doing = path.read_text(encoding="utf-8", errors="replace")[:200].partition(" ")
    except OSError:
        return "", ""
    return (pid if pid.isdecimal() else ""), doing.strip()


def _is_still(folder: Folder, name: str, descriptor: int) -> bool:
    """Whether the file that was locked is the one in the folder: its last owner may have deleted it meanwhile."""
    if sys.platform == "win32":
        return True
    try:
        status = folder.status(name)
        return status is not None and os.path.samestat(os.fstat(descriptor), status)
    except OSError:
        return False


def _busy(path: Path, folder: Path) -> Finding:
    pid, _ = holder(path)
    who = f" (process {pid})" if pid else ""
    fact = f'another milebook{who} is writing into "{folder.name}" and has not finished'
    return Finding("MB066", fact, Place(folder.name), "wait until it is done, then run the command again")
