"""Decide everything about a build before a file of it is made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from milebook.app.file_names import draft_name
from milebook.app.ids import chapters_meant
from milebook.app.load import Ready, Result, begun, causes, forgotten_in, known_layout, refused, undecided
from milebook.app.publish import Contents, contents
from milebook.app.request import Request
from milebook.app.stamp import make_stamp
from milebook.assemble.without_uncleared import without_uncleared
from milebook.checks.book import check_final
from milebook.checks.word_counts import count_book
from milebook.compose import compose
from milebook.layout import Layout, layout_names, read_layout
from milebook.model.book import Book
from milebook.model.codes import errors
from milebook.model.draft import Draft, Stamp
from milebook.model.findings import Finding, Place
from milebook.model.slugs import slug
from milebook.permissions import gate, items, restrictions
from milebook.source import BookFolder
from milebook.writers import FORMATS


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """All that is decided about a build before a file of it is made."""

    request: Request
    whole: Ready  # the book with everything in it, for the lists
    loaded: Ready  # the book to be made: without what is not clear, if that was asked for
    left_out: tuple[str, ...]
    layouts: Mapping[str, Layout]  # by the name of the format
    stamp: Stamp
    cache: str  # folder, "" for none

    @property
    def book(self) -> Book:
        return self.loaded.book

    def draft(self, layout: Layout) -> Draft:
        """The Draft in a layout; the notes of a part build are about its chapters only."""
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


def plan_build(root: Path, request: Request, cache: str, *, dry: bool) -> BuildPlan | Result:
    """Everything that is decided before a file is made, or the end of the command."""
    known_layout(BookFolder(root), request.layout)  # a slip in its name must not hide behind the book's own errors
    hurry = not request.strict  # warnings stop nothing then
    whole = begun(root, "" if dry else request.out, cache, request, mode=request.mode, hurry=hurry)
    if isinstance(whole, Result):
        return whole

    def refuse(loaded: Ready, findings: Iterable[Finding]) -> Result:
        found = [*findings, *(forgotten_in(whole) if hurry else ())]
        return refused(loaded, causes(whole.folder, found), None, request)

    meant = chapters_meant(whole.book, request.chapters)
    wanted = tuple(chapter.id for chapter in whole.book.chapters if chapter.id in meant)
    request = replace(request, chapters=wanted)  # the order in which they are typed makes no difference
    loaded, left_out = leave_out_uncleared(whole) if request.without_uncleared else (whole, ())
    chosen = [chapter for chapter in loaded.book.chapters if not wanted or chapter.id in wanted]
    if request.without_uncleared and not any(chapter.stories for chapter in chosen):
        return refuse(loaded, [*loaded.findings, nothing_clear(loaded)])
    findings = [*loaded.findings, *gate(loaded.items, request.mode)]
    if request.final:
        findings += [*check_final(loaded.book), *undecided(loaded), *restrictions(loaded.items)]
        if errors(findings):
            return refuse(loaded, findings)
    layouts, layout_findings = _layouts(loaded.folder, request)
    findings += layout_findings
    if errors(layout_findings):
        return refuse(loaded, findings)
    loaded = replace(loaded, findings=tuple(findings))
    return BuildPlan(request, whole, loaded, left_out, layouts, _stamp(loaded, request), cache)


def titled(book: Book) -> tuple[str, list[str]]:
    """What names of files are made of: the title as it stands in them, and the ids of the chapters."""
    return slug(book.info.title), [chapter.id for chapter in book.chapters]


def leave_out_uncleared(loaded: Ready) -> tuple[Ready, tuple[str, ...]]:
    """The book that could be printed today, and lines that say what was left out."""
    book, lines = without_uncleared(loaded.book, loaded.items)
    still_needed, _ = items(book, loaded.folder, book.info.date)
    return replace(loaded, book=book, counts=count_book(book), items=still_needed), tuple(lines)


def nothing_clear(loaded: Ready) -> Finding:
    """The error of `--without-uncleared` where nothing is left."""
    place = Place(loaded.index.path)
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


def _stamp(loaded: Ready, request: Request) -> Stamp:
    settings = f"{request.mode} {request.layout} {request.edition} {request.chapters} {request.without_uncleared}"
    return make_stamp(loaded.book.info.date, loaded.folder.read, settings)
