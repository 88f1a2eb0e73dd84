"""A story file, or one line of the index, as printed text whose every letter knows its place in the source."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from milebook.markdown import plain_runs, read_prose
from milebook.model.splicing import Splice, spliced
from milebook.model.text import SCENE_BREAK, Block, Container
from milebook.review.source_map import Mapped, map_block
from milebook.review.word_text import END, NOTE


class View(NamedTuple):
    """One block of a stream: its source from `start` to `end`, and where its letters stand in the stream."""

    kind: str
    inside: tuple[Container, ...]
    level: int
    start: int
    end: int
    first: int  # offset in the stream
    mapped: Mapped

    @property
    def last(self) -> int:
        """Offset of the block's END in the stream."""
        return self.first + len(self.mapped.text)


@dataclass(slots=True)
class Stream:
    """The printed text of blocks, each with an END."""

    text: str = ""
    views: list[View] = field(default_factory=list)
    looks: list[int] = field(default_factory=list)

    def at(self, offset: int) -> int:
        """Index of the block that an offset stands in; its END is part of it."""
        return min(max(0, bisect_right([view.first for view in self.views], offset) - 1), len(self.views) - 1)


@dataclass(slots=True)
class Source:
    """A text with its streams. `queries` are the words of the queries in it."""

    text: str
    streams: dict[str, Stream]
    queries: tuple[str, ...] = ()


Reader = Callable[[str], Source]


def story_reader(language: str, smart: bool, scene_break: str, *, notes: bool) -> Reader:
    """A reader of whole story files. Without `notes` the marks of notes are no letters, as in older records."""

    def read(text: str) -> Source:
        parsed, _ = read_prose(text, "", language=language, smart=smart)
        lines = _line_starts(text)
        source = Source(text, {"text": _stream(parsed.blocks, text, lines, scene_break, notes)})
        inside = _notes_inside(source.streams["text"], text)
        for note in parsed.notes:
            begin, end = inside.get(note.number, (0, 0))
            if begin:
                stream = _one_view(note.blocks[0], text[begin:end], begin, notes)
            else:
                stream = _stream(note.blocks, text, lines, scene_break, notes)
            source.streams[f"n{note.number}"] = stream
        source.queries = tuple(query.text for query in parsed.queries)
        return source

    return read


def _notes_inside(stream: Stream, text: str) -> dict[int, tuple[int, int]]:
    """Where the texts of notes stand that are written into the text itself, by number: `^[like this]`."""
    found: dict[int, tuple[int, int]] = {}
    number = 0
    for view in stream.views:
        for at, sign in enumerate(view.mapped.text):
            if sign == NOTE:
                number += 1
                start, end = view.mapped.starts[at], view.mapped.ends[at]
                if start >= 0 and text.startswith("^[", start):
                    found[number] = (start + 2, end - 1)
    return found


def _one_view(block: Block, source: str, start: int, notes: bool) -> Stream:
    mapped = map_block(source, start, block.runs, notes=notes)
    view = View(block.kind, block.inside, block.level, start, start + len(source), 0, mapped)
    return Stream(mapped.text + END, [view], [*mapped.looks, 0])


def line_reader(language: str, smart: bool, name: str) -> Reader:
    """A reader of one-line fields of the index."""

    def read(text: str) -> Source:
        mapped = map_block(text, 0, plain_runs(text, language, smart))
        view = View("line", (), 0, 0, len(text), 0, mapped)
        return Source(text, {name: Stream(mapped.text + END, [view], [*mapped.looks, 0])})

    return read


def _stream(blocks: Sequence[Block], text: str, lines: list[int], scene_break: str, notes: bool) -> Stream:
    made = Stream()
    seen = set[int]()
    pieces: list[str] = []
    at = 0
    for block in blocks:
        start = lines[block.place.line - 1] if block.place.line and block.place.line <= len(lines) else 0
        source = block.source if text.startswith(block.source, start) else ""
        if block.kind == SCENE_BREAK:
            size = len(scene_break)
            mapped = Mapped(
                scene_break, [start] * size, [start + len(source)] * size, [0] * size, (start, start + len(source))
            )
        else:
            mapped = map_block(source, start, block.runs, notes=notes, seen=seen)
        if not mapped.text:
            continue
        made.views.append(View(block.kind, block.inside, block.level, start, start + len(source), at, mapped))
        pieces += [mapped.text, END]
        made.looks += [*mapped.looks, 0]
        at += len(mapped.text) + 1
    made.text = "".join(pieces)
    return made


def _line_starts(text: str) -> list[int]:
    starts = [0]
    at = text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return starts


class Original:
    """The bytes of a story file as text with plain line ends in composed form, and the way back that keeps every other byte."""

    def __init__(self, data: bytes) -> None:
        """Raises UnicodeDecodeError where it is not UTF-8."""
        raw = data.decode("utf-8")
        self.newline = "\r\n" if "\r\n" in raw else "\r" if "\r" in raw and "\n" not in raw else "\n"
        self._raw = raw
        pieces: list[str] = []
        self._places: list[int] = []  # of each character of `text`, in the raw text
        at = 0
        if raw.startswith("\ufeff"):
            at = 1
        plain = raw.isascii()
        while at < len(raw):
            end = at + 1
            if raw[at] == "\r":
                end += raw.startswith("\n", end)
                made = "\n"
            else:
                while not plain and end < len(raw) and unicodedata.combining(raw[end]):
                    end += 1
                made = raw[at:end] if plain else unicodedata.normalize("NFC", raw[at:end])
            pieces.append(made)
            self._places += [at] * len(made)
            at = end
        self._places.append(len(raw))
        self.text = "".join(pieces)

    def spliced(self, splices: Iterable[Splice]) -> bytes:
        """The bytes with stretches of `text` replaced; all others as they were."""
        places = self._places
        made = [(places[start], places[end], new.replace("\n", self.newline)) for start, end, new in splices]
        return spliced(self._raw, made).encode("utf-8")
