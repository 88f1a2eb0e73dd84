"""Half of a book's paragraphs broken into lines in a process beside: work to be done in, the breaks found out."""

from __future__ import annotations

import os
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.connection import Connection

Breaks = dict[str, list[list[int]]]


class Helper:
    """A process that calls `work` and hands over what it returns. `first` is the Part from which on it works.

    Nothing depends on it: where it finds nothing, or comes to grief, everything is broken here.
    """

    def __init__(self, first: int, work: Callable[[], Breaks]) -> None:
        self.first, self.heard = first, False
        self._inbox, outbox = get_context("fork").Pipe(duplex=False)
        self._process = os.fork()
        if not self._process:
            try:
                self._inbox.close()
                _work(work, outbox)
            finally:
                os._exit(0)
        outbox.close()

    def found(self) -> Breaks:
        """What the process found; waits for it. Asked for once."""
        self.heard = True
        try:
            found: Breaks = self._inbox.recv()
        except (EOFError, OSError):
            found = {}
        self.close()
        return found

    def close(self) -> None:
        """End the process, if it has not ended."""
        self._inbox.close()
        if self._process:
            os.waitpid(self._process, 0)
            self._process = 0


def _work(work: Callable[[], Breaks], outbox: Connection) -> None:
    try:
        outbox.send(work())
    except (Exception, KeyboardInterrupt):
        return  # what is wrong with the book is found again by whoever asked
