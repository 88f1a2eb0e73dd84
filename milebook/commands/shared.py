"""Options and habits that the commands share: which folder, and how findings end a run."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from milebook.commands.usage_hints import option_meant

if TYPE_CHECKING:
    from milebook.app.index_change import Changed
    from milebook.model.findings import Finding
    from milebook.source import BookFolder

MOST_LINES = 40  # of what a command tells it has changed


def folder_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """`-C FOLDER`, as in make."""
    return click.option("-C", "chosen", metavar="FOLDER", help="The book folder (default: this one).")(function)


def folder_argument(function: Callable[..., Any]) -> Callable[..., Any]:
    """The folder as an argument, for the commands that an author gives one to."""
    return click.argument("given", metavar="[FOLDER]", required=False)(function)


def out_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--out DIR`, the folder to write into."""
    where = "Where to write, inside the book folder (default: build)."
    return click.option("--out", default="build", metavar="DIR", help=where)(function)


def formats_option(known: tuple[str, ...]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """`--format LIST`: names out of `known`, with commas, in any order; all of them by default."""

    def read(context: click.Context, parameter: click.Parameter, value: str) -> tuple[str, ...]:
        names = [name.strip().lower() for name in value.split(",") if name.strip()]
        for name in names:
            if name not in known:
                raise click.BadParameter(f"“{name}” is not one of {', '.join(known)}")
        if not names:
            raise click.BadParameter(f"name at least one of {', '.join(known)}")
        return tuple(name for name in known if name in names)

    everything = ",".join(known)
    return click.option(
        "--format",
        "formats",
        metavar="LIST",
        default=everything,
        callback=read,
        help=f"Which formats (default: {everything}).",
    )


def book_folder(context: click.Context, chosen: str | None, given: str | None = None) -> Path:
    """The folder a command works on: its argument, its -C, milebook's -C, else the current one.

    Two that contradict each other, or one that is not there, are wrong usage. In the `stories` folder of a book it is the
    folder above, and the author reads so: made files and the records of proofs must not come to lie in two places.
    """
    named = [name for name in (given, chosen, context.find_root().obj) if name]
    if len({Path(name) for name in named}) > 1:
        raise click.UsageError(f"two folders are named: {named[0]} and {named[1]}")
    folder = Path(named[0] if named else ".")
    must_be_somewhere(folder)
    try:
        present = folder.is_dir()
    except (OSError, ValueError):
        present = False
    if not present:
        if named and os.path.isfile(named[0]):  # noqa: PTH113 - a name that is too long is none
            raise click.UsageError(f"“{named[0]}” is a file: name the folder of the book, in which “stories” lies")
        meant = option_meant(context.command, named[0]) if given else ""
        hint = f"; did you mean {meant}?" if meant else ""
        raise click.UsageError(f"there is no folder “{named[0] if named else '.'}”{hint}")
    root = _root(folder)
    _settle(root)
    return root


def must_be_somewhere(folder: Path) -> None:
    """A relative path means nothing where the current folder was deleted, or lies on a disk that is gone: wrong usage."""
    try:
        Path.cwd()
    except OSError:
        if not folder.is_absolute():
            raise click.UsageError("the folder that you are in is no longer there: go to another one first") from None


def _root(folder: Path) -> Path:
    from milebook.source import book_root

    root = book_root(folder)
    if root != folder:
        from milebook.commands.terminal import complain, printable

        above = printable(root.name or str(root))
        complain(f"This is the stories folder of the book in “{above}”: paths are given from there.")
    return root


def _settle(folder: Path) -> None:
    """Finish first what a killed command left half done in the book, and say so."""
    from milebook.system.leftovers import has_leftovers

    if not has_leftovers(str(folder)):
        return
    from milebook.output.recovery import recover

    findings = recover(folder)
    if findings:
        from milebook.commands.terminal import show_findings

        show_findings(findings)


@contextmanager
def usage_errors() -> Iterator[None]:
    """Report a story, chapter, layout or file that is not there, or cannot be read, as wrong usage."""
    from milebook.app.wrong_usage import CannotRead, UnknownName

    try:
        yield
    except (CannotRead, UnknownName) as error:
        raise click.UsageError(str(error)) from None


def finish(findings: Iterable[Finding], folder: BookFolder | None) -> int:
    """Show findings on stderr and give the exit status: 1 if any is an error, or if a folder could not be looked into."""
    from milebook.app.source_lines import with_quotes
    from milebook.commands.terminal import show_findings
    from milebook.model.codes import errors

    listed = list(dict.fromkeys([*findings, *(folder.unlisted() if folder else ())]))
    show_findings(with_quotes(listed, folder) if folder else listed)
    return 1 if errors(listed) else 0


def unchanged(findings: Iterable[Finding]) -> str:
    """What to say of the author's files after a refusal. A disk that failed may have left some of them changed."""
    from milebook.output.change_findings import is_stuck

    stuck = any(is_stuck(finding) for finding in findings)
    return "Some files were changed, and could not be put back." if stuck else "Nothing was changed."


def show_change(done: Changed, folder: Path) -> int:
    """Say what a command changed in the author's files, and what follows from it; the exit status."""
    from milebook.commands import terminal
    from milebook.source import BookFolder

    status = finish(done.findings, BookFolder(folder))
    if done.refused:
        terminal.say(unchanged(done.findings))
        return 1
    if not done.lines:
        terminal.say("Nothing to change: it is so already.")
    for lines in (done.lines, done.notes):
        terminal.say_lines(lines[:MOST_LINES])
        if len(lines) > MOST_LINES:
            terminal.say(f"… and {len(lines) - MOST_LINES} more")
    return status


def standard_input() -> str:
    """What is piped in or typed, whatever its encoding; at most ten million bytes."""
    from milebook.intake.charset import decoded

    stream = getattr(sys.stdin, "buffer", None)
    return decoded(stream.read(10_000_000))[0] if stream is not None else sys.stdin.read(10_000_000)
