"""Hints for the order of stories: shown to the author, never enforced.

Two stories by one person or about one race in a row, three long ones, photos that come all at once, a chapter that opens
with its shortest story.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from milebook.preview.survey import Card, Column

LONG = 0.9  # share of the limit from which a story is long
SHORT = 0.5  # share of a chapter's middle length under which an opening is weakly short
BUNCHED = 3  # stories with photos in a row, in a chapter where at least as many have none
_RACE = re.compile(
    r"\b((?:[A-Z][\w’'.-]*\s+){1,4}(?:Marathon|Half|10K|5K|Mile|Relay|Ultra|Classic|Fun Run|Turkey Trot|Parkrun|Dash))\b"
)


class Hint(NamedTuple):
    """A hint at a story, by its id; or at a chapter, as "chapter ID"."""

    story: str
    text: str


def order_hints(columns: Sequence[Column]) -> list[Hint]:
    """Every hint, in book order."""
    return [hint for column in columns for hint in _chapter(column)]


def _chapter(column: Column) -> Iterator[Hint]:
    cards = column.cards
    tags = Counter(tag for card in cards for tag in card.tags)
    for one, other in pairwise(cards):
        if one.byline and one.byline == other.byline:
            yield Hint(other.id, f"also by {other.byline}, like the story before it")
        race = _races(one) & _races(other)
        shared = [tag for tag in other.tags if tag in one.tags and tags[tag] * 2 <= len(cards)]
        if race:
            yield Hint(other.id, f"about the {sorted(race)[0]}, like the story before it")
        elif shared:
            yield Hint(other.id, f"“{shared[0]}”, like the story before it")
    for three in zip(cards, cards[1:], cards[2:], strict=False):
        if all(card.limit and card.words >= LONG * card.limit for card in three) and _mixed(cards):
            yield Hint(three[2].id, "the third long story in a row")
    yield from _photos(cards)
    if len(cards) >= 3:
        middle = sorted(card.words for card in cards)[len(cards) // 2]
        if 0 < cards[0].words < SHORT * middle:
            yield Hint(f"chapter {column.id}", f"opens with a short story ({cards[0].words} words)")


def _mixed(cards: Sequence[Card]) -> bool:
    """Whether there are shorter stories in the chapter that could stand between long ones."""
    return any(card.limit and card.words < LONG * card.limit for card in cards)


def _photos(cards: Sequence[Card]) -> Iterator[Hint]:
    without = sum(not card.photos for card in cards)
    run = 0
    for card in cards:
        run = run + 1 if card.photos else 0
        if run == BUNCHED and without >= BUNCHED:
            yield Hint(card.id, f"photos in {BUNCHED} stories in a row; {without} of the chapter have none")


def _races(card: Card) -> set[str]:
    return {" ".join(match.split()).removeprefix("The ") for match in _RACE.findall(f"{card.title}. {card.text}")}
