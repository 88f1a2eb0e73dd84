"""Finished files in, the bytes of an EPUB out: ebooklib writes the package document and the NCX, we close the archive.

The files themselves never pass through ebooklib: it would deflate the photos again, and its archive has the day's date.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from milebook.draft import Draft
from milebook.pictures import Developed
from milebook.pieces import Pieces
from milebook.writers.archive import Archive
from milebook.writers.epub.markup import clean, language_of, reads_right_to_left
from milebook.writers.epub.metadata import Pictures, describe
from milebook.writers.epub.nav import Entry

STORED = frozenset({"image/jpeg", "image/png"})


class File(NamedTuple):
    """A file of the e-book. `name` is its path inside the EPUB folder; `properties` as in the package's manifest."""

    identity: str
    name: str
    media_type: str
    data: bytes | Developed
    properties: str = ""
    spine: bool = False


def pack(
    draft: Draft, files: Sequence[File], tree: Iterable[Entry], pictures: Pictures, pages: int, edition: str
) -> Pieces:
    """The whole archive; same files, same bytes."""
    package = _package(draft, files, tree, pictures, pages, edition)
    archive = Archive()
    archive.store("mimetype", b"application/epub+zip")
    for name, data in package.items():
        archive.deflate(name, data)
    for file in files:
        if isinstance(file.data, bytes) and file.media_type not in STORED:
            archive.deflate(f"EPUB/{file.name}", file.data)
        else:
            archive.store(f"EPUB/{file.name}", file.data)
    return archive.finish()


def _package(
    draft: Draft, files: Sequence[File], tree: Iterable[Entry], pictures: Pictures, pages: int, edition: str
) -> dict[str, bytes]:
    """container.xml, content.opf and toc.ncx as ebooklib writes them for files that it never gets to see."""
    from ebooklib import epub

    book = epub.EpubBook()
    describe(book, draft, pictures, pages, edition)
    if reads_right_to_left(draft.language):
        book.set_direction("rtl")
    for file in files:
        item = epub.EpubItem(uid=file.identity, file_name=file.name, media_type=file.media_type, content=b"")
        item.properties = file.properties.split()
        book.add_item(item)
        if file.spine:
            book.spine.append(item)
        if file.properties == "cover-image":
            book.add_metadata("OPF", "cover", "", {"name": "cover", "content": file.identity})
    book.add_item(epub.EpubNcx())
    numbers = iter(range(1, 1 << 30))
    book.toc = [_branch(epub, entry, numbers) for entry in tree]
    modified = datetime.fromtimestamp(draft.stamp.epoch, UTC)
    package = epub.EpubWriter("", book, {"mtime": modified, "raise_exceptions": True})
    package.process()
    package.out = parts = _Parts()
    package._write_container()
    package._write_opf()
    package._write_items()
    wanted = ("META-INF/container.xml", "EPUB/content.opf", "EPUB/toc.ncx")
    made = {name: parts.made[name] for name in wanted}
    tag = language_of(draft.language)
    opf = made["EPUB/content.opf"].replace(b"<package ", f'<package xml:lang="{tag}" '.encode(), 1)
    made["EPUB/content.opf"] = opf
    return made


class _Parts:
    """Stands in for ebooklib's zip, which would ask the clock, and fail where that says 1970."""

    def __init__(self) -> None:
        self.made: dict[str, bytes] = {}

    def writestr(self, name: str, data: bytes | str, compress_type: int | None = None) -> None:
        self.made[name] = data if isinstance(data, bytes) else data.encode()


def _branch(epub: Any, entry: Entry, numbers: Any) -> Any:
    link = epub.Link(entry.href, clean(entry.title), f"nav-{next(numbers)}")
    if not entry.below:
        return link
    section = epub.Section(link.title, link.href)
    return section, [_branch(epub, below, numbers) for below in entry.below]
