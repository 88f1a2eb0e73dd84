"""`record --from`: a checklist filled in with other programs, a plan first, then all of it or nothing."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path
from time import process_time

import openpyxl
import pytest
from permission_books import book, story
from permission_folders import book_folder, fill, index_text, milebook, permissions

from milebook.permissions import items
from milebook.permissions.answers.cells import read_day
from milebook.permissions.answers.checklist_sheet import Sheet, lost_letters
from milebook.permissions.answers.returned_checklist import filled_in

INDEX = """\
# keep me
book:
  title: A Mile
  authors: [Ada Example]
  date: 2026-03-15
chapters:
  - {id: one, title: One, stories: [tree, lamp]}
agreements:
  ana-2026: {signer: Ana Example, status: requested, requested: 2026-03-01}   # both
stories:
  - id: tree
    title: The Tree
    status: selected
    contributor: {name: Ana Example}
    permission: ana-2026
    photos:
      - {file: photos/a.jpg, alt: A tree., credit: Photo by Ana Example, permission: ana-2026}
  - id: lamp
    title: The Lamp
    status: selected
    contributor: {name: Lou Lamp}   # no answer yet
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    releases = {"ana.txt": "I agree. Ana", "lou.txt": "I agree. Lou"}
    return book_folder(tmp_path, monkeypatch, INDEX, stories=("tree", "lamp"), photos="a", releases=releases)


ALL = {
    ("tree/text", "status"): "granted", ("tree/text", "granted"): datetime(2026, 3, 9), ("tree/text", "evidence"): "releases/ana.txt",
    ("tree/photo/1", "status"): "granted", ("lamp/text", "status"): "refused",
}  # fmt: skip


def test_a_plan_first_then_all_of_it(root, capsys):
    filled = fill(root, ALL)
    status, out, _ = permissions(capsys, "record", "--from", str(filled))
    assert status == 0
    assert "agreements/ana-2026: status requested → granted" in out
    assert "Nothing was changed yet. To write it, add --apply." in out
    assert index_text(root) == INDEX
    status, out, _ = permissions(capsys, "record", "--from", str(filled), "--apply")
    assert status == 0
    assert "tree/text  clear" in out
    assert "tree/photo/1  clear" in out
    assert (
        index_text(root)
        == INDEX.replace(
            "status: requested, requested: 2026-03-01}",
            "status: granted, requested: 2026-03-01, granted: 2026-03-09, evidence: releases/ana.txt}",
        )
        + "    permission: {status: refused}\n"
    )
    assert "The index says so already." in permissions(capsys, "record", "--from", str(fill(root, {})))[1]


def test_one_row_of_an_agreement_is_recorded_by_itself(root, capsys):
    filled = fill(root, {key: value for key, value in ALL.items() if key[0] == "tree/text"})
    assert permissions(capsys, "record", "--from", str(filled), "--apply")[0] == 0
    assert "  ana-2026: {signer: Ana Example, status: requested, requested: 2026-03-01}   # both\n" in index_text(root)
    assert (
        "    permission: {signer: Ana Example, status: granted, requested: 2026-03-01, granted: 2026-03-09, evidence: releases/ana.txt}\n"
        in index_text(root)
    )


def as_csv(root: Path, path: Path, separator: str, encoding: str) -> Path:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator)
    for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True):
        writer.writerow(
            [
                value.strftime("%Y-%m-%d") if isinstance(value, datetime) else "" if value is None else value
                for value in row
            ]
        )
    made = root / "filled.csv"
    made.write_bytes(out.getvalue().encode(encoding))
    return made


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_csv_of_any_program(root, capsys, separator, encoding):
    filled = as_csv(root, fill(root, ALL), separator, encoding)
    status, out, err = permissions(capsys, "record", "--from", str(filled), "--apply")
    assert status == 0, err
    assert "tree/photo/1  clear" in out


WRONG = [
    ({("tree/text", "status"): "Grantet"}, "sheet Permissions, cell J2: “Grantet” is no status", "did you mean granted?"),
    ({("tree/text", "status"): "perhaps"}, "“perhaps” is no status", "write one of not_needed"),
    ({("tree/text", "granted"): "03/04/2026", ("tree/text", "status"): "granted"}, "cell L2: “03/04/2026” is no day",
     "it may be 2026-03-04 or 2026-04-03"),
    ({("tree/text", "granted"): "2026-02-30", ("tree/text", "status"): "granted"}, "“2026-02-30” is no day", "write it like 2026-03-09"),
    ({("tree/text", "granted"): "2026-03-09"}, "has a day in “granted”, but its status is requested", "write granted"),
    ({("tree/text", "granted"): "2026-02-01", ("tree/text", "status"): "granted"}, "granted 2026-02-01 is before requested 2026-03-01", ""),
    ({("tree/text", "granted"): "2027-02-01", ("tree/text", "status"): "granted"}, "is a day that has not come yet", ""),
    ({("tree/text", "agreement"): "lou-2026"}, "cell H2: agreement of tree/text was “ana-2026” and is “lou-2026” now", "leave it as milebook wrote it"),
    ({("tree/text", "item"): "tree/txet"}, "there is no item tree/txet in this book", "did you mean tree/text?"),
    ({("tree/text", "item"): "lamp/text"}, "lamp/text stands in row 2 already", "keep one"),
    ({("", "status"): "stauts"}, "holds no checklist", "leave its first row as it is"),
    ({("", "granted"): "grantd"}, "cell L1: the heading was “granted” and is “grantd” now", "write the heading as it was"),
    ({("tree/text", "evidence"): "releases/nope.txt"}, "there is no file stories/releases/nope.txt", ""),
    ({("tree/text", "formats"): "papyrus"}, "“papyrus” are no formats", "print, ebook, audio"),
    ({("tree/text", "territory"): "Narnia"}, "“Narnia” is no territory", ""),
    ({("tree/text", "territory"): "UK, Irland and France"}, "“Irland” is no territory", ""),
    ({("tree/text", "status"): "granted", ("tree/photo/1", "status"): "refused"}, "rows 2 and 3 are of one agreement, ana-2026, but status differs", ""),
    ({("lamp/text", "status"): "not_needed"}, "not_needed wants a reason", "--reason"),
    ({(item, "item"): f"other/{n}" for n, item in enumerate(("tree/text", "tree/photo/1", "lamp/text"))},
     "none of its rows is of this book", ""),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "said", "cure"), WRONG, ids=[said[:40] for _, said, _ in WRONG])
def test_what_cannot_be_understood_is_told_with_its_cell_and_nothing_is_written(root, capsys, cells, said, cure):
    filled = fill(root, {("lamp/text", "status"): "refused"} | cells)
    status, out, err = permissions(capsys, "record", "--from", str(filled), "--apply")
    assert status == 1
    assert said in err
    assert cure in err
    assert index_text(root) == INDEX
    assert "Nothing was changed." in out


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({("tree/text", "clear"): "yes"}, "“clear” of tree/text was changed, but milebook works it out"),
        ({("tree/text", "requested"): None}, "requested of tree/text was emptied; nothing is taken out"),
    ],
)
def test_what_has_no_effect_is_a_warning(root, capsys, cells, said):
    status, _, err = permissions(capsys, "record", "--from", str(fill(root, cells)), "--apply")
    assert (status, index_text(root)) == (0, INDEX)
    assert "warning[MB323]" in err
    assert said in err


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (
            b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet",
            "OpenDocument spreadsheet",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel workbook"),
        (b"%PDF-1.7\n", "is a PDF"),
    ],
)
def test_a_file_of_another_kind_is_told_as_such(root, capsys, data, kind):
    (root / "filled").write_bytes(data)
    status, _, err = permissions(capsys, "record", "--from", "filled", "--apply")
    assert (status, index_text(root)) == (1, INDEX)
    assert kind in err
    assert "(.xlsx)" in err


@pytest.mark.parametrize(
    ("before", "now", "lost"),
    [
        ("דנה לוי", "??? ???", True),
        ("Zoë Żak", "Zoë ?ak", True),
        ("Zoe?", "Zoe!", False),
        ("Zoë", "Zoe", False),
        ("Zoë", "Zoë", False),
    ],
)
def test_letters_that_a_character_set_lacks_are_known(before, now, lost):
    assert lost_letters(before, now) is lost


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04broken", b"\x00\xff" * 50, b"a,b\n1,2\n", b'"item,status\n'])
def test_files_that_are_no_checklist(root, capsys, data):
    (root / "x.xlsx").write_bytes(data)
    status, _, err = permissions(capsys, "record", "--from", "x.xlsx", "--apply")
    assert (status, "MB323" in err, index_text(root)) == (1, True, INDEX)
    assert permissions(capsys, "record", "--from", "nope.xlsx")[0] == 1


def test_a_day_of_consent_with_a_no_is_wrong_usage(root, capsys):
    before = (root / "stories/index.yaml").read_bytes()
    status, _, err = permissions(capsys, "record", "tree/text", "--status", "no_reply", "--granted", "2026-03-05")
    assert status == 2
    assert "--status no_reply that it was not" in err
    assert (root / "stories/index.yaml").read_bytes() == before


def test_wrong_usage(root, capsys):
    assert permissions(capsys, "record")[0] == 2
    assert permissions(capsys, "record", "lamp/text", "--from", "x.xlsx")[0] == 2
    assert permissions(capsys, "record", "lamp/text", "--apply", "--status", "refused")[0] == 2


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (date(2026, 3, 9), "2026-03-09"), ("2026-03-09", "2026-03-09"), ("2026-3-9", "2026-03-09"), ("2026-03-09 00:00:00", "2026-03-09"),
        ("09.03.2026", "2026-03-09"), ("9. 3. 2026", "2026-03-09"), ("3/20/2026", "2026-03-20"), ("20/03/2026", "2026-03-20"),
        ("03/03/2026", "2026-03-03"), ("3/4/2026", ""), ("3/20/26", ""), ("tomorrow", ""), (46100, "2026-03-19"), ("46100", ""), ("9" * 5000, ""), (46100.5, "2026-03-19"), (3, ""), (9e9, ""),
        ("9 March 2026", "2026-03-09"), ("9-Mar-2026", "2026-03-09"), ("March 9, 2026", "2026-03-09"), ("Mar. 9 2026", "2026-03-09"),
        ("Sept 9, 2026", "2026-09-09"), ("9 Ma 2026", ""), ("9 Foo 2026", ""), ("2026/03/09", "2026-03-09"), ("2026-03-09T14:05:00", "2026-03-09"),
        ("09.03.2026 14:05", "2026-03-09"), (True, ""), ("31.02.2026", ""), ("1026-03-09", ""),
    ],
)  # fmt: skip
def test_days_as_people_write_them(cell, day):
    assert read_day(cell)[0] == day


ANSWERED = INDEX.replace(
    "status: requested, requested: 2026-03-01}",
    "status: granted, requested: 2026-03-01, granted: 2026-03-09, evidence: releases/ana.txt}",
)
NEWER = ANSWERED.replace("granted: 2026-03-09", "granted: 2026-03-12")


def saved_as(kind: str, root: Path, filled: Path) -> Path:
    """The checklist as workbook, as CSV, or as CSV of a milebook that wrote no column "as_written"."""
    if kind == "xlsx":
        return filled
    made = as_csv(root, filled, ",", "utf-8")
    if kind == "old csv":
        rows = list(csv.reader(io.StringIO(made.read_text())))
        out = io.StringIO(newline="")
        csv.writer(out).writerows(row[:-1] for row in rows)
        made.write_text(out.getvalue())
    return made


KINDS = pytest.mark.parametrize("kind", ["xlsx", "csv", "old csv"])


@KINDS
@pytest.mark.parametrize(("before", "now"), [(ANSWERED, NEWER), (INDEX, ANSWERED)])
def test_rows_that_nobody_touched_change_nothing_in_a_newer_index(root, capsys, kind, before, now):
    (root / "stories/index.yaml").write_text(before)
    filled = saved_as(kind, root, fill(root, {("lamp/text", "status"): "Refused"}))
    (root / "stories/index.yaml").write_text(now)
    status, _, err = permissions(capsys, "record", "--from", str(filled), "--apply")
    assert status == 0, err
    assert index_text(root) == now + "    permission: {status: refused}\n"
    assert "tree/text has changed since this list was made: the list says" in err
    assert "“clear”" not in err
    assert "emptied" not in err


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_cell_that_was_changed_counts_also_in_an_older_list(root, capsys, kind):
    (root / "stories/index.yaml").write_text(ANSWERED)
    day = {(item, "granted"): datetime(2026, 3, 10) for item in ("tree/text", "tree/photo/1")}
    filled = saved_as(kind, root, fill(root, day))
    (root / "stories/index.yaml").write_text(NEWER)
    assert permissions(capsys, "record", "--from", str(filled), "--apply")[0] == 0
    assert index_text(root) == ANSWERED.replace("granted: 2026-03-09", "granted: 2026-03-10")


@KINDS
@pytest.mark.parametrize("gone", [INDEX.replace("stories: [tree, lamp]", "stories: [tree]").replace(
    "The Lamp\n    status: selected", "The Lamp\n    status: cut")])  # fmt: skip
def test_rows_of_a_story_that_was_cut_are_passed_over(root, capsys, kind, gone):
    filled = saved_as(kind, root, fill(root, ALL))
    (root / "stories/index.yaml").write_text(gone)
    status, out, err = permissions(capsys, "record", "--from", str(filled), "--apply")
    assert status == 0, err
    assert "lamp is no longer in the book; its rows are passed over" in err + out
    assert "did you mean" not in err
    assert "tree/text  clear" in out


@pytest.mark.parametrize(
    "words", ["jusqu’à 3\u00a0000 exemplaires", "ask 👨\u200d👩\u200d👧 first", "می\u200cخواهم", "Buch\u00adhandel"]
)
def test_no_break_spaces_and_joiners_are_no_line_breaks(root, capsys, words):
    filled = fill(root, {("lamp/text", "status"): "refused", ("lamp/text", "restrictions"): words})
    status, _, err = permissions(capsys, "record", "--from", str(filled), "--apply")
    assert (status, err) == (0, "")
    assert index_text(root) != INDEX
    before = index_text(root)
    status, _, err = permissions(capsys, "record", "tree/text", "--restrictions", words)
    assert (status, index_text(root) != before) == (0, True), err


def test_a_checklist_of_another_large_book_is_known_at_once():
    """A guess for every row would take as many comparisons as there are pairs of rows and items."""
    stories = [story(f"my-story-{number}") for number in range(1500)]
    mine, _ = items(book(*stories), None, "2026-03-15")
    rows = [(1, ["item", "status"]), *((row, [f"other-story-{row}/text", "granted"]) for row in range(2, 1502))]
    started = process_time()
    found = filled_in(Sheet.of("Permissions", rows), "x.xlsx", mine)
    assert [one.message for one in found.findings] == ["sheet Permissions, cell A1: none of its rows is of this book"]
    mixed = filled_in(Sheet.of("Permissions", [*rows, (1502, ["my-story-1/text", "granted"])]), "x.xlsx", mine)
    assert [one.place.line for one in mixed.findings] == list(range(2, 1502))
    assert process_time() - started < 10


def test_a_status_may_have_capitals(root, capsys):
    cells = {(item, "status"): " GRANTED " for item in ("tree/text", "tree/photo/1")} | {
        ("lamp/text", "status"): "No Reply"
    }
    assert permissions(capsys, "record", "--from", str(fill(root, cells)), "--apply")[0] == 0
    assert "status: granted, requested: 2026-03-01}" in index_text(root)
    assert "permission: {status: no_reply}" in index_text(root)


def test_one_wrong_status_is_one_error(root, capsys):
    filled = fill(root, {("tree/text", "status"): "yes", ("tree/text", "granted"): "2026-03-09"})
    err = permissions(capsys, "record", "--from", str(filled))[2]
    assert err.count("MB323") == 1, err


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_letter_that_was_written_since_is_no_other_row(root, capsys, kind):
    filled = saved_as(kind, root, fill(root, {("lamp/text", "status"): "refused"}))
    later = INDEX.replace(
        "agreements:", "agreements:\n  lou-2026: {signer: Lou Lamp, status: requested, requested: 2026-03-16}"
    )
    (root / "stories/index.yaml").write_text(
        later.replace("{name: Lou Lamp}", "{name: Lou Lamp}\n    permission: lou-2026")
    )
    status, out, err = permissions(capsys, "record", "--from", str(filled), "--apply")
    assert status == 0, err
    assert "agreements/lou-2026: status requested → refused" in out


@KINDS
@pytest.mark.parametrize("order", ["%m/%d/%Y", "%d/%m/%Y", "%d.%m.%y", "%m/%d/%y"])
def test_days_that_a_program_wrote_anew_are_not_filled_in(root, capsys, kind, order):
    """A program that opens a CSV writes 2026-03-04 as 3/4/2026, which may be two days; but nobody typed it."""
    before = ANSWERED.replace("03-09", "03-04")
    (root / "stories/index.yaml").write_text(before)
    days = {(item, column): date(2026, 3, day).strftime(order) for item in ("tree/text", "tree/photo/1")
            for column, day in (("requested", 1), ("granted", 4))}  # fmt: skip
    filled = saved_as(kind, root, fill(root, {("lamp/text", "status"): "refused"} | days))
    status, _, err = permissions(capsys, "record", "--from", str(filled), "--apply")
    assert (status, err) == (0, "")
    assert index_text(root) == before + "    permission: {status: refused}\n"
    if kind != "old csv":
        (root / "stories/index.yaml").write_text(NEWER)
        status, _, err = permissions(capsys, "record", "--from", str(filled), "--apply")
        assert status == 0
        assert index_text(root) == NEWER + "    permission: {status: refused}\n"


@KINDS
def test_rows_of_a_story_that_has_another_id_now(root, capsys, kind):
    filled = saved_as(kind, root, fill(root, {("lamp/text", "status"): "refused"}))
    assert milebook(capsys, "rename", "lamp", "lantern")[0] == 0
    status, out, err = permissions(capsys, "record", "--from", str(filled), "--apply")
    assert (status, err) == (0, "")
    assert "stories/lantern/permission: status to_request → refused" in out
