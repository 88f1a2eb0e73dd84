"""What a shell is told when the Tab key is pressed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from milebook.commands.completion import SHELLS, script
from milebook.commands.lazy_group import cli

ROOT = Path(__file__).parents[2]


def asked(words: list[str], shell: str = "bash") -> list[str]:
    environment = {**os.environ, "_MILEBOOK_COMPLETE": f"{shell}_complete", "PYTHONUTF8": "1"}
    if shell == "powershell":
        environment |= {"_MILEBOOK_WORDS": "\n".join(["milebook", *words]), "_MILEBOOK_WORD": words[-1]}
    else:
        environment |= {"COMP_WORDS": "\n".join(["milebook", *words]), "COMP_CWORD": str(len(words))}
    done = subprocess.run(
        [sys.executable, "-m", "milebook"], capture_output=True, text=True, encoding="utf-8", cwd=ROOT, env=environment
    )
    assert done.returncode == 0, done.stderr
    return [line for line in done.stdout.splitlines() if line]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["stat"], ["plain,status"]),
        (["build", "--fin"], ["plain,--final"]),
        (["build", "--edition", ""], ["plain,reading", "plain,print"]),
        (["proof", "first"], ["plain,first-miles"]),
        (["build", "--chapter", "race"], ["plain,race-day"]),
        (["permissions", "--story", "chalk"], ["plain,chalk-line"]),
        (["permissions", "request", "--to", "zo"], ["plain,Zoë\\\\ Achterberg"]),
        (["permissions", "--story", "no-such"], []),
        (["permissions", "record", "zo"], ["plain,Zoë\\\\ Achterberg"]),
        (["permissions", "record", "chalk"], ["plain,chalk-line"]),
        (["set", "chalk"], ["plain,chalk-line"]),
        (["set", "chalk-line", "--chapter", "race"], ["plain,race-day"]),
        (["set", "chalk-line", "--untag", "school"], ["plain,school"]),
        (["rename", "first"], ["plain,first-miles"]),
        (["build", "-C", "milebook/starter", "--chapter", ""], ["plain,setting-out"]),
        (["-C", "milebook/starter", "proof", ""], ["plain,setting-out"]),
        (["-C", "no-such-folder", "proof", ""], []),
    ],
)
def test_commands_options_and_ids(words: list[str], answer: list[str]) -> None:
    assert asked(words) == answer


def test_powershell_gets_quotes_and_titles() -> None:
    assert asked(["permissions", "request", "--to", "'Zo"], "powershell") == ["'Zoë Achterberg'\t"]
    assert asked(["proof", "first"], "powershell") == ["first-miles\tFirst Miles"]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_calls_milebook(shell: str) -> None:
    made = script(shell, cli)
    assert "_MILEBOOK_COMPLETE" in made
    assert f"{shell}_complete" in made


def test_bash_itself_completes(tmp_path: Path) -> None:
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("bash is not installed")
    (tmp_path / "script").write_text(script("bash", cli), "utf-8")
    program = tmp_path / "milebook"
    program.write_text(f'#!{bash}\nexec "{sys.executable}" -m milebook "$@"\n', "utf-8")
    program.chmod(0o755)
    typed = "source ./script; COMP_WORDS=(milebook permissions request -C \"$BOOK\" --to 'ing'); COMP_CWORD=6; _milebook_completion milebook; printf '%s\\n' \"${COMPREPLY[@]}\""
    environment = {**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    environment |= {"BOOK": str(ROOT), "PYTHONUTF8": "1"}
    done = subprocess.run([bash, "--norc", "-c", typed], capture_output=True, text=True, cwd=tmp_path, env=environment)
    assert done.stdout == "Ingrid\\ Sætre\n", done.stderr
