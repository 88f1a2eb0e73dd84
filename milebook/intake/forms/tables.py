"""Tables of answers: CSV and tab-separated files of any program, and workbooks, as rows of texts."""

from __future__ import annotations

import csv
import re
from datetime import datetime, timedelta
from io import StringIO
from typing import Any

from milebook.intake.documents.office_file import OfficeFile, Refused
from milebook.intake.forms.columns import recognized

MOST_ROWS, MOST_COLUMNS = 50_000, 500
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"


def looks_like_table(text: str, name: str) -> bool:
    """Whether the beginning of a file is a table whose first row asks for at least two things that forms ask for."""
    sign = delimiter(text)
    if not sign:
        return False
    first = _header(text, sign)
    known = recognized(first)
    return known >= 2 and (
        name.endswith((".csv", ".tsv", ".tab")) or sign == "\t" or known >= 3 or text.lstrip("\ufeff")[:1] == '"'
    )


def delimiter(text: str) -> str:
    """The sign between columns, "" where the first row is no row of headings."""
    best, most = "", 1
    for sign in (",", ";", "\t", "|"):
        first = _header(text, sign)
        if len(first) > most and sum(1 for heading in first if heading.strip()) > 1 and max(map(len, first)) < 400:
            best, most = sign, len(first)
    return best


_SEPARATOR = re.compile(r"\ufeff?sep=(.)\r?\n")  # a line of Excel's own
_SECOND_ROW = re.compile(r"(?i)(?:open-ended )?response|")  # below SurveyMonkey's headings
MOST_ABOVE = 5  # rows above the headings, such as the name of the form


def _header(text: str, sign: str) -> list[str]:
    """The row of headings: the first that has more than one cell filled."""
    try:
        for number, row in enumerate(
            csv.reader(StringIO(_SEPARATOR.sub("", text).lstrip("\ufeff")[:20_000]), delimiter=sign)
        ):
            if sum(1 for cell in row if cell.strip()) > 1:
                return row
            if number >= MOST_ABOVE:
                break
    except csv.Error:
        pass
    return []


def rows_of(text: str) -> list[list[str]]:
    """All rows of a text table. A quotation mark that is never closed makes what follows part of its cell, and loses nothing."""
    named = _SEPARATOR.match(text)
    text = _SEPARATOR.sub("", text).lstrip("\ufeff")
    sign = named[1] if named else delimiter(text) or ","
    csv.field_size_limit(10_000_000)
    rows = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=sign):
            if any(cell.strip() for cell in row):
                rows.append(row[:MOST_COLUMNS])
            if len(rows) > MOST_ROWS:
                break
    except csv.Error:
        pass
    return _from_headings(rows)


def _from_headings(rows: list[list[str]]) -> list[list[str]]:
    """The rows without what stands above the headings, and without a second row of headings."""
    start = next((n for n, row in enumerate(rows[: MOST_ABOVE + 1]) if sum(1 for cell in row if cell.strip()) > 1), 0)
    rows = rows[start:]
    if len(rows) > 1 and all(_SECOND_ROW.fullmatch(cell.strip()) for cell in rows[1]):
        del rows[1]
    return rows


def sheet_rows(data: bytes) -> list[list[str]]:
    """The rows of a workbook's first sheet that has any. Formulas are what they show, never run. Raises Refused."""
    file = OfficeFile(data)
    book = file.main_part("xl/workbook.xml")
    relations = file.relations(book)
    shared = next(
        (file.xml(target) for kind, target in relations.values() if kind == "sharedStrings" and file.has(target)), None
    )
    strings = (
        []
        if shared is None
        else ["".join(one.text or "" for one in entry.iter(_S + "t")) for entry in shared.iter(_S + "si")]
    )
    root = file.xml(book)
    dates = _Dates(file, relations, root)
    for sheet in root.iter(_S + "sheet"):
        target = relations.get(sheet.get(_R + "id") or "", ("", ""))[1]
        if target and file.has(target):
            rows = _from_headings(_rows(file.xml(target), strings, dates))
            if len(rows) > 1:
                return rows
    raise Refused("the workbook holds no table with answers")


class _Dates:
    """Which cells of a workbook are days, by their styles; a day is stored as a number."""

    def __init__(self, file: OfficeFile, relations: dict[str, tuple[str, str]], book: Any) -> None:
        properties = book.find(_S + "workbookPr")
        old = properties is not None and (properties.get("date1904") or "0").lower() in ("1", "true")
        self._first = datetime(1904, 1, 1) if old else datetime(1899, 12, 30)
        styles = next(
            (file.xml(target) for kind, target in relations.values() if kind == "styles" and file.has(target)), None
        )
        own = (
            {}
            if styles is None
            else {
                one.get("numFmtId"): re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", one.get("formatCode") or "")
                for one in styles.iter(_S + "numFmt")
            }
        )
        formats = styles.find(_S + "cellXfs") if styles is not None else None
        self._styles = {
            str(n)
            for n, one in enumerate(formats if formats is not None else ())
            if (ident := one.get("numFmtId") or "0") in _DAYS or re.search("[dyDY]", own.get(ident, ""))
        }

    def moment(self, style: str, value: str) -> str:
        """ "2025-05-26 22:15:00" for a number in a cell that is styled as a day, "" for another."""
        if style not in self._styles or not re.fullmatch(r"\d{1,6}(?:\.\d{1,20})?", value):
            return ""
        try:
            moment = self._first + timedelta(days=float(value), microseconds=500_000)
        except OverflowError:
            return ""
        return moment.replace(microsecond=0).isoformat(" ")


_DAYS = frozenset(str(n) for n in (14, 15, 16, 17, 22, *range(27, 32), 36, *range(50, 59)))


def _rows(root: Any, strings: list[str], dates: _Dates) -> list[list[str]]:
    rows = []
    for row in root.iter(_S + "row"):
        cells: list[str] = []
        for number, cell in enumerate(row.iter(_S + "c")):
            column = _column(cell.get("r") or "", number)
            if column >= MOST_COLUMNS:
                break
            cells += [""] * (column + 1 - len(cells))
            cells[column] = _value(cell, strings, dates)
        if any(cell.strip() for cell in cells):
            rows.append(cells)
        if len(rows) > MOST_ROWS:
            break
    return rows


def _column(reference: str, fallback: int) -> int:
    letters = re.match(r"[A-Z]{1,3}", reference)
    if not letters:
        return fallback
    number = 0
    for letter in letters[0]:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _value(cell: Any, strings: list[str], dates: _Dates) -> str:
    kind = cell.get("t") or ""
    if kind == "inlineStr":
        return "".join(one.text or "" for one in cell.iter(_S + "t"))
    value = cell.find(_S + "v")
    text = (value.text or "") if value is not None else ""
    if kind == "s":
        return strings[int(text)] if text.isdigit() and int(text) < len(strings) else ""
    if kind in ("", "n") and (moment := dates.moment(cell.get("s") or "0", text)):
        return moment
    return (
        re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)) if match[1] > "0008" else " ", text)
        if kind == "str"
        else text
    )
