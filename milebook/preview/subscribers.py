"""Somebody who looks at the preview: a stream of messages, and the place that is looked at."""

from __future__ import annotations

import queue
from collections.abc import Callable
from typing import Any

MOST_WAITING = 8  # messages; whoever is so far behind gets the newest only

Message = dict[str, Any]


class Subscriber:
    """One open stream. `anchor` is the paragraph at the place, `pages` are the numbers of those in sight."""

    def __init__(self, client: str) -> None:
        self.client = client
        self.anchor = ""
        self.pages: list[int] = []
        self.width = 0
        self._queue: queue.Queue[Message | None] = queue.Queue()

    def put(self, message: Message) -> None:
        """Send a message; every one holds the whole state, so that old ones may be left out."""
        while self._queue.qsize() >= MOST_WAITING:
            try:
                self._queue.get_nowait()
            except queue.Empty:
                break
        self._queue.put(message)

    def end(self) -> None:
        """No more messages will come."""
        self._queue.put(None)

    def next(self, timeout: float) -> Message | None:
        """The newest message; raises queue.Empty after so many seconds without one. None is the end."""
        message = self._queue.get(timeout=timeout)
        while message is not None:
            try:
                newer = self._queue.get_nowait()
            except queue.Empty:
                break
            if newer is not None:
                newer["changed"] = message["changed"] + newer["changed"]
            message = newer
        return message

    def pages_after(self, page_of: Callable[[str], int], count: int) -> list[int]:
        """The pages that will be in sight now: moved as far as the place has moved, with the width that was asked for."""
        if not self.width or not self.pages:
            return []
        at = page_of(self.anchor) if self.anchor else -1
        if at < 0 or at in self.pages:
            wanted = self.pages
        else:
            wanted = [at - 1, at, at + 1][: max(2, len(self.pages))]
        return [page for page in wanted if 0 <= page < count]
