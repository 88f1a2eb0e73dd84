"""`milebook schema`: the JSON Schema of the index or of a layout, on standard output."""

from __future__ import annotations

import click

from milebook.commands import terminal
from milebook.commands.option_values import Choice
from milebook.commands.shared import book_folder, folder_option
from milebook.commands.usage_hints import Command


@click.command(cls=Command)
@click.argument("kind", metavar="[index|layout]", type=Choice(("index", "layout")), default="index")
@folder_option
@click.pass_context
def command(context: click.Context, kind: str, chosen: str | None) -> None:
    """Print the JSON Schema of the index (or of layouts), for editors and other programs.

    With a book folder it offers the ids of that book. `milebook setup` puts it where editors find it.
    """
    from milebook.app.schema import schema

    named = chosen or context.find_root().obj
    terminal.say(schema(kind, book_folder(context, chosen) if named else None).decode().rstrip("\n"))
