"""The few words that milebook itself puts into a book, in the book's language.

Each language is a file of `words/`, named by its BCP 47 tag. What a file lacks is taken from English.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from milebook.markdown.quote_marks import Marks, marks
from milebook.model.languages import RIGHT_TO_LEFT_LETTER, base_language
from milebook.model.line import Line, filled, line_of, runs_of, typed

_FOLDER = Path(__file__).with_name("words")
_SAME = {"no": "nb", "nn": "nb"}
_TRADITIONAL = ("hant", "tw", "hk", "mo")


@cache
def words_of(language: str) -> Mapping[str, Any]:
    """The words of the language of a BCP 47 tag; those of English where we do not know it."""
    english = _read("en")
    name = _file_of(language)
    return {**english, **_read(name)} if name != "en" else english


def is_known(language: str) -> bool:
    """Whether milebook has words of the language of a BCP 47 tag."""
    first = base_language(language)
    return first == "en" or _file_of(language) != "en"


def _file_of(language: str) -> str:
    first, *rest = language.lower().replace("_", "-").split("-")
    first = _SAME.get(first, first)
    if first == "zh" and any(part in _TRADITIONAL for part in rest):
        return "zh-hant"
    return first if first in _files() else "en"


@cache
def _files() -> frozenset[str]:
    return frozenset(path.stem for path in _FOLDER.glob("*.json"))


def _read(name: str) -> dict[str, Any]:
    words: dict[str, Any] = json.loads((_FOLDER / f"{name}.json").read_text("utf-8"))
    return words


def term(language: str, name: str, **values: object) -> str:
    """A word or line of `words/` in the language of a BCP 47 tag. With a Line among the values it is one, too."""
    pattern = words_of(language)[name]
    if any(isinstance(value, Line) for value in values.values()):
        return filled(
            pattern, **{key: value if isinstance(value, str) else str(value) for key, value in values.items()}
        )
    printed: str = pattern.format(**values)
    return printed


def figure_name(language: str, word: str, number: str) -> str:
    """What a figure is called in print: "Figure 3.2", or "3.2. kép" where the number goes first.

    A layout's own word goes before the number in every language; `word` is English where it has none.
    """
    known = words_of(language)
    if word != words_of("en")["figure"]:
        return f"{word} {number}"
    return str(known["figure-number"]).format(figure=known["figure"], number=number)


def quoted(language: str, text: str) -> Line:
    """Text in the quotation marks of a language; those in it become the ones that stand inside others."""
    signs = marks(language)
    return line_of(f"{signs.open2}{signs.inside}", _inside_marks(text, signs), f"{signs.inside}{signs.close2}")


_OPENING = frozenset("“„«»‹›「『”")


def _inside_marks(text: str, signs: Marks) -> str:
    first = next((sign for sign in text if sign in _OPENING), "")
    if first != signs.open2 or text.count(signs.open2) != text.count(signs.close2):
        return text  # its marks are those of another language, whose opening mark may be the closing one here
    if signs.nested_open in text and signs.nested_open != signs.nested_close:
        return text  # there are marks inside its marks, which stay as they are
    changed = [
        (f"{signs.open2}{signs.inside}", signs.nested_open),
        (f"{signs.inside}{signs.close2}", signs.nested_close),
    ]
    runs = []
    for run in runs_of(text):
        words = run.text
        for old, new in changed:
            words = words.replace(old, new)
        runs.append(run._replace(text=words))
    return Line(tuple(runs), typed(text))


def listed(language: str, names: tuple[str, ...]) -> str:
    """Names in a row: "Ada Example and Bea Example"."""
    if len(names) < 2:
        return "".join(names)
    known = words_of(language)
    first = known["comma"].join(names[:-1])
    if base_language(language) == "en" and len(names) > 2:
        first += ","
    # In Hebrew and Arabic “and” is written as one word with the name that follows, if that is in the same script.
    pattern = known["and"] if RIGHT_TO_LEFT_LETTER.match(names[-1]) else known.get("and-foreign", known["and"])
    return str(pattern).format(first=first, last=names[-1])
