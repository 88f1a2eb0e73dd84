"""Repair mistakes in the index whose cause is plain, so that one mistake gives one finding and not many."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import replace

from milebook.model.findings import Finding, Place
from milebook.model.index import ChapterEntry
from milebook.yaml_nodes import Fields, Items, Node, Scalar
from milebook.yaml_nodes.nodes import shown

# Kinds of MB107, for `consequences`
NOTHING = "nothing"  # a part of the index, or the value of a field, is not there
LOST_LINE = "lost line"  # a line that begins a part is missing
NO_ID = "no id"  # a line that begins an entry is missing, so that the entries of its part cannot be told apart

_ONLY_STORIES = ("contributor", "received", "file", "photos", "permission", "quotes")


def mend_lost_stories(root: Fields, report: Callable[..., None]) -> None:
    """Take stories out of the list of chapters if the line `stories:` between the two was lost."""
    chapters = root.get("chapters")
    if "stories" in root.fields or not isinstance(chapters, Items):
        return
    first = next((at for at, item in enumerate(chapters.items) if _is_story(item)), -1)
    if first < 0 or not all(map(_is_story, chapters.items[first:])):
        return
    entry = chapters.items[first]
    name = entry.get("id") if isinstance(entry, Fields) else None
    above = f' "{name.value}"' if isinstance(name, Scalar) else ""
    report(
        entry,
        "MB107",
        f'the line "stories:" is missing above the story{above}',
        'write "stories:" on a line of its own above it, at the very left',
        kind=LOST_LINE,
    )
    stories = Items(entry.page, entry.line, entry.column)
    stories.items = chapters.items[first:]
    chapters.items = chapters.items[:first]
    key = Scalar("stories", True, entry.page, entry.line, entry.column, 1)
    root.fields["stories"] = (key, stories)


def _is_story(item: Node) -> bool:
    return isinstance(item, Fields) and any(name in item.fields for name in _ONLY_STORIES)


def report_lost_agreement(key: Scalar, report: Callable[..., None]) -> None:
    """A field of an agreement stands where its id should be."""
    report(
        key,
        "MB107",
        f'the line with the agreement\'s id is missing above "{key.value}"',
        "write the id and a colon on a line of its own above it, such as ana-2026:, and indent the fields below it",
        kind=NO_ID,
    )


def with_commas(
    chapters: tuple[ChapterEntry, ...], known: Collection[str], findings: list[Finding]
) -> tuple[ChapterEntry, ...]:
    """The chapters, with entries such as `[oak elm]` read as the two stories that they name."""
    return tuple(_split(chapter, known, findings) for chapter in chapters)


def _split(chapter: ChapterEntry, known: Collection[str], findings: list[Finding]) -> ChapterEntry:
    if not chapter.stories or all(re.search("[ ;]", name) is None for name, _ in chapter.stories):
        return chapter
    listed: list[tuple[str, Place]] = []
    for name, place in chapter.stories:
        words = re.split(r"[\s;]+", name)
        if name in known or len(words) < 2 or not all(word in known for word in words):
            listed.append((name, place))
            continue
        message = f'"{name}" is read as one story, since there is no comma between the names'
        findings.append(Finding("MB118", message, place, f"put commas between them: [{', '.join(words)}]", name=name))
        listed += [(word, place) for word in words]
    return replace(chapter, stories=tuple(listed))


def as_contributor(text: str) -> str:
    """How a contributor is written whose name, age and town stand in one line."""
    name, *rest = [part.strip() for part in text.split(",")]
    age = next((part for part in rest if part.isdecimal() and len(part) <= 3), "")
    town = ", ".join(part for part in rest if part and part != age)
    fields = [
        f"name: {shown(name)}",
        *([f"age: {age}"] if age else []),
        *([f'location: "{shown(town)}"'] if town else []),
    ]
    return f"contributor: {{{', '.join(fields)}}}"
