"""How files of stories are to be read, as the user asked."""

from __future__ import annotations

from typing import NamedTuple


class Options(NamedTuple):
    """How files are to be read, as the user asked."""

    encoding: str = ""
    keep_quotes: bool = False
    accept_changes: bool = False
    dates: str = ""  # dmy | mdy
    columns: tuple[tuple[str, str], ...] = ()  # field -> heading of a form
    kept: frozenset[str] = frozenset()  # names of the originals that the book has: such a mail need not be read again
