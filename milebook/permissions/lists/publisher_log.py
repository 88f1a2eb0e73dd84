"""The permissions log and the art log for the publisher, in book order.

Every cell is filled, as presses ask. Outside the private log no e-mail address stands in any cell, and no legal name of a
contributor who asked not to be named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from milebook.model.book import GRANTED, Agreement, Book, Chapter, Contributor, Photo, Story
from milebook.model.mail_addresses import without_addresses
from milebook.permissions import subjects
from milebook.permissions.bylines_and_credits import credit_line, credit_placement, printed_name, withheld
from milebook.permissions.find_needs import photographer
from milebook.permissions.kinds import KINDS
from milebook.permissions.lists.checklist import printed_kind
from milebook.permissions.lists.log_columns import NONE, NOT_APPLICABLE, NOT_GRANTED, NOT_STATED
from milebook.permissions.lists.log_entry import Entry
from milebook.permissions.names import same_name, who_shown
from milebook.permissions.permission_item import PermissionItem
from milebook.permissions.subjects import Subject, cover_photo, cover_subject

LOG_COLUMNS = (
    "item_id", "chapter", "order", "ms_page", "kind", "figure_no", "description", "source_full", "creator",
    "rights_holder", "contact", "clearance_needed", "treatment", "date_requested", "date_granted", "languages", "territory",
    "formats", "editions", "term_end", "print_run_cap", "fee", "comp_copies", "restrictions", "required_credit",
    "credit_placement", "evidence_file", "status", "notes", "persons_shown", "minor", "guardian", "release_file",
    "attribution_form", "edit_approved_on", "evidence_sha256",
)  # fmt: skip
ART_COLUMNS = (
    "figure_no", "file", "chapter", "title", "caption", "credit", "alt", "source", "type", "colour_in", "colour_out",
    "px_w", "px_h", "ppi_at_size", "placement", "crop_size_notes", "status",
)  # fmt: skip
COVER = "cover"


def log_rows(
    book: Book,
    items: Sequence[PermissionItem],
    private: bool,
    *,
    art: bool | None = None,
    pages: Mapping[str, str] | None = None,
    evidence_names: Mapping[str, str] | None = None,
) -> list[tuple[object, ...]]:
    """One row an item under LOG_COLUMNS.

    `art` True gives photos and people only, False the rest, None both. `pages` maps an item, or a story's id, to the page
    label it begins on in what goes with the log; `evidence_names` maps an evidence path to its name in the
    package. `private` opens contacts, evidence paths and withheld names: that log stays with the authors.
    """
    printed = {story.id for story in book.stories}
    releases: dict[str, list[str]] = {}
    for item in items:
        if item.need.person is not None and item.evidence:
            releases.setdefault(_photo_id(item), []).append(item.evidence)
    rows: list[tuple[object, ...]] = []
    for order, item in enumerate(items, 1):
        if (item.story and item.story not in printed) or (art is not None and KINDS[item.kind].art is not art):
            continue
        page = (pages or {}).get(item.item) or (pages or {}).get(item.story) or ""
        of_photo = bool(item.agreement) and any(one.permission.id == item.agreement for one in item.subject.photos)
        entry = Entry(item, private, of_photo, tuple(releases.get(_photo_id(item), ())), evidence_names or {})
        row = _common(entry, order, page)
        own = {key: value or row[key] for key, value in KINDS[item.kind].columns(entry).items()}
        cells = [(row | own)[column] for column in LOG_COLUMNS]
        hidden = item.subject.hidden if item.story else tuple(story.contributor for story in book.stories)
        rows.append(tuple(cells) if private else tuple(_public(cell, hidden) for cell in cells))
    return rows


def _common(entry: Entry, order: int, page: str) -> dict[str, object]:
    """The columns that every kind fills alike; in those of the kinds, what stands where a kind has nothing to say."""
    item = entry.item
    chapter = item.subject.chapter
    apart = "" if chapter else COVER if item.subject.kind == subjects.COVER else "front and back matter"
    return {
        "item_id": item.item,
        "chapter": chapter.number if chapter else apart,
        "order": order,
        "ms_page": page or apart or NOT_STATED,
        "kind": printed_kind(item),
        "figure_no": item.figure or (COVER if apart == COVER else NOT_APPLICABLE),
        "description": item.label,
        "source_full": NOT_STATED,
        "creator": NOT_STATED,
        "treatment": "original",
        "persons_shown": NOT_APPLICABLE,
        "minor": "n",
        "guardian": NONE,
        "release_file": NOT_APPLICABLE,
        "attribution_form": NOT_APPLICABLE,
        "edit_approved_on": NOT_APPLICABLE,
        **_terms(entry),
    }


def _terms(entry: Entry) -> dict[str, object]:
    """The columns about the agreement: whose it is, what was granted and for what in return, and the evidence of it."""
    item, terms = entry.item, entry.item.terms
    granted = terms.status in GRANTED
    contact = _contact(terms, item.subject)

    unneeded = terms.status == "not_needed"
    unknown = NOT_APPLICABLE if unneeded else NOT_STATED if granted else NOT_GRANTED

    def scope(value: str) -> str:
        return value if value and (granted or unneeded) else unknown

    return {
        "rights_holder": (terms.signer if entry.private and terms.signer else item.signer) or NOT_STATED,
        "contact": (contact if entry.private else "on file" if contact else "") or NOT_STATED,
        "clearance_needed": NONE if unneeded else "reprint",
        "date_requested": terms.requested or (NOT_APPLICABLE if unneeded else NOT_STATED),
        "date_granted": terms.granted or scope(""),
        "languages": scope(", ".join(terms.languages)),
        "territory": scope(terms.territory),
        "formats": scope(", ".join(terms.formats)),
        "editions": scope(""),
        "term_end": scope(terms.expires),
        "print_run_cap": scope(str(terms.print_run_cap) if terms.print_run_cap else ""),
        "fee": terms.fee or NONE,
        "comp_copies": terms.copies or NONE,
        "restrictions": terms.restrictions or scope(""),
        "required_credit": terms.credit or NONE,
        "credit_placement": terms.credit_placement or NOT_STATED,
        "evidence_file": entry.evidence(item.evidence) if item.evidence else NONE,
        "status": terms.status if item.clear else f"{terms.status}: {item.why}",
        "notes": _notes(terms) if entry.private else (f"reason: {terms.reason}" if terms.reason else NONE),
        "evidence_sha256": item.evidence_sha256 or NONE,
    }


def _photo_id(item: PermissionItem) -> str:
    """The id of the photo that an item is about: that of its own permission."""
    return item.item.partition("/person/")[0]


def _contact(terms: Agreement, subject: Subject) -> str:
    if terms.email:
        return terms.email
    who = subject.contributor
    own = not terms.signer or same_name(terms.signer, who.name) or same_name(terms.signer, who.guardian)
    return who.email if own else ""


def _notes(terms: Agreement) -> str:
    return "; ".join(part for part in (f"reason: {terms.reason}" if terms.reason else "", terms.notes) if part) or NONE


def _public(cell: object, hidden: Iterable[Contributor]) -> object:
    """A cell for the press: no addresses, and no legal name of these contributors that was to be withheld."""
    if not isinstance(cell, str):
        return cell
    cell = without_addresses(cell)
    for who in hidden:
        if not withheld(who):
            continue
        for name, shown in ((who.name, printed_name(who)), (who.guardian, "guardian (name withheld)")):
            if name:
                pattern = r"\s+".join(map(re.escape, name.split()))
                cell = re.sub(rf"(?<!\w){pattern}(?!\w)", lambda _, shown=shown: shown, cell, flags=re.IGNORECASE)  # type: ignore[misc]
    return cell


class Art(NamedTuple):
    """What the package knows of one photo beside the Book."""

    file: str = ""  # its name in the package
    type: str = ""  # JPEG, TIFF …
    color_in: str = ""  # RGB, CMYK, grey
    color_out: str = ""
    inches: float = 0.0  # width as placed; 0: not placed


def art_log_rows(
    book: Book, items: Iterable[PermissionItem], art: Mapping[str, Art] | None = None
) -> list[tuple[object, ...]]:
    """One row a printed photo under ART_COLUMNS, in book order. `art` maps a figure's number, or a photo's path, to what
    else is known of it."""
    why: dict[str, list[str]] = {}
    for item in items:
        figure = item.figure or (COVER if item.subject.kind == subjects.COVER else "")
        if figure and not item.clear:
            why.setdefault(figure, []).append(item.why)
    everybody = tuple(story.contributor for story in book.stories)
    if cover_subject(book) is None:  # then it is a story's photo
        figures = [photo.number for story in book.stories for photo in story.photos if photo.path == book.cover_path]
        why[COVER] = [reason for figure in figures for reason in why.get(figure, ())]
    numbers = {photo.path: photo.number for _, _, photo in reversed([*book.figures()])}
    rows: list[tuple[object, ...]] = []
    for chapter, story, photo in _printed_photos(book):
        number = photo.number or numbers.get(photo.path, "")  # a cover that is a figure as well is one file
        known = (art or {}).get(number) or (art or {}).get(photo.path) or Art()
        hidden = (story.contributor,) if story else everybody
        title = (story.title if story else book.info.title) or NOT_STATED
        state = "; ".join(dict.fromkeys(why.get(photo.number if chapter else COVER, []))) or "clear"
        cells = (*_art_cells(chapter, title, photo, known, hidden), state)
        rows.append(tuple(_public(cell, hidden) for cell in cells))
    return rows


def _art_cells(
    chapter: Chapter | None, title: str, photo: Photo, known: Art, hidden: Iterable[Contributor]
) -> tuple[object, ...]:
    """The cells of a photo up to its placement; `chapter` is None for the cover."""
    suffix = photo.path.rpartition(".")[2].upper()
    place = f"after paragraph {photo.after}" if photo.where == "after" else photo.where
    if credit_line(photo):
        place += f"; credit: {credit_placement(photo)}"
    return (
        photo.number if chapter else COVER,
        known.file or photo.path.rpartition("/")[2],
        chapter.number if chapter else COVER,
        title,
        photo.caption or NONE,
        credit_line(photo) or NONE,
        photo.alt or ("decorative" if photo.decorative else NONE),
        str(who_shown(photographer(photo), hidden)) or NOT_STATED,
        known.type or _TYPES.get(suffix, suffix),
        known.color_in or NOT_STATED,
        known.color_out or "as received",
        photo.pixels[0],
        photo.pixels[1],
        round(photo.pixels[0] / known.inches) if known.inches and chapter else NOT_APPLICABLE,
        place if chapter else COVER,
        "uncropped",
    )


_TYPES = {"JPG": "JPEG", "TIF": "TIFF"}  # by the suffix of a photo's file


def _printed_photos(book: Book) -> Iterator[tuple[Chapter | None, Story | None, Photo]]:
    """The cover, which is in no chapter, and then the figures."""
    cover = cover_photo(book)
    if cover is not None:
        yield None, None, cover
    yield from book.figures()
