"""No command lets a name or an argument drive the terminal: all commands with all their options and arguments."""

from __future__ import annotations

import io
import re
from pathlib import Path

import click
import pytest

from milebook.app.init import init
from milebook.commands import run, terminal
from milebook.commands.lazy_group import COMMANDS, cli

HOSTILE = "x\x1b]0;owned\x07\r\x9b2J\u202e"
UNSAFE = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]|\xc2[\x80-\x9f]|\xe2\x80[\xaa-\xae]")
SKIPPED = ("preview",)  # waits for a browser
CONTEXT = click.Context(cli)


def calls() -> list[tuple[str, ...]]:
    """Every command with the hostile text as each of its options and arguments in turn."""
    found: list[tuple[str, ...]] = [("-C", HOSTILE, "check"), (HOSTILE,), (f"--{HOSTILE}",)]
    waiting: list[tuple[tuple[str, ...], click.Command | None]] = [
        ((name,), cli.get_command(CONTEXT, name)) for name in COMMANDS if name not in SKIPPED
    ]
    while waiting:
        words, command = waiting.pop(0)
        assert command is not None
        if isinstance(command, click.Group):
            waiting += [((*words, name), inner) for name, inner in command.commands.items()]
        found += [(*words, HOSTILE), (*words, f"--{HOSTILE}"), (*words, HOSTILE, HOSTILE)]
        for parameter in command.params:
            if isinstance(parameter, click.Option) and not parameter.is_flag:
                required = [HOSTILE for one in command.params if isinstance(one, click.Argument) and one.required]
                found.append((*words, *required, parameter.opts[-1], HOSTILE))
    return found


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "book"
    assert init(root)[1] == []
    for folder in (f"layouts/{HOSTILE}", f"stories/{HOSTILE}", "build", f"chapters{HOSTILE}"):
        (root / folder).mkdir(parents=True)
    (root / f"stories/{HOSTILE}.md").write_text("x")
    (root / f"layouts/{HOSTILE}/layout.yaml").write_text("base: trade\n")
    monkeypatch.chdir(root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1774000000")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    return root


def test_no_argument_reaches_the_terminal_as_it_is(book: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    spoken = 0
    for words in calls():
        status = run(list(words))
        shown = capfdbinary.readouterr()
        for text in (shown.out, shown.err):
            unsafe = UNSAFE.search(text.replace(b"\r\n", b"\n"))
            assert not unsafe or text.startswith(b"PK"), f"{words!r} prints {unsafe and unsafe[0]!r}"
        assert status in (0, 1, 2) and b"a fault" not in shown.err, (words, shown.err)
        spoken += b"owned" in shown.err + shown.out
    assert spoken > 30


@pytest.mark.parametrize(
    "words", [("build", "--layout", "nothing"), ("check",), ("status",), ("permissions",), ("proof", "x")]
)
def test_names_in_a_stranger_s_folder_are_shown_escaped(
    book: Path, capfdbinary: pytest.CaptureFixture[bytes], words: tuple[str, ...]
) -> None:
    index = book / "stories/index.yaml"
    index.write_text(
        index.read_text("utf-8").replace("- id: the-gate", f'- id: the-gate\n    file: "no{HOSTILE!a}"'), "utf-8"
    )
    run(list(words))
    shown = capfdbinary.readouterr()
    assert not UNSAFE.search(shown.out + shown.err)


def test_colours_stay_and_json_stays_json(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    assert terminal.harmless("\x1b[1;31mred\x1b[0m\x1b]0;x\x07", Terminal()) == "\x1b[1;31mred\x1b[0m\\u001b]0;x\\u0007"  # type: ignore[arg-type]
    monkeypatch.setenv("NO_COLOR", "1")
    assert terminal.harmless('{"a": "\x7f\x9b"}\n', Terminal()) == '{"a": "\\u007f\\u009b"}\n'  # type: ignore[arg-type]
