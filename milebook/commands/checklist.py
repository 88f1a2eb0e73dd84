"""The permissions checklist as lines for a terminal, and as CSV, workbook or JSON on standard output."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from milebook.commands.terminal import (
    BAD,
    DIM,
    GOOD,
    STRONG,
    bar,
    cells,
    fit,
    is_terminal,
    paint,
    printable,
    say_json,
    wrapped,
)

if TYPE_CHECKING:
    from milebook.app.load import Ready
    from milebook.permissions import PermissionItem


def by_story(loaded: Ready, items: Sequence[PermissionItem]) -> Iterator[str]:
    """Items under their chapters and stories, in book order."""
    if not items:
        yield "Nothing is open." if loaded.items else "Nothing in this book needs a permission."
        return
    titles = {chapter.id: f"{chapter.number}. {chapter.title}" for chapter in loaded.book.chapters}
    chapter = story = "-"  # no id begins so
    for item in items:
        if (item.chapter or item.subject.id) != chapter:
            chapter = item.chapter or item.subject.id
            yield paint(printable(titles.get(chapter, item.title)), STRONG, sys.stdout)
        if item.story != story:
            story = item.story
            if story:
                yield f"  {printable(item.title)}  {paint(printable(story), DIM, sys.stdout)}"
        yield from _lines(item, "    ", named=False)


def by_person(items: Iterable[PermissionItem]) -> Iterator[str]:
    """Items under the people to ask, people in the order in which the book needs them."""
    from milebook.permissions import by_person as people

    groups = people(items)
    if not groups:
        yield "Nothing is open."
    for signer, theirs in groups:
        still_open = sum(not item.clear for item in theirs)
        count = f"{still_open} of {len(theirs)} open" if still_open else "all clear"
        yield f"{paint(printable(signer or 'not known'), STRONG, sys.stdout)}  {paint(count, BAD if still_open else GOOD, sys.stdout)}"
        for item in theirs:
            yield from _lines(item, "  ", named=True)


def _lines(item: PermissionItem, indent: str, *, named: bool) -> Iterator[str]:
    from milebook.permissions.steps import Step

    mark = paint("✓", GOOD, sys.stdout) if item.clear else paint("☐", BAD, sys.stdout)
    what = item.label if named else item.brief
    if item.clear:
        why = "not needed: " + item.terms.reason if item.status == "not_needed" else item.status.replace("_", " ")
        yield from _row(f"{indent}{mark} ", f"{what}  ", why, DIM, indent + "    ")
        return
    yield from _row(f"{indent}{mark} ", f"{what}: ", item.why, BAD, indent + "    ")
    step = item.next_step
    if named:  # the name is the heading; the title may be in the label
        step = "" if item.step and item.step.step is Step.ASK and not item.find_out else step
        if item.title not in item.label:
            step = f"{step} ({item.title})" if step else item.title
    yield from _row(f"{indent}    ", f"{step}  " if step else "", item.agreement or item.item, DIM, indent + "    ")


def _row(start: str, plain: str, painted: str, color: str, hanging: str) -> Iterator[str]:
    """A line whose end is painted; on a terminal, as many lines as its width makes of it."""
    width = shutil.get_terminal_size().columns if is_terminal(sys.stdout) else 0
    plain, painted = printable(plain), printable(painted)
    lines = wrapped(plain + painted, width - cells(hanging)) if width else [plain + painted]
    left = len(plain.rstrip())
    for number, line in enumerate(lines):
        ours = line[:left] if left > 0 else ""
        theirs = line[len(ours) :]
        left -= len(line) + 1
        blank = theirs[: len(theirs) - len(theirs.lstrip())]
        yield (
            (hanging if number else start)
            + ours
            + blank
            + (paint(theirs.lstrip(), color, sys.stdout) if theirs.strip() else "")
        )


def picture(loaded: Ready) -> Iterator[str]:
    """How far each chapter is, and the whole book."""
    by_chapter: dict[str, list[PermissionItem]] = {}
    for item in loaded.items:
        by_chapter.setdefault(item.chapter, []).append(item)
    if "" in by_chapter:
        apart = dict.fromkeys(item.title for item in by_chapter[""])
        yield _bar(next(iter(apart)) if len(apart) == 1 else "Cover and other texts", by_chapter[""])
    for chapter in loaded.book.chapters:
        yield _bar(f"{chapter.number}. {chapter.title}", by_chapter.get(chapter.id, []))
    yield _bar("The whole book", loaded.items)


def _bar(name: str, items: Sequence[PermissionItem]) -> str:
    clear = sum(item.clear for item in items)
    share = clear / len(items) if items else 1.0
    count = f"{clear:,} of {len(items):,} clear" if items else "nothing needed"
    return f"{fit(name, 34)} {bar(share)}  {paint(count, GOOD if clear == len(items) else BAD, sys.stdout)}"


def write(loaded: Ready, items: Sequence[PermissionItem], form: str) -> None:
    """The items as "csv", "xlsx" or "json" on standard output and nothing else."""
    from milebook.permissions import CHECKLIST_COLUMNS, HIDDEN_COLUMNS, checklist_rows

    if form == "json":
        from milebook.app.report import permission_report

        say_json({"title": loaded.book.info.title, "date": loaded.book.info.date, **permission_report(items)})
        return
    from milebook.output.spreadsheets import rows_to_csv, rows_to_xlsx

    rows = checklist_rows(items)
    if form == "csv":
        data = rows_to_csv(CHECKLIST_COLUMNS, rows)
    else:
        from datetime import date

        from milebook.app.stamp import make_stamp

        stamp = make_stamp(loaded.book.info.date, {}, "permissions")
        data = rows_to_xlsx(
            {"Permissions": (CHECKLIST_COLUMNS, rows)}, created=date.fromisoformat(stamp.date), hidden=HIDDEN_COLUMNS
        )
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()
