"""Tables of answers: CSV and tab-separated files of any program, and workbooks, as rows of texts."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import Any

from milebook.intake.columns import recognized
from milebook.intake.office_file import OfficeFile, Refused

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


def _header(text: str, sign: str) -> list[str]:
    try:
        return next(csv.reader(StringIO(text.lstrip("\ufeff")[:20_000]), delimiter=sign), [])
    except csv.Error:
        return []


def rows_of(text: str) -> list[list[str]]:
    """All rows of a text table. A quotation mark that is never closed makes what follows part of its cell, and loses nothing."""
    text = text.lstrip("\ufeff")
    sign = delimiter(text) or ","
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
    for sheet in file.xml(book).iter(_S + "sheet"):
        target = relations.get(sheet.get(_R + "id") or "", ("", ""))[1]
        if target and file.has(target):
            rows = _rows(file.xml(target), strings)
            if len(rows) > 1:
                return rows
    raise Refused("the workbook holds no table with answers")


def _rows(root: Any, strings: list[str]) -> list[list[str]]:
    rows = []
    for row in root.iter(_S + "row"):
        cells: list[str] = []
        for number, cell in enumerate(row.iter(_S + "c")):
            column = _column(cell.get("r") or "", number)
            if column >= MOST_COLUMNS:
                break
            cells += [""] * (column + 1 - len(cells))
            cells[column] = _value(cell, strings)
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


def _value(cell: Any, strings: list[str]) -> str:
    kind = cell.get("t") or ""
    if kind == "inlineStr":
        return "".join(one.text or "" for one in cell.iter(_S + "t"))
    value = cell.find(_S + "v")
    text = (value.text or "") if value is not None else ""
    if kind == "s":
        return strings[int(text)] if text.isdigit() and int(text) < len(strings) else ""
    return (
        re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)) if match[1] > "0008" else " ", text)
        if kind == "str"
        else text
    )
