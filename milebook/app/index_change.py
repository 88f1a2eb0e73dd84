"""One change of the index by a command: read under the lock, spliced, proved to say only what was meant, and put in place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from milebook.index import read_index
from milebook.index.edit_check import leaves, proved
from milebook.index.splices import CannotEdit
from milebook.model.findings import Finding, Place
from milebook.model.index import Index
from milebook.output.transaction import Transaction
from milebook.source import BookFolder


@dataclass(slots=True)
class Changed:
    """What a command did to the author's files: `lines` say it, `notes` what follows from it; `refused` if it did nothing."""

    findings: list[Finding] = field(default_factory=list)
    lines: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    refused: bool = False


def refusal(message: str, path: str, hint: str = "") -> Changed:
    """The end of a command that changes nothing."""
    fact, _, cure = message.partition("; ")
    return Changed([Finding("MB080", fact, Place(path), cure or hint)], refused=True)


class IndexChange:
    """The index of a book while a transaction is open. `index` is None where it cannot be read; `findings` say why."""

    def __init__(self, change: Transaction) -> None:
        self.change = change
        self.folder = BookFolder(change.root)
        self.index: Index | None
        self.index, self.findings = read_index(self.folder)
        self.findings = change.recovered + self.findings
        self.new = self.text = ""
        if self.index is not None:
            data = self.change.read(self.index.path) or b""
            self.new = self.text = data.decode("utf-8", "surrogateescape")

    def edit(self, function: Callable[[str], str]) -> None:
        """Change the text. Raises CannotEdit."""
        self.new = function(self.new)

    def prove(self, expected: Mapping[str, object], dropped: tuple[str, ...] = ()) -> None:
        """Raises CannotEdit unless the new text says what the old one says, with the `expected` leaves in their place."""
        assert self.index is not None
        problem = proved(self.folder, self.index, self.text, self.new, expected, dropped)
        if problem:
            raise CannotEdit(
                f"the index cannot be changed safely: {problem}; change it yourself, then run milebook check"
            )

    def commit(self, title: str) -> list[Finding]:
        """Put the new index in place, and whatever else the transaction has."""
        assert self.index is not None
        if self.new != self.text:
            self.change.expect(self.folder.read)
            self.change.write(self.index.path, self.new.encode("utf-8", "surrogateescape"))
        return self.change.commit(title)

    def leaves(self) -> dict[str, object]:
        """Every value of the index under its path, see `edit_check.leaves`."""
        assert self.index is not None
        return leaves(self.index)
