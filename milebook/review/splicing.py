"""Put edits into a Markdown text by the smallest splices, and prove by reading the result that it prints what it should.

Several ways of writing an edit are tried, the plainest first: as typed, with signs escaped, at each place between two letters where
it could stand, and at last the whole paragraph anew. The first that reads back right is taken; if none does, nothing is changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from milebook.model.splicing import Splice, spliced
from milebook.review.merging import Placed, plainer
from milebook.review.note_texts import orphans
from milebook.review.source_text import Reader, Source, Stream
from milebook.review.splice_candidates import Ways
from milebook.review.word_text import END

_EMPTY_LINK = "[]("
_TRIES = 24  # ways of writing one edit


class Expected(NamedTuple):
    """What a stream is to print: letters and looks."""

    text: str
    looks: tuple[int, ...]


def expected(stream: Stream, placed: Sequence[Placed]) -> Expected:
    """A stream with edits made; paragraphs that lost all their text are gone."""
    text: list[str] = []
    looks: list[int] = []
    restyled = list(stream.looks)
    for one in placed:
        if one.look is not None:
            restyled[one.start : one.end] = [one.look] * (one.end - one.start)
    at = 0
    for one in sorted((p for p in placed if p.look is None), key=lambda p: (p.start, p.end)):
        text.append(stream.text[at : max(at, one.start)])
        looks += restyled[at : max(at, one.start)]
        if one.taken:
            text.append(stream.text[slice(*one.taken)])
            looks += restyled[slice(*one.taken)]
        for piece in one.typed:
            text.append(piece.text)
            looks += [piece.look] * len(piece.text)
        at = max(at, one.end)
    text.append(stream.text[at:])
    looks += restyled[at:]
    if text and not "".join(text).endswith(END):
        text.append(END)
        looks.append(0)
    return _without_empty("".join(text), looks)


def _without_empty(text: str, looks: Sequence[int]) -> Expected:
    kept_text: list[str] = []
    kept_looks: list[int] = []
    at = 0
    for paragraph in text.split(END)[:-1]:
        if paragraph.strip():
            kept_text += [paragraph, END]
            kept_looks += [*looks[at : at + len(paragraph)], 0]
        at += len(paragraph) + 1
    return Expected("".join(kept_text), tuple(kept_looks))


def reads_as(source: Source, name: str, wanted: Expected, queries: Sequence[str], before: str) -> bool:
    """Whether a source prints what is wanted in a stream, has lost no query, and has no link that the text `before` had words in."""
    stream = source.streams.get(name)
    if stream is None:
        return not wanted.text
    if _EMPTY_LINK in source.text and _EMPTY_LINK not in before:
        return False
    if _loosely(stream.text) != _loosely(wanted.text) or sorted(source.queries) != sorted(queries):
        return False
    return _letters(stream.text, stream.looks) == _letters(wanted.text, wanted.looks)


def _loosely(text: str) -> list[str]:
    return [" ".join(plainer(paragraph).split()) for paragraph in text.split(END)]


def _letters(text: str, looks: Sequence[int]) -> list[tuple[str, int]]:
    return [(sign, look) for sign, look in zip(text, looks, strict=False) if sign.isalnum()]


def write(source: Source, name: str, placed: Sequence[Placed], read: Reader) -> tuple[list[Splice], list[Placed]]:
    """The splices that make the edits of one stream, and the edits that no way of writing could make."""
    writing = _Writing(source, name, read)
    groups = _moves_together(sorted(placed, key=lambda p: (p.start, p.end)))
    at_once = writing.at_once(groups)
    if at_once is not None:
        return at_once, []
    made: list[Splice] = []
    done: list[Placed] = []
    failed: list[Placed] = []
    for group in groups:
        splices = writing.one(group, made, done)
        if splices is None:
            failed += group
        else:
            made += splices
            done += group
    return made, failed


def _moves_together(placed: Sequence[Placed]) -> list[list[Placed]]:
    """The two halves of a move in one, all others alone."""
    groups: list[list[Placed]] = []
    for one in placed:
        if one.taken:
            origin = next((p for p in placed if (p.start, p.end) == one.taken and not p.typed and p.look is None), None)
            groups.append([one] if origin is None else [origin, one])
    moved = {id(one) for group in groups for one in group}
    return [*([one] for one in placed if id(one) not in moved), *groups]


class _Writing:
    """The state of one stream: edits are tried on top of those that are settled."""

    def __init__(self, source: Source, name: str, read: Reader) -> None:
        self.source, self.name, self.read = source, name, read
        self.stream = source.streams[name]
        self.ways = Ways(source.text, self.stream)

    def at_once(self, groups: Sequence[Sequence[Placed]]) -> list[Splice] | None:
        """All edits, each in the likeliest way, where that is right: reading the text once is enough then."""
        made: list[Splice] = []
        for group in groups:
            splices = next(self._ways(group), None)
            if splices is None or _overlap([*made, *splices]):
                return None
            made += splices
        wanted = expected(self.stream, [one for group in groups for one in group])
        made, text = self._without_orphans(made, ())
        queries = self._queries([one for group in groups for one in group])
        return made if reads_as(self.read(text), self.name, wanted, queries, self.source.text) else None

    def _without_orphans(self, splices: list[Splice], made: Sequence[Splice]) -> tuple[list[Splice], str]:
        """Splices that also take away the texts of notes whose last marks they take, and the text that all make with those made."""
        text = spliced(self.source.text, [*made, *splices])
        more = orphans(self.source, splices, text)
        if not more:
            return splices, text
        return [*splices, *more], spliced(self.source.text, [*made, *splices, *more])

    def _queries(self, placed: Iterable[Placed]) -> list[str]:
        """The queries that must stand in the text then: all of today, less and more those of paragraphs that change stories."""
        queries = list(self.source.queries)
        for one in placed:
            for query in self.read(one.edit.source).queries if one.edit.source else ():
                if one.typed:
                    queries.append(query)
                elif query in queries:
                    queries.remove(query)
        return queries

    def _ways(self, group: Sequence[Placed]) -> Iterator[list[Splice]]:
        return self.ways.of(group[0]) if len(group) == 1 else self.ways.paragraphs.of_move(*group)

    def one(self, group: Sequence[Placed], made: Sequence[Splice], done: Sequence[Placed]) -> list[Splice] | None:
        """The splices of one edit, or of the two halves of a move, tried together with those made so far; None for no way."""
        wanted, queries = expected(self.stream, [*done, *group]), self._queries([*done, *group])
        alone = self.ways.paragraphs.without_marker(group)
        ways = islice(self._ways(group), _TRIES * 4)
        more = ([*way, *alone] for way in islice(self._ways(group), _TRIES)) if alone else ()
        for splices in chain(ways, more):
            if _overlap([*made, *splices]):
                continue
            splices, text = self._without_orphans(splices, made)
            if reads_as(self.read(text), self.name, wanted, queries, self.source.text):
                return splices
        return None


def _overlap(splices: Sequence[Splice]) -> bool:
    at = 0
    for start, end, _ in sorted(splices, key=lambda splice: splice[:2]):
        if start < at:
            return True
        at = end
    return False
