"""Make the package document and the NCX with ebooklib."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from ebooklib import epub

from milebook.model.draft import Draft
from milebook.model.languages import reads_right_to_left
from milebook.writers.epub.files import File
from milebook.writers.epub.markup import clean, language_of
from milebook.writers.epub.metadata import Pictures, describe
from milebook.writers.epub.nav import Entry


def package(
    draft: Draft, files: Sequence[File], tree: Iterable[Entry], pictures: Pictures, pages: int, edition: str
) -> dict[str, bytes]:
    """container.xml, content.opf and toc.ncx as ebooklib writes them for files that it never gets to see."""
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
    book.toc = [_branch(entry, numbers) for entry in tree]
    modified = datetime.fromtimestamp(draft.stamp.epoch, UTC)
    packed = io.BytesIO()
    epub.write_epub(packed, book, {"mtime": modified, "raise_exceptions": True})
    with zipfile.ZipFile(packed) as archive:
        made = {name: archive.read(name) for name in ("META-INF/container.xml", "EPUB/content.opf", "EPUB/toc.ncx")}
    tag = language_of(draft.language)
    opf = made["EPUB/content.opf"].replace(b"<package ", f'<package xml:lang="{tag}" '.encode(), 1)
    made["EPUB/content.opf"] = opf
    return made


def _branch(entry: Entry, numbers: Any) -> Any:
    link = epub.Link(entry.href, clean(entry.title), f"nav-{next(numbers)}")
    if not entry.below:
        return link
    section = epub.Section(link.title, link.href)
    return section, [_branch(below, numbers) for below in entry.below]
