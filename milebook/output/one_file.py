"""Write one file to where the user wants it: whole or not at all, and never through a link."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from milebook.system import files
from milebook.system.leftovers import PREFIX


def write_one(path: Path, data: bytes) -> None:
    """Put a file at `path`, in the place of the file or link that stands there. Raises OSError, with everything as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{PREFIX}{path.name}")
    part.unlink(missing_ok=True)  # of a run that was killed
    try:
        with part.open("xb") as handle:
            handle.write(data)
            handle.flush()
            files.sync_file(handle.fileno())
        files.replace(part, path)
    except BaseException:
        with suppress(OSError):
            part.unlink()
        raise
