"""Run one piece of work in a second process and exchange values with it."""

from __future__ import annotations

import gc
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkContext, SpawnContext

Work = Callable[["Channel"], None]


def processors() -> int:
    return os.cpu_count() or 1


def context(*, fresh: bool = False) -> ForkContext | SpawnContext:
    """How this process may start others. A fork starts at once, but is only sound where no other thread is running, and has
    all that is in this one's memory.
    """
    import multiprocessing

    if not fresh and sys.platform == "linux" and hasattr(os, "fork") and threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    return multiprocessing.get_context("spawn")


class Channel:
    """One end of the way between two processes. Bytes that are sent alone are not copied."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def send(self, thing: object) -> None:
        """Send anything that can be pickled. Raises BrokenPipeError where the other process is over."""
        self._connection.send(None if isinstance(thing, bytes) else (thing,))
        if isinstance(thing, bytes):
            self._connection.send_bytes(thing)

    def receive(self) -> Any:
        """The next thing that was sent. Raises EOFError where there is no more."""
        try:
            received = self._connection.recv()
            return self._connection.recv_bytes() if received is None else received[0]
        except OSError:  # the other process was killed while it wrote
            raise EOFError from None

    def waiting(self) -> bool:
        """Whether something was sent that has not been received, or the other process is over."""
        return self._connection.poll()

    def close(self) -> None:
        self._connection.close()


class Worker(Channel):
    """`work(channel)` in a process of its own, which is over when it returns. `close` ends it in any case.

    `work` can be pickled: a function of a module, or a partial of one. A `fresh` process has nothing of this one's memory.
    """

    def __init__(self, work: Work, *, fresh: bool = False) -> None:
        started = context(fresh=fresh)
        here, there = started.Pipe()
        super().__init__(here)
        self._process = started.Process(target=_run, args=(work, there, here, gc.get_threshold()), daemon=True)
        self._process.start()
        there.close()

    def close(self) -> None:
        super().close()
        if self._process.is_alive():
            self._process.terminate()
        self._process.join()


def _run(work: Work, mine: Connection, theirs: Connection, collected: tuple[int, int, int]) -> None:
    """What the process does. A Ctrl-C reaches both processes; the other one decides what becomes of this one."""
    import signal

    gc.set_threshold(*collected)  # as in the other one
    theirs.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(BrokenPipeError, EOFError, ConnectionResetError):  # no one waits for this any more
        work(Channel(mine))
