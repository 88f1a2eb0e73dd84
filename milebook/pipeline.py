"""The corridor: one short function per command, which leads the author's files through the rooms."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from milebook import __version__, again, report
from milebook.assemble import assemble
from milebook.book import Book, Index
from milebook.castoff import castoff_report
from milebook.checks import check_book, check_final
from milebook.codes import CODES
from milebook.compose import compose
from milebook.counts import BookCounts, count_book
from milebook.draft import Draft, Stamp
from milebook.export import check_out, start_folder, write_all
from milebook.findings import ERROR, WARNING, Finding, Place
from milebook.index import read_index
from milebook.layout import Layout, layout_names, read_layout
from milebook.pack import Pack
from milebook.permissions import CHECKLIST_COLUMNS, PermissionItem, checklist_rows, gate, items, without_uncleared
from milebook.pictures import Darkroom
from milebook.press import Job, Progress, print_all, silent
from milebook.prose.facts import ANEW, Facts
from milebook.request import Request
from milebook.sheets import rows_to_csv, rows_to_xlsx
from milebook.shelf import Shelf
from milebook.source import BookFolder
from milebook.stamp import make_stamp
from milebook.writers import WRITERS, Options

DEFAULT_LAYOUTS: Mapping[str, str] = {"docx": "manuscript", "pdf": "trade", "epub": "trade"}
_PLAIN = Request()
SHELVES = ("covers", "lines", "verdicts")  # those that nobody else tidies at the end of a run
PERMISSIONS, OPEN_ITEMS = "MB3", ("MB300", "MB301")


@dataclass(slots=True)
class Loaded:
    """A book folder as read: the Book (None if there is none), what was counted, what needs permission, what is wrong."""

    folder: BookFolder
    index: Index | None = None
    book: Book | None = None
    counts: BookCounts | None = None
    items: tuple[PermissionItem, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    pack: Pack = field(default_factory=lambda: Pack(""))  # what the next run may take from this one, not yet written


@dataclass(slots=True)
class Outcome:
    """What came of a build: the findings, what was written (nothing, if it was refused), and the document of build.json."""

    findings: list[Finding]
    report: dict[str, object]
    written: tuple[str, ...] = ()
    refused: bool = False
    left_out: tuple[str, ...] = ()
    loaded: Loaded | None = None


class UnknownName(Exception):
    """The command line names a chapter or layout that is not there: wrong usage, not a finding about the book."""


def load(root: Path, cache: str = "", *, keep: bool = True) -> Loaded:
    """Everything that can be known about a book before it is composed.

    `cache` is a folder for what may be kept between runs, "" for none; with `keep` false nothing is written there. What is
    worth keeping is written by `loaded.pack.save`, once it is sure that something is made.
    """
    folder = BookFolder(root)
    pack = Pack(cache, keep=keep)
    facts = Facts(pack)
    loaded = Loaded(folder, pack=pack)
    loaded.index, loaded.findings = read_index(folder, pack)
    if loaded.index is None:
        return loaded
    loaded.book, findings = assemble(folder, loaded.index, cache if keep else "", pack, facts)
    loaded.findings += findings
    if loaded.book is not None:
        inspect(loaded, facts)
        facts.save()
    return loaded


def inspect(loaded: Loaded, facts: Facts = ANEW) -> None:
    """Counts, permissions and the checks of the whole book."""
    assert loaded.book is not None
    loaded.counts = count_book(loaded.book, facts)
    loaded.items, findings = items(loaded.book, loaded.folder, loaded.book.info.date, facts)
    loaded.findings += findings
    loaded.findings += check_book(loaded.book, loaded.counts, facts)


def build(root: Path, request: Request, progress: Progress = silent, *, dry: bool = False) -> Outcome:
    """Make the files of a request and write them all, or none. `dry` makes them and writes nothing."""
    progress("reading", 0.0)
    out = root / request.out
    cache = str(out / ".cache") if request.cache and not dry else ""
    problems = [] if dry else check_out(out, BookFolder(root))
    if problems:
        return refused(Loaded(BookFolder(root)), problems, None, request)
    names = again.names_digest(root, request.out) if cache else ""
    loaded = load(root, cache)
    findings = loaded.findings
    if loaded.book is None or blocked(findings, request.strict):
        return refused(loaded, findings, None, request)
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
    darkroom = Darkroom(loaded.folder, cache)
    jobs = [Job(name, _draft(loaded, layout, stamp, request), layout) for name, layout in layouts.items()]
    written, press_findings = print_all(
        jobs, darkroom, Options(edition=request.edition, cache=cache), processes=request.jobs, progress=progress
    )
    findings += press_findings
    findings += unchanged(loaded.folder)
    findings = settled(findings, request.strict)
    if blocked(findings):
        return refused(loaded, findings, stamp, request)
    name = jobs[0].draft.slug + "".join(f"-{chapter}" for chapter in request.chapters)
    outputs = {f"{request.out}/{name}{WRITERS[kind][0]}": (kind, made.data) for kind, made in written.items()}
    made_report = report.build_report(
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
        castoff=castoff_report(
            loaded.book,
            _printed(layouts),
            written["pdf"].page_count if "pdf" in written and not request.chapters else 0,
        ),
    )
    if dry:
        return Outcome(findings, made_report, loaded=loaded, left_out=left_out)
    files = {Path(path).name: data for path, (_, data) in outputs.items()} | _lists(loaded, stamp)
    files["build.json"] = report.to_json(made_report)
    problems = write_all(out, files, manifest="build.json", book=loaded.folder)
    if errors(problems):
        return refused(loaded, [*findings, *problems], stamp, request)
    darkroom.finish()
    for shelf in SHELVES if cache else ():
        Shelf(f"{cache}/{shelf}").prune()
    outcome = Outcome(findings, made_report, tuple(outputs), left_out=left_out, loaded=loaded)
    if cache and not problems:
        _record(outcome, root, request, names, files)
    outcome.findings = [*findings, *problems]
    return outcome


def _record(outcome: Outcome, root: Path, request: Request, names: str, files: Mapping[str, bytes]) -> None:
    """Leave a record for `again.recall`, with all that a build shows."""
    loaded = outcome.loaded
    assert loaded is not None
    assert loaded.book is not None
    said = again.Recalled(
        with_quotes(outcome.findings, loaded.folder),
        {},
        outcome.written,
        outcome.left_out,
        loaded.book.info.working_title,
    )
    read = {path: again.Seen(*seen) for path, seen in loaded.folder.seen().items()}
    again.keep(root, request, names, read, report.checksums(files), said)


def check(root: Path, *, strict: bool = False) -> Outcome:
    """Every finding of a build in every format; nothing is written."""
    outcome = build(root, Request(strict=strict), dry=True)
    outcome.findings = settled(outcome.findings, strict)
    return outcome


def status(root: Path) -> Outcome:
    """What a book holds, counted and checked but not composed. What the last build kept is used, and nothing written."""
    out = Path(os.path.realpath(root)) / _PLAIN.out
    inside = Path(os.path.realpath(out)) == out  # not through a link, which may lead out of the book folder
    loaded = load(root, str(out / ".cache") if inside else "", keep=False)
    outcome = refused(loaded, loaded.findings)
    outcome.refused = loaded.book is None
    layout, _ = read_layout(DEFAULT_LAYOUTS["pdf"], loaded.folder)
    if loaded.book is not None and layout is not None:
        outcome.report["castoff"] = castoff_report(loaded.book, layout, 0)
    return outcome


def init(root: Path) -> tuple[list[str], list[Finding]]:
    """Write the starter book into a folder that has none; the paths written, under the folder."""
    starter = Path(__file__).parent / "starter"
    files = {
        path.relative_to(starter).as_posix(): path.read_bytes()
        for path in sorted(starter.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }
    there = [name for name in ("stories/index.yaml", "index.yaml") if (root / name).exists()]
    there += [name for name in files if (root / name).exists() and name not in there]
    if there:
        return [], [
            Finding("MB198", f"there is a {there[0]} in this folder already", Place(there[0]),
                    "name a new folder: milebook init my-book")
        ]  # fmt: skip
    return sorted(files), start_folder(root, files)


def blocked(findings: Iterable[Finding], strict: bool = False) -> bool:
    """Whether a draft must not be made: any error but one about permissions, which a draft is there to show."""
    return any(not f.code.startswith(PERMISSIONS) for f in errors(settled(list(findings), strict)))


def errors(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if (finding.severity or CODES[finding.code].severity) == ERROR]


def settled(findings: list[Finding], strict: bool = False) -> list[Finding]:
    """Findings each once, by file and line; then those about open permissions in the order in which the book needs them.

    With `strict` every warning is an error.
    """
    severe = {(f.code, f.place, f.message): f for f in findings if f.severity == ERROR}
    unique = list(dict.fromkeys(severe.get((f.code, f.place, f.message), f) for f in findings))
    if strict:
        unique = [
            f._replace(severity=ERROR) if (f.severity or CODES[f.code].severity) == WARNING else f for f in unique
        ]
    by_place = sorted(
        (f for f in unique if f.code not in OPEN_ITEMS),
        key=lambda f: (f.place.file, f.place.line, f.place.column, f.code),
    )
    return by_place + [f for f in unique if f.code in OPEN_ITEMS]


def with_quotes(findings: list[Finding], folder: BookFolder) -> list[Finding]:
    """Findings that show their line: the source is looked up for those that were made where it was not at hand."""
    lines: dict[str, list[str]] = {}
    shown: list[Finding] = []
    for finding in findings:
        place = finding.place
        if place.line and not finding.quote and place.file.endswith((".md", ".yaml", ".yml", ".txt")):
            if place.file not in lines:
                text, _ = folder.read_text(place.file, place)
                lines[place.file] = (text or "").split("\n")
            if place.line <= len(lines[place.file]):
                finding = finding._replace(quote=lines[place.file][place.line - 1])
        shown.append(finding)
    return shown


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


def refused(loaded: Loaded, findings: list[Finding], stamp: Stamp | None = None, request: Request = _PLAIN) -> Outcome:
    """The end of a command that writes nothing."""
    findings = settled(findings, request.strict)
    document = report.build_report(
        loaded.book,
        loaded.counts,
        loaded.items,
        findings,
        {},
        stamp=stamp,
        version=__version__,
        mode=request.mode,
        layout=request.layout or "trade",
    )
    return Outcome(findings, document, refused=True, loaded=loaded)


def known_layout(folder: BookFolder, name: str) -> None:
    """Raises UnknownName for a layout that is neither built in nor in the book's own layouts folder."""
    known = layout_names(folder)
    if name and name not in known:
        raise UnknownName(f"there is no layout “{name}”; the layouts are {', '.join(known)}")


def _known_chapters(book: Book, wanted: Collection[str]) -> None:
    known = [chapter.id for chapter in book.chapters]
    for chapter in wanted:
        if chapter not in known:
            raise UnknownName(f"there is no chapter “{chapter}”; the chapters are {', '.join(known)}")


def _layouts(folder: BookFolder, request: Request) -> tuple[dict[str, Layout], list[Finding]]:
    layouts: dict[str, Layout] = {}
    findings: list[Finding] = []
    for name in request.formats:
        layout, found = read_layout(request.layout or DEFAULT_LAYOUTS[name], folder)
        findings += [f for f in found if f not in findings]
        if layout is None:
            return {}, findings
        layouts[name] = layout
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


def unchanged(folder: BookFolder) -> list[Finding]:
    """Errors for every file that is not any more what was read."""
    return [
        Finding("MB020", f"{path} was changed while the book was being made", Place(path), "run the command again")
        for path in folder.changed_since_read()
    ]


def _lists(loaded: Loaded, stamp: Stamp) -> dict[str, bytes]:
    """The lists beside the drafts: the permissions checklist and the word counts."""
    from datetime import date

    assert loaded.counts is not None
    rows = checklist_rows(loaded.items)
    return {
        "permissions.csv": rows_to_csv(CHECKLIST_COLUMNS, rows),
        "permissions.xlsx": rows_to_xlsx(
            {"Permissions": (CHECKLIST_COLUMNS, rows)}, created=date.fromisoformat(stamp.date)
        ),
        "word-counts.csv": report.counts_csv(loaded.counts),
    }


def _printed(layouts: Mapping[str, Layout]) -> Layout:
    """The layout that the castoff is made for: the printed one."""
    return layouts.get("pdf") or next(iter(layouts.values()))
