"""Book folders as other computers leave them: line ends, capitals, accents, protected files, and what systems put there."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from change_commands import COMMANDS, make_book, replaced
from warm import Warm

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="commands are run in forks here")
CHANGE_THE_INDEX = [
    name for name, command in COMMANDS.items() if not command.is_build and name not in ("init", "withdraw --remove")
]
BOM = b"\xef\xbb\xbf"


@pytest.fixture(scope="module")
def warm() -> Iterator[Warm]:
    with Warm(SOURCE_DATE_EPOCH="1774000000", LC_ALL="C.UTF-8") as process:
        yield process


@pytest.fixture
def book(warm: Warm, tmp_path: Path) -> Path:
    make_book(warm, tmp_path / "book")
    return tmp_path / "book"


@pytest.mark.parametrize("command", CHANGE_THE_INDEX)
def test_an_index_from_windows_stays_one(warm: Warm, tmp_path: Path, command: str) -> None:
    """CRLF and the byte order mark are kept, also in what is added."""
    make_book(warm, tmp_path / "book")
    index = tmp_path / "book/stories/index.yaml"
    index.write_bytes(BOM + index.read_bytes().replace(b"\n", b"\r\n"))
    COMMANDS[command].prepare(warm, tmp_path / "book")
    before = index.read_bytes()
    done = warm.start(tmp_path / "book", COMMANDS[command].words, typed=COMMANDS[command].typed).wait()
    after = index.read_bytes()
    assert done.status == COMMANDS[command].status, done.err
    assert after != before or command in ("fix", "review", "review clash", "preview repair")
    assert after.startswith(BOM) and after.count(BOM) == 1
    assert after.count(b"\n") == after.count(b"\r\n") == after.count(b"\r")


def test_a_text_with_other_capitals_is_renamed_with_its_story(warm: Warm, book: Path) -> None:
    (book / "stories/oak.md").rename(book / "stories/Oak.md")
    text = (book / "stories/Oak.md").read_bytes()
    done = warm.run(book, "rename", "oak", "ash")
    assert (done.status, "stories/Oak.md → stories/ash.md" in done.out) == (0, True), done
    assert (book / "stories/ash.md").read_bytes() == text
    assert not (book / "stories/Oak.md").exists()
    assert warm.run(book, "undo").status == 0
    assert [path.name for path in (book / "stories").glob("[Oo]ak.md")] == ["Oak.md"]


@pytest.mark.parametrize("disk", ["Oak.md", "O\u0308ak.md"])
def test_a_review_is_merged_into_the_file_as_the_disk_spells_it(warm: Warm, book: Path, disk: str) -> None:
    written = unicodedata.normalize("NFC", disk)
    if disk != "Oak.md":
        replaced(book, "{id: oak,", f"{{id: oak, file: {written},")
    (book / "stories/oak.md").rename(book / "stories" / disk)
    COMMANDS["review"].prepare(warm, book)
    done = warm.run(book, *COMMANDS["review"].words)
    assert done.status == 0, done.err
    assert "before the snow" in (book / "stories" / disk).read_text("utf-8")
    assert len(list((book / "stories").glob("*ak.md"))) == 1


def test_what_systems_and_programs_leave_in_a_folder_is_passed_over(warm: Warm, book: Path) -> None:
    clean = warm.run(book, "check")
    for name in (".DS_Store", "._oak.md", "Thumbs.db", "desktop.ini", "~$oak.docx", ".#oak.md", "oak.md~", ".oak.md.swp", "Icon\r"):  # fmt: skip
        (book / "stories" / name).write_bytes(b"\0\1\2")
    done = warm.run(book, "check")
    assert (done.status, done.err) == (clean.status, clean.err)
    assert warm.run(book, "build", "--format", "docx").status == 0
    assert (book / "stories/.DS_Store").read_bytes() == b"\0\1\2"


def test_a_text_that_is_still_in_icloud(warm: Warm, book: Path) -> None:
    (book / "stories/oak.md").rename(book / "stories/.oak.md.icloud")
    done = warm.run(book, "check")
    assert done.status == 1
    assert "it is in iCloud and not on this computer" in done.err


@pytest.mark.parametrize("command", ["set", "rename", "record", "import", "review", "fix", "preview tag"])
def test_a_protected_index_is_named_with_the_cure(warm: Warm, tmp_path: Path, command: str) -> None:
    make_book(warm, tmp_path / "book", command)
    files = [path for path in (tmp_path / "book/stories").iterdir() if path.is_file()]
    before = {path: path.read_bytes() for path in files}
    for path in files:
        path.chmod(0o444)
    done = warm.run(tmp_path / "book", *COMMANDS[command].words)
    assert done.status == 1
    assert "write-protected" in done.err + done.out
    assert {path: path.read_bytes() for path in files} == before
    assert not (tmp_path / "book/.milebook/stage").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_names_that_are_no_text(warm: Warm, book: Path) -> None:
    (book / "stories" / os.fsdecode(b"o\xffk.md")).write_bytes(b"x")
    for words in (
        ("check",),
        ("status", "--inbox"),
        ("build", "--format", "epub"),
        ("set", "oak", "--tag", "a"),
        ("undo",),
    ):
        done = warm.run(book, *words)
        assert done.status == 0, done.err
        assert "internal error" not in done.err
