"""`milebook status`: what a book holds, read, counted and checked, but not built."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from milebook.app.load import Result, load, refused
from milebook.checks.castoff import castoff_report
from milebook.layout import read_layout
from milebook.model.findings import NOTE
from milebook.model.slugs import slug
from milebook.output.ledger import last_report, read_ledger
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
    report["outdated"] = [made.path for made in read_ledger(root).outdated(title, chapters)]
    report["pages"] = _pages(last_report(root).get("pages"))
    return replace(result, report=report, refused=False)


def _pages(rows: object) -> list[dict[str, object]]:
    """The pages that the last build left white at the foot; rows that milebook would not have written are left out."""
    kinds: dict[str, type | tuple[type, ...]] = {"page": str, "white": (int, float), "story": str, "title": str}
    return [
        {key: row[key] for key in kinds}
        for row in (rows if isinstance(rows, list) else ())
        if isinstance(row, dict) and all(isinstance(row.get(key), kind) for key, kind in kinds.items())
    ]
