"""The checklist as a table of another program: where its headings stand, and what its cells hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from milebook.model.english_dates import MONTHS
from milebook.permissions.lists.checklist import CHECKLIST_COLUMNS

Cell = str | int | float | date | None
FIRST_DAY = date(1899, 12, 30)  # from which spreadsheets count days, those of old Macs aside
_HEAD_ROWS = 20  # a title and a note may stand above the headings


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: `headings` gives the column (from 0) of each known heading; `rows` are numbered as the program shows them."""

    name: str  # "" for CSV
    headings: Mapping[str, int]
    strange: tuple[tuple[int, str], ...]  # headings that are none of the checklist's, by column
    rows: tuple[tuple[int, Sequence[Cell]], ...]
    head: int = 1  # the row of the headings
    first_day: date = FIRST_DAY  # of which day a number in a column of days is counted

    @staticmethod
    def of(name: str, rows: Sequence[tuple[int, Sequence[Cell]]], first_day: date = FIRST_DAY) -> Sheet:
        """A sheet whose headings are in the first row that looks like them."""
        found = next((place for place, (_, cells) in enumerate(rows[:_HEAD_ROWS]) if _are_headings(cells)), 0)
        headings: dict[str, int] = {}
        strange = []
        for column, cell in enumerate(rows[found][1] if rows else ()):
            known = known_heading(cell)
            if known and known not in headings:
                headings[known] = column
            elif str(cell or "").strip():
                strange.append((column, str(cell).strip()))
        head = rows[found][0] if rows else 1
        return Sheet(name, headings, tuple(strange), tuple(rows[found + 1 :]), head, first_day)

    @property
    def is_checklist(self) -> bool:
        return self.heading("item") and self.heading("status")

    def heading(self, name: str) -> bool:
        return name in self.headings

    def cell(self, cells: Sequence[Cell], column: str) -> Cell:
        number = self.headings.get(column, -1)
        return cells[number] if 0 <= number < len(cells) else None


def _are_headings(cells: Sequence[Cell]) -> bool:
    return {"item", "status"} <= {known_heading(cell) for cell in cells}


def known_heading(cell: object) -> str:
    """The checklist's column that a heading names, "" for none."""
    word = re.sub(r"[\s_]+", "_", str(cell or "").strip().casefold())
    return word if word in CHECKLIST_COLUMNS else ""


def shown(cell: Cell) -> str:
    """A cell as its program shows it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


_MONTH_AND_YEAR = re.compile(r"([a-z]{3,9})-(\d{4}|\d{1,2})", re.IGNORECASE)


def month(word: str) -> int:
    """The number of an English month, also cut short; 0 for none."""
    name = word.casefold()
    return next(
        (number for number, full in enumerate(MONTHS, 1) if len(name) > 2 and full.casefold().startswith(name)), 0
    )


def same(cell: Cell, written: str) -> bool:
    """Whether a cell still holds what was written into it. Spreadsheets take an id like "may-2026" or "may-5" for a day."""
    word = shown(cell).strip()
    if word == written.strip():
        return True
    was = _MONTH_AND_YEAR.fullmatch(written.strip())
    if not was or not month(was[1]):
        return False
    if now := _MONTH_AND_YEAR.fullmatch(word):  # "May-26"
        return month(now[1]) == month(was[1]) and now[2][-2:] == was[2][-2:]
    if now := re.fullmatch(r"(\d{1,2})-([a-z]{3,9})", word, re.IGNORECASE):  # "5-May"
        return month(now[2]) == month(was[1]) and now[1] == was[2]
    if now := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", word):
        return int(now[2]) == month(was[1]) and int(was[2]) in (int(now[1]), int(now[3]))
    return False


def column_letters(column: int) -> str:
    """The letters of a column as spreadsheets show it: 0 -> A, 27 -> AB."""
    found, number = "", column + 1
    while number > 0:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found


def lost_letters(before: str, now: str) -> bool:
    """Whether a text has a question mark or a replacement character where there was a letter that an old character set lacks."""
    return (
        len(before) == len(now)
        and before != now
        and all(
            one == other or (not one.isascii() and other in "?\ufffd") for one, other in zip(before, now, strict=True)
        )
    )
