"""Findings that concern a part of the book: some stories or chapters, and not the rest of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable

from milebook.app.load import PERMISSIONS
from milebook.model.agreements import agreements_of
from milebook.model.book import Book
from milebook.model.codes import errors
from milebook.model.findings import Finding
from milebook.model.index import Index


def concerning(
    findings: Iterable[Finding], index: Index, book: Book, stories: Collection[str], chapters: Collection[str] = ()
) -> list[Finding]:
    """The findings about these stories and chapters (ids), in their texts and in their entries of the index with the agreements
    that they name; and every error that stops a build, wherever it is.
    """
    starts = sorted(
        [
            (entry.place.line, entry.place.column, kind, entry.id)
            for kind, entries in (("story", index.stories), ("chapter", index.chapters))
            for entry in entries
        ]
        + [
            (agreement.place.line, agreement.place.column, "agreement", name)
            for name, agreement in index.agreements.items()
        ]
    )
    agreements = {terms.id for story in index.stories if story.id in stories for terms in agreements_of(story)}
    wanted = {"story": stories, "chapter": chapters, "agreement": agreements}
    paths = {story.path for story in book.stories}
    ours = {story.path for story in book.stories if story.id in stories}
    for chapter in book.chapters:
        paths.add(chapter.opening_path)
        if chapter.id in chapters:
            ours.add(chapter.opening_path)

    def meant(finding: Finding) -> bool:
        place = finding.place
        if place.file != index.path:
            return place.file in ours or place.file not in paths
        at = bisect_right(starts, (place.line, place.column, "~", "")) - 1
        return at >= 0 and starts[at][3] in wanted[starts[at][2]]

    def stops(finding: Finding) -> bool:
        return bool(errors([finding])) and not finding.code.startswith(PERMISSIONS)

    return [finding for finding in findings if stops(finding) or meant(finding)]
