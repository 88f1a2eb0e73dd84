"""Keep what each paragraph of a proof said, in `proofs/<build>.json`, and compare a later state of the book with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from milebook import __version__
from milebook.app.load import Ready
from milebook.app.proof_records import build_meant, builds, read_record
from milebook.app.wrong_usage import UnknownName
from milebook.compose.proof import ProofParagraph
from milebook.model.book import Chapter
from milebook.model.draft import Draft, Paragraph, Stamp
from milebook.model.findings import Finding
from milebook.output import Staged
from milebook.writers.docx.bookmarks import all_anchors, bookmark_names


def differing(
    before: Mapping[str, Sequence[ProofParagraph]], chapter: str, now: Sequence[ProofParagraph]
) -> tuple[frozenset[str], bool]:
    """The anchors of a chapter's paragraphs that are new or say something else, and whether nothing differs at all.

    `before` holds the whole book, by chapter id. Paragraphs are matched by what they say, story by story, so that one put in at
    the top does not mark all that follow, and of a story that was moved only its title is marked. What is gone is marked where
    it stood.
    """
    old_here = before.get(chapter, ())
    if [_words(p) for p in old_here] == [_words(p) for p in now]:
        return frozenset(), True
    old: dict[str, list[ProofParagraph]] = {}
    for paragraph in (*old_here, *(p for name, rest in before.items() if name != chapter for p in rest if p.story)):
        old.setdefault(paragraph.story, []).append(paragraph)
    new: dict[str, list[ProofParagraph]] = {}
    for paragraph in now:
        new.setdefault(paragraph.story, []).append(paragraph)
    changed: set[str] = set()
    for story, paragraphs_now in new.items():
        changed |= _marked(old.get(story, []), paragraphs_now)
    were, are = list(dict.fromkeys(p.story for p in old_here)), list(new)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, were, are, autojunk=False).get_opcodes():
        if tag != "equal":
            changed.update(new[story][0].anchor for story in are[j1:j2])
            if not set(were[i1:i2]) <= set(are):
                changed.add(new[are[j2]][0].anchor if j2 < len(are) else now[-1].anchor)
    return frozenset(changed), False


def _marked(before: Sequence[ProofParagraph], now: Sequence[ProofParagraph]) -> set[str]:
    old, new = [_words(p) for p in before], [_words(p) for p in now]
    changed: set[str] = set()
    for tag, _i1, _i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "delete":
            changed.add(now[min(j1, len(now) - 1)].anchor)
        elif tag != "equal":
            changed.update(p.anchor for p in now[j1:j2])
    return changed


def _words(paragraph: ProofParagraph) -> tuple[str, str, str, tuple[str, ...]]:
    """What is compared: a body paragraph is the same whether or not it is the first."""
    role = "body" if paragraph.role == "body-first" else paragraph.role
    return paragraph.story, role, paragraph.text, paragraph.queries


def earlier(root: Path, out: str, since: str) -> tuple[Mapping[str, list[ProofParagraph]] | None, list[Finding]]:
    """What the chapters said in the proof of `--since`, by chapter id; None without `--since`."""
    if not since:
        return None, []
    if not since.isalnum():
        raise UnknownName(f"“{since}” is not a build: it is the sign after “build” at the foot of a proof")
    build = build_meant(builds(root / out), since)
    return read_record(root, out, build, _paragraphs, "choose another build")


def _paragraphs(document: Any) -> Mapping[str, list[ProofParagraph]]:
    """The paragraphs of a record, by chapter id."""
    return {
        chapter["id"]: [
            ProofParagraph(p["anchor"], p["story"], p["role"], p["text"], tuple(p.get("queries", ())))
            for p in chapter["paragraphs"]
        ]
        for chapter in document["chapters"]
    }


def record(
    loaded: Ready,
    current: Mapping[str, list[ProofParagraph]],
    drafts: Mapping[str, Draft],
    files: Mapping[str, Staged],
    stamp: Stamp,
) -> dict[str, object]:
    """What was proofed: the files with their sums, every paragraph's words with its bookmark in the Word file, and every
    story's file as it was.
    """
    bookmarks: dict[str, str] = {}
    for draft in drafts.values():
        bookmarks |= bookmark_names(all_anchors(draft))
    return {
        "milebook": __version__,
        "build_id": stamp.build_id,
        "date": stamp.date,
        "made": stamp.made,
        "title": loaded.book.info.title,
        "proofs": sorted(drafts),
        "files": {name: made.sha256 for name, made in sorted(files.items())},
        "chapters": [_chapter(chapter, current[chapter.id], loaded, bookmarks) for chapter in loaded.book.chapters],
        "generated": _generated(drafts, bookmarks),
        "stories": {
            story.id: {
                "path": story.path,
                "sha256": loaded.folder.read.get(story.path, ""),
                "source": [block.source for block in story.text.blocks],
            }
            for story in loaded.book.stories
        },
    }


def _chapter(
    chapter: Chapter, current: Sequence[ProofParagraph], loaded: Ready, bookmarks: Mapping[str, str]
) -> dict[str, object]:
    return {
        "id": chapter.id,
        "number": chapter.number,
        "title": chapter.title,
        "path": chapter.opening_path,
        "sha256": loaded.folder.read.get(chapter.opening_path, ""),
        "paragraphs": [_row(paragraph, bookmarks) for paragraph in current],
    }


def _row(paragraph: ProofParagraph, bookmarks: Mapping[str, str]) -> dict[str, object]:
    """A paragraph as the record has it; what is empty is left out, but for the five fields that older records have."""
    row = paragraph._asdict()
    for name in ("word", "looks", "notes"):
        if not row[name]:
            del row[name]
    if paragraph.anchor in bookmarks:
        row["bookmark"] = bookmarks[paragraph.anchor]
    return row


def _generated(drafts: Mapping[str, Draft], bookmarks: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What the proofs hold beside chapters and stories, by proof and bookmark: the list of queries, the approval slip."""
    return {
        name: {
            bookmarks[item.anchor]: item.text
            for part in draft.parts
            if part.kind not in ("chapter", "story")
            for item in part.items
            if isinstance(item, Paragraph) and item.anchor in bookmarks
        }
        for name, draft in drafts.items()
    }
