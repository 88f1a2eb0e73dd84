"""`milebook cover`: the wrap of the printed book, its spine as thick as its pages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from milebook.app.load import Ready, Result, begun, known_layout, refused, settled
from milebook.app.publish import Output, cover_contents, publish_files
from milebook.app.stamp import make_stamp
from milebook.compose import compose
from milebook.covers.words import Lines
from milebook.covers.wrap import INCH, Wrap, printers, wrap
from milebook.layout import Layout, read_layout
from milebook.model.book import BookInfo
from milebook.model.codes import errors
from milebook.model.findings import Finding, Place
from milebook.model.slugs import slug
from milebook.photos import PhotoLost, PhotoPreparer
from milebook.source import BookFolder
from milebook.writers import Options, paged_format

SHARP = 300  # pixels to the inch
CUT = 0.04  # share of the author's picture that may be cut off to fill the front


@dataclass(frozen=True)
class CoverRequest:
    """What `milebook cover` is asked for. `spine` is inches, 0 for what paper and pages make; `pages` 0 counts them."""

    printer: str = "kdp"
    paper: str = "cream"
    pages: int = 0
    spine: float = 0.0
    price: str = ""  # five digits beside the barcode
    layout: str = ""
    guides: bool = False
    out: str = "build"


def cover(root: Path, request: CoverRequest) -> Result:
    """Write the wrap into `request.out`. The report has its measures in inches. Raises UnknownName for a layout that is not there."""
    known_layout(BookFolder(root), request.layout)
    loaded = begun(root, request.out)
    if isinstance(loaded, Result):
        assert loaded.loaded is not None
        return refused(loaded.loaded, errors(loaded.findings))
    layout, findings = read_layout(request.layout or paged_format().default_layout, loaded.folder)
    findings = [*_of_the_cover(loaded), *findings]
    if layout is None:
        return refused(loaded, findings)
    printer = printers()[request.printer]
    pages = request.pages or _pages(loaded, layout)
    made = wrap(printer, (layout.page.width, layout.page.height), pages, request.paper, request.spine * INCH)
    findings = settled([*findings, *_remarks(loaded, made, request)])
    if errors(findings):
        return refused(loaded, findings)
    try:
        data = _drawn(loaded, made, request)
    except PhotoLost as lost:
        return refused(loaded, [*findings, *lost.findings])
    name = f"{slug(loaded.book.info.title)}-cover-{request.printer}{'-guides' if request.guides else ''}.pdf"
    output = Output(data, "cover", cover_contents(loaded.book), slug(loaded.book.info.title))
    problems = publish_files(loaded.folder, request.out, {name: output})
    if errors(problems):
        return refused(loaded, [*findings, *problems])
    report = {**measures(made, request), "blank_pages": made.pages - pages, "path": f"{request.out}/{name}"}
    return Result((*findings, *problems), report, (f"{request.out}/{name}",), loaded=loaded)


def measures(made: Wrap, request: CoverRequest) -> dict[str, object]:
    """The measures of a wrap in inches, with where the printer's numbers are from."""

    def inches(points: float) -> float:
        return round(points / INCH, 4)

    return {
        "printer": made.printer.name,
        "source": made.printer.source,
        "checked": made.printer.checked,
        "paper": request.paper,
        "pages": made.pages,
        "sheet": [inches(length) for length in made.sheet],
        "trim": [inches(made.front.width), inches(made.front.height)],
        "spine": inches(made.spine.width),
        "bleed": inches(made.printer.bleed),
        "spine_text": made.spine_text is not None,
    }


def _pages(loaded: Ready, layout: Layout) -> int:
    """The pages of the print edition, without Draft notes."""
    stamp = make_stamp(loaded.book.info.date, loaded.folder.read, "cover")
    draft = compose(loaded.book, layout, stamp, loaded.counts, loaded.items, mode="final")
    preparer = PhotoPreparer(loaded.folder, "")
    return paged_format().writer()(draft, layout, preparer, Options(edition="print", paginate=True)).page_count


def _drawn(loaded: Ready, made: Wrap, request: CoverRequest) -> bytes:
    from milebook.covers.wrap_pdf import Cover, draw_wrap

    info = loaded.book.info
    art = None
    if loaded.book.cover_path:
        art = PhotoPreparer(loaded.folder, "").prepare(loaded.book.cover_path).fetch()
    words = Cover(_lines(info), info.cover_design, info.back_cover or info.description, info.isbn.get("print", ""), request.price, art)  # fmt: skip
    return draw_wrap(made, words, guides=request.guides)


def _lines(info: BookInfo) -> Lines:
    names = " / ".join(" ".join(name.split()) for name in info.authors)
    return Lines(info.title, info.subtitle, names, info.publisher, "")


def _remarks(loaded: Ready, made: Wrap, request: CoverRequest) -> list[Finding]:
    """What the author should know before sending the wrap."""
    info, printer = loaded.book.info, made.printer
    found: list[Finding] = []
    if not printer.least_pages <= made.pages <= printer.most_pages:
        fact = (
            f"{printer.name} binds {printer.least_pages} to {printer.most_pages} pages, and this book has {made.pages}"
        )
        found.append(Finding("MB651", fact, info.at("title"), _other_pages(made, request)))
    if made.spine_text is None:
        fact = f"the spine of {made.pages} pages is {made.spine.width / INCH:.2f} in wide: nothing is printed on it"
        found.append(Finding("MB652", fact, info.at("title"), f"{printer.name} wants {printer.spine_text_from} pages for words on it"))  # fmt: skip
    if not info.isbn.get("print"):
        hint = "give the printed book's number as isbn: {print: 978-…}; most printers put one of theirs there otherwise"
        fact = "the cover has no barcode: the index gives no ISBN of the printed book"
        if request.price:
            fact += f", so the price code {request.price}, which stands beside a barcode, is not printed either"
        found.append(Finding("MB653", fact, info.at("isbn"), hint))
    if not (info.back_cover or info.description):
        found.append(Finding("MB654", "the back of the cover has no words", info.at("title"), "write them as back_cover: below book:"))  # fmt: skip
    return found + _art_remarks(loaded, made, info.at("cover"))


def _of_the_cover(loaded: Ready) -> list[Finding]:
    """What was found about the cover's picture while the book was read; the rest is for `milebook check`."""
    at, picture = loaded.book.info.at("cover"), loaded.book.cover_path
    if not picture:
        return []
    return [f for f in loaded.findings if f.place.file == picture or (f.place.file, f.place.line) == (at.file, at.line)]


def _other_pages(made: Wrap, request: CoverRequest) -> str:
    if request.pages:
        return "another number of --pages, or another --printer"
    if made.pages > made.printer.most_pages:
        return "fewer stories, another --printer or another layout"
    return "more stories, another --printer or another layout; to see a cover now, add --pages 100"


def _art_remarks(loaded: Ready, made: Wrap, place: Place) -> list[Finding]:
    wide, high = loaded.book.cover_pixels
    if not loaded.book.cover_path or not wide or not high:
        return []
    bleed = made.printer.bleed
    width, height = made.front.width + bleed, made.front.height + 2 * bleed
    found = []
    ppi = min(wide / width, high / height) * INCH
    if ppi < SHARP - 0.5:
        need = f"{round(width / INCH * SHARP)} x {round(height / INCH * SHARP)}"
        fact = (
            f"the cover picture has {wide} x {high} pixels, {ppi:.0f} to the inch on the front; a printer wants {SHARP}"
        )
        found.append(Finding("MB655", fact, place, f"a picture of {need} pixels is sharp enough"))
    lost = 1 - min(wide / high / (width / height), width / height / (wide / high))
    if lost > CUT:
        fact = f"the cover picture is {wide / high:.2f} times as wide as high, the front {width / height:.2f}: {lost:.0%} of it is cut off"
        found.append(
            Finding("MB656", fact, place, "keep words and faces away from its edges, or give a picture of that shape")
        )
    return found
