"""The output formats, one package each, in one table; and the check that no word was lost.

A format's package is loaded only when a file of that format is made. A writer knows nothing of stories: `compose` has decided
every word before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from milebook.layout import Layout
    from milebook.model.draft import Draft
    from milebook.model.findings import Finding
    from milebook.output.file_pieces import Pieces
    from milebook.photos import PhotoPreparer


class Format(NamedTuple):
    """An output format. A new one is a package with `write` (see `Writer`), and a row in FORMATS."""

    name: str  # as typed after --format, and as it stands in build.json
    suffix: str  # of its files, with the dot
    module: str  # has `write`; may have PRELOAD, functions that load what `write` will need
    default_layout: str
    share: float = 0.15  # its part of the time that a build of all formats takes
    # its pages are final, so that the castoff and the other formats can rely on its page numbers
    has_pages: bool = False
    needs_pages: bool = False  # it repeats those page numbers
    for_proofs: bool = False  # `milebook proof` makes it too

    def writer(self) -> Writer:
        """The function that makes a file of this format."""
        function: Writer = import_module(self.module).write
        return function

    def preload(self, enough: Callable[[], bool]) -> None:
        """Load what the writer will need, step by step until `enough()`, while there is nothing to write yet. A module that
        cannot be loaded is left for the writer to complain about.
        """
        with suppress(Exception):
            for step in getattr(import_module(self.module), "PRELOAD", ()):
                if enough():
                    return
                step()


class Written(NamedTuple):
    """What a writer made: the file in pieces, and a transcript of what it really holds, for comparing the formats.

    `transcript` is taken from the finished file's own text (not from the Draft): one (anchor, text) pair for every
    paragraph, caption, credit, note and table in the order set, ("figure", alt text) for every picture, white space
    folded to single spaces. `pages` maps an anchor to the printed page label it begins on, where the format has pages;
    `page_count` is the number of sheets' sides. `facts` is whatever else may be worth showing.
    """

    file: Pieces
    transcript: Iterable[tuple[str, str]]
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
    # PDF: called with `pages`, `page_count` once they are known
    on_pages: Callable[[dict[str, str], int], None] | None = None


class Writer(Protocol):
    def __call__(self, draft: Draft, layout: Layout, preparer: PhotoPreparer, options: Options) -> Written: ...


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format("docx", ".docx", "milebook.writers.docx", "manuscript", for_proofs=True),
        Format("pdf", ".pdf", "milebook.writers.pdf", "trade", share=0.7, has_pages=True, for_proofs=True),
        Format("epub", ".epub", "milebook.writers.epub", "trade", needs_pages=True),
    )
}


def paged_format() -> Format:
    """The format whose pages the castoff and the other formats go by."""
    return next(one for one in FORMATS.values() if one.has_pages)
