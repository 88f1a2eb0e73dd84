"""`milebook status`: the book at a glance, read but not built."""

from __future__ import annotations

import click

from milebook.commands.shared import book_folder, folder_argument, folder_option


@click.command()
@folder_argument
@folder_option
@click.option("--json", "as_json", is_flag=True, help="Print the figures as one JSON document.")
@click.pass_context
def command(context: click.Context, given: str | None, chosen: str | None, as_json: bool) -> None:
    """Show chapters, stories, words against limits, photos and permissions at a glance."""
    folder = book_folder(context, chosen, given)
    from milebook.app.report import to_json
    from milebook.app.status import status
    from milebook.commands import terminal
    from milebook.commands.shared import finish
    from milebook.commands.summary import extent, glance, overview, white_pages

    outcome = status(folder)
    ended = finish(outcome.findings, outcome.loaded.folder if outcome.loaded else None)
    if as_json:
        terminal.say(to_json(outcome.report).decode().rstrip("\n"))
    elif outcome.loaded and outcome.loaded.book and outcome.loaded.counts:
        for line in (*overview(glance(outcome.loaded)), *extent(outcome.report), *white_pages(outcome.report)):
            terminal.say(line)
        waiting = len(outcome.loaded.book.unselected)
        if waiting:
            terminal.say(
                f"{waiting} more {'story is' if waiting == 1 else 'stories are'} in the index and not in the book"
            )
    if not as_json:
        for path in outcome.report.get("outdated", ()):  # type: ignore[attr-defined]
            terminal.say(f"outdated: {terminal.printable(path)} (“milebook build --tidy” removes it)")
    context.exit(ended)
