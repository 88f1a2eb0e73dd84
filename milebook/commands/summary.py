"""What a build and `status` show at a glance: bars per chapter, stories over the limit, open permissions."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from milebook.commands.terminal import BAD, DIM, GOOD, STRONG, bar, count_line, fit, paint, printable, say, say_lines

if TYPE_CHECKING:
    from milebook.app.load import Ready, Result
    from milebook.app.up_to_date import Recalled
    from milebook.checks.word_counts import BookCounts, ChapterCounts

SHOWN = 12  # open permissions and long stories named one by one


class Item(NamedTuple):
    """What is shown of a permission."""

    chapter: str
    clear: bool
    label: str
    signer: str
    why: str


class Glance(NamedTuple):
    """What is shown of a book."""

    title: str
    working_title: bool
    counts: BookCounts
    items: Sequence[Item]


def glance(loaded: Ready) -> Glance:
    """What is shown of a book that was read."""
    items = [Item(one.chapter, one.clear, one.label, one.signer, one.why) for one in loaded.items]
    return Glance(loaded.book.info.title, loaded.book.info.working_title, loaded.counts, items)


def glance_again(report: dict[str, Any], working_title: bool) -> Glance:
    """The same from the document of build.json."""
    from milebook.checks.word_counts import BookCounts, ChapterCounts, StoryCounts, Zones

    chapters = tuple(
        ChapterCounts(
            chapter["id"], chapter["number"], chapter["title"], chapter["words"],
            tuple(StoryCounts(**story, zones=Zones()) for story in chapter["stories"]), Zones(),
        )
        for chapter in report["chapters"]
    )  # fmt: skip
    words = report["words"]
    counts = BookCounts(words["body"], words["manuscript"], words["target"], chapters, Zones())
    items = [Item(i["chapter"], i["clear"], i["label"], "", i["why"]) for i in report["permissions"]["items"]]
    return Glance(report["title"], working_title, counts, items)


def show_outcome(outcome: Result) -> None:
    """The end of a build: what was written, the chapters, what is open; or that nothing was written, and why."""
    from milebook.app.load import Ready

    loaded = outcome.loaded
    if outcome.refused:
        say(paint("Nothing was written.", BAD, sys.stdout) + f" {count_line(outcome.findings)}.")
        return
    if isinstance(loaded, Ready):
        for line in (
            *overview(glance(loaded), named=0),
            *extent(outcome.report, real=True),
            *white_pages(outcome.report),
        ):
            say(line)
        say()
    _show_files("wrote", outcome)


def show_again(recalled: Recalled) -> None:
    """The end of a build that had nothing to do: the same, but for the word before the files."""
    again = overview(glance_again(recalled.report, recalled.working_title), named=0)
    for line in (*again, *extent(recalled.report, real=True), *white_pages(recalled.report)):
        say(line)
    say()
    _show_files("unchanged", recalled)


def _show_files(what: str, ended: Result | Recalled) -> None:
    say_lines(f"left out: {line}" for line in ended.left_out)
    say_lines(f"{what} {path}" for path in ended.written)
    say_lines(f"removed {path}" for path in ended.removed)
    found = count_line(ended.findings)
    if found:
        say(found)


def overview(book: Glance, named: int = SHOWN) -> Iterator[str]:
    """Title, chapters with bars, totals, then what stands out; `named` open permissions are named one by one."""
    counts = book.counts
    working = " (working title)" if book.working_title else ""
    yield paint(printable(book.title), STRONG, sys.stdout) + working
    yield ""
    yield from chapters(book.items, counts)
    yield ""
    yield from totals(counts)
    yield from over_limit(counts)
    yield from permissions(book.items, named)


def chapters(items: Sequence[Item], counts: BookCounts) -> Iterator[str]:
    """A table of the chapters: stories, photos, words and open permissions."""
    still_open = Counter(item.chapter for item in items if not item.clear)
    longest = max((chapter.words for chapter in counts.chapters), default=1) or 1
    yield paint(f"{'chapter':<34} {'stories':>7} {'photos':>6} {'words':>7}  {'':20}  {'open':>5}", DIM, sys.stdout)
    for chapter in counts.chapters:
        photos = sum(story.photos for story in chapter.stories)
        number = f"{chapter.number}. {chapter.title}"
        line = f"{fit(number, 34)} {len(chapter.stories):>7} {photos:>6} {chapter.words:>7,}  {bar(chapter.words / longest)}"
        opened = still_open[chapter.id]
        yield f"{line}  {paint(f'{opened:>5}', BAD if opened else GOOD, sys.stdout)}{_over_mark(chapter)}"


def _over_mark(chapter: ChapterCounts) -> str:
    over = sum(story.over for story in chapter.stories)
    return paint(f"  {over} over the limit", BAD, sys.stdout) if over else ""


def totals(counts: BookCounts) -> Iterator[str]:
    """The words of the whole book, and how far that is from what was planned."""
    stories = sum(len(chapter.stories) for chapter in counts.chapters)
    yield f"{stories:,} {'story' if stories == 1 else 'stories'}, {counts.body:,} words; the whole manuscript has {counts.manuscript:,} (rule mb-1)"
    if counts.target:
        share = counts.manuscript / counts.target
        yield f"of {counts.target:,} words planned  {bar(share)}  {share:.0%}"


def extent(report: Mapping[str, Any], *, real: bool = False) -> Iterator[str]:
    """The castoff of a report; with `real` only beside the pages that were made."""
    castoff = report.get("castoff")
    if not castoff or (real and not castoff["pages"]):
        return
    book = castoff["book"]
    estimate = f"about {book['pages']:,} printed pages at {castoff['trim']} (from {book['low']:,} to {book['high']:,})"
    notes = " with the draft notes" if report["mode"] == "draft" else ""
    yield f"{castoff['pages']:,} pages{notes}; castoff: {estimate}" if real else f"castoff: {estimate}"


def white_pages(report: Mapping[str, Any]) -> Iterator[str]:
    """The pages that the text leaves half empty, with the story that a cut or a few words more would mend."""
    pages = report.get("pages") or []
    for page in pages[:SHOWN]:
        of = f" of {printable(page['file'])}" if page.get("file") else ""
        yield f"page {page['page']}{of}: {page['white']:.0f} lines white at the foot, in {printable(page['title'])}"
    if len(pages) > SHOWN:
        yield f"… and {len(pages) - SHOWN} more pages with white at the foot (“milebook build --json” lists them)"


def over_limit(counts: BookCounts) -> Iterator[str]:
    """The stories that are too long."""
    over = [story for chapter in counts.chapters for story in chapter.stories if story.over]
    for story in over[:SHOWN]:
        yield (
            paint("over the limit", BAD, sys.stdout)
            + f"  {printable(story.title)}: {story.words} words of {story.limit}"
        )
    if len(over) > SHOWN:
        yield f"… and {len(over) - SHOWN} more stories over the limit"


def permissions(items: Sequence[Item], named: int) -> Iterator[str]:
    """How many permissions are clear, and the first `named` of those that are open."""
    if not items:
        yield "permissions: nothing in this book needs one"
        return
    opened = [item for item in items if not item.clear]
    share = 1 - len(opened) / len(items)
    yield f"permissions: {len(items) - len(opened):,} of {len(items):,} clear  {bar(share)}  {len(opened):,} open"
    for item in opened[:named]:
        who = f" ({printable(item.signer)})" if item.signer else ""
        yield f"  {paint('open', BAD, sys.stdout)}  {printable(item.label)}{who}: {printable(item.why)}"
    if len(opened) > named:
        first = f"… and {len(opened) - named} more: " if named else ""
        yield f"  {first}“milebook permissions --open” shows them all"
