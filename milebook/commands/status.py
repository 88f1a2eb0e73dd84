"""`milebook status`: the book at a glance, read but not built."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from milebook.commands import terminal
from milebook.commands.shared import book_folder, finish, folder_argument, folder_option
from milebook.commands.usage_hints import Command
from milebook.model.plurals import counted

if TYPE_CHECKING:
    from milebook.app.load import Result


@click.command(cls=Command)
@folder_argument
@folder_option
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON document.")
@click.option(
    "--inbox", "show_inbox", is_flag=True, help="List the stories that are not in the book yet, and what each needs."
)
@click.pass_context
def command(context: click.Context, given: str | None, chosen: str | None, as_json: bool, show_inbox: bool) -> None:
    """Show chapters, stories, words against limits, photos and permissions at a glance."""
    folder = book_folder(context, chosen, given)
    from milebook.app.load import Ready
    from milebook.app.status import status
    from milebook.commands.summary import extent, glance, overview, white_pages

    outcome = status(folder)
    if show_inbox:
        context.exit(_inbox(outcome, as_json))
    ended = finish(outcome.findings, outcome.loaded.folder if outcome.loaded else None)
    if as_json:
        terminal.say_json(outcome.report)
    elif isinstance(outcome.loaded, Ready):
        for line in (*overview(glance(outcome.loaded)), *extent(outcome.report), *white_pages(outcome.report)):
            terminal.say(line)
        waiting = len(outcome.loaded.book.unselected)
        if waiting:
            terminal.say(f"{counted(waiting, 'more story is', 'more stories are')} in the index and not in the book")
    if not as_json:
        for path in outcome.report.get("outdated", ()):  # type: ignore[attr-defined]
            terminal.say(f"outdated: {terminal.printable(path)} (“milebook build --tidy” removes it)")
    context.exit(ended)


def _inbox(result: Result, as_json: bool) -> int:
    """Print the stories that wait. Findings about the book itself are left to the other views, unless there is no book."""
    from milebook.app.inbox import inbox
    from milebook.app.load import Ready

    loaded = result.loaded
    if not isinstance(loaded, Ready):
        return finish(result.findings, loaded.folder if loaded else None)
    waiting = inbox(result)
    if as_json:
        terminal.say_json({"inbox": [one.as_json() for one in waiting]})
        return 0
    for one in waiting:
        over = "!" if one.limit and one.words > one.limit else " "
        name, title = terminal.fit(one.name, 18), terminal.fit(one.title, 26)
        terminal.say(f"{terminal.fit(one.status, 11)} {one.received:10} {name} {title} {one.words:>6,}{over}".rstrip())
        terminal.say(terminal.printable(f"            {one.id}"))
        for need in one.needs:
            terminal.say(terminal.printable(f"            needs {need.replace(' ID --status', f' {one.id} --status')}"))
    count = len(waiting)
    some = f"{counted(count, 'story is', 'stories are')} not in the book."
    none = "Every story of the index is in the book." if loaded.index.stories else "The index has no story yet."
    terminal.say(some if count else none)
    return 0
