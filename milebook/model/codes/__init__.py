"""Every finding that milebook can report: one row per code, in a module for each family. A code is never given a second meaning.

`docs/codes.md` is made from this table.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from milebook.model.codes import (
    book_folder,
    from_outside,
    index,
    layouts,
    made_files,
    packages,
    permissions,
    photos,
    story_text,
)
from milebook.model.findings import ERROR, Finding


class Code(NamedTuple):
    """A row: how bad it is, what it is called, and a sentence for the manual that says when it is reported."""

    severity: str
    title: str
    about: str


FAMILIES = (book_folder, index, story_text, permissions, photos, layouts, made_files, packages, from_outside)
CODES: dict[str, Code] = {code: Code(*row) for family in FAMILIES for code, row in family.ROWS.items()}


def severity(finding: Finding) -> str:
    """How bad a finding is: what it says itself, else what its code says."""
    return finding.severity or CODES[finding.code].severity


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Those of the findings that are errors."""
    return [finding for finding in findings if severity(finding) == ERROR]
