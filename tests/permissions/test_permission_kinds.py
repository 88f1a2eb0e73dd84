"""A new kind of permission is one row: the checklist, the gate, the letters and the publisher's log know it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from permission_books import agreement, book, story

from milebook.app.load import load
from milebook.assemble.without_uncleared import without_uncleared
from milebook.commands import run
from milebook.model.book import Agreement, Photo
from milebook.model.findings import Place
from milebook.permissions import KINDS, LOG_COLUMNS, Kind, Need, gate, items, log_rows
from milebook.permissions.requests.letters import letters
from milebook.permissions.subjects import COVER, MATTER, STORY, Subject

INDEX = """\
book:
  title: A Mile
  date: 2026-03-15
  cover: photos/oak.jpg
  front: [introduction.md]
chapters:
  - {id: one, title: One, stories: [tree]}
stories:
  - id: tree
    title: The Tree
    status: selected
    contributor: {name: Ana Example, email: ana@example.org}
    permission: {status: not_needed, reason: our own text}
    photos:
      - {file: photos/oak.jpg, alt: An oak., permission: {status: not_needed, reason: our own photo}}
"""


def medals(subject: Subject) -> Iterator[Need]:
    """A race's medal, wherever it is: one need for every subject, of a story, a photo in it, the cover or a text."""
    spots: list[tuple[str, Place, str, Photo | None]] = [("medal", subject.place, subject.path, None)]
    if subject.kind == STORY:
        spots += [
            (f"photo/{number}/medal", photo.place, f"{subject.path}/photos/{number}", photo)
            for number, photo in enumerate(subject.photos, 1)
        ]
    for suffix, place, path, photo in spots:
        yield Need(
            suffix=suffix,
            order=(9, 0, 0),
            terms=Agreement(),
            label=f"medal in “{subject.title}”",
            brief="medal",
            asks="The Race Office",
            unknown="whoever ran the race",
            find_out="say which race it was",
            place=place,
            noun=place,
            path=f"{path}/medal_permission",
            photo=photo,
        )


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> str:
    columns = {"source_full": "medal of 1986", "treatment": "reproduction"}
    kind = Kind("medal", "medal", medals, columns=lambda entry: columns)
    monkeypatch.setitem(KINDS, "medal", kind)
    return "medal"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    from PIL import Image

    (tmp_path / "stories/photos").mkdir(parents=True)
    Image.new("RGB", (1600, 1200), (90, 120, 60)).save(tmp_path / "stories/photos/oak.jpg")
    (tmp_path / "stories/tree.md").write_text("I ran to the tree.\n")
    (tmp_path / "stories/introduction.md").write_text("# Before the Start\n\nThis is how it began.\n")
    (tmp_path / "stories/index.yaml").write_text(INDEX)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1774000000")
    return tmp_path


def test_the_checklist_knows_it(root, toy, capsys):
    assert run(["permissions", "--json", "--open"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [(item["item"], item["kind"], item["story"]) for item in document["items"]] == [
        ("book/introduction/medal", "medal", ""),
        ("tree/medal", "medal", "tree"),
        ("tree/photo/1/medal", "medal", "tree"),
    ]
    run(["permissions"])
    out = capsys.readouterr().out
    assert "Before the Start\n    ☐ medal: not asked yet\n        ask The Race Office  book/introduction/medal" in out


def test_the_gate_knows_it(root, toy, capsys):
    assert run(["build", "--final", "--format", "docx"]) == 1
    assert "medal in “Before the Start”: not asked yet (The Race Office)" in capsys.readouterr().err
    still_open = [item for item in items(book(story()), None, "2026-03-15")[0] if not item.clear]
    assert [finding.severity for finding in gate(still_open, "final")] == ["error"]


def test_what_is_not_clear_is_left_out(root, toy):
    loaded = load(root)
    assert loaded.book is not None
    kept, lines = without_uncleared(loaded.book, loaded.items)
    assert (kept.front, kept.stories) == ((), ())
    assert "“Before the Start”: medal: not asked yet" in lines


def test_the_publisher_s_log_knows_it(toy):
    made = book(story())
    found, _ = items(made, None, "2026-03-15")
    (row,) = (
        dict(zip(LOG_COLUMNS, cells, strict=True)) for cells in log_rows(made, found, private=False) if "medal" in cells
    )
    assert row["source_full"] == "medal of 1986"
    assert row["treatment"] == "reproduction"
    assert row["clearance_needed"] == "reprint"
    assert all(cell not in ("", None) for cell in row.values())


def test_a_letter_asks_for_it(toy):
    made = book(story())
    (letter,) = letters(made, items(made, None, "2026-03-15")[0], "{items}")
    assert letter.signer == "The Race Office"
    assert "1. To print this in the book: medal in “The Tree at the Corner”." in letter.body


def test_the_lists_of_a_build_know_it(root, toy):
    assert run(["build", "--format", "epub"]) == 0
    rows = list(csv.DictReader(io.StringIO((root / "build/permissions.csv").read_text("utf-8-sig"))))
    assert [row["item"] for row in rows if row["kind"] == "medal"] == [
        "book/introduction/medal",
        "tree/medal",
        "tree/photo/1/medal",
    ]


def test_without_the_row_nothing_knows_it(root, capsys):
    assert run(["build", "--final", "--format", "docx"]) == 0
    assert "medal" not in "".join(capsys.readouterr())


def test_needs_attach_to_every_kind_of_subject(toy):
    covered = book(story(), cover="photos/c.jpg", cover_permission=agreement())
    covered = covered.__class__(
        **{f: getattr(covered, f) for f in covered.__slots__} | {"cover_path": "stories/photos/c.jpg"}
    )
    found = items(covered, None, "2026-03-15")[0]
    assert {item.subject.kind for item in found} == {COVER, STORY}
    assert MATTER not in {item.subject.kind for item in found}
