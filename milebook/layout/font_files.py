"""Find the files of the typefaces that come with milebook."""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "fonts"  # of the package


def font_file(family: str, cut: str) -> Path | None:
    """The file of a family's cut (Regular, Bold, Italic or BoldItalic); None for a family or a cut that does not come with milebook."""
    folder = re.sub("[^a-z0-9]+", "-", family.lower()).strip("-")
    path = FOLDER / folder / f"{cut}.ttf"
    return path if folder and path.is_file() else None
