"""A one-line field as it is printed: a string of its characters, which also knows their looks and what was typed.

In the Index the titles, captions, credits, bios and sources are strings as typed. `assemble` reads their markup once, so
that in the Book each of them is a Line: code that needs text uses it as the string that it is, and code that sets it uses its runs.
"""

from __future__ import annotations

from collections.abc import Iterable

from milebook.model.text import Run, lines_of_runs


class Line(str):
    """`Line((Run("Long ", italic=True), Run("way")), "*Long* way") == "Long way"`. Two Lines are equal if their looks are, too; a Line
    and a string are equal if the text is.
    """

    __slots__ = ("runs", "typed")

    runs: tuple[Run, ...]
    typed: str  # as it stands in the index

    def __new__(cls, runs: tuple[Run, ...], typed: str) -> Line:
        line = super().__new__(cls, runs[0].text if len(runs) == 1 else "".join([run.text for run in runs]))
        line.runs = runs
        line.typed = typed
        return line

    def __reduce__(self) -> tuple[type[Line], tuple[tuple[Run, ...], str]]:
        return Line, (self.runs, self.typed)

    def __eq__(self, other: object) -> bool:
        return str.__eq__(self, other) is True and (not isinstance(other, Line) or self.runs == other.runs)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__


def runs_of(*pieces: str) -> tuple[Run, ...]:
    """The runs of Lines and of plain words in a row, neighbors of one look joined: `runs_of("“", title, "”")`."""
    if len(pieces) == 1 and isinstance(pieces[0], Line):
        return pieces[0].runs
    joined: list[Run] = []
    for piece in pieces:
        for run in piece.runs if isinstance(piece, Line) else (Run(piece),):
            if joined and joined[-1][1:] == run[1:]:
                joined[-1] = joined[-1]._replace(text=joined[-1].text + run.text)
            elif run.text:
                joined.append(run)
    return tuple(joined)


def line_of(*pieces: str) -> Line:
    """Lines and plain words in a row as one Line."""
    return Line(runs_of(*pieces), "".join(map(typed, pieces)))


def joined(separator: str, lines: Iterable[str]) -> Line:
    """Lines and plain words as one Line, with a separator between those that say something."""
    return line_of(*[piece for line in lines if line for piece in (separator, line)][1:])


def filled(pattern: str, **values: str) -> Line:
    """A pattern such as "{byline} wrote:" as one Line, with Lines or plain words in the place of names in braces."""
    from string import Formatter

    pieces: list[str] = []
    for words, name, _, _ in Formatter().parse(pattern):
        pieces.append(words)
        if name is not None:
            pieces.append(values[name])
    return line_of(*pieces)


def split_lines(text: str) -> list[Line]:
    """The lines of a field that may have several, without the empty ones."""
    found = [tuple(run for run in runs if run.text) for runs in lines_of_runs(runs_of(text))]
    return [Line(runs, "") for runs in found if "".join(run.text for run in runs).strip()]


def typed(text: str) -> str:
    """A field as it stands in the index."""
    return text.typed if isinstance(text, Line) else text
