"""Tell which cells of a checklist somebody has filled in, and which are as milebook wrote them.

The last column of a checklist, "as_written", holds a few letters for each cell that matters. They tell whether a cell is still
as it was, also when the index has changed since. In lists without that column, older days tell that a row is out of date.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache

from milebook.permissions.permission_item import PermissionItem

WATCHED = (
    "item", "agreement", "ask", "status", "requested", "granted", "evidence", "formats", "territory", "languages", "expires", "restrictions", "clear",
)  # fmt: skip
_LETTERS = 4  # of each cell
_ASKED = ("to_request", "requested", "no_reply")


def marks(cells: Mapping[str, object]) -> str:
    """The letters for a row as it is written: a word for each of WATCHED. No spreadsheet takes them for a number or a day."""
    return " ".join(_mark(column, cells[column]) for column in WATCHED)


def untouched(written: object, column: str, *values: object) -> bool | None:
    """Whether a cell is as milebook wrote it, where one of `values` is what it holds; None where nothing tells.

    `written` is the cell of the row under "as_written".
    """
    words = str(written or "").split()
    if len(words) != len(WATCHED) or column not in WATCHED:
        return None
    return words[WATCHED.index(column)] in {_mark(column, value) for value in values}


def out_of_date(item: PermissionItem, fields: Mapping[str, object]) -> str:
    """Why a row without marks seems older than the index, in words; "" where it does not."""
    for column in ("granted", "requested"):
        day, now = str(fields.get(column, "")), getattr(item.terms, column)
        if day and day < now:
            return f"{column} {day}, and the index {now}"
    status = fields.get("status", "")
    if status in _ASKED and item.status not in (*_ASKED, "expired"):
        return f"status {status}, and the index {item.status}"
    return ""


def _mark(column: str, value: object) -> str:
    return _letters(column, " ".join(str(value or "").split()))


@lru_cache(maxsize=4096)
def _letters(column: str, text: str) -> str:
    """Those of a cell. Most cells of a checklist say the same as many others."""
    digest = hashlib.sha256(f"{column}\0{text}".encode()).digest()
    return "".join(chr(ord("a") + byte % 26) for byte in digest[:_LETTERS])
