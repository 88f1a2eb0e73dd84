"""Every finding that milebook can report: one row a code, never used again for anything else.

Families follow the rooms: MB0 files, MB1 index, MB2 prose, MB3 permissions, MB4 photos and captions, MB5 layout, MB6 press,
MB7 export. `docs/codes.md` is made from this table.
"""

from __future__ import annotations

from typing import NamedTuple

from milebook.findings import ERROR, NOTE, WARNING


class Code(NamedTuple):
    """A row: how bad it is, what it is called, and a sentence for the manual that says when it is reported."""

    severity: str
    title: str
    about: str


E, W, N = ERROR, WARNING, NOTE

CODES: dict[str, Code] = {}


def _family(rows: dict[str, tuple[str, str, str]]) -> None:
    for code, (severity, title, about) in rows.items():
        if code in CODES:
            raise AssertionError(f"{code} stands twice")
        CODES[code] = Code(severity, title, about)
