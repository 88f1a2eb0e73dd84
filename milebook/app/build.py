"""`milebook build` and `milebook check`: the drafts that a request asks for, with their lists and build.json."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from milebook import __version__
from milebook.app import report, up_to_date
from milebook.app.file_names import draft_name
from milebook.app.ids import chapters_meant
from milebook.app.load import (
    Loaded,
    Result,
    begun,
    causes,
    errors,
    forgotten_in,
    known_layout,
    refused,
    settled,
)
from milebook.app.publish import Contents, Ending, Output, Stage, contents, publish, tidy
from milebook.app.request import Request
from milebook.app.stamp import make_stamp
from milebook.assemble.without_uncleared import without_uncleared
from milebook.cache.store import Store
from milebook.checks.book import check_final
from milebook.checks.castoff import castoff_report
from milebook.checks.word_counts import count_book
from milebook.compose import compose
from milebook.layout import Layout, layout_names, read_layout
from milebook.model.book import Book
from milebook.model.draft import Draft, Stamp
from milebook.model.findings import Finding, Place
from milebook.model.slugs import slug
from milebook.output import Staged
from milebook.permissions import gate, items
from milebook.photos import PhotoPreparer
from milebook.source import BookFolder
from milebook.writers import FORMATS, Options, Written
from milebook.writers.schedule import Job, PagedWorker, Progress, paged_worker, print_all, silent


@dataclass(frozen=True, slots=True)
class _Plan:
    """All that is decided about a build before a file of it is made."""

    request: Request
    whole: Loaded  # the book with everything in it, for the lists
    loaded: Loaded  # the book to be made: without what is not clear, if that was asked for
    left_out: tuple[str, ...]
    layouts: Mapping[str, Layout]  # by the name of the format
    stamp: Stamp
    cache: str  # folder, "" for none

    @property
    def book(self) -> Book:
        assert self.loaded.book is not None
        return self.loaded.book

    def draft(self, layout: Layout) -> Draft:
        """The Draft in a layout; the notes of a part build are about its chapters only."""
        assert self.loaded.counts is not None
        counts, permissions, only = self.loaded.counts, self.loaded.items, self.request.chapters
        if only:
            kept = tuple(chapter for chapter in counts.chapters if chapter.id in only)
            words = sum(chapter.words for chapter in kept)
            counts = counts._replace(chapters=kept, body=words, manuscript=words, target=0)
            permissions = tuple(item for item in permissions if item.chapter in only)
        return compose(
            self.book,
            layout,
            self.stamp,
            counts,
            permissions,
            mode=self.request.mode,
            only=only,
            left_out=self.left_out,
        )

    def files(self) -> dict[str, str]:
        """The names of the drafts, by format."""
        chapters = [chapter.id for chapter in self.book.chapters]
        stem = draft_name(self.book.info.title, self.request, chapters, layout_names(self.loaded.folder))
        return {kind: stem + FORMATS[kind].suffix for kind in self.layouts}

    def contents(self) -> Contents:
        """What is in each of the drafts."""
        only = self.request.chapters
        if not only:
            return contents(self.book)
        return contents(self.book, [s for chapter in self.book.chapters if chapter.id in only for s in chapter.stories])


def build(root: Path, request: Request, progress: Progress = silent, *, dry: bool = False) -> Result:
    """Make the files of a request and write them all, or none. `dry` makes them and writes nothing.

    Raises UnknownName for a chapter or a layout that is not there.
    """
    with paged_worker(request.formats, request.jobs) as worker:
        progress("reading", 0.0)
        out = root / request.out
        cache = str(out / ".cache") if request.cache and not dry else ""
        names = up_to_date.names_digest(root, request.out) if cache else ""
        plan = _plan(root, request, cache, dry=dry)
        if isinstance(plan, Result):
            return plan
        result, sums = _make(plan, progress, worker, dry=dry)
    result = replace(result, left_out=plan.left_out)
    if sums:
        _keep(plan, result, root, names, sums)
    if request.tidy and not dry and not result.refused:
        removed, findings = tidy(plan.loaded.folder, *titled(plan.book))
        result = replace(result, removed=removed, findings=(*result.findings, *findings))
    return result


def titled(book: Book) -> tuple[str, list[str]]:
    """What names of files are made of: the title as it stands in them, and the ids of the chapters."""
    return slug(book.info.title), [chapter.id for chapter in book.chapters]


def _plan(root: Path, request: Request, cache: str, *, dry: bool) -> _Plan | Result:
    """Everything that is decided before a file is made, or the end of the command."""
    hurry = not request.strict  # warnings stop nothing then
    whole, ended = begun(root, "" if dry else request.out, cache, request, hurry=hurry)
    if ended is not None:
        return ended

    def refuse(loaded: Loaded, findings: Iterable[Finding]) -> Result:
        told = [*findings, *(forgotten_in(whole) if hurry else ())]
        return refused(loaded, causes(whole.folder, told), None, request)

    assert whole.book is not None
    known_layout(whole.folder, request.layout)
    meant = chapters_meant(whole.book, request.chapters)
    wanted = tuple(chapter.id for chapter in whole.book.chapters if chapter.id in meant)
    request = replace(request, chapters=wanted)  # the order in which they are typed makes no difference
    loaded, left_out = leave_out_uncleared(whole) if request.without_uncleared else (whole, ())
    assert loaded.book is not None
    chosen = [chapter for chapter in loaded.book.chapters if not wanted or chapter.id in wanted]
    if request.without_uncleared and not any(chapter.stories for chapter in chosen):
        return refuse(loaded, [*loaded.findings, nothing_clear(loaded)])
    findings = [*loaded.findings, *gate(loaded.items, request.mode)]
    if request.final:
        findings += check_final(loaded.book)
        if errors(findings):
            return refuse(loaded, findings)
    layouts, layout_findings = _layouts(loaded.folder, request)
    findings += layout_findings
    if errors(layout_findings):
        return refuse(loaded, findings)
    loaded = replace(loaded, findings=tuple(findings))
    return _Plan(request, whole, loaded, left_out, layouts, _stamp(loaded, request), cache)


def _make(
    plan: _Plan, progress: Progress, worker: PagedWorker | None, *, dry: bool
) -> tuple[Result, Mapping[str, Staged]]:
    """The files of a plan, written."""
    request, loaded, files = plan.request, plan.loaded, plan.files()
    printed: dict[str, Written] = {}
    late: list[Finding] = []
    preparer = PhotoPreparer(loaded.folder, plan.cache)

    def make(stage: Stage) -> Sequence[Finding]:
        held, (title, _) = plan.contents(), titled(plan.book)

        def ready(kind: str, made: Written) -> None:
            stage.add(files[kind], Output(made.file, "draft", held, title, request.chapters))

        def meanwhile() -> None:
            if not dry:
                _add_lists(plan, stage)
            if not request.strict:
                late.extend(forgotten_in(plan.whole))

        jobs = [Job(FORMATS[kind], partial(plan.draft, layout), layout) for kind, layout in plan.layouts.items()]
        made, findings = print_all(
            jobs,
            preparer,
            Options(edition=request.edition, cache=plan.cache),
            processes=request.jobs,
            progress=progress,
            worker=worker,
            ready=ready,
            meanwhile=meanwhile,
        )
        printed.update(made)
        return [*findings, *late]

    def end(stage: Stage, sums: Mapping[str, Staged], findings: Sequence[Finding]) -> Ending:
        outputs = {f"{request.out}/{name}": (kind, sums[name]) for kind, name in files.items()}
        document = _report(plan, findings, outputs, printed)
        assert plan.whole.book is not None
        held = contents(plan.whole.book)
        return Ending(document, {"build.json": Output(report.to_json(document), "report", held)}, tuple(outputs))

    stage = Stage(loaded.folder, request.out, plan.stamp.build_id, dry=dry)
    result, sums = publish(
        loaded, stage, make, end, findings=loaded.findings, stamp=plan.stamp, request=request, dry=dry
    )
    if sums:
        Store(plan.cache).prune()
    return result, sums


def _add_lists(plan: _Plan, stage: Stage) -> None:
    """Lists of the whole book, also where a build leaves something out."""
    from milebook.app.lists import lists  # loaded while the PDF is being made

    assert plan.whole.book is not None
    held = contents(plan.whole.book)
    for name, data in lists(plan.whole.counts, plan.whole.items, plan.stamp.date).items():
        stage.add(name, Output(data, "list", held))


def _report(
    plan: _Plan,
    findings: Sequence[Finding],
    outputs: Mapping[str, tuple[str, Staged]],
    printed: Mapping[str, Written],
) -> dict[str, object]:
    """The document of build.json."""
    pages = 0 if plan.request.chapters else next((made.page_count for made in printed.values() if made.page_count), 0)
    return report.build_report(
        plan.book,
        plan.loaded.counts,
        plan.loaded.items,
        findings,
        outputs,
        stamp=plan.stamp,
        version=__version__,
        mode=plan.request.mode,
        layout=plan.request.layout or "trade",
        left_out=plan.left_out,
        castoff=castoff_report(plan.book, _printed(plan.layouts), pages),
        pages=next((made.facts["pages"] for made in printed.values() if "pages" in made.facts), None),  # type: ignore[arg-type]
    )


def _keep(plan: _Plan, result: Result, root: Path, names: str, sums: Mapping[str, Staged]) -> None:
    """Tidy the cache, and leave a record for `up_to_date.recall` with all that a build shows."""
    if not plan.cache:
        return
    document_findings = result.report.get("findings")
    if isinstance(document_findings, list) and len(document_findings) != len(result.findings):
        return  # something was said of this run alone
    said = up_to_date.Recalled(
        [finding._replace(quote="") for finding in result.findings],  # a source line may say what is private
        {},
        result.written,
        result.left_out,
        plan.book.info.working_title,
    )
    read = {path: up_to_date.Seen(*seen) for path, seen in plan.loaded.folder.seen().items()}
    up_to_date.keep(root, plan.request, names, read, sums, said)


def check(root: Path, *, strict: bool = False) -> Result:
    """Every finding of a build in every format; nothing is written."""
    result = build(root, Request(strict=strict), dry=True)
    return replace(result, findings=tuple(settled(result.findings, strict)))


def leave_out_uncleared(loaded: Loaded) -> tuple[Loaded, tuple[str, ...]]:
    """The book that could be printed today, and lines that say what was left out."""
    assert loaded.book is not None
    book, lines = without_uncleared(loaded.book, loaded.items)
    still_needed, _ = items(book, loaded.folder, book.info.date)
    return replace(loaded, book=book, counts=count_book(book), items=still_needed), tuple(lines)


def nothing_clear(loaded: Loaded) -> Finding:
    place = Place(loaded.index.path) if loaded.index else Place("")
    return Finding("MB181", "no story is clear, so there is no book that could be printed today", place,
                   "“milebook permissions --open” lists what is missing and whom to ask")  # fmt: skip


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
    return {kind: read[name] for kind, name in names.items()}, findings


def _stamp(loaded: Loaded, request: Request) -> Stamp:
    assert loaded.book is not None
    settings = f"{request.mode} {request.layout} {request.edition} {request.chapters} {request.without_uncleared}"
    return make_stamp(loaded.book.info.date, loaded.folder.read, settings)


def _printed(layouts: Mapping[str, Layout]) -> Layout:
    """The layout that the castoff is made for: the printed one."""
    return layouts[min(layouts, key=lambda kind: not FORMATS[kind].has_pages)]
