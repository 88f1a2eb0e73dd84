"""`milebook permissions` from the outside: a small book on the disk, commands, what they show and what they change."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from permission_folders import book_folder, index_text, permissions

from milebook.commands import run

INDEX = """\
book:
  title: A Mile
  authors: [Ada Example]
  contact: {name: Ada Example, email: ada@example.org}
  date: 2026-03-15
  back: [thanks.md]
chapters:
  - {id: one, title: One, stories: [tree, lamp]}
  - {id: two, title: Two, stories: [road]}
agreements:
  ana-2026:   # the first who answered
    signer: Ana Example
    status: granted
    requested: 2026-03-01
    granted: 2026-03-02
    evidence: releases/ana.txt
  ben-2026:
    signer: Ben Example
    status: to_request
stories:
  - id: tree
    title: The Tree
    status: selected
    contributor: {name: Ana Example, email: ana@example.org}
    permission: ana-2026
    photos:
      - {file: photos/tree.jpg, caption: A tree., alt: A tree., credit: Photo by Ben, permission: ben-2026}
  - id: lamp
    title: The Lamp
    status: selected
    contributor: {name: Lou Lamp, email: lou@example.org}
  - id: road
    title: The Road
    status: selected
    contributor: {name: Jane Roe, anonymous: true, email: jane@example.org}
    permission: {signer: Jane Roe, status: requested, requested: 2026-03-01}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    releases = {
        "ana.txt": "I agree. Ana",
        "ben.txt": "Yes. Ben",
        "lou.txt": "Yes. Lou",
        "jane.txt": "Yes. Jane",
        "empty.txt": "",
    }
    made = book_folder(
        tmp_path, monkeypatch, INDEX, stories=("tree", "lamp", "road"), photos=("tree",), releases=releases
    )
    (made / "stories/thanks.md").write_text("# Thanks\n\nTo Lou Lamp, who waited.\n")
    return made


def test_the_checklist_by_story(root, capsys):
    status, out, _ = permissions(capsys)
    assert status == 0
    for line in ("1. One", "The Tree", "✓ text  granted", "☐ photo by Ben: A tree: not asked yet",
                 "ask Ben Example", "☐ text: not asked yet", "1 of 4 clear"):  # fmt: skip
        assert line in out
    assert "@example.org" not in out
    assert "Jane" not in out


def test_only_open_and_only_one_story(root, capsys):
    assert "✓" not in permissions(capsys, "--open")[1]
    out = permissions(capsys, "--story", "lamp")[1]
    assert "The Lamp" in out
    assert "The Tree" not in out
    assert permissions(capsys, "--story", "nope")[0] == 2


def test_by_person(root, capsys):
    out = permissions(capsys, "--by-person")[1]
    assert [line.split("  ")[0] for line in out.split("\n")[:7] if line and line[0] != " "] == [
        "Ana Example",
        "Ben Example",
        "Lou Lamp",
    ]


def test_json(root, capsys):
    document = json.loads(permissions(capsys, "--json", "--open")[1])
    assert [item["item"] for item in document["items"]] == ["tree/photo/1", "lamp/text", "road/text"]


def test_csv_and_xlsx(root, capfdbinary):
    run(["permissions", "--csv"])
    rows = list(csv.DictReader(io.StringIO(capfdbinary.readouterr().out.decode("utf-8-sig"))))
    assert [row["clear"] for row in rows] == ["yes", "no", "no", "no"]
    run(["permissions", "--xlsx"])
    sheet = openpyxl.load_workbook(io.BytesIO(capfdbinary.readouterr().out)).active
    assert sheet.max_row == 5


def test_request_writes_letters_and_notes_the_date(root, capsys):
    assert permissions(capsys, "request")[0] == 0
    names = sorted(path.name for path in (root / "build/letters").iterdir() if not path.name.startswith("."))
    assert names == [
        "2026-03-20-ben-example-form.pdf",
        "2026-03-20-ben-example.docx",
        "2026-03-20-ben-example.eml",
        "2026-03-20-lou-lamp-form.pdf",
        "2026-03-20-lou-lamp.docx",
        "2026-03-20-lou-lamp.eml",
    ]
    assert zipfile.is_zipfile(root / "build/letters/2026-03-20-lou-lamp.docx")
    assert b"To: Lou Lamp <lou@example.org>" in (root / "build/letters/2026-03-20-lou-lamp.eml").read_bytes()
    assert "    status: to_request\n    letter: 2026-03-20\n" in index_text(root)  # Ben has no address
    assert "    permission: {signer: Lou Lamp, status: requested, requested: 2026-03-20}\n" in index_text(root)
    assert index_text(root).startswith(INDEX.split("  ben-2026")[0])
    out = permissions(capsys, "request")[1]
    assert (
        'The letter to Ben Example is written, but not posted. Post it, then: milebook permissions sent "Ben Example"'
        in out
    )
    assert "nobody" not in out
    assert (
        "There is nobody called “Lou” to ask who has not been asked" in permissions(capsys, "request", "--to", "Lou")[1]
    )
    assert permissions(capsys, "sent", "Ben Example")[0] == 0
    assert "There is nobody to ask who has not been asked" in permissions(capsys, "request")[1]
    assert "Jane Roe" in permissions(capsys, "request", "--again", "--dry-run", "--story", "road")[1]


def test_letters_are_the_same_every_time(root, capsys):
    def made():
        permissions(capsys, "request", "--no-note")
        return {p.name: p.read_bytes() for p in (root / "build/letters").glob("*.*") if p.suffix in (".eml", ".docx")}

    first = made()
    assert len(first) == 4
    assert made() == first
    assert index_text(root) == INDEX


def test_wider_terms_are_asked_for_once_and_noted(root, capsys):
    index = root / "stories/index.yaml"
    index.write_text(INDEX.replace("evidence: releases/ana.txt", "evidence: releases/ana.txt\n    formats: [print]"))
    out = permissions(capsys, "request", "--to", "Ana")[1]
    assert "wrote build/letters/2026-03-20-ana-example.eml" in out
    assert "ana-2026 stays granted while you ask for more; the day of asking is in its notes." in out
    assert "Nothing has been sent." in out
    assert "    status: granted\n    requested: 2026-03-01\n    granted: 2026-03-02\n" in index_text(root)
    assert "notes: asked again on 2026-03-20\n" in index_text(root).replace('"', "")
    noted = index_text(root)
    assert (
        "There is nobody called “Ana” to ask who has not been asked" in permissions(capsys, "request", "--to", "Ana")[1]
    )
    assert "wait for Ana Example, asked again 2026-03-20" in permissions(capsys)[1]
    assert "To: Ana Example" in permissions(capsys, "request", "--to", "Ana", "--again", "--dry-run")[1]
    assert index_text(root) == noted


def test_nobody_is_asked_who_is_not_known(root, capsys):
    index = root / "stories/index.yaml"
    index.write_text(INDEX.replace("credit: Photo by Ben, permission: ben-2026", "credit: A photo"))
    before = index_text(root)
    status, out, _ = permissions(capsys, "request", "--to", "whoever took the photo")
    assert status == 0
    assert "No letter for tree/photo/1 (photo: A tree): say who took it: photographer: …" in out
    assert not (root / "build/letters").exists()
    assert index_text(root) == before
    out = permissions(capsys, "--by-person")[1]
    assert "whoever took the photo: “The Tree”" in out


def test_a_dry_run_writes_nothing(root, capsys):
    out = permissions(capsys, "request", "--dry-run", "--to", "lou")[1]
    assert "To: Lou Lamp <lou@example.org>" in out
    assert "Ben" not in out
    assert not (root / "build").exists()
    assert index_text(root) == INDEX


def test_a_letter_of_one_s_own(root, capsys):
    (root / "layouts/letter").mkdir(parents=True)
    (root / "layouts/letter/letter.md").write_text("Subject: Hello\n\nHi {signer}, {oops}")
    _, out, err = permissions(capsys, "request", "--dry-run")
    assert "Hi Ben Example, {oops}" in out
    assert "MB315" in err


@pytest.mark.parametrize(("address", "codes"), [("lou@example.org", ""), ("łou@example.org", "MB316")])
def test_an_address_that_no_mail_can_be_sent_to(root, capsys, address, codes):
    (root / "stories/index.yaml").write_text(INDEX.replace("lou@example.org", address), "utf-8")
    _, _, err = permissions(capsys, "request", "--no-note")
    assert ("MB316" in err) is bool(codes)
    assert (b"To:" in (root / "build/letters/2026-03-20-lou-lamp.eml").read_bytes()) is not bool(codes)


def test_record(root, capsys):
    words = (
        "ben-2026",
        "--granted",
        "2026-03-19",
        "--evidence",
        "stories/releases/ben.txt",
        "--formats",
        "print,ebook",
    )
    status, out, _ = permissions(capsys, "record", *words)
    assert status == 0
    assert "tree/photo/1  clear" in out
    assert (
        "    signer: Ben Example\n    status: granted\n    granted: 2026-03-19\n    evidence: releases/ben.txt\n    formats: [print, ebook]\nstories:"
        in index_text(root)
    )
    assert "  ana-2026:   # the first who answered\n" in index_text(root)


def test_record_the_day_an_edited_text_was_approved(root, capsys):
    status, out, _ = permissions(capsys, "record", "ana-2026", "--edit-approved", "2026-03-19")
    assert (status, out) == (0, "agreements/ana-2026: edit approved on 2026-03-19\ntree/text  clear\n")
    assert "    granted: 2026-03-02\n    edit_approved: 2026-03-19\n    evidence" in index_text(root)


def test_what_is_recorded_before_anybody_was_asked_is_still_to_be_asked(root, capsys):
    status, out, _ = permissions(capsys, "record", "lamp/text", "--notes", "Write to Lou: she moved")
    assert status == 0
    assert "lamp/text  open: not asked yet" in out
    assert 'permission: {status: to_request, notes: "Write to Lou: she moved"}' in index_text(root)


def test_recording_the_same_twice_changes_nothing(root, capsys):
    words = ("record", "ben-2026", "--status", "no_reply")
    permissions(capsys, *words)
    before = index_text(root)
    assert permissions(capsys, *words)[1].startswith("The index says so already.\ntree/photo/1  open: ")
    assert index_text(root) == before


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--to", "ana"], 0, "There is nobody called “ana” to ask who has not been asked"),
        (["--to", "ana", "--again", "--dry-run"], 0, "There is nobody called “ana” to ask.\n"),
        (["--to", "Jane", "--dry-run"], 0, "There is nobody called “Jane” to ask who"),
        (["--to", "zoe"], 2, "there is no person “zoe” to ask"),
        (["--to", "Bne"], 2, "there is no person “Bne” to ask; did you mean Ben Example?"),
        (["--story", "nope"], 2, "there is no story “nope” in the book"),
        (["--story", "tere"], 2, "there is no story “tere” in the book; did you mean tree?"),
    ],
)
def test_nobody_to_ask(root, capsys, words, status, said):
    found, out, err = permissions(capsys, "request", *words)
    assert found == status
    assert said in out + err
    assert index_text(root) == INDEX


def test_errors_of_other_stories_are_not_shown_with_one_story(root, capsys):
    permissions(capsys, "record", "ben-2026", "--status", "refused")
    assert "MB301" in permissions(capsys)[2]
    assert permissions(capsys, "--story", "lamp")[::2] == (0, "")


def test_record_an_item(root, capsys):
    status, out, _ = permissions(
        capsys, "record", "lamp/text", "--granted", "2026-03-19", "--evidence", "releases/ben.txt"
    )
    assert status == 0
    assert "lamp/text  clear" in out
    assert "permission: {status: granted, granted: 2026-03-19, evidence: releases/ben.txt}" in index_text(root)


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["ben-2027", "--granted", "2026-03-19"], 1, "did you mean ben-2026?"),
        (["ben-2027", "--granted", "2026-03-19"], 1, "error[MB318]"),
        (["tree", "--granted", "2026-03-19"], 1, "“tree” may mean Ana Example (ana-2026) or Ben Example (ben-2026)"),
        (["tree/photo/2", "--granted", "2026-03-19"], 1, "there is no item “tree/photo/2”"),
        (["ben-2026"], 2, "say what to record"),
        (["ben-2026", "--granted", "yesterday"], 2, "is no day"),
        (["ben-2026", "--granted", "2026-02-30"], 2, "is no day"),
        (["ben-2026", "--status", "ok"], 2, "ok"),
        (["ben-2026", "--status", "GRANTED"], 2, "GRANTED"),
        (["ben-2026", "--formats", "papyrus"], 2, "papyrus"),
        (["ben-2026", "--territory", "Narnia"], 2, "Narnia"),
        (["ben-2026", "--languages", "English"], 2, "English"),
        (["ben-2026", "--status", "not_needed"], 2, "--reason"),
        (["ben-2026", "--credit", "a\nb"], 2, "one line"),
        (["ana-2026", "--granted", "2026-02-19"], 1, "granted 2026-02-19 is before requested 2026-03-01"),
        (["ben-2026", "--granted", "2026-02-19", "--requested", "2026-02-20"], 1, "it is granted before it was asked for"),
        (["ana-2026", "--expires", "2026-01-01"], 1, "it expires before it was granted"),
        (["ben-2026", "--granted", "2062-03-19"], 1, "is a day that has not come yet"),
        (["ben-2026", "--requested", "2026-03-22"], 1, "MB318"),
        (["ben-2026", "--granted", "2026-03-19", "--evidence", "releases/nope.txt"], 1, "there is no file stories/releases/nope.txt"),
        (["ben-2026", "--granted", "2026-03-19", "--evidence", "releases/empty.txt"], 1, "empty"),
        (["ben-2026", "--granted", "2026-03-19", "--evidence", "/etc/hostname"], 1, "outside the book folder"),
        (["ben-2026", "--granted", "2026-03-19", "--evidence", "../../../etc/hostname"], 1, "MB317"),
    ],
)  # fmt: skip
def test_record_refuses(root, capsys, words, status, said):
    found, out, err = permissions(capsys, "record", *words)
    assert found == status
    assert said in out + err
    assert index_text(root) == INDEX


def test_the_index_keeps_its_permissions(root, capsys):
    (root / "stories/index.yaml").chmod(0o640)
    permissions(capsys, "record", "ben-2026", "--status", "refused")
    assert (root / "stories/index.yaml").stat().st_mode & 0o777 == 0o640


def test_withdraw(root, capsys):
    status, out, _ = permissions(capsys, "withdraw", "lamp")
    assert status == 0
    assert "No file that milebook has made and still knows of holds it." in out
    assert "still speaks of it: “Thanks”" in out
    assert "stories: [tree]" in index_text(root)
    assert "    status: cut\n" in index_text(root)
    assert "    permission: {status: withdrawn}\n" in index_text(root)
    assert (root / "stories/lamp.md").exists()
    document = json.loads(permissions(capsys, "--json")[1])
    assert [item["story"] for item in document["items"]] == ["tree", "tree", "road"]
    assert "out of the book already" in permissions(capsys, "withdraw", "lamp")[1]


def test_withdraw_takes_a_part_that_only_one_id_has(root, capsys):
    for written, said in (("treee", "did you mean tree?"), ("a", "“a” could be more than one story: lamp, road")):
        status, _, err = permissions(capsys, "withdraw", written)
        assert status == 2
        assert said in err
    assert index_text(root) == INDEX
    status, out, _ = permissions(capsys, "withdraw", "lam")
    assert status == 0
    assert "story lamp: status selected → cut" in out
    assert "stories: [tree]" in index_text(root)


def test_withdraw_unknown(root, capsys):
    status, _, err = permissions(capsys, "withdraw", "nope")
    assert status == 2
    assert "there is no story" in err
    assert index_text(root) == INDEX


def test_a_refused_item_in_a_selected_story_is_an_error(root, capsys):
    permissions(capsys, "record", "ben-2026", "--status", "refused")
    status, out, err = permissions(capsys)
    assert status == 1
    assert "error[MB301]" in err
    assert "leave the photo out" in out


# ---- the gate of a final build


def build(capsys, *words):
    status = run(["build", "--format", "epub", *words])
    shown = capsys.readouterr()
    assert "Traceback" not in shown.err
    return status, shown.out, shown.err


CLEAR = (
    INDEX.replace("status: to_request", "status: granted\n    evidence: releases/ben.txt")
    .replace(
        "email: lou@example.org}",
        "email: lou@example.org}\n    permission: {signer: Lou Lamp, status: granted, evidence: releases/lou.txt}",
    )
    .replace(
        "{signer: Jane Roe, status: requested, requested: 2026-03-01}",
        "{signer: Jane Roe, status: granted, evidence: releases/jane.txt}",
    )
)


def test_a_clear_book_passes_and_one_changed_letter_refuses_at_its_line(root, capsys):
    index = root / "stories/index.yaml"
    index.write_text(CLEAR)
    status, _, err = build(capsys, "--final")
    assert (status, [line for line in err.split("\n") if "MB3" in line]) == (0, [])
    made = {path.name: path.read_bytes() for path in (root / "build").iterdir() if path.is_file()}
    assert "a-mile-final.epub" in made
    index.write_text(CLEAR.replace("releases/ben.txt", "releases/bem.txt"))
    status, _, err = build(capsys, "--final")
    line = CLEAR.split("\n").index("    evidence: releases/ben.txt") + 1
    assert status == 1
    assert f"stories/index.yaml:{line}:15: warning[MB304]" in err
    assert "error[MB300]: photo by Ben: A tree: evidence missing: releases/bem.txt (Ben Example)" in err
    assert {path.name: path.read_bytes() for path in (root / "build").iterdir() if path.is_file()} == made


def test_a_final_build_names_what_is_open_and_whom_to_ask(root, capsys):
    status, _, err = build(capsys, "--final")
    assert status == 1
    assert not (root / "build").exists() or not list((root / "build").glob("*.epub"))
    said = [line for line in err.split("\n") if "error[MB300]" in line]
    assert [words in line for words, line in zip(("Ben Example", "Lou Lamp", "requested"), said, strict=False)][:2] == [
        True,
        True,
    ]
    assert len(said) == 3


def test_a_draft_is_made_all_the_same(root, capsys):
    status, _, err = build(capsys)
    assert status == 0
    assert err.count("warning[MB300]") == 3
    assert (root / "build/permissions.csv").exists()


def test_without_what_is_not_clear(root, capsys):
    status, out, _ = build(capsys, "--final", "--without-uncleared")
    assert status == 0
    assert "story “The Lamp”: text: not asked yet" in out
    assert "left out: chapter “Two”: none" in out
    document = json.loads((root / "build/build.json").read_text())
    assert [(c["number"], [s["id"] for s in c["stories"]]) for c in document["chapters"]] == [(1, ["tree"])]
    assert document["permissions"]["open"] == 0


def test_nothing_private_in_anything_a_build_makes(root, capsys):
    assert build(capsys)[0] == 0
    for path in (root / "build").rglob("*"):
        if not path.is_file() or ".cache" in path.parts:
            continue
        inside = [path.read_bytes()]
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                inside = [archive.read(name) for name in archive.namelist()]
        for data in inside:
            for secret in (b"ana@example.org", b"lou@example.org", b"jane@example.org", b"Jane Roe"):
                assert secret not in data, f"{secret!r} in {path.name}"


def test_an_answer_is_recorded_without_a_look_into_texts_and_photos(root, capsys):
    (root / "stories/tree.md").unlink()
    (root / "stories/photos/tree.jpg").write_bytes(b"no photo")
    status, out, _ = permissions(capsys, "record", "tree/photo/1", "--status", "no_reply")
    assert (status, out) == (
        0,
        "agreements/ben-2026: status to_request → no_reply\ntree/photo/1  open: asked, no reply: silence is not consent\n",
    )


def test_an_index_that_cannot_be_written_is_not_said_to_be_changed(root, capsys):
    (root / ".milebook").write_text("in the way")
    status, out, err = permissions(capsys, "record", "ben-2026", "--status", "refused")
    assert (status, out) == (1, "Nothing was changed.\n")
    assert "MB074" in err


def test_evidence_that_cannot_be_read_is_not_called_missing(root, capsys):
    (root / "stories/releases/folder").mkdir()
    assert "is a folder" in permissions(capsys, "record", "ben-2026", "--evidence", "stories/releases/folder")[2]


def test_many_answers_recorded_at_once_are_all_kept(root):
    asked = (
        ("record", "ben-2026", "--notes", "asked by mail"),
        ("record", "lamp/text", "--fee", "12 dollars"),
        ("withdraw", "road"),
    )
    start = [sys.executable, "-m", "milebook", "permissions"]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    running = [
        subprocess.Popen(
            [*start, *words], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment
        )
        for words in asked
    ]
    told = [process.communicate()[1] for process in running]
    assert [process.returncode for process in running] == [0, 0, 0], told
    for kept in ("asked by mail", "12 dollars", "status: cut"):
        assert kept in index_text(root)


def test_a_final_build_names_restrictions(root, capsys):
    restricted = CLEAR.replace(
        "evidence: releases/ana.txt", "restrictions: no ads beside it\n    evidence: releases/ana.txt"
    )
    (root / "stories/index.yaml").write_text(restricted)
    status, _, err = build(capsys, "--final")
    assert status == 0
    assert "note[MB327]: text of “The Tree”: granted with a restriction, “no ads beside it”" in err
    assert err.count("MB327") == 1
    assert "MB327" not in build(capsys)[2]
