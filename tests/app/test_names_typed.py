"""Chapters and people are found by what an author types: number, title, a part of a name, without accents."""

from __future__ import annotations

from pathlib import Path

import pytest
from bookmaking import make_book, story

from milebook.app.ids import chapters_meant, find_chapter, find_id, find_story
from milebook.app.load import load
from milebook.app.rename import rename
from milebook.app.set import SetRequest, set_stories
from milebook.app.wrong_usage import UnknownName
from milebook.commands import run
from milebook.model.book import Book


@pytest.fixture
def book(tmp_path: Path) -> Book:
    stories = [story("oak", "We ran."), story("elm", "We sat."), story("ash", "We slept.")]
    chapters = [
        {"id": "first-miles", "title": "Początek", "stories": ["oak"]},
        {"id": "last-miles", "title": "The Long Way Home", "stories": ["elm", "ash"]},
    ]
    made = load(make_book(tmp_path, stories, chapters)).book
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("first-miles", "first-miles"), ("1", "first-miles"), ("Chapter 2", "last-miles"), ("ch2", "last-miles"),
        ("poczatek", "first-miles"), ("the long way home", "last-miles"), ("long way", "last-miles"), ("first", "first-miles"),
    ],
)  # fmt: skip
def test_chapters(book: Book, typed: str, meant: str) -> None:
    assert chapters_meant(book, [typed]) == (meant,)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("miles", "more than one chapter: first-miles, last-miles"),
        ("3", "1 first-miles, 2 last-miles"),
        ("frist-miles", "mean first-miles"),
    ],
)
def test_chapters_that_are_not_clear(book: Book, typed: str, said: str) -> None:
    with pytest.raises(UnknownName, match=said):
        chapters_meant(book, [typed])


IDS = ["mile-26-the-last-one", "the-long-mile", "a-mile-straight-up", "dam-duong", "first-lap", "first-lap-2"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("the-long", "the-long-mile"), ("26", "mile-26-the-last-one"), ("straight", "a-mile-straight-up"),
        ("first-lap", "first-lap"), ("First-Lap", "first-lap"), ("first-lap.md", "first-lap"), ("the long mile", "the-long-mile"),
        ("dặm-đường", "dam-duong"), ("Dặm", "dam-duong"),
    ],
)  # fmt: skip
def test_ids(typed: str, meant: str) -> None:
    assert find_id(typed, IDS, "story") == meant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("mile", "more than one story: mile-26-the-last-one, the-long-mile, a-mile-straight-up"),  # one begins with it
        ("a", "more than one story"),
        ("first-la", "more than one story: first-lap, first-lap-2"),
        ("long-mlie", "mean the-long-mile"),
        ("", "no story"),
    ],
)
def test_ids_that_are_not_clear(typed: str, said: str) -> None:
    with pytest.raises(UnknownName, match=said):
        find_id(typed, IDS, "story")


TITLES = [
    story("oak", "We ran.", title="The Old Tree", contributor={"name": "Łukasz Nowak"}),
    story("elm", "We sat.", title="The Old Tree", contributor={"name": "Zoë Nowak", "byline": "Zed"}),
    story("ash", "We slept.", title="Lights On!", contributor={"name": "Zoë Quist"}),
]
EMPTY_BETWEEN = [
    {"id": "dawn", "title": "Dawn", "stories": ["oak"]},
    {"id": "noon", "title": "High Noon", "stories": []},
    {"id": "late", "title": "Late", "stories": ["elm"]},
]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Lukasz", "a contributor of that name wrote oak"),
        ("zoe", "a contributor of that name wrote elm, ash"),
        ("zed", "a contributor of that name wrote elm"),
        ("the old tree", "stories of that title are oak, elm"),
        ("the old trunk", "there is no story “the old trunk”$"),
    ],
)
def test_what_is_no_id_of_a_story(tmp_path: Path, typed: str, said: str) -> None:
    index = load(make_book(tmp_path, TITLES)).index
    assert index is not None
    with pytest.raises(UnknownName, match=said):
        find_story(typed, index.stories)
    assert find_story("lights on", index.stories) == "ash"


@pytest.mark.parametrize(
    ("empty", "typed", "meant"),
    [("noon", "noon", "noon"), ("noon", "high noon", "noon"), ("late", "2", "noon"), ("late", "3", "late"), ("late", "Chapter 1", "dawn")],
)  # fmt: skip
def test_chapters_that_may_be_empty(tmp_path: Path, empty: str, typed: str, meant: str) -> None:
    chapters = [{**one, "stories": [] if one["id"] == empty else one["stories"] or ["ash"]} for one in EMPTY_BETWEEN]
    loaded = load(make_book(tmp_path, TITLES, chapters))
    assert loaded.index is not None
    assert find_chapter(typed, loaded.index, loaded.folder) == meant


def test_a_number_that_print_counts_otherwise_is_not_guessed(tmp_path: Path) -> None:
    """The empty second chapter is not printed, so that the third is Chapter 2."""
    loaded = load(make_book(tmp_path, TITLES, EMPTY_BETWEEN))
    assert loaded.index is not None
    for typed in ("2", "3"):
        with pytest.raises(UnknownName, match="the chapters are dawn, noon, late"):
            find_chapter(typed, loaded.index, loaded.folder)


def test_commands_understand_them(tmp_path: Path) -> None:
    root = make_book(tmp_path, TITLES, [*EMPTY_BETWEEN[:1], EMPTY_BETWEEN[2], EMPTY_BETWEEN[1]])
    assert set_stories(root, SetRequest(("Lights On",), chapter="High Noon")).lines
    assert rename(root, "2", "evening").lines == ("chapter late → evening",)
    with pytest.raises(UnknownName, match="write lights-off; the title that is printed is changed in stories"):
        rename(root, "ash", "Lights Off")
    with pytest.raises(UnknownName, match="wrote oak"):
        rename(root, "Lukasz", "pine")


@pytest.mark.parametrize(
    "command", ["build --layout", "build --final --layout", "proof --layout", "cover --layout", "export --profile"]
)
def test_a_layout_that_is_not_there_is_told_before_all_that_is_open(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    root = make_book(tmp_path, [story("oak", "We ran.", permission=None, pages=3)])
    assert run([*command.split(), "hous", "-C", str(root)]) == 2
    shown = capsys.readouterr()
    assert "there is no layout “hous”; did you mean house?" in shown.err
    assert "MB" not in shown.err
