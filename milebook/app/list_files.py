"""Make the permissions checklist and the word counts that go with the drafts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from milebook.checks.word_counts import BookCounts
from milebook.output.spreadsheets import rows_to_csv, rows_to_xlsx
from milebook.permissions import CHECKLIST_COLUMNS, HIDDEN_COLUMNS, PermissionItem, checklist_rows

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


def lists(counts: BookCounts | None, items: Sequence[PermissionItem], day: str) -> dict[str, bytes]:
    """The files by name. `day` is an ISO date."""
    rows = checklist_rows(items)
    made = {
        "permissions.csv": rows_to_csv(CHECKLIST_COLUMNS, rows),
        "permissions.xlsx": rows_to_xlsx(
            {"Permissions": (CHECKLIST_COLUMNS, rows)}, created=date.fromisoformat(day), hidden=HIDDEN_COLUMNS
        ),
    }
    return made if counts is None else made | {"word-counts.csv": counts_csv(counts)}


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
