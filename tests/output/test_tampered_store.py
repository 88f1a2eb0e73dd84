"""The folder `.milebook` as a stranger, a broken disk or another version left it: no command hangs, fails of itself or is stuck."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from change_commands import make_book
from change_loops import state
from warm import Warm

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
COMMANDS = (
    ("status",), ("set", "oak", "--tag", "x"), ("undo", "--list"), ("build", "--format", "docx", "--jobs", "1"), ("undo",), ("check",),
    ("permissions", "record", "ana", "--notes", "n"), ("import", "mail.eml", "--apply"),
)  # fmt: skip
STAGE, CHANGES, JOURNAL = ".milebook/stage", ".milebook/changes", ".milebook/stage/journal.json"
INDEX = "stories/index.yaml"
SECONDS = 30  # a command that waits for a pipe waits for ever


def journal(root: Path, *files: tuple[str, str, str, int], **more: object) -> None:
    (root / STAGE).mkdir(parents=True, exist_ok=True)
    document = {"title": "t\x1b]0;owned\x07", "undoes": 0, "folders": [], "files": files, **more}
    (root / JOURNAL).write_text(json.dumps(document))


def now(root: Path) -> str:
    return hashlib.sha256((root / INDEX).read_bytes()).hexdigest()


def made(root: Path, name: str, make: Callable[[Path], object]) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    make(root / name)


def begun(root: Path, make: Callable[[Path], object]) -> None:
    """A change of the index was begun, and what it had made ready is something else."""
    journal(root, (INDEX, now(root), "0" * 64, 0))
    make(root / STAGE / "0.new")


def to_passwd(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def text(content: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(content)


CASES: dict[str, Callable[[Path], object]] = {
    "journal of rubbish": lambda root: made(root, JOURNAL, text("\0{")),
    "journal without end": lambda root: made(root, JOURNAL, text("[" * 200_000)),
    "journal of another version": lambda root: journal(root, version=9, files={"steps": []}),
    "journal is a pipe": lambda root: made(root, JOURNAL, os.mkfifo),
    "journal is a folder": lambda root: made(root, JOURNAL, Path.mkdir),
    "journal is a link": lambda root: made(root, JOURNAL, to_passwd),
    "new file is a link": lambda root: begun(root, to_passwd),
    "new file is a pipe": lambda root: begun(root, os.mkfifo),
    "new file is a folder": lambda root: begun(root, Path.mkdir),
    "new file is gone": lambda root: begun(root, lambda path: None),
    "number below zero": lambda root: journal(root, ("stories/x.md", "", "0" * 64, -1)),
    "names that are none": lambda root: journal(root, ("stories/\ud800.md", "", "0", 0), folders=["a\0b"]),
    "note is a pipe": lambda root: (begun(root, lambda path: None), os.mkfifo(root / STAGE / "0.elsewhere")),
    "folders in the stage": lambda root: made(root, f"{STAGE}/a/b/c", text("x")),
    "earlier change is a pipe": lambda root: made(root, f"{CHANGES}/000001/journal.json", os.mkfifo),
    "earlier change is a link": lambda root: made(root, f"{CHANGES}/000009", lambda path: path.symlink_to("/etc")),
    "earlier change is a file": lambda root: made(root, f"{CHANGES}/000002", text("x")),
    "a number of 200 digits": lambda root: made(root, f"{CHANGES}/{'9' * 200}", Path.mkdir),
    "lock of a dead process": lambda root: made(root, ".milebook/lock", text("99999999 import")),
    "leftover is a pipe": lambda root: made(root, "stories/.mb-x", os.mkfifo),
    "leftover in build is a pipe": lambda root: made(root, "build/.mb-x/journal", os.mkfifo),
    "list of made files is a pipe": lambda root: made(root, "build/made.json", os.mkfifo),
    "report is a pipe": lambda root: made(root, "build/build.json", os.mkfifo),
    "cache of pipes": lambda root: [made(root, f"build/.cache/{name}", os.mkfifo) for name in ("ledger.json", "stamp")],
}
IN_THE_WAY: dict[str, Callable[[Path], object]] = {
    "store is a file": lambda root: made(root, ".milebook", text("x")),
    "store is a pipe": lambda root: made(root, ".milebook", os.mkfifo),
    "stage is a file": lambda root: made(root, STAGE, text("x")),
    "changes are a file": lambda root: made(root, CHANGES, text("x")),
    "lock is a folder": lambda root: made(root, ".milebook/lock", Path.mkdir),
    "lock is a link": lambda root: made(root, ".milebook/lock", to_passwd),
    "lock is a pipe": lambda root: made(root, ".milebook/lock", os.mkfifo),
}


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    with Warm(SOURCE_DATE_EPOCH="1774000000", LC_ALL="C.UTF-8") as process:
        yield process


@pytest.fixture
def book(warm: Warm, tmp_path: Path) -> Path:
    make_book(warm, tmp_path / "book", "import")
    return tmp_path / "book"


def run(warm: Warm, root: Path, words: tuple[str, ...]) -> tuple[int, str]:
    running = warm.start(root, words)
    end = time.monotonic() + SECONDS
    while not running.is_over() and time.monotonic() < end:
        time.sleep(0.005)
    hangs = not running.is_over()
    if hangs:
        os.kill(running.pid, 9)
    done = running.wait()
    assert not hangs, f"{words} does not end"
    reported = done.out + done.err
    assert "internal error" not in reported and "Traceback" not in reported, f"{words}: {reported}"
    assert "\x1b" not in reported
    return done.status, reported


@pytest.mark.parametrize("case", CASES)
def test_every_command_goes_on(warm: Warm, book: Path, case: str) -> None:
    CASES[case](book)
    for words in COMMANDS:
        status, reported = run(warm, book, words)
        assert status == 0, f"{words}: {reported}"
    assert not (book / STAGE).exists()
    assert b"id: the-last-hill" in (book / INDEX).read_bytes()


@pytest.mark.parametrize("case", IN_THE_WAY)
def test_what_is_in_the_way_is_named_and_nothing_is_changed(warm: Warm, book: Path, case: str) -> None:
    IN_THE_WAY[case](book)
    before = state(book).stories
    for words in COMMANDS:
        status, reported = run(warm, book, words)
        changes = words[0] in ("set", "permissions", "import") or words == ("undo",)
        assert status == (1 if changes else 0), f"{words}: {reported}"
        assert not changes or ".milebook" in reported
    assert state(book).stories == before
    assert Path("/etc/passwd").read_bytes()


def test_earlier_files_are_kept_where_the_journal_cannot_be_read(warm: Warm, book: Path) -> None:
    """The disk has damaged what a killed command noted: its earlier files may be the only ones."""
    made(book, JOURNAL, text('{"title": "Imp'))
    (book / STAGE / "0.old").write_text("what I wrote")
    status, reported = run(warm, book, ("status",))
    assert (status, "MB078" in reported, ".milebook/damaged-1" in reported) == (0, True, True), reported
    assert (book / ".milebook/damaged-1/0.old").read_text() == "what I wrote"
    assert "MB078" not in run(warm, book, ("set", "oak", "--tag", "x"))[1]
    assert (book / ".milebook/damaged-1/0.old").exists()
