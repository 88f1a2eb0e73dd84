"""What the commands that make files have in common: their options, a progress bar, and the end of a run."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from milebook.commands import terminal
from milebook.commands.option_values import WholeNumber
from milebook.commands.shared import finish, usage_errors

if TYPE_CHECKING:
    from milebook.app.load import Result
    from milebook.writers.format_process import Progress


def cache_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--no-cache`, as `cache`."""
    return click.option(
        "--no-cache",
        "cache",
        is_flag=True,
        callback=lambda context, parameter, value: not value,
        help="Make everything anew.",
    )(function)


def or_zero(context: click.Context, parameter: click.Parameter, value: float | None) -> float:
    """What an option that takes a number gives without one: 0."""
    return value or 0


def jobs_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """`--jobs N`, 0 for as many as there is work and processors for."""
    return click.option(
        "--jobs", type=WholeNumber(1, 64), metavar="N", callback=or_zero, help="How many processes may work at once."
    )(function)


def with_progress(title: str, work: Callable[[Progress], Result], *, shown: bool = True) -> Result:
    """Run it under a progress bar of that title. A name that is not there is wrong usage."""
    with usage_errors(), terminal.progress(title, wanted=shown) as progress:
        return work(progress)


def end_run(
    context: click.Context, outcome: Result, *, as_json: bool = False, show: Callable[[Result], None] | None = None
) -> None:
    """Show what was found and made, and end with the exit status of it. `show` says more than which files were written."""
    status = finish(outcome.findings, outcome.loaded.folder if outcome.loaded else None)
    if as_json:
        terminal.say_json(outcome.report)
    elif show is not None:
        show(outcome)
    elif outcome.refused:
        terminal.say(f"Nothing was written. {terminal.count_line(outcome.findings)}.")
    else:
        terminal.say_lines(f"wrote {path}" for path in outcome.written)
    context.exit(1 if outcome.refused else status)
