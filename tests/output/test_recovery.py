"""What a killed run left in the stories or in build/ is settled by the next command, whatever it is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from milebook.app.init import init
from milebook.commands import run
from milebook.output.recovery import recover
from milebook.system.leftovers import has_leftovers


@pytest.fixture
def book(tmp_path: Path) -> Path:
    assert init(tmp_path)[1] == []
    (tmp_path / "build").mkdir()
    return tmp_path


@pytest.mark.parametrize("left", [".mb-1", "stories/.mb-abc", "build/.mb-abc/new-0", ".milebook/stage/0.new"])
def test_any_command_clears_it_away(book: Path, left: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert not has_leftovers(str(book))
    (book / left).parent.mkdir(exist_ok=True)
    (book / left).write_text("ana@example.org")
    assert has_leftovers(str(book))
    assert run(["-C", str(book), "status"]) == 0
    assert not (book / left).exists() and not has_leftovers(str(book))


def test_outputs_that_were_ready_are_put_in_place(book: Path) -> None:
    stage = book / "build/.mb-abc"
    stage.mkdir()
    (stage / "new-0").write_bytes(b"a book")
    (stage / "journal").write_text('["a.docx"]')
    assert [finding.code for finding in recover(book)] == ["MB068"]
    assert (book / "build/a.docx").read_bytes() == b"a book"


def test_a_run_at_work_is_left_alone(book: Path) -> None:
    (book / "build/.mb-abc").mkdir()
    code = (
        "import sys; from pathlib import Path; from milebook.output import hold\n"
        "with hold(Path(sys.argv[1])):\n    print('held', flush=True); sys.stdin.readline()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(book / "build")], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None
    other.stdout.readline()
    assert recover(book) == [] and (book / "build/.mb-abc").exists()
    other.communicate("\n")
    assert recover(book) == [] and not (book / "build/.mb-abc").exists()


def test_a_link_for_build_is_not_followed(book: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / ".mb-theirs").mkdir()
    (book / "build").rmdir()
    (book / "build").symlink_to(outside)
    assert recover(book) == [] and (outside / ".mb-theirs").exists()
