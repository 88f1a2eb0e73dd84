"""Make the files of a run that is to write nothing: their sizes and checksums, as if they had been written."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping

from milebook.model.findings import Finding
from milebook.output.file_pieces import Pieces
from milebook.output.staging import Content, Staged


class DryRun:
    """What a run that writes nothing has in place of a `Staging`: files are made, their sums taken, and forgotten."""

    def __init__(self) -> None:
        self._files: dict[str, Staged] = {}
        self._problems: list[Finding] = []

    def __enter__(self) -> DryRun:
        return self

    def __exit__(self, *how: object) -> None:
        """Nothing is left behind."""

    def add(self, name: str, content: Content) -> None:
        from milebook.photos import PhotoLost

        if callable(content):
            whole = io.BytesIO()
            content(whole)
            content = whole.getvalue()
        pieces = Pieces([content]) if isinstance(content, bytes) else content
        digest = hashlib.sha256()
        try:
            for piece in pieces:
                digest.update(piece)
        except PhotoLost as lost:
            self._problems += lost.findings
        self._files[name] = Staged(digest.hexdigest(), pieces.size)

    def sums(self) -> tuple[Mapping[str, Staged], list[Finding]]:
        return self._files, self._problems

    def commit(self, last: Mapping[str, Content] | None = None) -> list[Finding]:
        return self._problems
