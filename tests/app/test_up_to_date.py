"""A build that has nothing to do does nothing, says the same, and is never mistaken about it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from bookmaking import make_book, photo, prose, story
from watching import watched

from milebook.app import up_to_date
from milebook.app.build import build
from milebook.app.request import Request
from milebook.app.up_to_date import recall
from milebook.commands import run

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("again") / "book"
    root.mkdir()
    stories = [story("first", prose(1, 90), photos=[photo("a.jpg")]), story("second", prose(2, 60))]
    make_book(root, stories, title="Twice")
    assert run(["build", str(root)]) in (0, 1)
    return root


@pytest.fixture
def book(model: Path, tmp_path: Path) -> Path:
    """A built book of one's own; the copy has other inodes and times, which is not a change."""
    return Path(shutil.copytree(model, tmp_path / "book", symlinks=True))


def test_nothing_has_changed(book: Path) -> None:
    kept = recall(book, Request())
    assert kept is not None
    assert sorted(kept.written) == ["build/twice.docx", "build/twice.epub", "build/twice.pdf"]
    assert kept.report["title"] == "Twice"


def test_the_second_build_says_what_the_first_said(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first_status = run(["build", str(book), "--no-cache"])
    first = capsys.readouterr()
    before = {path.name: path.stat().st_mtime_ns for path in (book / "build").iterdir() if path.is_file()}
    run(["build", str(book)])
    capsys.readouterr()
    second_status = run(["build", str(book)])
    second = capsys.readouterr()
    assert second_status == first_status
    assert second.err == first.err
    assert second.out == first.out.replace("wrote ", "unchanged ")
    assert set(before) == {path.name for path in (book / "build").iterdir() if path.is_file()}


def test_json_of_the_second_build_is_the_same(book: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["build", str(book), "--json"])
    run(["build", str(book), "--json", "--no-cache"])
    once, twice = capsys.readouterr().out.split("\n}\n{")
    assert once.lstrip("{") == twice.rstrip().removesuffix("}").rstrip("\n")


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        path = root / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return change


def same_size_and_time(root: Path) -> None:
    path = next((root / "stories").glob("first*.md"))
    status = path.stat()
    text = path.read_text("utf-8")
    path.write_text(text.replace("e", "a", 1), "utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def spoil(name: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        data = bytearray((root / name).read_bytes())
        data[len(data) // 2] ^= 1
        (root / name).write_bytes(data)

    return change


def spoil_records(root: Path) -> None:
    records = [path for path in (root / "build" / ".cache").rglob("*") if path.is_file() and len(path.name) > 40]
    assert records
    for path in records:
        data = bytearray(path.read_bytes())
        data[-20] ^= 1
        path.write_bytes(data)


CHANGES: dict[str, Callable[[Path], Any]] = {
    "a word": edit("stories/index.yaml", "Twice", "Thrice"),
    "a letter, with size and time put back": same_size_and_time,
    "a photo": lambda root: spoil(str(next(root.rglob("a.jpg")).relative_to(root)))(root),
    "a story file that nobody asked for": lambda root: (root / "stories" / "third.md").write_text("Words.\n", "utf-8"),
    "a story is gone": lambda root: next((root / "stories").glob("second*.md")).unlink(),
    "an output is gone": lambda root: (root / "build" / "twice.epub").unlink(),
    "an output is spoilt": spoil("build/twice.pdf"),
    "an output is a link": lambda root: (
        (root / "build" / "twice.pdf").rename(root / "build" / "other.pdf"),
        (root / "build" / "twice.pdf").symlink_to("other.pdf"),
    ),
    "the manifest is spoilt": spoil("build/build.json"),
    "the record is damaged": spoil_records,
    "a run was stopped": lambda root: (root / "build" / ".mb-x").mkdir(),
    "the cache is somebody else's": lambda root: (
        (root / "build" / ".cache").rename(root / "elsewhere"),
        (root / "build" / ".cache").symlink_to(root / "elsewhere"),
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_changes_is_noticed(book: Path, name: str) -> None:
    assert recall(book, Request()) is not None
    CHANGES[name](book)
    assert recall(book, Request()) is None


@pytest.mark.parametrize(
    "request_", [Request(layout="a5"), Request(formats=("pdf",)), Request(strict=True), Request(edition="print"),
                 Request(chapters=("one",)), Request(final=True), Request(without_uncleared=True), Request(out="other"), Request(cache=False)],
)  # fmt: skip
def test_another_request_is_another_build(book: Path, request_: Request) -> None:
    assert recall(book, request_) is None


def test_another_date_is_another_build(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert recall(book, Request()) is None


def test_another_version_of_a_library_is_another_build(book: Path, tmp_path: Path) -> None:
    libraries = tmp_path / "libraries"
    libraries.mkdir()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(libraries)])}

    def ran(code: str) -> str:
        program = f"import sys\n{RECALLING}\nroot = sys.argv[1]\n{code}"
        done = subprocess.run(
            [sys.executable, "-c", program, str(book)], env=environment, capture_output=True, text=True
        )
        return done.stdout.strip() or done.stderr

    ran("from milebook.app.build import build\nbuild(Path(root), Request())")
    assert ran(f"print({RECALLED})") == "True"
    (libraries / "another-2.0.dist-info").mkdir()
    assert ran(f"print({RECALLED})") == "False"


def test_touching_is_not_changing(book: Path) -> None:
    for path in (book / "stories").rglob("*"):
        os.utime(path)
    assert recall(book, Request()) is not None


RECALLING = """
from pathlib import Path
from milebook.app.request import Request
from milebook.app.up_to_date import recall
from milebook.source import BookFolder
"""
RECALLED = "recall(Path(root), Request()) is not None"
OUTPUTS = {"twice.docx", "twice.epub", "twice.pdf"}


def test_files_that_lie_untouched_are_not_read(book: Path) -> None:
    time.sleep(2.1)  # what was touched in the last two seconds is always read
    assert recall(book, Request()) is not None  # looks at everything, for it is a copy, and remembers how it looked
    seen = watched(book, RECALLED, RECALLING)
    assert seen.result == "True"
    assert not seen.opened & (OUTPUTS | {"index.yaml", "first.md", "second.md", "a.jpg"})


def test_files_that_were_touched_are_read(book: Path) -> None:
    seen = watched(book, RECALLED, RECALLING)
    assert seen.result == "True"
    assert seen.opened >= OUTPUTS | {"index.yaml", "first.md", "second.md", "a.jpg"}


def test_a_build_with_nothing_to_do_writes_nothing(book: Path) -> None:
    recall(book, Request())
    (book / "build" / "twice.epub").chmod(0o600)
    assert run(["build", str(book)]) in (0, 1)
    before = {path: path.stat().st_mtime_ns for path in (book / "build").glob("twice*")}
    assert run(["build", str(book)]) in (0, 1)
    assert before == {path: path.stat().st_mtime_ns for path in (book / "build").glob("twice*")}


def test_a_change_is_noticed_before_anything_large_is_read(book: Path) -> None:
    same_size_and_time(book)
    seen = watched(book, RECALLED, RECALLING)
    assert seen.result == "False"
    assert not seen.opened & OUTPUTS
    edit("stories/index.yaml", "Twice", "Thrice")(book)
    seen = watched(book, RECALLED, RECALLING)
    assert seen.result == "False"
    assert not seen.opened & (OUTPUTS | {"index.yaml", "first.md", "second.md"})
    assert "stories" not in seen.listed


SECOND = 1_000_000_000


@pytest.mark.parametrize(
    ("written", "placed", "tells"),
    [
        (7 * SECOND + 123_456_789, 7 * SECOND + 130_000_001, True),
        (7 * SECOND + 123_456_789, 7 * SECOND + 123_456_789, False),  # a writing in the same moment would look the same
        (7 * SECOND + 123_456_789, 7 * SECOND, False),  # a system without a time of placing
        (6 * SECOND, 7 * SECOND + 1, False),  # a disk that counts in seconds, or in hundredths
        (6 * SECOND + 30_000_000, 7 * SECOND + 1, False),
    ],
)
def test_when_looks_alone_tell(written: int, placed: int, tells: bool) -> None:
    assert up_to_date.shows_changes((1, 2, written, placed)) is tells


def test_what_somebody_has_touched_already_is_not_recorded(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace

    def at_once(old: Any, new: Any, **how: Any) -> None:
        real(old, new, **how)
        if str(new).endswith("twice.pdf"):
            (book / "build" / "twice.pdf").write_bytes(b"mine")

    monkeypatch.setattr(os, "replace", at_once)
    shutil.rmtree(book / "build")
    assert run(["build", str(book)]) in (0, 1)
    assert recall(book, Request()) is None


def test_nothing_private_lies_in_the_cache(tmp_path: Path) -> None:
    """Not even as a line that a finding quotes."""
    entry = story("mile", prose(1, 80))
    entry["contributor"] = {
        "name": "Fiona Hidden", "byline": "F.", "pseudonym": True, "email": "fiona@hidden.example", "age": 12, "guardian": "Gus Hidden",
    }  # fmt: skip
    entry["permission"] = {"status": "requested", "signer": "Gus Hidden", "email": "gus@hidden.example", "notes": "calls at night",
                           "requested": "2026-03-01"}  # fmt: skip
    make_book(tmp_path, [entry])
    assert build(tmp_path, Request(jobs=1)).written
    kept = [path for path in (tmp_path / "build" / ".cache").rglob("*") if path.is_file()]
    assert kept
    for path in kept:
        data = path.read_bytes()
        for start in [0, *(at.start() for at in re.finditer(b"\x78[\x01\x5e\x9c\xda]", data))]:
            with suppress(zlib.error):
                data += zlib.decompressobj().decompress(data[start:])
        for words in (b"hidden.example", b"Hidden", b"calls at night"):
            assert words not in data, (path, words)
