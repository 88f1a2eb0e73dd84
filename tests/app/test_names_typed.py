"""Chapters and people are found by what an author types: number, title, a part of a name, without accents."""

from __future__ import annotations

from pathlib import Path

import pytest
from bookmaking import make_book, story

from milebook.app.ids import chapters_meant, find_id
from milebook.app.load import load
from milebook.app.wrong_usage import UnknownName
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
