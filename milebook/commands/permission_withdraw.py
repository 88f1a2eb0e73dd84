"""`milebook permissions withdraw` and `--where`: a story taken out of the book, and the made files that hold something."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from milebook.commands.permission_lines import chosen_folder, finish, stop_if_refused
from milebook.commands.shared import folder_option, usage_errors
from milebook.commands.terminal import say_lines
from milebook.commands.usage_hints import Command

if TYPE_CHECKING:
    from milebook.app.permission_withdrawal import Whereabouts

_MANY = 20  # unknown files that are listed by name


@click.command(cls=Command)
@click.argument("story")
@folder_option
@click.option("--remove", is_flag=True, help="Delete the made files that hold it, after asking.")
@click.option("--yes", is_flag=True, help="Delete them without asking.")
@click.pass_context
def withdraw(context: click.Context, story: str, chosen: str | None, remove: bool, yes: bool) -> None:
    """Take a story out of the book with its photos, bio, credits and log rows, and list what was made with it.

    The story's file, its photos and what was agreed stay where they are, for your records.
    """
    folder = chosen_folder(context, chosen)
    from milebook.app.permission_withdrawal import withdraw_story

    with usage_errors():
        done = withdraw_story(folder, story)
    stop_if_refused(context, done)
    say_lines(done.changed or [f"{story} is out of the book already."])
    say_lines(f"still speaks of it: {what} ({place})" for what, place in done.mentions)
    say_lines(_lines(done))
    left = remove and not delete(folder, done, sure=yes)
    say_lines(_after(done))
    context.exit(finish(done) or int(left))


def show_where(context: click.Context, folder: Path, name: str, *, remove: bool, sure: bool, as_json: bool) -> None:
    """`milebook permissions --where NAME`."""
    from milebook.app.permission_withdrawal import where

    with usage_errors():
        found = where(folder, name)
    if as_json and not found.refused:
        say_lines([_json(name, found)])
        context.exit(finish(found))
    left = False
    if not found.refused:
        say_lines(_lines(found))
        left = remove and not delete(folder, found, sure=sure)
        say_lines(_after(found))
    context.exit(finish(found) or int(left))


def delete(folder: Path, found: Whereabouts, *, sure: bool) -> bool:
    """Delete the files that were listed, after asking; whether all of them are gone."""
    from milebook.app.publish import remove_made
    from milebook.source import BookFolder

    if not found.holders:
        return True
    count = len(found.holders)
    if not sure:
        try:
            sure = click.confirm(f"Delete {'this file' if count == 1 else f'these {count} files'}?")
        except click.Abort:
            say_lines(["", "Nothing was deleted: nobody answered. --yes deletes without asking."])
            return False
    if not sure:
        say_lines(["Nothing was deleted."])
        return False
    gone, left, findings = remove_made(BookFolder(folder), lambda _: [holder.made for holder in found.holders])
    found.findings += findings
    say_lines(f"deleted {path}" for path in gone)
    say_lines(f"left {path}: it {why}; delete it yourself" for path, why in left.items())
    return not left


def _lines(found: Whereabouts) -> Iterator[str]:
    for holder in found.holders:
        changed = ", changed since it was made" if holder.state == "changed" else ""
        yield f"holds it: {holder.made.path} ({holder.made.kind}{changed})"
    if not found.holders:
        yield "No file that milebook has made and still knows of holds it."
    if found.unknown:
        yield "Not made by milebook, or before it kept a list, so that you must look yourself:"
        yield from (f"    {path}" for path in found.unknown[:_MANY])
        if len(found.unknown) > _MANY:
            yield f"    … and {len(found.unknown) - _MANY} more"


def _after(found: Whereabouts) -> Iterator[str]:
    if found.stays:
        yield "Kept for your records; if it has to go as well:"
        yield from (f"    {path}: {how}" for path, how in found.stays)
    yield "Copies that you have sent to others, only you can call back."


def _json(name: str, found: Whereabouts) -> str:
    import json

    files = [{"path": one.made.path, "kind": one.made.kind, "changed": one.state == "changed"} for one in found.holders]
    document = {"name": name, "files": files, "unknown": list(found.unknown), "kept": [path for path, _ in found.stays]}
    return json.dumps(document, ensure_ascii=False)
