"""A chapter set again after a change is set as it would be from the beginning, and most of its pages are not made again."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from bookmaking import make_book, photo, prose, story

from milebook.app.load import load
from milebook.app.stamp import make_stamp
from milebook.compose import compose
from milebook.compose.known_parts import KnownParts
from milebook.layout import Layout, read_layout
from milebook.model.draft import Draft
from milebook.photos import PhotoPreparer
from milebook.writers.pdf.live import LiveBook

pdfium = pytest.importorskip("pypdfium2")
STORIES = 24
WORDS = prose(99, 400).split()

Edit = Callable[[list[str], int, random.Random], None]


def drafted(root: Path, name: str, known: KnownParts | None = None) -> tuple[Draft, Layout, PhotoPreparer]:
    loaded = load(root)
    layout, findings = read_layout(name, loaded.folder)
    assert layout is not None, findings
    assert loaded.book is not None
    assert loaded.counts is not None
    stamp = make_stamp(loaded.book.info.date, {}, "")
    draft = compose(loaded.book, layout, stamp, loaded.counts, (), mode="final", known=known)
    return draft, layout, PhotoPreparer(loaded.folder)


def seen(live: LiveBook, *, drawn: bool) -> list[tuple[Any, ...]]:
    """What the pages are, but for their names; with pictures of them where they are `drawn`."""
    found = [(sheet[1:], live.boxes(number)) for number, sheet in enumerate(live.sheets)]
    if not drawn:
        return found
    document = pdfium.PdfDocument(live.pdf(*range(len(live.sheets))))
    pictures = [page.render(scale=0.7, grayscale=True).to_pil().tobytes() for page in document]
    document.close()
    return [(*one, picture) for one, picture in zip(found, pictures, strict=True)]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    entries = [
        story(f"s{i}", prose(i, (60, 300, 700)[i % 3]), photos=[photo(f"photos/p{i}.jpg")] * (i % 4 == 1))
        for i in range(STORIES)
    ]
    for i in (2, 9, 20):
        entries[i]["text"] += "\nA note.[^1]\n\n[^1]: It says more.\n"
    chapters = [
        {"id": f"c{k}", "title": f"Chapter {k}", "stories": [f"s{i}" for i in range(12 * k, 12 * k + 12)]}
        for k in range(2)
    ]
    return make_book(tmp_path, entries, chapters)


def a_word_more(paragraphs: list[str], at: int, chance: random.Random) -> None:
    paragraphs[at] += f" {chance.choice(WORDS)}."


def a_word_less(paragraphs: list[str], at: int, chance: random.Random) -> None:
    words = paragraphs[at].split(" ")
    if len(words) > 6:
        del words[chance.randrange(len(words) - 3)]
    paragraphs[at] = " ".join(words)


def many_words_more(paragraphs: list[str], at: int, chance: random.Random) -> None:
    paragraphs[at] = f"{' '.join(chance.sample(WORDS, 50))} {paragraphs[at]}"


def another_paragraph(paragraphs: list[str], at: int, chance: random.Random) -> None:
    paragraphs.insert(at, " ".join(chance.sample(WORDS, 30)))


def a_paragraph_less(paragraphs: list[str], at: int, chance: random.Random) -> None:
    if len(paragraphs) > 2 and "[^" not in paragraphs[at]:
        del paragraphs[at]


EDITS: tuple[Edit, ...] = (a_word_more, a_word_less, many_words_more, another_paragraph, a_paragraph_less)


@pytest.mark.parametrize("name", ["trade", "manuscript"])
def test_pages_after_edits_are_those_of_a_new_setting(book: Path, name: str) -> None:
    chance = random.Random(name)
    live, known = LiveBook(), KnownParts()
    live.update(*drafted(book, name, known))
    for number in range(15):
        file = book / "stories" / f"s{chance.randrange(STORIES)}.md"
        paragraphs = file.read_text("utf-8").split("\n\n")
        EDITS[number % len(EDITS)](paragraphs, chance.randrange(len(paragraphs)), chance)
        file.write_text("\n\n".join(paragraphs), "utf-8")
        draft, layout, photos = drafted(book, name, known)
        assert draft == drafted(book, name)[0], "a Draft with known parts is the Draft without"
        live.update(draft, layout, photos)
        fresh = LiveBook()
        fresh.update(draft, layout, photos)
        drawn = number % 5 == 4
        same = [one == other for one, other in zip(seen(live, drawn=drawn), seen(fresh, drawn=drawn), strict=True)]
        assert all(same), (number, file.name, same.index(False))
        assert len({sheet.name for sheet in live.sheets}) == len(live.sheets)
        assert all(live.page_of(part.anchor) == fresh.page_of(part.anchor) for part in draft.parts)
        if number % 4 == 3:
            for _ in live.draw_rest():
                pass


def test_a_word_in_the_middle_of_a_chapter_leaves_most_pages_as_they_are(book: Path) -> None:
    live = LiveBook()
    live.update(*drafted(book, "trade"))
    file = book / "stories" / "s5.md"
    file.write_text(file.read_text("utf-8").replace(".", "!", 1), "utf-8")
    live.update(*drafted(book, "trade"))  # the first change of a chapter sets all of it
    before = [sheet.name for sheet in live.sheets]
    file.write_text(file.read_text("utf-8").replace("!", ";", 1), "utf-8")
    live.update(*drafted(book, "trade"))
    changed = [number for number, sheet in enumerate(live.sheets) if sheet.name != before[number]]
    assert live.page_of("mb_s5_p01") in changed
    assert len(changed) < 5, "the pages before and after it are taken over"


def test_another_picture_in_the_same_file_is_seen(book: Path) -> None:
    live = LiveBook()
    live.update(*drafted(book, "trade"))
    before = [sheet.name for sheet in live.sheets]
    path = next((book / "stories" / "photos").glob("*.jpg"))
    path.write_bytes(path.read_bytes() + b"\0")
    live.update(*drafted(book, "trade"))
    assert [sheet.name for sheet in live.sheets] != before
