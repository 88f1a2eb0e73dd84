"""Answers out of a checklist that somebody has filled in: what changed in its rows, and what cannot be understood.

Only exact words count: a status that is not one of milebook's is a finding and never a yes, and so is a day that could be two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from milebook.index.edit import Value
from milebook.model.book import AGREEMENT_STATUSES, FORMATS
from milebook.model.findings import ERROR, WARNING, Finding, Place
from milebook.permissions.checklist import CHECKLIST_COLUMNS, checklist_rows
from milebook.permissions.clearance import PermissionItem
from milebook.permissions.country_codes import countries
from milebook.permissions.recording import Answer
from milebook.permissions.targets import Target

Cell = str | int | float | date | None
COLUMNS = ("status", "requested", "granted", "evidence", "formats", "territory", "languages", "expires", "restrictions")
"""The columns to be filled in; the others say which row it is, or are worked out by milebook."""
_SAME = ("story", "kind", "agreement", "ask")  # a row in which one of these differs is not the row that milebook wrote
_DAYS = ("requested", "granted", "expires")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: `headings` gives the column (from 0) of each known heading; `rows` are numbered as the program shows them."""

    name: str  # "" for CSV
    headings: Mapping[str, int]
    strange: tuple[tuple[int, str], ...]  # headings that are none of the checklist's, by column
    rows: tuple[tuple[int, Sequence[Cell]], ...]

    @staticmethod
    def of(name: str, rows: Sequence[tuple[int, Sequence[Cell]]]) -> Sheet:
        """A sheet whose headings are in its first row with anything in it."""
        headings: dict[str, int] = {}
        strange = []
        for column, cell in enumerate(rows[0][1] if rows else ()):
            known = known_heading(cell)
            if known and known not in headings:
                headings[known] = column
            elif str(cell or "").strip():
                strange.append((column, str(cell).strip()))
        return Sheet(name, headings, tuple(strange), tuple(rows[1:]))

    def heading(self, name: str) -> bool:
        return name in self.headings

    def cell(self, cells: Sequence[Cell], column: str) -> Cell:
        number = self.headings.get(column, -1)
        return cells[number] if 0 <= number < len(cells) else None


def known_heading(cell: object) -> str:
    """The checklist's column that a heading names, "" for none."""
    word = str(cell or "").strip().casefold().replace(" ", "_")
    return word if word in CHECKLIST_COLUMNS else ""


class Filled(NamedTuple):
    """What a filled-in checklist says: answers to be written, evidence to be looked up, and what is wrong with it."""

    answers: tuple[Answer, ...]
    evidence: Mapping[str, Place]  # paths as typed, with their cells
    findings: tuple[Finding, ...]


def filled_in(sheet: Sheet, file: str, items: Sequence[PermissionItem]) -> Filled:
    """The answers in a sheet. `file` is what findings call it. With an error among the findings, nothing is to be written."""
    return _Reading(sheet, file, items).result()


class _Reading:
    def __init__(self, sheet: Sheet, file: str, items: Sequence[PermissionItem]) -> None:
        self.sheet, self.file, self.items = sheet, file, items
        self.known = {item.item: item for item in items}
        rows = checklist_rows(items)
        self.written = {str(row[3]): dict(zip(CHECKLIST_COLUMNS, map(str, row), strict=True)) for row in rows}
        self.findings: list[Finding] = []

    def result(self) -> Filled:
        self._headings()
        changes: list[tuple[PermissionItem, dict[str, Value], int]] = []
        evidence: dict[str, Place] = {}
        seen: dict[str, int] = {}
        strangers = 0
        for row, cells in self.sheet.rows:
            name = str(self.sheet.cell(cells, "item") or "").strip()
            if not name:
                continue
            item = self.known.get(name)
            if name in seen:
                self._wrong(row, "item", f"{name} stands in row {seen[name]} already", "keep one of the two rows")
                continue
            seen[name] = row
            if item is None:
                strangers += 1
                near = get_close_matches(name, self.known, n=1)
                cure = (
                    f"did you mean {near[0]}?"
                    if near
                    else "the checklist may be of another book, or older than a change of ids"
                )
                self._wrong(row, "item", f"there is no item {name} in this book", cure)
                continue
            fields = self._row(row, cells, item)
            if "evidence" in fields:
                evidence.setdefault(str(fields["evidence"]), self._place(row, "evidence"))
            if fields:
                changes.append((item, fields, row))
        if strangers and strangers == len(seen):
            self.findings = [
                self._finding("none of its rows is of this book", 1, "item", "name the checklist of this book")
            ]
        self._agreements(changes)
        return Filled(tuple(self._answers(changes)), evidence, tuple(self.findings))

    def _answers(self, changes: Sequence[tuple[PermissionItem, dict[str, Value], int]]) -> Iterator[Answer]:
        """One answer for each agreement of which every row was filled in alike; else each row is recorded by itself."""
        rows: dict[str, list[tuple[PermissionItem, dict[str, Value]]]] = {}
        for item, fields, _ in changes:
            rows.setdefault(item.agreement or item.item, []).append((item, fields))
        for name, theirs in rows.items():
            covered = sum(item.agreement == name for item in self.items)
            alike = len({fields.get("status") for _, fields in theirs}) == 1
            if covered == len(theirs) and alike:
                together = {column: value for _, fields in theirs for column, value in fields.items()}
                yield Answer(Target(tuple(item for item, _ in theirs)), together)
            else:
                yield from (Answer(Target((item,)), fields, apart=True) for item, fields in theirs)

    def _headings(self) -> None:
        for column, word in self.sheet.strange:
            near = get_close_matches(
                word.casefold(), [one for one in COLUMNS if one not in self.sheet.headings], n=1, cutoff=0.75
            )
            if near:
                where = f"{_letters(column)}{1}"
                self.findings.append(
                    Finding("MB323", f"{self._where(where)}: the heading was “{near[0]}” and is “{word}” now", Place(self.file, 1),
                            "write the heading as it was", severity=ERROR)
                )  # fmt: skip

    def _row(self, row: int, cells: Sequence[Cell], item: PermissionItem) -> dict[str, Value]:
        """What one row changes."""
        written = self.written[item.item]
        for column in _SAME:
            cell = self.sheet.cell(cells, column)
            if self.sheet.heading(column) and str(cell if cell is not None else "").strip() != written[column].strip():
                fact = f"{column} of {item.item} was “{written[column]}” and is “{_shown(cell)}” now"
                self._wrong(
                    row,
                    column,
                    fact,
                    "leave it as milebook wrote it; if the book has changed since, fill in a new checklist",
                )
                return {}
        fields: dict[str, Value] = {}
        for column in COLUMNS:
            cell = self.sheet.cell(cells, column)
            if cell is None or not str(cell).strip():
                if self.sheet.heading(column) and written[column]:
                    fact = f"{column} of {item.item} was emptied; nothing is taken out of the index that way"
                    self._doubt(row, column, fact, "change the index yourself if it is to go")
                continue
            if (value := self._value(row, column, cell)) and value != getattr(item.terms, column):
                fields[column] = value
        self._consistent(row, cells, item, fields)
        return fields

    def _value(self, row: int, column: str, cell: Cell) -> Value:
        """A cell as the index would have it; "" after a finding."""
        word = _shown(cell).strip()
        if column == "status":
            if word in AGREEMENT_STATUSES:
                return word
            near = get_close_matches(word.casefold().replace(" ", "_"), AGREEMENT_STATUSES, n=1)
            cure = f"did you mean {near[0]}?" if near else f"write one of {', '.join(AGREEMENT_STATUSES)}"
            self._wrong(row, column, f"“{word}” is no status", cure)
        elif column in _DAYS:
            day, cure = read_day(cell)
            if not day:
                self._wrong(row, column, f"“{word}” is no day that can be told", cure)
            return day
        elif column == "formats":
            words = tuple(filter(None, re.split(r"[\s,;]+", word)))
            if all(one in FORMATS for one in words):
                return words
            self._wrong(row, column, f"“{word}” are no formats", f"write some of {', '.join(FORMATS)}, with commas")
        elif column == "territory":
            if countries(word) is not None:
                return word
            self._wrong(
                row,
                column,
                f"“{word}” is no territory that milebook knows",
                "write world, Europe, or countries: US, Canada",
            )
        elif column == "languages":
            words = tuple(filter(None, re.split(r"[\s,;]+", word)))
            if all(re.fullmatch(r"all|[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", one) for one in words):
                return words
            self._wrong(row, column, f"“{word}” are no codes of languages", "write en, de or all, with commas")
        elif word.isprintable() and len(word) <= 2000:
            return word
        else:
            self._wrong(row, column, f"{column} has a line break in it, or is too long", "write one line")
        return ""

    def _consistent(self, row: int, cells: Sequence[Cell], item: PermissionItem, fields: dict[str, Value]) -> None:
        status = str(fields.get("status", item.status))
        if "granted" in fields and status not in ("granted", "granted_restricted"):
            fact = f"{item.item} has a day in “granted”, but its status is {status}"
            self._wrong(row, "status", fact, "write granted, or take the day out")
        if status == "not_needed" and "status" in fields and not item.terms.reason:
            self._wrong(
                row,
                "status",
                "not_needed wants a reason",
                "use milebook permissions record ITEM --status not_needed --reason …",
            )
        clear = str(self.sheet.cell(cells, "clear") or "").strip()
        if clear and clear != self.written[item.item]["clear"] and "status" not in fields:
            fact = f"“clear” of {item.item} was changed, but milebook works it out"
            self._doubt(row, "clear", fact, "write the status, and name the evidence")

    def _agreements(self, changes: Iterable[tuple[PermissionItem, dict[str, Value], int]]) -> None:
        """Rows of one agreement that say different things."""
        said: dict[str, tuple[Mapping[str, Value], int]] = {}
        for item, fields, row in changes:
            if not item.agreement:
                continue
            before, where = said.setdefault(item.agreement, (fields, row))
            for column in before.keys() & fields.keys():
                if before[column] != fields[column]:
                    fact = f"rows {where} and {row} are of one agreement, {item.agreement}, but {column} differs"
                    self._wrong(row, column, fact, "write the same in both, or record them one by one with --only")
                    break

    def _wrong(self, row: int, column: str, fact: str, cure: str) -> None:
        self.findings.append(self._finding(fact, row, column, cure))

    def _doubt(self, row: int, column: str, fact: str, cure: str) -> None:
        self.findings.append(self._finding(fact, row, column, cure)._replace(severity=WARNING))

    def _finding(self, fact: str, row: int, column: str, cure: str) -> Finding:
        place = self._place(row, column)
        return Finding("MB323", f"{self._where(f'{_letters(place.column - 1)}{row}')}: {fact}", place, cure)

    def _where(self, cell: str) -> str:
        return (
            f"sheet {self.sheet.name}, cell {cell}"
            if self.sheet.name
            else f"row {re.sub('[A-Z]', '', cell)}, cell {cell}"
        )

    def _place(self, row: int, column: str) -> Place:
        return Place(self.file, row, self.sheet.headings.get(column, 0) + 1)


_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")
_DOTS = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_SLASHES = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")


def read_day(cell: Cell) -> tuple[str, str]:
    """A day as ISO text, and "" ; or "" and what to write, for what is no day or could be two."""
    if isinstance(cell, date):
        return cell.isoformat(), ""
    word, cure = _shown(cell).strip(), "write it like 2026-03-09"
    if found := _ISO.fullmatch(word):
        return _day(int(found[1]), int(found[2]), int(found[3])), cure
    if found := _DOTS.fullmatch(word):
        return _day(int(found[3]), int(found[2]), int(found[1])), cure
    if found := _SLASHES.fullmatch(word):
        one, two, year = int(found[1]), int(found[2]), int(found[3])
        readings = {_day(year, one, two), _day(year, two, one)} - {""}
        if len(readings) == 1:
            return readings.pop(), ""
        if readings:
            return "", f"it may be {' or '.join(sorted(readings))}: write one of the two"
    return "", cure


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat() if 1900 <= year <= 2200 else ""
    except ValueError:
        return ""


def _shown(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _letters(column: int) -> str:
    """The letters of a column as spreadsheets show it: 0 -> A, 27 -> AB."""
    found, number = "", column + 1
    while number > 0:
        number, rest = divmod(number - 1, 26)
        found = chr(65 + rest) + found
    return found
