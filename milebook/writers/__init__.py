"""The output formats, one package each, behind one table; and the check that no word was lost.

A writer is loaded only when it is asked for. It has no opinion about stories: that is `compose`'s business.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol

from milebook.model.findings import Finding
from milebook.output.pieces import Pieces

if TYPE_CHECKING:
    from milebook.layout import Layout
    from milebook.model.draft import Draft
    from milebook.photos import PhotoPreparer


class Written(NamedTuple):
    """What a writer made: the file in pieces, and a transcript of what it really holds, for comparing the formats.

    `transcript` is taken from the finished file's own text (not from the Draft): one (anchor, text) pair for every
    paragraph, caption, credit, note and table in the order set, ("figure", alt text) for every picture, white space
    folded to single spaces. `pages` maps an anchor to the printed page label it begins on, where the format has pages;
    `page_count` is the number of sheets' sides. `facts` is whatever else the front desk may want to show.
    """

    file: Pieces
    transcript: list[tuple[str, str]]
    findings: list[Finding]
    pages: dict[str, str] = {}
    page_count: int = 0
    facts: dict[str, object] = {}

    @property
    def data(self) -> bytes:
        """The whole file in memory, for small ones. Raises PhotoLost."""
        return self.file.joined()


class Options(NamedTuple):
    """How this run wants its files, beside what the layout says."""

    edition: str = "reading"  # PDF: reading | print
    paginate: bool = False  # PDF: only find the pages; `file` stays empty and no photo is prepared
    pages: dict[str, str] = {}  # EPUB: anchor -> page label of the PDF made in the same run, for the page list
    page_count: int = 0
    cache: str = ""  # folder for what may be kept between runs; "" for none
    progress: Callable[[float], None] | None = None  # called with a share from 0 to 1
    on_pages: Callable[[dict[str, str], int], None] | None = (
        None  # PDF: called with `pages`, `page_count` once they are known
    )


class Writer(Protocol):
    def __call__(self, draft: Draft, layout: Layout, preparer: PhotoPreparer, options: Options) -> Written: ...


WRITERS: dict[str, tuple[str, str]] = {  # name -> suffix, module that has `write`
    "docx": (".docx", "milebook.writers.docx"),
    "pdf": (".pdf", "milebook.writers.pdf"),
    "epub": (".epub", "milebook.writers.epub"),
}


def load_ahead(name: str, enough: Callable[[], bool]) -> None:
    """Load what a writer will need, step by step until it is `enough`, while there is nothing to write yet. What cannot be
    loaded is left for it to complain about.
    """
    with suppress(Exception):
        for step in getattr(import_module(WRITERS[name][1]), "AHEAD", ()):
            if enough():
                return
            step()


def writer(name: str) -> Writer:
    """The writer for a format of WRITERS."""
    function: Writer = import_module(WRITERS[name][1]).write
    return function
