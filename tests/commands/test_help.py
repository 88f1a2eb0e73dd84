"""What is asked for most is answered at once, in the very words of the commands themselves."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from milebook.commands import run
from milebook.commands.lazy_group import cli

ROOT = Path(__file__).parents[2]
HELP = ROOT / "milebook" / "commands" / "help.txt"


@pytest.mark.parametrize("columns", ["80", "100", "200"])
@pytest.mark.parametrize("option", ["--help", "-h", "--version"])
def test_the_short_way_says_what_the_long_way_says(
    option: str, columns: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    said = CliRunner().invoke(cli, [option], prog_name="milebook").output
    assert run([option]) == 0
    assert capsys.readouterr().out == said, f"write the new text into {HELP}"


def test_narrow_terminals_are_left_to_click(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "50")
    run(["--help"])
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 50


def test_the_help_of_all_commands_is_shown_only_where_it_is_asked_for_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["build", "--help"]) == 0
    assert capsys.readouterr().out != HELP.read_text("utf-8")
    assert run(["--no-such-option"]) == 2
    assert capsys.readouterr().out == ""


def loaded_by(*arguments: str) -> set[str]:
    """Modules that a command loads beyond a bare Python's."""
    code = f"import sys; bare = set(sys.modules); from milebook.commands import run; run({list(arguments)!r}); print(*sorted(set(sys.modules) - bare), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    return set(done.stderr.rstrip().split("\n")[-1].split())


def test_help_loads_next_to_nothing() -> None:
    loaded = loaded_by("--help")
    ours = {name for name in loaded if not name.startswith("_") and name not in sys.builtin_module_names}
    assert ours <= {"milebook", "milebook.commands"}


def test_a_commands_help_loads_nothing_that_makes_books() -> None:
    loaded = loaded_by("build", "--help")
    assert "click" in loaded
    assert not loaded & {
        "milebook.app.load",
        "milebook.model.book",
        "docx",
        "reportlab",
        "lxml",
        "PIL",
        "pikepdf",
        "markdown_it",
        "uharfbuzz",
    }


def test_status_loads_no_writers(tmp_path: Path) -> None:
    from bookmaking import make_book, story

    make_book(tmp_path, [story("short", "I ran home.\n")])
    loaded = loaded_by("status", str(tmp_path))
    assert "milebook.assemble.book" in loaded
    assert not {name for name in loaded if name.startswith("milebook.writers.")}
    assert not loaded & {"docx", "reportlab", "lxml", "PIL", "pikepdf", "uharfbuzz", "pyphen", "rich"}


def test_help_is_a_command_too() -> None:
    def said(*words: str) -> str:
        return CliRunner().invoke(cli, list(words), prog_name="milebook").output

    assert said("help") == said("--help")
    assert said("help", "build") == said("build", "--help")
    assert said("help", "permissions", "request") == said("permissions", "request", "--help")
    assert "did you mean “milebook build”?" in said("help", "biuld")
    assert "Usage: milebook build" in said("help", "build")


def test_every_command_has_its_place_in_help() -> None:
    from milebook.commands.lazy_group import COMMANDS, GROUPS, SYNONYMS

    assert {name for names in GROUPS.values() for name in names} == set(COMMANDS)
    assert set(SYNONYMS.values()) <= set(COMMANDS)
    assert not set(SYNONYMS) & set(COMMANDS)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("list", "status"), ("Bild", "build"), ("make", "build"), ("validate", "check"), ("importt", "import")],
)
def test_commands_that_are_none_are_understood(typed: str, meant: str) -> None:
    done = CliRunner().invoke(cli, [typed], prog_name="milebook")
    assert done.exit_code == 2
    assert f"did you mean “milebook {meant}”?" in done.output
