"""The Index as frozen values: what the author typed into stories/index.yaml, each value with its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from milebook.model.book import Agreement, BookInfo, Story, WithPlaces
from milebook.model.findings import Place


@dataclass(frozen=True, slots=True)
class ChapterEntry(WithPlaces):
    """A chapter as the index has it: an explicit list of story ids, or a selection with an order."""

    id: str
    title: str = ""
    opening: str = ""
    stories: tuple[tuple[str, Place], ...] | None = None
    select: Mapping[str, tuple[str, ...]] | None = None  # field -> accepted words, all fields must match
    order_by: str = ""  # received | title | contributor | words | location | age, with "-" for descending


@dataclass(frozen=True, slots=True)
class Index:
    """The author's words with their places, before anything is chosen or read beside stories/index.yaml."""

    path: str  # of the index file, relative to the book folder
    info: BookInfo
    chapters: tuple[ChapterEntry, ...]
    agreements: Mapping[str, Agreement]
    stories: tuple[Story, ...]
    all_chapters: bool = True  # False: some chapter could not be read, so that its stories are not known
