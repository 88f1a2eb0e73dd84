"""Tables of answers: CSV and tab-separated files of any program, and workbooks, as rows of texts."""

from __future__ import annotations

import csv
import re
from datetime import datetime, timedelta
from io import StringIO

from milebook.intake.documents.office_file import Refused
from milebook.intake.documents.workbook import sheets
from milebook.intake.forms.columns import recognized

MOST_ROWS, MOST_COLUMNS = 50_000, 500
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # as workbooks write characters that XML forbids


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
    """The rows of a workbook's first sheet that has any. Raises Refused."""
    for sheet in sheets(data, MOST_ROWS, MOST_COLUMNS):
        rows = _from_headings([_without_end([_shown(value) for value in row]) for _, row in sheet.rows])
        if len(rows) > 1:
            return rows
    raise Refused("the workbook holds no table with answers")


def _without_end(cells: list[str]) -> list[str]:
    """The cells without the empty ones behind the last."""
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _shown(value: object) -> str:
    """A value as a text table would have it: "2025-05-26 22:15:00" for a day, "12" for a number."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return (value + timedelta(microseconds=500_000)).replace(microsecond=0).isoformat(" ")
    if isinstance(value, bool | float) and value == int(value):
        return str(int(value))
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)) if match[1] > "0008" else " ", str(value))
    return text.replace("\r\n", "\n").replace("\r", "\n")
