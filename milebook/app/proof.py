"""Make proofs of chapters or for contributors, numbered as in the whole book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from milebook.app import report
from milebook.app.findings_of_part import concerning
from milebook.app.ids import chapters_meant
from milebook.app.load import Ready, Result, begun, known_layout, refused, settled
from milebook.app.proof_choice import Chosen, ProofRequest, choose
from milebook.app.proof_record import earlier, record
from milebook.app.publish import Ending, Output, Stage, contents, publish
from milebook.app.stamp import make_stamp
from milebook.cache.store import Store
from milebook.compose import chapter_parts, compose
from milebook.compose.proof import (
    ProofParagraph,
    chapter_proof,
    compose_stories,
    contributor_proof,
    paragraphs,
    proof_setting,
    proof_sheet,
)
from milebook.layout import Layout, read_layout
from milebook.model.book import Book, Chapter
from milebook.model.codes import errors
from milebook.model.draft import Draft, Stamp
from milebook.model.findings import Finding
from milebook.output import Staged
from milebook.permissions import gate
from milebook.photos import PhotoPreparer
from milebook.source import BookFolder
from milebook.writers import FORMATS, Options, paged_format
from milebook.writers.format_process import Job, Progress, silent
from milebook.writers.schedule import print_many

BOOK_LAYOUT = "trade"  # what a proof without a base is a proof of


class _Decided(NamedTuple):
    """What is known before a proof is made."""

    loaded: Ready
    findings: Sequence[Finding]
    layout: Layout
    book_layout: Layout
    stamp: Stamp
    current: Mapping[str, list[ProofParagraph]]  # by chapter: what a proof of it says now
    chosen: Chosen


def proof(root: Path, request: ProofRequest, progress: Progress = silent) -> Result:
    """Make the proofs of a request and their record, all or none.

    Raises UnknownName for a chapter, a contributor, a build or a layout that is not there.
    """
    known_layout(BookFolder(root), request.layout)
    progress("reading", 0.0)
    loaded = begun(root, request.out, mode="proof")
    if isinstance(loaded, Result):
        return loaded
    decided = _decide(root, loaded, request)
    if isinstance(decided, Result):
        return decided
    if not decided.chosen.chapters and not decided.chosen.people:
        return Result(tuple(settled(decided.findings)), {}, loaded=loaded)
    return _make(root, decided, request, progress)


def _decide(root: Path, loaded: Ready, request: ProofRequest) -> _Decided | Result:
    book, findings = loaded.book, [*loaded.findings, *gate(loaded.items, "proof")]
    layout, book_layout, more = _layouts(loaded, request.layout)
    findings += more
    before, more = earlier(root, request.out, request.since)
    findings += more
    if layout is None or book_layout is None or errors(more):
        return refused(loaded, findings)
    layout = proof_sheet(layout, book_layout)
    request = replace(
        request, chapters=chapters_meant(book, request.chapters)
    )  # however they were named: one proof, one id
    stamp = make_stamp(book.info.date, loaded.folder.read, f"proof {request.shape}", proof=True)
    current = {chapter.id: _proof_paragraphs(loaded, chapter, layout) for chapter in book.chapters}
    return _Decided(loaded, findings, layout, book_layout, stamp, current, choose(book, request, current, before))


def _make(root: Path, decided: _Decided, request: ProofRequest, progress: Progress) -> Result:
    loaded, findings, layout, book_layout, stamp, current, chosen = decided
    book = loaded.book
    cache = str(root / "build" / ".cache") if request.cache else ""
    preparer = PhotoPreparer(loaded.folder, cache)
    pages = _pages(loaded, book_layout, stamp, preparer, cache)
    drafts = _drafts(book, chosen, layout, stamp, pages)

    def make(stage: Stage) -> Sequence[Finding]:
        jobs = [_jobs(draft, layout, request.formats) for draft in drafts.values()]
        printed = print_many(jobs, preparer, Options(cache=cache), processes=request.jobs, progress=progress)
        found: list[Finding] = []
        for name, (written, more) in zip(drafts, printed, strict=True):
            found += [finding for finding in more if finding not in found]
            held = contents(book, chosen.stories(name))
            for kind, made in written.items():
                file = f"{name}-{stamp.build_id}{FORMATS[kind].suffix}"
                stage.add(file, Output(made.file, "proof", held))
        return found

    def end(stage: Stage, sums: Mapping[str, Staged], findings: Sequence[Finding]) -> Ending:
        document = record(loaded, current, drafts, sums, stamp)
        name = f"{stamp.build_id}.json"
        paths = tuple(f"{request.out}/{file}" for file in (*sums, name))
        return Ending(document, {name: Output(report.to_json(document), "proof record", contents(book))}, paths)

    stage = Stage(loaded.folder, request.out, stamp.build_id)
    here = _about(loaded, request, chosen, findings)
    result, sums = publish(loaded, stage, make, end, findings=here, stamp=stamp)
    if sums:
        Store(cache).prune()
    return replace(result, elsewhere=len(settled(findings)) - len(settled(here)))


def _about(loaded: Ready, request: ProofRequest, chosen: Chosen, findings: Sequence[Finding]) -> Sequence[Finding]:
    """The findings about what is proofed, where that is not the whole book."""
    if not (request.chapters or request.names):
        return findings
    stories = {story.id for name in (*chosen.chapters, *chosen.people) for story in chosen.stories(name)}
    chapters = {chapter.id for chapter, _ in chosen.chapters.values()}
    return concerning(findings, loaded.index, loaded.book, stories, chapters)


def _drafts(book: Book, chosen: Chosen, layout: Layout, stamp: Stamp, pages: Mapping[str, str]) -> dict[str, Draft]:
    """The Drafts of the proofs, by their names."""
    drafts: dict[str, Draft] = {}
    for name, (chapter, changed) in chosen.chapters.items():
        first = _first_page(chapter, pages)
        drafts[name] = chapter_proof(book, chapter, layout, stamp, first_page=first, changed=changed)
    if chosen.people:
        composed = compose_stories(book, layout)
        for name, stories in chosen.people.items():
            drafts[name] = contributor_proof(book, stories, composed, layout, stamp, pages)
    return drafts


def _jobs(draft: Draft, layout: Layout, names: Sequence[str]) -> list[Job]:
    """The files of one proof. Where pages are broken anew by whoever opens the file, left and right pages are the same."""
    single = replace(layout, page=replace(layout.page, mirrored=False))
    return [Job(one, draft, layout if one.has_pages else single) for one in map(FORMATS.__getitem__, names)]


def _layouts(loaded: Ready, name: str) -> tuple[Layout | None, Layout | None, list[Finding]]:
    """The proof's layout, and the layout of the book that it is a proof of."""
    layout, findings = read_layout(name, loaded.folder)
    book_layout = layout
    while book_layout is not None and book_layout.proof:
        book_layout, more = read_layout(book_layout.base or BOOK_LAYOUT, loaded.folder)
        findings += [finding for finding in more if finding not in findings]
    return layout, book_layout, findings


def _pages(loaded: Ready, layout: Layout, stamp: Stamp, preparer: PhotoPreparer, cache: str) -> Mapping[str, str]:
    """The page on which everything begins in the book itself, by anchor: the whole book is set once, and not drawn."""
    draft = compose(loaded.book, layout, stamp, loaded.counts, (), mode="final")
    return paged_format().writer()(draft, layout, preparer, Options(paginate=True, cache=cache)).pages


def _first_page(chapter: Chapter, pages: Mapping[str, str]) -> int:
    label = pages.get(f"chapter-{chapter.id}", "")
    return int(label) if label.isdecimal() else 1


def _proof_paragraphs(loaded: Ready, chapter: Chapter, layout: Layout) -> list[ProofParagraph]:
    setting = proof_setting(loaded.book, layout)
    parts = list(chapter_parts(chapter, setting))  # before its queries are looked at
    return paragraphs(parts, setting.queries, loaded.folder.read)


def current_paragraphs(loaded: Ready) -> dict[str, list[ProofParagraph]] | None:
    """What each chapter says now, as a proof would; None where the proof's layout cannot be had."""
    layout, _ = read_layout("proof", loaded.folder)
    if layout is None:
        return None
    return {chapter.id: _proof_paragraphs(loaded, chapter, layout) for chapter in loaded.book.chapters}
