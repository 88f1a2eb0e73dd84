"""`milebook export`: the publisher's package, or a check of one."""

from __future__ import annotations

from typing import Any

import click

from milebook.commands import terminal
from milebook.commands.making_files import cache_option, end_run, jobs_option, with_progress
from milebook.commands.shared import book_folder, folder_option
from milebook.commands.usage_hints import Command


@click.command(cls=Command)
@folder_option
@click.option("--draft", is_flag=True, help="Make a package although something is open, and mark it so.")
@click.option(
    "--profile", default="press", metavar="NAME", help="The house's layout: press (default), house, or your own."
)
@click.option("--with-evidence", is_flag=True, help="Add the signed agreements and the private log.")
@click.option(
    "--verify", "package", metavar="PACKAGE", default=None, help="Check a package, folder or zip, against its manifest."
)
@cache_option
@click.option("--json", "as_json", is_flag=True, help="Print what was made as one JSON document.")
@jobs_option
@click.pass_context
def command(context: click.Context, /, chosen: str | None, package: str | None, as_json: bool, **asked: Any) -> None:
    """Make the publisher's package under build/export/, as a folder and a zip.

    Refuses until every permission is clear, every query answered and the title decided. --draft makes it all the same,
    and says so in its name and in every text.
    """
    if package is not None:
        context.exit(_verify(package, chosen))
    folder = book_folder(context, chosen)
    from milebook.app.export import export
    from milebook.app.package_files import ExportRequest

    request = ExportRequest(**asked)
    outcome = with_progress("Package", lambda progress: export(folder, request, progress), shown=not as_json)
    end_run(context, outcome, as_json=as_json)


def _verify(package: str, chosen: str | None) -> int:
    """Check a package, which may be one of the book's own by its bare name; the exit status."""
    from pathlib import Path

    from milebook.app.export import verify

    checked, findings = verify(Path(package), Path(chosen or "."))
    terminal.show_findings(findings)
    if not findings:
        terminal.say(f"{checked} files are what was sent.")
    return 1 if findings else 0
