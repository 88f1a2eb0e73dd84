"""The lists of a publisher's package, and the evidence with its private log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from milebook.app.list_files import counts_csv
from milebook.app.load import Ready
from milebook.model.draft import Stamp
from milebook.output.spreadsheets import rows_to_csv, rows_to_xlsx
from milebook.package.evidence import Filed, combined, evidence_names
from milebook.package.list_rows import (
    CAPTION_COLUMNS,
    CONTRIBUTOR_COLUMNS,
    QUERY_COLUMNS,
    caption_rows,
    contributor_rows,
    query_rows,
)
from milebook.package.printed_places import printed_pages
from milebook.permissions import ART_COLUMNS, LOG_COLUMNS, Art, art_log_rows, log_rows


def package_lists(
    loaded: Ready, art: Mapping[str, Art], filed: list[Filed], pages: Mapping[str, str], stamp: Stamp
) -> dict[str, bytes]:
    """The lists as CSV and XLSX: nothing private is in them. Pages are those of the print proof, for a Word file's depend on
    the reader's Word."""
    book, items = loaded.book, loaded.items
    printed = printed_pages(book, items, pages)
    filed_names = evidence_names(filed)

    def log(art_part: bool) -> list[tuple[object, ...]]:
        return log_rows(book, items, private=False, art=art_part, pages=printed, evidence_names=filed_names)

    sheets: dict[str, dict[str, tuple[Sequence[object], list[tuple[object, ...]]]]] = {
        "art_log": {"Art": (ART_COLUMNS, art_log_rows(book, items, art))},
        "permissions_log": {"Text": (LOG_COLUMNS, log(False)), "Art": (LOG_COLUMNS, log(True))},
        "contributors": {"Contributors": (CONTRIBUTOR_COLUMNS, contributor_rows(book))},
        "captions_and_alt_texts": {"Captions": (CAPTION_COLUMNS, caption_rows(book))},
    }
    files: dict[str, bytes] = {}
    day = date.fromisoformat(stamp.date)
    for name, tables in sheets.items():
        files[f"{name}.xlsx"] = rows_to_xlsx(tables, created=day)
        head = next(iter(tables.values()))[0]
        files[f"{name}.csv"] = rows_to_csv(head, [row for _, rows in tables.values() for row in rows])
    files["word_counts.csv"] = counts_csv(loaded.counts)
    files["open_queries.csv"] = rows_to_csv(QUERY_COLUMNS, query_rows(book))
    return files


def evidence_files(loaded: Ready, filed: list[Filed], pages: Mapping[str, str], stamp: Stamp) -> dict[str, bytes]:
    """The agreements themselves and the private log: only for those who were asked to have them."""
    printed = printed_pages(loaded.book, loaded.items, pages)
    rows = log_rows(loaded.book, loaded.items, private=True, pages=printed, evidence_names=evidence_names(filed))
    files = {f"05_permissions/{piece.name}": piece.data for piece in filed}
    files["05_permissions/permissions_log_private.xlsx"] = rows_to_xlsx(
        {"Private": (LOG_COLUMNS, rows)}, created=date.fromisoformat(stamp.date)
    )
    if filed:
        files["05_permissions/combined.pdf"] = combined(filed, loaded.book.info.title, stamp.date)
    return files
