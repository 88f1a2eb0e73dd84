"""The PDF writer: a Draft and a Layout in, a book interior out, set by milebook's own composition.

`fonts` and `embed` know the faces, `measure` words, `lines` paragraphs, `galley` the whole Draft as Blocks, `pages` where
they stand, `draw` and `book` put them on ReportLab's canvas, `tags` and `finish` make the file one that everybody can read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milebook.draft import Draft
    from milebook.layout import Layout
    from milebook.pictures import Darkroom
    from milebook.writers import Options, Written


def write(draft: Draft, layout: Layout, darkroom: Darkroom, options: Options) -> Written:
    """The finished PDF: the reading edition (tagged, PDF/UA-1 and PDF/A-2a) or the print edition (trim size, grey, bare)."""
    from milebook.writers.pdf.book import make

    return make(draft, layout, darkroom, options)
