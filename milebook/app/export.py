"""`milebook export`: write the publisher's package as a folder and a zip."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from milebook.app import report
from milebook.app.list_files import counts_csv
from milebook.app.load import Loaded, Result, begun, errors, known_layout, refused, undecided
from milebook.app.publish import Ending, Output, Stage, contents, publish
from milebook.app.stamp import make_stamp
from milebook.checks.book import check_final
from milebook.checks.castoff import castoff, castoff_report
from milebook.compose import compose
from milebook.layout import Layout, read_layout
from milebook.model.book import Book
from milebook.model.draft import Draft, Stamp
from milebook.model.findings import Finding, Place
from milebook.output import Staged
from milebook.output.file_pieces import Pieces
from milebook.output.spreadsheets import rows_to_csv, rows_to_xlsx
from milebook.package import manifest
from milebook.package.art import pack_art
from milebook.package.evidence import Filed, combined, evidence_names, gather
from milebook.package.file_names import Names, names
from milebook.package.list_rows import (
    CAPTION_COLUMNS,
    CASTOFF_COLUMNS,
    CONTRIBUTOR_COLUMNS,
    QUERY_COLUMNS,
    alt_draft,
    caption_rows,
    captions_draft,
    castoff_rows,
    contributor_rows,
    query_rows,
)
from milebook.package.metadata import figures, metadata
from milebook.package.onix import Extents, onix
from milebook.package.readme import readme
from milebook.package.texts import marked, marked_layout, text_files
from milebook.permissions import ART_COLUMNS, LOG_COLUMNS, Art, art_log_rows, gate, log_rows, restrictions
from milebook.photos import PhotoPreparer
from milebook.writers import FORMATS, Options, Written
from milebook.writers.schedule import Job, Progress, print_all, print_many, silent

EXPORTS = "build/export"  # where packages lie, inside the book folder
BOOK_LAYOUT = "trade"  # the proofs of print and e-book that go with every package


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What `milebook export` was asked for."""

    profile: str = "press"
    draft: bool = False
    with_evidence: bool = False
    out: str = EXPORTS
    cache: bool = True
    jobs: int = 0


def export(root: Path, request: ExportRequest, progress: Progress = silent) -> Result:
    """Write the package, all or nothing. Refuses while anything is open, unless it is to be a draft."""
    progress("reading", 0.0)
    loaded, ended = begun(root, request.out)
    if ended is not None:
        return ended
    assert loaded.book is not None
    findings = [*loaded.findings, *gate(loaded.items, "draft" if request.draft else "export")]
    if not request.draft:
        findings += [*check_final(loaded.book), *undecided(loaded), *restrictions(loaded.items)]
        if errors(findings):
            return refused(loaded, findings)
    known_layout(loaded.folder, request.profile)
    house, house_findings = read_layout(request.profile, loaded.folder)
    trade, trade_findings = read_layout(BOOK_LAYOUT, loaded.folder)
    findings += [*house_findings, *(f for f in trade_findings if f not in house_findings)]
    if house is None or trade is None:
        return refused(loaded, findings)
    settings = f"export {request.profile} {request.draft} {request.with_evidence}"
    stamp = make_stamp(loaded.book.info.date, loaded.folder.read, settings)
    called = names(loaded.book, house, draft=request.draft)
    folder, held = called.package(stamp), contents(loaded.book)
    group = f"{request.out}/{folder}"
    files: list[str] = []

    def make(stage: Stage) -> Sequence[Finding]:
        def put(name: str, content: bytes | Pieces) -> None:
            files.append(name)
            stage.add(f"{folder}/{name}", Output(content, "package", held, group=group))

        return _Package(loaded, house, trade, stamp, called, request, put).make(progress)

    def end(stage: Stage, sums: Mapping[str, Staged], findings: Sequence[Finding]) -> Ending:
        packed = {name: sums[f"{folder}/{name}"].sha256 for name in files}
        listed = manifest.manifest(packed)
        opening: dict[str, manifest.Opening] = {name: partial(stage.opened, f"{folder}/{name}") for name in files}
        opening[manifest.NAME] = partial(io.BytesIO, listed)
        packet = partial(manifest.write_zip, files=opening, folder=folder, date=stamp.date)
        stage.add(f"{folder}.zip", Output(packet, "package", held, group=group))
        packed[manifest.NAME] = hashlib.sha256(listed).hexdigest()
        shown = {"package": group, "zip": f"{group}.zip", "files": dict(sorted(packed.items()))}
        last = {f"{folder}/{manifest.NAME}": Output(listed, "package", held, group=group)}
        return Ending(shown, last, (group, f"{group}.zip"))

    stage = Stage(loaded.folder, request.out, stamp.build_id, sweeping=[folder])
    return publish(loaded, stage, make, end, findings=findings, stamp=stamp)[0]


class _Package:
    """Makes everything in the package but its manifest, and hands each file to `put` by its name there."""

    def __init__(
        self, loaded: Loaded, house: Layout, trade: Layout, stamp: Stamp, called: Names, request: ExportRequest,
        put: Callable[[str, bytes | Pieces], None],
    ) -> None:  # fmt: skip
        assert loaded.book is not None
        assert loaded.counts is not None
        self.loaded, self.stamp, self.called, self.request = loaded, stamp, called, request
        self.book, self.counts = loaded.book, loaded.counts
        self.house, self.trade = (marked_layout(house), marked_layout(trade)) if request.draft else (house, trade)
        self.cache = str(loaded.folder.root / "build" / ".cache") if request.cache else ""
        self.preparer = PhotoPreparer(loaded.folder, self.cache)
        self.names: list[str] = []
        self.findings: list[Finding] = []
        self._log: Mapping[str, Art] = {}
        self._put = put

    def make(self, progress: Progress) -> list[Finding]:
        proof = self._finished(self._composed(self.trade))
        sheets, ebook = self._proofs(proof, progress)
        log = self._log
        filed, found = gather(self.loaded.folder, self.loaded.items) if self.request.with_evidence else ([], [])
        self.findings += found
        for name, data in _lists(self.loaded, log, filed, sheets.pages, self.stamp).items():
            self._add(f"03_lists/{name}", data)
        rows = castoff_rows(self.book, castoff(self.book, self.trade), proof, sheets.pages, sheets.page_count)
        self._add("03_lists/castoff.csv", rows_to_csv(CASTOFF_COLUMNS, rows))
        if self.request.with_evidence:
            for name, data in _evidence(self.loaded, filed, sheets.pages, self.stamp).items():
                self._add(name, data)
        self._about(sheets, ebook)
        progress("", 1.0)
        return self.findings

    def _add(self, name: str, content: bytes | Pieces) -> None:
        self.names.append(name)
        self._put(name, content)

    def _composed(self, layout: Layout) -> Draft:
        return compose(self.book, layout, self.stamp, self.counts, self.loaded.items, mode="final")

    def _finished(self, draft: Draft) -> Draft:
        return marked(draft) if self.request.draft else draft

    def _proofs(self, proof: Draft, progress: Progress) -> tuple[Written, Written]:
        """The book for the printer and the e-book."""
        made, findings = print_all(
            [Job(FORMATS["pdf"], proof, self.trade), Job(FORMATS["epub"], proof, self.trade)],
            self.preparer,
            Options(edition="print", cache=self.cache),
            processes=self.request.jobs,
            progress=lambda step, share: progress(step, 0.9 * share),
            meanwhile=self._texts_and_art,
        )
        self.findings += findings
        self._add(f"04_proofs/{self.called.text('print')}.pdf", made["pdf"].file)
        self._add(f"04_proofs/{self.called.text('ebook')}.epub", made["epub"].file)
        return made["pdf"], made["epub"]

    def _texts_and_art(self) -> None:
        """What needs no page numbers, made while the pages are set."""
        self._texts()
        self._log = self._art()

    def _texts(self) -> None:
        """The manuscript, and the captions and alt texts, as Word files."""
        book, house, called = self.book, self.house, self.called
        texts = [(f"01_text/{called.text(kind)}", d) for kind, d in text_files(self._composed(house), book, house)]
        texts.append((f"03_lists/{called.text('captions')}", captions_draft(book, house, self.stamp)))
        texts.append((f"03_lists/{called.text('alt_texts')}", alt_draft(book, house, self.stamp)))
        printed = print_many(
            [[Job(FORMATS["docx"], self._finished(draft), house)] for _, draft in texts],
            self.preparer,
            Options(cache=self.cache),
            processes=1,  # the other core sets the pages
        )
        for (name, _), (each, found) in zip(texts, printed, strict=True):
            self._add(f"{name}.docx", each["docx"].file)
            self.findings += [finding for finding in found if finding not in self.findings]

    def _art(self) -> Mapping[str, Art]:
        """The photos as received, without their private data."""
        art = pack_art(
            self.book, self.loaded.folder, self.called, self.trade, lambda name, data: self._add(f"02_art/{name}", data)
        )
        self.findings += art.findings
        if not any(name.startswith("02_art/") for name in self.names):
            self._add("02_art/NO_PICTURES.txt", b"The book has no pictures.\n")
        return art.log

    def _about(self, sheets: Written, ebook: Written) -> None:
        """What the package says of itself."""
        book, request = self.book, self.request
        document = metadata(
            book, self.counts, self.stamp, self.trade.page, sheets.page_count, ebook.facts.get("accessibility", {}),
            castoff_report(book, self.trade, sheets.page_count),
            sorted([*self.names, "metadata.json", "onix.xml", "README.txt"]), mode="draft" if request.draft else "final",
        )  # fmt: skip
        self._add("metadata.json", report.to_json(document))
        access: Mapping[str, Sequence[str]] = ebook.facts.get("accessibility") or {}  # type: ignore[assignment]
        extents = Extents(sheets.page_count, self.trade.page, figures(book))
        self._add("onix.xml", onix(book, self.stamp, extents, access))
        words = readme(
            book, self.stamp, sorted(self.names), self.loaded.items, draft=request.draft, profile=request.profile
        )
        self._add("README.txt", words)


def proof_pages(book: Book, pages: Mapping[str, str]) -> dict[str, str]:
    """What the logs say of a story's page: that of the print proof, for a Word file's pages depend on the reader's Word."""
    found = {story.id: pages.get(f"story-{story.id}", "") for story in book.stories}
    return {story: f"print proof {page}" for story, page in found.items() if page}


def _lists(
    loaded: Loaded, art: Mapping[str, Art], filed: list[Filed], pages: Mapping[str, str], stamp: Stamp
) -> dict[str, bytes]:
    """The lists as CSV and XLSX: nothing private is in them."""
    assert loaded.book is not None
    assert loaded.counts is not None
    book, items = loaded.book, loaded.items
    story_pages = proof_pages(book, pages)
    filed_names = evidence_names(filed)

    def log(art_part: bool) -> list[tuple[object, ...]]:
        return log_rows(book, items, private=False, art=art_part, pages=story_pages, evidence_names=filed_names)

    sheets: dict[str, dict[str, tuple[Sequence[object], list[tuple[object, ...]]]]] = {
        "art_log": {"Art": (ART_COLUMNS, art_log_rows(book, items, art))},
        "permissions_log": {"Text": (LOG_COLUMNS, log(False)), "Art": (LOG_COLUMNS, log(True))},
        "contributors": {"Contributors": (CONTRIBUTOR_COLUMNS, contributor_rows(book))},
        "captions_and_alt_texts": {"Captions": (CAPTION_COLUMNS, caption_rows(book))},
    }
    files: dict[str, bytes] = {}
    day = date.fromisoformat(stamp.date)
    for name, tables in sheets.items():
        files[f"{name}.xlsx"] = rows_to_xlsx(tables, created=day)
        head = next(iter(tables.values()))[0]
        files[f"{name}.csv"] = rows_to_csv(head, [row for _, rows in tables.values() for row in rows])
    files["word_counts.csv"] = counts_csv(loaded.counts)
    files["open_queries.csv"] = rows_to_csv(QUERY_COLUMNS, query_rows(book))
    return files


def _evidence(loaded: Loaded, filed: list[Filed], pages: Mapping[str, str], stamp: Stamp) -> dict[str, bytes]:
    """The agreements themselves and the private log: only for those who were asked to have them."""
    assert loaded.book is not None
    story_pages = proof_pages(loaded.book, pages)
    rows = log_rows(loaded.book, loaded.items, private=True, pages=story_pages, evidence_names=evidence_names(filed))
    files = {f"05_permissions/{piece.name}": piece.data for piece in filed}
    files["05_permissions/permissions_log_private.xlsx"] = rows_to_xlsx(
        {"Private": (LOG_COLUMNS, rows)}, created=date.fromisoformat(stamp.date)
    )
    if filed:
        files["05_permissions/combined.pdf"] = combined(filed, loaded.book.info.title, stamp.date)
    return files


def verify(package: Path, root: Path = Path()) -> tuple[int, list[Finding]]:
    """How many files of a received package were checked, and what is wrong with it.

    A bare name that is not there is looked for among the packages of the book in `root`.
    """
    if not package.exists() and package.name == str(package):
        own = root / EXPORTS / package
        package = own if own.exists() else package
    if not package.exists():
        return 0, [
            Finding("MB720", f"there is no {package}", Place(str(package)), "name the folder or the zip of a package")
        ]
    return manifest.verify(package)
