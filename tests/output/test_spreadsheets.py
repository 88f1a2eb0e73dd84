"""Lists for spreadsheets: nothing is taken for a formula, nothing is lost, the same rows give the same bytes."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date

import openpyxl
import pytest

from milebook.output.spreadsheets import rows_to_csv, rows_to_xlsx

HEAD = ("Item", "Note")
DAY = date(2026, 3, 15)


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def workbook(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\tx",
    "\rx",
    " =1",
    "   +1",
    "\u00a0=1",
    "\u2003\u200b@x",
    "\ufeff=1",
    "＝1+1",
    "＠x",
    "=cmd|' /C calc'!A0",
]
INNER = ["fine\n=1+1", "fine\r\n  -1", "a\n\nb\n@x", "fine\n\tx"]
HARMLESS = ["", "Ana", "a = b", "1-2", "'=1", "Nguyễn, “Łukasz”", "two\nlines", "é+", "(=1)", "…", "—", "’tis"]


@pytest.mark.parametrize("text", FORMULAS)
def test_csv_disarms_what_looks_like_a_formula(text: str) -> None:
    assert cells(rows_to_csv(HEAD, [(text, "x")]))[1][0].replace("\r\n", "\n") == "'" + text
    assert cells(rows_to_csv((text, "x"), []))[0][0] == "'" + text


@pytest.mark.parametrize("text", INNER)
def test_csv_disarms_lines_inside_a_cell(text: str) -> None:
    cell = cells(rows_to_csv(HEAD, [(text, "x")]))[1][0]
    assert cell.startswith("'")
    assert not any(line.lstrip(" \u00a0")[:1] in ("=", "+", "-", "@", "\t") for line in cell.splitlines() if line)
    assert cell.replace("'", "") == text


@pytest.mark.parametrize("text", HARMLESS)
def test_csv_leaves_other_texts_alone(text: str) -> None:
    assert cells(rows_to_csv(HEAD, [(text, "x")]))[1] == [text, "x"]


def test_csv_is_what_excel_opens_rightly() -> None:
    data = rows_to_csv(HEAD, [("Zoë", -5), (None, 1.5), (True, "a,b"), (DAY, 'say "hi"')])
    assert data == (b'\xef\xbb\xbfItem,Note\r\nZo\xc3\xab,-5\r\n,1.5\r\nTrue,"a,b"\r\n2026-03-15,"say ""hi"""\r\n'), (
        "numbers stay numbers, and a negative one is no formula"
    )


@pytest.mark.parametrize("text", ["a\ud800b", "a\x00b", "a\ufffeb"])
def test_what_cannot_be_stored_is_marked(text: str) -> None:
    assert cells(rows_to_csv(HEAD, [(text, "")]))[1][0] == "a\ufffdb"
    assert workbook(rows_to_xlsx({"S": (HEAD, [(text, "")])}, DAY))["S"]["A2"].value == "a\ufffdb"


@pytest.mark.parametrize("text", [*FORMULAS, *INNER, "https://example.org", "mailto:a@example.org", "00123", "_x0041_"])
def test_xlsx_stores_texts_as_texts(text: str) -> None:
    data = rows_to_xlsx({"Permissions": (HEAD, [(text, 7)])}, DAY)
    sheet = workbook(data)["Permissions"]
    assert sheet["A2"].data_type == "s"
    assert sheet["B2"].value == 7
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        assert b"<f>" not in package.read("xl/worksheets/sheet1.xml")
        assert not any("hyperlink" in name for name in package.namelist())
        assert all("Target" not in package.read(n).decode() for n in package.namelist() if "sheet1.xml.rels" in n)


def test_xlsx_reads_back_word_for_word() -> None:
    rows = [("Nguyễn", "two\nlines"), ("emoji 🏃‍♀️", "“quoted”"), ("", None), ("x" * 32_767, 1.5)]
    sheet = workbook(rows_to_xlsx({"S": (HEAD, rows)}, DAY))["S"]
    found = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert found == [list(HEAD), *[[cell or None for cell in row] for row in rows]]


def test_xlsx_shortens_what_excel_cannot_hold_instead_of_losing_it() -> None:
    sheet = workbook(rows_to_xlsx({"S": (HEAD, [("🏃" * 20_000, "y" * 40_000)])}, DAY))["S"]
    assert sheet["A2"].value.startswith("🏃🏃")
    assert sheet["A2"].value.endswith("…")
    assert len(sheet["B2"].value) == 32_767


def test_xlsx_is_pleasant_to_use() -> None:
    sheet = workbook(rows_to_xlsx({"S": (HEAD, [("a", "b" * 200), ("c", "d")])}, DAY))["S"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet["A1"].font.bold and not sheet["A2"].font.bold
    assert sheet["A2"].alignment.wrap_text
    assert sheet.column_dimensions["A"].width < 12 < 55 < sheet.column_dimensions["B"].width < 65


def test_xlsx_has_the_same_bytes_for_the_same_rows_and_date() -> None:
    import time

    first = rows_to_xlsx({"S": (HEAD, [("a", 1)])}, DAY)
    time.sleep(2.1)  # the clock in a zip file ticks every two seconds
    assert rows_to_xlsx({"S": (HEAD, [("a", 1)])}, DAY) == first
    assert rows_to_xlsx({"S": (HEAD, [("a", 1)])}, date(2026, 3, 16)) != first


def test_sheet_names_that_excel_refuses_are_mended() -> None:
    names = ["a/b:c*[d]?", "x" * 40, "X" * 40, "", "'quoted'", "History", "QUOTED"]
    book = workbook(rows_to_xlsx({name: (HEAD, []) for name in names}, DAY))
    assert len(book.sheetnames) == len(names)
    assert len({name.casefold() for name in book.sheetnames}) == len(names)
    assert all(0 < len(name) <= 31 for name in book.sheetnames)
    assert book.sheetnames[4] == "quoted"


def test_empty_lists() -> None:
    assert cells(rows_to_csv((), [])) in ([], [[]])
    assert workbook(rows_to_xlsx({"S": ((), [])}, DAY)).sheetnames == ["S"]
    assert workbook(rows_to_xlsx({"S": (HEAD, [])}, DAY))["S"]["B1"].value == "Note"


def test_rows_of_any_length_and_generators() -> None:
    data = rows_to_xlsx({"S": (HEAD, (row for row in (["a"], ["a", "b", "c"])))}, DAY)
    assert workbook(data)["S"]["C3"].value == "c"
