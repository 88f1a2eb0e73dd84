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
    """The index of a book while a transaction is open: as it was read, and the new text so far."""

    def __init__(self, change: Transaction, folder: BookFolder, index: Index) -> None:
        self.change, self.folder, self.index = change, folder, index
        data = change.read(index.path) or b""
        self.new = self.text = data.decode("utf-8", "surrogateescape")

    @classmethod
    def begun(cls, change: Transaction) -> IndexChange | Changed:
        """The index of a transaction, or the end of the command where it cannot be changed now, or not be read."""
        if change.problems:
            return Changed(change.problems, refused=True)
        folder = BookFolder(change.root)
        index, findings = read_index(folder)
        if index is None:
            return Changed(change.recovered + findings, refused=True)
        return cls(change, folder, index)

    def edit(self, function: Callable[[str], str]) -> None:
        """Change the text. Raises CannotEdit."""
        self.new = function(self.new)

    def prove(self, expected: Mapping[str, object], dropped: tuple[str, ...] = ()) -> None:
        """Raises CannotEdit unless the new text says what the old one says, with the `expected` leaves in their place."""
        problem = proved(self.folder, self.index, self.text, self.new, expected, dropped)
        if problem:
            raise CannotEdit(
                f"the index cannot be changed safely: {problem}; change it yourself, then run milebook check"
            )

    def commit(self, title: str) -> list[Finding]:
        """Put the new index in place, and whatever else the transaction has."""
        if self.new != self.text:
            self.change.expect(self.folder.read)
            self.change.write(self.index.path, self.new.encode("utf-8", "surrogateescape"))
        return self.change.commit(title)

    def leaves(self) -> dict[str, object]:
        """Every value of the index under its path, see `edit_check.leaves`."""
        return leaves(self.index)
