"""Hold folders open, so that what is written into them goes nowhere else even if a link takes their name meanwhile.

Where a system has no such handles (Windows), the folder is looked at again before every step: it must still be the one that was
opened, and no link.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from milebook.system import files

_NEEDED = {os.open, os.mkdir, os.rename, os.unlink, os.link, os.stat, os.rmdir}


def _stepwise() -> bool:
    return hasattr(os, "O_DIRECTORY") and hasattr(os, "O_NOFOLLOW") and os.supports_dir_fd >= _NEEDED


class Folder:
    """One folder. Names are those of things directly in it. Every method raises OSError."""

    def __init__(self, path: Path, descriptor: int = -1) -> None:
        self.path = path
        self._descriptor = descriptor
        status = os.fstat(descriptor) if descriptor >= 0 else os.lstat(path)
        self._mark = status.st_dev, status.st_ino

    @classmethod
    def at(cls, path: Path) -> Folder:
        """Open the folder `path`, a real path."""
        if not _stepwise():
            folder = cls(path)
            folder._must_be_here()
            return folder
        return cls(path, os.open(path, os.O_RDONLY | os.O_DIRECTORY | getattr(os, "O_CLOEXEC", 0)))

    def __enter__(self) -> Folder:
        return self

    def __exit__(self, *how: object) -> None:
        self.close()

    def close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def enter(self, name: str, *, make: bool = False) -> Folder:
        """Open a folder in this one; a link of that name is refused."""
        made = False
        if make:
            with suppress(FileExistsError):
                self._call(os.mkdir, name)
                made = True
        try:
            if self._descriptor < 0:
                self._must_be_here()
                folder = Folder(self.path / name)
                folder._must_be_here()
                return folder
            flags = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | getattr(os, "O_CLOEXEC", 0)
            return Folder(self.path / name, os.open(name, flags, dir_fd=self._descriptor))
        except BaseException:
            if made:
                with suppress(OSError):
                    self.remove_folder(name)
            raise

    @contextmanager
    def within(self, path: str, *, make: bool = False) -> Iterator[Folder]:
        """Open a folder some steps down ("" for this one) for the time of a `with` block."""
        here = self
        for name in filter(None, path.split("/")):
            try:
                deeper = here.enter(name, make=make)
            finally:
                if here is not self:
                    here.close()
            here = deeper
        try:
            yield here
        finally:
            if here is not self:
                here.close()

    def create(self, name: str) -> BinaryIO:
        """A new file, for writing, and reading what was written. Nothing may be there."""
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        return os.fdopen(self.open(name, flags | getattr(os, "O_CLOEXEC", 0)), "w+b")

    def open(self, name: str, flags: int) -> int:
        """A descriptor of a file in this folder."""
        if self._descriptor >= 0:
            return os.open(name, flags, 0o666, dir_fd=self._descriptor)
        self._must_be_here()
        return os.open(self.path / name, flags, 0o666)

    def status(self, name: str) -> os.stat_result | None:
        """What stands under a name, a link as itself; None for nothing."""
        try:
            if self._descriptor >= 0:
                return os.stat(name, dir_fd=self._descriptor, follow_symlinks=False)
            return os.lstat(self.path / name)
        except FileNotFoundError:
            return None

    def is_folder(self, name: str) -> bool:
        status = self.status(name)
        return status is not None and stat.S_ISDIR(status.st_mode) and not files.is_link_status(status)

    def names(self) -> list[str]:
        """All names in this folder, sorted."""
        self._must_be_here()
        try:
            return sorted(os.listdir(self._descriptor if self._descriptor >= 0 else self.path))  # noqa: PTH208 - of a descriptor
        except OSError as error:  # which names the descriptor
            raise OSError(error.errno, error.strerror, str(self.path)) from None

    def replace(self, name: str, target: Folder, new: str) -> None:
        """Move a file into the place of another, or to a free name."""
        if self._descriptor >= 0 and target._descriptor >= 0:
            os.replace(name, new, src_dir_fd=self._descriptor, dst_dir_fd=target._descriptor)
            return
        self._must_be_here()
        target._must_be_here()
        files.replace(self.path / name, target.path / new)

    def keep(self, name: str, target: Folder, new: str) -> None:
        """Give a file a second name in another folder; a copy where the disk has no second names."""
        try:
            if self._descriptor >= 0 and target._descriptor >= 0:
                os.link(name, new, src_dir_fd=self._descriptor, dst_dir_fd=target._descriptor, follow_symlinks=False)
            else:
                self._must_be_here()
                os.link(self.path / name, target.path / new, follow_symlinks=False)
            return
        except (OSError, NotImplementedError) as error:
            if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EIO, errno.EROFS):
                raise
        status = self.status(name)
        if status is not None and stat.S_ISLNK(status.st_mode):
            (target.path / new).symlink_to((self.path / name).readlink())
            return
        with os.fdopen(self.open(name, files.READ), "rb") as source, target.create(new) as copy:
            shutil.copyfileobj(source, copy)

    def remove(self, name: str) -> None:
        """Remove a file or link."""
        self._call(os.unlink, name)

    def remove_folder(self, name: str) -> None:
        """Remove an empty folder."""
        self._call(os.rmdir, name)

    def clear(self, name: str) -> None:
        """Remove a folder with everything in it, as far as that can be done."""
        with suppress(OSError), self.enter(name) as folder:
            for inner in folder.names():
                with suppress(OSError):
                    if folder.is_folder(inner):
                        folder.clear(inner)
                    else:
                        folder.remove(inner)
        with suppress(OSError):
            self.remove_folder(name)

    def sync(self) -> None:
        """Have the system bring the names in this folder to the disk."""
        if self._descriptor >= 0:
            files.sync_folder_descriptor(self._descriptor)

    def _call(self, function: object, name: str) -> None:
        """A function of `os` on a name in this folder."""
        assert callable(function)
        if self._descriptor >= 0:
            function(name, dir_fd=self._descriptor)
        else:
            self._must_be_here()
            function(self.path / name)

    def _must_be_here(self) -> None:
        """Without a handle: raises OSError if the folder is no longer the one that was opened, or is reached by a link."""
        if self._descriptor >= 0:
            return
        status = os.lstat(self.path)
        if files.is_link_status(status) or not stat.S_ISDIR(status.st_mode):
            raise NotADirectoryError(errno.ENOTDIR, "it is a link or a file", str(self.path))
        if (status.st_dev, status.st_ino) != self._mark or _spelled(os.path.realpath(self.path)) != _spelled(self.path):
            raise OSError(errno.ELOOP, "the folder was exchanged meanwhile", str(self.path))


def _spelled(path: str | Path) -> str:
    """A path in one spelling, where capitals do not count."""
    return os.path.normcase(os.path.normpath(path))
