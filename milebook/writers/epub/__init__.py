"""The EPUB writer: an EPUB 3.3 e-book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milebook.cache.store import Store
from milebook.layout import Layout
from milebook.model.draft import Draft, Role
from milebook.model.findings import Finding, Place
from milebook.writers import Options, Written
from milebook.writers.epub.cover import make_cover
from milebook.writers.epub.files import File
from milebook.writers.epub.fonts import embed, families, letters_of, rules
from milebook.writers.epub.metadata import access, summary, survey
from milebook.writers.epub.nav import entries, navigation
from milebook.writers.epub.package import pack
from milebook.writers.epub.pagelist import page_breaks
from milebook.writers.epub.pages import cover_page, set_pages
from milebook.writers.epub.photos import Plate, prepare
from milebook.writers.epub.style_sheet import finish
from milebook.writers.epub.transcript import transcribe
from milebook.writers.transcripts import Transcript

if TYPE_CHECKING:
    from milebook.photos import PhotoPreparer

COVER_PAGE = "text/0000-cover.xhtml"
XHTML = "application/xhtml+xml"


def write(draft: Draft, layout: Layout, preparer: PhotoPreparer, options: Options) -> Written:
    """The e-book of a Draft.

    `options.pages` makes the page list; `options.cache` keeps the cover. `Written.facts` tells the number of `pictures`,
    of `undescribed` ones among them, of `page_marks`, the `fonts`, whether the `cover` is the author's or made here,
    and under `accessibility` what its own metadata claims.
    """
    progress = options.progress or (lambda share: None)
    plates, findings = prepare(draft, preparer, lambda share: progress(0.6 * share))
    breaks = page_breaks(draft, options.pages)
    pages = set_pages(draft, plates, breaks, layout.figure_label)
    front = make_cover(draft, preparer, options.cache)
    progress(0.8)
    if front.missing:
        findings.append(_missing_letters(draft, front.missing))
    sheet, complaints = finish(layout)
    findings += complaints
    characters = letters_of(page.data for page in pages)
    faces = embed(families(layout.fonts), sheet, characters, both=_bold_italic(draft), store=Store(options.cache))
    tree = entries(pages, draft.title, pages[0].name if pages else COVER_PAGE)
    nav = navigation(draft, pages, tree, COVER_PAGE, breaks)
    distinct = {plate.name: plate for plate in plates.values()}
    cover = cover_page(draft.title, draft.language, front.name, front.alt)
    files = [
        File("cover-page", COVER_PAGE, XHTML, cover, spine=True),
        *(File(f"page-{order:04d}", page.name, XHTML, page.xhtml, spine=True) for order, page in enumerate(pages, 1)),
        File("nav", "nav.xhtml", XHTML, nav, "nav"),
        File("style", "style.css", "text/css", (rules(faces) + sheet).encode("utf-8")),
        *(File(f"font-{order}", face.name, "font/ttf", face.data) for order, face in enumerate(faces, 1)),
        File("cover", front.name, front.media_type, front.data, "cover-image"),
        *(_photo_file(order, plate) for order, plate in enumerate(distinct.values(), 1)),
    ]
    pictures = survey(draft, plates)
    file = pack(draft, files, tree, pictures, len(breaks), options.edition)
    progress(1.0)
    facts: dict[str, object] = {
        "pictures": len(distinct),
        "undescribed": pictures.undescribed,
        "page_marks": len(breaks),
        "fonts": [face.name for face in faces],
        "cover": "photo" if draft.cover else "typographic",
        "accessibility": {**access(pictures, len(breaks)), "accessibilitySummary": summary(pictures, len(breaks))},
    }
    read_back = Transcript(lambda: transcribe(page.data for page in pages))
    return Written(file, read_back, findings, facts=facts)


def _photo_file(order: int, plate: Plate) -> File:
    return File(f"photo-{order}", plate.name, plate.picture.media_type, plate.picture)


def _bold_italic(draft: Draft) -> bool:
    return any(run.bold and run.italic for part in draft.parts for item in part.paragraphs for run in item.runs)


def _missing_letters(draft: Draft, missing: list[str]) -> Finding:
    """The drawn cover leaves out letters that no shipped face has; the text of the book does not."""
    title = next((item for part in draft.parts for item in part.paragraphs if item.role is Role.BOOK_TITLE), None)
    letters = " ".join(missing[:12]) + (" …" if len(missing) > 12 else "")
    return Finding(
        "MB632",
        f"the drawn cover of the e-book leaves out what none of our type has: {letters}",
        title.place if title else Place("stories/index.yaml"),
        "give the book a cover picture: cover: photos/cover.jpg",
    )
