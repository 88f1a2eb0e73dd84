"""An author's week: one edit after another, and after each the files are those of a book that was never built before."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bookmaking import NAMES, draw, make_book, photo, prose, story

from milebook.app.build import build
from milebook.app.load import Result
from milebook.app.request import Request
from milebook.cache.store import entry

Index = dict[str, Any]


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("week") / "book"
    entries = [
        story(
            f"mile-{i}",
            prose(i, 170),
            contributor={"name": NAMES[i], "location": "Hue"},
            received=f"2026-02-{i + 1:02}",
        )
        for i in range(9)
    ]
    entries[1]["photos"] = [photo("photos/a.jpg", place="start"), photo("photos/b.jpg")]
    entries[5]["photos"] = [photo("photos/c.jpg")]
    entries[2]["text"] = "First *mile*.[^n]\n\n> A quoted office.\n\n1. one\n2. two\n\n[^n]: A note on “it”.\n"
    ids = [entry["id"] for entry in entries]
    chapters = [
        {"id": "first", "title": "First", "stories": ids[:3]},
        {"id": "second", "title": "Second", "stories": ids[3:6]},
        {"id": "third", "title": "Third", "stories": ids[6:]},
    ]
    return make_book(root, entries, chapters)


def of_index(change: Callable[[Index], object]) -> Callable[[Path], None]:
    """An edit of the index, which is JSON a line."""

    def edit(book: Path) -> None:
        path = book / "stories" / "index.yaml"
        index = {}
        for line in path.read_text("utf-8").splitlines():
            name, _, value = line.partition(": ")
            index[name] = json.loads(value)
        change(index)
        lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in index.items()]
        path.write_text("\n".join(lines) + "\n", "utf-8")

    return edit


def of_text(name: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    def edit(book: Path) -> None:
        path = book / "stories" / f"{name}.md"
        path.write_text(change(path.read_text("utf-8")), "utf-8")

    return edit


def moved(index: Index) -> None:
    first, second = index["chapters"][0]["stories"], index["chapters"][1]["stories"]
    second.insert(0, first.pop())


def mine(size: float) -> Callable[[Path], None]:
    def edit(book: Path) -> None:
        path = book / "layouts" / "trade" / "layout.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"base: a5\nstyles:\n  body: {{size: {size}}}\n", "utf-8")

    return edit


def another_photo(book: Path) -> None:
    draw(book / "stories" / "photos" / "a.jpg", (1000, 1500), seed=7)


def same_looks(book: Path) -> None:
    """Another photo of the same size and time."""
    path = book / "stories" / "photos" / "c.jpg"
    before = path.stat()
    draw(path, seed=70)
    data = path.read_bytes()
    path.write_bytes(data.ljust(before.st_size, b"\0")[: max(before.st_size, len(data))])
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


EDITS: dict[str, tuple[Callable[[Path], None], dict[str, Any]]] = {
    "a word": (of_text("mile-4", lambda text: text.replace(" ", " very ", 1)), {}),
    "a word that no other story has": (of_text("mile-8", lambda text: text + "\nSesquipedalian fjords, Łódź, ﬁn.\n"), {}),
    "pages shift": (of_text("mile-0", lambda text: text + "\n" + prose(70, 900)), {}),
    "a note, a query and an emoji": (of_text("mile-3", lambda text: text + "\nAt last 😀.[^q] {>> true? <<}\n\n[^q]: No.\n"), {}),
    "another photo of the same name": (another_photo, {}),
    "another photo that looks the same": (same_looks, {}),
    "a title": (of_index(lambda index: index["stories"][4].update(title="The Łódź Mile")), {}),
    "a chapter's title": (of_index(lambda index: index["chapters"][1].update(title="In Between")), {}),
    "a caption and an alt text": (of_index(lambda i: i["stories"][1]["photos"][0].update(caption="It.", alt="A dot.")), {}),
    "a byline": (of_index(lambda index: index["stories"][7]["contributor"].update(byline="A. N.")), {}),
    "a story into another chapter": (of_index(moved), {}),
    "chapters in another order": (of_index(lambda index: index["chapters"].reverse()), {}),
    "a story cut": (of_index(lambda index: index["chapters"][0]["stories"].pop()), {}),
    "a permission": (of_index(lambda i: i["stories"][0].update(permission={"status": "requested"})), {}),
    "without what is not clear": (lambda book: None, {"without_uncleared": True}),
    "another language": (of_index(lambda index: index["book"].update(language="en-GB")), {}),
    "another date": (of_index(lambda index: index["book"].update(date="2026-04-01")), {}),
    "no contents": (of_index(lambda index: index["book"].update(front=["title"])), {}),
    "a layout of one's own": (mine(10), {"layout": "trade"}),
    "that layout changed": (mine(12), {"layout": "trade"}),
    "the built-in one again": (lambda book: shutil.rmtree(book / "layouts", ignore_errors=True), {}),
    "for the printer": (lambda book: None, {"edition": "print"}),
    "a chapter alone": (lambda book: None, {"chapters": ("second",)}),
    "everything as a moment before": (lambda book: None, {}),
}  # fmt: skip


@pytest.mark.parametrize("edit", EDITS)
def test_after_an_edit_the_files_are_those_of_a_first_build(week: Path, tmp_path: Path, edit: str) -> None:
    """In their order: each edit finds what the builds before it have kept."""
    change, asked = EDITS[edit]
    if not (week / "build").exists():
        build(week, Request(jobs=1))
    change(week)
    apart = tmp_path / "apart"
    shutil.copytree(week, apart, ignore=shutil.ignore_patterns("build"))
    again = build(week, Request(jobs=1, **asked))
    anew = build(apart, Request(jobs=1, cache=False, **asked))
    assert again.written, again.findings
    assert said(again) == said(anew)
    for path in sorted((apart / "build").iterdir()):
        if path.is_file() and path.name != "made.json":  # which also lists what earlier builds have made
            assert (week / "build" / path.name).read_bytes() == path.read_bytes(), path.name


def said(outcome: Result) -> tuple[object, ...]:
    return outcome.findings, outcome.report, outcome.written, outcome.left_out


def test_chapters_that_somebody_has_meddled_with_are_set_anew(tmp_path: Path) -> None:
    book = make_book(tmp_path / "book", [story(f"mile-{i}", prose(i, 120)) for i in range(3)])
    build(book, Request(jobs=1))
    meddled = 0
    for path in (book / "build" / ".cache").glob("??/*"):
        key = path.parent.name + path.name
        size, _, rest = (path.read_bytes().partition(b"\n")[2]).partition(b"\n")
        if size.isdigit():
            head = json.loads(rest[: int(size)])
            head["transcript"] = [[anchor, words.replace("the", "another")] for anchor, words in head["transcript"]]
            written = json.dumps(head).encode()
            path.write_bytes(entry(key, b"%d\n%s%s" % (len(written), written, rest[int(size) :])))
            meddled += 1
    assert meddled
    of_index(lambda index: index["book"].update(subtitle="Another"))(book)
    again = build(book, Request(jobs=1))
    assert again.written, again.findings
    kept = {path.name: path.read_bytes() for path in (book / "build").iterdir() if path.is_file()}
    build(book, Request(jobs=1, cache=False))
    assert {path.name: path.read_bytes() for path in (book / "build").iterdir() if path.is_file()} == kept
