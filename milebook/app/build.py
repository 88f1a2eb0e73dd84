"""`milebook build` and `milebook check`: a book folder in, the drafts of a request out, with their lists, build.json and a record."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path

from milebook import __version__
from milebook.app import report, up_to_date
from milebook.app.load import (
    Loaded,
    Outcome,
    UnknownName,
    begun,
    blocked,
    errors,
    known_layout,
    refused,
    settled,
    with_quotes,
)
from milebook.app.request import Request
from milebook.app.stamp import make_stamp
from milebook.assemble.without_uncleared import without_uncleared
from milebook.cache.store import Store
from milebook.checks.book import check_final
from milebook.checks.castoff import castoff_report
from milebook.checks.word_counts import count_book
from milebook.compose import compose
from milebook.layout import Layout, read_layout
from milebook.model.book import Book
from milebook.model.draft import Draft, Stamp
from milebook.model.findings import Finding, Place
from milebook.model.slugs import slug
from milebook.output import Scales, Staged, Staging
from milebook.permissions import gate, items
from milebook.photos import PhotoPreparer
from milebook.source import BookFolder
from milebook.writers import FORMATS, Options, Written
from milebook.writers.schedule import Job, Progress, Second, nothing_to_do, print_all, second_press, silent

# those that nobody else tidies at the end of a run
STORES = ("covers", "hyphens", "lines", "lists", "shells", "verdicts")


def build(root: Path, request: Request, progress: Progress = silent, *, dry: bool = False) -> Outcome:
    """Make the files of a request and write them all, or none. `dry` makes them and writes nothing."""
    with second_press(request.formats, request.jobs) as second:
        return _build(root, request, progress, second, dry)


def _build(root: Path, request: Request, progress: Progress, second: Second | None, dry: bool) -> Outcome:
    progress("reading", 0.0)
    out = root / request.out
    cache = str(out / ".cache") if request.cache and not dry else ""
    names = up_to_date.names_digest(root, request.out) if cache else ""
    loaded, ended = begun(root, "" if dry else request.out, cache, request)
    if ended is not None:
        return ended
    assert loaded.book is not None
    findings = loaded.findings
    left_out: tuple[str, ...] = ()
    if request.without_uncleared:
        left_out = leave_out_uncleared(loaded)
        if not loaded.book.stories:
            return refused(loaded, [*findings, nothing_clear(loaded)], None, request)
    findings += gate(loaded.items, request.mode)
    if request.final:
        findings += check_final(loaded.book)
        if errors(findings):
            return refused(loaded, findings, None, request)
    known_layout(loaded.folder, request.layout)
    _known_chapters(loaded.book, request.chapters)
    layouts, layout_findings = _layouts(loaded.folder, request)
    findings += layout_findings
    if errors(layout_findings):
        return refused(loaded, findings, None, request)
    stamp = _stamp(loaded, request)
    loaded.pack.save()
    preparer = PhotoPreparer(loaded.folder, cache)
    jobs = [
        Job(FORMATS[kind], partial(_draft, loaded, layout, stamp, request), layout) for kind, layout in layouts.items()
    ]
    title = slug(loaded.book.info.title) + "".join(f"-{chapter}" for chapter in request.chapters)
    files = {kind: f"{title}{FORMATS[kind].suffix}" for kind in layouts}
    with Scales() if dry else Staging(out, loaded.folder) as staging:

        def stage(kind: str, made: Written) -> None:
            staging.add(files[kind], made.file)

        def stage_lists() -> None:
            from milebook.app.lists import lists  # loaded while the PDF is being made

            for name, data in lists(loaded.counts, loaded.items, stamp.date, cache).items():
                staging.add(name, data)

        written, press_findings = print_all(
            jobs,
            preparer,
            Options(edition=request.edition, cache=cache),
            processes=request.jobs,
            progress=progress,
            second=second,
            ready=stage,
            meanwhile=nothing_to_do if dry else stage_lists,
        )
        findings += press_findings
        findings += loaded.folder.changed_findings()
        findings = settled(findings, request.strict)
        if blocked(findings):
            return refused(loaded, findings, stamp, request)
        sums, problems = staging.sums()
        if problems:
            return refused(loaded, [*findings, *problems], stamp, request)
        outputs = {f"{request.out}/{name}": (kind, sums[name]) for kind, name in files.items()}
        pages = 0 if request.chapters else next((made.page_count for made in written.values() if made.page_count), 0)
        document = report.build_report(
            loaded.book,
            loaded.counts,
            loaded.items,
            findings,
            outputs,
            stamp=stamp,
            version=__version__,
            mode=request.mode,
            layout=request.layout or "trade",
            left_out=left_out,
            castoff=castoff_report(loaded.book, _printed(layouts), pages),
        )
        outcome = Outcome(findings, document, () if dry else tuple(outputs), left_out=left_out, loaded=loaded)
        if dry:
            return outcome
        problems = staging.commit({"build.json": report.to_json(document)})
        if errors(problems):
            return refused(loaded, [*findings, *problems], stamp, request)
        preparer.finish()
        for store in STORES if cache else ():
            Store(f"{cache}/{store}").prune()
        if cache and not problems:
            _record(outcome, root, request, names, staging.sums()[0])
    outcome.findings = [*findings, *problems]
    return outcome


def _record(outcome: Outcome, root: Path, request: Request, names: str, outputs: Mapping[str, Staged]) -> None:
    """Leave a record for `up_to_date.recall`, with all that a build shows."""
    loaded = outcome.loaded
    assert loaded is not None
    assert loaded.book is not None
    said = up_to_date.Recalled(
        with_quotes(outcome.findings, loaded.folder),
        {},
        outcome.written,
        outcome.left_out,
        loaded.book.info.working_title,
    )
    read = {path: up_to_date.Seen(*seen) for path, seen in loaded.folder.seen().items()}
    up_to_date.keep(root, request, names, read, outputs, said)


def check(root: Path, *, strict: bool = False) -> Outcome:
    """Every finding of a build in every format; nothing is written."""
    outcome = build(root, Request(strict=strict), dry=True)
    outcome.findings = settled(outcome.findings, strict)
    return outcome


def leave_out_uncleared(loaded: Loaded) -> tuple[str, ...]:
    """Replace the Book by the one that could be printed today; the lines say what was left out."""
    assert loaded.book is not None
    loaded.book, lines = without_uncleared(loaded.book, loaded.items)
    loaded.counts = count_book(loaded.book)
    loaded.items, _ = items(loaded.book, loaded.folder, loaded.book.info.date)
    return tuple(lines)


def nothing_clear(loaded: Loaded) -> Finding:
    place = Place(loaded.index.path) if loaded.index else Place("")
    return Finding("MB181", "no story is clear, so there is no book that could be printed today", place,
                   "“milebook permissions --open” lists what is missing and whom to ask")  # fmt: skip


def _known_chapters(book: Book, wanted: Collection[str]) -> None:
    known = [chapter.id for chapter in book.chapters]
    for chapter in wanted:
        if chapter not in known:
            raise UnknownName(f"there is no chapter “{chapter}”; the chapters are {', '.join(known)}")


def _layouts(folder: BookFolder, request: Request) -> tuple[dict[str, Layout], list[Finding]]:
    names = {kind: request.layout or FORMATS[kind].default_layout for kind in request.formats}
    read: dict[str, Layout] = {}  # by name: two formats often share one
    findings: list[Finding] = []
    for name in dict.fromkeys(names.values()):
        layout, found = read_layout(name, folder)
        findings += [f for f in found if f not in findings]
        if layout is None:
            return {}, findings
        read[name] = layout
    layouts = {kind: read[name] for kind, name in names.items()}
    return layouts, findings


def _stamp(loaded: Loaded, request: Request) -> Stamp:
    assert loaded.book is not None
    settings = f"{request.mode} {request.layout} {request.edition} {request.chapters} {request.without_uncleared}"
    return make_stamp(loaded.book.info.date, loaded.folder.read, settings)


def _draft(loaded: Loaded, layout: Layout, stamp: Stamp, request: Request) -> Draft:
    """The Draft of a request; the notes of a part build are about its chapters only."""
    assert loaded.book is not None
    assert loaded.counts is not None
    counts, permissions, only = loaded.counts, loaded.items, request.chapters
    if only:
        kept = tuple(chapter for chapter in counts.chapters if chapter.id in only)
        words = sum(chapter.words for chapter in kept)
        counts = counts._replace(chapters=kept, body=words, manuscript=words, target=0)
        permissions = tuple(item for item in permissions if item.chapter in only)
    return compose(loaded.book, layout, stamp, counts, permissions, mode=request.mode, only=only)


def _printed(layouts: Mapping[str, Layout]) -> Layout:
    """The layout that the castoff is made for: the printed one."""
    return layouts[min(layouts, key=lambda kind: not FORMATS[kind].has_pages)]
