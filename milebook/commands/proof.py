"""`milebook proof`: proofs to be marked up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from milebook.commands import terminal
from milebook.commands.making_files import cache_option, end_run, jobs_option, with_progress
from milebook.commands.shared import book_folder, folder_option, formats_option
from milebook.commands.usage_hints import Command
from milebook.writers import FORMATS

if TYPE_CHECKING:
    from milebook.app.load import Result


@click.command(cls=Command)
@click.argument("chapters", metavar="[CHAPTER]...", nargs=-1)
@folder_option
@click.option("--contributor", "contributors", is_flag=True, help="One proof a contributor, with an approval slip.")
@formats_option(tuple(name for name, one in FORMATS.items() if one.for_proofs))
@click.option("--since", default="", metavar="BUILD", help="Only chapters that changed since a proof, changes marked.")
@click.option("--layout", default="proof", metavar="NAME", help="Another layout than “proof”.")
@cache_option
@jobs_option
@click.pass_context
def command(
    context: click.Context, /, chapters: tuple[str, ...], chosen: str | None, contributors: bool, **asked: Any
) -> None:
    """Make one proof per chapter in build/proofs/: all chapters, or the ones named.

    With --contributor, one for each contributor (or for those named, by name or story): their own stories, photos and
    captions, how they will be named, and an approval slip to sign.
    """
    folder = book_folder(context, chosen)
    from milebook.app.proof import proof
    from milebook.app.proof_choice import ProofRequest

    named: dict[str, Any] = {"names": chapters} if contributors else {"chapters": chapters}
    request = ProofRequest(contributors=contributors, **named, **asked)
    end_run(context, with_progress("Proofs", lambda progress: proof(folder, request, progress)), show=_show)


def _show(outcome: Result) -> None:
    if outcome.refused:
        terminal.say(f"Nothing was written. {terminal.count_line(outcome.findings)}.")
    elif not outcome.written:
        terminal.say("Nothing has changed: there is no proof to make.")
    if outcome.elsewhere and outcome.written:
        more = "1 more finding is" if outcome.elsewhere == 1 else f"{outcome.elsewhere:,} more findings are"
        terminal.complain(f"{more} about the rest of the book: “milebook check” shows them all.")
    terminal.say_lines(f"wrote {path}" for path in outcome.written)
