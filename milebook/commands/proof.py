"""`milebook proof`: proofs to be marked up."""

from __future__ import annotations

import click

from milebook.commands.shared import book_folder, folder_option, formats_option
from milebook.writers import FORMATS


@click.command()
@click.argument("chapters", metavar="[CHAPTER]...", nargs=-1)
@folder_option
@click.option("--contributor", "contributors", is_flag=True, help="One proof a contributor, with an approval slip.")
@formats_option(tuple(name for name, one in FORMATS.items() if one.for_proofs))
@click.option("--since", default="", metavar="BUILD", help="Only chapters that changed since a proof, changes marked.")
@click.option("--layout", default="proof", metavar="NAME", help="Another layout than “proof”.")
@click.option("--no-cache", is_flag=True, help="Make everything anew.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=None, metavar="N", help="How many processes may work at once."
)
@click.pass_context
def command(
    context: click.Context,
    chapters: tuple[str, ...],
    chosen: str | None,
    contributors: bool,
    formats: tuple[str, ...],
    since: str,
    layout: str,
    no_cache: bool,
    jobs: int | None,
) -> None:
    """Make one proof per chapter in build/proofs/: all chapters, or the ones named.

    With --contributor, one for each contributor (or for those named, by name or story): their own stories, photos and
    captions, how they will be named, and an approval slip to sign.
    """
    folder = book_folder(context, chosen)
    from milebook.app.load import UnknownName
    from milebook.app.proof import ProofRequest, proof
    from milebook.commands import terminal
    from milebook.commands.shared import finish

    request = ProofRequest(
        chapters=() if contributors else chapters,
        contributors=contributors,
        names=chapters if contributors else (),
        formats=formats,
        since=since,
        layout=layout,
        cache=not no_cache,
        jobs=jobs or 0,
    )
    try:
        with terminal.progress("Proofs", wanted=True) as progress:
            outcome = proof(folder, request, progress)
    except UnknownName as error:
        raise click.UsageError(str(error)) from None
    status = finish(outcome.findings, outcome.loaded.folder if outcome.loaded else None)
    if outcome.refused:
        terminal.say(f"Nothing was written. {terminal.count_line(outcome.findings)}.")
    elif not outcome.written:
        terminal.say("Nothing has changed: there is no proof to make.")
    for path in outcome.written:
        terminal.say(f"wrote {terminal.printable(path)}")
    context.exit(1 if outcome.refused else status)
