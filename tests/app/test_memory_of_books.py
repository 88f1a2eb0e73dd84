"""What a book takes of the memory, counted in objects and not in bytes, which differ between machines."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from bookmaking import make_book, story

from milebook.app.load import load

TEXTS = {
    "plain": "The road was long, and *nobody* walked it.\n\nThen we ran.\n",
    "marked": "A [link](https://example.org), a note.[^1]\n\n> “Run,” *she* said. {>> who? <<}\n\n- `one`\n- two\n\n[^1]: So it was.\n",
}


def left_in_circles(folder: Path, stories: int, text: str) -> int:
    """How many objects that only point to each other are there when a book has been read and checked."""
    entries = [story(f"story-{number}", f"{text}\nNumber {number}.\n") for number in range(stories)]
    book = make_book(folder, entries)
    gc.collect()
    gc.disable()
    try:
        loaded = load(book)
        assert loaded.book is not None and len(loaded.book.stories) == stories
        return gc.collect()
    finally:
        gc.enable()


@pytest.mark.parametrize("kind", TEXTS)
def test_stories_leave_nothing_in_circles_when_they_are_read(tmp_path: Path, kind: str) -> None:
    left_in_circles(tmp_path / "first", 3, TEXTS[kind])  # what is loaded once for all books
    few, many = (left_in_circles(tmp_path / str(count), count, TEXTS[kind]) for count in (5, 45))
    assert many - few < 40
