"""Closed and full streams, a current folder that is gone, files of milebook's own that are gone: one plain line says so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import oracle
import pytest

from milebook.output.ledger import read_ledger

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell closes the streams")

COMMANDS = ("--help", "--version", "status", "check", "build", "permissions --csv", "schema", "undo --list")


def through_shell(book: Path, command: str, redirected: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(oracle.CHECKOUT), "PYTHONDONTWRITEBYTECODE": "1"}
    words = ["sh", "-c", f'exec "$@" {redirected}', "sh", sys.executable, "-m", "milebook", *command.split()]
    return subprocess.run(words, capture_output=True, text=True, cwd=book, env=environment, timeout=60)


@pytest.mark.parametrize(
    ("redirected", "command"),
    [*((closed, command) for closed in (">&-", "<&- >&- 2>&-") for command in COMMANDS)]
    + [(closed, "build") for closed in ("2>&-", "<&-", "2>/dev/full")],
)
def test_a_command_works_without_its_streams(book: Path, redirected: str, command: str) -> None:
    done = through_shell(book, command, redirected)
    assert done.returncode in (0, 1) if "full" in redirected else done.returncode == 0, done.stderr
    assert "internal error" not in done.stderr and "Traceback" not in done.stderr, done.stderr


def test_what_others_print_goes_into_no_file_of_the_book(book: Path) -> None:
    """Where output and errors are closed, the first files that are opened must not get their numbers."""
    wanted = oracle.outputs(book / "build")
    (book / "stories/oak.md").touch()
    done = through_shell(book, "build --no-cache", "<&- >&- 2>&-")
    assert done.returncode == 0 and oracle.outputs(book / "build") == wanted


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize("command", COMMANDS)
def test_a_full_disk_for_what_is_shown_is_told(book: Path, command: str) -> None:
    done = through_shell(book, command, ">/dev/full")
    assert done.returncode == 1
    assert "what was to be shown could not be written: No space left on device" in done.stderr
    assert "Traceback" not in done.stderr and "internal error" not in done.stderr, done.stderr


@pytest.mark.parametrize("command", ["status", "init", "build", "undo"])
def test_the_current_folder_may_be_gone(tmp_path: Path, command: str) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    environment = {**os.environ, "PYTHONPATH": str(oracle.CHECKOUT)}
    words = ["sh", "-c", 'rmdir "$PWD" && exec "$@"', "sh", sys.executable, "-m", "milebook", command]
    done = subprocess.run(words, capture_output=True, text=True, cwd=gone, env=environment, timeout=60)
    assert done.returncode == 2, done.stderr
    assert "the folder that you are in is no longer there" in done.stderr


FAILING = """
import sys
from milebook.commands import run
event, name, kind = sys.argv[1:4]
def hook(called, arguments):
    if called == event and name in str(arguments[0]):
        raise ImportError(f"cannot load {name}") if kind == "import" else OSError(116, "Stale file handle", name)
sys.addaudithook(hook)
sys.exit(run(sys.argv[4:]))
"""


def failing(book: Path, event: str, name: str, kind: str, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(oracle.CHECKOUT)}
    whole = [sys.executable, "-c", FAILING, event, name, kind, *words]
    return subprocess.run(whole, capture_output=True, text=True, cwd=book, env=environment, timeout=60)


def test_a_disk_that_is_gone_is_no_internal_error(book: Path) -> None:
    assert oracle.here("set", "oak", "--tag", "a", "-C", str(book)).status == 0
    done = failing(book, "open", "journal.json", "disk", "undo", "--list")
    assert done.returncode == 1
    assert "“journal.json” could not be used: Stale file handle\n  hint: nothing was changed; see that" in done.stderr


@pytest.mark.parametrize(
    "words", [("build", "--no-cache"), ("proof",), ("permissions", "withdraw", "oak", "--remove", "--yes")]
)
def test_the_list_of_made_files_is_not_begun_anew_where_it_cannot_be_read_just_now(
    book: Path, words: tuple[str, ...]
) -> None:
    """Else nobody could tell any more in which files a withdrawn story is."""
    known = set(read_ledger(book).files)
    done = failing(book, "open", "made.json", "disk", *words)
    assert done.returncode == 1 and "Stale file handle" in done.stderr, done.stderr
    assert known and set(read_ledger(book).files) >= known


def test_a_made_file_that_cannot_be_read_is_left_and_said_to_be_so(book: Path) -> None:
    done = failing(
        book, "open", "build/a-book-of-miles.docx", "disk", "permissions", "withdraw", "oak", "--remove", "--yes"
    )
    assert done.returncode == 1
    assert "left build/a-book-of-miles.docx: it cannot be read" in done.stdout, done.stdout
    assert "build/a-book-of-miles.docx" in read_ledger(book).files


def test_a_part_that_cannot_be_loaded_is_named(book: Path) -> None:
    done = failing(book, "import", "milebook.app.proof", "import", "proof")
    assert done.returncode == 1
    assert "a part of milebook could not be loaded: cannot load milebook.app.proof" in done.stderr
    assert "install milebook again" in done.stderr and "internal error" not in done.stderr


@pytest.mark.parametrize(
    ("stands", "said"),
    [
        ("a file", 'move the file "build" away: milebook makes a folder of that name'),
        ("a link outside", 'delete the link "build": milebook makes a folder of that name'),
        ("a link to stories", 'delete the link "build": milebook makes a folder of that name'),
    ],
)
@pytest.mark.parametrize("command", ["build", "proof"])
def test_what_stands_in_the_place_of_build_is_named(book: Path, command: str, stands: str, said: str) -> None:
    (book / "build").rename(book.parent / "elsewhere")
    if stands == "a file":
        (book / "build").touch()
    else:
        (book / "build").symlink_to("stories" if "stories" in stands else book.parent / "elsewhere")
    ran = oracle.here(command, "-C", str(book))
    assert ran.status == 1 and said in ran.err, ran.err


@pytest.mark.skipif(sys.platform != "linux", reason="takes from root the right to write everywhere as Linux allows it")
@pytest.mark.parametrize(
    ("words", "folder"), [(("build", "--no-cache"), "build"), (("set", "oak", "--tag", "x"), ".milebook")]
)
def test_a_folder_that_may_not_be_written_into_is_named(book: Path, words: tuple[str, ...], folder: str) -> None:
    """Not the lock in it, which no author knows."""
    before: tuple[str, ...] = ()
    if os.geteuid() == 0:
        before = ("setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner")
        if not shutil.which("setpriv") or subprocess.run([*before, "true"], capture_output=True).returncode:
            pytest.skip("root may write everywhere, and setpriv cannot take that away here")
    (book / folder).mkdir(exist_ok=True)
    (book / folder).chmod(0o500)
    ran = oracle.apart(*words, "-C", str(book), before=before)
    (book / folder).chmod(0o700)
    assert ran.status == 1
    assert f'"{folder}" could not be written' in ran.err and "see that you may write into this folder" in ran.err
