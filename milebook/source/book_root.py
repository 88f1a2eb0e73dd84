"""Find the book folder from its `stories` folder, where an author may well be when typing a command."""

from __future__ import annotations

import os
from pathlib import Path

from milebook.source.folder import INDEXES

_MADE = (".milebook", "build", "layouts")  # what lies in a book folder beside the stories


def book_root(folder: Path) -> Path:
    """The folder above, if `folder` is the `stories` folder of the book there; else `folder` itself.

    A book may have its index directly in its folder, and that folder may be called “stories”: it is one if layouts or made
    files are in it, and none in the folder above.
    """
    within, alone = INDEXES
    if os.path.lexists(folder / within) or not os.path.lexists(folder / alone):
        return folder
    above = folder.resolve().parent
    try:
        if not (above / within).parent.samefile(folder):
            return folder
    except (OSError, ValueError):
        return folder
    return folder if _used(folder) and not _used(above) else above


def _used(folder: Path) -> bool:
    return any(os.path.lexists(folder / name) for name in _MADE)
