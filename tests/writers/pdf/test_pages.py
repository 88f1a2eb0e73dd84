"""What a page owes its reader: its ends, its heads, its pictures, its margins, in the built-in layouts."""

from __future__ import annotations

import io
import random
import statistics
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pdf_kit as kit
import pytest

from milebook.layout import Layout, Style, read_layout
from milebook.model.draft import Draft, Figure, Paragraph, Part, Role
from milebook.model.text import Run
from milebook.source import BookFolder
from milebook.writers import Options
from milebook.writers.pdf import write
from milebook.writers.pdf.book import BookSetting
from milebook.writers.pdf.galleys.boxes import HYPHENS
from milebook.writers.pdf.galleys.figures import members, width_at
from milebook.writers.pdf.galleys.galley import Compositor
from milebook.writers.pdf.pages.frame import Frame
from milebook.writers.pdf.pages.positions import PlacedPage
from milebook.writers.pdf.pages.running_heads import HEAD_DROP, PageMarks, foot_line

PROSE = Path(__file__).with_name("prose.txt").read_text(encoding="utf-8").strip().split("\n\n")
BOOK_LAYOUTS = ("trade", "trade-digest", "a5")


@lru_cache
def built_in(name: str) -> Layout:
    layout, findings = read_layout(name, BookFolder(Path(__file__).parent))
    assert layout is not None, findings
    return layout


@lru_cache
def paragraphs(seed: int, count: int) -> tuple[str, ...]:
    """Paragraphs of one to nine sentences, cut from real prose."""
    sentences = [s for text in PROSE for s in text.replace("? ", "?|").replace(". ", ".|").split("|")]
    dice = random.Random(seed)
    return tuple(
        " ".join(sentences[start : start + dice.randint(1, 9)])
        for start in (dice.randrange(len(sentences) - 9) for _ in range(count))
    )


def prose(seed: int, count: int) -> tuple[Paragraph, ...]:
    texts = paragraphs(seed, count)
    return tuple(kit.para(text, Role.BODY if i else Role.BODY_FIRST, f"s{seed}p{i}") for i, text in enumerate(texts))


@lru_cache
def novel() -> Draft:
    """Sixty pages of nothing but prose."""
    return kit.draft(kit.chapter(), kit.story(1, prose(3, 420)))


SHAPES = ((1800, 1200), (1200, 1800), (1200, 1200), (4000, 300), (300, 4000))


@lru_cache
def anthology() -> Draft:
    """Chapters of short stories, most with a picture of some shape, some with a scene break, a heading, a note."""
    dice = random.Random(11)
    parts: list[Part] = []
    for number in range(40):
        if number % 10 == 0:
            parts.append(kit.chapter(number // 10 + 1, f"Chapter of {number} miles"))
        items: list[Paragraph | Figure] = list(prose(100 + number, dice.randint(2, 12)))
        if number % 3:
            items.insert(dice.randint(0, len(items)), kit.picture(f"p{number}", dice.choice(SHAPES)))
        if number % 4 == 0:
            items.insert(len(items) // 2, kit.para("* * *", Role.SCENE_BREAK, f"b{number}"))
        if number % 5 == 0:
            items.insert(1, kit.para("A heading", Role.SUBHEADING, f"h{number}", level=3))
            items.append(kit.para("And it went on.", Role.BODY, f"l{number}"))
        parts.append(kit.story(number, tuple(items), title=f"Story {number}"))
    return kit.draft(*parts)


@lru_cache
def pages_of(which: str, layout: str) -> tuple[BookSetting, tuple[PlacedPage, ...]]:
    draft = {"novel": novel, "anthology": anthology}[which]()
    style = built_in(layout)
    made = BookSetting(draft, style, Frame(style, 100, printing=False))
    made.set()
    return made, tuple(made.pages)


def end(page: PlacedPage) -> float:
    """Points from the head of the type area to the foot of what stands last."""
    one = page.placed[-1]
    if one.block.kind == "text":
        return one.y + (one.last - one.first) * one.block.leading
    return one.y + one.height + sum(caption.before + caption.text_height for caption in one.block.captions)


def goes_on(pages: tuple[PlacedPage, ...], number: int) -> bool:
    """Whether the chapter does not end on this page."""
    after = pages[number + 1] if number + 1 < len(pages) else None
    return after is not None and not after.blank and not (after.placed[0].block.start and not after.placed[0].first)


def spreads(pages: tuple[PlacedPage, ...]) -> Iterator[tuple[PlacedPage, PlacedPage]]:
    """Facing pages that both go on."""
    for number in range(len(pages) - 1):
        left, right = pages[number], pages[number + 1]
        if not left.recto and right.recto and not left.blank and goes_on(pages, number) and goes_on(pages, number + 1):
            yield left, right


@pytest.fixture(params=[(book, layout) for book in ("novel", "anthology") for layout in BOOK_LAYOUTS], ids="-".join)
def paged(request: pytest.FixtureRequest) -> tuple[BookSetting, tuple[PlacedPage, ...]]:
    return pages_of(*request.param)


# ---- where pages end


def test_no_right_hand_page_ends_in_the_middle_of_a_word(paged: tuple[BookSetting, tuple[PlacedPage, ...]]) -> None:
    lasts = [page.placed[-1] for page in paged[1] if page.recto and page.placed]
    ends = [one.block.lines[one.last - 1].end for one in lasts if one.block.kind == "text"]
    assert len(ends) > 15
    assert not set(ends) & set(HYPHENS)


def test_no_widow_and_no_orphan(paged: tuple[BookSetting, tuple[PlacedPage, ...]]) -> None:
    broken = [
        one.last - one.first
        for page in paged[1]
        for one in page.placed
        if one.block.kind == "text" and one.last - one.first < len(one.block.lines)
    ]
    assert len(broken) > 20
    assert min(broken) >= 2


@pytest.mark.parametrize("layout", BOOK_LAYOUTS)
def test_facing_pages_of_prose_end_on_the_same_line(layout: str) -> None:
    pairs = [(end(left), end(right)) for left, right in spreads(pages_of("novel", layout)[1])]
    uneven = [pair for pair in pairs if abs(pair[0] - pair[1]) > 0.1]
    assert len(pairs) > 20
    assert len(uneven) <= len(pairs) // 20, uneven


def test_facing_pages_are_of_the_same_depth(paged: tuple[BookSetting, tuple[PlacedPage, ...]]) -> None:
    assert all(left.depth == right.depth for left, right in spreads(paged[1]))


def test_running_text_stands_on_the_grid(paged: tuple[BookSetting, tuple[PlacedPage, ...]]) -> None:
    grid = paged[0].layout.page.grid
    for page in paged[1]:
        for one in page.placed:
            if one.block.kind == "text" and one.block.item.role in (Role.BODY, Role.BODY_FIRST):
                assert abs(one.y / grid - round(one.y / grid)) < 0.01


def test_no_chapter_ends_in_a_few_lines(paged: tuple[BookSetting, tuple[PlacedPage, ...]]) -> None:
    book, pages = paged
    lasts = [page for n, page in enumerate(pages) if not page.blank and not page.opener and not goes_on(pages, n)]
    assert lasts
    assert all(end(page) >= 4.9 * book.layout.page.grid for page in lasts)


def test_nothing_stands_below_the_foot(paged: tuple[BookSetting, tuple[PlacedPage, ...]]) -> None:
    assert all(end(page) <= page.depth + 0.1 for page in paged[1] if page.placed)


def test_no_heading_stands_last_and_no_page_begins_in_the_white_of_a_scene_break(paged: tuple[BookSetting, tuple[PlacedPage, ...]]) -> None:  # fmt: skip
    for page in paged[1]:
        if page.placed:
            assert not page.placed[-1].block.keep_next
            assert page.placed[0].block.start or page.placed[0].y < 0.1


def test_scene_breaks_survive_the_end_of_a_page() -> None:
    printed = [
        one.block.lines[0].text.strip()
        for page in pages_of("anthology", "trade")[1]
        for one in page.placed
        if one.block.kind == "text" and one.block.item.role == Role.SCENE_BREAK
    ]
    assert printed == ["* * *"] * 10


def test_spaces_stay_even_where_paragraphs_were_set_anew() -> None:
    book, _ = pages_of("novel", "trade")
    shares = [
        line.gap * line.squeeze / block.space
        for block in book.blocks
        for line in block.lines[:-1]
        if block.style.align == "justify" and len(line.items) > 1
    ]
    assert len(shares) > 1000
    assert statistics.pstdev(shares) <= 0.15
    assert max(shares) <= 2.0


def test_nothing_is_lost_where_paragraphs_were_set_anew() -> None:
    for which in ("novel", "anthology"):
        book, pages = pages_of(which, "trade")
        seen: dict[int, list[int]] = {}
        for page in pages:
            for one in page.placed:
                seen.setdefault(id(one.block), []).extend(range(one.first, one.last))
        for block in book.blocks:
            assert seen[id(block)] == list(range(len(block.lines) if block.kind == "text" else 1))
            if block.kind == "text":
                assert " ".join("".join(line.text for line in block.lines).split()) == " ".join(block.item.text.split())


# ---- pictures


def pictures(layout: str = "trade") -> list[tuple[PlacedPage, object]]:
    return [
        (page, one) for page in pages_of("anthology", layout)[1] for one in page.placed if one.block.kind == "figure"
    ]


@pytest.mark.parametrize("layout", BOOK_LAYOUTS)
def test_pictures_stand_on_the_page_with_their_captions(layout: str) -> None:
    found = pictures(layout)
    assert len(found) == 26
    for page, one in found:
        foot = one.y + one.height + sum(caption.before + caption.text_height for caption in one.block.captions)  # type: ignore[attr-defined]
        assert one.block.captions and foot <= page.depth + 0.1  # type: ignore[attr-defined]
        assert one.height >= 0.49 * one.block.height  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("pixels", "width"),
    [
        ((4000, 2600), 297.0),
        ((1300, 1240), 297.0),
        ((90, 70), 90 * 72 / 150),
        ((640, 480), 640 * 72 / 300),
        ((1200, 2400), 148.0),
    ],
    ids=["landscape", "nearly as wide as the text", "tiny", "of few pixels", "portrait"],
)
def test_pictures_have_their_size(pixels: tuple[int, int], width: float) -> None:
    layout = built_in("trade")
    made = BookSetting(kit.draft(kit.story(1, (kit.picture("p", pixels),))), layout, Frame(layout, 9, printing=False))  # fmt: skip
    made.set()
    (block,) = [block for block in made.blocks if block.kind == "figure"]
    assert abs(min(made.frame.measure, block.height * pixels[0] / pixels[1]) - width) < 8


def test_no_picture_is_larger_than_its_pixels_are_sharp(paged: tuple[BookSetting, tuple[PlacedPage, ...]]) -> None:
    figures = [one for page in paged[1] for one in page.placed if one.block.kind == "figure"]
    for one in figures:
        for member in members(one.block):
            assert member.item.pixels[0] / (width_at(member, one.height) / 72) >= 299.0


def test_gaps_around_pictures_are_not_a_line_wider_than_they_are_meant(
    paged: tuple[BookSetting, tuple[PlacedPage, ...]],
) -> None:
    grid = paged[0].layout.page.grid
    for page in paged[1]:
        for above, below in pairwise(page.placed):
            title = below.block.kind == "text" and below.block.item.role == Role.STORY_TITLE
            if "figure" in (above.block.kind, below.block.kind) and not title:
                gap = below.y - above.foot - max(above.block.after, below.block.before)
                assert gap <= 1.6 * grid, page.folio


def test_a_story_begins_with_three_lines_at_the_foot_of_a_page(
    paged: tuple[BookSetting, tuple[PlacedPage, ...]],
) -> None:
    for page in paged[1]:
        titles = [
            n
            for n, one in enumerate(page.placed)
            if one.block.kind == "text" and one.block.item.role == Role.STORY_TITLE
        ]
        for number in titles:
            below = [
                one
                for one in page.placed[number + 1 :]
                if one.block.kind != "text" or one.block.item.role != Role.BYLINE
            ]
            assert any(one.block.kind == "figure" for one in below) or sum(one.last - one.first for one in below) >= 3


def paged_story(*items: Paragraph | Figure) -> tuple[BookSetting, list[PlacedPage]]:
    layout = built_in("trade")
    made = BookSetting(kit.draft(kit.chapter(), kit.story(1, items)), layout, Frame(layout, 9, printing=False))
    made.set()
    return made, made.pages


def test_two_upright_pictures_stand_side_by_side() -> None:
    two = (kit.picture("a", (1200, 1800)), kit.picture("b", (1000, 1500)))
    made, pages = paged_story(*prose(1, 4), *two, *prose(2, 4))
    (one,) = [one for page in pages for one in page.placed if one.block.kind == "figure"]
    left, right = members(one.block)
    assert (left.item.photo, right.item.photo) == ("photos/a.jpg", "photos/b.jpg")
    assert width_at(left, one.height) + width_at(right, one.height) <= made.frame.measure
    assert all(
        caption.width <= width_at(member, member.height) + 0.1
        for member in (left, right)
        for caption in member.captions
    )
    shown = [anchor for anchor, _ in made.transcript()]
    assert shown.count("figure") == 2


def test_a_picture_that_does_not_fit_moves_within_its_story() -> None:
    """Wherever the picture comes in the text, no page before the last is left white by a third."""
    text = prose(21, 24)
    for at in range(1, len(text)):
        made, pages = paged_story(*text[:at], kit.picture("p", (1600, 1100)), *text[at:])
        grid = made.layout.page.grid
        for page in pages[:-1]:
            assert page.blank or (page.depth - end(page)) / grid < 4.0, (at, page.folio)
        words = [text for _, text in made.transcript()]
        assert words.index("What p shows") == 4 + at  # read aloud in its place


def test_no_chapter_ends_in_less_than_four_lines() -> None:
    for extra in range(1, 45):
        style = built_in("trade")
        draft = kit.draft(
            Part(
                "text",
                "x",
                "Foreword",
                "front",
                tuple(kit.para("A line.", Role.BODY, f"l{n}") for n in range(30 + extra)),
            )
        )
        made = BookSetting(draft, style, Frame(style, 9, printing=False))
        made.set()
        last = made.pages[-1]
        assert len(made.pages) == 1 or len(last.placed) >= 4, extra


def test_no_storys_last_line_stands_alone_above_the_next_title() -> None:
    """Speech of one line after the other, in stories of every length: the last line always has company."""
    met = 0
    for count in range(20, 60):
        speech = tuple(kit.para(f"“We ran for {n} minutes.”", anchor=f"t{count}-{n}") for n in range(count))
        draft = kit.draft(kit.chapter(), kit.story(1, speech, title="One"), kit.story(2, prose(3, 12), title="Two"))
        layout = built_in("trade")
        book = BookSetting(draft, layout, Frame(layout, 0, printing=False))
        book.set()
        for page in book.pages:
            parts = [one.block.part for one in page.placed]
            if parts and parts[0] != parts[-1] and page.placed[0].block.part == 1:
                met += 1
                assert sum(one.last - one.first for one in page.placed if one.block.part == 1) > 1
    assert met > 20


def test_pages_left_white_are_reported() -> None:
    text = prose(31, 9)
    tall = kit.picture("p", (1200, 1800))
    made = write(
        kit.draft(kit.chapter(), kit.story(1, (*text, tall)), kit.story(2, (tall, *text))),
        built_in("trade"), kit.FakePreparer((1200, 1800)), Options(),
    )  # fmt: skip
    for row in made.facts["pages"]:  # type: ignore[attr-defined]
        assert set(row) == {"page", "white", "story", "title"}
        assert row["white"] > 3


def test_most_white_is_above_pictures_that_could_not_be_helped() -> None:
    grid = built_in("trade").page.grid
    _, pages = pages_of("anthology", "trade")
    white = [
        (page.depth - end(page)) / grid
        for n, page in enumerate(pages)
        if not page.blank and not page.notes and goes_on(pages, n) and pages[n + 1].placed[0].block.kind == "figure"
    ]
    assert max(white, default=0.0) < 10
    assert sum(white) / len(pages) < 0.6


# ---- what stands around the text


def heads(which: str, layout: str = "trade") -> list[tuple[PlacedPage, list[str]]]:
    """Every page and the words of its marks."""
    book, pages = pages_of(which, layout)

    class Listening:
        tree = None

        def __init__(self) -> None:
            self.shown: list[str] = []

        def words(self, look: object, text: str, *where: object, leftward: bool = False) -> float:
            self.shown.append(text)
            return 0.0

        def __getattr__(self, name: str) -> object:
            return lambda *given, **more: 0.0

    out = []
    for page in pages:
        pen = Listening()
        marks = PageMarks(book.draft, book.layout, book.compositor, pen, book.frame)  # type: ignore[arg-type]
        if not page.blank:
            marks.beside(page, 0.0, 600.0)
            marks.head(marks.heading(page), page.label, recto=page.recto, first=False)
        out.append((page, pen.shown))
    return out


def test_running_heads_name_the_chapter_on_the_left_and_the_story_on_the_right() -> None:
    found = heads("anthology")
    left = {words[0] for page, words in found if not page.recto and len(words) == 2}
    right = {words[0] for page, words in found if page.recto and len(words) == 2}
    assert left
    assert all(words.startswith("Chapter of") for words in left)
    assert right
    assert all(words.startswith("Story ") for words in right)


def test_openers_blanks_and_pages_of_pictures_bear_no_running_head() -> None:
    pymupdf = pytest.importorskip("pymupdf", reason="pymupdf is not installed")
    layout = built_in("trade")
    plates = tuple(kit.picture(f"p{i}", (1500, 1450)) for i in range(6))
    parts = (
        kit.chapter(),
        kit.story(1, (*prose(5, 12), *plates, *prose(6, 9))),
        kit.chapter(2),
        kit.story(2, prose(7, 3)),
    )
    for extra in range(2):  # one of the two chapters before the second ends on a right-hand page
        draft = kit.draft(parts[0], kit.story(9, prose(8, 2 + 12 * extra)), *parts[1:])
        made = BookSetting(draft, layout, Frame(layout, 9, printing=False))
        made.set()
        seen = set()
        with pymupdf.open(stream=write(draft, layout, kit.FakePreparer((1500, 1450)), Options()).data) as pdf:
            for page, sheet in zip(made.pages, pdf, strict=True):
                head = [word[4] for word in sheet.get_text("words") if word[1] < layout.page.top - 12]
                kinds = {one.block.kind for one in page.placed}
                case = "opener" if page.opener else "pictures" if kinds == {"figure"} else "text" if kinds else "blank"
                seen.add(case)
                assert bool(head) == (case == "text"), (case, head)
        assert {"opener", "pictures", "text"} <= seen


@pytest.mark.parametrize("old", [False, True])
@pytest.mark.parametrize("small_caps", [False, True])
def test_no_figure_one_reads_as_a_letter(small_caps: bool, old: bool) -> None:
    """The old-style 1 of EB Garamond, and the one among its small capitals, is a small capital I."""
    style = Style(old_figures=old, small_caps=small_caps)
    draft = kit.draft(Part("x", "x", "", "front", (), level=0))
    looks = Compositor(draft, built_in("trade"), 300.0, 500.0)
    lining = looks.look(Style()).word("1").solo.strip("<>")  # the code of its glyph
    for text in ("11", "1.1", "10:51", "5\u20321\u2033", "2013"):
        assert lining in looks.look(style).word(text).solo


def test_title_and_contents_have_one_kind_of_figures() -> None:
    for name in BOOK_LAYOUTS:
        assert not any(style.old_figures for style in built_in(name).styles.values())


def test_speech_is_indented_like_prose() -> None:
    draft = kit.draft(Part("x", "x", "", "front", (), level=0))
    looks = Compositor(draft, built_in("trade"), 300.0, 500.0)
    words = " ".join(["running"] * 30)
    starts = {
        looks.paragraph(Paragraph(Role.BODY, (Run(text),)), 0).lines[0].x
        for text in (words, f"\u201c{words}\u201d", f"\u2014{words}")
    }
    assert starts == {14.0}


# ---- pages of their own


def lone(kind: str, items: tuple[Paragraph, ...], layout: str = "trade") -> tuple[BookSetting, PlacedPage]:
    style = built_in(layout)
    part = Part(kind, kind, "", "front", items, level=0)
    made = BookSetting(kit.draft(part), style, Frame(style, 9, printing=False))
    made.set()
    (page,) = made.pages
    return made, page


def test_a_dedication_is_centred_broken_lines_and_all() -> None:
    verse = Paragraph(Role.VERSE, (Run("For everyone who began,\nand for those who did not"),), "d1")
    made, page = lone("dedication", (verse, kit.para("And you.", Role.BODY, "d2")))
    first, second = page.placed
    assert first.y > 100
    assert second.y - (first.y + 2 * first.block.leading) < 2 * first.block.leading
    for one in page.placed:
        for line in one.block.lines:
            middle = one.block.left + line.x + line.width / 2
            assert abs(middle - made.frame.measure / 2) < 1.0


def test_the_copyright_page_and_the_publisher_stand_at_the_foot() -> None:
    copyright_lines = tuple(kit.para(f"Line {i}.", Role.COPYRIGHT, f"c{i}") for i in range(4))
    _, page = lone("copyright", copyright_lines)
    assert abs(end(page) - page.depth) < 1.0
    _, page = lone("title", (kit.para("A Book", Role.BOOK_TITLE, "t"), kit.para("A Press", Role.BOOK_PUBLISHER, "p")))
    assert abs(end(page) - page.depth) < 1.0
    assert page.placed[0].y < page.depth / 2


def test_the_count_of_words_stands_beside_the_address() -> None:
    items = (
        *(kit.para(line, Role.CONTACT, f"k{i}") for i, line in enumerate(("Ada Example", "1 Long Road", "Ghent"))),
        kit.para("about 7,200 words", Role.WORD_COUNT, "w"), kit.para("A Book", Role.BOOK_TITLE, "t"),
    )  # fmt: skip
    _, page = lone("manuscript-title", items, "manuscript")
    assert page.placed[3].y == page.placed[0].y


def test_labels_of_lists_hang_beside_their_words() -> None:
    from milebook.model.text import Container

    items = tuple(Paragraph(Role.LIST_ITEM, (Run("An item " * 20),), f"i{i}", inside=(Container("bullets", 1, i, "•"),)) for i in range(2))  # fmt: skip
    for name in ("trade", "trade-digest", "a5", "manuscript", "press", "proof"):
        style = built_in(name)
        made = BookSetting(kit.draft(kit.story(1, items)), style, Frame(style, 9, printing=False))
        made.set()
        for block in made.blocks:
            if block.label:
                width = block.label[0][0].width
                assert all(line.x >= block.label_x + width for line in block.lines), name


# ---- the print edition


@pytest.mark.parametrize(("count", "inside"), [(24, 36.0), (150, 36.0), (151, 36.0), (300, 36.0), (301, 45.0), (501, 54.0), (701, 63.0), (829, 67.5)])  # fmt: skip
def test_the_gutter_follows_the_number_of_pages(count: int, inside: float) -> None:
    page = replace(kit.TRADE, inside=30, outside=105, gutters=())
    frame = Frame(kit.layout(page=page), count, printing=True)
    assert frame.inside == inside
    assert frame.width - frame.inside - frame.measure >= 36.0
    assert frame.left(True) == frame.inside
    assert frame.left(False) == frame.width - frame.inside - frame.measure


@pytest.mark.parametrize("layout", BOOK_LAYOUTS)
@pytest.mark.parametrize("count", [24, 300, 500, 700, 828])
def test_built_in_trims_please_both_printers(layout: str, count: int) -> None:
    wanted = {24: 27.0, 300: 36.0, 500: 45.0, 700: 54.0, 828: 63.0}[count]
    frame = Frame(built_in(layout), count, printing=True)
    assert frame.inside >= max(wanted, 36.0)
    assert frame.width - frame.inside - frame.measure >= 36.0
    assert frame.top - HEAD_DROP - 0.7 * 9.0 >= 36.0  # running heads
    assert foot_line(frame) >= 36.0  # folios


@pytest.mark.parametrize("layout", BOOK_LAYOUTS)
def test_the_print_edition_of_an_anthology(layout: str) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    style = built_in(layout)
    made = write(anthology(), style, kit.FakePreparer((1800, 1200)), Options(edition="print"))
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        assert len(pdf.pages) == made.page_count
        assert made.page_count % 2 == 0
        assert not {"/Outlines", "/StructTreeRoot", "/PageLabels", "/AcroForm"} & set(pdf.Root.keys())
        for page in pdf.pages:
            assert "/Annots" not in page.obj
            assert [round(float(v), 1) for v in page.mediabox] == [
                0,
                0,
                round(style.page.width, 1),
                round(style.page.height, 1),
            ]
            assert list(page.obj.TrimBox) == list(page.mediabox)
        last = pdf.pages[-1].Contents.read_bytes()
        assert b"TJ" not in last
        assert b"Do" not in last
