"""`record --from` with checklists as Excel, LibreOffice and Google Sheets save them: dates, separators, headings moved about."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from permission_folders import book_folder, fill, index_text, permissions
from validating import absent

INDEX = """\
book:
  title: A Mile
  authors: [Ada Example]
  date: 2026-03-15
chapters:
  - {id: one, title: One, stories: [tree, lamp, "2026"]}
agreements:
  may-2026: {signer: May Example, status: requested, requested: 2026-03-01}
stories:
  - id: tree
    title: The Tree
    status: selected
    contributor: {name: May Example}
    permission: may-2026
    photos:
      - {file: photos/a.jpg, alt: A tree., credit: Photo by May Example, permission: may-2026}
  - id: lamp
    title: "Łódź; the “Lamp”, nº 1"
    status: selected
    contributor: {name: Lou Lamp}
  - id: "2026"
    title: "2026"
    status: selected
    contributor: {name: Nguyễn Thị Minh}
"""
FILLED = {
    ("tree/text", "status"): "granted", ("tree/text", "granted"): datetime(2026, 3, 9), ("tree/text", "evidence"): "releases/may.txt",
    ("tree/photo/1", "status"): "granted", ("tree/photo/1", "granted"): datetime(2026, 3, 9),
    ("lamp/text", "status"): "refused", ("2026/text", "status"): "granted", ("2026/text", "formats"): "print, ebook",
    ("2026/text", "evidence"): "releases/minh.txt",
}  # fmt: skip
WRITTEN = (
    INDEX.replace("signer: May Example, status: requested, requested: 2026-03-01", "signer: May Example, status: granted, requested: "
                  "2026-03-01, granted: 2026-03-09, evidence: releases/may.txt")
    .replace("{name: Lou Lamp}\n", "{name: Lou Lamp}\n    permission: {status: refused}\n")
    .replace("{name: Nguyễn Thị Minh}\n", "{name: Nguyễn Thị Minh}\n    permission: {status: granted, evidence: releases/minh.txt, "
             "formats: [print, ebook]}\n")
)  # fmt: skip


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    releases = {"may.txt": "I agree. May", "minh.txt": "I agree. Minh"}
    return book_folder(tmp_path, monkeypatch, INDEX, stories=("tree", "lamp", "2026"), photos="a", releases=releases)


def rows_of(path: Path) -> list[list[object]]:
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return [list(row) for row in sheet.iter_rows(values_only=True)]


Change = Callable[[openpyxl.Workbook], None]


def a_title_above(book: openpyxl.Workbook) -> None:
    sheet = book.active
    sheet.insert_rows(1, 3)
    sheet["A1"] = "Permissions of A Mile, for the status meeting"
    sheet.merge_cells("A1:F1")


def columns_moved(book: openpyxl.Workbook) -> None:
    sheet = book.active
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    order = [*reversed(range(len(rows[0])))]
    for number, row in enumerate(rows, 1):
        for column, place in enumerate(order, 1):
            sheet.cell(number, column).value = row[place]
        sheet.cell(number, len(order) + 1).value = "my own column" if number == 1 else f"note {number}"


def sheets_beside(book: openpyxl.Workbook) -> None:
    book.create_sheet("Notes", 0)["A1"] = "call May on Tuesday"
    book.create_sheet("Summary")["B7"] = "=COUNTA(Permissions!A:A)"


def rows_filtered(book: openpyxl.Workbook) -> None:
    sheet = book.active
    sheet.auto_filter.ref = sheet.dimensions
    sheet.auto_filter.add_filter_column(9, ["granted"])
    for row in (3, 4):
        sheet.row_dimensions[row].hidden = True


def rows_sorted(book: openpyxl.Workbook) -> None:
    sheet = book.active
    rows = [list(row) for row in sheet.iter_rows(min_row=2, values_only=True)]
    for number, row in enumerate(reversed(rows), 2):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value


def days_as_numbers(book: openpyxl.Workbook) -> None:
    """As a column of days is whose format was set to a plain number."""
    for row in book.active.iter_rows():
        for cell in row:
            if isinstance(cell.value, datetime):
                cell.value = (cell.value - datetime(1899, 12, 30)).days
                cell.number_format = "0"


def days_of_an_old_mac(book: openpyxl.Workbook) -> None:
    book.epoch = CALENDAR_MAC_1904
    for row in book.active.iter_rows():
        for cell in row:
            if isinstance(cell.value, datetime):
                cell.value = (cell.value - datetime(1904, 1, 1)).days
                cell.number_format = "0"


def days_as_text(shown: str) -> Change:
    def change(book: openpyxl.Workbook) -> None:
        for row in book.active.iter_rows():
            for cell in row:
                if isinstance(cell.value, datetime):
                    cell.value = shown

    change.__name__ = shown
    return change


def ids_as_days(book: openpyxl.Workbook) -> None:
    """What a spreadsheet makes of the ids "may-2026" and "2026" when it opens the CSV."""
    for row in book.active.iter_rows():
        for cell in row:
            if cell.value == "may-2026":
                cell.value, cell.number_format = datetime(2026, 5, 1), "mmm-yy"
            if cell.value == "2026":
                cell.value = 2026


CHANGES: list[Change] = [
    a_title_above, columns_moved, sheets_beside, rows_filtered, rows_sorted, days_as_numbers, days_of_an_old_mac, ids_as_days,
    *map(days_as_text, ("2026-03-09", "9 March 2026", "Mar 9, 2026", "09.03.2026", "9-Mar-2026", "2026-03-09 00:00:00")),
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_workbook_that_was_worked_in(root, capsys, change):
    path = fill(root, FILLED)
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    status, _, err = permissions(capsys, "record", "--from", str(path), "--apply")
    assert status == 0, err
    assert index_text(root) == WRITTEN


def csv_of(rows: Sequence[Sequence[object]], separator: str, day: str) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator)
    for row in rows:
        cells = [value.strftime(day) if isinstance(value, datetime) else value for value in row]
        writer.writerow(["" if cell is None else cell for cell in cells])
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    ("separator", "day"), [(",", "%Y-%m-%d"), (";", "%d.%m.%Y"), ("\t", "%d %B %Y"), ("|", "%b %d, %Y")]
)
def test_csv_of_any_country(root, capsys, encoding, separator, day):
    path = root / "filled.csv"
    path.write_bytes(csv_of(rows_of(fill(root, FILLED)), separator, day).encode(encoding))
    status, _, err = permissions(capsys, "record", "--from", str(path), "--apply")
    assert status == 0, err
    assert index_text(root) == WRITTEN


@pytest.mark.parametrize("above", ["sep=;\r\n", "Permissions; of A Mile\r\n;\r\n\r\n"])
def test_csv_with_lines_above_its_headings(root, capsys, above):
    path = root / "filled.csv"
    path.write_text(above + csv_of(rows_of(fill(root, FILLED)), ";", "%Y-%m-%d"), newline="")
    assert permissions(capsys, "record", "--from", str(path), "--apply")[0] == 0
    assert index_text(root) == WRITTEN


@pytest.mark.parametrize("shown", ["May-26", "may-2026", "2026-05-01"])
def test_csv_in_which_an_id_became_a_month(root, capsys, shown):
    path = root / "filled.csv"
    path.write_text(csv_of(rows_of(fill(root, FILLED)), ",", "%Y-%m-%d").replace(",may-2026,", f",{shown},"))
    assert permissions(capsys, "record", "--from", str(path), "--apply")[0] == 0
    assert index_text(root) == WRITTEN


@pytest.mark.parametrize("shown", ["Jun-26", "May-25", "2026-06-01", "may-2025", "jan-2026"])
def test_another_agreement_s_id_is_no_month(root, capsys, shown):
    path = root / "filled.csv"
    path.write_text(csv_of(rows_of(fill(root, FILLED)), ",", "%Y-%m-%d").replace(",may-2026,", f",{shown},"))
    status, _, err = permissions(capsys, "record", "--from", str(path), "--apply")
    assert (status, index_text(root)) == (1, INDEX)
    assert f"agreement of tree/text was “may-2026” and is “{shown}” now" in err


def test_days_that_a_csv_counts_are_told_with_their_cell(root, capsys):
    path = root / "filled.csv"
    path.write_text(csv_of(rows_of(fill(root, FILLED)), ",", "46090"))
    status, _, err = permissions(capsys, "record", "--from", str(path), "--apply")
    assert (status, index_text(root)) == (1, INDEX)
    assert "row 2, cell L2: “46090” is no day that can be told" in err
    assert "show the column as dates" in err


def test_the_rows_below_a_title_keep_their_numbers(root, capsys):
    path = fill(root, FILLED | {("tree/text", "status"): "Yes"})
    book = openpyxl.load_workbook(path)
    a_title_above(book)
    book.save(path)
    assert "sheet Permissions, cell J5: “Yes” is no status" in permissions(capsys, "record", "--from", str(path))[2]


def test_two_checklists_in_one_workbook_are_not_guessed_at(root, capsys):
    path = fill(root, FILLED)
    book = openpyxl.load_workbook(path)
    book.copy_worksheet(book.active).title = "Copy of Permissions"
    book.save(path)
    status, _, err = permissions(capsys, "record", "--from", str(path), "--apply")
    assert (status, index_text(root)) == (1, INDEX)
    assert "holds 2 checklists, in the sheets “Permissions” and “Copy of Permissions”" in err


def test_evidence_typed_with_the_strokes_of_windows(root, capsys):
    path = fill(root, FILLED | {("tree/text", "evidence"): "releases\\may.txt"})
    assert permissions(capsys, "record", "--from", str(path), "--apply")[0] == 0
    assert index_text(root) == WRITTEN


# ---- LibreOffice itself


def converted(source: Path, kind: str, into: Path, *opened_as: str) -> Path:
    """A file as LibreOffice Calc opens and saves it."""
    if not shutil.which("soffice"):
        absent("soffice (libreoffice-calc-nogui)")
    subprocess.run(
        ["soffice", f"-env:UserInstallation={(into / 'profile').as_uri()}", "--headless", *opened_as, "--convert-to", kind, "--outdir", str(into), str(source)],
        capture_output=True, timeout=180, check=False,
    )  # fmt: skip
    made = into / f"{source.stem}.{kind.partition(':')[0]}"
    if not made.exists():
        absent("Calc in LibreOffice (libreoffice-calc-nogui)")
    return made


_UTF8, _UTF16 = "76", "65535"


@pytest.mark.validator
@pytest.mark.parametrize(
    "ways",
    [
        ("xlsx",),
        ("ods", "xlsx"),
        (f"csv:Text - txt - csv (StarCalc):44,34,{_UTF8},1,,0,false,true",),
        (f"csv:Text - txt - csv (StarCalc):59,34,{_UTF8},1,,0,true,false",),
        (f"csv:Text - txt - csv (StarCalc):9,34,{_UTF16},1,,0,false,true",),
    ],
    ids=["xlsx", "by way of ods", "csv", "csv of values, quoted, with semicolons", "csv in UTF-16 with tabs"],
)
def test_after_libreoffice_has_saved_it(root, capsys, ways):
    path = fill(root, FILLED | dict.fromkeys([("tree/text", "granted"), ("tree/photo/1", "granted")], "2026-03-09"))
    for number, way in enumerate(ways):
        folder = root / f"lo{number}"
        folder.mkdir()
        path = converted(path, way, folder)
    status, _, err = permissions(capsys, "record", "--from", str(path), "--apply")
    assert status == 0, err
    assert index_text(root) == WRITTEN


@pytest.mark.validator
def test_a_csv_that_libreoffice_opened_and_saved(root, capsys):
    """The checklist as milebook writes it as CSV, opened by Calc, in which nothing was changed: it changes nothing."""
    from milebook.app.load import load
    from milebook.output.spreadsheets import rows_to_csv
    from milebook.permissions import CHECKLIST_COLUMNS, checklist_rows

    path = root / "permissions.csv"
    path.write_bytes(rows_to_csv(CHECKLIST_COLUMNS, checklist_rows(load(root).items)))
    saved = converted(path, "xlsx", root, f"--infilter=Text - txt - csv (StarCalc):44,34,{_UTF8},1")
    status, out, err = permissions(capsys, "record", "--from", str(saved), "--apply")
    assert (status, index_text(root)) == (0, INDEX), err
    assert "The index says so already." in out
