"""An Index in, plain lists for a pack out, and the same Index back: of every noun the fields that were written, with places.

How a field is kept follows from its type in `milebook.model.book`. What comes back has these types, or Misfit is raised.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from milebook.cache.lists import Misfit, number, row, text
from milebook.model import book as nouns
from milebook.model.book import NOWHERE, Agreement, BookInfo, ChapterEntry, Index, Story
from milebook.model.findings import Place

# Types of fields that are nouns themselves, one or several.
_ONE = ("Agreement", "Contributor", "Source", "Editions")
_SEVERAL = {"tuple[Person, ...]": "Person", "tuple[Photo, ...]": "Photo", "tuple[Quote, ...]": "Quote"}
_PLACE, _PLACES = "Place", "Mapping[str, Place]"


class _Field(NamedTuple):
    name: str
    type: str
    default: Any


@cache
def _fields(noun: Any) -> tuple[_Field, ...]:
    """The fields of a noun but for its place and places."""
    found = []
    for one in fields(noun):
        default = one.default_factory() if one.default_factory is not MISSING else one.default
        if one.type not in (_PLACE, _PLACES):
            found.append(_Field(one.name, str(one.type), default))
    return tuple(found)


@cache
def _values(noun: Any) -> Callable[[Any], tuple[Any, ...]]:
    """Gives the values of a noun's fields."""
    return attrgetter(*(field.name for field in _fields(noun)))


def index_row(index: Index) -> list[Any]:
    """Raises Misfit for an Index that cannot be kept."""
    writing = _Writing(index)
    agreements = [[name, writing.noun(one)] for name, one in index.agreements.items()]
    info = writing.noun(index.info)
    chapters = [writing.noun(entry) for entry in index.chapters]
    stories = [writing.noun(story) for story in index.stories]
    return [[list(shape) for shape in writing.shapes], agreements, info, chapters, stories, index.all_chapters]


def index_from(kept: object, path: str) -> Index:
    """The Index of the file `path` that `index_row` has written down."""
    shapes, agreements, info, chapters, stories, whole = row(kept, 6)
    reading = _Reading(path, [tuple(map(text, row(shape))) for shape in row(shapes)])
    for name, one in row(agreements):
        reading.agreements[text(name)] = reading.noun(Agreement, one)
    if type(whole) is not bool:
        raise Misfit
    return Index(
        path,
        reading.noun(BookInfo, info),
        tuple([reading.noun(ChapterEntry, one) for one in row(chapters)]),
        reading.agreements,
        tuple([reading.noun(Story, one) for one in row(stories)]),
        whole,
    )


class _Writing:
    """The way there. A noun is [shape, its values, its place, shape of its places, their numbers]; shapes are rows of names."""

    def __init__(self, index: Index) -> None:
        self.path, self.agreements = index.path, index.agreements
        self.shapes: dict[tuple[str, ...], int] = {}

    def shape(self, names: tuple[str, ...]) -> int:
        return self.shapes.setdefault(names, len(self.shapes))

    def noun(self, noun: Any) -> list[Any]:
        names, values = [], []
        kind: Any = type(noun)
        written = _values(kind)(noun)
        for field, value in zip(_fields(kind), written, strict=True):
            if value is field.default or (value == field.default and not getattr(value, "places", None)):
                continue
            names.append(field.name)
            values.append(self.value(field.type, value))
        places: Mapping[str, Place] = getattr(noun, "places", {})
        where = [number for place in places.values() for number in self.numbers(place)]
        return [self.shape(tuple(names)), values, self.place(noun, places), self.shape(tuple(places)), where]

    def place(self, noun: Any, places: Mapping[str, Place]) -> str | list[int]:
        """The name of the place that is the noun's as well, or its numbers; none of them for nowhere."""
        place = getattr(noun, "place", NOWHERE)
        if place == NOWHERE:
            return []
        return next((name for name, one in places.items() if one == place), self.numbers(place))

    def numbers(self, place: Place) -> list[int]:
        if place.file != self.path:
            raise Misfit
        return list(place[1:])

    def value(self, kind: str, value: Any) -> Any:
        if isinstance(value, Agreement) and value.id:
            if self.agreements.get(value.id) is value:
                return value.id
            raise Misfit
        if kind in _ONE:
            return self.noun(value)
        if kind in _SEVERAL:
            return [self.noun(one) for one in value]
        if kind.startswith("tuple[tuple[str, Place]") and value is not None:
            return [[name, self.numbers(place)] for name, place in value]
        return value  # JSON has it as it is, with lists for tuples


class _Reading:
    """The way back."""

    def __init__(self, path: str, shapes: list[tuple[str, ...]]) -> None:
        self.path, self.shapes = path, shapes
        self.agreements: dict[str, Agreement] = {}
        self._ways: dict[tuple[type, int], list[tuple[str, Callable[[Any], Any]]]] = {}

    def noun(self, noun: type, kept: Any) -> Any:
        shape, values, where, placed, numbers = row(kept, 5)
        ways = self._ways.get((noun, shape)) or self.ways(noun, shape)
        if len(row(values)) != len(ways):
            raise Misfit
        found = {name: read(value) for (name, read), value in zip(ways, values, strict=True)}
        if noun is nouns.Editions:
            return noun(**found)
        names = self.shapes[number(placed)]
        places: dict[str, Place] = {}
        if names:
            if len(row(numbers)) != 3 * len(names) or set(map(type, numbers)) != {int} or min(numbers) < 0:
                raise Misfit
            spots = zip(names, numbers[::3], numbers[1::3], numbers[2::3], strict=True)
            path = self.path
            places = {name: Place(path, line, column, width) for name, line, column, width in spots}
        if type(where) is str:
            return noun(**found, place=places[where], places=places)
        return noun(**found, place=self.place(where) if where != [] else NOWHERE, places=places)

    def ways(self, noun: type, shape: Any) -> list[tuple[str, Callable[[Any], Any]]]:
        """The names of a shape, with how their values are read."""
        known = {field.name: field.type for field in _fields(noun)}
        ways = [(name, self.way(known[name])) for name in self.shapes[number(shape)]]
        if noun is Story and "id" not in dict(ways):
            raise Misfit
        self._ways[noun, shape] = ways
        return ways

    def way(self, kind: str) -> Callable[[Any], Any]:
        if kind == "Agreement":
            return lambda value: self.agreements[value] if type(value) is str else self.noun(Agreement, value)
        if kind in _ONE:
            return lambda value: self.noun(getattr(nouns, kind), value)
        if kind in _SEVERAL:
            return lambda value: tuple([self.noun(getattr(nouns, _SEVERAL[kind]), one) for one in row(value)])
        ways: dict[str, Callable[[Any], Any]] = {
            "str": text,
            "int": number,
            "bool": _truth,
            "tuple[str, ...]": _texts,
            "Mapping[str, str]": lambda value: {name: text(one) for name, one in value.items()},
            "Mapping[str, tuple[str, ...]] | None": lambda value: {name: _texts(one) for name, one in value.items()},
            "tuple[tuple[str, Place], ...]": self.spots,
            "tuple[tuple[str, Place], ...] | None": self.spots,
        }
        return ways[kind]

    def spots(self, value: Any) -> tuple[tuple[str, Place], ...]:
        return tuple([(text(name), self.place(where)) for name, where in row(value)])

    def place(self, where: Any) -> Place:
        line, column, width = row(where, 3)
        return Place(self.path, number(line), number(column), number(width))


def _truth(value: object) -> bool:
    if type(value) is not bool:
        raise Misfit
    return value


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(text, row(value)))
