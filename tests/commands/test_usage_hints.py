"""What a command says of words and options that it does not take."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from milebook.commands import run
from milebook.commands.lazy_group import cli
from milebook.commands.option_values import Choice


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("permissions request Kip", "the word “Kip” cannot be used here; say whom to write to with --to “Kip”"),
        ("undo list", "did you mean --list?"),
        ("undo 2", "alone it takes back the last change"),
        ("add x.txt", "with --file “x.txt”"),
        ("build pdf", "there is no folder “pdf”; did you mean --format pdf?"),
        ("status inbox", "did you mean --inbox?"),
        ("overview pdf", "did you mean --pdf?"),
        ("permissions record Ana --refused", "there is no option --refused; did you mean --status refused?"),
        ("build --chpater one", "there is no option --chpater; did you mean --chapter?"),
        ("build --zzz", "“milebook help build” lists the options"),
        ("permissions sent Ana Ben", "“milebook help permissions sent” tells what the command takes"),
        ("permissions list", "“milebook permissions” alone shows the list"),
        ("permissions ask", "did you mean “milebook permissions request”?"),
        ("permissions grant Ana", "did you mean “milebook permissions record”?"),
        ("permissions recrod Ana", "did you mean “milebook permissions record”?"),
        ("permissions zzz", "its commands are "),
        ("permissions record filled.xlsx --granted 2026-03-09", "write --from before it"),
        ("permissions record filled.xlsx", "write --from before it"),
        ("check notes.txt", "“notes.txt” is a file: name the folder of the book"),
        ("set oak --status Selected", "Did you mean selected?"),
        ("build --edition Print", "Did you mean print?"),
        ("permissions record Ana --status no-reply", "Did you mean no_reply?"),
        ("build our miles", "write “our miles” between quotation marks, for it has spaces"),
        ("overview our miles", "write “our miles” between quotation marks, for it has spaces"),
        (f"status . {'x' * 300}", "“milebook help status” tells what the command takes"),
        ("permissions record Ana --granted", "--granted needs a value behind it: --granted 2026-03-09"),
        ("set oak --status", "--status needs a value behind it: --status [submitted|"),
        ("permissions --where", "--where needs a value behind it: --where NAME"),
        ("permissions --opne", "there is no option --opne; did you mean --open?"),
        ("add --age ten", "'ten' is not a valid whole number"),
    ],
)
def test_a_usage_error_says_what_to_type(
    words: str, hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "our miles").mkdir()
    (tmp_path / "notes.txt").write_text("A note.")
    monkeypatch.chdir(tmp_path)
    assert run(words.split()) == 2
    assert hint in capsys.readouterr().err


def test_every_option_of_several_words_suggests_one() -> None:
    context = click.Context(cli)
    waiting = [command for name in cli.list_commands(context) if (command := cli.get_command(context, name))]
    options = []
    while waiting:
        command = waiting.pop()
        waiting += getattr(command, "commands", {}).values()
        options += [one for one in command.params if isinstance(one.type, click.Choice)]
    assert len(options) > 8
    assert [one.name for one in options if not isinstance(one.type, Choice)] == []
