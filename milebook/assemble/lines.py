"""Read the markup of the index's one-line fields, once: titles, captions, credits, bios, sources."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from milebook.markdown import plain_runs
from milebook.model.book import Agreement, BookInfo, Contributor, Person, Photo, Quote, Source, Story
from milebook.model.index import ChapterEntry, Index
from milebook.model.languages import language_beside
from milebook.model.line import Line
from milebook.model.text import Run
from milebook.permissions.bylines_and_credits import printed_name

_WORD = "[A-Za-z0-9À-ÖØ-öø-ÿĀ-ſ]+"
_NOTHING_TO_READ = re.compile(rf"{_WORD}(?:(?:[.,;:]? |-){_WORD})*[.!?]?")  # for most fields, and quickly


_WITH_LINKS = (  # fields of the book in which addresses become links
    "publisher", "publisher_address", "printed_in", "edition", "printing", "cip", "design_credit", "copyright_holder",
    "description", "back_cover", "cover_credit",
)  # fmt: skip


class LineReader:
    """Makes Lines of fields. An agreement that many items share is made once and stays shared."""

    def __init__(self, language: str, smart: bool) -> None:
        self.language, self.smart = language, smart
        self._agreements: dict[int, tuple[Agreement, Agreement]] = {}

    def line(self, typed: str, language: str = "", *, links: bool = False) -> str:
        """A field as a Line; `links` tells whether addresses in it become links. What is a Line already stays."""
        if isinstance(typed, Line) or not typed:
            return typed
        language = language or self.language
        if language.startswith("en") and _NOTHING_TO_READ.fullmatch(typed):
            return Line((Run(typed),), typed)
        if "\n" not in typed:
            return Line(plain_runs(typed, language, self.smart, links=links), typed)
        runs: list[Run] = []
        for number, written in enumerate(typed.split("\n")):
            runs += [Run("\n")] if number else []
            runs += plain_runs(written, language, self.smart, links=links)
        return Line(tuple(runs), typed)

    def agreement(self, terms: Agreement) -> Agreement:
        if not terms.credit:
            return terms
        known = self._agreements.get(id(terms))
        if known is None:  # the typed one is kept as well, so that its id is not given to another
            known = self._agreements[id(terms)] = (terms, replace(terms, credit=self.line(terms.credit, links=True)))
        return known[1]

    def story(self, story: Story) -> Story:
        return replace(
            story,
            title=self.line(story.title, story.language),
            contributor=self._contributor(story.contributor),
            source=self._source(story.source),
            permission=self.agreement(story.permission),
            photos=tuple([self._photo(photo, story.language) for photo in story.photos]),
            quotes=tuple([self._quote(quote) for quote in story.quotes]),
        )

    def _contributor(self, who: Contributor) -> Contributor:
        return replace(who, bio=self.line(who.bio, links=True), printed=self.line(printed_name(who, self.language)))

    def _source(self, source: Source) -> Source:
        if not (source.published or source.permission.credit):
            return source
        return replace(
            source, published=self.line(source.published, links=True), permission=self.agreement(source.permission)
        )

    def _photo(self, photo: Photo, language: str) -> Photo:
        return replace(
            photo,
            caption=self.line(photo.caption, language_beside(photo.caption, language, self.language), links=True),
            credit=self.line(
                photo.credit, language_beside(photo.credit, language, self.language, opening=True), links=True
            ),
            permission=self.agreement(photo.permission),
            people=tuple([self._person(one) for one in photo.people]),
        )

    def _person(self, one: Person) -> Person:
        return replace(one, permission=self.agreement(one.permission)) if one.permission.credit else one

    def _quote(self, quote: Quote) -> Quote:
        return replace(
            quote,
            text=self.line(quote.text),
            source=self.line(quote.source, links=True),
            permission=self.agreement(quote.permission),
        )

    def chapter(self, entry: ChapterEntry) -> ChapterEntry:
        return replace(entry, title=self.line(entry.title))

    def info(self, info: BookInfo) -> BookInfo:
        linked: dict[str, Any] = {name: self.line(getattr(info, name), links=True) for name in _WITH_LINKS}
        return replace(
            info,
            title=self.line(info.title),
            subtitle=self.line(info.subtitle),
            cover_permission=self.agreement(info.cover_permission),
            cover_people=tuple([self._person(one) for one in info.cover_people]),
            quotes=tuple([self._quote(one) for one in info.quotes]),
            **linked,
        )


def with_lines(index: Index) -> Index:
    """The Index with every one-line field as it is printed. An Index that has been here is given back as it is."""
    if isinstance(index.info.title, Line):
        return index
    reader = LineReader(index.info.language, index.info.smart_punctuation)
    return replace(
        index,
        info=reader.info(index.info),
        chapters=tuple([reader.chapter(entry) for entry in index.chapters]),
        agreements={name: reader.agreement(terms) for name, terms in index.agreements.items()},
        stories=tuple([reader.story(story) for story in index.stories]),
    )
