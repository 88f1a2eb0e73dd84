"""Repairs from the page: shown first, all or nothing, taken back by undo, and never of what was not shown."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from milebook.app.repair import apply_repairs, find_repairs
from milebook.app.undo import undo
from milebook.preview.repairing import Repairer

ROOT = Path(__file__).parents[2]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "milebook" / "starter", tmp_path / "book")
    for name in ("the-gate", "first-lap"):
        file = tmp_path / "book" / "stories" / f"{name}.md"
        file.write_text("She saidâ€”and meant itâ€”â€œgo.â€\x9d\n\nNothing here.\n", "utf-8")
    return tmp_path / "book"


def test_what_is_shown_is_repaired_and_can_be_taken_back(book: Path) -> None:
    repairer = Repairer(lambda: find_repairs(book)[0], lambda found: apply_repairs(book, found))
    file = book / "stories" / "the-gate.md"
    before = file.read_bytes()
    plan = repairer.plan()
    assert plan["count"] == 2
    assert [one["file"] for one in plan["files"]] == ["stories/first-lap.md", "stories/the-gate.md"]
    number, was, will, why = plan["files"][0]["lines"][0]
    assert (number, was, will) == (1, "She saidâ€”and meant itâ€”â€œgo.â€\x9d", "She said—and meant it—“go.”")
    assert why
    assert file.read_bytes() == before, "it is only shown"
    assert repairer.repair({"digest": plan["digest"]}) == (200, {"title": "Repaired 2 lines"})
    assert file.read_text("utf-8") == "She said—and meant it—“go.”\n\nNothing here.\n"
    assert repairer.plan()["count"] == 0
    assert not undo(book).refused
    assert file.read_bytes() == before


@pytest.mark.parametrize("body", [{}, {"digest": ""}, {"digest": 5}, {"digest": "0" * 32}])
def test_what_was_not_shown_is_not_repaired(book: Path, body: dict[str, object]) -> None:
    repairer = Repairer(lambda: find_repairs(book)[0], lambda found: apply_repairs(book, found))
    before = [file.read_bytes() for file in sorted((book / "stories").glob("*.md"))]
    assert repairer.repair(body)[0] == 409
    assert [file.read_bytes() for file in sorted((book / "stories").glob("*.md"))] == before


def test_a_file_saved_meanwhile_stops_it(book: Path) -> None:
    repairer = Repairer(lambda: find_repairs(book)[0], lambda found: apply_repairs(book, found))
    plan = repairer.plan()
    file = book / "stories" / "the-gate.md"
    file.write_text("Saved just now â€” really.\n", "utf-8")
    status, said = repairer.repair({"digest": plan["digest"]})
    assert (status, said["why"]) == (409, "a file was changed meanwhile; look again")
    assert file.read_text("utf-8") == "Saved just now â€” really.\n"


def test_only_some_files_are_looked_at(book: Path) -> None:
    found, _ = find_repairs(book, {"stories/the-gate.md", "stories/none.md"})
    assert [one.path for one in found] == ["stories/the-gate.md"]
