"""Whether a killed run has left something in a book folder: one look at four folders, for the start of every command."""

from __future__ import annotations

import os

PREFIX = ".mb-"  # of what a run gets ready in the folder that it writes into
LOCK = ".milebook.lock"  # of the folder that a run writes into
STORE = ".milebook"  # what undo needs
STAGE = os.path.join(STORE, "stage")  # noqa: PTH118 - loaded by every command
_FOLDERS = ("", "stories", "build")


def has_leftovers(root: str) -> bool:
    """Nothing is opened, and a folder that is not there has nothing in it."""
    if os.path.lexists(os.path.join(root, STAGE)):  # noqa: PTH118
        return True
    for folder in _FOLDERS:
        try:
            with os.scandir(os.path.join(root, folder)) as found:  # noqa: PTH118
                if any(entry.name.startswith(PREFIX) for entry in found):
                    return True
        except OSError:
            continue
    return False
