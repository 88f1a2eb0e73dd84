"""Which stories a chapter takes and in what order: the index's lists and queries in, story ids out."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping

from milebook.book import ChapterEntry, Story
from milebook.counts import body_words

Key = Callable[[Story], tuple[object, ...]]


def filing(text: str) -> str:
    """Text as a reader alphabetises it: without case and accents, and without an article in front."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = plain.translate(str.maketrans("łøđð", "lodd")).lstrip("\"'“‘«„¿¡ ")
    for article in ("the ", "a ", "an "):
        if plain.startswith(article):
            return plain[len(article) :]
    return plain


def surname(name: str) -> str:
    """The word a name is filed under: what stands before a comma, else its last word."""
    words = name.partition(",")[0].split()
    while len(words) > 1 and words[-1].rstrip(".").casefold() in {"jr", "sr", "ii", "iii", "iv", "phd", "md"}:
        words.pop()
    return words[-1] if words else name


ORDERS: Mapping[str, Key] = {
    "received": lambda story: (story.received == "", story.received),
    "title": lambda story: (filing(story.title),),
    "contributor": lambda story: (
        filing(surname(story.byline or story.contributor.byline or story.contributor.name)),
        filing(story.byline or story.contributor.name),
    ),
    "words": lambda story: (body_words(story.text),),
    "location": lambda story: (story.contributor.location == "", filing(story.contributor.location)),
    "age": lambda story: (story.contributor.age == 0, story.contributor.age),
}


def matches(story: Story, select: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a story answers to every field of a selection; several words for one field mean any of them."""
    fields: Mapping[str, tuple[str, ...]] = {
        "status": (story.status,),
        "tags": story.tags,
        "contributor": (story.contributor.name, story.contributor.byline),
        "location": (story.contributor.location,),
        "source": (story.source.kind,),
        "language": (story.language,),
        "id": (story.id,),
    }
    return all(any(word in fields.get(name, ()) for word in words) for name, words in select.items())


def chosen(entry: ChapterEntry, stories: Iterable[Story]) -> list[Story]:
    """The stories that a chapter's query selects, in its order; stories that tie keep the order of the index."""
    picked = [s for s in stories if s.status == "selected" and matches(s, entry.select or {})]
    return arranged(picked, entry.order_by)


def arranged(stories: list[Story], order_by: str) -> list[Story]:
    """Stories sorted by one of ORDERS, descending with a "-" in front; unsorted for "" and unknown words."""
    key = ORDERS.get(order_by.removeprefix("-"))
    if key is None:
        return stories
    return sorted(stories, key=key, reverse=order_by.startswith("-"))
