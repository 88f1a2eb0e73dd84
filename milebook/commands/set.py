"""`milebook set`: status, tags and place of one story or of hundreds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from milebook.commands.option_values import Choice
from milebook.commands.shared import book_folder, folder_option, show_change, standard_input, usage_errors
from milebook.commands.usage_hints import Command
from milebook.model.book import STATUSES

if TYPE_CHECKING:
    from milebook.app.set import SetRequest


@click.command(
    cls=Command,
    epilog="Any part of an id will do that no other has. What you do not name stays as it is, every comment included.",
)
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@folder_option
@click.option("--status", type=Choice(STATUSES), help="How far the stories have come.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Add this tag (may be given again).")
@click.option("--untag", "untags", multiple=True, metavar="TAG", help="Take this tag away (may be given again).")
@click.option("--chapter", default="", metavar="ID", help="Move the stories to this chapter's list.")
@click.option("--first", is_flag=True, help="To the start of the chapter.")
@click.option("--last", is_flag=True, help="To the end of the chapter (so without any of these four).")
@click.option("--before", default="", metavar="ID", help="Before this story.")
@click.option("--after", default="", metavar="ID", help="Behind this story.")
@click.option("--unlist", is_flag=True, help="Take the stories out of every chapter's list.")
@click.pass_context
def command(
    context: click.Context, /, ids: tuple[str, ...], chosen: str | None, status: str | None, **given: Any
) -> None:
    """Choose and arrange stories: their status, their tags, and their place in a chapter.

    Several stories go to one place in the order in which they are named. With “-” the ids are read from standard input.
    """
    from milebook.app.set import SetRequest, set_stories

    folder = book_folder(context, chosen)
    _check(SetRequest(ids, status or "", **given))
    named = tuple(word for one in ids for word in (standard_input().split() if one == "-" else [one]))
    with usage_errors():
        done = set_stories(folder, SetRequest(named, status or "", **given))
    context.exit(show_change(done, folder))


def _check(wanted: SetRequest) -> None:
    """Options that contradict each other, or none at all, are wrong usage."""
    if sum(map(bool, (wanted.first, wanted.last, wanted.before, wanted.after))) > 1:
        raise click.UsageError("only one of --first, --last, --before and --after can be meant")
    if wanted.unlist and wanted.moves:
        raise click.UsageError("--unlist takes stories out of the chapters; it cannot also move them to one")
    if not (wanted.status or wanted.tags or wanted.untags or wanted.moves or wanted.unlist):
        raise click.UsageError("say what to set, such as --status selected or --chapter first-miles --last")
    for word in (*wanted.tags, *wanted.untags):
        if not word.strip() or not word.isprintable():
            raise click.UsageError("a tag is a word or two, in one line")
