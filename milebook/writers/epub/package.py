"""Pack the files of an e-book into an EPUB.

The files themselves never pass through ebooklib: it would deflate the photos again, and its archive has the day's date.
"""

from __future__ import annotations

from collections.abc import Sequence

from milebook.model.draft import Draft
from milebook.output.archive import Archive
from milebook.output.file_pieces import Pieces
from milebook.writers.epub.files import File
from milebook.writers.epub.metadata import Pictures
from milebook.writers.epub.nav import Entry

STORED = frozenset({"image/jpeg", "image/png"})


def pack(
    draft: Draft,
    files: Sequence[File],
    tree: Sequence[Entry],
    pictures: Pictures,
    pages: int,
    edition: str,
) -> Pieces:
    """The whole archive; same files, same bytes."""
    from milebook.writers.epub.opf import package

    listed = [file._replace(data=b"") for file in files]
    archive = Archive()
    archive.store("mimetype", b"application/epub+zip")
    for name, text in package(draft, listed, tree, pictures, pages, edition).items():
        archive.deflate(name, (text or "").encode())
    for file in files:
        if isinstance(file.data, bytes) and file.media_type not in STORED:
            archive.deflate(f"EPUB/{file.name}", file.data)
        else:
            archive.store(f"EPUB/{file.name}", file.data)
    return archive.finish()
