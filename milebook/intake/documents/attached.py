"""A Word or RTF file that came with something else, or that was named as one story's text."""

from __future__ import annotations

from collections.abc import Callable

from milebook.intake.documents.rtf import passages_of
from milebook.intake.documents.word import Document, read_word


def document_in(data: bytes, *, accept_changes: bool = False, again: Callable[[], bytes] | None = None) -> Document | None:  # fmt: skip
    """What such a file holds, known by its first bytes; None for a file of another kind. `again` as for `read_word`."""
    if data.startswith(b"PK\x03\x04"):
        return read_word(data, accept_changes=accept_changes, again=again)
    return Document(passages=passages_of(data)) if data.lstrip().startswith(b"{\\rtf") else None
