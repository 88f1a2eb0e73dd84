"""Make the permissions checklist and the word counts that go with the drafts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from milebook.cache.store import Store
from milebook.checks.word_counts import BookCounts
from milebook.output.spreadsheets import rows_to_csv, rows_to_xlsx
from milebook.permissions import CHECKLIST_COLUMNS, HIDDEN_COLUMNS, PermissionItem, checklist_rows
from milebook.system.files import contents

COUNT_COLUMNS = (
    "chapter",
    "chapter_title",
    "story",
    "title",
    "byline",
    "words",
    "limit",
    "over",
    "word_style",
    "photos",
)

WORKBOOK = "permissions.xlsx"
_LARGEST = 100_000_000  # bytes of a workbook that is read again


def lists(counts: BookCounts | None, items: Sequence[PermissionItem], day: str, out: Path, cache: str = "") -> dict[str, bytes]:  # fmt: skip
    """The files by name. `day` is an ISO date, `out` the folder where earlier ones are, `cache` the one of the cache."""
    rows = checklist_rows(items)

    def workbook() -> bytes:
        sheets = {"Permissions": (CHECKLIST_COLUMNS, rows)}
        return rows_to_xlsx(sheets, created=date.fromisoformat(day), hidden=HIDDEN_COLUMNS)

    made = {
        "permissions.csv": rows_to_csv(CHECKLIST_COLUMNS, rows),
        WORKBOOK: _as_before(out / WORKBOOK, Store(cache), Store.key("workbook", rows, day), workbook),
    }
    return made if counts is None else made | {"word-counts.csv": counts_csv(counts)}


def _as_before(path: Path, store: Store, key: str, make: Callable[[], bytes]) -> bytes:
    """What `make` makes, or the same from `path`, if an earlier run wrote it there. The store keeps its SHA-256 and nothing else."""
    known = store.get(key)
    with suppress(OSError):
        data = contents(path, _LARGEST) if known else b""
        if hashlib.sha256(data).hexdigest().encode() == known:
            return data
    data = make()
    store.put(key, hashlib.sha256(data).hexdigest().encode())
    return data


def count_rows(counts: BookCounts) -> list[tuple[object, ...]]:
    """One row a story, then one a chapter and one for the book, under COUNT_COLUMNS."""
    rows: list[tuple[object, ...]] = []
    for chapter in counts.chapters:
        for story in chapter.stories:
            over = "yes" if story.over else "no"
            rows.append(
                (
                    chapter.number, chapter.title, story.id, story.title, story.byline, story.words, story.limit or "", over,
                    story.word_style, story.photos,
                )
            )  # fmt: skip
    for chapter in counts.chapters:
        rows.append((chapter.number, chapter.title, "", "whole chapter", "", chapter.words, "", "", "", ""))
    rows.append(("", "", "", "all stories (rule mb-1)", "", counts.body, "", "", "", ""))
    rows.append(("", "", "", "whole manuscript (rule mb-1)", "", counts.manuscript, counts.target or "", "", "", ""))
    return rows


def counts_csv(counts: BookCounts) -> bytes:
    return rows_to_csv(COUNT_COLUMNS, count_rows(counts))
