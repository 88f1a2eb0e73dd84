"""Choose what is proofed: chapters, or contributors with their stories."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from unicodedata import normalize

from milebook.app.proof_record import differing
from milebook.app.wrong_usage import UnknownName
from milebook.compose.proof import ProofParagraph
from milebook.model.book import Book, Chapter, Story
from milebook.model.near_names import did_you_mean
from milebook.model.slugs import free_name, plain_letters, slug
from milebook.permissions.bylines_and_credits import printed_name
from milebook.writers import FORMATS


@dataclass(frozen=True, slots=True)
class ProofRequest:
    """What `milebook proof` was asked for."""

    chapters: tuple[str, ...] = ()
    contributors: bool = False
    names: tuple[str, ...] = ()  # contributors, or ids of their stories; empty: all
    formats: tuple[str, ...] = tuple(name for name, one in FORMATS.items() if one.for_proofs)
    since: str = ""
    layout: str = "proof"
    out: str = "build/proofs"
    cache: bool = True
    jobs: int = 0

    @property
    def shape(self) -> str:
        """What tells the builds of one and the same book from each other."""
        return f"{self.layout} {self.contributors} {self.chapters} {self.names} {self.formats} {self.since}"


class Chosen(NamedTuple):
    """What is to be proofed, by the proof's name: chapters with what changed in them, or contributors with their stories."""

    chapters: Mapping[str, tuple[Chapter, frozenset[str]]]
    people: Mapping[str, list[tuple[Chapter, Story]]]

    def stories(self, name: str) -> list[Story]:
        """The stories in a proof."""
        if name in self.chapters:
            return list(self.chapters[name][0].stories)
        return [story for _, story in self.people[name]]


def choose(
    book: Book,
    request: ProofRequest,
    current: Mapping[str, list[ProofParagraph]],
    before: Mapping[str, list[ProofParagraph]] | None,
) -> Chosen:
    """What a request is about, its chapters being ids. With `before` only chapters that differ from what they were.

    Raises UnknownName for somebody who is not in the book.
    """
    if request.contributors:
        return Chosen({}, _people(book, request.names))
    chosen: dict[str, tuple[Chapter, frozenset[str]]] = {}
    digits = max(2, len(str(len(book.chapters))))
    for chapter in book.chapters:
        if request.chapters and chapter.id not in request.chapters:
            continue
        changed: frozenset[str] = frozenset()
        if before is not None:
            changed, same = differing(before, chapter.id, current[chapter.id])
            if same:
                continue
        chosen[f"ch{chapter.number:0{digits}d}-{chapter.id}"] = chapter, changed
    return Chosen(chosen, {})


def _people(book: Book, names: Sequence[str]) -> dict[str, list[tuple[Chapter, Story]]]:
    """Contributors with their stories. Two of one name are told apart by their addresses, so that neither gets the other's."""
    addresses: dict[str, set[str]] = {}
    for story in book.stories:
        addresses.setdefault(_folded(story.contributor.name), set()).update(
            filter(None, [_folded(story.contributor.email)])
        )
    people: dict[tuple[str, str], list[tuple[Chapter, Story]]] = {}
    for chapter in book.chapters:
        for story in chapter.stories:
            name = _folded(story.contributor.name)
            who = (name or story.id, _folded(story.contributor.email) if len(addresses[name]) > 1 else "")
            people.setdefault(who, []).append((chapter, story))
    names = _people_meant([name for name, _ in people], names)
    wanted = {_folded(name) for name in names}
    chosen: dict[str, list[tuple[Chapter, Story]]] = {}
    found: set[str] = set()
    for (name, _), stories in people.items():
        keys = {name, *(_folded(printed_name(story.contributor, book.info.language)) for _, story in stories)}
        keys |= {name for _, story in stories for name in (story.id, *story.formerly)}
        if wanted and not keys & wanted:
            continue
        found |= keys
        chosen[free_name(_file_name(stories[0][1], book.info.language), chosen.__contains__)] = stories
    for name in names:
        if _folded(name) not in found:
            meant = did_you_mean(name, [printed_name(story.contributor, book.info.language) for story in book.stories])
            fact = f"there is no contributor or story “{name}” in the book"
            raise UnknownName("; ".join(filter(None, [fact, meant])))
    return chosen


def _file_name(story: Story, language: str) -> str:
    """The name of the proof of a contributor, by the byline, for a file's name must not tell whom that hides. A name that has no
    letters from A to Z is left out.
    """
    shown = printed_name(story.contributor, language)
    name = "anonymous" if story.contributor.anonymous or not shown else slug(shown, "")
    return "-".join(filter(None, ("contributor", name, story.id)))


def _people_meant(known: Sequence[str], names: Sequence[str]) -> list[str]:
    """The names as the book has them, where a part without accents tells one person: “ana” for Ána Example."""
    meant = []
    for name in names:
        typed = plain_letters(name)
        found = {one for one in known if typed and re.search(rf"\b{re.escape(typed)}", plain_letters(one))}
        exact = {one for one in known if plain_letters(one) == typed}
        meant.append(next(iter(exact or found)) if len(exact or found) == 1 else name)
    return meant


def _folded(name: str) -> str:
    return " ".join(normalize("NFC", name).casefold().split())
