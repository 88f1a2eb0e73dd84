"""Read a permissions checklist as somebody has filled it in: a workbook or CSV, from Excel, LibreOffice or Google Sheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from milebook.app.named_paths import missing
from milebook.intake.documents.office_file import Refused
from milebook.intake.documents.workbook import sheets
from milebook.model.findings import Finding, Place
from milebook.permissions.answers.checklist_sheet import Cell, Sheet, known_heading
from milebook.source.decode import text_from_elsewhere
from milebook.system import files

_LARGEST = 60_000_000  # bytes, of the file and of what is in it
_MOST_ROWS, _MOST_COLUMNS = 100_000, 200
_SIGNS_WITHIN = 200  # bytes
_OTHER_KINDS = (
    (b"vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet (.ods)"),
    (b"vnd.oasis.opendocument", "an OpenDocument file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls), or has a password"),
    (b"Index/Document.iwa", "a file of Numbers"),
    (b"%PDF-", "a PDF"),
)
_FIRST_LINES = 20  # in which the headings are looked for


def read_checklist(path: Path) -> tuple[Sheet | None, list[Finding]]:
    """The rows of the checklist in a file that the user names, which may lie anywhere."""
    place = Place(str(path))
    if gone := missing([str(path)]):
        cure = gone[0].cure or "name the checklist that you filled in"
        return None, [Finding("MB323", f"there is no file {path}", place, cure)]
    try:
        data = files.named_file(path, _LARGEST)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "it cannot be read"
        return None, [Finding("MB323", f"{path.name}: {reason}", place, "name the checklist that you filled in")]
    other = next((what for sign, what in _OTHER_KINDS if sign in data[:_SIGNS_WITHIN]), "")
    if other:
        cure = "open it in the program that made it and save it as an Excel workbook (.xlsx), or as CSV in UTF-8"
        return None, [Finding("MB323", f"{path.name} is {other}, which milebook does not read", place, cure)]
    tables = _workbook(data) if data[:4] == b"PK\x03\x04" else _text(data)
    found = [sheet for sheet in tables if sheet.is_checklist]
    if len(found) > 1:
        names = " and ".join(f"“{sheet.name}”" for sheet in found)
        fact = f"{path.name} holds {len(found)} checklists, in the sheets {names}"
        return None, [Finding("MB323", fact, place, "keep the one that you filled in, and delete the others")]
    if not found:
        fact = f"{path.name} holds no checklist: no sheet has the headings “item” and “status”"
        cure = "fill in build/permissions.xlsx, or what “milebook permissions --xlsx” writes, and leave its first row as it is"
        return None, [Finding("MB323", fact, place, cure)]
    return found[0], []


def _workbook(data: bytes) -> Iterator[Sheet]:
    with suppress(Refused):
        for sheet in sheets(data, _MOST_ROWS, _MOST_COLUMNS):
            rows = [(number, [_cell(value) for value in row]) for number, row in sheet.rows]
            yield Sheet.of(sheet.name, rows, sheet.first_day)


def _cell(value: object) -> Cell:
    if isinstance(value, datetime):
        return value.date() if value.time() == datetime.min.time() else str(value)
    if value is None or isinstance(value, str | int | float | date):
        return value
    return str(value)


def _text(data: bytes) -> Iterator[Sheet]:
    """CSV of any program: separated by commas, semicolons or tabs, in UTF-8, UTF-16 or Windows' Western encoding."""
    text = text_from_elsewhere(data)
    sign = max(",;\t|", key=lambda one: _headings(text, one))
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
        rows: list[tuple[int, list[Cell]]] = []
        for number, row in enumerate(reader, 1):
            if number > _MOST_ROWS:
                break
            cells: list[Cell] = [_unquoted(cell) for cell in row[:_MOST_COLUMNS]]
            if any(cells):
                rows.append((number, cells))
    except csv.Error:
        return
    yield Sheet.of("", rows)


def _headings(text: str, sign: str) -> int:
    """How many of the checklist's headings one of the first lines holds, if its cells end at this sign."""
    lines = text.split("\n", _FIRST_LINES)[:_FIRST_LINES]
    return max(sum(bool(known_heading(word)) for word in line.replace('"', "").split(sign)) for line in lines)


def _unquoted(cell: str) -> str:
    """Without the apostrophe that keeps a text from being a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in "=+-@\t\r" else cell
