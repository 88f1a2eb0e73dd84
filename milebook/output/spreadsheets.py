"""Write rows as CSV or XLSX that is safe to open in a spreadsheet program.

A spreadsheet takes a cell that begins with = + - @ for a formula and works it out. In XLSX every text is stored as text; CSV
cannot say so, and such a text gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any

Row = Sequence[object]  # texts, numbers, None for an empty cell; anything else is written as its text

_LONGEST_CELL = 32_767  # characters: Excel's limit; a longer text is left out by the library without a word
_WIDEST, _NARROWEST = 60, 8  # columns, in characters
_MEASURED = 500  # rows looked at for the width of a column
_WIDE_SIGNS = "＝＋－＠"  # East Asian spreadsheets take these for the same
# White space that programs skip, and invisible characters that some do.
_SKIPPED = r"[ \u00a0\u1680\u2000-\u200f\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\x0b\x0c\x1c-\x1f\x85]*"
_FORMULA = re.compile(rf"(?:\A|(?<=[\n\r])){_SKIPPED}[{_WIDE_SIGNS}=+@\t\r-]")
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def rows_to_csv(head: Row, rows: Iterable[Row]) -> bytes:
    """CSV in UTF-8 with a byte order mark, by which Excel knows the encoding; lines end in CR LF (RFC 4180)."""
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_plain(cell) for cell in head])
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def rows_to_xlsx(sheets: Mapping[str, tuple[Row, Iterable[Row]]], created: date, hidden: Collection[str] = ()) -> bytes:
    """A workbook of one sheet for each (head, rows), by name. `created` is the date inside: the same rows and date give
    the same bytes. Columns with a heading among `hidden` are there, but not shown. Sheet names are shortened and cleaned to what Excel takes.
    """
    import xlsxwriter

    out = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"created": datetime.combine(created, time())})
    bold = book.add_format({"bold": True, "valign": "top", "text_wrap": True, "bottom": 1})
    plain = book.add_format({"valign": "top", "text_wrap": True})
    taken: set[str] = set()
    for name, (head, rows) in sheets.items():
        sheet = book.add_worksheet(_sheet_name(name, taken))
        body = [list(row) for row in rows]
        for column, cell in enumerate(head):
            _write(sheet, 0, column, cell, bold)
        for number, row in enumerate(body, 1):
            for column, cell in enumerate(row):
                _write(sheet, number, column, cell, plain)
        last = max([len(head), *map(len, body)]) - 1
        for column in range(last + 1):
            out_of_sight = {"hidden": column < len(head) and head[column] in hidden}
            sheet.set_column(column, column, _width(column, head, body), None, out_of_sight)
        sheet.freeze_panes(1, 0)
        if last >= 0:
            sheet.autofilter(0, 0, len(body), last)
            sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


def _plain(cell: object) -> str | int | float:
    """A cell of CSV: a text that could be taken for a formula gets an apostrophe, and so does each such line in it."""
    value = _value(cell)
    if not isinstance(value, str) or (value[:1].isalnum() and value.isprintable()) or not _FORMULA.search(value):
        return value  # most are known by their first character
    text = _FORMULA.sub(lambda found: "'" + found[0], value)
    return text if text.startswith("'") else "'" + text


def _value(cell: object) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return cell if math.isfinite(cell) else str(cell)
    text = str(cell)
    return text if text.isprintable() else _UNSTORABLE.sub("\ufffd", text)


def _write(sheet: Any, row: int, column: int, cell: object, form: object) -> None:
    value = _value(cell)
    if not isinstance(value, str):
        sheet.write_number(row, column, value, form)
    elif value:
        units = value.encode("utf-16-le") if 2 * len(value) > _LONGEST_CELL else b""  # Excel counts these
        if len(units) > 2 * _LONGEST_CELL:
            value = units[: 2 * (_LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"
        sheet.write_string(row, column, value, form)


def _width(column: int, head: Row, rows: list[list[object]]) -> int:
    longest = len(str(head[column])) + 3 if column < len(head) else 0  # the filter's arrow needs room too
    for row in rows[:_MEASURED]:
        if column < len(row) and row[column] is not None:
            longest = max(longest, max(map(len, str(row[column]).split("\n"))) + 1)
    return max(_NARROWEST, min(longest, _WIDEST))


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name of at most 31 characters that is not taken, without what Excel refuses."""
    clean = _SHEET_NAME.sub(" ", name).strip("' ")[:31].strip("' ") or "Sheet"
    if clean.casefold() == "history":  # Excel keeps this one to itself
        clean = "History 1"
    found, number = clean, 1
    while found.casefold() in taken:
        number += 1
        found = f"{clean[: 30 - len(str(number))]} {number}"
    taken.add(found.casefold())
    return found
