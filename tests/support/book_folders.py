"""The files of a book folder, to compare what was there with what is."""

from __future__ import annotations

from pathlib import Path


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path, but for what `milebook undo` keeps."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".milebook" not in path.parts
    }
