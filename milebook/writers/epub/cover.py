"""The cover: the author's picture, or one drawn from title and names, so that every book has a cover."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from milebook.cache.store import Store
from milebook.covers.words import Lines, spoken
from milebook.model.draft import Draft
from milebook.writers.epub.markup import one_line
from milebook.writers.epub.photos import SUFFIX

if TYPE_CHECKING:
    from milebook.photos import PhotoPreparer, PreparedPhoto

MAX_AREA = 1600 * 2560  # pixels, as many as a drawn cover has


class Cover(NamedTuple):
    """A cover picture. `name` is its path inside the book; `missing` lists letters that no shipped face could draw."""

    name: str
    data: bytes | PreparedPhoto
    media_type: str
    alt: str
    missing: list[str]


def make_cover(draft: Draft, preparer: PhotoPreparer, cache: str) -> Cover:
    """The author's cover, no larger than shops take, or a typographic one; `cache` is a folder that may keep it, or ""."""
    if draft.cover:
        picture = preparer.prepare(draft.cover, max_area=MAX_AREA)
        name = f"images/cover.{SUFFIX[picture.media_type]}"
        return Cover(name, picture, picture.media_type, draft.cover_alt.strip() or words_of(draft), [])
    lines = cover_lines(draft)
    words, missing = "".join(lines), []
    if not words.isascii():  # the covers' faces take a while to load
        from milebook.covers.lettering import Lettering

        missing = Lettering("Regular").missing(words)
    gaps = str.maketrans(dict.fromkeys(missing, " "))
    shown = Lines(*(" ".join(line.translate(gaps).split()) for line in lines))
    store = Store(cache)
    key = Store.key("cover", draft.cover_design, *shown)
    data = store.get(key)
    if data is None:
        from milebook.covers import drawn

        data = drawn.draw(shown, draft.cover_design)
        store.put(key, data)
    return Cover("images/cover.jpg", data, "image/jpeg", words_of(draft), missing)


def cover_lines(draft: Draft) -> Lines:
    """The words of a drawn cover."""
    authors = " / ".join(one_line(name) for name in draft.authors if name.strip())
    return Lines(*map(one_line, (draft.title, draft.subtitle, authors, draft.publisher, draft.proof_line)))


def words_of(draft: Draft) -> str:
    """What a drawn cover says."""
    return spoken(cover_lines(draft))
