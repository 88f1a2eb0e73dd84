"""`milebook export`: the publisher's package, or a check of one."""

from __future__ import annotations

import click

from milebook.commands.shared import book_folder, folder_option


@click.command()
@folder_option
@click.option("--draft", is_flag=True, help="Make a package although something is open, and mark it so.")
@click.option(
    "--profile", default="press", metavar="NAME", help="The house's layout: press (default), house, or your own."
)
@click.option("--with-evidence", is_flag=True, help="Add the signed agreements and the private log.")
@click.option(
    "--verify", "package", metavar="PACKAGE", default=None, help="Check a package, folder or zip, against its manifest."
)
@click.option("--no-cache", is_flag=True, help="Make everything anew.")
@click.option("--json", "as_json", is_flag=True, help="Print what was made as one JSON document.")
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=None, metavar="N", help="How many processes may work at once."
)
@click.pass_context
def command(
    context: click.Context,
    chosen: str | None,
    draft: bool,
    profile: str,
    with_evidence: bool,
    package: str | None,
    no_cache: bool,
    as_json: bool,
    jobs: int | None,
) -> None:
    """Make the publisher's package under build/export/, as a folder and a zip.

    Refuses until every permission is clear, every query answered and the title decided. --draft makes it all the same,
    and says so in its name and in every text.
    """
    from milebook.commands import terminal
    from milebook.commands.shared import finish

    if package is not None:
        from pathlib import Path

        from milebook.app.export import verify

        checked, findings = verify(Path(package))
        terminal.show_findings(findings)
        if not findings:
            terminal.say(f"{checked} files are what was sent.")
        context.exit(1 if findings else 0)
    folder = book_folder(context, chosen)
    from milebook.app.export import ExportRequest, export
    from milebook.app.load import UnknownName
    from milebook.app.report import to_json

    request = ExportRequest(profile, draft, with_evidence, cache=not no_cache, jobs=jobs or 0)
    try:
        with terminal.progress("Package", wanted=not as_json) as progress:
            outcome = export(folder, request, progress)
    except UnknownName as error:
        raise click.UsageError(str(error)) from None
    status = finish(outcome.findings, outcome.loaded.folder if outcome.loaded else None)
    if as_json:
        terminal.say(to_json(outcome.report).decode().rstrip("\n"))
    elif outcome.refused:
        terminal.say(f"Nothing was written. {terminal.count_line(outcome.findings)}.")
    else:
        for path in outcome.written:
            terminal.say(f"wrote {terminal.printable(path)}")
    context.exit(1 if outcome.refused else status)
