"""`milebook build`: the drafts of the week, or the final book."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from milebook.commands import terminal
from milebook.commands.making_files import cache_option, end_run, jobs_option, with_progress
from milebook.commands.option_values import Choice
from milebook.commands.shared import book_folder, folder_argument, folder_option, formats_option, out_option
from milebook.commands.usage_hints import Command
from milebook.model.codes import errors
from milebook.writers import FORMATS

if TYPE_CHECKING:
    from milebook.app.up_to_date import Recalled


@click.command(cls=Command)
@folder_argument
@folder_option
@formats_option(tuple(FORMATS))
@click.option("--layout", default="", metavar="NAME", help="One layout for all formats: manuscript, trade, a5 …")
@click.option("--chapter", "chapters", multiple=True, metavar="ID", help="Only this chapter (repeatable).")
@click.option("--final", is_flag=True, help="The book itself: refuses while anything is not clear.")
@click.option(
    "--edition", type=Choice(["reading", "print"]), default="reading", help="PDF for screens or for the printer."
)
@click.option("--without-uncleared", is_flag=True, help="Leave out what has no permission yet.")
@out_option
@cache_option
@click.option("--tidy", is_flag=True, help="Then remove files whose names have an old title or chapter.")
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--json", "as_json", is_flag=True, help="Print build.json instead of a summary.")
@jobs_option
@click.pass_context
def command(
    context: click.Context, /, given: str | None, chosen: str | None, chapters: tuple[str, ...], out: str, as_json: bool,
    **asked: Any,
) -> None:  # fmt: skip
    """Make the DOCX, PDF and EPUB drafts in build/.

    Drafts end with Draft notes: word counts and the permissions checklist. --final leaves them out, and writes nothing
    while a permission is open, a query is unanswered or the title is a working title.
    """
    folder = book_folder(context, chosen, given)
    from milebook.app.request import Request
    from milebook.app.up_to_date import recall

    request = Request(chapters=tuple(dict.fromkeys(chapters)), out=_out(folder, out), **asked)
    recalled = recall(folder, request)
    if recalled is not None:
        context.exit(_unchanged(folder, _tidied(folder, recalled) if request.tidy else recalled, as_json))
    from milebook.app.build import build
    from milebook.commands.summary import show_outcome

    outcome = with_progress("Building", lambda progress: build(folder, request, progress), shown=not as_json)
    end_run(context, outcome, as_json=as_json, show=show_outcome)


def _out(folder: Path, written: str) -> str:
    """The output folder, counted from the book folder where it lies in it, with "/" between its parts."""
    path = os.path.normpath(written or "build")
    if os.path.isabs(path):  # noqa: PTH117 - any text may come, also such as makes Path raise
        with suppress(ValueError):
            path = Path(path).relative_to(os.path.realpath(folder)).as_posix()
    return path.replace(os.sep, "/")


def _tidied(folder: Path, recalled: Recalled) -> Recalled:
    """The same after removing outdated files."""
    from milebook.app.publish import tidy
    from milebook.model.slugs import slug
    from milebook.source import BookFolder

    chapters = [chapter["id"] for chapter in recalled.report["chapters"]]
    removed, findings = tidy(BookFolder(folder), slug(recalled.report["title"]), chapters)
    return recalled._replace(findings=[*recalled.findings, *findings], removed=removed)


def _unchanged(folder: Path, recalled: Recalled, as_json: bool) -> int:
    """Show what the last build showed; its exit status."""
    from milebook.commands.summary import show_again

    if recalled.findings:
        from milebook.app.source_lines import with_quotes
        from milebook.source import BookFolder

        terminal.show_findings(with_quotes(recalled.findings, BookFolder(folder)))
    if as_json:
        terminal.say_json(recalled.report)
    else:
        show_again(recalled)
    return 1 if errors(recalled.findings) else 0
