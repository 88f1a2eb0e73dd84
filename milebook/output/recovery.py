"""Finish or undo what a killed run left half done, in the stories and in `build/`: for the start of every command."""

from __future__ import annotations

import os
from pathlib import Path

from milebook.model.findings import Finding
from milebook.output.transaction import recover as recover_stories
from milebook.system.leftovers import PREFIX

OUTPUTS = "build"


def recover(root: Path) -> list[Finding]:
    """Finish or take back an unfinished change of the stories, put finished outputs in their place, and clear away what was
    only made ready. Two looks, unless there is something to do; another run at work is left alone.
    """
    return [*recover_stories(root), *_recover_outputs(Path(os.path.realpath(root)))]


def _recover_outputs(root: Path) -> list[Finding]:
    try:
        with os.scandir(root / OUTPUTS) as found:
            if not any(entry.name.startswith(PREFIX) for entry in found):
                return []
        from milebook.output.lock import hold
        from milebook.output.replace import mend
        from milebook.source import BookFolder
        from milebook.system.folders import Folder

        with Folder.at(root) as book, book.enter(OUTPUTS) as out, hold(out.path, 0.0, out) as busy:
            return [] if busy else mend(out, BookFolder(root))
    except OSError:  # no build/, a link, a disk that cannot be written to: whoever writes there says so
        return []
