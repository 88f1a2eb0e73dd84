"""Small Books made by hand for the permissions tests: everything is clear until a test breaks one thing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import count
from typing import Any

from milebook.assemble.lines import LineReader
from milebook.model.book import Agreement, Book, BookInfo, Chapter, Contributor, Editions, Person, Photo, Quote, Story
from milebook.model.findings import Place
from milebook.model.text import PARAGRAPH, Block, Container, Run, Text

INDEX = "stories/index.yaml"


def agreement(ident: str = "ana-2026", **fields: Any) -> Agreement:
    """Granted, with evidence, for everything."""
    fields = {
        "signer": "Ana Example",
        "status": "granted",
        "requested": "2026-03-02",
        "granted": "2026-03-09",
        "evidence": "releases/ana-2026.pdf",
        "territory": "world",
        "formats": ("print", "ebook"),
        "place": Place(INDEX, 30, 3),
    } | fields
    fields.setdefault("places", {name: Place(INDEX, 30 + n, 5) for n, name in enumerate(fields, 1)})
    return Agreement(id=ident, **fields)


def photo(**fields: Any) -> Photo:
    fields = {
        "file": "photos/finish.jpg",
        "path": "stories/photos/finish.jpg",
        "caption": "All smiles at the finish.",
        "credit": "Photo by Ben Example",
        "alt": "A woman crosses a line.",
        "pixels": (3000, 2000),
        "permission": agreement("ben-2026", signer="Ben Example"),
        "place": Place(INDEX, 60, 9),
    } | fields
    return Photo(**fields)


def minor(**fields: Any) -> Person:
    return Person(**({"name": "Cal", "minor": True, "guardian": "Ana Example", "permission": agreement()} | fields))


def text(*paragraphs: str | Block) -> Text:
    blocks = []
    for line, paragraph in enumerate(paragraphs, 1):
        if isinstance(paragraph, str):
            paragraph = Block(PARAGRAPH, (Run(paragraph),), Place("stories/s.md", line, 1))
        blocks.append(paragraph)
    return Text(tuple(blocks))


def quoted_block(words: str, line: int = 1, kind: str = PARAGRAPH) -> Block:
    return Block(kind, (Run(words),), Place("stories/s.md", line, 1), (Container("quote", 1),))


def story(ident: str = "tree", **fields: Any) -> Story:
    fields = {
        "title": "The Tree at the Corner",
        "status": "selected",
        "contributor": Contributor(name="Ana Example", location="St. Louis, MO", age=32, email="ana@example.org"),
        "permission": agreement(),
        "text": text("I ran to the tree at the corner and back."),
        "place": Place(INDEX, 50, 5),
    } | fields
    made = Story(ident, **fields)
    return replace(made, photos=tuple(replace(one, entry=one.entry or n) for n, one in enumerate(made.photos, 1)))


def book(*stories: Story, editions: Editions | None = None, **info: Any) -> Book:
    return books([stories or (story(),)], editions=editions, **info)


def books(chapters: Iterable[Iterable[Story]], editions: Editions | None = None, **info: Any) -> Book:
    made = BookInfo(title="A Mile", authors=("Cy Editor",), language="en-US", date="2026-03-15", place=Place(INDEX, 1))
    reader = LineReader("en-US", smart=True)
    made = reader.info(replace(made, editions=editions or Editions(), **info))
    numbered = []
    for order, members in enumerate(chapters, 1):
        figure = count(1)
        stories = tuple(
            replace(
                one, photos=tuple(replace(p, number=f"{order}.{next(figure)}") if p.path else p for p in one.photos)
            )
            for one in map(reader.story, members)
        )
        numbered.append(Chapter(id=f"c{order}", number=order, title=f"Chapter {order}", stories=stories))
    return Book(info=made, front=(), chapters=tuple(numbered), back=())


def quote(**fields: Any) -> Quote:
    fields = {
        "text": "Run, run, run to the river",
        "kind": "lyric",
        "source": "River Song, A. Writer",
        "permission": agreement("song-2026", signer="Song House"),
        "place": Place(INDEX, 70, 9),
    } | fields
    return Quote(**fields)
