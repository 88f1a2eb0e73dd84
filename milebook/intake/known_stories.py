"""What the book has already: its stories with the keys they were imported under, and who the compilers are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from milebook.index import read_index
from milebook.model.book import Story
from milebook.model.findings import Finding, Place
from milebook.model.index import Index
from milebook.source import BookFolder

ORIGINALS = "originals"


@dataclass
class KnownStory:
    """A story of the book, as far as an import has to know it."""

    id: str
    title: str
    name: str
    email: str
    key: str
    original: str  # path of what it was made from, relative to the index's folder; "" for none
    read: Callable[[], str]

    @cached_property
    def text(self) -> str:
        return self.read()


@dataclass
class Known:
    """A book folder before an import. `base` is the index's folder, such as "stories"."""

    folder: BookFolder
    index: Index | None = None
    base: str = "stories"
    stories: list[KnownStory] = field(default_factory=list)
    by_key: dict[str, KnownStory] = field(default_factory=dict)
    ours: set[str] = field(default_factory=set)  # addresses of the compilers, in small letters
    us: set[str] = field(default_factory=set)  # their names, in small letters
    limit: int = 0
    names: set[str] = field(default_factory=set)  # of the files beside the index, in small letters
    findings: list[Finding] = field(default_factory=list)

    @property
    def originals(self) -> frozenset[str]:
        """The names of the kept originals that stories were made from."""
        return frozenset(story.original.removeprefix(f"{ORIGINALS}/") for story in self.stories if story.original)

    def original_bytes(self, path: str) -> bytes | None:
        """The original that a story was made from, None if it is not there."""
        return self.folder.read_bytes(f"{self.base}/{path}".lstrip("/"), Place(path))[0]


def known(folder: BookFolder) -> Known:
    """Read the index of a book folder. A book that cannot be read is None, with the findings that say why."""
    index, findings = read_index(folder)
    found = Known(folder, index, findings=findings)
    if index is None:
        return found
    found.base = index.path.rpartition("/")[0]
    found.limit = index.info.story_limit
    found.ours = {value.lower() for name, value in index.info.contact.items() if name == "email"}
    found.us = {name.casefold() for name in (*index.info.authors, index.info.contact.get("name", "")) if name}
    found.names = {name.lower() for name in folder.names(found.base)}
    for story in index.stories:
        one = _story(story, folder, found.base)
        found.stories.append(one)
        if one.key:
            found.by_key.setdefault(one.key, one)
    return found


def key_of(kind: str, ref: str) -> str:
    """The key behind `source: {ref: …}`: a mail's is written without “mail:”."""
    ref = ref.strip()
    if ref.startswith("<") and ref.endswith(">"):
        return f"mail:{ref}"
    return f"mail:<{ref}>" if kind == "email" and "@" in ref and ":" not in ref else ref


def _story(story: Story, folder: BookFolder, base: str) -> KnownStory:
    def read() -> str:
        path = f"{base}/{story.file}".lstrip("/")
        text, _ = folder.read_text(path, Place(path))
        return text or ""

    who = story.contributor
    original = getattr(story.source, "original", "")
    return KnownStory(
        story.id, story.title, who.name, who.email.lower(), key_of(story.source.kind, story.source.ref), original, read
    )
