"""What a shell is told when the Tab key is pressed."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest
from typing_in_shells import START_UP_FILE, ShellAtWork, program
from validating import absent

from milebook.commands.shell_scripts import SHELLS, line_to_paste, quoted, script

ROOT = Path(__file__).parents[2]


def asked(words: list[str], shell: str = "fish") -> list[str]:
    environment = {**os.environ, "_MILEBOOK_COMPLETE": f"{shell}_complete", "PYTHONUTF8": "1"}
    environment |= {"_MILEBOOK_WORDS": "\n".join(["milebook", *words[:-1]]), "_MILEBOOK_WORD": words[-1]}
    done = subprocess.run(
        [sys.executable, "-m", "milebook"], capture_output=True, text=True, encoding="utf-8", cwd=ROOT, env=environment
    )
    assert done.returncode == 0, done.stderr
    return [line for line in done.stdout.splitlines() if line]


def values(words: list[str], shell: str = "fish") -> list[str]:
    """What is proposed; the kinds of what the shell has to find itself."""
    lines = [line.split("\t") for line in asked(words, shell)]
    return [value if kind == "plain" else kind for kind, value, _ in lines]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["stat"], ["status"]),
        (["build", "--fin"], ["--final"]),
        (["build", "--edition", ""], ["reading", "print"]),
        (["proof", "first"], ["first-miles"]),
        (["build", "--chapter", "race"], ["race-day"]),
        (["permissions", "--story", "chalk"], ["chalk-line"]),
        (["permissions", "request", "--to", "zo"], ["Zoë Achterberg"]),
        (["permissions", "--story", "no-such"], []),
        (["permissions", "record", "zo"], ["Zoë Achterberg"]),
        (["permissions", "record", "chalk"], ["chalk-line"]),
        (["set", "chalk"], ["chalk-line"]),
        (["set", "chalk-line", "--chapter", "race"], ["race-day"]),
        (["set", "chalk-line", "--untag", "school"], ["school"]),
        (["rename", "first"], ["first-miles"]),
        (["build", "-C", "milebook/starter", "--chapter", ""], ["setting-out"]),
        (["-C", "milebook/starter", "proof", ""], ["setting-out"]),
        (["-C", "no-such-folder", "proof", ""], []),
        (["-C", "$HOME/no-such-folder", "proof", ""], []),
        (["build", "--layout", "trade"], ["trade", "trade-digest"]),
        (["permissions", "--where", "chalk"], ["chalk-line"]),
        (["help", "sta"], ["status"]),
        (["import", "Tak"], ["file"]),
        (["review", ""], ["file"]),
        (["permissions", "record", "ana", "--evidence", ""], ["file"]),
        (["check", ""], ["dir"]),
        (["build", "-C", "so"], ["dir"]),
        (["compare", "a41", ""], ["dir"]),
    ],
)
def test_commands_options_and_ids(words: list[str], answer: list[str]) -> None:
    assert values(words) == answer


@pytest.mark.parametrize(
    ("shell", "word", "answer"),
    [
        ("bash", "zo", r"Zoë\ Achterberg"),
        ("bash", "'zo", "Zoë Achterberg"),
        ("bash", '"zo', "Zoë Achterberg"),
        ("zsh", "'zo", "Zoë Achterberg"),
        ("fish", "zo", "Zoë Achterberg"),
        ("powershell", "Zo", "'Zoë Achterberg'"),
        ("powershell", "'Zo", "'Zoë Achterberg'"),
        ("powershell", "'Zo'", "'Zoë Achterberg'"),
        ("powershell", '"Zo', "'Zoë Achterberg'"),
    ],
)
def test_names_are_quoted_for_the_shell(shell: str, word: str, answer: str) -> None:
    assert values(["permissions", "request", "--to", word], shell) == [answer]


def test_titles_stand_beside_ids() -> None:
    assert asked(["proof", "first"], "powershell") == ["plain\tfirst-miles\tFirst Miles"]


def test_bash_divides_words_at_equal_signs() -> None:
    assert values(["build", "--chapter", "=", "race"], "bash") == ["race-day"]
    assert values(["build", "--chapter", "="], "bash") == values(["build", "--chapter", ""], "bash")


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_calls_milebook(shell: str) -> None:
    made = script(shell)
    assert "_MILEBOOK_COMPLETE" in made
    assert f"{shell}_complete" in made
    assert "PROGRAM" not in made
    assert re.search(
        r"milebook\S* setup --completion", line_to_paste(shell)[0]
    )  # with its whole path where it needs one


@pytest.mark.parametrize(
    ("shell", "path", "word"),
    [
        ("bash", "/opt/ada/o'k $x/milebook", """'/opt/ada/o'"'"'k $x/milebook'"""),
        ("fish", "/opt/ada/o'k $x/milebook", r"'/opt/ada/o\'k $x/milebook'"),
        ("powershell", r"C:\Users\Ada B\o'k\milebook.exe", r"'C:\Users\Ada B\o''k\milebook.exe'"),
        ("powershell", "milebook", "milebook"),
    ],
)
def test_the_path_of_milebook_is_quoted(shell: str, path: str, word: str) -> None:
    assert quoted(path, shell) == word


def _told_by_setup(shell: str, called: str, book: Path, path: str) -> str:
    """The line that `milebook setup` says for a shell."""
    done = subprocess.run(
        ["/bin/sh", "-c", f"{called} setup"], capture_output=True, text=True, cwd=book, env={**os.environ, "PATH": path}
    )
    assert done.returncode == 0, done.stderr
    lines = [line.strip() for line in done.stdout.splitlines()]
    return next(line.removeprefix(shell).strip() for line in lines if line.startswith(f"{shell} ")) + "\n"


NAME = "Tomasz “T, Jr.” O'Wójcik"


@pytest.mark.parametrize("on_the_path", [True, False], ids=["on the path", "in an environment"])
@pytest.mark.parametrize("shell", START_UP_FILE)
def test_the_shell_itself_completes(shell: str, on_the_path: bool, tmp_path: Path) -> None:
    """The line is pasted and the Tab key pressed, also where milebook and the book lie in folders with spaces."""
    if shutil.which(shell) is None:
        absent(shell)
    home = tmp_path / "Ada's home"
    shutil.copytree(ROOT / "milebook" / "starter", home / "my book")
    index = home / "my book" / "stories" / "index.yaml"
    index.write_text(index.read_text("utf-8").replace("Tomasz Wójcik", NAME), "utf-8")
    told = tmp_path / "told.json"
    folders = ["/usr/local/bin", "/usr/bin", "/bin"]
    if on_the_path:
        (home / "bin").mkdir()
        folders.insert(0, str(home / "bin"))
        program(home / "bin" / "milebook", Path(sys.executable), ROOT, told)
        called = "milebook"
    else:
        venv.create(home / "env", symlinks=True)
        program(home / "env" / "bin" / "milebook", home / "env" / "bin" / "python", ROOT, told)
        called = "../env/bin/milebook"
    start_up = home / START_UP_FILE[shell]
    start_up.parent.mkdir(parents=True, exist_ok=True)
    start_up.write_text(_told_by_setup(shell, called, home / "my book", os.pathsep.join(folders)), "utf-8")
    at_work = ShellAtWork(shell, home, home / "my book", told, os.pathsep.join(folders))
    try:
        at_work.read(2)
        for typed, words in [
            ("buil⇥--chap⇥set⇥", ["build", "--chapter", "setting-out"]),
            ("set the⇥first⇥", ["set", "the-gate", "first-lap"]),
            ("permissions record rosa-⇥", ["permissions", "record", "rosa-2026"]),
            ("permissions request --to tom⇥", ["permissions", "request", "--to", NAME]),
            ("permissions request --to 'tom⇥", ["permissions", "request", "--to", NAME]),
            ('permissions request --to "tom⇥', ["permissions", "request", "--to", NAME]),
            ("import stor⇥the-g⇥", ["import", "stories/the-gate.md"]),
            (r"proof -C ~/my\ book set⇥", ["proof", "-C", str(home / "my book"), "setting-out"]),
        ]:
            assert at_work.typed(f"{called} {typed}") == words
    finally:
        at_work.close()
