"""What the overview shows of a book, as plain data: figures, every story as a card, whom to ask, photos."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Open:
    """A permission that is not clear: what it is for, and why."""

    kind: str
    label: str
    why: str
    next_step: str
    who: str
    status: str
    story: str
    title: str
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """One story. `text` is its words, for searching; empty where nothing is searched."""

    id: str
    title: str
    byline: str
    words: int
    limit: int
    status: str
    tags: tuple[str, ...] = ()
    photos: int = 0
    open: tuple[Open, ...] = ()
    received: str = ""
    hints: tuple[str, ...] = ()
    text: str = ""

    @property
    def over(self) -> bool:
        return 0 < self.limit < self.words


@dataclass(frozen=True, slots=True)
class Column:
    """A chapter with its cards. `takes` says in words what a `select:` chapter takes, "" where stories are listed."""

    id: str
    title: str
    number: int
    words: int
    cards: tuple[Card, ...]
    takes: str = ""
    order_by: str = ""
    select: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shot:
    """A photo of the contact sheet. `path` is the file under the book folder, "" where it cannot be read."""

    figure: str
    caption: str
    credit: str
    alt: str
    title: str
    story: str
    path: str
    pixels: tuple[int, int]
    open: tuple[Open, ...] = ()
    chapter: int = 0


@dataclass(frozen=True, slots=True)
class Ask:
    """A person, and everything that person has to say yes to."""

    who: str
    items: tuple[Open, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """The whole picture."""

    title: str
    subtitle: str
    authors: tuple[str, ...]
    working_title: bool
    language: str
    date: str
    words: int  # of the whole manuscript, which is what the target is set for
    target: int
    limit: int
    needed: int
    clear: int
    columns: tuple[Column, ...]
    inbox: tuple[Card, ...]
    cut: tuple[Card, ...]
    asks: tuple[Ask, ...]
    shots: tuple[Shot, ...]
    over: int
    pages: int = 0  # as set; 0: only estimated
    pages_low: int = 0
    pages_high: int = 0

    @property
    def stories(self) -> int:
        return sum(len(column.cards) for column in self.columns)

    @property
    def open(self) -> int:
        return self.needed - self.clear
