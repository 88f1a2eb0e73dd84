"""`milebook status`: what a book holds, read, counted and checked, but not built."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from milebook.app.load import Result, load, refused
from milebook.checks.castoff import castoff_report
from milebook.layout import read_layout
from milebook.model.findings import NOTE
from milebook.model.slugs import slug
from milebook.output.ledger import Ledger, last_report, read_ledger
from milebook.writers import paged_format


def status(root: Path) -> Result:
    """The report of a book; nothing is written. `outdated` in it lists files whose names have an old title or chapter."""
    loaded = load(root, unfilled=True)
    # A book that is still to be filled is no fault where nothing is made of it.
    findings = [f._replace(severity=NOTE) if f.code == "MB181" else f for f in loaded.findings]
    result = refused(loaded, findings)
    if loaded.book is None:
        return result
    report = dict(result.report)
    layout, _ = read_layout(paged_format().default_layout, loaded.folder)
    if layout is not None:
        report["castoff"] = castoff_report(loaded.book, layout, 0)
    title, chapters = slug(loaded.book.info.title), [chapter.id for chapter in loaded.book.chapters]
    ledger, last = read_ledger(root), last_report(root)
    report["outdated"] = [made.path for made in ledger.outdated(title, chapters)]
    report["pages"] = _pages(last.get("pages"), _part_of_book(ledger, last))
    return replace(result, report=report, refused=False)


def _part_of_book(ledger: Ledger, last: Mapping[str, object]) -> str:
    """The paged file of the last build if it holds some chapters only, whose pages have other numbers in the book; else ""."""
    outputs = last.get("outputs")
    built = {row.get("path") for row in outputs if isinstance(row, dict)} if isinstance(outputs, list) else set()
    parts = (made.path for made in ledger.files.values() if made.ids and made.path in built)
    return next((path for path in parts if path.endswith(paged_format().suffix)), "")


def _pages(rows: object, part: str) -> list[dict[str, object]]:
    """The pages that the last build left white at the foot, with the `file` if it is only a `part` of the book; rows that
    milebook would not have written are left out.
    """
    kinds: dict[str, type | tuple[type, ...]] = {"page": str, "white": (int, float), "story": str, "title": str}
    return [
        {key: row[key] for key in kinds} | ({"file": part} if part else {})
        for row in (rows if isinstance(rows, list) else ())
        if isinstance(row, dict) and all(isinstance(row.get(key), kind) for key, kind in kinds.items())
    ]
