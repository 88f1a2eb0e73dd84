"""Chapters and people are found by what an author types: number, title, a part of a name, without accents."""

from __future__ import annotations

from pathlib import Path

import pytest
from bookmaking import make_book, story

from milebook.app.ids import chapters_meant
from milebook.app.load import UnknownName, load
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
