"""The PDF writer: a typeset, tagged book interior.

`typefaces` shapes words, `galleys` breaks paragraphs into lines and measures pictures and tables, `pages` decides where each
line stands, `drawing` writes what is drawn there, and `file` the PDF around it. `setting` sets a stretch of the book (a chapter,
or a text of the front or back matter), `book` takes those over that have not changed, and `binding` makes one file of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from milebook.layout import Layout
    from milebook.model.draft import Draft
    from milebook.photos import PhotoPreparer
    from milebook.writers import Options, Written


def write(draft: Draft, layout: Layout, preparer: PhotoPreparer, options: Options) -> Written:
    """The finished PDF: the reading edition (tagged, PDF/UA-1 and PDF/A-2a) or the print edition (trim size, gray, bare)."""
    from milebook.writers.pdf.book import make

    return make(draft, layout, preparer, options)


def _load_modules() -> None:
    import milebook.writers.pdf.book  # noqa: F401


def _open_faces() -> None:
    """The faces of nearly every book, with HarfBuzz and the codes of their glyphs."""
    from milebook.writers.pdf.typefaces import fonts

    for bold, italic in ((False, False), (False, True), (True, False)):
        fonts.face(fonts.DEFAULT_FAMILY, bold, italic).coding  # noqa: B018


def _open_american_dictionary() -> None:
    """That of most books; it takes a while, and other languages lose nothing by it."""
    _open_dictionary("en-US")


def _open_british_dictionary() -> None:
    _open_dictionary("en-GB")


def _open_dictionary(language: str) -> None:
    from milebook.writers.pdf.galleys.hyphens import hyphenator

    found = hyphenator(language)
    if found is not None:
        found.cuts("dictionary")


def _load_what_first_builds_need() -> None:
    from PIL import ImageCms  # noqa: F401
    from reportlab.pdfbase import pdfdoc  # noqa: F401


PRELOAD: tuple[Callable[[], None], ...] = (
    _load_modules,
    _open_faces,
    _open_american_dictionary,
    _load_what_first_builds_need,
    _open_british_dictionary,
)
