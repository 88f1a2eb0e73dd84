"""`milebook status`: what a book holds, read, counted and checked, but not built."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from milebook.app.load import Result, load, refused
from milebook.checks.castoff import castoff_report
from milebook.layout import read_layout
from milebook.model.slugs import slug
from milebook.output.ledger import read_ledger
from milebook.writers import paged_format


def status(root: Path) -> Result:
    """The report of a book; nothing is written. `outdated` in it lists files whose names have an old title or chapter."""
    loaded = load(root)
    result = refused(loaded, loaded.findings)
    if loaded.book is None:
        return result
    report = dict(result.report)
    layout, _ = read_layout(paged_format().default_layout, loaded.folder)
    if layout is not None:
        report["castoff"] = castoff_report(loaded.book, layout, 0)
    title, chapters = slug(loaded.book.info.title), [chapter.id for chapter in loaded.book.chapters]
    report["outdated"] = [made.path for made in read_ledger(root).outdated(title, chapters)]
    return replace(result, report=report, refused=False)
