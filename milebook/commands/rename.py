"""`milebook rename`: another id for a story, a chapter or an agreement."""

from __future__ import annotations

import click

from milebook.commands.option_values import Choice
from milebook.commands.shared import book_folder, folder_option, show_change, usage_errors
from milebook.commands.usage_hints import Command


@click.command(cls=Command)
@click.argument("old")
@click.argument("new")
@folder_option
@click.option(
    "--kind", type=Choice(("story", "chapter", "agreement")), help="What OLD is, if it could be more than one."
)
@click.pass_context
def command(context: click.Context, old: str, new: str, chosen: str | None, kind: str | None) -> None:
    """Give a story, a chapter or an agreement another id, everywhere it stands.

    The story's text file is renamed with it. Its old id is noted under “formerly:”, so that older proofs still find it.
    Photos keep their names.
    """
    folder = book_folder(context, chosen)
    from milebook.app.rename import rename

    with usage_errors():
        done = rename(folder, old, new, kind or "")
    context.exit(show_change(done, folder))
