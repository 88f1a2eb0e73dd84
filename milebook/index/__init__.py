"""Read `stories/index.yaml` into the Index, and edit it so that every other byte stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milebook.model.findings import Finding, Place
from milebook.model.index import Index
from milebook.source import BookFolder

if TYPE_CHECKING:
    from milebook.yaml_nodes import Node

__all__ = ["read_index"]


def read_index(folder: BookFolder) -> tuple[Index | None, list[Finding]]:
    """Read the index of a book folder.

    Returns None for the index where there is nothing to work on: no file, not a text, or not made of fields. Everything
    else that is wrong is a finding, and its value is left at the default of its noun, so that one run reports all.
    `places` of a noun holds the place of each value that was written, under the names of its attributes; a field that was
    not written is not in it.
    """
    path = folder.index_path()
    if path is None:
        return None, [folder.no_index()]
    text, findings = folder.read_text(path, Place(path))
    if text is None:
        return None, findings
    index, more = _read(text, path)
    return index, findings + more


def _read(text: str, path: str) -> tuple[Index | None, list[Finding]]:
    from milebook.index.entries import Reader
    from milebook.index.references import check_references
    from milebook.yaml_nodes import Fields, read_yaml

    root, findings = read_yaml(text, path)
    if not isinstance(root, Fields):
        return None, findings or [_no_fields(root, path)]
    reader = Reader(root, findings)
    index = reader.index(path)
    check_references(index, reader)
    findings.sort(key=_place)
    return index, findings


def _no_fields(root: Node | None, path: str) -> Finding:
    from milebook.yaml_nodes import Scalar

    hint = "it begins with a line book: and has the parts book, chapters, agreements and stories; see milebook init"
    if root is None or (isinstance(root, Scalar) and root.bare):
        return Finding("MB100", "the index is empty", Place(path), hint)
    return root.finding("MB100", "the index must be made of fields (name: value)", hint)


def _place(finding: Finding) -> tuple[int, int]:
    return finding.place.line, finding.place.column
