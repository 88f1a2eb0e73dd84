"""Independent validators over e-books with one of everything, hostile ones and empty ones; skipped loudly where they are absent."""

from __future__ import annotations

from pathlib import Path

import epub_sampler as sampler
import pytest
import validating
from test_epub import hostile

from milebook.layout import Layout
from milebook.model.draft import Draft
from milebook.writers import Options
from milebook.writers.epub import write

pytestmark = pytest.mark.validator


def books() -> dict[str, tuple[Draft, Layout, bool]]:
    draft = sampler.sampler()
    return {
        "sampler": (draft, sampler.trade(), True),
        "no pages, no style": (draft, Layout(css=""), False),
        "hostile": (hostile(draft), sampler.trade(), True),
        "nothing": (draft._replace(parts=(), language="he", subtitle="", authors=()), sampler.trade(), False),
    }


def written(name: str, folder: Path) -> Path:
    draft, layout, paged = books()[name]
    options = Options(pages=sampler.pages_of(draft) if paged else {})
    path = folder / "book.epub"
    path.write_bytes(write(draft, layout, sampler.PhotoPreparer(), options).data)  # type: ignore[arg-type]
    return path


@pytest.mark.parametrize("name", ["sampler", "no pages, no style", "hostile", "nothing"])
def test_epubcheck(name: str, tmp_path: Path) -> None:
    assert validating.epubcheck(written(name, tmp_path)) == []


@pytest.mark.parametrize("name", ["sampler", "hostile", "nothing"])
def test_ace(name: str, tmp_path: Path) -> None:
    assert validating.ace(written(name, tmp_path)) == []
