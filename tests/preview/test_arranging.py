"""Arranging: what is planned, what is written, and what is refused."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from milebook.app.load import load
from milebook.index import read_index
from milebook.index.edit_check import EditedFolder
from milebook.model.findings import Finding
from milebook.model.index import Index
from milebook.preview.arranging import Arranger, digest
from milebook.source import BookFolder

INDEX = """\
# my notes
book: {title: T, authors: [Ada], language: en, date: 2026-01-01}
chapters:
  - id: one
    title: One
    stories: [a, b]   # in order
  - id: races
    title: Races
    select: {tags: [race], status: selected}
    order_by: received
  - id: last
    title: Last
    stories:
      - c   # the end
stories:
  - {id: a, title: Alpha, status: selected, contributor: {name: Ana}}
  - {id: b, title: Beta, status: selected, contributor: {name: Bo}}
  - {id: c, title: Gamma, status: selected, contributor: {name: Cy}}
  - {id: d, title: Delta, status: submitted, contributor: {name: Di}}
  - {id: r, title: Rho, status: selected, tags: [race, rain], contributor: {name: Ro}}
"""


class Desk:
    """A book with an arranger, and how its chapters stand."""

    def __init__(self, root: Path) -> None:
        self.root, self.path = root, root / "stories" / "index.yaml"
        self.arranger = Arranger(root, self.seen, self.parse, lambda: ("", []))

    def index(self) -> Index | None:
        return read_index(BookFolder(self.root))[0]

    def seen(self) -> tuple[Index, str] | None:
        folder = BookFolder(self.root)
        index = read_index(folder)[0]
        return (index, folder.read[index.path]) if index else None

    def parse(self, text: str) -> tuple[Index | None, Sequence[Finding]]:
        return read_index(EditedFolder(BookFolder(self.root), text))

    def do(self, **body: Any) -> tuple[int, dict[str, Any]]:
        body.setdefault("digest", digest(self.path.read_bytes()))
        return self.arranger.change(body)

    def chapters(self) -> dict[str, list[str]]:
        book = load(self.root).book
        assert book is not None
        return {chapter.id: [story.id for story in chapter.stories] for chapter in book.chapters}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "index.yaml").write_text(INDEX, "utf-8")
    for name in "abcdr":
        (tmp_path / "stories" / f"{name}.md").write_text(f"Words of {name}.\n", "utf-8")
    return Desk(tmp_path)


def test_a_story_moves_next_to_another(desk: Desk) -> None:
    status, said = desk.do(action="move", story="c", chapter="one", after="a")
    assert status == 200, said
    assert said["title"] == "Gamma into One, after Alpha"
    assert desk.chapters() == {"one": ["a", "c", "b"], "races": ["r"]}
    text = desk.path.read_text("utf-8")
    assert text.startswith("# my notes\n")
    assert "# in order" in text
    assert said["digest"] == digest(desk.path.read_bytes())


def test_a_story_from_the_inbox_becomes_selected(desk: Desk) -> None:
    status, said = desk.do(action="move", story="d", chapter="last", before="c")
    assert (status, said["also"], said["untags"]) == (200, ["It becomes selected."], False)
    assert desk.chapters()["last"] == ["d", "c"]


def test_a_story_leaves_the_book(desk: Desk) -> None:
    status, said = desk.do(action="move", story="b", chapter="")
    assert (status, said["title"], said["also"]) == (200, "Beta out of the book", ["It becomes shortlisted."])
    assert desk.chapters()["one"] == ["a"]


def test_a_chapter_that_selects_is_given_what_it_asks_for(desk: Desk) -> None:
    status, said = desk.do(action="move", story="a", chapter="races", dry=True)
    assert status == 200
    assert said["also"] == ["It gets the tag “race”, by which “Races” takes it.", "The chapter sorts its stories by received itself."]  # fmt: skip
    assert desk.path.read_text("utf-8") == INDEX, "only asked"
    assert desk.do(action="move", story="a", chapter="races")[0] == 200
    assert desk.chapters() == {"one": ["b"], "races": ["a", "r"], "last": ["c"]}


def test_a_story_that_leaves_such_a_chapter_loses_its_tag(desk: Desk) -> None:
    status, said = desk.do(action="move", story="r", chapter="one", before="a")
    assert (status, said["also"], said["untags"]) == (
        200,
        ["It loses the tag “race”, by which “Races” takes it."],
        True,
    )
    assert desk.chapters() == {"one": ["r", "a", "b"], "last": ["c"]}
    assert "rain" in desk.path.read_text("utf-8")


def test_a_story_that_another_chapter_would_select_is_kept_from_it(desk: Desk) -> None:
    text = desk.path.read_text("utf-8")
    desk.path.write_text(text.replace("{id: d, title: Delta,", "{id: d, title: Delta, tags: [race],"), "utf-8")
    status, said = desk.do(action="move", story="d", chapter="one", after="a")
    assert status == 200, said
    assert said["also"] == ["It becomes selected.", "It loses the tag “race”, by which “Races” takes it."]
    assert desk.chapters() == {"one": ["a", "d", "b"], "races": ["r"], "last": ["c"]}


def test_status_and_tags(desk: Desk) -> None:
    assert desk.do(action="status", story="d", status="cut")[0] == 200
    assert desk.do(action="tag", story="d", tag="  two  words ")[1]["title"] == "Delta is tagged “two words”"
    index = desk.index()
    assert index is not None
    story = next(one for one in index.stories if one.id == "d")
    assert (story.status, story.tags) == ("cut", ("two words",))
    assert desk.do(action="untag", story="d", tag="two words")[0] == 200


def test_a_change_on_the_disk_meanwhile_is_never_overwritten(desk: Desk) -> None:
    seen = digest(desk.path.read_bytes())
    desk.path.write_text(INDEX.replace("my notes", "my own notes"), "utf-8")
    status, said = desk.do(action="status", story="d", status="cut", digest=seen)
    assert status == 409
    assert "changed meanwhile" in said["why"]
    assert desk.path.read_text("utf-8") == INDEX.replace("my notes", "my own notes")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"action": "move", "story": "a"}, 400),
        ({"action": "burn", "story": "a"}, 400),
        ({"action": "status", "story": "a", "status": "loved"}, 400),
        ({"action": "move", "story": "zz", "chapter": "one"}, 422),
        ({"action": "move", "story": "a", "chapter": "zz"}, 422),
        ({"action": "move", "story": "a", "chapter": "one", "after": "a"}, 422),
        ({"action": "move", "story": ["a"], "chapter": "one"}, 422),
        ({"action": "tag", "story": "a", "tag": ""}, 422),
        ({"action": "tag", "story": "a", "tag": "x\n  y: 1"}, 200),
        ({"action": "tag", "story": "a", "tag": "x\u202ey"}, 422),
    ],
)
def test_what_cannot_be_done_changes_nothing(desk: Desk, body: dict[str, Any], status: int) -> None:
    assert desk.do(**body)[0] == status
    if status != 200:
        assert desk.path.read_text("utf-8") == INDEX


def test_a_broken_index_is_not_arranged(desk: Desk) -> None:
    desk.path.write_text("book: [", "utf-8")
    assert desk.do(action="status", story="d", status="cut")[0] == 422
    assert desk.path.read_text("utf-8") == "book: ["
