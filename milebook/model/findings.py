"""What is wrong, where, and how to mend it: the values that every stage returns beside its result.

A Finding is about the author's files and is never raised; exceptions are for milebook's own bugs.
"""

from __future__ import annotations

from typing import NamedTuple

ERROR, WARNING, NOTE = "error", "warning", "note"


class Place(NamedTuple):
    """A spot in one of the author's files. `file` is relative to the book folder, with forward slashes.

    `line` and `column` count from 1, columns in characters; 0 means "the file as a whole". `width` is the number of
    characters that a caret line underlines.
    """

    file: str
    line: int = 0
    column: int = 0
    width: int = 1

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}" if self.column else f"{self.file}:{self.line}"


NOWHERE = Place("")


class Related(NamedTuple):
    """A second place that a finding speaks of: "first listed at stories/index.yaml:6:11"."""

    text: str
    place: Place


class Finding(NamedTuple):
    """One fact about the author's files, with its cure. `code` is a key of `codes.CODES`.

    `kind`, `name` and `meant` are for code that compares findings, which must not read messages: the kind of slip where a code
    has several, the word of the author's that the finding is about, and what was probably meant by it. They are not printed.
    """

    code: str
    message: str
    place: Place
    hint: str = ""
    related: tuple[Related, ...] = ()
    severity: str = ""  # empty: the severity that the code has in `codes.CODES`
    quote: str = ""  # the offending source line, when whoever found it has it at hand
    kind: str = ""
    name: str = ""
    meant: str = ""
