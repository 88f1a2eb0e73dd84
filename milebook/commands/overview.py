"""`milebook overview`: the picture of the book, to be looked at and mailed."""

from __future__ import annotations

import click

from milebook.commands import terminal
from milebook.commands.shared import book_folder, finish, folder_option, out_option
from milebook.commands.usage_hints import Command


@click.command(cls=Command)
@folder_option
@click.option("--pdf", is_flag=True, help="A contact sheet of the photos as PDF instead.")
@click.option("--cut", is_flag=True, help="Show the stories that were cut, too.")
@out_option
@click.pass_context
def command(context: click.Context, chosen: str | None, pdf: bool, cut: bool, out: str) -> None:
    """Make the picture of the book: one HTML file that can be mailed.

    It shows figures, the length of every story, the chapters, whom to ask, and all photos. Bylines and the words
    of captions are as printed, and may name minors. Withheld, in captions too, are legal names that differ from bylines, the
    names under which the index lists guardians and minors in photos, and addresses. It needs no scripts and no network.
    """
    folder = book_folder(context, chosen)
    from milebook.app.overview import overview
    from milebook.source import BookFolder

    path, findings = overview(folder, out, pdf=pdf, cut=cut)
    ended = finish(findings, BookFolder(folder))
    if path:
        terminal.say(f"wrote {terminal.printable(path)}")
    context.exit(ended)
