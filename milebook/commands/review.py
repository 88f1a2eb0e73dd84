"""`milebook review`: what came back from the editors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from milebook.commands.option_values import number_reader
from milebook.commands.shared import book_folder, finish, folder_option, usage_errors
from milebook.commands.terminal import printable, say, say_json
from milebook.commands.usage_hints import Command
from milebook.model.plurals import counted

if TYPE_CHECKING:
    from milebook.app.review_request import ReviewOutcome
    from milebook.review.changes import Change
    from milebook.review.whole_review import PlacedComment, Review

_read_numbers = number_reader("is not a number of a change, such as 3 or 3-5")
_LONGEST = 160  # characters of words shown in the terminal
_STATES = {
    "unchanged": "unchanged",
    "changed": "",
    "conflict": "conflict: author and editor changed the same words",
    "missing": "missing or wholly deleted: nothing will be removed",
}


@click.command(cls=Command)
@click.argument("files", metavar="RETURNED.docx...", nargs=-1, required=True)
@folder_option
@click.option("--apply", is_flag=True, help="Merge the changes into the stories.")
@click.option(
    "--only",
    default="",
    metavar="N,N",
    callback=_read_numbers,
    help="With --apply: only the changes with these numbers.",
)
@click.option("--author", default="", metavar="NAME", help="With --apply: only one person's changes.")
@click.option("--story", "stories", multiple=True, metavar="ID", help="Only this story (may be repeated).")
@click.option(
    "--against", default="", metavar="BUILD", help="The proof that the file comes from, if the file does not say."
)
@click.option("--comments", is_flag=True, help="With --apply: keep comments as queries in the stories.")
@click.option("--html", default="", metavar="FILE", help="Write the report as a page with the text marked.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.pass_context
def command(context: click.Context, /, chosen: str | None, html: str, as_json: bool, **asked: Any) -> None:
    """Show what an editor changed and said in a proof that came back as a Word file.

    Nothing is changed without --apply. Several files of one proof are reviewed together, with their changes side by side.
    """
    from milebook.app.review import review
    from milebook.app.review_request import ReviewRequest

    folder = book_folder(context, chosen)
    with usage_errors():
        outcome = review(folder, ReviewRequest(**asked))
    if html and outcome.review is not None:
        from milebook.app.review_page import write_page

        outcome.findings += write_page(folder, html, outcome)
    if as_json:
        say_json(_document(outcome))
    else:
        for line in _lines(outcome):
            say(line)
    context.exit(finish(outcome.findings, outcome.folder))


def _document(outcome: ReviewOutcome) -> dict[str, object]:
    """What --json prints."""
    from milebook.app.report import finding_report

    empty: dict[str, object] = {"build": "", "applied": False, "stories": [], "unplaced": []}
    return (outcome.report or empty) | {"findings": finding_report(outcome.findings)}


def _lines(outcome: ReviewOutcome) -> Iterator[str]:
    made = outcome.review
    if made is None:
        return
    if outcome.lines:
        yield from (printable(line) for line in outcome.lines)
        return
    yield f"Proof of build {made.proof.build}: {', '.join(printable(name) for name in made.files)}"
    for story in made.stories:
        if not story.changes and not story.comments and story.state == "unchanged":
            continue
        yield ""
        state = _STATES[story.state]
        yield f"{printable(story.owner.id)}{f' — {state}' if state else ''}"
        for change in story.changes:
            yield from _change_lines(change, made)
        for placed in story.comments:
            yield from _comment_lines(placed)
        for one, other in story.clashes:
            yield f"  changes {one.number} and {other.number} touch the same words"
    if made.unplaced:
        yield ""
        yield "Could not be placed:"
        yield from (f"  {printable(_short(text))}" for text in made.unplaced)
    yield ""
    quiet = sum(story.state == "unchanged" for story in made.stories)
    count, comments = len(made.changes), sum(len(story.comments) for story in made.stories)
    yield (
        f"{counted(count, 'change')}, {counted(comments, 'comment')}, {counted(quiet, 'story', 'stories')} unchanged"
    )
    if count:
        yield "Merge them with --apply, or some of them with --only, --author or --story."


def _change_lines(change: Change, made: Review) -> Iterator[str]:
    from milebook.review.between_stories import into

    who = change.author or ("changed without tracking" if not change.tracked else "no name")
    when = f", {change.date[:10]}" if change.date else ""
    where = f", {made.files[change.file]}" if len(made.files) > 1 else ""
    before, after = _short(change.before), _short(change.after)
    both = before and after and change.kind != "move"
    what = f"“{before}” → “{after}”" if both else f"“{before or after}”"
    yield printable(f"  {change.number:>3}. {change.part:<12} {change.kind:<8} {what}")
    goes = f"; goes into {made.proof.owners[into(change)].id}" if into(change) else ""
    by_hand = f"; to be made by hand: {change.by_hand}" if change.by_hand else ""
    yield printable(f"       {who}{when}{where}{goes}{by_hand}")


def _comment_lines(placed: PlacedComment) -> Iterator[str]:
    comment = placed.comment
    resolved = " (resolved)" if comment.resolved else ""
    on = f" on “{_short(placed.on)}”" if placed.on else ""
    yield printable(f"  {placed.part}: {comment.author or 'no name'}{on}{resolved}: {' '.join(comment.text.split())}")
    for reply in comment.replies:
        yield printable(f"       {reply.author or 'no name'} replies: {' '.join(reply.text.split())}")


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST * 2 // 3]} … {text[-_LONGEST // 4 :]}"
