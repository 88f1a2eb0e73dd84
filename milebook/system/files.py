"""Open, sync, swap and replace files so that it works on Linux, macOS and Windows.

Where a system lacks the strongest way (an exchange of two names, hard links, syncing a folder), the next best one is used.
"""

from __future__ import annotations

import errno
import hashlib
import os
import shutil
import stat
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

_UNSUPPORTED = (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.ENOTTY)
READ = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
LOCK = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_TRIES, _PAUSE = 20, 0.05  # on Windows: a virus scanner or an indexer holds a new file open for a moment
_JUNCTION = 0xA0000003  # IO_REPARSE_TAG_MOUNT_POINT; files of a cloud folder have other tags, and are files
_EXCHANGE = {"linux": ("renameat2", 2), "darwin": ("renamex_np", 2)}  # the function and its flag for "exchange"
_AT_FDCWD = -100


class NotAFile(OSError):
    """Something stands there that is no regular file, such as a folder or a pipe."""


def is_link(path: str | os.PathLike[str]) -> bool:
    """Whether `path` is a symbolic link, or a junction of Windows. False if there is nothing."""
    try:
        return is_link_status(os.lstat(path))
    except OSError:
        return False


def is_link_status(status: os.stat_result) -> bool:
    """Whether this is the status of a symbolic link or a junction, as `lstat` gives it."""
    return stat.S_ISLNK(status.st_mode) or getattr(status, "st_reparse_tag", 0) == _JUNCTION


def may_stand(path: str | os.PathLike[str]) -> bool:
    """Whether there is something at `path`, or may be: a disk that fails does not say."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def is_protected(path: str | os.PathLike[str]) -> bool:
    """Whether a file is marked read-only. False if there is nothing. Windows does not replace such a file, the others would."""
    try:
        return not os.stat(path).st_mode & stat.S_IWUSR  # noqa: PTH116
    except FileNotFoundError:
        return False


def give_access_of(source: Path, target: Path) -> None:
    """Let the same people read and write `target` as `source`. The group is kept where the system allows it: who shares a
    book with others writes files of their own group otherwise. Raises OSError.
    """
    status = source.stat()
    if hasattr(os, "chown") and target.stat().st_gid != status.st_gid:
        with suppress(OSError):
            os.chown(target, -1, status.st_gid)
    target.chmod(status.st_mode & 0o7777)


def open_for_reading(path: str | os.PathLike[str]) -> int:
    """A descriptor of the regular file `path`; a link as its last part is not followed. Raises OSError."""
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise NotAFile(errno.EINVAL, "it is not a file", str(path))
    descriptor = os.open(path, READ)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):  # exchanged between looking and opening
        os.close(descriptor)
        raise NotAFile(errno.EINVAL, "it is not a file", str(path))
    return descriptor


def named_file(path: str | os.PathLike[str], most: int) -> bytes:
    """The bytes of a file that someone named on the command line, wherever a link of that name leads. Raises OSError, also
    for what is no file (opening a pipe would wait for ever) or is longer.
    """
    status = os.stat(path)  # noqa: PTH116
    if stat.S_ISDIR(status.st_mode):
        raise OSError(errno.EISDIR, "it is a folder, not a file", str(path))
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, "it is a pipe or a device, not a file", str(path))
    return contents(os.path.realpath(path), most)


def open_below(root: str, parts: Sequence[str]) -> int:
    """A descriptor for reading the file that lies `parts` below the folder `root`. Where the system can, every step is taken
    from the folder before it, so that a link put in meanwhile is not followed. Raises OSError.
    """
    if not (hasattr(os, "O_DIRECTORY") and os.open in os.supports_dir_fd):
        return os.open(Path(root, *parts), READ)
    *folders, name = parts
    here = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        for folder in folders:
            deeper = os.open(folder, READ | os.O_DIRECTORY, dir_fd=here)
            os.close(here)
            here = deeper
        return os.open(name, READ, dir_fd=here)
    finally:
        os.close(here)


def contents(path: str | os.PathLike[str], most: int) -> bytes:
    """The bytes of the regular file `path`. Raises OSError, also for what is no file (which is not opened) or is longer."""
    with os.fdopen(open_for_reading(path), "rb") as handle:
        data = handle.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return data


def digest(path: str | os.PathLike[str]) -> str:
    """The SHA-256 of the regular file `path`, "" if there is nothing. Raises OSError."""
    try:
        descriptor = open_for_reading(path)
    except FileNotFoundError:
        return ""
    with os.fdopen(descriptor, "rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def sync_file(descriptor: int) -> None:
    """Have the system bring an open file to the disk itself. Raises OSError if it cannot."""
    if sys.platform == "darwin":  # there fsync leaves the data in the disk's own cache
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def sync_folder(folder: str | os.PathLike[str]) -> None:
    """Have the system bring the names in a folder to the disk. Raises OSError.

    A file system that does not know such a request (shared folders, some network drives) does it by itself.
    """
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        sync_folder_descriptor(descriptor)
    finally:
        os.close(descriptor)


def sync_folder_descriptor(descriptor: int) -> None:
    """`sync_folder` for a folder that is open."""
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _UNSUPPORTED:
            raise


def replace(source: str | os.PathLike[str], target: str | os.PathLike[str]) -> None:
    """`os.replace`, tried again for a second where Windows says that someone holds the file. Raises OSError."""
    for attempt in range(_TRIES):
        try:
            Path(source).replace(target)
            return
        except PermissionError:
            if sys.platform != "win32" or attempt == _TRIES - 1:
                raise
        time.sleep(_PAUSE)


def move_without_replacing(source: Path, target: Path) -> bool:
    """Give `source` the name `target`, in one step; False if that name is taken. Raises OSError."""
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        return False
    except (OSError, NotImplementedError) as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EROFS, errno.EIO, errno.ENOENT):
            raise
        if os.path.lexists(target):  # a file system without hard links
            return False
        replace(source, target)
        return True
    source.unlink()
    return True


def swap_in(new: Path, target: Path, old: Path) -> None:
    """Put `new` in the place of the file `target`, in one step, and keep what was there at that moment as `old`.

    All three are on one file system. Where two names cannot be exchanged, `old` is a second name of the file or a copy
    made just before. A kill in between leaves either `new` or the former file at `new`'s or `old`'s name. Raises OSError.
    """
    if _exchange(new, target):
        replace(new, old)
        return
    with suppress(FileNotFoundError):
        old.unlink()
    try:
        os.link(target, old, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(target, old, follow_symlinks=False)
    replace(new, target)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names in one step; False where that is not possible. Raises OSError for any other trouble."""
    function = _exchanger()
    if function is None:
        return False
    import ctypes

    number = function(os.fsencode(one), os.fsencode(other))
    if number == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNSUPPORTED or code == errno.EPERM:
        return False
    raise OSError(code, os.strerror(code), str(other))


@cache
def _exchanger() -> Any:
    """The system's function that exchanges two names, None where there is none."""
    name, flag = _EXCHANGE.get(sys.platform, ("", 0))
    if not name:
        return None
    try:
        import ctypes

        function = getattr(ctypes.CDLL(None, use_errno=True), name)
    except (ImportError, OSError, AttributeError):
        return None
    function.restype = ctypes.c_int
    if sys.platform == "darwin":
        function.argtypes = (ctypes.c_char_p, ctypes.c_char_p, ctypes.c_uint)
        return lambda one, other: function(one, other, flag)
    function.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    return lambda one, other: function(_AT_FDCWD, one, _AT_FDCWD, other, flag)
