"""`milebook undo`: take back the last change of the stories, by whatever command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from milebook.commands import terminal
from milebook.commands.shared import book_folder, folder_option, show_change
from milebook.commands.terminal import printable
from milebook.commands.usage_hints import Command
from milebook.model.plurals import counted

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@click.command(cls=Command)
@folder_option
@click.option("--list", "show", is_flag=True, help="Show the changes that are kept, the newest first; change nothing.")
@click.option("--redo", is_flag=True, help="Have again what was taken back last.")
@click.pass_context
def command(context: click.Context, chosen: str | None, show: bool, redo: bool) -> None:
    """Take back the last change that a milebook command made under stories/.

    Given again, it takes back the one before. Your own edits are never touched: if a file was edited since, nothing is
    changed, and the file is named.
    """
    if show and redo:
        raise click.UsageError("--list changes nothing, so --redo does not go with it")
    folder = book_folder(context, chosen)

    if show:
        _list(folder, terminal.say)
        return
    from milebook.app.undo import undo

    done = undo(folder, redo=redo)
    status = show_change(done, folder)
    if not done.refused and not redo:
        terminal.say("To have it again: milebook undo --redo")
    context.exit(status)


def _list(folder: Path, say: Callable[[str], None]) -> None:
    from datetime import datetime

    from milebook.app.undo import changes

    rows = changes(folder)
    if not rows:
        say("No change by a milebook command is kept here.")
    for change, time, taken_back in rows:
        when = datetime.fromtimestamp(time).strftime("%Y-%m-%d %H:%M")
        state = "  (taken back)" if taken_back else ""
        say(printable(f"{when}  {change.title}, {counted(len(change.entries), 'file')}{state}"))
