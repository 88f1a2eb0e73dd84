"""Finished files in, an EPUB out: ebooklib writes the package document and the NCX (`opf`), we close the archive.

The files themselves never pass through ebooklib: it would deflate the photos again, and its archive has the day's date.
What it writes does not depend on the text and is kept between runs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from milebook.model.draft import Draft
from milebook.output.archive import Archive
from milebook.output.pieces import Pieces
from milebook.photos import PreparedPhoto
from milebook.writers import kept
from milebook.writers.epub.metadata import Pictures
from milebook.writers.epub.nav import Entry

STORED = frozenset({"image/jpeg", "image/png"})
NCX = "toc.ncx"


class File(NamedTuple):
    """A file of the e-book. `name` is its path inside the EPUB folder; `properties` as in the package's manifest."""

    identity: str
    name: str
    media_type: str
    data: bytes | PreparedPhoto
    properties: str = ""
    spine: bool = False


def pack(
    draft: Draft,
    files: Sequence[File],
    tree: Sequence[Entry],
    pictures: Pictures,
    pages: int,
    edition: str,
    cache: str = "",
) -> Pieces:
    """The whole archive; same files, same bytes. `cache` is a folder for what may be kept between runs."""
    deflated = kept.Deflated(kept.store(cache), "epub")
    archive = Archive(deflated)
    archive.store("mimetype", b"application/epub+zip")
    for name, text in _package(draft, files, tree, pictures, pages, edition, cache).items():
        archive.deflate(name, (text or "").encode())
    for file in files:
        if isinstance(file.data, bytes) and file.media_type not in STORED:
            archive.deflate(f"EPUB/{file.name}", file.data)
        else:
            archive.store(f"EPUB/{file.name}", file.data)
    deflated.keep()
    return archive.finish()


def _package(
    draft: Draft,
    files: Sequence[File],
    tree: Sequence[Entry],
    pictures: Pictures,
    pages: int,
    edition: str,
    cache: str,
) -> kept.Texts:
    """container.xml, content.opf and toc.ncx."""
    about = draft._replace(parts=(), queries=())
    listed = [file._replace(data=b"") for file in files]

    def make(build_id: str) -> kept.Texts:
        from milebook.writers.epub.opf import package

        stamp = about.stamp._replace(build_id=build_id)
        return package(about._replace(stamp=stamp), listed, tree, pictures, pages, edition)

    nameless = about._replace(stamp=about.stamp._replace(build_id=""))
    key = ("epub", nameless, [[*file[:3], *file[4:]] for file in files], tree, pictures, pages, edition)
    addresses = {*(file.name for file in files), *_leads_to(tree), NCX, "EPUB/content.opf"}
    return kept.texts(kept.store(cache), key, draft.stamp.build_id, make, addresses=addresses)


def _leads_to(tree: Sequence[Entry]) -> list[str]:
    return [address for entry in tree for address in (entry.href, *_leads_to(entry.below))]
