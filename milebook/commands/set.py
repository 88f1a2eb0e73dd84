"""`milebook set`: status, tags and place of one story or of hundreds."""

from __future__ import annotations

import click

from milebook.commands.shared import book_folder, folder_option, standard_input
from milebook.model.book import STATUSES


@click.command(
    epilog="Any part of an id will do that no other has. What you do not name stays as it is, every comment included."
)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@folder_option
@click.option("--status", type=click.Choice(STATUSES), help="How far the stories have come.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Add this tag (may be given again).")
@click.option("--untag", "untags", multiple=True, metavar="TAG", help="Take this tag away (may be given again).")
@click.option("--chapter", metavar="ID", help="Move the stories to this chapter's list.")
@click.option("--first", is_flag=True, help="To the start of the chapter.")
@click.option("--last", is_flag=True, help="To the end of the chapter (so without any of these four).")
@click.option("--before", metavar="ID", help="Before this story.")
@click.option("--after", metavar="ID", help="Behind this story.")
@click.option("--unlist", is_flag=True, help="Take the stories out of every chapter's list.")
@click.pass_context
def command(
    context: click.Context,
    ids: tuple[str, ...],
    chosen: str | None,
    status: str | None,
    tags: tuple[str, ...],
    untags: tuple[str, ...],
    chapter: str | None,
    first: bool,
    last: bool,
    before: str | None,
    after: str | None,
    unlist: bool,
) -> None:
    """Choose and arrange stories: their status, their tags, and their place in a chapter.

    Several stories go to one place in the order in which they are named. With “-” the ids are read from standard input.
    """
    folder = book_folder(context, chosen)
    if sum(map(bool, (first, last, before, after))) > 1:
        raise click.UsageError("only one of --first, --last, --before and --after can be meant")
    if unlist and (chapter or first or last or before or after):
        raise click.UsageError("--unlist takes stories out of the chapters; it cannot also move them to one")
    if not (status or tags or untags or chapter or first or last or before or after or unlist):
        raise click.UsageError("say what to set, such as --status selected or --chapter first-miles --last")
    for word in (*tags, *untags):
        if not word.strip() or not word.isprintable():
            raise click.UsageError("a tag is a word or two, in one line")
    from milebook.app.load import UnknownName
    from milebook.app.set import SetRequest, set_stories
    from milebook.commands.shared import tell_change

    named = tuple(word for one in ids for word in (standard_input().split() if one == "-" else [one]))
    wanted = SetRequest(
        named, status or "", tags, untags, chapter or "", first, last, before or "", after or "", unlist
    )
    try:
        done = set_stories(folder, wanted)
    except UnknownName as error:
        raise click.UsageError(str(error)) from None
    context.exit(tell_change(done, folder))
