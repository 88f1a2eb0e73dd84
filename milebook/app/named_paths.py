"""Say what may have been meant by a path on the command line that leads to nothing: a near name, or a name with spaces."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from milebook.model.command_words import command_word
from milebook.model.near_names import nearest

_MOST_WORDS = 12  # of a name that was typed without quotation marks
_MOST_SHOWN = 5
_MOST_NAMES = 5_000  # of a folder that are compared


class Missing(NamedTuple):
    """A path that leads to nothing, as it was typed or meant, and the cure; "" where nothing is near."""

    shown: str
    cure: str
    parted: bool = False  # it is there, but was typed as several words


def missing(paths: Sequence[str]) -> list[Missing]:
    """The paths that lead to nothing. The words of one name with spaces, typed without quotation marks, count as one."""
    found: list[Missing] = []
    at = 0
    while at < len(paths):
        end = at + 1
        if not _is_there(paths[at]):
            end, whole = _joined(paths, at)
            cure = f"a name with spaces needs quotation marks: {command_word(whole)}" if whole else _near(paths[at])
            found.append(Missing(whole or paths[at], cure, bool(whole)))
        at = end
    return found


def as_message(gone: Sequence[Missing]) -> str:
    """What is missing, as one message for wrong usage."""
    lines = [
        one.cure if one.parted else f"there is no file or folder “{one.shown}”{f'; {one.cure}' if one.cure else ''}"
        for one in gone
    ]
    return "\n".join(lines[:_MOST_SHOWN])


def _joined(paths: Sequence[str], at: int) -> tuple[int, str]:
    """Where a name ends whose words are the arguments from `at` on, and the name; the next argument and "" for none."""
    for end in range(min(len(paths), at + _MOST_WORDS), at + 1, -1):
        whole = " ".join(paths[at:end])
        if os.path.lexists(whole):  # not for words that are too long together to be a name
            return end, whole
    return at + 1, ""


def _is_there(path: str) -> bool:
    """Whether something has this name, also a link that leads nowhere or what may not be looked at: reading says why."""
    try:
        Path(path).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError):
        return True
    return True


def _near(path: str) -> str:
    """The name in the same folder that is nearest, as a cure; "" for none."""
    folder = Path(path).parent
    near = nearest(Path(path).name, list(_names(folder)))
    return f"did you mean {command_word(str(folder / near))}?" if near else ""


def _names(folder: Path) -> Iterator[str]:
    try:
        yield from sorted(path.name for path in islice(folder.iterdir(), _MOST_NAMES))
    except (OSError, ValueError):
        return
