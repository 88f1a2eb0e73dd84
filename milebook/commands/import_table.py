"""The plan of an import as a table that can be read in eighty columns, its sums, and what to type next."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from milebook.commands.terminal import BAD, DIM, GOOD, STRONG, fit, paint, printable, say
from milebook.model.plurals import counted

if TYPE_CHECKING:
    from milebook.app.import_stories import Imported
    from milebook.intake.plan import PlanItem

COLORS = {"new": GOOD, "unreadable": BAD, "changed": "1;33", "correction": "1;33", "alike": "1;33"}
MOST_ANSWERS = 12  # numbers that are named
MOST_CUT = 6  # lines of a cut that are shown


def show(done: Imported, *, details: bool) -> None:
    """The table, then what was written or what to type to write it."""
    items = done.plan.items
    if not items:
        return
    width = max(70, min(120, shutil.get_terminal_size((80, 24)).columns))
    source = ""
    for item in items:
        if item.found.source != source:
            source = item.found.source
            say(paint(fit(source, width).rstrip(), STRONG, sys.stdout))
            say(paint(_head(width), DIM, sys.stdout))
        for line in _lines(item, width, done.limit, details):
            say(line)
    say()
    say(_sums(done))
    for line in _answers(done):
        say(line)
    say(_next(done))


def _widths(width: int) -> tuple[int, int]:
    """Of the name and of the title; the other columns are as wide as they are."""
    room = width - 4 - 1 - 10 - 1 - 10 - 1 - 1 - 6 - 1 - 2
    name = max(14, room * 2 // 5)
    return name, room - name


def _head(width: int) -> str:
    name, title = _widths(width)
    return f"{'':>4} {'':10} {'received':10} {'from':{name}} {'title':{title}} {'words':>6} {'ph':>2}".rstrip()


def _lines(item: PlanItem, width: int, limit: int, details: bool) -> list[str]:
    found = item.found
    name, title = _widths(width)
    who = found.name or found.email
    words = f"{item.words:,}" + ("!" if limit and item.words > limit and item.verdict == "new" else "")
    verdict = paint(f"{item.verdict:10}", COLORS.get(item.verdict, DIM), sys.stdout)
    photos = str(len(item.photos)) if item.photos else ""
    lines = [
        f"{item.n:>4} {verdict} {found.received:10} {fit(who, name)} {fit(item.title, title)} {words if item.words else '':>6} {photos:>2}".rstrip()
    ]
    inner = " " * 16
    remarks = []
    if item.why:
        remarks.append(item.why)
    remarks += item.notes if details or item.verdict in ("new", "answer") else item.notes[:0]
    if item.verdict == "new" and found.cuts:
        count = sum(len(cut.split()) for cut in found.cuts)
        what = "quoted mail or signature" if found.kind == "email" else "the byline"
        remarks.append(f"cut: {counted(count, 'word')} of {what}" if not details else "cut:")
    for one in remarks:
        lines += _wrapped(one, inner, width)
        if details and one == "cut:":
            for cut in found.cuts:
                lines += [f"{inner}  | {fit(line, width - 20).rstrip()}" for line in cut.split("\n")[:MOST_CUT]]
    if details and item.text:
        for line in item.text.split("\n")[:4]:
            lines += _wrapped(line, inner + "> ", width)[:3]
    return lines


def _wrapped(text: str, indent: str, width: int) -> list[str]:
    """Words in lines of a width, with everything a terminal might act on made harmless."""
    import textwrap

    return (
        textwrap.wrap(printable(text), width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)
        or []
    )


def _sums(done: Imported) -> str:
    counts = ", ".join(f"{count} {verdict}" for verdict, count in done.plan.counts.items())
    count = len(done.plan.items)
    return f"{counted(count, 'item')} found: {counts}."


def _answers(done: Imported) -> Iterator[str]:
    """Which new stories came with an answer about being printed that is no plain yes."""
    numbers = [str(item.n) for item in done.plan.new if item.found.answer]
    if numbers:
        of_some = "number" if len(numbers) == 1 else "numbers"
        more = f" and {len(numbers) - MOST_ANSWERS} more" if len(numbers) > MOST_ANSWERS else ""
        yield (
            f"Look at {of_some} {', '.join(numbers[:MOST_ANSWERS])}{more}: asked whether it may be printed, "
            f"{'its writer' if len(numbers) == 1 else 'their writers'} did not plainly say yes."
        )


def _written(done: Imported) -> str:
    new, kept = len(done.plan.new), sum(bool(item.evidence) for item in done.plan.items)
    answers = f"{counted(kept, 'answer was', 'answers were')} kept as evidence" if kept else ""
    if not new:
        return f"{answers}; nothing is granted by that."
    stories = (
        f"{counted(new, 'story was', 'stories were')} written, {len(done.written) + 1} files in all, with the index"
    )
    return f"{stories}; {answers}." if answers else f"{stories}."


def _next(done: Imported) -> str:
    new = len(done.plan.new)
    if done.applied and done.written:
        return f"{_written(done)} “milebook undo” takes it back; “milebook status --inbox” shows what comes next."
    if done.applied:
        return "There is nothing new; nothing was written."
    if done.findings:
        return "Nothing was written."
    answers = sum(bool(item.evidence) for item in done.plan.items)
    if answers and not new:
        return f"Nothing was written yet. Repeat the command with --apply to keep {'the answer' if answers == 1 else f'the {answers} answers'} as evidence."
    if not new:
        return "There is nothing new. Nothing was written."
    return f"Nothing was written yet. Repeat the command with --apply to write {'the new story' if new == 1 else f'the {new} new stories'}."
