"""`milebook proof`: one proof a chapter or a contributor, with the whole book's numbers, and what each paragraph said."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches
from pathlib import Path

from milebook import __version__, report
from milebook.book import Book, Chapter, Story
from milebook.compose import chapter_parts, compose
from milebook.compose.proof import ProofParagraph, chapter_proof, contributor_proof, paragraphs
from milebook.compose.texts import Setting
from milebook.draft import Draft, Stamp
from milebook.export import write_all
from milebook.findings import Finding, Place
from milebook.layout import Layout, read_layout
from milebook.naming import slug
from milebook.permissions import gate
from milebook.permissions.printed import printed_name
from milebook.pictures import Darkroom
from milebook.pipeline import Loaded, Outcome, UnknownName, blocked, errors, known_layout, load, refused, settled, unchanged
from milebook.press import Job, Progress, print_many, silent
from milebook.source import BookFolder
from milebook.stamp import make_stamp
from milebook.writers import WRITERS, Options, writer


@dataclass(frozen=True, slots=True)
class ProofRequest:
    """What `milebook proof` was asked for."""

    chapters: tuple[str, ...] = ()
    contributors: bool = False
    names: tuple[str, ...] = ()  # contributors, or ids of their stories; empty: all
    formats: tuple[str, ...] = ("docx", "pdf")
    since: str = ""
    layout: str = "proof"
    out: str = "build/proofs"
    cache: bool = True
    jobs: int = 0


def proof(root: Path, request: ProofRequest, progress: Progress = silent) -> Outcome:
    """Make the proofs of a request and their manifest, all or none."""
    progress("reading", 0.0)
    loaded = load(root)
    findings = loaded.findings
    if loaded.book is None or blocked(findings):
        return refused(loaded, findings)
    book = loaded.book
    findings += gate(loaded.items, "proof")
    known_layout(loaded.folder, request.layout)
    layout, layout_findings = read_layout(request.layout, loaded.folder)
    findings += layout_findings
    if layout is None:
        return refused(loaded, findings)
    stamp = make_stamp(book.info.date, loaded.folder.read, f"proof {request.layout} {request.contributors}", proof=True)
    darkroom = Darkroom(loaded.folder, str(root / "build" / ".cache") if request.cache else "")
    before, more = _earlier(root, request)
    findings += more
    if errors(more):
        return refused(loaded, findings)
    if request.contributors:
        drafts = _for_contributors(book, layout, stamp, request)
    else:
        first_pages = _first_pages(loaded, layout, stamp, darkroom)
        drafts = _for_chapters(book, layout, stamp, request, first_pages, before)
    if not drafts:
        return Outcome(settled(findings), {}, loaded=loaded)
    jobs = [[Job(name, draft, layout) for name in request.formats] for draft in drafts.values()]
    options = Options(cache=str(root / "build" / ".cache") if request.cache else "")
    printed = print_many(jobs, darkroom, options, processes=request.jobs, progress=progress)
    files: dict[str, bytes] = {}
    for name, (written, found) in zip(drafts, printed, strict=True):
        findings += [finding for finding in found if finding not in findings]
        for kind, made in written.items():
            files[f"{name}-{stamp.build_id}{WRITERS[kind][0]}"] = made.data
    findings += unchanged(loaded.folder)
    findings = settled(findings)
    if blocked(findings):
        return refused(loaded, findings, stamp)
    manifest = f"{stamp.build_id}.json"
    files[manifest] = report.to_json(_manifest(loaded, drafts, files, stamp))
    problems = write_all(root / request.out, files, manifest=manifest, book=loaded.folder)
    if errors(problems):
        return refused(loaded, [*findings, *problems], stamp)
    written_paths = tuple(f"{request.out}/{name}" for name in files)
    return Outcome(
        [*findings, *problems], {"build_id": stamp.build_id, "files": list(written_paths)}, written_paths, loaded=loaded
    )


def _for_chapters(
    book: Book,
    layout: Layout,
    stamp: Stamp,
    request: ProofRequest,
    first_pages: Mapping[str, int],
    before: Mapping[str, list[ProofParagraph]] | None,
) -> dict[str, Draft]:
    known = [chapter.id for chapter in book.chapters]
    for name in request.chapters:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else f"; the chapters are {', '.join(known)}"
            raise UnknownName(f"there is no chapter “{name}”{hint}")
    drafts: dict[str, Draft] = {}
    for chapter in book.chapters:
        if request.chapters and chapter.id not in request.chapters:
            continue
        changed: frozenset[str] = frozenset()
        if before is not None:
            now = paragraphs(chapter_parts(chapter, _plain_setting(book, layout)))
            changed, same = differing(before.get(chapter.id, []), now)
            if same:
                continue
        drafts[f"ch{chapter.number:02d}-{chapter.id}"] = chapter_proof(
            book, chapter, layout, stamp, first_page=first_pages.get(chapter.id, 1), changed=changed
        )
    return drafts


def _for_contributors(book: Book, layout: Layout, stamp: Stamp, request: ProofRequest) -> dict[str, Draft]:
    people: dict[str, list[tuple[Chapter, Story]]] = {}
    for chapter in book.chapters:
        for story in chapter.stories:
            people.setdefault(story.contributor.name or story.id, []).append((chapter, story))
    wanted = {name.casefold() for name in request.names}
    drafts: dict[str, Draft] = {}
    found: set[str] = set()
    for name, stories in people.items():
        shown = printed_name(stories[0][1].contributor, book.info.language)
        keys = {name.casefold(), shown.casefold(), *(story.id for _, story in stories)}
        if wanted and not keys & wanted:
            continue
        found |= keys
        # the file's name must not tell whom a byline hides
        drafts[f"contributor-{slug(shown, 'anonymous')}-{stories[0][1].id}"] = contributor_proof(
            book, stories, layout, stamp
        )
    for name in request.names:
        if name.casefold() not in found:
            raise UnknownName(f"there is no contributor or story “{name}” in the book")
    return drafts


def differing(before: list[ProofParagraph], now: list[ProofParagraph]) -> tuple[frozenset[str], bool]:
    """The anchors of paragraphs that are new or say something else, and whether nothing differs at all.

    Paragraphs are matched by what they say, so that one put in at the top does not mark all that follow.
    """
    old = [(p.story, p.role, p.text) for p in before]
    new = [(p.story, p.role, p.text) for p in now]
    if old == new:
        return frozenset(), True
    changed: set[str] = set()
    for tag, i1, _i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "delete":  # what is gone is marked where it stood
            changed.add(now[min(j1, len(now) - 1)].anchor if now else before[i1].anchor)
        elif tag != "equal":
            changed.update(p.anchor for p in now[j1:j2])
    return frozenset(changed), False


def _earlier(root: Path, request: ProofRequest) -> tuple[Mapping[str, list[ProofParagraph]] | None, list[Finding]]:
    """What the chapters said in the proof of `--since`, by chapter id; None without `--since`."""
    if not request.since:
        return None, []
    if not request.since.isalnum():
        raise UnknownName(f"“{request.since}” is not a build: it is the sign after “build” at the foot of a proof")
    shelf = root / request.out
    names = sorted(path.name for path in shelf.glob(f"{request.since}*.json")) if shelf.is_dir() else []
    if len(names) != 1:
        known = ", ".join(sorted(path.stem for path in shelf.glob("*.json"))) if shelf.is_dir() else ""
        many = "several proofs begin with" if names else "there is no proof of build"
        raise UnknownName(f"{many} “{request.since}”" + (f"; the builds are {known}" if known else ""))
    path = f"{request.out}/{names[0]}"
    text, findings = BookFolder(root).read_text(path, Place(path))
    try:
        document = json.loads(text or "")
        return {
            chapter["id"]: [
                ProofParagraph(p["anchor"], p["story"], p["role"], p["text"]) for p in chapter["paragraphs"]
            ]
            for chapter in document["chapters"]
        }, findings
    except (ValueError, KeyError, TypeError):
        return None, [
            *findings,
            Finding("MB710", f"{path} is not the record of a proof", Place(path), "choose another build"),
        ]


def _first_pages(loaded: Loaded, layout: Layout, stamp: Stamp, darkroom: Darkroom) -> dict[str, int]:
    """The page each chapter begins on in the book itself: the proof's page is the book's page on a larger sheet."""
    assert loaded.book is not None
    assert loaded.counts is not None
    base, _ = read_layout(layout.base or "trade", loaded.folder)
    draft = compose(loaded.book, base or layout, stamp, loaded.counts, (), mode="final")
    pages = writer("pdf")(draft, base or layout, darkroom, Options(paginate=True)).pages
    found = {}
    for chapter in loaded.book.chapters:
        label = pages.get(f"mbc_{chapter.id}_number") or pages.get(f"mbc_{chapter.id}_title", "")
        if label.isdigit():
            found[chapter.id] = int(label)
    return found


def _plain_setting(book: Book, layout: Layout) -> Setting:
    return Setting(layout, book.info.language, book.info.smart_punctuation, proof=True)


def _manifest(
    loaded: Loaded, drafts: Mapping[str, Draft], files: Mapping[str, bytes], stamp: Stamp
) -> dict[str, object]:
    """What was proofed: the files with their sums, every paragraph's words, and every story's file as it was."""
    assert loaded.book is not None
    layout_free = {
        chapter.id: [
            {"anchor": p.anchor, "story": p.story, "role": p.role, "text": p.text} for p in _said(loaded.book, chapter)
        ]
        for chapter in loaded.book.chapters
    }
    return {
        "milebook": __version__,
        "build_id": stamp.build_id,
        "made": stamp.made,
        "title": loaded.book.info.title,
        "proofs": sorted(drafts),
        "files": report.checksums(files),
        "chapters": [
            {"id": chapter.id, "number": chapter.number, "title": chapter.title, "paragraphs": layout_free[chapter.id]}
            for chapter in loaded.book.chapters
        ],
        "stories": {
            story.id: {
                "path": story.path,
                "sha256": loaded.folder.read.get(story.path, ""),
                "source": [block.source for block in story.text.blocks],
            }
            for story in loaded.book.stories
        },
    }


def _said(book: Book, chapter: Chapter) -> Iterable[ProofParagraph]:
    return paragraphs(chapter_parts(chapter, _plain_setting(book, Layout())))
