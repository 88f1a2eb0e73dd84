"""Pack the files of an e-book into an EPUB.

The files themselves never pass through ebooklib: it would deflate the photos again, and its archive has the day's date.
"""

from __future__ import annotations

from collections.abc import Sequence

from milebook.model.draft import Draft
from milebook.output.archive import Archive, Deflated
from milebook.output.file_pieces import Pieces
from milebook.writers.epub.files import File
from milebook.writers.epub.metadata import Pictures
from milebook.writers.epub.nav import Entry

STORED = frozenset({"image/jpeg", "image/png"})


def pack(
    draft: Draft, files: Sequence[File], tree: Sequence[Entry], pictures: Pictures, pages: int, edition: str
) -> Pieces:
    """The whole archive; same files, same bytes."""
    from milebook.writers.epub.opf import package

    archive = Archive()
    archive.store("mimetype", b"application/epub+zip")
    for name, data in package(draft, files, tree, pictures, pages, edition).items():
        archive.deflate(name, data)
    for file in files:
        if isinstance(file.data, Deflated) or (isinstance(file.data, bytes) and file.media_type not in STORED):
            archive.deflate(f"EPUB/{file.name}", file.data)
        else:
            archive.store(f"EPUB/{file.name}", file.data)
    return archive.finish()
