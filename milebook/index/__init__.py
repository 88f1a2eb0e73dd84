"""Read `stories/index.yaml` into the Index, and edit it so that every other byte stays."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from milebook.cache.bundle import Pack
from milebook.cache.lists import Misfit, fitting, row
from milebook.cache.lists import findings as findings_from
from milebook.cache.sealing import sealed, unsealed
from milebook.model.book import Index
from milebook.model.findings import Finding, Place
from milebook.source import BookFolder, Looks

if TYPE_CHECKING:
    from milebook.yaml_nodes import Node

__all__ = ["read_index"]


def read_index(folder: BookFolder, pack: Pack | None = None) -> tuple[Index | None, list[Finding]]:
    """Read the index of a book folder, unless `pack` has it as it was understood last time and nobody has touched it.

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
    looks = folder.looks(path)
    kept = _kept(pack, path, text, looks) if pack and looks else None
    if kept is not None and pack:
        pack.keep("index", path)
        return kept[0], findings + kept[1]
    index, more = _read(text, path)
    if index is not None and looks and pack and pack.keeps:
        _keep(pack, path, text, looks, index, more)
    return index, findings + more


def _kept(pack: Pack, path: str, text: str, looks: Looks) -> tuple[Index, list[Finding]] | None:
    """The index as it was read last time, if it is the same file with the same words."""
    found = pack.get("index", path)
    if found is None:
        return None
    from milebook.index.keeping import index_from

    def fit(seen: Any, closed: Any) -> tuple[Index, list[Finding]]:
        if Looks.of(seen)[:2] != looks[:2]:
            raise Misfit
        findings, index = row(unsealed(closed, text), 2)
        return index_from(index, path), findings_from(findings)

    return fitting(lambda: fit(*row(found, 2)))


def _keep(pack: Pack, path: str, text: str, looks: Looks, index: Index, findings: list[Finding]) -> None:
    """An index holds addresses and withheld names, which must not lie about in the folder of what is handed on."""
    from milebook.index.keeping import index_row

    with suppress(Misfit, ValueError):
        pack.put([looks, sealed([findings, index_row(index)], text)], "index", path)


def _read(text: str, path: str) -> tuple[Index | None, list[Finding]]:
    from milebook.index.entries import Reader
    from milebook.index.references import check_references
    from milebook.yaml_nodes import Fields, read_yaml
    from milebook.yaml_nodes.reading import collected_later

    with collected_later():
        root, findings = read_yaml(text, path)
        if not isinstance(root, Fields):
            return None, findings or [_no_fields(root, path)]
        reader = Reader(root, findings)
        index = reader.index(path)
        check_references(index, reader)
        findings.sort(key=_place)
        return index, findings


def _no_fields(root: Node | None, path: str) -> Finding:
    from milebook.yaml_nodes import Text

    hint = "it begins with a line book: and has the parts book, chapters, agreements and stories; see milebook init"
    if root is None or (isinstance(root, Text) and root.bare):
        return Finding("MB100", "the index is empty", Place(path), hint)
    return root.finding("MB100", "the index must be made of fields (name: value)", hint)


def _place(finding: Finding) -> tuple[int, int]:
    return finding.place.line, finding.place.column
