"""A format for tests: the words of a book as plain text. All that a new format needs is this folder and a row in FORMATS."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milebook.output.file_pieces import Pieces
from milebook.writers import Options, Written
from milebook.writers.comparison import expected

if TYPE_CHECKING:
    from milebook.layout import Layout
    from milebook.model.draft import Draft
    from milebook.photos import PhotoPreparer


def write(draft: Draft, layout: Layout, preparer: PhotoPreparer, options: Options) -> Written:
    """One line for each paragraph; the first line says on which page the last chapter begins."""
    words = [(anchor, " ".join(text.split())) for anchor, text, _ in expected(draft)]
    first = f"pages: {options.page_count} layout: {layout.name}"
    return Written(Pieces(["\n".join([first, *(text for _, text in words)]).encode()]), words, [])
