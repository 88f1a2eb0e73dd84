"""A row of the table of findings."""

from __future__ import annotations

from milebook.model.findings import ERROR, NOTE, WARNING

Row = tuple[
    str, str, str
]  # how bad it is, what it is called, and a sentence for the manual that says when it is reported
E, W, N = ERROR, WARNING, NOTE
