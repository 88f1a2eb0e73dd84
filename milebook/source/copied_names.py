"""Know a file whose name is the wanted one but for what a computer adds to a copy, or for its spaces."""

from __future__ import annotations

import re
from collections.abc import Iterable

from milebook.model.slugs import plain_name

_BEFORE = re.compile(
    r"(?:copy|copie|copia|c[oó]pia|kopie|kopia|kopi)[ _-]+(?:\([0-9]+\) )?(?:(?:of|von|de|di|av|af|van)[ _-]+)?"
)
_WORD = r"(?:copy|copie|copia|c[oó]pia|kopie|kopia|kopi)"
_BEHIND = re.compile(rf"(?:\s*-?\s*\(?\b{_WORD}\)?\s*[0-9]*|\s*\([0-9]+\)|\s+[0-9]{{1,2}})+$")


def copies(wanted: str, names: Iterable[str]) -> list[str]:
    """Those of `names` that are `wanted` with a mark of a copy ("oak (1).md", "Copy of oak.md") or other separators, in order."""
    stem, ending = _parted(wanted)
    core = _plain(stem)
    if not core:
        return []
    return [name for name in names if _parted(name)[1] == ending and _matches(_parted(name)[0], core)]


def _matches(stem: str, core: str) -> bool:
    """Whether the name of a file, without its ending, is `core` but for its marks."""
    front = _BEFORE.match(stem)
    bare = {stem, _BEHIND.sub("", stem)}
    bare |= {_BEHIND.sub("", stem[front.end() :])} if front else set()
    return core in {_plain(one) for one in bare}


def _parted(name: str) -> tuple[str, str]:
    """A name without its ending, in small letters, and the ending."""
    stem, dot, ending = name.lower().rpartition(".")
    return (stem, f".{ending}") if dot else (name.lower(), "")


def _plain(stem: str) -> str:
    return plain_name(stem).strip("-")
