"""`milebook init`: a small book that builds at once."""

from __future__ import annotations

import click

from milebook.commands import terminal
from milebook.commands.shared import folder_argument, folder_option, must_be_somewhere
from milebook.commands.usage_hints import Command
from milebook.model.command_words import command_word


@click.command(cls=Command)
@folder_argument
@folder_option
@click.pass_context
def command(context: click.Context, given: str | None, chosen: str | None) -> None:
    """Start a small book in FOLDER (default: this one): an index, two stories, a photo and a release to replace by yours."""
    named = [name for name in (given, chosen, context.find_root().obj) if name]
    if len(set(named)) > 1:
        raise click.UsageError(f"two folders are named: {named[0]} and {named[1]}")
    from pathlib import Path

    from milebook.app.init import finished, init
    from milebook.model.codes import errors

    folder = Path(named[0] if named else ".")
    must_be_somewhere(folder)
    written, findings = init(folder)
    terminal.show_findings(findings)
    if errors(findings):
        context.exit(1)
    terminal.say_lines(f"wrote {folder / path}" for path in written)
    where = "" if str(folder) == "." else f" {command_word(str(folder))}"
    terminal.say(f"Now run: milebook build{terminal.printable(where)}")
    finished(folder)
