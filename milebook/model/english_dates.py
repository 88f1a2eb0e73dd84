"""English dates, for letters, forms and the cells of spreadsheets."""

from __future__ import annotations

from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def english_date(day: str) -> str:
    """ "2026-03-04" as "March 4, 2026"; what is no such date stays as it is."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day
    return f"{MONTHS[found.month - 1]} {found.day}, {found.year}"
