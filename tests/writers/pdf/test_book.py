"""Whole books: pages, numbering, structure, editions, proofs."""

from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdf_kit as kit
import pytest
from PIL import Image

from milebook.cache.store import HEAD
from milebook.cache.store import entry as entry_of
from milebook.layout import Layout
from milebook.model.draft import Draft, DraftQuery, Figure, Note, Paragraph, Part, Role, Table
from milebook.model.text import Container, Run
from milebook.photos import PhotoLost
from milebook.writers import Options, Written
from milebook.writers.comparison import compare
from milebook.writers.pdf import write
from milebook.writers.pdf.book import BookSetting
from milebook.writers.pdf.pages.frame import Frame
from milebook.writers.pdf.set_chapter import unpack

pikepdf = pytest.importorskip("pikepdf")
PROSE = Path(__file__).with_name("prose.txt").read_text(encoding="utf-8").strip().split("\n\n")


def prose(count: int, prefix: str, start: int = 0) -> tuple[Paragraph, ...]:
    return tuple(
        kit.para(PROSE[(start + i) % len(PROSE)], "body" if i else "body-first", f"{prefix}{i}") for i in range(count)
    )


def book(stories: int = 6) -> Draft:
    """Front matter, two chapters of stories with photos, notes, lists, verse, a table: everything once."""
    title = Part("title", "title", "", "front", (kit.para("The Long Way Home", Role.BOOK_TITLE, "bt"),), level=0)
    parts = [title]
    entries = []
    body = []
    for number in range(1, stories + 1):
        if number in (1, 4):
            body.append(kit.chapter(number, f"Chapter title {number}"))
            entries.append(
                kit.para(f"Chapter title {number}", Role.CONTENTS_CHAPTER, f"toc-c{number}", target=f"c{number}_t")
            )
        items: list[Any] = list(prose(5, f"s{number}p", number * 5))
        notes: tuple[Note, ...] = ()
        if number % 2:
            items.insert(2, kit.picture(f"photo{number}"))
        if number == 2:
            items.append(Paragraph(Role.BODY, (Run("A word"), Run("1", note=1), Run(" with a note.")), "noted"))
            notes = (Note(1, "n1", (kit.para("The text of the note. " * 12, Role.NOTE, "n1p1"),)),)
            items.append(Paragraph(Role.VERSE, (Run("Roses are red,\nviolets are blue"),), "verse"))
            items.append(kit.para("* * *", Role.SCENE_BREAK, "break"))
        if number == 3:
            for i in (1, 2):
                items.append(
                    Paragraph(
                        Role.LIST_ITEM, (Run(f"Item {i}"),), f"li{i}", inside=(Container("numbers", 1, i, f"{i})"),)
                    )
                )
            items.append(Paragraph(Role.BLOCK_QUOTE, (Run(PROSE[0]),), "quote", inside=(Container("quote", 2),)))
            link = (
                Run("See "),
                Run("this place", link="https://example.org/a"),
                Run(" or "),
                Run("ici", lang="fr"),
                Run("."),
            )
            items.append(Paragraph(Role.BODY, link, "linked"))
        body.append(kit.story(number, tuple(items), notes, f"Story {number}"))
        entries.append(kit.para(f"Story {number}", Role.CONTENTS_STORY, f"toc-s{number}", target=f"s{number}_title"))
    contents = (kit.para("Contents", Role.PART_TITLE, "toc", level=1), *entries)
    parts.append(Part("contents", "contents", "Contents", "front", contents))
    rows = tuple((f"Row {i} with some words in it", str(i), "x" * (i % 5)) for i in range(90))
    table = Table("table", ("What", "Count", ""), rows, (0.6, 0.2, 0.2), right=(1,), title="Ninety rows", strong=(3,))
    notes_part = (kit.para("Draft notes", Role.PART_TITLE, "dn", level=1), table)
    return kit.draft(*parts, *body, Part("draft-notes", "draft-notes", "Draft notes", "back", notes_part))


@pytest.fixture(scope="module")
def reading() -> tuple[Draft, Written]:
    made = book()
    return made, write(made, kit.layout(), kit.FakePreparer(), Options())


def composed(draft: Draft, layout: Layout | None = None) -> BookSetting:
    layout = layout or kit.layout()
    made = BookSetting(draft, layout, Frame(layout, 100, printing=False))
    made.set()
    return made


# ---- the words


def test_the_file_says_what_the_draft_says(reading: tuple[Draft, Written]) -> None:
    draft, made = reading
    assert compare(draft, made.transcript, "pdf") == []
    assert made.findings == []


# ---- pages


def test_baselines_of_facing_pages_agree() -> None:
    made = composed(book())
    grid = kit.GRID
    for page in made.pages:
        for one in page.placed:
            if one.block.kind == "text" and one.block.item.role in (Role.BODY, Role.BODY_FIRST):
                assert abs(one.y / grid - round(one.y / grid)) < 0.01


def test_no_widow_no_orphan_and_nothing_below_the_foot() -> None:
    made = composed(book(6))
    split = 0
    for page in made.pages:
        for one in page.placed:
            block = one.block
            bottom = one.y + (
                (one.last - one.first) * block.leading
                if block.kind == "text"
                else one.height + sum(c.before + c.text_height for c in block.captions)
                if block.kind == "figure"
                else block.height
            )
            assert bottom <= page.depth + 0.1
            if block.kind == "text" and one.last - one.first < len(block.lines):
                split += 1
                assert one.last - one.first >= 2
        for note in page.notes:
            assert note.y + (note.last - note.first) * note.block.leading <= page.depth + 0.1
    assert split


def test_a_heading_has_lines_below_it() -> None:
    for page in composed(book(6)).pages:
        if page.placed:
            assert not page.placed[-1].block.keep_next


def test_front_matter_is_roman_and_the_body_begins_on_a_right_hand_page_one(reading: tuple[Draft, Written]) -> None:
    _, made = reading
    assert made.pages["title"] == "i"
    assert made.pages["contents"] == "iii"
    assert made.pages["c1_t"] == "1"
    assert int(made.pages["c4_t"]) % 2 == 1
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        assert len(pdf.pages) == made.page_count
        assert pdf.pages[0].label == "i"
        assert pdf.pages[4].label == "1"  # iv is blank


def test_blank_pages_bear_nothing(reading: tuple[Draft, Written]) -> None:
    _, made = reading
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        assert b"Tj" not in pdf.pages[1].Contents.read_bytes()
        assert b"TJ" not in pdf.pages[1].Contents.read_bytes()


def test_a_proof_has_the_numbers_of_the_book() -> None:
    draft = kit.draft(kit.chapter(3), kit.story(1, prose(4, "p")), first_page=45)
    made = write(draft, kit.layout(), kit.FakePreparer(), Options())
    assert made.pages["chapter-3"] == "45"


def test_pages_can_be_found_without_drawing(reading: tuple[Draft, Written]) -> None:
    draft, made = reading
    reported: list[tuple[dict[str, str], int]] = []
    preparer = kit.FakePreparer()
    found = write(draft, kit.layout(), preparer, Options(paginate=True, on_pages=lambda *pages: reported.append(pages)))
    assert found.data == b""
    assert found.pages == made.pages
    assert reported == [(made.pages, made.page_count)]
    assert preparer.asked == []


def test_a_picture_keeps_its_caption_and_is_scaled_to_fill() -> None:
    made = composed(kit.draft(kit.chapter(), kit.story(1, (*prose(4, "p"), kit.picture(), *prose(3, "q", 9)))))
    (one,) = [one for page in made.pages for one in page.placed if one.block.kind == "figure"]
    assert one.block.height * 0.5 <= one.height <= one.block.height
    assert one.block.captions[0].item.role == Role.CAPTION


def test_a_long_note_goes_on_over_the_page() -> None:
    note = Note(1, "n1", (kit.para(" ".join(PROSE[:30]), Role.NOTE, "n1p"),))
    noted = Paragraph(Role.BODY, (Run("Short"), Run("1", note=1), Run(".")), "noted")
    draft = kit.draft(kit.chapter(), kit.story(1, (noted, *prose(12, "p")), (note,)))
    made = composed(draft)
    assert sum(1 for page in made.pages if page.notes) >= 2
    assert compare(draft, write(draft, kit.layout(), kit.FakePreparer(), Options()).transcript, "pdf") == []


def test_a_table_repeats_its_head() -> None:
    made = composed(book())
    heads = [page for page in made.pages if any(one.block.kind == "row" and one.block.row < 0 for one in page.placed)]
    assert len(heads) >= 2


def test_no_right_hand_page_ends_in_the_middle_of_a_word() -> None:
    long = kit.draft(kit.chapter(), kit.story(1, prose(120, "p")))
    ends = [page.placed[-1] for page in composed(long).pages if page.recto and page.placed]
    broken = [e for e in ends if e.block.lines[e.last - 1].end in (1, 5)]
    assert len(ends) > 5
    assert broken == []


# ---- structure


@pytest.mark.validator
@pytest.mark.parametrize("profile", ["PDF_UA_1", "PDF_A_2A"])
def test_the_reading_edition_is_accessible_and_lasting(
    reading: tuple[Draft, Written], profile: str, tmp_path: Path
) -> None:
    page = pytest.importorskip("page", reason="page-validation is not installed")
    file = tmp_path / "x.pdf"
    file.write_bytes(reading[1].data)
    result = page.validate_pdf(str(file), profile=getattr(page.ValidationProfile, profile))
    assert [(f.rule_id, f.message) for f in result.failures] == []
    assert result.is_compliant


def test_the_structure_has_every_kind_of_element(reading: tuple[Draft, Written]) -> None:
    with pikepdf.open(io.BytesIO(reading[1].data)) as pdf:
        tags, notes = set(), []
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem":
                tags.add(str(item.S))
                if item.S == "/Note":
                    notes.append(str(item.ID))
                if item.S == "/Figure":
                    assert str(item.Alt).startswith("What photo")
        assert {"/Document", "/Part", "/Sect", "/H1", "/H2", "/P", "/BlockQuote", "/L", "/LI", "/Lbl", "/LBody", "/Figure",
                "/Caption", "/Note", "/TOC", "/TOCI", "/Reference", "/Link", "/Table", "/TR", "/TH", "/TD", "/Span"} <= tags  # fmt: skip
        assert len(notes) == 1
        assert pdf.Root.Lang == "en-US"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        annotations = [a for page in pdf.pages for a in page.obj.get("/Annots", ())]
        assert len(annotations) >= 8 + 2 + 1
        assert all("/StructParent" in a and "/Contents" in a for a in annotations)


def test_the_outline_has_chapters_and_their_stories(reading: tuple[Draft, Written]) -> None:
    with pikepdf.open(io.BytesIO(reading[1].data)) as pdf, pdf.open_outline() as outline:
        titles = [(item.title, [child.title for child in item.children]) for item in outline.root]
    assert ("Chapter title 1", ["Story 1", "Story 2", "Story 3"]) in titles
    assert ("Draft notes", []) in titles


class Kept(kit.FakePreparer):
    """A preparer whose photos are known by their digests, so that pages with photos can be kept."""

    class folder:
        class read:
            @staticmethod
            def get(photo: str, otherwise: str) -> str:
                return hashlib.sha256(photo.encode()).hexdigest()


def test_same_book_same_bytes_with_and_without_the_cache(reading: tuple[Draft, Written], tmp_path: Path) -> None:
    draft, made = reading
    cache = str(tmp_path / "cache")
    for _ in range(2):
        again = write(draft, kit.layout(), Kept(), Options(cache=cache))
        assert again.data == made.data
        assert again.pages == made.pages
        assert compare(draft, again.transcript, "pdf") == []
    hostile = [
        b"[" * 100_000,
        b'{"' + b"0" * 32 + b'": [[0, 0, true], ["x"], null]}',
        b"\x00\xff",
        b"[]",
        b"2\n[]",
        b"[]\n",
    ]
    files = sorted((tmp_path / "cache").glob("??/*"))
    assert files
    damages = [b"", b"nonsense", files[0].read_bytes(), files[0].read_bytes()[:-40]]
    for damage, signed in [*((damage, False) for damage in damages), *((data, True) for data in hostile)]:
        for file in files:
            file.write_bytes(entry_of(file.parent.name + file.name, damage) if signed else damage)
        assert write(draft, kit.layout(), Kept(), Options(cache=cache)).data == made.data, damage[:90]


# a forme whose shape is right, and which yet is none: (what, into what)
FORGERIES = {
    "a page that is not there": lambda head: head["labels"].append(["x", 99]),
    "a structure that wants more numbers": lambda head: head["structure"].__setitem__(0, head["structure"][0] + "%d"),
    "a structure with a format of its own": lambda head: head["structure"].__setitem__(
        0, head["structure"][0].replace("%d", "%99999999d", 1)
    ),
    "a structure with an element less": lambda head: head["structure"].__setitem__(2, head["structure"][2] - 1),
    "an element that is not there": lambda head: head["structure"][1].__setitem__(0, 4_000_000),
    "a name that ends its object": lambda head: head["pages"][0][5].append("P>>endobj"),
    "a picture that nobody placed": lambda head: head["pages"][0][5].append("P" + "0" * 20),
    "a length beyond the end": lambda head: head["pages"][0].__setitem__(0, 10**9),
    "a link to nowhere": lambda head: head["links"].append([99, [0, 0, 1, 1], "", "", "", None]),
    "words that are numbers": lambda head: head["transcript"].append([1, 2]),
    "a face that is none": lambda head: head["codes"].__setitem__("77", [1]),
    "a code that is none": lambda head: head["codes"].__setitem__("0", [65_535]),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forme_from_a_stranger_is_not_taken(reading: tuple[Draft, Written], tmp_path: Path, forgery: str) -> None:
    draft, made = reading
    cache = str(tmp_path / "cache")
    write(draft, kit.layout(), Kept(), Options(cache=cache))
    forged = 0
    for file in (tmp_path / "cache").glob("??/*"):
        data = file.read_bytes().partition(b"\n")[2]
        size, _, rest = data.partition(b"\n")
        if not size.isdigit():
            continue  # the pages of the contents, see below
        head = json.loads(rest[: int(size)])
        if head["structure"][1] and head["pages"]:
            FORGERIES[forgery](head)
            written = json.dumps(head).encode()
            data = str(len(written)).encode() + b"\n" + written + rest[int(size) :]
            file.write_bytes(entry_of(file.parent.name + file.name, data))
            forged += 1
    assert forged
    assert write(draft, kit.layout(), Kept(), Options(cache=cache)).data == made.data


def test_pages_of_the_contents_from_a_stranger_are_not_taken(reading: tuple[Draft, Written], tmp_path: Path) -> None:
    draft, made = reading
    cache = str(tmp_path / "cache")
    write(draft, kit.layout(), Kept(), Options(cache=cache))
    outlines = [f for f in (tmp_path / "cache").glob("??/*") if f.read_bytes().partition(b"\n")[2][:1] == b"["]
    assert outlines
    for forged in (b"[7, []]", b'[1, [["x", 0]]]', b"[0, []]", b"[true, []]", b"[1, [[1]]]"):
        for file in outlines:
            file.write_bytes(entry_of(file.parent.name + file.name, forged))
        again = write(draft, kit.layout(), Kept(), Options(cache=cache))
        assert again.data == made.data, forged
        assert again.pages == made.pages
        assert again.page_count == made.page_count


def test_after_an_edit_only_its_chapter_is_set(tmp_path: Path) -> None:
    """Chapters behind an edited one are taken over, on other pages if need be; so is the contents, if no number in it changed."""
    kept: set[tuple[Path, int]] = set()

    def set_anew() -> list[str]:
        """The first anchors of the stretches that have been kept since this was asked last."""
        found = []
        for path in (tmp_path / "cache").glob("??/*"):
            entry = path, path.stat().st_ino  # which is another one where the same was kept again
            if entry in kept:
                continue
            kept.add(entry)
            if (forme := unpack(path.read_bytes()[HEAD:])) is not None:
                found.append(forme.labels[0][0])
        return sorted(found)

    def edition(words: int, titles: str = "Chapter") -> Draft:
        parts: list[Part] = []
        for number in range(1, 5):
            text = prose(3 + (words if number == 2 else 0), f"c{number}")
            parts += [kit.chapter(number, f"{titles} {number}"), kit.story(number, text)]
        entries = tuple(
            kit.para(part.title, Role.CONTENTS_CHAPTER, f"toc-{part.anchor}", target=part.anchor)
            for part in parts
            if part.kind == "chapter"
        )
        contents = Part("contents", "contents", "Contents", "front", (kit.para("Contents", Role.PART_TITLE, "toc", level=1), *entries))  # fmt: skip
        return kit.draft(contents, *parts)

    options = Options(cache=str(tmp_path / "cache"))
    write(edition(0), kit.layout(), Kept(), options)
    assert set_anew() == ["chapter-1", "chapter-2", "chapter-3", "chapter-4", "contents"]
    for draft, expected in (
        (edition(0), []),
        (edition(0, "Part"), ["chapter-1", "chapter-2", "chapter-3", "chapter-4", "contents"]),
        (edition(1), ["chapter-2"]),
        (edition(14), ["chapter-2", "contents"]),  # chapters 3 and 4 begin on other pages now
        (edition(1), []),
    ):
        made = write(draft, kit.layout(), Kept(), options)
        assert set_anew() == expected
        assert made.data == write(draft, kit.layout(), Kept(), Options()).data
        assert compare(draft, made.transcript, "pdf") == []


# ---- the print edition


@pytest.fixture(scope="module")
def printed() -> tuple[kit.FakePreparer, Written]:
    preparer = kit.FakePreparer((800, 600))
    return preparer, write(book(), kit.layout(), preparer, Options(edition="print"))


def test_print_is_grey_bare_and_even(printed: tuple[kit.FakePreparer, Written]) -> None:
    preparer, made = printed
    assert all(gray for *_, gray in preparer.asked)
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        assert len(pdf.pages) == made.page_count
        assert made.page_count % 2 == 0
        assert b"TJ" not in pdf.pages[-1].Contents.read_bytes()
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFX"
        for name in ("/Outlines", "/StructTreeRoot", "/Metadata", "/PageLabels"):
            assert name not in pdf.Root
        for page in pdf.pages:
            assert "/Annots" not in page.obj
            assert [float(v) for v in page.mediabox] == [0, 0, 432, 648]
            assert page.obj.TrimBox == page.obj.BleedBox == page.obj.MediaBox
            assert not re.search(rb"0\.\d+ g\b", page.Contents.read_bytes())  # no gray letters, which would be screened
            assert not re.search(rb"(?<![\w.])(rg|RG|k|K)\b", re.sub(rb"<[^>]*>", b"", page.Contents.read_bytes()))
        fonts = [f for f in pdf.objects if isinstance(f, pikepdf.Dictionary) and f.get("/Type") == "/FontDescriptor"]
        assert fonts
        assert all("/FontFile2" in f for f in fonts)


def test_photos_too_small_for_print_are_named() -> None:
    figure = kit.picture("small", (600, 450))
    made = write(
        kit.draft(kit.story(1, (figure,))), kit.layout(), kit.FakePreparer((600, 450)), Options(edition="print")
    )
    (finding,) = made.findings
    assert finding.code == "MB601"
    assert "2.0 in" in finding.hint
    large = kit.picture("large", (3000, 2250))
    made = write(
        kit.draft(kit.story(1, (large,))), kit.layout(), kit.FakePreparer((3000, 2250)), Options(edition="print")
    )
    assert made.findings == []


@pytest.mark.parametrize("edition", ["reading", "print"])
def test_the_outline_of_a_lost_photo_stands_outside_text(edition: str) -> None:
    """Below words of the same owner, which leave a text object open; in print as heavy and black as every other line."""

    class Lost(kit.FakePreparer):
        def prepare(self, *what: Any, **how: Any) -> Any:
            raise PhotoLost([])

    items = (kit.para("Words before."), kit.picture("lost", (1200, 900)), kit.para("Words after."))
    made = write(kit.draft(kit.story(1, items)), kit.layout(), Lost((1200, 900)), Options(edition=edition))
    outlines, weight, inside = 0, 0.0, False
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        for page in pdf.pages:
            for one in pikepdf.parse_content_stream(page):
                operator = str(one.operator)
                if operator in ("BT", "ET"):
                    inside = operator == "BT"
                elif operator == "w":
                    weight = float(one.operands[0])
                elif operator == "re":
                    outlines += 1
                    assert not inside
                    assert weight == (0.75 if edition == "print" else 0.4)
    assert outlines == 1


def test_a_dark_photo_is_named_with_its_number() -> None:
    """MB657."""

    class Dark(kit.FakePreparer):
        def prepare(self, *what: Any, **how: Any) -> Any:
            made = super().prepare(*what, **how)
            out = io.BytesIO()
            Image.new("L", (made.width, made.height), 40).save(out, "JPEG")
            return made._replace(data=out.getvalue(), media_type="image/jpeg")

    figure = kit.picture("night", (3000, 2250))
    made = write(kit.draft(kit.story(1, (figure,))), kit.layout(), Dark((3000, 2250)), Options(edition="print"))
    assert [finding.code for finding in made.findings] == ["MB657"]
    assert "40 of 255" in made.findings[0].message
    reading = write(kit.draft(kit.story(1, (figure,))), kit.layout(), Dark((3000, 2250)), Options())
    assert reading.findings == []


def test_the_gutter_grows_with_the_book() -> None:
    layout = kit.layout(page=replace(kit.TRADE, inside=50, outside=85, gutters=((4, 50), (10**6, 70))))
    short, long = Frame(layout, 2, printing=True), Frame(layout, 300, printing=True)
    assert (short.inside, long.inside) == (50, 70)
    assert short.measure == long.measure  # the text moves, its lines stay
    assert Frame(layout, 300, printing=False).inside == 50


# ---- proofs


def test_a_proof_shows_queries_numbers_and_changes() -> None:
    runs = (Run("Some words "), Run("", query=1), Run("and more."))
    items = (Paragraph(Role.BODY, runs, "asked", changed=True), *prose(3, "p"))
    page = replace(kit.TRADE, width=612, outside=255, mirrored=False, line_numbers=True, watermark="Uncorrected proof")
    draft = kit.draft(
        kit.chapter(), kit.story(1, items), queries=(DraftQuery(1, "Q1.01", "Is this so?", "asked"),), proof_line="Proof of today"
    )  # fmt: skip
    made = write(draft, kit.layout(page=page, proof=True), kit.FakePreparer(), Options())
    pymupdf = pytest.importorskip("pymupdf")
    text = pymupdf.open(stream=made.data)[0].get_text()
    for words in ("Q1.01", "Is this so?", "Proof of today", "Uncorrected proof"):
        assert words in text
    assert compare(draft, made.transcript, "pdf") == []


# ---- what must be borne

ABSURD = {**kit.STYLES, Role.BODY: replace(kit.STYLES[Role.BODY], size=144, leading=3, before=2000, left=500)}
HOSTILE: list[tuple[str, Draft, Layout]] = [
    ("nothing", kit.draft(), kit.layout()),
    ("a part with no items", kit.draft(Part("story", "s", "S", "body", ())), kit.layout()),
    ("empty paragraphs", kit.draft(kit.story(1, (kit.para("", anchor="a"), kit.para(" ", anchor="b"), kit.para("\u200b", anchor="c")))), kit.layout()),
    ("a panorama and a pole", kit.draft(kit.story(1, (kit.picture("a", (4000, 300)), kit.picture("b", (300, 4000))))), kit.layout()),
    ("a photo of no size", kit.draft(kit.story(1, (kit.picture("a", (0, 0)),))), kit.layout()),
    ("twelve photos", kit.draft(kit.story(1, tuple(kit.picture(f"p{i}") for i in range(12)))), kit.layout()),
    ("a long title", kit.draft(kit.chapter(1, "A title of many words " * 9), kit.story(1, prose(2, "p"), title="Long " * 40)), kit.layout()),
    ("absurd sizes", kit.draft(kit.story(1, prose(1, "p"))), kit.layout(styles=ABSURD)),
    ("a page of stamps", kit.draft(kit.story(1, (*prose(1, "p"), kit.picture()))), kit.layout(page=replace(kit.TRADE, width=100, height=120, inside=60, outside=70, top=80, bottom=90))),
    ("no grid", kit.draft(kit.chapter(), kit.story(1, prose(9, "p"))), kit.layout(page=replace(kit.TRADE, grid=0))),
    ("a note that is not there", kit.draft(kit.story(1, (Paragraph(Role.BODY, (Run("x"), Run("9", note=9)), "p"),))), kit.layout()),
    ("a huge row", kit.draft(Part("draft-notes", "d", "D", "back", (Table("t", ("a", "b"), ((" ".join(PROSE[:9]), "1"),), (0.3, 0.7)),))), kit.layout()),
]  # fmt: skip


@pytest.mark.parametrize(("name", "draft", "layout"), HOSTILE, ids=[name for name, *_ in HOSTILE])
@pytest.mark.parametrize("edition", ["reading", "print"])
def test_hostile_drafts_are_set_whole(name: str, draft: Draft, layout: Layout, edition: str) -> None:
    made = write(draft, layout, kit.FakePreparer((400, 300)), Options(edition=edition))
    assert made.page_count >= 1
    assert compare(draft, made.transcript, "pdf") == []
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        assert len(pdf.pages) == made.page_count


def test_a_photo_that_fails_is_a_finding() -> None:
    class Broken(kit.FakePreparer):
        def prepare(self, path: str, **sizes: Any) -> Any:
            raise OSError("image file is truncated")

    made = write(kit.draft(kit.story(1, (kit.picture(),))), kit.layout(), Broken(), Options())
    assert [f.code for f in made.findings] == ["MB604"]


def test_a_decorative_picture_is_no_figure_to_a_screen_reader() -> None:
    figure = Figure("photos/x.jpg", (100, 100), "", "", "", True, "fx")
    made = write(kit.draft(kit.story(1, (figure, kit.para("x")))), kit.layout(), kit.FakePreparer(), Options())
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        tags = {str(i.S) for i in pdf.objects if isinstance(i, pikepdf.Dictionary) and i.get("/Type") == "/StructElem"}
    assert "/Figure" not in tags
