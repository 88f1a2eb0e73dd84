"""Look up the source line of each finding, to be shown with it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from milebook.model.findings import Finding

if TYPE_CHECKING:
    from milebook.source import BookFolder


def with_quotes(findings: Iterable[Finding], folder: BookFolder) -> list[Finding]:
    """Findings that show their line: the source is looked up for those that were made where it was not at hand."""
    lines: dict[str, list[str]] = {}
    shown: list[Finding] = []
    for finding in findings:
        place = finding.place
        if place.line and not finding.quote and place.file.endswith((".md", ".yaml", ".yml", ".txt")):
            if place.file not in lines:
                text, _ = folder.read_text(place.file, place)
                lines[place.file] = (text or "").split("\n")
            if place.line <= len(lines[place.file]):
                finding = finding._replace(quote=lines[place.file][place.line - 1])
        shown.append(finding)
    return shown
