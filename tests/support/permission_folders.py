"""Book folders on disk for the tests of `milebook permissions`, the command run in them, and checklists and forms filled in."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import openpyxl
import pikepdf
import pytest
from PIL import Image

from milebook.app.load import load
from milebook.commands import run
from milebook.output.spreadsheets import rows_to_xlsx
from milebook.permissions import CHECKLIST_COLUMNS, HIDDEN_COLUMNS, checklist_rows


def book_folder(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    index: str,
    *,
    stories: Iterable[str] = (),
    photos: Iterable[str] = (),
    releases: Mapping[str, str] | None = None,
    words: str = "This is the {name}, and I ran past it.\n",
) -> Path:
    """A book with short texts, photos that differ, and evidence ({file: text}), entered on March 20, 2026."""
    for name in ("photos", "releases"):
        (root / "stories" / name).mkdir(parents=True)
    for gray, name in enumerate(photos):
        Image.new("RGB", (1600, 1200), (90 + gray, 120, 60)).save(root / f"stories/photos/{name}.jpg")
    for name in stories:
        (root / f"stories/{name}.md").write_text(words.format(name=name))
    for name, said in (releases or {}).items():
        (root / f"stories/releases/{name}").write_text(said)
    (root / "stories/index.yaml").write_text(index)
    monkeypatch.chdir(root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1774000000")  # 2026-03-20
    return root


def milebook(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run a command: its exit status, and what it printed on standard output and on standard error."""
    capsys.readouterr()
    status = run(list(words))
    shown = capsys.readouterr()
    assert "Traceback" not in shown.err
    return status, shown.out, shown.err


def permissions(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    return milebook(capsys, "permissions", *words)


def index_text(root: Path) -> str:
    return (root / "stories/index.yaml").read_text()


def checklist(root: Path) -> bytes:
    """The book's checklist as the workbook that milebook writes."""
    rows = checklist_rows(load(root).items)
    return rows_to_xlsx({"Permissions": (CHECKLIST_COLUMNS, rows)}, created=date(2026, 3, 20), hidden=HIDDEN_COLUMNS)


def fill(root: Path, cells: Mapping[tuple[str, str], object], name: str = "filled.xlsx") -> Path:
    """The checklist with cells filled in: (item or "" for the head row, column) -> value."""
    book = openpyxl.load_workbook(io.BytesIO(checklist(root)))
    sheet = book.active
    assert sheet is not None
    columns = {cell.value: cell.column for cell in sheet[1]}
    rows = {sheet.cell(row, columns["item"]).value: row for row in range(2, sheet.max_row + 1)} | {"": 1}
    for (item, column), value in cells.items():
        sheet.cell(rows[item], columns[column]).value = value
    path = root / name
    book.save(path)
    return path


def fill_form(form: bytes, **fields: str) -> bytes:
    """A release form with fields filled in, as a viewer would; spaces in their names are written as _."""
    with pikepdf.open(io.BytesIO(form)) as document:
        for field in document.Root.AcroForm.Fields:
            value = fields.get(str(field.T).replace(" ", "_"))
            if value is not None:
                field.V = pikepdf.Name(f"/{value}") if str(field.FT) == "/Btn" else pikepdf.String(value)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()
