"""`milebook check`: every finding; with --fix, repairs of text damaged by pasting."""

from __future__ import annotations

import click

from milebook.commands import terminal
from milebook.commands.option_values import read_encoding
from milebook.commands.shared import book_folder, finish, folder_argument, folder_option
from milebook.commands.usage_hints import Command


@click.command(cls=Command)
@folder_argument
@folder_option
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--fix", is_flag=True, help="Repair text damaged by pasting, after showing it.")
@click.option("--yes", is_flag=True, help="With --fix: repair without asking.")
@click.option(
    "--encoding",
    callback=read_encoding,
    metavar="NAME",
    help="With --fix: how files that are not UTF-8 were saved, if their language does not tell.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the findings as one JSON document.")
@click.pass_context
def command(
    context: click.Context,
    given: str | None,
    chosen: str | None,
    strict: bool,
    fix: bool,
    yes: bool,
    encoding: str,
    as_json: bool,
) -> None:
    """Show everything that is wrong with the book, with the line and the cure.

    Nothing is written, unless --fix finds text that was damaged by pasting and you say yes to the repairs.
    """
    folder = book_folder(context, chosen, given)
    if yes and not fix:
        raise click.UsageError("--yes goes with --fix")
    if encoding and not fix:
        raise click.UsageError("--encoding goes with --fix")
    if fix:
        from milebook.commands.repairing import repair

        context.exit(repair(folder, yes=yes, as_json=as_json, encoding=encoding))
    from milebook.app.build import check

    with terminal.progress("Checking", wanted=not as_json):
        outcome = check(folder, strict=strict)
    status = finish(outcome.findings, outcome.loaded.folder if outcome.loaded else None)
    if as_json:
        terminal.say_json(outcome.report)
    else:
        terminal.say(terminal.count_line(outcome.findings) or "Nothing is wrong.")
    context.exit(status)
