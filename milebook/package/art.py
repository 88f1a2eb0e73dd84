"""Photos and the cover in, as received, under their figures' numbers and without place and personal data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from milebook.model.book import Book
from milebook.model.findings import Finding
from milebook.package.file_names import Names
from milebook.permissions import Art
from milebook.permissions.subjects import cover_photo
from milebook.photos.decode import NoPhoto, open_photo
from milebook.photos.strip_metadata import original
from milebook.source import BookFolder

COLORS: Mapping[str, str] = {
    "L": "grey",
    "LA": "grey",
    "1": "black and white",
    "I;16": "grey",
    "CMYK": "CMYK",
    "P": "RGB",
}
KINDS: Mapping[str, str] = {".jpg": "JPEG", ".tif": "TIFF", ".png": "PNG", ".webp": "WebP"}


class Packed(NamedTuple):
    """What the art log says of each figure (by its number; the cover's by its path), and the files' names."""

    log: dict[str, Art]
    names: list[str]
    findings: list[Finding]


def pack_art(book: Book, folder: BookFolder, called: Names, put: Callable[[str, bytes], None]) -> Packed:
    """Every figure has a file of its own, also where two stories share a photo.

    `put` takes each file as it is made, with its name: all of them together may not fit into memory.
    """
    packed = Packed({}, [], [])
    pictures = [(called.figure(photo.number), photo.number, photo) for _, _, photo in book.figures()]
    cover = cover_photo(book)
    if cover is not None and cover.path not in {photo.path for _, _, photo in pictures}:
        pictures.append((called.cover(), cover.path, cover))
    for stem, key, photo in pictures:
        data, found = folder.read_bytes(photo.path, photo.at("file"))
        packed.findings.extend(found)
        if data is None:
            continue
        try:
            made = original(data)
            with open_photo(data) as image:
                color = COLORS.get(image.mode, "RGB")
        except NoPhoto as trouble:
            fact = f"photo {photo.file} cannot be packed: {trouble}"
            packed.findings.append(Finding("MB724", fact, photo.at("file"), "send another copy"))
            continue
        packed.names.append(stem + made.suffix)
        put(stem + made.suffix, made.data)
        kind = KINDS[made.suffix]
        if not made.as_sent:
            kind += " (written anew without loss, to take place data out)"
        packed.log[key] = Art(stem + made.suffix, kind, color_in=color)
    return packed
