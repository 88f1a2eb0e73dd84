"""How much is done, counted without a clock, so that a build which begins to do things twice or for nothing is caught."""

from __future__ import annotations

import hashlib
import itertools
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from bookmaking import draw, make_book, photo, prose, story

from milebook.app.build import build
from milebook.app.load import load
from milebook.app.request import Request
from milebook.app.stamp import make_stamp
from milebook.compose import compose
from milebook.layout import read_layout
from milebook.photos import PhotoPreparer
from milebook.photos import prepared as prints
from milebook.writers import FORMATS, Options

SEEDS = itertools.count(50)  # no photo twice, for a process remembers those that it has seen
ALONE = Request(jobs=1)  # in one process, so that everything can be counted


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Counts of the dear things."""
    counts: Counter[str] = Counter()

    def count(where: Any, name: str, what: str) -> None:
        original = getattr(where, name)

        def counted(*args: Any, **kwargs: Any) -> Any:
            counts[what] += 1
            return original(*args, **kwargs)

        monkeypatch.setattr(where, name, counted)

    from milebook.app import list_files
    from milebook.markdown import story_file as file
    from milebook.permissions import names
    from milebook.photos import examination as examining
    from milebook.photos import known_jpegs
    from milebook.photos import prepare as preparer
    from milebook.writers.pdf.galleys import kept_lines
    from milebook.writers.pdf.typefaces import fonts

    count(list_files, "rows_to_xlsx", "workbooks made")
    count(preparer, "convert", "photos prepared")
    count(examining, "_look", "photos decoded to be examined")
    count(known_jpegs, "read_jpeg", "photos walked through")
    count(kept_lines, "break_paragraph", "paragraphs broken")
    count(fonts.Face, "shape_plain", "words shaped")
    count(fonts.Face, "shape", "words shaped the long way")
    count(file, "read_prose", "texts read")
    count(names, "withheld", "names compared")
    return counts


def book(root: Path, stories: int = 6) -> None:
    entries = [story(f"story-{i}", prose(i, 300)) for i in range(stories)]
    entries[0]["photos"] = [photo("a.jpg"), photo("b.jpg")]
    entries[1]["photos"] = [photo("c.jpg")]
    make_book(root, entries, title="Work")
    for path in sorted(root.rglob("*.jpg")):
        draw(path, seed=next(SEEDS))


def test_ordinary_photos_are_never_decoded(tmp_path: Path, done: Counter[str]) -> None:
    book(tmp_path)
    outcome = build(tmp_path, ALONE)
    assert outcome.written
    assert done["photos walked through"] == 3  # once each, for three writers and the examination
    assert done["photos decoded to be examined"] == 0
    assert done["photos prepared"] == 0


def test_a_photo_for_the_printer_is_prepared_once(tmp_path: Path, done: Counter[str]) -> None:
    book(tmp_path)
    request = Request(jobs=1, formats=("pdf",), edition="print")
    build(tmp_path, request)
    assert done["photos prepared"] == 3
    path = next((tmp_path / "stories").glob("story-3*"))
    path.write_text(path.read_text("utf-8") + "\nOne more line at the end.\n", "utf-8")
    build(tmp_path, request)
    assert done["photos prepared"] == 3


def test_a_workbook_is_made_again_only_if_its_rows_have_changed_or_it_is_not_there(
    tmp_path: Path, done: Counter[str]
) -> None:
    book(tmp_path)
    workbook, index = tmp_path / "build" / "permissions.xlsx", tmp_path / "stories" / "index.yaml"
    build(tmp_path, ALONE)
    first = workbook.read_bytes()
    path = next((tmp_path / "stories").glob("story-3*"))
    path.write_text(path.read_text("utf-8") + "\nOne more line at the end.\n", "utf-8")
    build(tmp_path, ALONE)
    assert done["workbooks made"] == 1
    assert workbook.read_bytes() == first
    for damaged in (b"", first[:-1] + b"x"):
        workbook.write_bytes(damaged)
        build(tmp_path, ALONE)
        assert workbook.read_bytes() == first
    assert done["workbooks made"] == 3
    index.write_text(index.read_text("utf-8").replace("Story 3", "Another title"), "utf-8")
    build(tmp_path, ALONE)
    assert done["workbooks made"] == 4
    assert workbook.read_bytes() != first


def test_a_word_is_shaped_once(tmp_path: Path, done: Counter[str]) -> None:
    make_book(tmp_path, [story("long", "word and word again, " * 900 + "\n")])
    build(tmp_path, Request(jobs=1, formats=("pdf",)))
    assert done["words shaped"] < 600
    assert done["words shaped the long way"] < done["words shaped"] / 5


def test_work_grows_with_the_book_and_no_faster(tmp_path: Path, done: Counter[str]) -> None:
    totals = []
    for stories in (8, 16):
        root = tmp_path / str(stories)
        root.mkdir()
        book(root, stories)
        done.clear()
        build(root, Request(jobs=1, cache=False))
        totals.append(dict(done))
    for what in ("paragraphs broken", "texts read", "names compared"):
        assert totals[1][what] <= 2.6 * totals[0][what], what


def test_nothing_is_made_when_nothing_has_changed(tmp_path: Path, done: Counter[str]) -> None:
    from milebook.commands import run

    book(tmp_path)
    run(["build", str(tmp_path), "--jobs", "1"])
    done.clear()
    run(["build", str(tmp_path), "--jobs", "1"])
    assert not done


@pytest.fixture
def digests(monkeypatch: pytest.MonkeyPatch) -> Counter[int]:
    """How often so many bytes were added up."""
    counts: Counter[int] = Counter()
    real = hashlib.sha256

    class Counted:
        def __init__(self, data: bytes = b"") -> None:
            self.digest_, self.size = real(data), len(data)

        def update(self, data: bytes) -> None:
            self.digest_.update(data)
            self.size += len(data)

        def digest(self) -> bytes:
            counts[self.size] += 1
            return self.digest_.digest()

        def hexdigest(self) -> str:
            return self.digest().hex()

    monkeypatch.setattr(hashlib, "sha256", Counted)
    return counts


def test_an_output_is_added_up_once(tmp_path: Path, digests: Counter[int]) -> None:
    book(tmp_path)
    outcome = build(tmp_path, ALONE)
    assert len(outcome.written) == 3
    names = [*outcome.written, "build/build.json", "build/permissions.csv", "build/word-counts.csv"]
    for name in names:
        assert digests[(tmp_path / name).stat().st_size] == 1, name
    digests.clear()
    (tmp_path / "stories" / "index.yaml").write_text("# now longer\n" + (tmp_path / "stories/index.yaml").read_text())
    from milebook.app.up_to_date import recall

    assert recall(tmp_path, ALONE) is None
    assert not [size for name in names if digests[size := (tmp_path / name).stat().st_size]]


def test_any_number_of_processes_makes_the_same_bytes(tmp_path: Path) -> None:
    book(tmp_path)
    made = []
    for jobs, cache in ((1, False), (2, False), (4, False), (4, True), (1, True)):
        outcome = build(tmp_path, Request(jobs=jobs, cache=cache))
        assert outcome.written
        made.append([output["sha256"] for output in outcome.report["outputs"]])  # type: ignore[attr-defined]
    assert all(one == made[0] for one in made)


def test_photos_are_fetched_once_for_each_file_that_holds_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book(tmp_path)
    fetched: list[str] = []
    real = prints.PreparedPhoto.fetch
    monkeypatch.setattr(
        prints.PreparedPhoto, "fetch", lambda self: fetched.append(self.origin.path) or real(self)
    )  # fmt: skip
    loaded = load(tmp_path)
    assert loaded.book is not None
    preparer = PhotoPreparer(loaded.folder)
    assert loaded.counts is not None
    for name in ("docx", "epub"):
        layout, _ = read_layout(FORMATS[name].default_layout, loaded.folder)
        assert layout is not None
        draft = compose(loaded.book, layout, make_stamp("", {}, ""), loaded.counts, loaded.items)
        written = FORMATS[name].writer()(draft, layout, preparer, Options())
        assert not fetched, "while it was composed"
        assert len(written.data) == len(written.file)
        assert len(fetched) == 3
        fetched.clear()


def test_the_cache_is_tidied(tmp_path: Path) -> None:
    book(tmp_path)
    build(tmp_path, Request())
    assert (tmp_path / "build" / ".cache" / ".run").exists()


@pytest.mark.parametrize("command", [["status"], ["permissions"]])
def test_what_makes_no_files_loads_nothing_that_does(tmp_path: Path, command: list[str]) -> None:
    book(tmp_path)
    code = "import sys; from milebook.commands import run; run(sys.argv[1:]); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, *command, "-C", str(tmp_path)], capture_output=True, text=True)
    loaded = set(done.stderr.split("\n")[-2].split())
    assert "milebook.app.load" in loaded
    writers = {
        "milebook.writers.schedule",
        "milebook.writers.worker",
        "milebook.compose",
        "milebook.output.spreadsheets",
        "milebook.app.build",
    }
    assert not loaded & (writers | {"multiprocessing", "rich", "xlsxwriter", "docx", "reportlab", "pikepdf"})


def test_the_worker_process_takes_nothing_of_the_book_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is started before the book is read, and no further process is started after that."""
    from milebook.app import load as pipeline
    from milebook.writers import worker as beside

    steps: list[str] = []
    real_fork, real_load = os.fork, pipeline.load
    monkeypatch.setattr(beside.os, "fork", lambda: steps.append("fork") or real_fork())  # type: ignore[attr-defined]
    monkeypatch.setattr(pipeline, "load", lambda *given, **how: steps.append("load") or real_load(*given, **how))
    book(tmp_path)
    assert build(tmp_path, Request(jobs=2)).written
    assert steps == ["fork", "load"]
    steps.clear()
    assert build(tmp_path, ALONE).written
    assert build(tmp_path, Request(jobs=2, formats=("pdf",))).written
    assert steps == ["load", "load"]
