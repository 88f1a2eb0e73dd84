"""How new words look in a file that has lost all emphasis: like those in whose place they stand."""

from __future__ import annotations

from collections.abc import Iterable

from milebook.review.changes import Change
from milebook.review.placed_file import PlacedFile
from milebook.review.proof_text import Owner


def borrow_looks(file: PlacedFile, changes: Iterable[Change]) -> None:
    """A file that has lost all emphasis does not say how new words look: like those in whose place they stand."""
    for change in changes:
        owner = file.proof.owners[change.owner]
        for number, edit in enumerate(change.edits):
            if not edit.typed or any(one.look for one in edit.typed):
                continue
            looks = _stream_looks(file, owner, edit.stream)
            here = looks[edit.start] if edit.start < min(edit.end, len(looks)) else 0
            if edit.start == edit.end and 0 < edit.start < len(looks):
                here = looks[edit.start - 1] & looks[edit.start]
            if here > 0:
                change.edits[number] = edit._replace(typed=tuple(one._replace(look=here) for one in edit.typed))


def _stream_looks(file: PlacedFile, owner: Owner, stream: str) -> list[int]:
    return [
        look for paragraph in owner.streams.get(stream, ()) for look in file.looks_of([paragraph])[paragraph.fixed :]
    ]
