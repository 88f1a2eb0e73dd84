"""What was forgotten is found: files without entries, photos used twice, names spelled twice, texts told twice."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from bookmaking import make_book, photo, prose, story

from milebook.app.load import load
from milebook.checks.forgotten import nearly_the_same
from milebook.model.findings import Finding


def found(root: Path, code: str) -> list[Finding]:
    return [finding for finding in load(root).findings if finding.code == code]


def test_files_that_no_entry_names(tmp_path: Path) -> None:
    make_book(tmp_path, [story("oak", "We ran."), story("elm", "We sat.", status="submitted")])
    (tmp_path / "stories/lost.md").write_text("Never named.", "utf-8")
    (tmp_path / "stories/photos").mkdir()
    for number in range(12):
        (tmp_path / f"stories/photos/{number:02d}.JPG").write_bytes(b"x")
    reported = found(tmp_path, "MB136")
    assert [finding.place.file for finding in reported[:2]] == ["stories/lost.md", "stories/photos/00.JPG"]
    assert len(reported) == 12
    assert "2 more photos" in reported[-1].message


def test_one_photo_in_two_stories(tmp_path: Path) -> None:
    one = photo("photos/a.jpg", caption="A", alt="a")
    same = photo("photos/b.jpg", caption="B", alt="b")
    stories = [story("oak", "We ran.", photos=[one]), story("elm", "We sat.", photos=[same])]
    make_book(tmp_path, stories)
    shutil.copy(tmp_path / "stories/photos/a.jpg", tmp_path / "stories/photos/b.jpg")
    assert ["“Oak”" in f.message or "oak" in f.message.lower() for f in found(tmp_path, "MB137")] == [True]
    make_book(tmp_path / "two", [story("oak", "We ran.", photos=[one]), story("elm", "We sat.", photos=[one])])
    assert len(found(tmp_path / "two", "MB137")) == 1


@pytest.mark.parametrize(
    ("one", "two", "alike"),
    [
        ("Ana Example", "Ana  Example", 0),
        ("Ana Example", "Aná Example", 1),
        ("Ana Example", "ana example", 1),
        ("Katherine Marsh", "Katharine Marsh", 1),
        ("Ana Example", "Ben Example", 0),
        ("Ana Lee", "Ann Lee", 0),
        ("Łukasz Nowak", "Lukasz Nowak", 1),
    ],
)
def test_two_spellings(one: str, two: str, alike: int, tmp_path: Path) -> None:
    stories = [story("oak", "We ran.", contributor={"name": one}), story("elm", "We sat.", contributor={"name": two})]
    make_book(tmp_path, stories)
    assert len(found(tmp_path, "MB138")) == alike


def test_of_two_stories_that_are_as_near_the_earlier_is_named(tmp_path: Path) -> None:
    stories = []
    for trio in range(8):
        words, middle = ([f"{letter}{trio}x{number}" for number in range(40)] for letter in "wm")
        end = [f"e{trio}x{number}" for number in range(8)]  # so that all three have as many runs of words
        first, second, third = [*end, *words], [*middle, *end], [*words[::-1], *end]
        for name, parts in (("a", (first, second)), ("b", (second, third)), ("c", (first, second, third))):
            stories.append(story(f"{name}{trio}", " ".join(word for part in parts for word in part)))
    make_book(tmp_path, stories)
    named = {f.message.split("”")[0][1:].lower(): f.message.split("“")[2].lower() for f in found(tmp_path, "MB139")}
    assert all(named[f"c{trio}"].startswith(f"a{trio}”") for trio in range(8))


def test_nearly_the_same_words(tmp_path: Path) -> None:
    text = prose(3, 150)
    stories = [
        story("oak", text),
        story("elm", prose(4, 150)),
        story("ash", text.replace(".", "!", 2) + "\n\nThat is the end of it."),
    ]
    make_book(tmp_path, stories)
    (reported,) = found(tmp_path, "MB139")
    assert "nearly the same" in reported.message


def test_of_a_large_book_a_part_of_the_words_is_compared_at_a_time(tmp_path: Path) -> None:
    texts = [prose(seed, 150) for seed in range(3)]
    stories = [story(f"s{number}", f"{texts[number % 3]}\n\nOnce more, number {number}.") for number in range(9)]
    book = load(make_book(tmp_path, stories)).book
    assert book is not None
    whole = list(nearly_the_same(book))
    assert len(whole) == 6
    for at_once in (20, 300):
        assert list(nearly_the_same(book, at_once)) == whole
