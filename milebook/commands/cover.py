"""`milebook cover`: the wrap of the printed book."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import click

from milebook.commands import terminal
from milebook.commands.making_files import end_run, or_zero, with_progress
from milebook.commands.option_values import Choice, Number, WholeNumber
from milebook.commands.shared import book_folder, folder_option, out_option
from milebook.commands.usage_hints import Command

if TYPE_CHECKING:
    from milebook.app.load import Result


def _five_digits(context: click.Context, parameter: click.Parameter, value: str) -> str:
    if value and not (len(value) == 5 and value.isascii() and value.isdigit()):
        raise click.BadParameter("five digits: 5 for US dollars, then the price without its point (51695)")
    return value


@click.command(cls=Command)
@folder_option
@click.option("--printer", type=Choice(["kdp", "ingramspark"]), default="kdp", help="Whose measures (default: kdp).")
@click.option(
    "--paper", type=Choice(["white", "cream", "color"]), default="cream", help="The paper inside (default: cream)."
)
@click.option(
    "--pages", type=WholeNumber(1, 5000), callback=or_zero, help="Pages of the book; without it, they are counted."
)
@click.option(
    "--spine",
    type=Number(0.01, 5.0),
    callback=or_zero,
    help="Width of the spine in inches, if the printer's template gives one.",
)
@click.option(
    "--price-code",
    "price",
    metavar="DIGITS",
    default="",
    callback=_five_digits,
    help="Five digits beside the barcode, such as 51695 for $16.95.",
)
@click.option("--layout", default="", metavar="NAME", help="The layout whose trim size the book has (default: trade).")
@click.option("--guides", is_flag=True, help="Show trim, folds and safe zones. Not for the printer.")
@out_option
@click.option("--json", "as_json", is_flag=True, help="Print the measures as one JSON document.")
@click.pass_context
def command(context: click.Context, /, chosen: str | None, as_json: bool, **asked: Any) -> None:
    """Make the wrap of the printed book as PDF: back, spine and front, with bleed and barcode.

    The front is the picture of cover:, or drawn in the design of cover_design:. The spine is as wide as the pages of the
    print edition are thick on the paper chosen.
    """
    folder = book_folder(context, chosen)
    from milebook.app.cover import CoverRequest, cover

    request = CoverRequest(**asked)
    end_run(context, with_progress("Cover", lambda _: cover(folder, request), shown=False), as_json=as_json, show=_show)


def _show(outcome: Result) -> None:
    """The measures, and the file."""
    if not outcome.written:
        return
    found = outcome.report
    wide, high = cast("list[float]", found["sheet"])
    added = f" ({found['blank_pages']} of them blank, to fill the last sheet)" if found["blank_pages"] else ""
    terminal.say(
        f"{found['printer']}: {found['pages']} pages{added} on {found['paper']} paper, spine {found['spine']} in, sheet {wide} x {high} in"
    )
    terminal.say_lines(f"wrote {path}" for path in outcome.written)
