"""What the engine needs of a book: how it is read, checked and composed. `app.preview` does it for a book folder."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from milebook.layout import Layout
from milebook.model.book import Book
from milebook.model.draft import Draft
from milebook.model.findings import Finding
from milebook.model.index import Index
from milebook.permissions import PermissionItem
from milebook.photos import PhotoPreparer
from milebook.source import BookFolder


class Reading(Protocol):
    """A book as it was read; see `app.load.Loaded`."""

    @property
    def folder(self) -> BookFolder: ...
    @property
    def index(self) -> Index | None: ...
    @property
    def book(self) -> Book | None: ...
    @property
    def items(self) -> tuple[PermissionItem, ...]: ...
    @property
    def findings(self) -> Sequence[Finding]: ...


class Source(Protocol):
    """How the engine reads and composes."""

    @property
    def repairable(self) -> Collection[str]:
        """Codes of findings about what can be repaired, often or always."""

    def read(self) -> Reading:
        """The whole book, counted but not checked yet."""

    def check(self, reading: Reading) -> Iterator[Reading]:
        """The book with its permissions and findings, in steps: what is known after each of them."""

    def reread(self, reading: Reading, paths: set[str]) -> tuple[Reading, list[Finding]] | None:
        """The book with these story files read again; None where that is not all that changed."""

    def compose(self, reading: Reading) -> tuple[Draft, Layout] | list[Finding]:
        """The Draft and its layout, or why there is none."""

    def broken(self, findings: Sequence[Finding]) -> list[Finding]:
        """Those of the findings that make the pages wrong, with their lines."""

    def damaged(self, reading: Reading) -> int:
        """The number of lines damaged by pasting that can be repaired."""

    def photos(self, reading: Reading) -> PhotoPreparer:
        """Prepares the book's photos."""

    def overview(self, reading: Reading, pages: int) -> str:
        """The sections of the overview, as HTML; "" where the index cannot be read."""
