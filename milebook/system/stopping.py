"""Whether Ctrl-C comes too late: once the files of a command are in their places, there is nothing to stop any more."""

from __future__ import annotations

from contextvars import ContextVar

_placed = ContextVar("placed", default=False)  # of the command under way, in its own thread


def new_command() -> None:
    """A command begins, and can be stopped."""
    _placed.set(False)


def files_are_placed() -> None:
    """Files have taken the place of earlier ones: to say now that the command was stopped would be wrong."""
    _placed.set(True)


def is_too_late() -> bool:
    """Whether the command under way has put files in their places."""
    return _placed.get()
