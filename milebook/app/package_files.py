"""The files of a publisher's package, from the proofs to the manifest."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from milebook.app import report
from milebook.app.load import Ready
from milebook.app.package_lists import evidence_files, package_lists
from milebook.app.publish import Ending, Output, Stage, contents
from milebook.checks.castoff import castoff, castoff_report
from milebook.compose import compose
from milebook.layout import Layout
from milebook.model.draft import Draft, Stamp
from milebook.model.findings import Finding
from milebook.output import Staged
from milebook.output.file_pieces import Pieces
from milebook.output.spreadsheets import rows_to_csv
from milebook.output.staging import Content
from milebook.package import manifest
from milebook.package.art import pack_art
from milebook.package.evidence import gather
from milebook.package.file_names import names
from milebook.package.list_rows import CASTOFF_COLUMNS, alt_draft, captions_draft, castoff_rows
from milebook.package.metadata import metadata
from milebook.package.onix import Extents, onix
from milebook.package.printed_places import with_printed_widths
from milebook.package.readme import readme
from milebook.package.texts import marked, marked_layout, text_files
from milebook.permissions import Art
from milebook.photos import PhotoPreparer
from milebook.writers import FORMATS, Options, Written
from milebook.writers.format_process import Job, Progress
from milebook.writers.schedule import print_all, print_many

EXPORTS = "build/export"  # where packages lie, inside the book folder


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What `milebook export` was asked for."""

    profile: str = "press"
    draft: bool = False
    with_evidence: bool = False
    out: str = EXPORTS
    cache: bool = True
    jobs: int = 0


class Package:
    """Makes everything in a package, and at the end its manifest and its zip. `folder` is its name."""

    def __init__(
        self, loaded: Ready, house: Layout, trade: Layout, stamp: Stamp, request: ExportRequest, progress: Progress
    ) -> None:
        self.loaded, self.stamp, self.request, self.progress = loaded, stamp, request, progress
        self.book, self.counts = loaded.book, loaded.counts
        self.called = names(loaded.book, house, draft=request.draft)
        self.folder = self.called.package(stamp)
        self.house, self.trade = (marked_layout(house), marked_layout(trade)) if request.draft else (house, trade)
        self.cache = str(loaded.folder.root / "build" / ".cache") if request.cache else ""
        self.preparer = PhotoPreparer(loaded.folder, self.cache)
        self.names: list[str] = []
        self.findings: list[Finding] = []
        self._contents, self._group = contents(loaded.book), f"{request.out}/{self.folder}"
        self._art: Mapping[str, Art] = {}

    def make(self, stage: Stage) -> list[Finding]:
        self._stage = stage
        proof = self._finished(self._composed(self.trade))
        sheets, ebook = self._proofs(proof)
        filed, found = gather(self.loaded.folder, self.loaded.items) if self.request.with_evidence else ([], [])
        self.findings += found
        art = with_printed_widths(self.book, self._art, sheets)
        for name, data in package_lists(self.loaded, art, filed, sheets.pages, self.stamp).items():
            self._add(f"03_lists/{name}", data)
        rows = castoff_rows(self.book, castoff(self.book, self.trade), proof, sheets.pages, sheets.page_count)
        self._add("03_lists/castoff.csv", rows_to_csv(CASTOFF_COLUMNS, rows))
        if self.request.with_evidence:
            for name, data in evidence_files(self.loaded, filed, sheets.pages, self.stamp).items():
                self._add(name, data)
        self._about(sheets, ebook)
        self.progress("", 1.0)
        return self.findings

    def end(self, stage: Stage, sums: Mapping[str, Staged], findings: Sequence[Finding]) -> Ending:
        """The manifest, the zip, and what `--json` prints."""
        folder = self.folder
        packed = {name: sums[f"{folder}/{name}"].sha256 for name in self.names}
        listed = manifest.manifest(packed)
        opening: dict[str, manifest.Opening] = {name: partial(stage.opened, f"{folder}/{name}") for name in self.names}
        opening[manifest.NAME] = partial(io.BytesIO, listed)
        stage.add(
            f"{folder}.zip",
            self._output(partial(manifest.write_zip, files=opening, folder=folder, date=self.stamp.date)),
        )
        packed[manifest.NAME] = hashlib.sha256(listed).hexdigest()
        shown = {"package": self._group, "zip": f"{self._group}.zip", "files": dict(sorted(packed.items()))}
        last = {f"{folder}/{manifest.NAME}": self._output(listed)}
        return Ending(shown, last, (self._group, f"{self._group}.zip"))

    def _add(self, name: str, content: bytes | Pieces) -> None:
        self.names.append(name)
        self._stage.add(f"{self.folder}/{name}", self._output(content))

    def _output(self, content: Content) -> Output:
        return Output(content, "package", self._contents, group=self._group)

    def _composed(self, layout: Layout) -> Draft:
        return compose(self.book, layout, self.stamp, self.counts, self.loaded.items, mode="final")

    def _finished(self, draft: Draft) -> Draft:
        return marked(draft) if self.request.draft else draft

    def _proofs(self, proof: Draft) -> tuple[Written, Written]:
        """The book for the printer and the e-book."""
        made, findings = print_all(
            [Job(FORMATS["pdf"], proof, self.trade), Job(FORMATS["epub"], proof, self.trade)],
            self.preparer,
            Options(edition="print", cache=self.cache),
            processes=self.request.jobs,
            progress=lambda step, share: self.progress(step, 0.9 * share),
            meanwhile=[self._texts_and_art],
        )
        self.findings += findings
        self._add(f"04_proofs/{self.called.text('print')}.pdf", made["pdf"].file)
        self._add(f"04_proofs/{self.called.text('ebook')}.epub", made["epub"].file)
        return made["pdf"], made["epub"]

    def _texts_and_art(self) -> None:
        """What needs no page numbers, made while the pages are set."""
        self._add_texts()
        self._art = self._add_art()

    def _add_texts(self) -> None:
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

    def _add_art(self) -> Mapping[str, Art]:
        """The photos as received, without their private data."""
        art = pack_art(self.book, self.loaded.folder, self.called, lambda name, data: self._add(f"02_art/{name}", data))
        self.findings += art.findings
        if not any(name.startswith("02_art/") for name in self.names):
            self._add("02_art/NO_PICTURES.txt", b"The book has no pictures.\n")
        return art.log

    def _about(self, sheets: Written, ebook: Written) -> None:
        """What the package says of itself."""
        book, request = self.book, self.request
        extents = Extents(sheets.page_count, self.trade.page, sum(1 for _ in book.figures()))
        document = metadata(
            book,
            self.counts,
            self.stamp,
            extents,
            mode="draft" if request.draft else "final",
            castoff=castoff_report(book, self.trade, sheets.page_count),
            accessibility=ebook.facts.get("accessibility", {}),
            files=sorted([*self.names, "metadata.json", "onix.xml", "README.txt"]),
        )
        self._add("metadata.json", report.to_json(document))
        access: Mapping[str, Sequence[str]] = ebook.facts.get("accessibility") or {}  # type: ignore[assignment]
        self._add("onix.xml", onix(book, self.stamp, extents, access))
        words = readme(
            book, self.stamp, sorted(self.names), self.loaded.items, draft=request.draft, profile=request.profile
        )
        self._add("README.txt", words)
