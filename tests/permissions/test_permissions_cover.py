"""The cover among the permissions: in every list, letter, record and gate, and left out while it is not clear."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from permission_books import INDEX, agreement, books, photo, story
from permission_folders import milebook
from PIL import Image

from milebook.assemble.without_uncleared import without_uncleared
from milebook.index import read_index
from milebook.model.book import Agreement, Contributor, Person
from milebook.model.findings import Place
from milebook.permissions import (
    ART_COLUMNS,
    LOG_COLUMNS,
    Art,
    art_log_rows,
    checklist_rows,
    gate,
    items,
    log_rows,
)
from milebook.permissions.bylines_and_credits import agreed_credits
from milebook.permissions.requests.letters import letters
from milebook.source import BookFolder

TODAY = "2026-03-15"
PATH = "stories/photos/cover.jpg"
KIM = Person("Kim", minor=True, guardian="Ana Example", permission=Agreement(), place=Place(INDEX, 9, 20))


def covered(*stories, places=(), path=PATH, **info):
    written = {name: Place(INDEX, 8, 3) for name in ("cover", *places, *info)}
    fields = {"cover": "photos/cover.jpg"} | info
    return replace(books([stories or (story(),)], **fields, places=written), cover_path=path, cover_pixels=(1600, 2560))


def of_cover(book):
    return [item for item in items(book, None, TODAY)[0] if not item.story]


# ---- what needs a permission


def test_a_cover_without_a_permission_is_open_and_comes_first():
    found, _ = items(covered(cover_credit="Cover photo by Ben Example", cover_alt="A road."), None, TODAY)
    first = found[0]
    assert (first.item, first.kind, first.story, first.chapter, first.figure) == ("book/cover", "photo", "", "", "")
    assert (first.label, first.why, first.signer) == (
        "cover picture by Ben Example: A road",
        "not asked yet",
        "Ben Example",
    )
    assert [item.story for item in found[1:]] == ["tree"]


def test_a_cover_that_nobody_signed_asks_whoever_made_it():
    (item,) = of_cover(covered())
    assert (item.signer, item.next_step) == (
        "whoever made the cover picture",
        "say who made it: cover_credit: Cover picture by …",
    )


def test_an_agreement_clears_it():
    (item,) = of_cover(covered(cover_permission=agreement("ben-2026", signer="Ben Example")))
    assert item.clear
    assert item.agreement == "ben-2026"


@pytest.mark.parametrize(("status", "why"), [("refused", "refused"), ("withdrawn", "withdrawn")])
def test_a_refused_cover_wants_another(status, why):
    (item,) = of_cover(covered(cover_permission=agreement(status=status)))
    assert (item.why, item.next_step) == (why, "take another cover")


def test_a_story_whose_id_is_book_is_another_thing():
    found, _ = items(covered(story("book", photos=(photo(),))), None, TODAY)
    assert [item.item for item in found] == ["book/cover", "book/text", "book/photo/1"]


def test_the_people_on_it_are_asked_as_well():
    book = covered(cover_permission=agreement(), cover_people=(KIM, Person("Zoe", permission=agreement())))
    cover, kim, zoe = of_cover(book)
    assert (kim.item, kim.kind, kim.label) == ("book/cover/person/1", "person", "Kim (under 18), shown on the cover")
    assert (kim.clear, kim.signer) == (False, "Ana Example")
    assert cover.clear
    assert zoe.item == "book/cover/person/2"


@pytest.mark.parametrize(
    ("book", "asked"),
    [
        (covered(path=""), 0),  # no cover, or one that cannot be read
        (covered(story(photos=(photo(path=PATH),))), 0),  # a story's photo: its permission serves
        (covered(story(photos=(photo(path="stories/photos/other.jpg"),))), 1),
        (covered(story(photos=(photo(path=PATH),)), cover_permission=Agreement()), 1),  # but the cover has its own
    ],
)
def test_which_covers_are_asked_about(book, asked):
    assert len(of_cover(book)) == asked


def test_a_withheld_name_is_not_shown_on_the_cover_either():
    hidden = story(contributor=Contributor(name="Jane Roe", anonymous=True))
    book = covered(hidden, cover_permission=agreement("x", signer="Jane Roe", status="requested"))
    found, _ = items(book, None, TODAY)
    shown = repr(checklist_rows(found)) + repr(log_rows(book, found, private=False)) + repr(gate(found, "draft"))
    assert "Jane Roe" not in shown
    assert "Jane Roe" in repr(log_rows(book, found, private=True))


# ---- where it acts


def test_every_cell_of_its_rows_in_the_logs_is_filled():
    book = covered(cover_permission=agreement("ben-2026", signer="Ben Example"), cover_people=(KIM,))
    found, _ = items(book, None, TODAY)
    rows = [dict(zip(LOG_COLUMNS, row, strict=True)) for row in log_rows(book, found, private=False, art=True)]
    assert [row["item_id"] for row in rows] == ["book/cover", "book/cover/person/1"]
    assert [(row["chapter"], row["ms_page"], row["figure_no"]) for row in rows] == [("cover", "cover", "cover")] * 2
    assert rows[0]["persons_shown"] == "Kim"
    assert (rows[0]["guardian"], rows[1]["minor"]) == ("Ana Example", "y")
    assert all(cell not in ("", None) for row in rows for cell in row.values())
    (art,) = [dict(zip(ART_COLUMNS, row, strict=True)) for row in art_log_rows(book, found)]
    assert (art["figure_no"], art["chapter"], art["px_w"], art["px_h"]) == ("cover", "cover", 1600, 2560)
    assert (art["placement"], art["status"]) == ("cover", "not asked yet")
    assert all(cell not in ("", None) for cell in art.values())


def test_the_art_log_says_of_a_storys_photo_on_the_cover_what_it_says_of_the_photo():
    book = covered(story(photos=(photo(path=PATH, permission=Agreement()),)))
    art = {"1.1": Art("Example_Figure_01_01.jpg", "JPEG")}
    rows = [dict(zip(ART_COLUMNS, row, strict=True)) for row in art_log_rows(book, items(book, None, TODAY)[0], art)]
    assert [(row["figure_no"], row["status"]) for row in rows] == [("cover", "not asked yet"), ("1.1", "not asked yet")]
    assert {row["file"] for row in rows} == {"Example_Figure_01_01.jpg"}


def test_the_gate_names_it():
    finding = gate(of_cover(covered()), "final")[0]
    assert finding.place == Place(INDEX, 8, 3)
    assert finding.message == "cover picture: not asked yet (whoever made the cover picture)"
    assert finding.hint == "say who made it: cover_credit: Cover picture by …; item book/cover"


def test_an_uncleared_cover_is_left_out_and_nothing_else():
    book = covered()
    small, lines = without_uncleared(book, items(book, None, TODAY)[0])
    assert small.cover_path == ""
    assert small.chapters == book.chapters
    assert lines == (f"the cover {PATH}: not asked yet",)
    assert all(item.clear for item in items(small, None, TODAY)[0])


def test_a_cover_with_a_person_who_has_not_agreed_is_left_out():
    book = covered(cover_permission=agreement(), cover_people=(KIM,))
    assert without_uncleared(book, items(book, None, TODAY)[0])[0].cover_path == ""


def test_a_cover_with_its_own_clear_permission_outlives_its_story():
    book = covered(story(photos=(photo(path=PATH),), permission=Agreement()), cover_permission=agreement())
    assert without_uncleared(book, items(book, None, TODAY)[0])[0].cover_path == PATH


def test_one_letter_asks_for_the_cover_and_the_story():
    open_text = story(contributor=Contributor(name="Ben Example"), permission=Agreement())
    book = covered(open_text, cover_credit="Cover photo by Ben Example", cover_alt="A road.")
    (letter,) = letters(book, items(book, None, TODAY)[0], "{items}\n{credits}")
    assert "1. To print your picture on the cover of the book" in letter.body
    assert "2. To print your story" in letter.body
    assert "Credit, as it will be printed: Cover photo by Ben Example (on the copyright page)" in letter.body


@pytest.mark.parametrize(
    ("info", "placement", "credit"),
    [
        ({"cover_credit": "Cover by Ben"}, "copyright", "Cover by Ben"),
        ({"cover_permission": agreement(credit="© Ben 2026"), "cover_credit": "Ben"}, "copyright", "© Ben 2026"),
        ({"cover_permission": agreement(credit="© Ben", credit_placement="caption")}, "copyright", "© Ben"),
        ({"cover_permission": agreement(credit="© Ben", credit_placement="credits")}, "credits", "© Ben"),
    ],
)
def test_its_credit_is_printed_once(info, placement, credit):
    book = covered(**info)
    assert agreed_credits(book, placement) == [("", credit)]
    assert agreed_credits(book, "credits" if placement == "copyright" else "copyright") == []
    assert agreed_credits(replace(book, cover_path=""), placement) == []


# ---- from the outside

BOOK = """\
book:
  title: A Mile
  authors: [Ada Example]
  date: 2026-03-15
  cover: photos/cover.jpg   # the road
  cover_alt: An empty road.
  front: [title, copyright]
  cover_people:
    - {name: Kim, minor: true, guardian: Zoe Guard, permission: kim-2026}
chapters:
  - {id: one, title: One, stories: [tree]}
agreements:
  kim-2026: {signer: Zoe Guard, status: granted, granted: 2026-03-02, evidence: releases/kim.txt}
stories:
  - id: tree
    title: The Tree
    status: selected
    contributor: {name: Ana Example}
    permission: {status: not_needed, reason: our own}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("photos", "releases"):
        (tmp_path / "stories" / name).mkdir(parents=True)
    Image.new("RGB", (1600, 2560), (90, 120, 60)).save(tmp_path / "stories/photos/cover.jpg")
    (tmp_path / "stories/releases/kim.txt").write_text("Yes. Zoe")
    (tmp_path / "stories/releases/ben.txt").write_text("Yes. Ben")
    (tmp_path / "stories/tree.md").write_text("This is the tree, and I ran past it.\n")
    (tmp_path / "stories/index.yaml").write_text(BOOK)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1774000000")  # 2026-03-20
    return tmp_path


def test_the_index_reads_it(root):
    index, findings = read_index(BookFolder(root))
    assert findings == []
    assert index.info.cover_people[0].permission.id == "kim-2026"
    assert index.info.cover_permission.status == "to_request"


@pytest.mark.parametrize(
    ("line", "code"),
    [("cover_permission: nobody-2026", "MB117"), ("cover_permission: {evidence: releases/ben.pdf}", "MB107"), ("cover_credit: [a]", "MB108")],
)  # fmt: skip
def test_mistakes_in_it_are_found(root, line, code):
    path = root / "stories/index.yaml"
    path.write_text(BOOK.replace("  cover_alt: An empty road.\n", f"  {line}\n"))
    assert code in [finding.code for finding in read_index(BookFolder(root))[1]]


def test_the_checklist_and_its_lists(root, capsys):
    _, out, _ = milebook(capsys, "permissions")
    assert out.startswith(
        "Cover\n    ☐ cover picture: An empty road: not asked yet\n        say who made it: cover_credit: Cover picture by …  book/cover\n"
        "    ✓ Kim (under 18), shown on the cover  granted\n1. One\n"
    )
    assert "1 of 2 clear" in out
    _, out, _ = milebook(capsys, "permissions", "--by-person")
    assert "cover_credit: Cover picture by … (Cover)  book/cover" in out
    _, out, _ = milebook(capsys, "permissions", "--story", "tree")
    assert "shown on the cover" not in out
    _, out, _ = milebook(capsys, "permissions", "--json")
    item = json.loads(out)["items"][0]
    assert (item["item"], item["story"], item["chapter"], item["kind"]) == ("book/cover", "", "", "photo")
    _, out, _ = milebook(capsys, "permissions", "--csv")
    assert next(csv.DictReader(io.StringIO(out.lstrip("\ufeff"))))["item"] == "book/cover"


def test_an_answer_is_recorded_and_changed(root, capsys):
    status, out, _ = milebook(capsys, "permissions", "record", "book/cover", "--granted", "2026-03-09",
                              "--evidence", "stories/releases/ben.txt", "--signer", "Ben Example")  # fmt: skip
    assert status == 0
    assert "book/cover  clear" in out
    line = (
        "  cover_permission: {signer: Ben Example, status: granted, granted: 2026-03-09, evidence: releases/ben.txt}\n"
    )
    at = "  cover_alt: An empty road.\n"
    assert (root / "stories/index.yaml").read_text() == BOOK.replace(at, at + line)
    status, out, _ = milebook(capsys, "permissions", "record", "book/cover", "--status", "withdrawn")
    assert "book/cover_permission: status granted → withdrawn" in out
    assert status == 0


def test_the_answer_of_somebody_on_it_is_recorded(root, capsys):
    path = root / "stories/index.yaml"
    path.write_text(BOOK.replace(", permission: kim-2026", ""))
    words = ("record", "book/cover/person/1", "--granted", "2026-03-09", "--evidence", "stories/releases/kim.txt")
    assert "book/cover/person/1  clear" in milebook(capsys, "permissions", *words)[1]
    assert "guardian: Zoe Guard, permission: {status: granted," in path.read_text()


def test_asking_for_it_is_noted(root, capsys):
    path = root / "stories/index.yaml"
    before = path.read_text()
    out = milebook(capsys, "permissions", "request", "--date", "2026-03-21")[1]
    assert "No letter for book/cover" in out
    assert "say who made it: cover_credit: Cover picture by …" in out
    assert path.read_text() == before
    path.write_text(before.replace("  cover: ", "  cover_credit: Cover picture by Ben Example\n  cover: ", 1))
    milebook(capsys, "permissions", "request", "--date", "2026-03-21")
    assert (root / "build/letters/2026-03-21-ben-example.eml").exists()
    assert (
        "  cover_permission: {signer: Ben Example, status: to_request, letter: 2026-03-21}\n"
        in (root / "stories/index.yaml").read_text()
    )


def test_withdrawing_a_story_leaves_an_agreement_alone_that_covers_the_cover(root, capsys):
    path = root / "stories/index.yaml"
    shared = BOOK.replace("permission: {status: not_needed, reason: our own}", "permission: kim-2026")
    path.write_text(shared)
    milebook(capsys, "permissions", "withdraw", "tree")
    assert "kim-2026: {signer: Zoe Guard, status: granted," in path.read_text()


def test_a_build_without_it_has_the_typographic_cover(root, capsys):
    words = ("build", "--format", "epub", "--no-cache", "--json")
    made = json.loads(milebook(capsys, *words, "--without-uncleared")[1])
    assert made["permissions"]["open"] == 0
    assert made["left_out"] == ["the cover stories/photos/cover.jpg: not asked yet"]
    made = json.loads(milebook(capsys, *words)[1])
    assert made["permissions"]["open"] == 1
    status, _, err = milebook(capsys, "build", "--final", "--no-cache")
    assert status == 1
    assert "cover picture: An empty road: not asked yet" in err


def test_it_goes_into_the_package(root, capsys):
    status, _, _ = milebook(capsys, "export", "--draft", "--no-cache")
    assert status == 0
    (folder,) = [path for path in (root / "build/export").iterdir() if path.is_dir()]
    (art,) = list(csv.DictReader(io.StringIO((folder / "03_lists/art_log.csv").read_text("utf-8-sig"))))
    assert (art["figure_no"], art["file"], art["title"]) == ("cover", "Example_Figure_Cover.jpg", "A Mile")
    assert (folder / "02_art/Example_Figure_Cover.jpg").is_file()
