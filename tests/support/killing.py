"""End a process like a kill, at a chosen one of its calls that change something on the disk."""

from __future__ import annotations

import os
import sys

CHANGING = (
    "open",
    "os.rename",
    "os.remove",
    "os.mkdir",
    "os.rmdir",
    "os.link",
    "os.chmod",
    "os.truncate",
    "ctypes.dlsym",
)


def die_at_call(step: int) -> None:
    """From now on the Nth such call ends this process before it is made. For a child of `os.fork`."""
    count = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count
        if event in CHANGING:
            count += 1
            if count == step:
                os._exit(9)

    sys.addaudithook(hook)
