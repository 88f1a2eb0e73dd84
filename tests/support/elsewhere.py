"""Run milebook as if this were a system without what only POSIX has: `python elsewhere.py ARGUMENTS`.

Taken away: fcntl, resource, fork, folder handles (`dir_fd`), O_NOFOLLOW and its kind, user ids, hard links, the exchange of two
names, and the UTF-8 console.
"""

from __future__ import annotations

import os
import sys

GONE = (
    "O_NOFOLLOW",
    "O_DIRECTORY",
    "O_NONBLOCK",
    "O_CLOEXEC",
    "fork",
    "forkpty",
    "geteuid",
    "getuid",
    "getgid",
    "fchmod",
)


def _no_links(*arguments: object, **keywords: object) -> None:
    raise OSError(1, "Operation not permitted")


def take_away() -> None:
    """From now on this process has none of it."""
    sys.modules["fcntl"] = None  # type: ignore[assignment]
    sys.modules["resource"] = None  # type: ignore[assignment]
    sys.modules["ctypes"] = None  # type: ignore[assignment]
    for name in GONE:
        if hasattr(os, name):
            delattr(os, name)
    os.supports_dir_fd.clear()
    os.link = _no_links
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="cp1252", errors="strict")  # type: ignore[union-attr]


if __name__ == "__main__":
    take_away()
    from milebook.__main__ import main

    main(sys.argv[1:])
