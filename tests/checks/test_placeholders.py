"""What is taken for a placeholder that somebody forgot, and what is a word or a number."""

from __future__ import annotations

from pathlib import Path

import pytest
from bookmaking import make_book, story

from milebook.app.load import load


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Here comes TODO again.", "en", 1),
        ("¡TODO era mentira!", "es", 0),
        ("TODO o mundo correu.", "pt-BR", 0),
        ("Todo era mentira.", "es", 0),
        ("Ask XXX about it.", "en", 1),
        ("It was Super Bowl XXX, I think.", "en", 0),
        ("Article XXIX\n\nIt is so.\n\nArt XXX", "en", 0),
        ("ARTICLE XXVIII\n\nIt is so.\n\nXXX", "fr", 0),
        ("We ran in TKTK that year.", "en", 1),
    ],
)
def test_placeholders(text: str, language: str, found: int, tmp_path: Path) -> None:
    make_book(tmp_path, [story("a", f"{text}\n", language=language)])
    assert len([finding for finding in load(tmp_path).findings if finding.code == "MB190"]) == found
