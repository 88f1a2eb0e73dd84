"""Build the report of a build, which is `build.json` and what `--json` prints."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from milebook import __version__
from milebook.checks.word_counts import BookCounts
from milebook.model.book import Book
from milebook.model.codes import severity
from milebook.model.draft import Stamp
from milebook.model.findings import Finding
from milebook.permissions import PermissionItem

if TYPE_CHECKING:
    from milebook.output import Staged


def build_report(
    book: Book | None,
    counts: BookCounts | None,
    items: Sequence[PermissionItem],
    findings: Iterable[Finding],
    outputs: Mapping[str, tuple[str, Staged]],
    *,
    stamp: Stamp | None,
    mode: str,
    layout: str,
    left_out: Sequence[str] = (),
    castoff: Mapping[str, object] | None = None,
    pages: Sequence[object] | None = None,
) -> dict[str, object]:
    """The document of build.json. `outputs` maps a path under the book folder to its format and sums; `pages` are those with
    much white at their foot, None where no pages were set.
    """
    report: dict[str, object] = {
        "milebook": __version__,
        "build_id": stamp.build_id if stamp else "",
        "mode": mode,
        "layout": layout,
        "title": book.info.title if book else "",
        "date": stamp.date if stamp else "",
        "outputs": [
            {"path": path, "format": kind, "sha256": made.sha256, "bytes": made.size}
            for path, (kind, made) in outputs.items()
        ],
        "words": word_report(counts),
        "chapters": chapter_report(counts),
        "permissions": permission_report(items),
        "left_out": list(left_out),
        "findings": finding_report(findings),
    }
    if castoff:
        report["castoff"] = castoff
    if pages is not None:
        report["pages"] = pages
    return report


def word_report(counts: BookCounts | None) -> dict[str, object]:
    """The words of the book, counted by rule mb-1."""
    if counts is None:
        return {"rule": "mb-1", "body": 0, "manuscript": 0, "target": 0}
    return {"rule": "mb-1", "body": counts.body, "manuscript": counts.manuscript, "target": counts.target}


def chapter_report(counts: BookCounts | None) -> list[dict[str, object]]:
    """The words of every chapter and story."""
    return [
        {
            "id": chapter.id,
            "number": chapter.number,
            "title": chapter.title,
            "words": chapter.words,
            "stories": [
                {
                    "id": story.id,
                    "title": story.title,
                    "byline": story.byline,
                    "words": story.words,
                    "limit": story.limit,
                    "over": story.over,
                    "photos": story.photos,
                    "word_style": story.word_style,
                }
                for story in chapter.stories
            ],
        }
        for chapter in (counts.chapters if counts else ())
    ]


def permission_report(items: Sequence[PermissionItem]) -> dict[str, object]:
    """Every item with whether it is clear."""
    clear = sum(item.clear for item in items)
    return {
        "needed": len(items),
        "clear": clear,
        "open": len(items) - clear,
        "items": [
            {
                "item": item.item,
                "kind": item.kind,
                "label": item.label,
                "story": item.story,
                "chapter": item.chapter,
                "agreement": item.agreement,
                "status": item.status,
                "clear": item.clear,
                "why": item.why,
            }
            for item in items
        ],
    }


def finding_report(findings: Iterable[Finding]) -> list[dict[str, object]]:
    """Findings with their places."""
    return [
        {
            "code": finding.code,
            "severity": severity(finding),
            "message": finding.message,
            "hint": finding.hint,
            "file": finding.place.file,
            "line": finding.place.line,
            "column": finding.place.column,
        }
        for finding in findings
    ]


def to_json(document: object) -> bytes:
    return b"".join(json_pieces(document))


def json_pieces(document: object) -> Iterator[bytes]:
    """The same piece by piece, for the document of a build, which grows with the book."""
    chunks = json.JSONEncoder(indent=1, ensure_ascii=False).iterencode(document)
    while chunk := "".join(islice(chunks, 10_000)):
        yield chunk.encode("utf-8", "backslashreplace")
    yield b"\n"
