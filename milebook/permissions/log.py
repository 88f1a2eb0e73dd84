"""What the press receives: the permissions log, text and art apart, and the art log, as rows in book order.

Every cell is filled, as presses ask. Outside the private log no e-mail address stands in any cell, and no legal name of a
contributor who asked not to be named.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from milebook.model.book import Agreement, Book, Chapter, Photo, Story
from milebook.permissions.checklist import printed_kind
from milebook.permissions.clear import PermissionItem
from milebook.permissions.cover import cover_photo, cover_story, name_shown
from milebook.permissions.kinds import KINDS, photographer, same_name
from milebook.permissions.signers import GRANTED
from milebook.permissions.wording import attribution_form, credit_line, credit_placement, printed_name, withheld

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
NONE, NOT_STATED, NOT_GRANTED, NOT_APPLICABLE = "none", "not stated", "not granted", "n/a"
EMAIL = re.compile(r"[\w.+%'’-]+@[\w-]+(?:\.[\w-]+)*", re.UNICODE)


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

    `art` True gives photos and people only, False the rest, None both. `pages` maps a story's id (or an item) to the page
    label it begins on in the manuscript that goes with the log; `evidence_names` maps an evidence path to its name in the
    package. `private` opens contacts, evidence paths and withheld names: that log stays with the authors.
    """
    stories = {story.id: (chapter, story) for chapter in book.chapters for story in chapter.stories}
    cover = cover_story(book) or Story("")
    releases: dict[str, list[str]] = {}
    for item in items:
        if item.kind == "person" and item.evidence:
            releases.setdefault(_photo_id(item), []).append(item.evidence)
    rows: list[tuple[object, ...]] = []
    for order, item in enumerate(items, 1):
        if (item.story and item.story not in stories) or (art is not None and KINDS[item.kind].art is not art):
            continue
        chapter, story = stories[item.story] if item.story else (None, cover)
        page = (pages or {}).get(item.item) or (pages or {}).get(item.story) or NOT_STATED
        row = _row(item, order, page, chapter, story, releases, private, evidence_names or {}, book)
        cells = [row[column] for column in LOG_COLUMNS]
        private_to = [story] if item.story else book.stories
        rows.append(tuple(cells) if private else tuple(_public(cell, private_to) for cell in cells))
    return rows


def _row(
    item: PermissionItem,
    order: int,
    page: str,
    chapter: Chapter | None,
    story: Story,
    releases: Mapping[str, list[str]],
    private: bool,
    evidence_names: Mapping[str, str],
    book: Book,
) -> dict[str, object]:
    terms, who = item.terms, story.contributor
    granted = terms.status in GRANTED
    photo = _photo(item, story)
    people = _people(item, photo)
    minors = [person for person in people if person.minor] if photo else []
    guardians = [person.guardian for person in minors if person.guardian]
    if item.kind == "text" and 0 < who.age < 18:
        guardians = [who.guardian] if who.guardian else []

    of_photo = bool(terms.id) and any(one.permission.id == terms.id for one in story.photos)
    credited = item.kind not in ("text", "person") or not of_photo  # a photo's credit is owed for the photo alone

    def scope(value: str) -> str:
        return (value or NOT_STATED) if granted else NOT_GRANTED

    def shown(name: str) -> str:
        return name if private else name_shown(name, story, book)

    def evidence(path: str) -> str:
        return path if private else evidence_names.get(path, "on file")

    return {
        "item_id": item.item,
        "chapter": chapter.number if chapter else COVER,
        "order": order,
        "ms_page": page if chapter else COVER,
        "kind": printed_kind(item),
        "figure_no": item.figure or (NOT_APPLICABLE if chapter else COVER),
        "description": item.label,
        "source_full": _source(item, story, photo, private),
        "creator": _creator(item, story, photo, private, book),
        "rights_holder": (terms.signer if private and terms.signer else item.signer) or NOT_STATED,
        "contact": (_contact(terms, story) if private else "on file" if _contact(terms, story) else "") or NOT_STATED,
        "clearance_needed": "none"
        if terms.status == "not_needed"
        else "release"
        if item.kind == "person"
        else "reprint",
        "treatment": "reproduction" if item.kind in ("quote", "reprint") or item.sub == "stock" else "original",
        "date_requested": terms.requested or NOT_STATED,
        "date_granted": terms.granted or (NOT_STATED if granted else NOT_GRANTED),
        "languages": scope(", ".join(terms.languages)),
        "territory": scope(terms.territory),
        "formats": scope(", ".join(terms.formats)),
        "editions": scope(""),
        "term_end": scope(terms.expires),
        "print_run_cap": scope(str(terms.print_run_cap) if terms.print_run_cap else ""),
        "fee": terms.fee or NONE,
        "comp_copies": terms.copies or NONE,
        "restrictions": terms.restrictions or (NOT_STATED if granted else NOT_GRANTED),
        "required_credit": (credited and terms.credit) or NONE,
        "credit_placement": (credited and terms.credit_placement) or NOT_STATED,
        "evidence_file": evidence(item.evidence) if item.evidence else NONE,
        "status": terms.status if item.clear else f"{terms.status}: {item.why}",
        "notes": _notes(terms) if private else (f"reason: {terms.reason}" if terms.reason else NONE),
        "persons_shown": ", ".join(shown(person.name) or "not named" for person in people)
        or (NONE if photo else NOT_APPLICABLE),
        "minor": "y" if guardians or minors or (item.kind == "text" and 0 < who.age < 18) else "n",
        "guardian": ", ".join(dict.fromkeys(map(shown, guardians))) or NONE,
        "release_file": ", ".join(dict.fromkeys(evidence(path) for path in releases.get(_photo_id(item), ())))
        or (NONE if photo else NOT_APPLICABLE),
        "attribution_form": attribution_form(who) if item.kind == "text" else NOT_APPLICABLE,
        "edit_approved_on": terms.edit_approved or NOT_STATED if item.kind == "text" else NOT_APPLICABLE,
        "evidence_sha256": item.evidence_sha256 or NONE,
    }


def _photo_id(item: PermissionItem) -> str:
    return "/".join(item.item.split("/")[: 3 if item.story else 2])


def _photo(item: PermissionItem, story: Story) -> Photo | None:
    if not item.story:
        return next(iter(story.photos), None)
    parts = item.item.split("/")
    if len(parts) < 3 or parts[1] != "photo":
        return None
    order = int(parts[2]) - 1
    return story.photos[order] if order < len(story.photos) else None


def _people(item: PermissionItem, photo: Photo | None) -> list[_Shown]:
    if photo is None:
        return []
    shown = [_Shown(person.name, person.minor, person.guardian) for person in photo.people]
    if item.kind == "person":
        order = int(item.item.rpartition("/")[2]) - 1
        return shown[order : order + 1]
    return shown


class _Shown(NamedTuple):
    name: str
    minor: bool
    guardian: str


def _source(item: PermissionItem, story: Story, photo: Photo | None, private: bool) -> str:
    if item.kind == "quote":
        order = int(item.item.rpartition("/")[2]) - 1
        return story.quotes[order].source or NOT_STATED
    if item.kind == "reprint":
        return story.source.published or NOT_STATED
    if photo is not None:
        return (photo.file if private else credit_line(photo)) or NOT_STATED
    if not story.received:
        return story.source.kind or NOT_STATED
    return f"{story.source.kind} of {story.received}" if story.source.kind else f"received {story.received}"


def _creator(item: PermissionItem, story: Story, photo: Photo | None, private: bool, book: Book) -> str:
    if photo is not None:
        by = photographer(photo)
        return (by if private else name_shown(by, story, book)) or NOT_STATED
    if item.kind == "quote":
        return _source(item, story, None, private)
    who = story.contributor
    return (who.name if private else printed_name(who)) or NOT_STATED


def _contact(terms: Agreement, story: Story) -> str:
    if terms.email:
        return terms.email
    who = story.contributor
    own = not terms.signer or same_name(terms.signer, who.name) or same_name(terms.signer, who.guardian)
    return who.email if own else ""


def _notes(terms: Agreement) -> str:
    return "; ".join(part for part in (f"reason: {terms.reason}" if terms.reason else "", terms.notes) if part) or NONE


def _public(cell: object, stories: Iterable[Story]) -> object:
    """A cell for the press: no addresses, and no legal name of these stories' contributors that was to be withheld."""
    if not isinstance(cell, str):
        return cell
    cell = EMAIL.sub("(address withheld)", cell)
    for who in (story.contributor for story in stories):
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
    colour_in: str = ""  # RGB, CMYK, grey
    colour_out: str = ""
    inches: float = 0.0  # width as placed; 0: not placed


def art_log_rows(
    book: Book, items: Iterable[PermissionItem], art: Mapping[str, Art] | None = None
) -> list[tuple[object, ...]]:
    """One row a printed photo under ART_COLUMNS, in book order. `art` maps a figure's number, or a photo's path, to what
    else is known of it."""
    why: dict[str, list[str]] = {}
    for item in items:
        figure = item.figure or ("" if item.story else COVER)
        if figure and not item.clear:
            why.setdefault(figure, []).append(item.why)
    if cover_story(book) is None:  # then it is a story's photo
        figures = [photo.number for story in book.stories for photo in story.photos if photo.path == book.cover_path]
        why[COVER] = [reason for figure in figures for reason in why.get(figure, ())]
    rows: list[tuple[object, ...]] = []
    for chapter, story, photo in _printed_photos(book):
        known = (art or {}).get(photo.number) or (art or {}).get(photo.path) or Art()
        suffix = (
            photo.path.rpartition(".")[2].upper().replace("JPG", "JPEG").replace("TIF", "TIFF").replace("TIFFF", "TIFF")
        )
        place = f"after paragraph {photo.after}" if photo.where == "after" else photo.where
        number = photo.number
        if chapter is None:
            number = place = COVER
        elif credit_line(photo):
            place += f"; credit: {credit_placement(photo)}"
        cells: tuple[object, ...] = (
            number,
            known.file or photo.path.rpartition("/")[2],
            chapter.number if chapter else COVER,
            story.title or NOT_STATED,
            photo.caption or NONE,
            credit_line(photo) or NONE,
            photo.alt or ("decorative" if photo.decorative else NONE),
            name_shown(photographer(photo), story, book) or NOT_STATED,
            known.type or suffix,
            known.colour_in or NOT_STATED,
            known.colour_out or "as received",
            photo.pixels[0],
            photo.pixels[1],
            round(photo.pixels[0] / known.inches) if known.inches and chapter else NOT_APPLICABLE,
            place,
            "uncropped",
            "; ".join(dict.fromkeys(why.get(number, []))) or "clear",
        )
        rows.append(tuple(_public(cell, [story] if chapter else book.stories) for cell in cells))
    return rows


def _printed_photos(book: Book) -> Iterator[tuple[Chapter | None, Story, Photo]]:
    """The cover, which is in no chapter, and then the figures."""
    cover = cover_photo(book)
    if cover is not None:
        yield None, Story("", title=book.info.title), cover
    for chapter in book.chapters:
        for story in chapter.stories:
            for photo in story.photos:
                if photo.path:
                    yield chapter, story, photo
