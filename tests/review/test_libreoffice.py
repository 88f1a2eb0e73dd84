"""Proofs that LibreOffice saved, or an editor changed in it, come home whole."""

from __future__ import annotations

import random
import shutil
from pathlib import Path
from typing import Any

import office
import pytest
from bookmaking import make_book, photo, prose, story
from proof_books import milebook
from returned_books import changes, proof_file, report, run_review

from milebook.review.merging import plainer
from milebook.review.returned_file import read_returned
from milebook.review.word_text import versions

pytestmark = pytest.mark.skipif(
    not office.python_with_uno(),
    reason="LibreOffice with python3-uno is missing (apt install libreoffice-writer-nogui python3-uno)",
)
TEXT = """The morning *Old Tom* rang me I was **asleep**, ***sound*** asleep. "You'd better come," he said.[^1] I went. {>> which day? <<}

> He wrote it all down in a ledger.

O the long road,\\
O the short road.

* * *

1. First we ate bread.
2. Then we ate cheese.

It was the best day of 1986, and I have told nobody about it until now.

[^1]: Tom was never early for anything else.
"""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A chapter with italics, verse, a note, a query, a list and captions."""
    root = tmp_path_factory.mktemp("office") / "book"
    make_book(
        root,
        [story("old-tom", TEXT, photos=[photo("photos/tom.jpg")]), *(story(f"s{n}", prose(n, 150)) for n in range(3))],
    )
    assert milebook("proof", "-C", str(root), "--format", "docx").returncode == 0
    return root


@pytest.mark.parametrize("by_odt", [False, True], ids=["docx", "odt"])
def test_a_proof_that_was_only_saved_gives_no_change(book: Path, tmp_path: Path, by_odt: bool) -> None:
    office.edit(proof_file(book), tmp_path / "saved.docx", [], by_odt=by_odt)
    office.edit(tmp_path / "saved.docx", tmp_path / "twice.docx", [], by_odt=by_odt)
    for name in ("saved.docx", "twice.docx"):
        document = report(book, tmp_path / name)
        assert changes(document) == []
        assert document["unplaced"] == []
        assert not any(story["comments"] for story in document["stories"])


def some_edits(seed: int, book: Path) -> list[dict[str, Any]]:
    """One edit in each of some paragraphs, chosen by chance."""
    rng = random.Random(seed)
    made: list[dict[str, Any]] = []
    for n in range(3):
        texts = [
            text for text in (book / f"stories/s{n}.md").read_text("utf-8").split("\n\n") if len(text.split()) > 12
        ]
        for text in rng.sample(texts, 2):
            words = text.strip().split()
            place = rng.randrange(5, len(words) - 3)
            old = " ".join(words[place : place + 2])
            do = rng.choice(["exchange", "exchange", "split", "italic", "gone"])
            start = " ".join(words)[:100]
            if text.count(old) == 1 and all(one["start"] != start for one in made):
                made.append(
                    {"do": do, "start": start, "old": old, "new": rng.choice(["a heron", "", "two blue lanterns"])}
                )
    return made


@pytest.mark.parametrize("tracked", [True, False], ids=["tracked", "untracked"])
@pytest.mark.parametrize("seed", [1, 2])
def test_chance_edits_come_home_once(book: Path, tmp_path: Path, seed: int, tracked: bool) -> None:
    here = Path(shutil.copytree(book, tmp_path / "book"))
    edits = some_edits(seed, here)
    returned = tmp_path / "returned.docx"
    office.edit(proof_file(here), returned, edits, tracked=tracked)
    document = report(here, returned)
    found = changes(document)
    assert document["unplaced"] == []
    assert len(found) == len(edits)
    assert {change["tracked"] for change in found} == {tracked}
    assert run_review(here, returned, "--apply").returncode == 0
    now = {path: path.read_bytes() for path in (here / "stories").glob("*") if path.is_file()}
    assert "nothing to change" in run_review(here, returned, "--apply").stdout
    assert {path: path.read_bytes() for path in now} == now
    shutil.rmtree(here / "build")
    assert milebook("proof", "-C", str(here), "--format", "docx").returncode == 0
    assert said(proof_file(here)) == said(returned)


def said(path: Path) -> list[str]:
    """The paragraphs with all changes accepted, as one would type them."""
    body = read_returned(path.read_bytes(), path.name).body
    return [" ".join(plainer(text).split()) for text in versions(body, True) if text.strip()]
