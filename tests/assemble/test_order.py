"""Which stories a chapter takes, in what order, and how chapters and figures are numbered."""

from __future__ import annotations

import pytest

from milebook.assemble.filed_names import filing, surname
from milebook.assemble.order import arranged, chosen, in_order_of_appearance, matches, number
from milebook.markdown import read_prose
from milebook.model.book import Chapter, Contributor, Photo, Story
from milebook.model.index import ChapterEntry
from milebook.model.slugs import slug


def story(ident: str, **fields: object) -> Story:
    return Story(id=ident, status="selected", **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "filed"),
    [
        ("Ana Example", "Example"),
        ("Martin Luther King Jr.", "King"),
        ("Bo Example, 32, Oslo", "Example"),
        ("Prince", "Prince"),
        ("", ""),
    ],
)
def test_a_name_is_filed_under_its_surname(name: str, filed: str) -> None:
    assert surname(name) == filed


def test_titles_are_filed_without_article_accents_and_case() -> None:
    titles = ["Żaba", "The apple", "élan", "“Quoted”", "Łódź", "A bear"]
    assert sorted(titles, key=filing) == ["The apple", "A bear", "élan", "Łódź", "“Quoted”", "Żaba"]


@pytest.mark.parametrize(
    ("order_by", "ids"),
    [
        ("received", ["b", "a", "c"]),
        ("-received", ["c", "a", "b"]),
        ("title", ["c", "a", "b"]),
        ("contributor", ["a", "c", "b"]),
        ("words", ["c", "b", "a"]),
        ("-words", ["a", "b", "c"]),
        ("age", ["b", "a", "c"]),
        ("", ["a", "b", "c"]),
        ("nonsense", ["a", "b", "c"]),
    ],
)
def test_stories_in_order(order_by: str, ids: list[str]) -> None:
    def text(words: int):  # type: ignore[no-untyped-def]
        return read_prose("word " * words, "x.md", language="en")[0]

    stories = [
        story(
            "a", title="Bells", received="2026-02-01", contributor=Contributor(name="Zed Abel", age=40), text=text(30)
        ),
        story("b", title="Cars", received="2026-01-01", contributor=Contributor(name="Ann Cole", age=9), text=text(20)),
        story("c", title="The Axe", contributor=Contributor(name="Bea Bond"), text=text(10)),
    ]
    assert [s.id for s in arranged(stories, order_by)] == ids


def test_a_selection_needs_every_field_and_any_of_its_words() -> None:
    race = story("a", tags=("race", "city"))
    assert matches(race, {"tags": ("race", "sea")})
    assert matches(race, {"tags": ("race",), "status": ("selected",)})
    assert not matches(race, {"tags": ("race",), "status": ("cut",)})
    assert not matches(race, {"tags": ("sea",)})
    entry = ChapterEntry("one", select={"tags": ("race",)})
    cut = Story(id="b", status="cut", tags=("race",))
    assert [s.id for s in chosen(entry, [race, cut, story("c")])] == ["a"]


def test_figures_are_numbered_by_chapter_in_order_of_appearance() -> None:
    photos = tuple(
        Photo(file=name, path=path, where=where, after=after, caption="" if name == "second" else "Here.")
        for name, path, where, after in [
            ("end", "p", "end", 0), ("second", "p", "after", 5), ("lost", "", "after", 1), ("first", "p", "after", 2), ("top", "p", "start", 0)
        ]
    )  # fmt: skip
    assert [p.file for p in in_order_of_appearance(photos)] == ["top", "lost", "first", "second", "end"]
    chapters = number(
        [Chapter("x", 0, "X", stories=(story("a", photos=photos), story("b", photos=photos[:1]))), Chapter("y", 0, "Y")]
    )
    assert [chapter.number for chapter in chapters] == [1, 2]
    assert [(p.file, p.number) for s in chapters[0].stories for p in s.photos] == [
        ("top", "1.1"), ("lost", ""), ("first", "1.2"), ("second", "1.A"), ("end", "1.3"), ("end", "1.4")
    ]  # fmt: skip


def test_photos_without_caption_have_letters_and_take_no_number_from_figures() -> None:
    photos = tuple(Photo(file=str(n), path="p", caption="Here." if n == 27 else "") for n in range(29))
    (chapter,) = number([Chapter("x", 0, "X", stories=(story("a", photos=photos),))])
    numbers = [photo.number for photo in chapter.stories[0].photos]
    assert (numbers[0], numbers[25], numbers[26], numbers[27], numbers[28]) == ("1.A", "1.Z", "1.AA", "1.1", "1.AB")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Untitled Third Book", "untitled-third-book"),
        ("Những dặm đường", "nhung-dam-duong"),
        ("Łódź — žluťoučký kůň", "lodz-zlutoucky-kun"),
        ("Don't stop!", "dont-stop"),
        ("日本", "book"),
        ("a" * 300, "a" * 60),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_a_title_becomes_a_file_name(title: str, name: str) -> None:
    assert slug(title) == name
