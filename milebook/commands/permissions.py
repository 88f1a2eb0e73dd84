"""`milebook permissions`: who has agreed to what; and its subcommands, which ask, record and withdraw."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import click

from milebook.commands.shared import book_folder, folder_option

if TYPE_CHECKING:
    from pathlib import Path

    from milebook.app.load import Loaded
    from milebook.app.permissions import Done
    from milebook.index.edit import Value
    from milebook.permissions import PermissionItem

STATUSES = (
    "not_needed", "to_request", "requested", "granted", "granted_restricted", "refused", "no_reply", "expired", "withdrawn",
)  # fmt: skip
FORMATS = ("print", "ebook", "audio")


def read_day(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    from datetime import date

    if value is None:
        return ""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise ValueError
        date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"“{value}” is no day; write it like 2026-03-09") from None
    return value


def read_formats(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    words = tuple(word.strip() for word in (value or "").split(",") if word.strip())
    for word in words:
        if word not in FORMATS:
            raise click.BadParameter(f"“{word}” is not a format; the formats are {', '.join(FORMATS)}")
    return words


def read_languages(context: click.Context, parameter: click.Parameter, value: str | None) -> tuple[str, ...]:
    words = tuple(word.strip() for word in (value or "").split(",") if word.strip())
    for word in words:
        if not re.fullmatch(r"all|[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", word):
            raise click.BadParameter(f"“{word}” is not a language's code, such as en, de or pt-BR")
    return words


def read_territory(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    from milebook.permissions.territories import countries

    if value and countries(value) is None:
        raise click.BadParameter(f"“{value}” is not known; write world, Europe, US, or a list: US, Canada")
    return value or ""


def read_line(context: click.Context, parameter: click.Parameter, value: str | None) -> str:
    if value and not value.isprintable():
        raise click.BadParameter("it must be one line without control characters")
    return (value or "").strip()


@click.group(invoke_without_command=True)
@folder_option
@click.option("--story", "stories", multiple=True, metavar="ID", help="Only this story (may be given again).")
@click.option("--open", "only_open", is_flag=True, help="Only what is not clear.")
@click.option("--by-person", is_flag=True, help="By whom to ask, not by story.")
@click.option("--csv", "form", flag_value="csv", help="The checklist as CSV on standard output.")
@click.option("--xlsx", "form", flag_value="xlsx", help="The checklist as a workbook on standard output.")
@click.option("--json", "form", flag_value="json", help="The checklist as one JSON document.")
@click.pass_context
def command(
    context: click.Context,
    chosen: str | None,
    stories: tuple[str, ...],
    only_open: bool,
    by_person: bool,
    form: str | None,
) -> None:
    """Show who has agreed to what: every text, photo, person and quotation, whether it is clear, and whom to ask."""
    if context.invoked_subcommand:
        return
    folder = book_folder(context, chosen)
    from milebook.app.load import UnknownName, errors, load
    from milebook.app.permissions import chosen_items, known_stories
    from milebook.commands import checklist, terminal
    from milebook.commands.shared import finish
    from milebook.permissions import gate

    loaded = load(folder)
    relevant = [f for f in loaded.findings if f.code.startswith("MB3") or f in errors([f])]
    if loaded.book is None:
        context.exit(finish(relevant, loaded.folder) or 1)
    try:
        known_stories(loaded.book, stories)
    except UnknownName as problem:
        raise click.UsageError(str(problem)) from None
    items = chosen_items(loaded, stories=stories, only_open=only_open)
    if form == "xlsx" and terminal.is_terminal(sys.stdout):
        raise click.UsageError(
            "a workbook is no text: send it to a file, as in milebook permissions --xlsx > open.xlsx"
        )
    status = finish([*relevant, *errors(gate(items if stories else loaded.items, "check"))], loaded.folder)
    if form:
        checklist.write(loaded, items, form)
    else:
        for line in checklist.by_person(items) if by_person else checklist.by_story(loaded, items):
            terminal.say(line)
        terminal.say()
        for line in checklist.picture(loaded):
            terminal.say(line)
    context.exit(status)


def _folder(context: click.Context, chosen: str | None) -> Path:
    above = context.parent.params.get("chosen") if context.parent else None
    return book_folder(context, chosen or above)


@command.command()
@folder_option
@click.option("--story", "stories", multiple=True, metavar="ID", help="Only for this story (may be given again).")
@click.option("--to", "people", multiple=True, metavar="NAME", help="Only to this person (may be given again).")
@click.option("--again", is_flag=True, help="Also ask those who have been asked and have not answered.")
@click.option("--layout", default="letter", metavar="NAME", help="Another layout with a letter.md in it.")
@click.option("--date", "day", callback=read_day, metavar="DATE", help="The date of the letters (default: today).")
@click.option("--no-note", is_flag=True, help="Leave the index as it is.")
@click.option("--dry-run", is_flag=True, help="Show the letters; write nothing.")
@click.pass_context
def request(
    context: click.Context,
    chosen: str | None,
    stories: tuple[str, ...],
    people: tuple[str, ...],
    again: bool,
    layout: str,
    day: str,
    no_note: bool,
    dry_run: bool,
) -> None:
    """Write a letter for every person to ask: one for everything asked of them, as e-mail and Word file.

    The letters go into build/letters/. Nothing is sent. The index then says “requested”, with the date. What is granted, but
    not widely or long enough, stays granted; the day of asking goes into its notes. Nobody is asked twice without --again.
    Where nobody knows whom to ask, there is no letter.
    """
    folder = _folder(context, chosen)
    from milebook.app.load import UnknownName
    from milebook.app.permissions import LetterRequest
    from milebook.app.permissions import request as write_letters
    from milebook.commands import terminal

    wanted = LetterRequest(
        layout=layout, stories=stories, people=people, again=again, note=not no_note, dry=dry_run, date=day
    )
    try:
        done = write_letters(folder, wanted)
    except UnknownName as problem:
        raise click.UsageError(str(problem)) from None
    if dry_run:
        for letter in done.letters:
            terminal.say(terminal.printable(f"To: {letter.signer}" + (f" <{letter.email}>" if letter.email else "")))
            terminal.say(terminal.printable(f"Subject: {letter.subject}"))
            terminal.say()
            for line in letter.body.split("\n"):
                terminal.say(terminal.printable(line))
            terminal.say("-" * 72)
    for item in done.nobody:
        terminal.say(terminal.printable(f"No letter for {item.item} ({item.label}): {item.find_out}"))
    if not done.letters and not done.refused and not done.nobody:
        whom = f" called “{' or '.join(people)}”" if people else ""
        new = "" if again else " who has not been asked; --again writes to those who have not answered"
        terminal.say(terminal.printable(f"There is nobody{whom} to ask{new}."))
    _finish(context, done)


@command.command(
    epilog="Whatever you do not name stays as it is. The rest of the index, comments and all, is not touched."
)
@click.argument("agreement", metavar="AGREEMENT|ITEM")
@folder_option
@click.option("--granted", callback=read_day, metavar="DATE", help="The day the answer was yes.")
@click.option(
    "--evidence", callback=read_line, metavar="FILE", help="The signed form or the e-mail, a file of the book folder."
)
@click.option(
    "--status", type=click.Choice(STATUSES), help="Another status than granted: refused, no_reply, withdrawn …"
)
@click.option("--requested", callback=read_day, metavar="DATE", help="The day it was asked for.")
@click.option("--edit-approved", callback=read_day, metavar="DATE", help="The day the edited text was approved.")
@click.option("--signer", callback=read_line, metavar="NAME", help="Who signed.")
@click.option("--formats", callback=read_formats, metavar="LIST", help="print,ebook,audio: what is granted.")
@click.option("--territory", callback=read_territory, metavar="WORDS", help="Where: world, Europe, “US, Canada”.")
@click.option("--languages", callback=read_languages, metavar="LIST", help="en,de or all.")
@click.option("--expires", callback=read_day, metavar="DATE", help="The last day it holds.")
@click.option("--print-run-cap", type=click.IntRange(1), metavar="N", help="The most copies allowed.")
@click.option("--credit", callback=read_line, metavar="TEXT", help="The exact credit line demanded.")
@click.option("--credit-placement", type=click.Choice(("caption", "copyright", "credits")), help="Where it must stand.")
@click.option("--restrictions", callback=read_line, metavar="TEXT", help="Other limits, in words.")
@click.option("--reason", callback=read_line, metavar="TEXT", help="With --status not_needed: why.")
@click.option("--fee", callback=read_line, metavar="TEXT", help="What it costs.")
@click.option("--copies", callback=read_line, metavar="TEXT", help="Complimentary copies owed.")
@click.option("--email", callback=read_line, metavar="ADDRESS", help="Where to write to; for the private log only.")
@click.option("--notes", callback=read_line, metavar="TEXT", help="Notes for yourself.")
@click.pass_context
def record(
    context: click.Context, /, agreement: str, chosen: str | None, **given: str | int | tuple[str, ...] | None
) -> None:
    """Write an answer into the index, keeping its comments and order.

    AGREEMENT is the id of an agreement; an ITEM such as tree-at-the-corner/photo/1 stands for whatever covers it.
    """
    folder = _folder(context, chosen)
    from milebook.app.permissions import record_answer
    from milebook.commands import terminal

    fields: dict[str, Value] = {name: value for name, value in given.items() if value}
    if not fields:
        raise click.UsageError("say what to record, such as --granted 2026-03-09 --evidence stories/releases/ana.pdf")
    if "status" not in fields:
        if "granted" in fields:
            fields["status"] = "granted_restricted" if "restrictions" in fields else "granted"
        elif set(fields) <= {"requested", "signer", "email", "notes"} and "requested" in fields:
            fields["status"] = "requested"
    if fields.get("status") == "not_needed" and "reason" not in fields:
        raise click.UsageError("--status not_needed needs --reason, such as --reason “public domain”")
    done = record_answer(folder, agreement, fields)
    _changed(done)
    if not done.refused and not done.changed:
        terminal.say("The index says so already.")
    if not done.refused and done.loaded:
        for item in _of(done.loaded, agreement):
            state = "clear" if item.clear else f"open: {item.why}"
            terminal.say(terminal.printable(f"{item.item}  {state}"))
    _finish(context, done)


@command.command()
@click.argument("story")
@folder_option
@click.pass_context
def withdraw(context: click.Context, story: str, chosen: str | None) -> None:
    """Take a story out of the book with its photos, bio, credits and log rows, and show what was made with it.

    The story's file, its photos and what was agreed stay where they are, for your records.
    """
    folder = _folder(context, chosen)
    from milebook.app.permissions import withdraw_story
    from milebook.commands import terminal

    done = withdraw_story(folder, story)
    _changed(done)
    if not done.refused:
        if not done.changed:
            terminal.say(f"{story} is out of the book already.")
        for what, place in done.mentions:
            terminal.say(terminal.printable(f"still speaks of it: {what} ({place})"))
        for holder in done.holders:
            stamp = ", ".join(part for part in (holder.date, holder.build_id) if part)
            terminal.say(terminal.printable(f"still holds it: {holder.manifest}" + (f" ({stamp})" if stamp else "")))
            for path in holder.outputs:
                terminal.say(terminal.printable(f"    {path}"))
        if not done.holders:
            terminal.say("Nothing that was made with it is left under build/.")
        terminal.say("What you have sent to others must be called back by you.")
    _finish(context, done)


def _of(loaded: Loaded, target: str) -> list[PermissionItem]:
    return [item for item in loaded.items if target in (item.agreement, item.item)]


def _changed(done: Done) -> None:
    from milebook.commands import terminal

    for line in () if done.refused else done.changed:
        terminal.say(terminal.printable(line))


def _finish(context: click.Context, done: Done) -> None:
    from milebook.commands import terminal
    from milebook.commands.shared import finish

    status = finish(done.findings, done.loaded.folder if done.loaded else None)
    for path in done.written:
        terminal.say(terminal.printable(f"wrote {path}"))
    unaddressed = [letter.signer for letter in done.letters if not letter.email]
    if done.written and unaddressed:
        terminal.say(terminal.printable(f"No e-mail address is known for: {'; '.join(unaddressed)}"))
    if done.written and done.changed and not done.refused:
        kept = [line for line in done.changed if ": status stays " in line]
        for line in kept:
            terminal.say(terminal.printable(line))
        says = "notes the day" if len(kept) == len(done.changed) else "now says “requested”, with the date"
        terminal.say(f"Nothing has been sent. The index {says}.")
    if done.refused:
        terminal.say(
            "Nothing was changed." if not done.written else "The letters were written, but the index was not changed."
        )
    context.exit(1 if done.refused else status)
