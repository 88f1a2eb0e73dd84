"""Lock a file for this process, on every system; the lock ends with the process.

`filelock` would do the same; loading it takes 0.08 s, which every build would have to wait for.
"""

from __future__ import annotations

import os
import sys

_BEYOND = 1 << 30  # the byte that Windows locks lies beyond the text, which others must be able to read


def try_lock(descriptor: int) -> bool:
    """Lock an open file; False where another process has it. A file system without locks counts as locked: better to work
    than to refuse for ever.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(descriptor, _BEYOND, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            os.lseek(descriptor, 0, os.SEEK_SET)
        else:
            try:
                import fcntl
            except ImportError:
                return True

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True
