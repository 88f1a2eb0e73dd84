"""`milebook import`: stories from mails, blogs, Word files and forms, as a plan first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from milebook.commands import terminal
from milebook.commands.option_values import Choice, WholeNumber, number_reader, read_day, read_encoding
from milebook.commands.shared import book_folder, finish, folder_option, usage_errors
from milebook.commands.usage_hints import Command
from milebook.model.book import STATUSES

if TYPE_CHECKING:
    from milebook.app.import_stories import ImportRequest

_read_numbers = number_reader("is no number of the plan; write them like 3,5,8-12")


def read_columns(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[tuple[str, str], ...]:
    from milebook.intake.forms.columns import FIELDS

    pairs = []
    for part in (value or "").split(","):
        field, equals, heading = part.partition("=")
        if not part.strip():
            continue
        if not equals or field.strip().lower() not in FIELDS or not heading.strip():
            raise click.BadParameter(
                f"“{part.strip()}” is not of the form story=Heading; the fields are {', '.join(FIELDS)}"
            )
        pairs.append((field.strip().lower(), heading.strip()))
    return tuple(pairs)


@click.command(
    cls=Command,
    epilog="The plan is numbered: --apply --only 1,3-5 writes these. An item that --only names is taken as a new story even if it is short, "
    "a reply, or like another.",
)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@folder_option
@click.option("--apply", "apply", is_flag=True, help="Write the new stories; without it, only the plan is shown.")
@click.option("--only", callback=_read_numbers, metavar="N,N", help="Only these numbers of the plan.")
@click.option("--skip", callback=_read_numbers, metavar="N,N", help="Not these numbers of the plan.")
@click.option("--subject", default="", metavar="WORDS", help="Only mails with these words in the subject.")
@click.option("--since", callback=read_day, metavar="DATE", help="Only what was received on this day or later.")
@click.option(
    "--min-words", type=WholeNumber(0), metavar="N", help="The fewest words of a story (default: 40 for comments)."
)
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="A tag for the new stories (may be given again).")
@click.option("--status", type=Choice(STATUSES), default="submitted", help="Their status (default: submitted).")
@click.option("--chapter", default="", metavar="ID", help="List the new stories in this chapter.")
@click.option("--dates", type=Choice(("dmy", "mdy")), help="Whether 9/7/2026 is July 9 (dmy) or September 7 (mdy).")
@click.option("--columns", callback=read_columns, metavar="story=…,name=…", help="Which columns of a form hold what.")
@click.option(
    "--encoding", callback=read_encoding, metavar="NAME", help="The character set of the files, if letters are wrong."
)
@click.option("--keep-quotes", is_flag=True, help="Cut no quoted mails and no signatures.")
@click.option("--accept-changes", is_flag=True, help="Read Word files with tracked changes as if all were accepted.")
@click.option("--details", is_flag=True, help="Show the beginning of each text, what was cut, and all notes.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as one JSON document.")
@click.pass_context
def command(
    context: click.Context, /, paths: tuple[str, ...], chosen: str | None, as_json: bool, details: bool, **given: object
) -> None:
    """Show what a mailbox, mail, blog export, saved page, Word file or form holds, as a numbered plan; --apply writes it.

    PATH may also be a folder or a zip of such files. What a file is, is seen from its contents. Each new story becomes a text in
    stories/, with its photos, the untouched original and an entry in the index, which asks for permission like any other.
    """
    folder = book_folder(context, chosen)
    from milebook.app.import_stories import import_stories
    from milebook.commands.import_table import show

    with usage_errors():
        done = import_stories(folder, _request(paths, given))
    if as_json and not (done.findings and not done.plan.items):
        terminal.say_json(done.as_json())
    elif not as_json:
        show(done, details=details)
    context.exit(finish(done.findings, done.folder))


def _request(paths: tuple[str, ...], given: dict[str, object]) -> ImportRequest:
    from milebook.app.import_stories import ImportRequest
    from milebook.intake.options import Options
    from milebook.intake.verdicts import Choice
    from milebook.intake.writing import Arrangement

    options = Options(
        str(given["encoding"]),
        bool(given["keep_quotes"]),
        bool(given["accept_changes"]),
        str(given["dates"] or ""),
        given["columns"],  # type: ignore[arg-type]
    )
    choice = Choice(given["only"], given["skip"], given["subject"], given["since"], given["min_words"])  # type: ignore[arg-type]
    arrangement = Arrangement(str(given["status"]), given["tags"], str(given["chapter"]))  # type: ignore[arg-type]
    return ImportRequest(tuple(Path(path) for path in paths), options, choice, arrangement, bool(given["apply"]))
