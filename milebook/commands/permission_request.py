"""`milebook permissions request` and `sent`: letters that ask, and that they were posted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from milebook.commands.option_values import read_day
from milebook.commands.permission_lines import chosen_folder, finish, letter_lines, stop_if_refused, unknown_lines
from milebook.commands.shared import folder_option, unchanged, usage_errors
from milebook.commands.terminal import say_lines
from milebook.commands.usage_hints import Command

if TYPE_CHECKING:
    from milebook.app.permission_requests import LetterRequest
    from milebook.app.permissions import Done
    from milebook.permissions import PermissionItem
    from milebook.permissions.requests.letters import Letter


@click.command(cls=Command)
@folder_option
@click.option("--story", "stories", multiple=True, metavar="ID", help="Only for this story (may be given again).")
@click.option("--to", "people", multiple=True, metavar="NAME", help="Only to this person (may be given again).")
@click.option("--again", is_flag=True, help="Also ask those who have been asked and have not answered.")
@click.option("--layout", default="letter", metavar="NAME", help="Another layout with a letter.md in it.")
@click.option("--date", callback=read_day, metavar="DATE", help="The date of the letters (default: today).")
@click.option(
    "--answer-by", callback=read_day, metavar="DATE", help="The day to answer by (default: four weeks later)."
)
@click.option("--with-proof", "proof", is_flag=True, help="Attach to each letter the proof of that person's stories.")
@click.option("--no-note", is_flag=True, help="Leave the index as it is.")
@click.option("--dry-run", "dry", is_flag=True, help="Show the letters; write nothing.")
@click.pass_context
def request(context: click.Context, /, chosen: str | None, no_note: bool, **asked: Any) -> None:
    """Write a letter to every person to ask: one letter for everything asked of them, with a form to sign.

    The letters go into build/letters/: an e-mail with its attachments, the Word letter, and the form as a PDF. Nothing is sent. For everybody with an e-mail address, the index then says
    “requested”, with the date; a letter to be posted waits for “milebook permissions sent NAME”. What is granted, but not widely
    or long enough, stays granted; the day of asking goes into its notes. Nobody is asked twice without --again. Where
    nobody knows whom to ask, there is no letter.
    """
    from milebook.app.permission_requests import LetterRequest
    from milebook.app.permission_requests import request as write_letters

    folder = chosen_folder(context, chosen)
    wanted = LetterRequest(note=not no_note, **asked)
    if wanted.answer_by and wanted.date and wanted.answer_by < wanted.date:
        raise click.UsageError(f"--answer-by {wanted.answer_by} is before the date of the letters, {wanted.date}")
    with usage_errors():
        done = write_letters(folder, wanted)
    if wanted.dry:
        say_lines(letter_lines(done.letters))
    say_lines(unknown_lines(done.nobody))
    say_lines(_nobody_left(done, wanted))
    status = finish(done, done.written)
    say_lines(_outcome(done, noted=wanted.note))
    context.exit(status)


def _nobody_left(done: Done, wanted: LetterRequest) -> Iterator[str]:
    """Why there is no letter at all, and what to do."""
    if done.letters or done.refused or done.nobody:
        return
    waiting = [] if wanted.again else list(_to_post(done.waiting))
    if waiting:
        yield from waiting
        return
    whom = f" called “{' or '.join(wanted.people)}”" if wanted.people else ""
    new = "" if wanted.again else " who has not been asked; --again writes to those who have not answered"
    yield f"There is nobody{whom} to ask{new}."


def _outcome(done: Done, *, noted: bool) -> Iterator[str]:
    """What was written down, and what is left to do by hand."""
    if done.refused:
        yield "The letters were written, but the index was not changed." if done.written else unchanged(done.findings)
    elif done.written:
        yield from _to_do(done, noted=noted)


def _to_do(done: Done, *, noted: bool) -> Iterator[str]:
    """What stands in the index now, and what is left to do by hand."""
    from milebook.model.book import GRANTED
    from milebook.permissions.names import Who
    from milebook.permissions.steps import sent_command

    mailed = [letter for letter in done.letters if letter not in done.posted]
    yield "Nothing has been sent." + (
        " Open the .eml files in your mail program, read them and send them." if mailed else ""
    )
    if noted and mailed:
        asked = [letter for letter in mailed if any(item.status not in GRANTED for item in letter.items)]
        if asked:
            yield f"The index now says “requested”, with the date, for what was asked of {_named(asked)}."
        wider = dict.fromkeys(i.agreement or i.item for letter in mailed for i in letter.items if i.status in GRANTED)
        for name in wider:
            yield f"{name} stays granted while you ask for more; the day of asking is in its notes."
    for letter in done.posted:
        first = letter.items[0]
        then = f", then: {sent_command(Who(letter.signer), first.agreement or first.item)}" if noted else ""
        yield f"No e-mail address for {letter.signer}: print the Word file and post it{then}"
        if any(_child_has_address(item) for item in letter.items):
            yield (
                f"The child's own address was not used: to write to {letter.signer} by e-mail, first add the address with "
                f"milebook permissions record {first.agreement or first.item} --email ADDRESS"
            )


def _child_has_address(item: PermissionItem) -> bool:
    """Whether the child for whom somebody signs is the contributor, whose own e-mail address the index gives; a child who
    is shown in a photo has none there, whoever wrote the story."""
    from milebook.permissions.addresses import under_age
    from milebook.permissions.names import same_name

    need, who = item.need, item.subject.contributor
    contributor = need.person is None or same_name(need.name, who.name)
    return bool(need.minor and contributor and who.email and under_age(who))


def _to_post(waiting: Iterable[PermissionItem]) -> Iterator[str]:
    """What to do about letters that were written and not posted yet: one line for each person."""
    from milebook.permissions.steps import sent_command

    commands = {sent_command(item.whom, item.agreement or item.item): item.signer for item in waiting}
    for command, signer in commands.items():
        yield f"The letter to {signer} is written, but not posted. Post it, then: {command}"
    if commands:
        yield "To write it again: milebook permissions request --again"


def _named(letters: Iterable[Letter]) -> str:
    return ", ".join(dict.fromkeys(letter.signer for letter in letters))


@click.command(cls=Command)
@click.argument("name")
@folder_option
@click.option("--date", "day", callback=read_day, metavar="DATE", help="The day it was posted (default: today).")
@click.pass_context
def sent(context: click.Context, name: str, chosen: str | None, day: str) -> None:
    """Note that a letter was posted: what it asks for is “requested” from that day on.

    NAME is the person it went to, or an agreement or item that it asks for.
    """
    from milebook.app.permission_requests import sent as note_sent

    folder = chosen_folder(context, chosen)
    with usage_errors():
        done = note_sent(folder, name, day)
    stop_if_refused(context, done)
    say_lines(done.changed)
    context.exit(finish(done))
