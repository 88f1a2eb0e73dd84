"""`milebook cover`: the wrap of the printed book."""

from __future__ import annotations

from typing import cast

import click

from milebook.commands.shared import book_folder, folder_option


@click.command()
@folder_option
@click.option(
    "--printer", type=click.Choice(["kdp", "ingramspark"]), default="kdp", help="Whose measures (default: kdp)."
)
@click.option(
    "--paper",
    type=click.Choice(["white", "cream", "color"]),
    default="cream",
    help="The paper inside (default: cream).",
)
@click.option("--pages", type=click.IntRange(1, 5000), help="Pages of the book; without it, they are counted.")
@click.option(
    "--spine",
    type=click.FloatRange(0.01, 5.0),
    help="Width of the spine in inches, if the printer's template gives one.",
)
@click.option(
    "--price-code", metavar="DIGITS", default="", help="Five digits beside the barcode, such as 51695 for $16.95."
)
@click.option("--layout", default="", metavar="NAME", help="The layout whose trim size the book has (default: trade).")
@click.option("--guides", is_flag=True, help="Show trim, folds and safe zones. Not for the printer.")
@click.option("--out", default="build", metavar="DIR", help="Where to write, inside the book folder (default: build).")
@click.option("--json", "as_json", is_flag=True, help="Print the measures as one JSON document.")
@click.pass_context
def command(
    context: click.Context,
    chosen: str | None,
    printer: str,
    paper: str,
    pages: int | None,
    spine: float | None,
    price_code: str,
    layout: str,
    guides: bool,
    out: str,
    as_json: bool,
) -> None:
    """Make the wrap of the printed book as PDF: back, spine and front, with bleed and barcode.

    The front is the picture of cover:, or drawn in the design of cover_design:. The spine is as wide as the pages of the
    print edition are thick on the paper chosen.
    """
    if price_code and not (len(price_code) == 5 and price_code.isascii() and price_code.isdigit()):
        raise click.BadParameter("five digits: 5 for US dollars, then the price without its point (51695)", param_hint="--price-code")  # fmt: skip
    folder = book_folder(context, chosen)
    from milebook.app.cover import CoverRequest, cover
    from milebook.app.load import UnknownName
    from milebook.app.report import to_json
    from milebook.commands import terminal
    from milebook.commands.shared import finish

    request = CoverRequest(printer, paper, pages or 0, spine or 0.0, price_code, layout, guides, out)
    try:
        result = cover(folder, request)
    except UnknownName as error:
        raise click.UsageError(str(error)) from error
    ended = finish(result.findings, result.loaded.folder if result.loaded else None)
    if as_json:
        terminal.say(to_json(result.report).decode().rstrip("\n"))
    elif result.written:
        made = result.report
        wide, high = cast("list[float]", made["sheet"])
        terminal.say(
            f"{made['printer']}: {made['pages']} pages on {made['paper']} paper, spine {made['spine']} in, sheet {wide} x {high} in"
        )
        for path in result.written:
            terminal.say(f"wrote {terminal.printable(path)}")
    context.exit(ended)
