"""The sheets of a workbook of Excel, LibreOffice or Google, as rows of values. Formulas are what they show, and are never run."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any, NamedTuple

from milebook.intake.documents.office_file import OfficeFile, Refused

_WARNINGS = threading.Lock()  # the filters of `warnings` belong to the whole process


class WorkbookSheet(NamedTuple):
    """A sheet. `rows` are those with a value in them, numbered as the program shows them; `first_day` is that from which days count."""

    name: str
    rows: list[tuple[int, list[object]]]
    first_day: date


def sheets(data: bytes, most_rows: int, most_columns: int) -> list[WorkbookSheet]:
    """The sheets in their order, each cut to so many rows and columns. Raises Refused."""
    import openpyxl

    OfficeFile(data).check()
    try:
        with _WARNINGS, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about looks, which are not read
            book = openpyxl.load_workbook(BytesIO(data), read_only=True, data_only=True)
            return [
                WorkbookSheet(sheet.title, list(_rows(sheet, most_rows, most_columns)), book.epoch.date())
                for sheet in book.worksheets
            ]
    except Exception as error:  # the library raises whatever a damaged file makes it stumble over
        raise Refused(f"it is damaged: {str(error)[:100]}") from error


def _rows(sheet: Any, most: int, most_columns: int) -> Iterator[tuple[int, list[object]]]:
    for number, row in enumerate(sheet.iter_rows(max_row=most, max_col=most_columns, values_only=True), 1):
        if any(value not in (None, "") for value in row):
            yield number, list(row)
