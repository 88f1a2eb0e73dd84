"""Every kind of save is seen, and none before it is done."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from milebook.preview.watch import SETTLING, Watcher


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def book(tmp_path: Path) -> Path:
    (tmp_path / "stories" / "photos").mkdir(parents=True)
    (tmp_path / "stories" / "a.md").write_text("one", "utf-8")
    (tmp_path / "stories" / "index.yaml").write_text("book:", "utf-8")
    return tmp_path


def test_nothing_happened(book: Path) -> None:
    assert Watcher(book).changes() == set()


def test_saves_in_place_and_by_renaming(book: Path) -> None:
    watcher = Watcher(book)
    file = book / "stories" / "a.md"
    file.write_text("two!", "utf-8")
    assert watcher.changes() == {"stories/a.md"}
    assert watcher.changes() == set()
    (book / "stories" / ".a.md.swp").write_text("x", "utf-8")
    (book / "stories" / "a.md~").write_text("x", "utf-8")
    assert watcher.changes() == set()
    other = book / "stories" / "#a.tmp"
    other.write_text("two!", "utf-8")
    os.utime(other, ns=(file.stat().st_mtime_ns,) * 2)
    other.replace(file)  # same size, same time: another file all the same
    assert watcher.changes() == {"stories/a.md"}


def test_new_files_folders_and_layouts(book: Path) -> None:
    watcher = Watcher(book)
    (book / "layouts" / "mine").mkdir(parents=True)
    (book / "layouts" / "mine" / "layout.yaml").write_text("base: trade", "utf-8")
    (book / "stories" / "photos" / "x.jpg").write_bytes(b"x")
    (book / "build").mkdir()
    (book / "build" / "x.pdf").write_bytes(b"x")
    assert watcher.changes() == {"layouts/mine/layout.yaml", "stories/photos/x.jpg"}


@pytest.mark.parametrize("moment", ["gone", "empty"])
def test_a_file_that_is_gone_for_a_moment_is_being_saved(book: Path, moment: str) -> None:
    clock = Clock()
    watcher = Watcher(book, clock)
    file = book / "stories" / "a.md"
    if moment == "gone":
        file.rename(book / "stories" / "a.md~")
    else:
        file.write_text("", "utf-8")
    assert watcher.changes() == set()
    clock.now += SETTLING / 2
    file.write_text("new", "utf-8")
    assert watcher.changes() == {"stories/a.md"}


def test_a_file_that_stays_away_is_removed(book: Path) -> None:
    clock = Clock()
    watcher = Watcher(book, clock)
    (book / "stories" / "a.md").unlink()
    assert watcher.changes() == set()
    clock.now += SETTLING * 2
    assert watcher.changes() == {"stories/a.md"}
    assert watcher.changes() == set()


def test_a_folder_that_disappears_is_no_fault(book: Path) -> None:
    clock = Clock()
    watcher = Watcher(book, clock)
    (book / "stories").rename(book / "elsewhere")
    watcher.changes()
    clock.now += SETTLING * 2
    assert watcher.changes() == {"stories/a.md", "stories/index.yaml"}


def test_a_glance_sees_the_files_that_are_watched_closely(book: Path) -> None:
    watcher = Watcher(book)
    file = book / "stories" / "a.md"
    file.write_text("two!", "utf-8")
    assert not watcher.glance(), "nobody asked for it"
    assert watcher.changes() == {"stories/a.md"}
    assert not watcher.glance()
    file.write_text("three", "utf-8")
    assert watcher.glance(), "what was saved once is saved again"
    watcher.changes()
    watcher.watch_closely(["stories/index.yaml", "stories/none.md"])
    (book / "stories" / "index.yaml").unlink()
    assert watcher.glance()
    assert watcher.rest > 0
    assert watcher.short_rest > 0
