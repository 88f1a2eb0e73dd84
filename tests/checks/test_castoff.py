"""Castoff: the estimate beside what the layouts really make."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bookmaking import make_book, photo, prose, story
from press_books import BOOKS
from proof_books import milebook

from milebook.app.load import load
from milebook.checks.castoff import castoff
from milebook.layout import read_layout
from milebook.source import BookFolder


def book_of(root: Path, *, words: int = 260, stories: int = 24, photos: int = 0) -> Path:
    made = [
        story(f"s{i}", prose(i, words), photos=[photo(f"photos/{i % 3}.jpg")] if photos and i % photos == 0 else [])
        for i in range(stories)
    ]
    half = stories // 2
    chapters = [
        {"id": "one", "title": "One", "stories": [s["id"] for s in made[:half]]},
        {"id": "two", "title": "Two", "stories": [s["id"] for s in made[half:]]},
    ]
    return make_book(root, made, chapters)


@pytest.mark.parametrize("layout", ["trade", "trade-digest", "a5", "manuscript"])
@pytest.mark.parametrize(("words", "photos"), [(120, 0), (300, 0), (260, 2)])
def test_the_real_pages_lie_in_the_range(tmp_path: Path, layout: str, words: int, photos: int) -> None:
    book_of(tmp_path, words=words, photos=photos)
    done = milebook("build", str(tmp_path), "--final", "--format", "pdf", "--layout", layout, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["castoff"]
    assert found["book"]["low"] <= found["pages"] <= found["book"]["high"], found
    assert [chapter["id"] for chapter in found["chapters"]] == ["one", "two"]


@pytest.mark.parametrize("kind", list(BOOKS))
@pytest.mark.parametrize("layout", ["trade", "trade-digest", "a5"])
def test_the_range_holds_for_books_of_every_kind(tmp_path: Path, kind: str, layout: str) -> None:
    """Many photos, speech, verse, plain prose, French: the estimate is at most a tenth off."""
    BOOKS[kind](tmp_path)
    done = milebook("build", str(tmp_path), "--final", "--format", "pdf", "--layout", layout, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["castoff"]
    assert found["book"]["low"] <= found["pages"] <= found["book"]["high"], found
    assert abs(found["pages"] / found["book"]["pages"] - 1) <= 0.1


def estimate(root: Path, layout: str = "trade") -> int:
    folder = BookFolder(root)
    found, _ = read_layout(layout, folder)
    loaded = load(root)
    assert found is not None and loaded.book is not None
    return castoff(loaded.book, found).book.pages


def test_photos_and_words_take_room(tmp_path: Path) -> None:
    plain, pictured, long = (
        estimate(book_of(tmp_path / name, **sizes))
        for name, sizes in (("a", {}), ("b", {"photos": 1}), ("c", {"words": 520}))  # type: ignore[arg-type]
    )
    assert plain < pictured and plain < long


def test_a_part_that_begins_on_a_recto_takes_whole_leaves(tmp_path: Path) -> None:
    make_book(tmp_path, [story("a", "Three short words.\n")])
    folder = BookFolder(tmp_path)
    layout, _ = read_layout("trade", folder)
    loaded = load(tmp_path)
    assert layout is not None and loaded.book is not None
    found = castoff(loaded.book, layout)
    assert found.chapters["one"] == (2, 2, 2) and found.book.pages % 2 == 0


def test_status_says_it_with_its_range(tmp_path: Path) -> None:
    book_of(tmp_path)
    output = milebook("status", str(tmp_path)).stdout
    castoff_line = next(line for line in output.splitlines() if line.startswith("castoff: about "))
    assert "printed pages at 6 x 9 in (from " in castoff_line
    report = json.loads(milebook("status", str(tmp_path), "--json").stdout)["castoff"]
    assert f"about {report['book']['pages']} printed pages" in castoff_line and report["pages"] == 0


def test_a_build_says_it_beside_the_real_pages(tmp_path: Path) -> None:
    book_of(tmp_path)
    output = milebook("build", str(tmp_path), "--format", "pdf").stdout
    assert any(
        line.partition(" ")[0].isdigit() and " pages with the draft notes; castoff: about " in line
        for line in output.splitlines()
    )
