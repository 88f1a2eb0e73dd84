"""Whether it is too late for Ctrl-C: once the files of a command replace earlier ones, it can no longer be stopped."""

from __future__ import annotations

from contextvars import ContextVar

_placed = ContextVar("placed", default=False)  # of the command under way, in its own thread


def new_command() -> None:
    """A command begins, and can be stopped."""
    _placed.set(False)


def is_too_late() -> bool:
    """Whether the command under way has begun to put files in their places."""
    return _placed.get()


class Placing:
    """Inside its `with` block, files take the place of earlier ones. From there on Ctrl-C comes too late, unless an error
    leaves all as it was.
    """

    def __enter__(self) -> None:
        self._before = _placed.get()
        _placed.set(True)

    def __exit__(self, kind: type[BaseException] | None, *error: object) -> None:
        if kind is not None:
            _placed.set(self._before)
