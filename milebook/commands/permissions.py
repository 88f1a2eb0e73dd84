"""`milebook permissions`: who has agreed to what; and its subcommands, which ask, record and withdraw."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from milebook.commands import checklist, terminal
from milebook.commands.permission_record import record
from milebook.commands.permission_request import request, sent
from milebook.commands.permission_withdraw import show_where, withdraw
from milebook.commands.shared import book_folder, finish, folder_option, usage_errors
from milebook.commands.usage_hints import Group


@click.group(cls=Group, invoke_without_command=True)
@folder_option
@click.option("--story", "stories", multiple=True, metavar="ID", help="Only this story (may be given again).")
@click.option("--open", "only_open", is_flag=True, help="Only what is not clear.")
@click.option("--by-person", is_flag=True, help="By whom to ask, not by story.")
@click.option("--csv", "form", flag_value="csv", help="The checklist as CSV on standard output.")
@click.option("--xlsx", "form", flag_value="xlsx", help="The checklist as a workbook on standard output.")
@click.option("--json", "form", flag_value="json", help="The checklist as one JSON document.")
@click.option("--where", metavar="NAME", help="Which made files hold a story, a photo or a person.")
@click.option("--remove", is_flag=True, help="With --where: delete these files, after asking.")
@click.option("--yes", is_flag=True, help="With --remove: delete without asking.")
@click.pass_context
def command(
    context: click.Context,
    /,
    chosen: str | None,
    stories: tuple[str, ...],
    form: str | None,
    where: str | None,
    remove: bool,
    yes: bool,
    **shown: bool,
) -> None:
    """Show who has agreed to what: every text, photo, person and quotation, whether it is clear, and whom to ask."""
    if context.invoked_subcommand:
        return
    if remove and not where:
        raise click.UsageError("--remove needs --where NAME")
    folder = book_folder(context, chosen)
    if where:
        show_where(context, folder, where, remove=remove, sure=yes, as_json=form == "json")
    context.exit(_show(folder, stories, form, **shown))


def _show(folder: Path, stories: tuple[str, ...], form: str | None, *, only_open: bool, by_person: bool) -> int:
    """Print the checklist, as lines or in a `form`; the exit status."""
    from milebook.app.findings_of_part import concerning
    from milebook.app.ids import called_today
    from milebook.app.load import Ready, load
    from milebook.app.permissions import known_stories
    from milebook.model.codes import errors
    from milebook.permissions import gate

    loaded = load(folder)
    relevant = [f for f in loaded.findings if f.code.startswith("MB3") or f in errors([f])]
    if not isinstance(loaded, Ready):
        return finish(relevant, loaded.folder) or 1
    with usage_errors():
        renamed = called_today(stories, loaded.book.stories)
        stories = known_stories(loaded.book, stories)
    about = [item for item in loaded.items if not stories or item.story in stories]
    items = [item for item in about if not (only_open and item.clear)]
    if form == "xlsx" and terminal.is_terminal(sys.stdout):
        raise click.UsageError(
            "a workbook is no text: send it to a file, as in milebook permissions --xlsx > open.xlsx"
        )
    if stories:
        relevant = concerning(relevant, loaded.index, loaded.book, stories)
    status = finish([*relevant, *errors(gate(items if stories else loaded.items, "check"))], loaded.folder)
    if form:
        checklist.write(loaded, items, form)
        return status
    listed = checklist.by_person(items) if by_person else checklist.by_story(loaded, items)
    for line in (*renamed, *listed, "", *checklist.picture(loaded)):
        terminal.say(line)
    return status


for subcommand in (request, sent, record, withdraw):
    command.add_command(subcommand)
