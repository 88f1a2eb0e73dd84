"""Do something beside the rest, where the system gives another thread."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread


def beside(work: Callable[..., object], *arguments: object) -> Thread | None:
    """Begin `work(*arguments)` in a thread of its own. None if there are no more threads: then it is done already."""
    thread = Thread(target=work, args=arguments)
    try:
        thread.start()
    except RuntimeError:  # a limit on processes is reached, or memory is short
        work(*arguments)
        return None
    return thread
