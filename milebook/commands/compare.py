"""`milebook compare`: what changed between two states of the book."""

from __future__ import annotations

import click

from milebook.commands import terminal
from milebook.commands.shared import book_folder, finish, folder_option, out_option, usage_errors
from milebook.commands.usage_hints import Command


@click.command(cls=Command)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="[NEW]", default="")
@folder_option
@out_option
@click.option("--html", default="", metavar="FILE", help="Write a page with the differences marked as well.")
@click.option("--author", default="milebook", metavar="NAME", help="Whose name the tracked changes have.")
@click.pass_context
def command(context: click.Context, old: str, new: str, chosen: str | None, out: str, html: str, author: str) -> None:
    """Make a Word file with the differences between two states of the book as tracked changes.

    OLD and NEW are builds, as printed at the foot of a proof, or other book folders. Without NEW, the book as it is now.
    Accepting all changes gives the new text, rejecting them the old one.
    """
    folder = book_folder(context, chosen)
    from milebook.app.compare import CompareRequest, compare
    from milebook.source import BookFolder

    with usage_errors():
        result = compare(folder, CompareRequest(old, new, out, html, author.strip() or "milebook"))
    ended = finish(result.findings, BookFolder(folder))
    if result.made is not None:
        terminal.say_lines(result.made.remarks)
        if result.path:
            terminal.say(f"wrote {terminal.printable(result.path)}")
        elif not ended:
            terminal.say("Nothing differs.")
    context.exit(ended)
