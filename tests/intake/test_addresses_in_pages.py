"""Addresses in saved pages that are none: a picture at one is named as missing, and the page comes in."""

from __future__ import annotations

from pathlib import Path

import pytest

from milebook.app.import_stories import ImportRequest, import_stories
from milebook.app.init import init

HTML = f'<html><body><article><h1>The Gate</h1><p>{"I ran on and on. " * 12}</p><img src="http://[^1]/gate.jpg"></article></body></html>'
SAVED_WHOLE = (
    "MIME-Version: 1.0\nSnapshot-Content-Location: https://example.org/gate\n"
    f'Content-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: text/html\n\n{HTML}\n--x--\n'
)


@pytest.mark.parametrize(("name", "text"), [("page.html", HTML), ("page.mhtml", SAVED_WHOLE)])
def test_a_picture_at_no_address_is_missing(tmp_path: Path, name: str, text: str) -> None:
    book = tmp_path / "book"
    init(book)
    (tmp_path / name).write_text(text, "utf-8")
    done = import_stories(book, ImportRequest((tmp_path / name,)))
    assert "gate.jpg" in str(done.as_json())
