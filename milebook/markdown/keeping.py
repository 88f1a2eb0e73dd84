"""A Text in, plain lists for a pack out, and the same Text back: most of a story is paragraphs of one look.

What comes back has the shape of a Text and numbers that fit each other, or Misfit is raised.
"""

from __future__ import annotations

from typing import Any

from milebook.cache.lists import Misfit, number, row, text
from milebook.model.findings import Place
from milebook.model.text import CODE, HEADING, PARAGRAPH, SCENE_BREAK, VERSE, Block, Container, Note, Query, Run, Text

_KINDS = (PARAGRAPH, VERSE, HEADING, SCENE_BREAK, CODE)
_NUMBERS = {kind: number for number, kind in enumerate(_KINDS)}
_CONTAINERS = ("quote", "bullets", "numbers")


def text_row(story: Text) -> list[Any]:
    return [
        [_block_row(block) for block in story.blocks],
        [[_place_row(note.place), [_block_row(block) for block in note.blocks]] for note in story.notes],
        [[query.text, _place_row(query.place), query.block, query.answered] for query in story.queries],
    ]


def text_from(kept: object, file: str) -> Text:
    """The Text of `file` that `text_row` has written down."""
    blocks, notes, queries = row(kept, 3)
    return _Reading(file, len(row(blocks)), len(row(notes)), len(row(queries))).text(blocks, notes, queries)


def _place_row(place: Place) -> int | list[int]:
    """The line alone for a place at its beginning."""
    return place.line if place.column == place.width == 1 else list(place[1:])


def _block_row(block: Block) -> list[Any]:
    runs: str | list[Any] = [_run_row(run) for run in block.runs]
    if len(block.runs) == 1 and isinstance(runs[0], str):
        runs = runs[0]
    source = 0 if block.source == runs else block.source
    if block.kind == PARAGRAPH and not block.inside and not block.level:
        return [runs, _place_row(block.place), source]
    return [runs, _place_row(block.place), source, _NUMBERS[block.kind], list(block.inside), block.level]


def _run_row(run: Run) -> str | list[Any]:
    if run == (run.text, False, False, False, False, "", 0, "", 0):
        return run.text
    looks = run.bold + 2 * run.italic + 4 * run.code + 8 * run.small_caps
    if not (run.link or run.note or run.lang or run.query):
        return [run.text, looks]
    return [run.text, looks, run.link, run.note, run.lang, run.query]


class _Reading:
    """The way back, for a text with so many blocks, notes and queries."""

    def __init__(self, file: str, blocks: int, notes: int, queries: int) -> None:
        self.file, self.blocks, self.notes, self.queries = file, blocks, notes, queries

    def text(self, blocks: list[Any], notes: list[Any], queries: list[Any]) -> Text:
        return Text(
            tuple([self.block(kept) for kept in blocks]),
            tuple([self.note(count, *row(kept, 2)) for count, kept in enumerate(notes, 1)]),
            tuple([self.query(count, *row(kept, 4)) for count, kept in enumerate(queries, 1)]),
        )

    def block(self, kept: Any) -> Block:
        if type(kept) is not list:
            raise Misfit
        inside: tuple[Container, ...] = ()
        if len(kept) == 3:
            (words, where, source), kind, level = kept, PARAGRAPH, 0
        else:
            words, where, source, kind, around, level = row(kept, 6)
            kind = _KINDS[number(kind)]
            inside = tuple([_container(*row(one, 4)) for one in row(around)])
            number(level)
        if type(words) is str:
            runs: tuple[Run, ...] = (Run(words),)
        else:
            runs = tuple([self.run(one) for one in row(words)])
        if source == 0:
            source = text(words)
        return Block(kind, runs, self.place(where), inside, level, text(source))

    def run(self, kept: Any) -> Run:
        if type(kept) is str:
            return Run(kept)
        if len(row(kept)) == 2:
            (words, looks), link, note, lang, query = kept, "", 0, "", 0
        else:
            words, looks, link, note, lang, query = row(kept, 6)
            if number(note) > self.notes or number(query) > self.queries:
                raise Misfit
        if number(looks) > 15:
            raise Misfit
        bold, italic, code, small = looks & 1 > 0, looks & 2 > 0, looks & 4 > 0, looks & 8 > 0
        return Run(text(words), bold, italic, code, small, text(link), note, text(lang), query)

    def place(self, kept: Any) -> Place:
        if type(kept) is int:
            return Place(self.file, number(kept), 1)
        line, column, width = row(kept, 3)
        return Place(self.file, number(line), number(column), number(width))

    def note(self, count: int, where: Any, blocks: Any) -> Note:
        return Note(count, tuple([self.block(kept) for kept in row(blocks)]), self.place(where))

    def query(self, count: int, words: Any, where: Any, block: Any, answered: Any) -> Query:
        if type(answered) is not bool or number(block) >= self.blocks:
            raise Misfit
        return Query(count, text(words), self.place(where), block, answered)


def _container(kind: Any, key: Any, item: Any, label: Any) -> Container:
    if kind not in _CONTAINERS:
        raise Misfit
    return Container(kind, number(key), number(item), text(label))
