"""`milebook permissions record`: an answer written into the index."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from milebook.commands.option_values import (
    Choice,
    WholeNumber,
    read_day,
    read_formats,
    read_languages,
    read_line,
    read_territory,
)
from milebook.commands.permission_lines import chosen_folder, finish, state_lines, stop_if_refused
from milebook.commands.shared import folder_option
from milebook.commands.terminal import say_lines
from milebook.commands.usage_hints import Command
from milebook.model.book import AGREEMENT_STATUSES

if TYPE_CHECKING:
    from milebook.index.edit import Value


@click.command(
    cls=Command,
    epilog="Whatever you do not name stays as it is. The rest of the index, comments and all, is not touched.",
)
@click.argument("target", metavar="NAME|AGREEMENT|STORY|ITEM", required=False)
@folder_option
@click.option(
    "--from", "checklist", metavar="FILE", help="A checklist as filled in, XLSX or CSV: shows what it changes."
)
@click.option("--apply", is_flag=True, help="With --from: write it, all or nothing.")
@click.option("--only", multiple=True, metavar="ITEM", help="Only this item of what was asked (may be given again).")
@click.option("--granted", callback=read_day, metavar="DATE", help="The day the answer was yes.")
@click.option(
    "--evidence", callback=read_line, metavar="FILE", help="The signed form or the e-mail, a file of the book folder."
)
@click.option(
    "--status", type=Choice(AGREEMENT_STATUSES), help="Another status than granted: refused, no_reply, withdrawn …"
)
@click.option("--requested", callback=read_day, metavar="DATE", help="The day it was asked for.")
@click.option("--edit-approved", callback=read_day, metavar="DATE", help="The day the edited text was approved.")
@click.option("--signer", callback=read_line, metavar="NAME", help="Who signed.")
@click.option("--formats", callback=read_formats, metavar="LIST", help="print,ebook,audio: what is granted.")
@click.option("--territory", callback=read_territory, metavar="WORDS", help="Where: world, Europe, “US, Canada”.")
@click.option("--languages", callback=read_languages, metavar="LIST", help="en,de or all.")
@click.option("--expires", callback=read_day, metavar="DATE", help="The last day it holds.")
@click.option("--print-run-cap", type=WholeNumber(1), metavar="N", help="The most copies allowed.")
@click.option("--credit", callback=read_line, metavar="TEXT", help="The exact credit line demanded.")
@click.option("--credit-placement", type=Choice(("caption", "copyright", "credits")), help="Where it must stand.")
@click.option("--restrictions", callback=read_line, metavar="TEXT", help="Other limits, in words.")
@click.option("--reason", callback=read_line, metavar="TEXT", help="With --status not_needed: why.")
@click.option("--fee", callback=read_line, metavar="TEXT", help="What it costs.")
@click.option("--copies", callback=read_line, metavar="TEXT", help="Complimentary copies owed.")
@click.option("--email", callback=read_line, metavar="ADDRESS", help="Where to write to; for the private log only.")
@click.option("--notes", callback=read_line, metavar="TEXT", help="Notes for yourself.")
@click.pass_context
def record(
    context: click.Context,
    /,
    target: str | None,
    chosen: str | None,
    checklist: str | None,
    apply: bool,
    only: tuple[str, ...],
    **given: str | int | tuple[str, ...] | None,
) -> None:
    """Write an answer into the index, keeping its comments and order.

    A person's NAME stands for everything that was asked of that person and is waiting for an answer; so does a story's id,
    where one person is to answer. AGREEMENT is the id of an agreement, for everything it covers; an ITEM such as
    tree-at-the-corner/photo/1 stands for whatever covers it, and with --only for itself alone.

    --from FILE reads back build/permissions.xlsx or .csv as you have filled it in with Excel, LibreOffice or Google Sheets:
    status, requested, granted, evidence and the columns behind it. It shows what would change; --apply writes it.
    """
    folder = chosen_folder(context, chosen)
    from milebook.app.permission_answers import record_answer

    if checklist:
        if target or only or any(given.values()):
            raise click.UsageError("--from FILE stands alone: the answers are in the file")
        _from_checklist(context, folder, Path(checklist), apply=apply)
    if not target:
        raise click.UsageError("say whose answer it is: a name, an agreement, a story or an item")
    if Path(target).suffix.lower() in (".xlsx", ".csv", ".ods", ".xls"):
        raise click.UsageError(f"“{target}” is a checklist: write --from before it")
    if apply:
        raise click.UsageError("--apply is for --from FILE")
    done = record_answer(folder, target, _fields(given), only)
    stop_if_refused(context, done)
    say_lines(done.changed or ["The index says so already."])
    say_lines(state_lines(done.items))
    if done.left:
        names = ", ".join(item.item for item in done.left)
        say_lines([f"Not recorded, because it was not asked for: {names}"])
    context.exit(finish(done))


def _from_checklist(context: click.Context, folder: Path, file: Path, *, apply: bool) -> None:
    from milebook.app.permission_answers import record_checklist

    done = record_checklist(folder, file, apply=apply)
    stop_if_refused(context, done)
    status = finish(done)
    say_lines(done.changed or ["The index says so already."])
    say_lines(state_lines(done.items))
    if done.changed and not apply:
        say_lines(["Nothing was changed yet. To write it, add --apply."])
    context.exit(status)


def _fields(given: dict[str, str | int | tuple[str, ...] | None]) -> dict[str, Value]:
    """The fields to be set; the status follows from a day, where none is given."""
    fields: dict[str, Value] = {name: value for name, value in given.items() if value}
    if not fields:
        raise click.UsageError("say what to record, such as --granted 2026-03-09 --evidence stories/releases/ana.pdf")
    if "status" not in fields:
        if "granted" in fields:
            fields["status"] = "granted_restricted" if "restrictions" in fields else "granted"
        elif set(fields) <= {"requested", "signer", "email", "notes"} and "requested" in fields:
            fields["status"] = "requested"
    if "granted" in fields and fields["status"] in ("refused", "no_reply", "requested", "to_request"):
        raise click.UsageError(
            f"--granted says that permission was given, and --status {fields['status']} that it was not"
        )
    if fields.get("status") == "not_needed" and "reason" not in fields:
        raise click.UsageError("--status not_needed needs --reason, such as --reason “public domain”")
    return fields
