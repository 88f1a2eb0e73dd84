"""`milebook status` of a book that is still to be filled, and its figures beside those of the overview."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bookmaking import make_book, story
from click.testing import CliRunner, Result

from milebook.app.build import check
from milebook.app.overview import overview
from milebook.commands.lazy_group import cli

CHAPTERS: list[dict[str, object]] = [
    {"id": "one", "title": "First Miles", "stories": []},
    {"id": "two", "title": "Last Miles", "stories": []},
]


def ran(*words: str) -> Result:
    return CliRunner().invoke(cli, words, prog_name="milebook")


@pytest.fixture
def submitted(tmp_path: Path) -> Path:
    """A book as `milebook import` leaves it: stories in the index, none of them in a chapter."""
    stories = [story(name, f"Words of {name}.\n", status="submitted") for name in ("oak", "elm")]
    return make_book(tmp_path / "book", stories, CHAPTERS)


def test_a_book_of_which_no_story_is_chosen_is_shown(submitted: Path) -> None:
    shown = ran("status", str(submitted))
    assert shown.exit_code == 0, shown.output
    assert re.search(r"1\. First Miles +0 +0 +0 ", shown.output)
    assert re.search(r"2\. Last Miles +0 +0 +0 ", shown.output)
    assert "2 more stories are in the index and not in the book" in shown.output
    listed = ran("status", str(submitted), "--inbox")
    assert listed.exit_code == 0
    assert "2 stories are not in the book." in listed.output
    assert [row["id"] for row in json.loads(ran("status", str(submitted), "--inbox", "--json").stdout)["inbox"]] == [
        "elm",
        "oak",
    ]
    report = json.loads(ran("status", str(submitted), "--json").stdout)
    told = [(one["code"], one["severity"]) for one in report["findings"] if one["code"] != "MB650"]
    assert told == [("MB181", "note")], "one cause, one finding"


def test_no_book_is_made_of_it(submitted: Path) -> None:
    errors = [one for one in check(submitted).findings if one.code not in ("MB650", "MB136")]
    assert [one.code for one in errors] == ["MB181"]
    assert "--status selected --chapter" in errors[0].hint
    assert ran("build", str(submitted)).exit_code == 1


@pytest.mark.parametrize("written", ["stories: []\n", "stories:\n"])
def test_an_index_without_stories_names_the_ways_to_bring_some_in(tmp_path: Path, written: str) -> None:
    book = make_book(tmp_path / "book", [story("oak", "Words.\n")], CHAPTERS)
    index = book / "stories" / "index.yaml"
    index.write_text(re.sub(r"(?ms)^stories:.*", written, index.read_text("utf-8")), "utf-8", newline="\n")
    assert ran("status", str(book)).exit_code == 0
    assert "The index has no story yet." in ran("status", str(book), "--inbox").output
    told = [one for one in check(book).findings if one.code not in ("MB650", "MB136", "MB131")]
    assert [one.code for one in told] == ["MB181"]
    assert "milebook import" in told[0].hint
    assert "milebook add" in told[0].hint


def test_the_share_of_the_words_planned_is_one_figure(tmp_path: Path) -> None:
    book = make_book(tmp_path / "book", [story("oak", "word " * 40)], title="A Title of Five Words", word_target=100)
    share = re.search(r"(\d+)%", ran("status", str(book)).output)
    path, _ = overview(book)
    shown = re.search(r"(\d+)% of the words planned", (book / path).read_text("utf-8"))
    assert share
    assert shown
    assert share[1] == shown[1]
    assert int(share[1]) > 40, "what is printed beside the stories is part of the manuscript"


def test_pages_of_a_chapters_file_are_not_taken_for_the_books(tmp_path: Path) -> None:
    stories = [story(name, f"Words of {name}.\n") for name in ("oak", "elm")]
    chapters: list[dict[str, object]] = [
        {"id": "one", "title": "First", "stories": ["oak"]},
        {"id": "two", "title": "Last", "stories": ["elm"]},
    ]
    book = make_book(tmp_path, stories, chapters)
    for options, told in (
        (["--chapter", "two"], "page 2 of build/a-book-of-miles-two.pdf: 4 lines"),
        ([], "page 2: 4 lines"),
    ):
        assert ran("build", str(book), "--format", "pdf", *options).exit_code == 0
        report = book / "build/build.json"
        row = {"page": "2", "white": 4.0, "story": "elm", "title": "Elm"}
        report.write_text(json.dumps(json.loads(report.read_text("utf-8")) | {"pages": [row]}), "utf-8")
        assert told in ran("status", str(book)).output
