"""A part of the e-book as a page for the browser: what the EPUB's writer makes of it, with our addresses for its files."""

from __future__ import annotations

import re

from milebook.layout import Layout
from milebook.model.draft import Draft
from milebook.photos import PhotoPreparer
from milebook.writers.epub.pages import set_pages
from milebook.writers.epub.photos import prepare
from milebook.writers.epub.style_sheet import finish

_STYLE = re.compile(rb'href="\.\./style\.css"')
_IMAGE = re.compile(rb'src="\.\./images/([\w.-]+)"')
_LINK = re.compile(rb'(<a\b[^>]*?)\shref="(?!#)[^"]*"')


class EbookPage:
    """One part: its XHTML, and its photos by name with their media types."""

    def __init__(self, xhtml: bytes, photos: dict[str, tuple[str, bytes]]) -> None:
        self.xhtml, self.photos = xhtml, photos


def ebook_page(draft: Draft, layout: Layout, part: int, photos: PhotoPreparer) -> EbookPage:
    """Part number `part` of a Draft. Links that leave the page are taken out: it is shown alone. Raises PhotoLost."""
    alone = draft._replace(parts=(draft.parts[part],))
    plates, _ = prepare(alone, photos, lambda share: None)
    pages = set_pages(alone, plates, {}, layout.figure_label)
    xhtml = pages[0].data if pages else _EMPTY
    xhtml = _STYLE.sub(b'href="/ebook.css"', xhtml, count=1)
    xhtml = _IMAGE.sub(rb'src="/ebook-photo/\1"', xhtml)
    xhtml = _LINK.sub(rb"\1", xhtml)
    return EbookPage(xhtml, {
        plate.name.removeprefix("images/"): (plate.picture.media_type, plate.picture.fetch()) for plate in plates.values()
    })  # fmt: skip


def style_sheet(layout: Layout) -> bytes:
    """The e-book's style sheet, with the faces that come with milebook, and the themes of a reading app."""
    sheet, _ = finish(layout)
    faces = "".join(
        f'@font-face {{ font-family: "EB Garamond"; font-style: {style}; font-weight: {weight}; '
        f'src: url("/font/{name}"); size-adjust: 108%; }}\n'
        for name, style, weight in (("Regular", "normal", 400), ("Italic", "italic", 400), ("Bold", "normal", 700))
    )
    return (faces + sheet + _THEMES).encode()


_EMPTY = b'<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Empty</title></head><body></body></html>'
_THEMES = """
html { overflow-x: hidden; }
html body { padding: 1.2em 1.3em 4em; overflow-wrap: break-word; }
html.day, html.day body { background: #fdfaf3; color: #221d18; }
html.sepia, html.sepia body { background: #f0e3c8; color: #3d2f1d; }
html.night, html.night body { background: #16130f; color: #cfc4b2; }
html.night img { filter: brightness(.85); }
""" + "\n".join(f"html.size-{size} {{ font-size: {size}px; }}" for size in range(12, 33))
