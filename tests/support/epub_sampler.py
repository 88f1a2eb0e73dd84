"""Drafts for the tests of the e-book: a small book with one of everything, and generators of large and odd ones."""

from __future__ import annotations

import hashlib
import io
import zlib
from pathlib import Path

from PIL import Image, ImageDraw

from milebook.layout import Layout
from milebook.model.draft import Draft, Figure, Item, Note, Paragraph, Part, Role, Stamp, Table
from milebook.model.text import Container, Run
from milebook.photos import PreparedPhoto
from milebook.photos.prepared import InMemory

ROOT = Path(__file__).parents[2]
STAMP = Stamp("0.1.0", "0123456789ab", "2026-03-15", 1773532800)


class PhotoPreparer:
    """Makes a picture for every name, its size in the name: "road-1200x800.jpg", "gray-20x4000.png"."""

    def __init__(self) -> None:
        self.made: dict[str, PreparedPhoto] = {}
        self.asked: list[tuple[str, int]] = []

    def prepare(
        self, path: str, *, max_width: int = 0, max_height: int = 0, max_area: int = 0, quality: int = 88
    ) -> PreparedPhoto:
        self.asked.append((path, max_area or max(max_width, max_height)))
        if path not in self.made:
            width, height = map(int, path.rpartition("-")[2].partition(".")[0].split("x"))
            image = Image.new("RGB", (width, height), "#8fb0c4")
            draw = ImageDraw.Draw(image)
            draw.rectangle((0, height * 0.6, width, height), fill="#5d7a4f")
            draw.ellipse((width * 0.6, height * 0.15, width * 0.6 + height * 0.2, height * 0.35), fill="#f3d26b")
            draw.polygon(
                [
                    (width * 0.3, height),
                    (width * 0.5, height),
                    (width * 0.46, height * 0.6),
                    (width * 0.44, height * 0.6),
                ],
                fill="#d9cfbd",
            )
            out = io.BytesIO()
            kind = "PNG" if path.endswith("png") else "JPEG"
            image.save(out, kind)
            data = out.getvalue()
            facts = (len(data), zlib.crc32(data), hashlib.sha256(data).hexdigest())
            self.made[path] = PreparedPhoto(width, height, f"image/{kind.lower()}", False, *facts, InMemory(data))
        return self.made[path]


def p(role: Role, text: str | tuple[Run, ...], anchor: str, **more: object) -> Paragraph:
    runs = (Run(text),) if isinstance(text, str) else text
    return Paragraph(role, runs, anchor, **more)  # type: ignore[arg-type]


def picture(
    anchor: str,
    photo: str,
    number: str = "",
    caption: str = "",
    credit: str = "",
    alt: str = "",
    decorative: bool = False,
) -> Figure:
    return Figure(
        photo,
        (0, 0),
        number,
        f"Figure {number}" if number else "",
        alt,
        decorative,
        anchor,
        p(Role.CAPTION, caption, f"{anchor}_caption") if caption else None,
        p(Role.CREDIT, credit, f"{anchor}_credit") if credit else None,
    )


LONG = (
    "The rain had been falling since four in the morning, and by the time we reached the old bridge my shoes weighed "
    "as much as the dog. Nobody said anything about turning back. My father, who was seventy-one that spring and had "
    "promised my mother not to run, walked beside us with his umbrella and called the miles like a conductor calling stations."
)


def story(slug: str, title: str, byline: str, *middle: Item, notes: tuple[Note, ...] = (), lang: str = "") -> Part:
    prefix = f"mb_{slug}"
    items: tuple[Item, ...] = (
        p(Role.STORY_TITLE, title, f"{prefix}_title", level=2, lang=lang),
        p(Role.BYLINE, byline, f"{prefix}_byline"),
        *middle,
    )
    return Part("story", f"story-{slug}", title, "body", items, notes, 2, lang=lang, byline=byline)


def chapter(number: int, slug: str, title: str, *opening: Item) -> Part:
    items: tuple[Item, ...] = (
        p(Role.CHAPTER_NUMBER, f"Chapter {number}", f"mbc_{slug}_number"),
        p(Role.CHAPTER_TITLE, title, f"mbc_{slug}_title", level=1),
        *opening,
    )
    return Part("chapter", f"chapter-{slug}", title, "body", items, (), 1, number)


def contents(parts: list[Part]) -> Part:
    items: list[Item] = [p(Role.PART_TITLE, "Contents", "mbm_contents_title", level=1)]
    for part in parts:
        if part.level:
            role = {"chapter": Role.CONTENTS_CHAPTER, "story": Role.CONTENTS_STORY}.get(part.kind, Role.CONTENTS_PART)
            head = next(i.anchor for i in part.items if isinstance(i, Paragraph) and i.level)
            items.append(p(role, part.title, f"mbm_toc_{part.anchor}", target=head, lang=part.lang))
    return Part("contents", "contents", "Contents", "front", tuple(items))


def sampler() -> Draft:
    """One of everything that a book can hold."""
    numbered = [Container("numbers", 7, 1, "3)"), Container("numbers", 7, 2, "4)"), Container("bullets", 8, 1, "•")]
    note = Note(1, "mb_tree_n1", (p(Role.NOTE, "She still has the shoes. See “The Long Way Home”.", "mb_tree_n1_p01"),))
    tree = story(
        "tree",
        "The Tree at the Corner",
        "Ana E., 32, St. Louis, MO",
        p(Role.BODY_FIRST, LONG, "mb_tree_p01"),
        p(
            Role.BODY,
            (
                Run("I had meant to run "),
                Run("three", italic=True),
                Run(" miles & stopped < 1"),
                Run("1", note=1),
                Run("; the "),
                Run("nasa", small_caps=True),
                Run(" cap went "),
                Run("first", bold=True),
                Run(", then the "),
                Run("very last", bold=True, italic=True),
                Run(" of my pride. It is all on "),
                Run("the ", link="https://example.org/a?b=1&c=ü"),
                Run("club’s", italic=True, link="https://example.org/a?b=1&c=ü"),
                Run(" page", link="https://example.org/a?b=1&c=ü"),
                Run(" and "),
                Run("further on", link="#mb_home_title"),
                Run(". He said "),
                Run("c’est la vie", italic=True, lang="fr"),
                Run(" ]]> and went home."),
            ),
            "mb_tree_p02",
        ),
        picture(
            "mb_tree_f1",
            "finish-1600x1200.jpg",
            "1.1",
            "All smiles at the finish, before anyone had told us about the hill.",
            "Photo by Ben Example",
            "A woman and a small boy cross a chalk finish line hand in hand.",
        ),
        p(Role.BODY_FIRST, LONG, "mb_tree_p03"),
        p(Role.SCENE_BREAK, "* * *", "mb_tree_p04"),
        p(Role.BODY_FIRST, LONG, "mb_tree_p05"),
        p(Role.BLOCK_QUOTE, "Run when you can, walk if you have to.", "mb_tree_p06", inside=(Container("quote", 3),)),
        p(Role.BLOCK_QUOTE, "My grandmother’s letter, 1956.", "mb_tree_p07", inside=(Container("quote", 3),)),
        p(Role.BODY, "What we carried:", "mb_tree_p08"),
        p(
            Role.LIST_ITEM,
            "two bottles of water, one of them frozen so hard that it outlived the race",
            "mb_tree_p09",
            inside=(numbered[0],),
        ),
        p(Role.LIST_TEXT, "and the cup that went with them;", "mb_tree_p10", inside=(numbered[0],)),
        p(Role.LIST_ITEM, "a map:", "mb_tree_p11", inside=(numbered[1],)),
        p(Role.LIST_ITEM, "upside down", "mb_tree_p12", inside=(numbered[1], numbered[2])),
        p(
            Role.VERSE,
            (
                Run("The road goes on,\nthe road goes "),
                Run("on", italic=True),
                Run(",\nand none of us is young, and none of us can say where it is going."),
            ),
            "mb_tree_p13",
        ),
        p(Role.SUBHEADING, "The second lap", "mb_tree_p14", level=4),
        p(Role.BODY_FIRST, "We ran it backwards.", "mb_tree_p15"),
        p(Role.CODE, "0:00  start\n0:59  rain  <none>", "mb_tree_p16"),
        notes=(note,),
    )
    home = story(
        "home",
        "The Long Way Home",
        "Nguyễn Thị Ánh, 19, Đà Nẵng",
        picture("mb_home_f1", "road-900x1600.jpg", "1.2", "The road by the river.", "", "A road between rice fields."),
        p(Role.BODY_FIRST, LONG, "mb_home_p01"),
        p(Role.BODY, "Emoji 🏃‍♀️ and a line\u2028separator, עברית in the middle, then the end.", "mb_home_p02"),
        p(Role.BODY, "שלום לכולם, זה היה מרוץ ארוך.", "mb_home_p03", lang="he"),
        picture("mb_home_f2", "ornament-300x120.png", decorative=True),
        p(Role.BODY, LONG, "mb_home_p04"),
        p(Role.END_MARK, "END", "mb_home_end"),
    )
    polish = story(
        "lukasz",
        "Źdźbło",
        "Łukasz",
        p(Role.BODY_FIRST, "Biegłem. Deszcz. Zażółć gęślą jaźń.", "mb_lukasz_p01", lang="pl"),
        picture("mb_lukasz_f1", "wide-3000x500.jpg", "2.1", "Wide.", "", "The whole team in a row."),
        picture("mb_lukasz_f2", "tall-500x3000.jpg", "2.2", "Tall.", "", "A lamp post."),
        lang="pl",
    )
    body = [
        chapter(1, "first", "First Miles", p(Role.BODY_FIRST, LONG, "mbc_first_p01")),
        tree,
        home,
        chapter(2, "last", "Last Miles"),
        polish,
    ]
    thanks = Part(
        "text",
        "text-thanks",
        "Acknowledgments",
        "back",
        (
            p(Role.PART_TITLE, "Acknowledgments", "mbm_thanks_title", level=1),
            p(Role.BODY_FIRST, "To the rain.", "mbm_thanks_p01"),
        ),
        role="acknowledgments",
    )
    credits = Part(
        "credits",
        "credits",
        "Credits",
        "back",
        (
            p(Role.PART_TITLE, "Credits", "mbm_credits_title", level=1),
            p(Role.CREDIT_ENTRY, "Figure 1.1: Photo by Ben Example", "mbm_credits_p01"),
        ),
        role="credits",
    )
    people = Part(
        "contributors",
        "contributors",
        "Contributors",
        "back",
        (
            p(Role.PART_TITLE, "Contributors", "mbm_people_title", level=1),
            p(
                Role.CONTRIBUTOR,
                (Run("Ana E.", bold=True), Run(" (“The Tree at the Corner”). She runs.")),
                "mbm_people_p01",
            ),
        ),
        role="contributors",
    )
    notes = Part(
        "draft-notes",
        "draft-notes",
        "Draft notes",
        "back",
        (
            p(Role.PART_TITLE, "Draft notes", "mbn_title", level=1, lang="en"),
            p(Role.NOTES_HEADING, "Word counts", "mbn_words", level=2, lang="en"),
            p(Role.NOTES_TEXT, "The stories have 512 words.", "mbn_words_p1", lang="en"),
            Table(
                "mbn_words_table",
                ("Story", "Words", "Limit", "Remark"),
                (("1. First Miles", "500", "", ""), ("The Tree at the Corner", "312", "300", "12 over the limit")),
                (0.54, 0.12, 0.12, 0.22),
                right=(1, 2),
                title="Words of every story",
                strong=(0,),
            ),
            p(Role.NOTES_HEADING, "Permissions checklist", "mbn_permissions", level=2, lang="en"),
            Table(
                "mbn_permissions_table",
                ("", "What", "Who", "State"),
                (
                    ("✓", "The Tree at the Corner: text", "Ana Example", "clear"),
                    ("☐", "The Long Way Home: photo 1", "not known", "no form"),
                ),
                (0.06, 0.44, 0.2, 0.3),
                title="Every item",
                strong=(1,),
            ),
        ),
        lang="en",
    )
    back = [thanks, people, credits, notes]
    front = [
        Part(
            "half-title",
            "half-title",
            "Every Mile a Story",
            "front",
            (p(Role.HALF_TITLE, "Every Mile a Story", "mbm_half"),),
            level=0,
        ),
        Part(
            "title",
            "title",
            "Every Mile a Story",
            "front",
            (
                p(Role.BOOK_TITLE, "Every Mile a Story", "mbm_title"),
                p(Role.BOOK_SUBTITLE, "Runners on rain, roads and the last bend", "mbm_subtitle"),
                p(Role.BOOK_AUTHORS, "Edited by Ada Example and Bea Example", "mbm_authors"),
                p(Role.DRAFT_LINE, "Working title · Draft of March 15, 2026", "mbm_draft"),
                p(Role.BOOK_PUBLISHER, "Example Press", "mbm_publisher"),
            ),
            level=0,
        ),
        Part(
            "copyright",
            "copyright",
            "",
            "front",
            (
                p(Role.COPYRIGHT, "Compilation © 2026 Ada Example", "mbm_c1"),
                p(Role.COPYRIGHT, "ISBN 978-3-16-148410-0 (print)", "mbm_c2"),
            ),
            level=0,
        ),
        Part(
            "dedication",
            "text-for",
            "Dedication",
            "front",
            (p(Role.DEDICATION, "For everyone who came last.", "mbm_for_p01"),),
            level=0,
            role="dedication",
        ),
    ]
    intro = Part(
        "text",
        "text-intro",
        "Introduction",
        "front",
        (
            p(Role.PART_TITLE, "Introduction", "mbm_intro_title", level=1),
            p(Role.BODY_FIRST, LONG, "mbm_intro_p01"),
            p(Role.BODY, LONG, "mbm_intro_p02"),
        ),
        role="introduction",
    )
    return Draft(
        title="Every Mile a Story",
        subtitle="Runners on rain, roads and the last bend",
        authors=("Ada Example", "Bea Example"),
        language="en-US",
        publisher="Example Press",
        description="Stories by readers of a running blog.",
        rights="Compilation © 2026 Ada Example and Bea Example. Each story © its contributor.",
        isbn={},
        identifier="urn:uuid:0f1c2d3e-4a5b-5c6d-8e7f-001122334455",
        mode="draft",
        parts=(*front, contents([intro, *body, *back]), intro, *body, *back),
        stamp=STAMP,
        subjects=("SPO035000",),
    )


def trade() -> Layout:
    """The e-book's own look."""
    sheet = ROOT / "layouts" / "trade" / "epub.css"
    return Layout(css=sheet.read_text("utf-8") if sheet.is_file() else "")


def pages_of(draft: Draft, start: int = 1) -> dict[str, str]:
    """Page labels as a PDF might have them: four paragraphs a page."""
    anchors = [item.anchor for part in draft.parts for item in part.items]
    return {anchor: str(start + number // 4) for number, anchor in enumerate(anchors)}
