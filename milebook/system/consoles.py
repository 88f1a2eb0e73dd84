"""Whether a console understands colors: older ones of Windows have to be switched on, and the oldest cannot."""

from __future__ import annotations

import sys
from functools import cache

# GetStdHandle's number for standard output; the mode in which escapes are understood
_OUTPUT, _VIRTUAL_TERMINAL = (-11, 4)


@cache
def understands_colors() -> bool:
    """Whether escape sequences are understood rather than shown, after asking for it."""
    if sys.platform != "win32":
        return True
    import ctypes

    kernel = ctypes.windll.kernel32
    mode = ctypes.c_ulong()
    handle = kernel.GetStdHandle(_OUTPUT)
    if not kernel.GetConsoleMode(handle, ctypes.byref(mode)):
        return False
    return bool(kernel.SetConsoleMode(handle, mode.value | _VIRTUAL_TERMINAL))
