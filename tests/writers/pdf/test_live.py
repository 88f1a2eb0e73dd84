"""Pages set for looking at are those of the PDF, and only what changed is set again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from bookmaking import make_book, photo, prose, story

from milebook.app.load import Loaded, load
from milebook.app.stamp import make_stamp
from milebook.compose import compose
from milebook.layout import Layout, read_layout
from milebook.model.draft import Draft
from milebook.photos import PhotoPreparer
from milebook.writers import Options
from milebook.writers.pdf import write
from milebook.writers.pdf.live import LiveBook

pdfium = pytest.importorskip("pypdfium2")
ROOT = Path(__file__).parents[3]


def drafted(root: Path, name: str = "trade") -> tuple[Loaded, Draft, Layout]:
    loaded = load(root)
    layout, findings = read_layout(name, loaded.folder)
    assert layout is not None, findings
    assert loaded.book is not None
    assert loaded.counts is not None
    stamp = make_stamp(loaded.book.info.date, {}, "")
    return loaded, compose(loaded.book, layout, stamp, loaded.counts, (), mode="final"), layout


def words(data: bytes) -> list[str]:
    document = pdfium.PdfDocument(data)
    found = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return found


@pytest.fixture
def book(tmp_path: Path) -> Path:
    entries = [
        story(f"story-{i}", prose(i, 350), photos=[photo(f"photos/p{i}.jpg")] if i % 3 == 0 else []) for i in range(9)
    ]
    entries[1]["text"] += "\nA note.[^1]\n\n[^1]: It says more.\n"
    chapters = [
        {"id": f"c{n}", "title": f"Chapter {n}", "stories": [f"story-{i}" for i in range(3 * n, 3 * n + 3)]}
        for n in range(3)
    ]
    return make_book(tmp_path, entries, chapters)  # fmt: skip


@pytest.mark.parametrize("name", ["trade", "a5", "manuscript"])
def test_the_pages_are_those_of_the_pdf(book: Path, name: str) -> None:
    loaded, draft, layout = drafted(book, name)
    made = write(draft, layout, PhotoPreparer(loaded.folder), Options())
    live = LiveBook()
    sheets = live.update(draft, layout, PhotoPreparer(loaded.folder))
    assert len(sheets) == made.page_count
    whole = words(made.data)
    for number, sheet in enumerate(sheets):
        assert words(live.pdf(number)) == [whole[number]], sheet.label
    assert {a: sheets[live.page_of(a)].label for a in made.pages} == made.pages
    assert len({sheet.name for sheet in sheets}) == len(sheets)


def test_only_the_chapter_that_changed_gets_other_pages(book: Path) -> None:
    _, draft, layout = drafted(book)
    loaded = load(book)
    live = LiveBook()
    before = live.update(draft, layout, PhotoPreparer(loaded.folder))
    assert live.update(draft, layout, PhotoPreparer(loaded.folder)) == before
    assert live.changed == []
    (book / "stories" / "story-4.md").write_text(prose(4, 350).replace(".", "!", 1), "utf-8")
    loaded, draft, layout = drafted(book)
    after = live.update(draft, layout, PhotoPreparer(loaded.folder))
    different = [
        number for number, (one, other) in enumerate(zip(before, after, strict=True)) if one.name != other.name
    ]
    first, last = live.page_of("chapter-c1"), live.page_of("chapter-c2")
    assert different
    assert all(first <= number < last for number in different)
    assert live.changed == ["mb_story-4_p01"]
    assert words(live.pdf(live.page_of("mb_story-4_p01")))[0].count("!") == 1
    for _ in live.draw_rest():
        pass
    assert live.update(draft, layout, PhotoPreparer(loaded.folder)) == after


def test_a_chapter_that_grows_changes_the_contents_and_all_that_follows(book: Path) -> None:
    live = LiveBook()
    loaded, draft, layout = drafted(book)
    live.update(draft, layout, PhotoPreparer(loaded.folder))
    for _ in live.draw_rest():
        pass
    for length in (1500, 200):
        (book / "stories" / "story-1.md").write_text(prose(1, length), "utf-8")
        loaded, draft, layout = drafted(book)
        live.update(draft, layout, PhotoPreparer(loaded.folder))
        made = write(draft, layout, PhotoPreparer(loaded.folder), Options())
        assert [words(live.pdf(number))[0] for number in range(len(live.sheets))] == words(made.data)


def test_every_paragraph_has_its_box(book: Path) -> None:
    loaded, draft, layout = drafted(book)
    live = LiveBook()
    live.update(draft, layout, PhotoPreparer(loaded.folder))
    boxed = {box.anchor for number in range(len(live.sheets)) for box in live.boxes(number)}
    wanted = {item.anchor for part in draft.parts for item in part.items if item.anchor}
    assert wanted <= boxed
    for number in range(len(live.sheets)):
        boxes = live.boxes(number)
        assert all(box.x >= 0 and box.x + box.width <= live.width + 0.1 and 0 <= box.y <= live.height for box in boxes)


def test_another_layout_sets_everything_anew(book: Path) -> None:
    loaded, draft, layout = drafted(book)
    live = LiveBook()
    before = live.update(draft, layout, PhotoPreparer(loaded.folder))
    after = live.update(draft, replace(layout, scene_break="#"), PhotoPreparer(loaded.folder))
    assert not {sheet.name for sheet in before if not sheet.blank} & {sheet.name for sheet in after if not sheet.blank}
