"""What the subcommands of `milebook permissions` show: letters, changes of the index, and what is open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from milebook.commands.shared import book_folder, unchanged
from milebook.commands.shared import finish as show
from milebook.commands.terminal import say_lines

if TYPE_CHECKING:
    from milebook.app.load import Loaded
    from milebook.model.findings import Finding
    from milebook.permissions import PermissionItem
    from milebook.permissions.requests.letters import Letter


class Ended(Protocol):
    """What every subcommand reports."""

    findings: list[Finding]
    changed: tuple[str, ...]
    refused: bool
    loaded: Loaded | None


def chosen_folder(context: click.Context, chosen: str | None) -> Path:
    """The folder of a subcommand: its own -C, else that of `milebook permissions`."""
    above = context.parent.params.get("chosen") if context.parent else None
    return book_folder(context, chosen or above)


def finish(done: Ended, written: Sequence[str] = ()) -> int:
    """Show findings and the files written; the exit status."""
    status = show(done.findings, done.loaded.folder if done.loaded else None)
    say_lines(f"wrote {path}" for path in written)
    return 1 if done.refused else status


def stop_if_refused(context: click.Context, done: Ended) -> None:
    """Where a command did nothing: show why, say so, and end."""
    if done.refused:
        status = finish(done)
        say_lines([unchanged(done.findings)])
        context.exit(status)


def letter_lines(letters: Iterable[Letter]) -> Iterator[str]:
    """Letters in full."""
    for letter in letters:
        yield f"To: {letter.signer}" + (f" <{letter.email}>" if letter.email else " (no e-mail address)")
        yield f"Subject: {letter.subject}"
        yield ""
        yield from letter.body.split("\n")
        yield "-" * 72


def unknown_lines(items: Iterable[PermissionItem]) -> Iterator[str]:
    """For whom there is no letter, and what to find out."""
    for item in items:
        yield f"No letter for {item.item} ({item.label}): {item.find_out}"


def state_lines(items: Iterable[PermissionItem]) -> Iterator[str]:
    """Items with how they stand now."""
    for item in items:
        todo = f"; {item.find_out}" if item.find_out else ""
        yield f"{item.item}  clear" if item.clear else f"{item.item}  open: {item.why}{todo}"
