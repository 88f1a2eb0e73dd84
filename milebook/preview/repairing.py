"""Repair text damaged by pasting from the page: show every line as it is and as it would be, then change it.

The same functions are at work as in `milebook check --fix`: one change for all files, and `milebook undo` takes it back. Only
what the page has shown is repaired: where a file has changed since, nothing is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from milebook.model.findings import Finding
from milebook.model.plurals import counted
from milebook.model.repairs import FileRepair
from milebook.preview.arranging import CANNOT, CONFLICT, OK, Reply, reasons

SHOWN = 300  # lines


class Repairer:
    """Repairs the texts of one book folder. `find` gives what can be repaired, `apply` does it: [] or why it was not done."""

    def __init__(
        self, find: Callable[[], list[FileRepair]], apply: Callable[[list[FileRepair]], list[Finding]]
    ) -> None:
        self._find, self._apply = find, apply

    def plan(self) -> dict[str, Any]:
        """Every line that would be changed, by file, and a digest that stands for all of it."""
        found = self._find()
        left = SHOWN
        files = []
        for one in found:
            lines = [[line.line, line.before, line.after, ", ".join(line.why)] for line in one.lines[:left]]
            left -= len(lines)
            files.append({"file": one.path, "count": len(one.lines), "lines": lines})
        return {"digest": _digest(found), "count": sum(len(one.lines) for one in found), "files": files}

    def repair(self, body: Mapping[str, Any]) -> Reply:
        """Do what `plan` showed."""
        found = self._find()
        if _digest(found) != body.get("digest"):
            return CONFLICT, {"why": "a file was changed meanwhile; look again"}
        count = sum(len(one.lines) for one in found)
        problems = self._apply(found)
        if problems:
            return CANNOT, {"why": reasons(problems)}
        return OK, {"title": f"Repaired {counted(count, 'line')}"}


def _digest(found: Sequence[FileRepair]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for one in found:
        for data in (one.path.encode("utf-8", "surrogateescape"), one.old, one.new):
            digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()
