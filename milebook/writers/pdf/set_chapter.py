"""A chapter as it is set, without page numbers, and the same as bytes for the cache.

Pages are numbered from 0 inside a forme. The bytes are JSON and, behind it, the operators of the pages: a cache may have been
put there by anybody, so what is read is looked at, and nothing in it is ever run.
"""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from milebook.writers.pdf.file.structure import Structure
from milebook.writers.pdf.file.syntax import Begun
from milebook.writers.pdf.pages.running_heads import Heading
from milebook.writers.pdf.typefaces.fonts import NUMBERS

_STRAY = re.compile(rb"%(?![d%])|[^ -~\n]")  # what a structure's text never holds
_SIGN = re.compile(rb"%[d%]")
_NAME = re.compile(r"P[0-9a-f]{8,64}")

Place = tuple[int, float, float]  # page, x and y in points


class SetPage(NamedTuple):
    """One page: its operators, and what stands at its head and foot. A blank one has none."""

    content: Begun
    heading: Heading
    recto: bool
    part: int  # the stretch's Part that is being read at its top, from 0; -1 if it is blank
    pictures: list[str]  # names of the image objects on it
    white: float  # lines left white at its foot
    last_part: int  # the last of the stretch's Parts on it, from 0; -1 if it is blank


class Link(NamedTuple):
    """An annotation: where it is, what it says aloud, and where it leads: an address, an anchor, or a place of the stretch."""

    page: int
    rect: tuple[float, float, float, float]
    contents: str
    uri: str
    target: str
    place: Place | None


class Placement(NamedTuple):
    """A photo as it was asked of the preparer, and the name of its image object."""

    photo: str
    pixels: tuple[int, int]
    width: float  # points
    height: float
    name: str


class Forme(NamedTuple):
    """A stretch as it is set."""

    pages: list[SetPage]
    structure: Structure | None  # None in the print edition
    links: list[Link]
    places: dict[str, Place]  # anchor -> where it begins
    labels: list[tuple[str, int]]  # anchor -> page that it begins on
    codes: dict[int, list[int]]  # number of a face -> the codes drawn in it
    placements: list[Placement]
    transcript: list[tuple[str, str]]  # see `Written.transcript`


def pack(forme: Forme) -> bytes:
    """The bytes of a forme."""
    structure = forme.structure
    head = {
        "pages": [
            [len(p.content.data), p.content.adler, list(p.heading), p.recto, p.part, p.pictures, p.white, p.last_part]
            for p in forme.pages
        ],
        "structure": None if structure is None else [structure.text.decode("ascii"), *structure[1:]],
        "links": forme.links,
        "places": forme.places,
        "labels": forme.labels,
        "codes": {str(face): codes for face, codes in forme.codes.items()},
        "placements": forme.placements,
        "transcript": forme.transcript,
    }
    written = json.dumps(head, separators=(",", ":")).encode("ascii")
    return b"".join([str(len(written)).encode(), b"\n", written, *(page.content.data for page in forme.pages)])


def unpack(data: bytes) -> Forme | None:
    """The forme of such bytes, or None where they are something else."""
    try:
        size, _, rest = data.partition(b"\n")
        if len(size) > 12:
            return None
        head = json.loads(rest[: int(size)])
        return _forme(head, rest[int(size) :])
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError):
        return None


def pack_outline(pages: int, labels: list[tuple[str, int]]) -> bytes:
    """What is known of a forme's pages before it is drawn, as bytes: how many they are, and what begins on which."""
    return json.dumps([pages, labels]).encode("ascii")


def unpack_outline(data: bytes) -> tuple[int, list[tuple[str, int]]] | None:
    """The same again, or None where the bytes are something else."""
    try:
        pages, labels = json.loads(data)
        _require(type(pages) is int and 0 < pages < 1_000_000)
        return pages, [(str(anchor), _index(page, pages)) for anchor, page in labels]
    except (ValueError, TypeError, RecursionError):
        return None


def _forme(head: dict[str, Any], contents: bytes) -> Forme:
    """Raises ValueError, TypeError, KeyError or IndexError where the document has another shape."""
    pages: list[SetPage] = []
    at = 0
    for length, adler, heading, recto, part, pictures, white, last in head["pages"]:
        _require(type(length) is int and 0 <= length <= len(contents) - at and type(part) is int)
        _require(type(adler) is int and 0 <= adler < 1 << 32)
        text, folio, shunn = heading
        _require(folio in ("", "head", "foot") and all(_NAME.fullmatch(name) for name in pictures))
        pages.append(SetPage(Begun(contents[at : at + length], adler), Heading(str(text), folio, bool(shunn)), bool(recto), part, pictures, float(white), int(last)))  # fmt: skip
        at += length
    _require(at == len(contents))
    count = len(pages)
    links = [_link(row, count) for row in head["links"]]
    places = {str(anchor): _place(place, count) for anchor, place in head["places"].items()}
    labels = [(str(anchor), _index(page, count)) for anchor, page in head["labels"]]
    codes = {int(face): [_index(code, 0xFFFF) for code in row] for face, row in head["codes"].items()}
    _require(set(NUMBERS.values()).issuperset(codes))
    placements = [
        Placement(str(photo), (int(pixels[0]), int(pixels[1])), float(width), float(height), str(name))
        for photo, pixels, width, height, name in head["placements"]
    ]
    transcript = [(anchor, words) for anchor, words in head["transcript"]]
    _require(all(type(anchor) is str and type(words) is str for anchor, words in transcript))
    structure = None if head["structure"] is None else _structure(head["structure"], count, len(links))
    return Forme(pages, structure, links, places, labels, codes, placements, transcript)


def _structure(row: list[Any], pages: int, links: int) -> Structure:
    text, refs, count, tops, marks, owners, ids = row
    written = text.encode("ascii")
    most = (4 * count, 4 * pages, 4 * links, 4)
    _require(not _STRAY.search(written) and _SIGN.findall(written).count(b"%d") == len(refs))
    _require(type(count) is int and count == written.count(b"\n") + bool(written))
    _require(len(marks) == pages and len(owners) == links)
    _require(all(type(ref) is int and 0 <= ref < most[ref & 3] for ref in refs))
    _require(all(type(top) is int and 0 <= top < count for row in (tops, owners, *marks) for top in row))
    return Structure(written, refs, count, tops, marks, owners, [(str(name), _index(at, count)) for name, at in ids])


def _link(row: list[Any], pages: int) -> Link:
    page, rect, contents, uri, target, place = row
    left, low, right, high = rect
    return Link(
        _index(page, pages), (float(left), float(low), float(right), float(high)), str(contents), str(uri), str(target),
        None if place is None else _place(place, pages),
    )  # fmt: skip


def _place(row: list[Any], pages: int) -> Place:
    page, x, y = row
    return _index(page, pages), float(x), float(y)


def _index(value: Any, count: int) -> int:
    _require(type(value) is int and 0 <= value < count)
    return int(value)


def _require(held: bool) -> None:
    if not held:
        raise ValueError("not what `pack` writes")
