"""One of the author's own files, changed: its new bytes in, the file replaced in a single step, or left as it was.

Only what the author asked for by name is ever written this way, such as an answer recorded in the index.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from milebook.model.findings import Finding, Place
from milebook.output import os_errors
from milebook.output.targets import PREFIX
from milebook.source import BookFolder, shown


def replace_source(book: BookFolder, path: str, data: bytes) -> list[Finding]:
    """Replaces the file `path` (relative to the book folder), which must have been read through `book`.

    A finding means that nothing was written: the file has changed since it was read, lies outside, or cannot be written.
    """
    place = Place(path)
    real = Path(os.path.realpath(book.root / path))
    if not real.is_relative_to(book.root):
        return [
            Finding(
                "MB006", f'"{shown(path)}" is a link that leads out of the book folder', place, "copy the file here"
            )
        ]
    stage = ""
    try:
        if hashlib.sha256(real.read_bytes()).hexdigest() != book.read.get(path):
            fact = f'"{shown(path)}" was changed while milebook was working on it'
            return [Finding("MB021", fact, place, "nothing was written; run the command again")]
        handle, stage = tempfile.mkstemp(prefix=PREFIX, dir=real.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        Path(stage).chmod(real.stat().st_mode & 0o7777)
        Path(stage).replace(real)
        stage = ""
        _settle(real.parent)
    except OSError as error:
        return [os_errors.finding(error, real, book.root)]
    finally:
        if stage:
            with suppress(OSError):
                Path(stage).unlink()
    return []


def _settle(folder: Path) -> None:
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
