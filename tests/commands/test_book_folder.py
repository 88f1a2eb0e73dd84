"""Which folder commands work on: in the `stories` folder of a book it is the book's, and what is shown can be typed again."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

import pytest
from bookmaking import make_book, story
from click.testing import CliRunner, Result

from milebook.commands.lazy_group import cli
from milebook.model.command_words import command_word
from milebook.source import book_root


def ran(words: Sequence[str]) -> Result:
    return CliRunner().invoke(cli, words, prog_name="milebook")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    chapters: list[dict[str, object]] = [{"id": "one", "title": "One", "stories": ["oak"]}]
    return make_book(tmp_path / "our miles", [story("oak", "We ran.\n")], chapters)


@pytest.mark.parametrize(
    "words",
    [["build", "--format", "docx"], ["proof", "--format", "docx"], ["permissions"], ["set", "oak", "--tag", "rain"]],
    ids=lambda words: str(words[0]),
)
def test_in_the_stories_folder_the_book_above_is_meant(
    book: Path, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(book / "stories")
    before = sorted(path.name for path in Path().iterdir())
    shown = ran(words)
    assert shown.exit_code == 0, shown.output
    assert "the book in “our miles”" in shown.stderr
    assert sorted(path.name for path in Path().iterdir()) == before
    if words[0] in ("build", "proof"):
        assert (book / "build").is_dir()


def test_a_named_stories_folder_is_the_book_above(book: Path) -> None:
    shown = ran(["status", str(book / "stories")])
    assert shown.exit_code == 0
    assert "the book in “our miles”" in shown.stderr
    assert ran(["status", str(book)]).stderr == ""


def test_a_book_without_a_stories_folder_may_be_called_stories(book: Path, tmp_path: Path) -> None:
    stories = book / "stories"
    assert book_root(stories) == book
    (stories / "layouts").mkdir()
    assert book_root(stories) == stories
    (book / "build").mkdir()
    assert book_root(stories) == book
    other = tmp_path / "elsewhere"
    stories.rename(other)
    assert book_root(other) == other


@pytest.mark.parametrize(
    "name", ["our miles", "Dana O'Brien", "plain", "£5 & more", "a$b", 'the "best"', "Łąka/żółta rzeka.docx"]
)
def test_a_word_of_a_command_is_one_word(name: str) -> None:
    assert shlex.split(command_word(name)) == [name]


def test_init_says_a_command_that_can_be_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    last = ran(["init", "our miles"]).output.splitlines()[-1]
    command = shlex.split(last.removeprefix("Now run: milebook "))
    assert command == ["build", "our miles"]
    assert ran([*command, "--format", "docx"]).exit_code == 0
