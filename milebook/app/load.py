"""Read a book folder and check it: what every command does first. Also how findings are sorted and when they stop a command."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from milebook.app import report
from milebook.app.request import Request
from milebook.app.wrong_usage import UnknownName
from milebook.assemble.book import assemble
from milebook.checks.book import check_book
from milebook.checks.far_dates import far_dates
from milebook.checks.forgotten import forgotten, pages_of_clashes
from milebook.checks.word_counts import BookCounts, count_book
from milebook.index import read_index
from milebook.index.consequences import without_consequences
from milebook.layout import layout_names
from milebook.markdown.damage import damage, lost_letters
from milebook.markdown.repairs import ENCODING, LOST
from milebook.model.book import Book
from milebook.model.codes import errors, severity
from milebook.model.draft import Stamp
from milebook.model.findings import ERROR, WARNING, Finding
from milebook.model.index import Index
from milebook.model.near_names import did_you_mean
from milebook.permissions import PermissionItem, gate, items
from milebook.source import BookFolder

PLAIN = Request()
_UNREADABLE = (
    "MB012",
    "MB013",
)  # saved otherwise, or no text: letters that are missing for it were not lost in pasting
PERMISSIONS, OPEN_ITEMS = "MB3", ("MB300", "MB301")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A book folder as read: the Book (None if there is none), what was counted, what needs permission, what is wrong."""

    folder: BookFolder
    index: Index | None = None
    book: Book | None = None
    counts: BookCounts | None = None
    items: tuple[PermissionItem, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Ready(Loaded):
    """A book folder of which everything is there: its Book was read and counted."""

    index: Index
    book: Book
    counts: BookCounts


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a command: findings, the document of --json, paths written (none if it was refused) and removed."""

    findings: tuple[Finding, ...]
    report: Mapping[str, object]
    written: tuple[str, ...] = ()
    refused: bool = False
    left_out: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    loaded: Loaded | None = None
    elsewhere: int = 0  # findings about other parts of the book than those asked for, which are not among `findings`


def load(root: Path, cache: str = "", *, hurry: bool = False, unfilled: bool = False) -> Loaded:
    """Everything that can be known about a book before it is composed.

    `cache` is a folder for what may be kept of photos between runs, "" for none. With `hurry` without `forgotten_in` it,
    which takes long and stops nothing. With `unfilled` a book without a single story in its chapters is a Book as well.
    """
    loaded = read_book(root, cache, unfilled=unfilled)
    for checked in _counting(loaded) if hurry else checking(loaded):
        loaded = checked
    return loaded


def read_book(root: Path, cache: str = "", *, unfilled: bool = False) -> Loaded:
    """A book as read, neither counted nor checked yet: its `findings` are about what could not be read."""
    folder = BookFolder(root)
    index, findings = read_index(folder)
    if not any(finding.code in _UNREADABLE for finding in findings):
        findings += _damage(folder)
    if index is None:
        return Loaded(folder, findings=causes(folder, findings))
    book, more = assemble(folder, index, cache, unfilled=unfilled)
    findings += more
    return Loaded(folder, index, book, findings=tuple(findings) if book else causes(folder, findings))


def checking(loaded: Loaded) -> Iterator[Loaded]:
    """Count and check a book in steps: what is known after each of them. Without a Book there is nothing to check."""
    last = loaded
    for last in _counting(loaded):
        yield last
    if last.book is not None:
        yield replace(last, findings=causes(last.folder, [*last.findings, *forgotten_in(last)]))


def forgotten_in(loaded: Loaded) -> list[Finding]:
    """What the author may have forgotten: warnings and notes; and errors for folders that cannot be looked into."""
    if loaded.index is None or loaded.book is None:
        return []
    return [*forgotten(loaded.folder, loaded.index, loaded.book), *loaded.folder.unlisted()]


def undecided(loaded: Ready) -> list[Finding]:
    """What a review left to be decided, which a final book must not be made without."""
    return [f._replace(severity=ERROR) for f in pages_of_clashes(loaded.folder, loaded.index, loaded.book)]


def _counting(loaded: Loaded) -> Iterator[Ready]:
    index, book = loaded.index, loaded.book
    if index is None or book is None:
        return
    counts = count_book(book)
    ready = Ready(loaded.folder, index, book, counts, findings=loaded.findings)
    yield ready
    permissions, found = items(book, loaded.folder, book.info.date)
    ready = replace(ready, items=permissions, findings=(*loaded.findings, *found))
    yield ready
    findings = [*ready.findings, *check_book(book, counts), *far_dates(index), *loaded.folder.unlisted()]
    yield replace(ready, findings=causes(loaded.folder, findings))


def _damage(folder: BookFolder) -> list[Finding]:
    """What shows that text in the index was damaged by pasting."""
    text = "\n".join(_index_lines(folder))
    path = folder.index_path() or ""
    return [*damage(text, path, (ENCODING, LOST)), *lost_letters(text, path)] if text else []


def causes(folder: BookFolder, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings without those that only follow from another one."""
    return tuple(without_consequences(findings, folder.index_path() or "", _index_lines(folder)))


def _index_lines(folder: BookFolder) -> list[str]:
    """The index as it was read, by lines."""
    path = folder.index_path() or ""
    data = folder.read_again(path) if path in folder.read else None
    return re.split("\r\n|\n|\r", data.decode("utf-8", "replace")) if data else []


def begun(
    root: Path, out: str, cache: str = "", request: Request = PLAIN, *, mode: str = "", hurry: bool = False
) -> Ready | Result:
    """A book as read, for a command that writes into `out` ("" for none); or the end of the command if it must not go on.

    `hurry` as for `load`; a command that must not go on says everything, and what is open about permissions as in `mode` (see
    `permissions.gate`, "" for a command that is not about them).
    """
    from milebook.output import check_out

    problems = check_out(root / out, BookFolder(root)) if out else []
    if problems:
        return refused(Loaded(BookFolder(root)), problems, None, request)
    loaded = load(root, cache, hurry=hurry)
    if not isinstance(loaded, Ready) or blocked(loaded.findings, request.strict):
        late = [*(forgotten_in(loaded) if hurry else ()), *(gate(loaded.items, mode) if mode else ())]
        return refused(loaded, causes(loaded.folder, [*loaded.findings, *late]), None, request)
    return loaded


def blocked(findings: Iterable[Finding], strict: bool = False) -> bool:
    """Whether a draft must not be made: any error but one about permissions, which a draft is there to show."""
    return any(not f.code.startswith(PERMISSIONS) for f in errors(settled(findings, strict)))


def settled(findings: Iterable[Finding], strict: bool = False) -> list[Finding]:
    """Findings each once, by file and line; then those about open permissions in the order in which the book needs them.

    With `strict` every warning is an error.
    """
    severe = {(f.code, f.place, f.message): f for f in findings if f.severity == ERROR}
    unique = list(dict.fromkeys(severe.get((f.code, f.place, f.message), f) for f in findings))
    if strict:
        unique = [f._replace(severity=ERROR) if severity(f) == WARNING else f for f in unique]
    by_place = sorted(
        (f for f in unique if f.code not in OPEN_ITEMS),
        key=lambda f: (f.place.file, f.place.line, f.place.column, f.code),
    )
    return by_place + [f for f in unique if f.code in OPEN_ITEMS]


def refused(
    loaded: Loaded, findings: Iterable[Finding], stamp: Stamp | None = None, request: Request = PLAIN
) -> Result:
    """The end of a command that writes nothing."""
    found = settled(findings, request.strict)
    document = report.build_report(
        loaded.book,
        loaded.counts,
        loaded.items,
        found,
        {},
        stamp=stamp,
        mode=request.mode,
        layout=request.layout or "trade",
    )
    return Result(tuple(found), document, refused=True, loaded=loaded)


def known_layout(folder: BookFolder, name: str) -> None:
    """Raises UnknownName for a layout that is neither built in nor in the book's own layouts folder."""
    known = layout_names(folder)
    if name and name not in known:
        fact = "; ".join(filter(None, [f"there is no layout “{name}”", did_you_mean(name, known)]))
        raise UnknownName(f"{fact} (the layouts are {', '.join(known)})")
