"""`milebook export`: a book that is clear in, the publisher's package out, as a folder and a zip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from milebook import report
from milebook.book import Book
from milebook.checks import check_final
from milebook.compose import compose
from milebook.draft import Draft, Part, Stamp
from milebook.export import write_all
from milebook.findings import Finding, Place
from milebook.layout import Layout, read_layout
from milebook.package import manifest
from milebook.package.evidence import Filed, combined, evidence_names, gather
from milebook.package.lists import (
    CAPTION_COLUMNS,
    CONTRIBUTOR_COLUMNS,
    QUERY_COLUMNS,
    alt_draft,
    caption_rows,
    captions_draft,
    contributor_rows,
    printed_photos,
    query_rows,
)
from milebook.package.metadata import metadata
from milebook.package.names import Names, names
from milebook.package.readme import readme
from milebook.permissions import ART_COLUMNS, LOG_COLUMNS, Art, art_log_rows, gate, log_rows
from milebook.permissions.cover import cover_photo
from milebook.pictures import Darkroom
from milebook.pictures.opening import NoPhoto
from milebook.pictures.originals import original
from milebook.pipeline import Loaded, Outcome, blocked, errors, known_layout, load, refused, settled, unchanged
from milebook.press import Job, Progress, print_all, silent
from milebook.sheets import rows_to_csv, rows_to_xlsx
from milebook.stamp import make_stamp
from milebook.writers import Options, Written

BOOK_LAYOUT = "trade"  # the proofs of print and e-book that go with every package


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What `milebook export` was asked for."""

    profile: str = "press"
    draft: bool = False
    with_evidence: bool = False
    out: str = "build/export"
    cache: bool = True
    jobs: int = 0


def export(root: Path, request: ExportRequest, progress: Progress = silent) -> Outcome:
    """Write the package, all or nothing. Refuses while anything is open, unless it is to be a draft."""
    progress("reading", 0.0)
    loaded = load(root)
    findings = loaded.findings
    if loaded.book is None or blocked(findings):
        return refused(loaded, findings)
    findings += gate(loaded.items, "draft" if request.draft else "export")
    if not request.draft:
        findings += check_final(loaded.book)
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
    called = names(loaded.book, house)
    files, more = _files(loaded, house, trade, stamp, called, request, progress)
    findings += more
    findings += unchanged(loaded.folder)
    findings = settled(findings)
    if blocked(findings):
        return refused(loaded, findings, stamp)
    files[manifest.NAME] = manifest.manifest(files)
    folder = called.package(stamp, draft=request.draft)
    written = {f"{folder}/{name}": data for name, data in files.items()}
    written[f"{folder}.zip"] = manifest.zipped(files, folder, stamp.date)
    problems = write_all(
        root / request.out, written, manifest=f"{folder}/{manifest.NAME}", book=loaded.folder, sweep=[folder]
    )
    if errors(problems):
        return refused(loaded, [*findings, *problems], stamp)
    paths = (f"{request.out}/{folder}", f"{request.out}/{folder}.zip")
    shown: dict[str, object] = {"package": paths[0], "zip": paths[1], "files": report.checksums(files)}
    return Outcome([*findings, *problems], shown, paths, loaded=loaded)


def _files(
    loaded: Loaded,
    house: Layout,
    trade: Layout,
    stamp: Stamp,
    called: Names,
    request: ExportRequest,
    progress: Progress,
) -> tuple[dict[str, bytes], list[Finding]]:
    """Everything in the package but its manifest, by its name there."""
    assert loaded.book is not None
    assert loaded.counts is not None
    book, counts = loaded.book, loaded.counts
    cache = str(loaded.folder.root / "build" / ".cache") if request.cache else ""
    darkroom = Darkroom(loaded.folder, cache)
    mode = "draft" if request.draft else "final"
    findings: list[Finding] = []

    def printed(job: Job, edition: str = "reading", step: Progress = silent) -> Written:
        made, found = print_all([job], darkroom, Options(edition=edition, cache=cache), processes=1, progress=step)
        findings.extend(finding for finding in found if finding not in findings)
        return made[job.format]

    progress("print proof", 0.1)
    proof = compose(book, trade, stamp, counts, loaded.items, mode=mode)
    sheets = printed(Job("pdf", proof, trade), "print")
    progress("e-book", 0.4)
    both, found = print_all(
        [Job("pdf", proof, trade), Job("epub", proof, trade)], darkroom, Options(cache=cache), processes=request.jobs
    )
    findings += [finding for finding in found if finding not in findings]
    progress("text", 0.7)
    files: dict[str, bytes] = {
        f"05_proofs/{called.text('print')}.pdf": sheets.data,
        f"05_proofs/{called.text('ebook')}.epub": both["epub"].data,
    }
    whole = _without_captions(compose(book, house, stamp, counts, loaded.items, mode=mode))
    for kind, draft in _texts(whole, book, house):
        files[f"01_text/{called.text(kind)}.docx"] = printed(Job("docx", draft, house)).data
    progress("art", 0.85)
    art, art_files, art_findings = _art(loaded, called, trade)
    findings += art_findings
    files |= {f"02_art/{name}": data for name, data in art_files.items()}
    files[f"03_lists/{called.text('captions')}.docx"] = printed(
        Job("docx", captions_draft(book, house, stamp), house)
    ).data
    files[f"03_lists/{called.text('alt_texts')}.docx"] = printed(Job("docx", alt_draft(book, house, stamp), house)).data
    filed, evidence_findings = gather(loaded.folder, loaded.items) if request.with_evidence else ([], [])
    findings += evidence_findings
    files |= {f"03_lists/{name}": data for name, data in _lists(loaded, art, filed, both["pdf"].pages, stamp).items()}
    if request.with_evidence:
        files |= _evidence(loaded, filed, both["pdf"].pages, stamp)
    document = metadata(
        book, counts, stamp, trade.page, sheets.page_count, both["epub"].facts.get("accessibility", {}),
        sorted([*files, "metadata.json", "README.txt"]), mode=mode,
    )  # fmt: skip
    files["metadata.json"] = report.to_json(document)
    files["README.txt"] = readme(book, stamp, sorted(files), loaded.items, draft=request.draft, profile=request.profile)
    progress("", 1.0)
    return files, findings


def _without_captions(draft: Draft) -> Draft:
    """The captions of a house that wants them apart are a file of their own in the package."""
    return draft._replace(parts=tuple(part for part in draft.parts if part.anchor != "captions"))


def _texts(draft: Draft, book: Book, house: Layout) -> list[tuple[str, Draft]]:
    """The text as the house wants it: one file, or front matter, each chapter and back matter for themselves."""
    if house.files == "one":
        return [("full", draft)]
    groups: dict[str, list[Part]] = {"00_front": []}
    kind = "00_front"
    last = f"{len(book.chapters) + 1:02d}_back"
    ids = {chapter.number: chapter.id for chapter in book.chapters}
    for part in draft.parts:
        if part.kind == "chapter":
            kind = f"{part.number:02d}_{ids[part.number]}"
        elif part.matter == "back":
            kind = last
        groups.setdefault(kind, []).append(part)
    return [(name, _only(draft, parts)) for name, parts in groups.items() if parts]


def _only(draft: Draft, parts: list[Part]) -> Draft:
    """A Draft of some Parts. The contents still list the whole book; what they lead to is in another file."""
    return draft._replace(parts=tuple(parts))


def _art(loaded: Loaded, called: Names, trade: Layout) -> tuple[dict[str, Art], dict[str, bytes], list[Finding]]:
    """Photos and the cover as received under their figures' numbers, without place and personal data."""
    assert loaded.book is not None
    art: dict[str, Art] = {}
    files: dict[str, bytes] = {}
    findings: list[Finding] = []
    measure = (trade.page.width - trade.page.inside - trade.page.outside) / 72
    pictures = [(called.figure(photo.number), photo) for _, _, photo in printed_photos(loaded.book)]
    cover = cover_photo(loaded.book)
    if cover is not None and cover.path not in {photo.path for _, photo in pictures}:
        pictures.append((called.cover(), cover))
    for stem, photo in pictures:
        data, found = loaded.folder.read_bytes(photo.path, photo.at("file"))
        findings += found
        if data is None:
            continue
        try:
            made = original(data)
        except NoPhoto as trouble:
            findings.append(
                Finding(
                    "MB724", f"photo {photo.file} cannot be packed: {trouble}", photo.at("file"), "send another copy"
                )
            )
            continue
        name = stem + made.suffix
        files[name] = made.data
        kind = made.suffix[1:].upper().replace("JPG", "JPEG").replace("TIF", "TIFF")
        note = "" if made.as_sent else " (written anew without loss, to take place data out)"
        art.setdefault(photo.path, Art(name, kind + note, inches=measure))
    return art, files, findings


def _lists(
    loaded: Loaded, art: Mapping[str, Art], filed: list[Filed], pages: Mapping[str, str], stamp: Stamp
) -> dict[str, bytes]:
    """The lists as CSV and XLSX: nothing private is in them."""
    assert loaded.book is not None
    assert loaded.counts is not None
    book, items = loaded.book, loaded.items
    story_pages = {story.id: pages.get(f"story-{story.id}", "") for story in book.stories}
    shelves = evidence_names(filed)

    def log(art_part: bool) -> list[tuple[object, ...]]:
        return log_rows(book, items, private=False, art=art_part, pages=story_pages, evidence_names=shelves)

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
    files["word_counts.csv"] = report.counts_csv(loaded.counts)
    files["open_queries.csv"] = rows_to_csv(QUERY_COLUMNS, query_rows(book))
    return files


def _evidence(loaded: Loaded, filed: list[Filed], pages: Mapping[str, str], stamp: Stamp) -> dict[str, bytes]:
    """The agreements themselves and the private log: only for those who were asked to have them."""
    assert loaded.book is not None
    story_pages = {story.id: pages.get(f"story-{story.id}", "") for story in loaded.book.stories}
    rows = log_rows(loaded.book, loaded.items, private=True, pages=story_pages, evidence_names=evidence_names(filed))
    files = {f"04_permissions/{piece.name}": piece.data for piece in filed}
    files["04_permissions/permissions_log_private.xlsx"] = rows_to_xlsx(
        {"Private": (LOG_COLUMNS, rows)}, created=date.fromisoformat(stamp.date)
    )
    if filed:
        files["04_permissions/combined.pdf"] = combined(filed, loaded.book.info.title, stamp.date)
    return files


def verify(package: Path) -> tuple[int, list[Finding]]:
    """How many files of a received package were checked, and what is wrong with it."""
    if not package.exists():
        return 0, [
            Finding("MB720", f"there is no {package}", Place(str(package)), "name the folder or the zip of a package")
        ]
    return manifest.verify(package)
