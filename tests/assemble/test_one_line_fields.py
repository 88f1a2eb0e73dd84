"""Markup of one-line fields is read once: in the Book every one of them is as printed, and no list shows an asterisk."""

from __future__ import annotations

import json
import pickle
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from bookmaking import make_book, photo, story
from click.testing import CliRunner

from milebook.app.load import load
from milebook.commands.lazy_group import cli
from milebook.model.line import Line, filled, line_of, runs_of, split_lines, typed
from milebook.model.text import Run

LONG = Line((Run("Long ", italic=True), Run("way")), "*Long* way")
ONE_LINE = {
    "BookInfo": "title subtitle publisher publisher_address printed_in edition printing cip design_credit copyright_holder "
    "description back_cover cover_credit",
    "Chapter": "title",
    "ChapterEntry": "title",
    "Story": "title byline",
    "Contributor": "bio printed",
    "Photo": "caption credit",
    "Quote": "text source",
    "Source": "published",
    "Agreement": "credit",
}


def nouns(value: object) -> Iterator[object]:
    if is_dataclass(value):
        yield value
        for one in fields(value):
            yield from nouns(getattr(value, one.name))
    elif isinstance(value, dict):
        for inner in value.values():
            yield from nouns(inner)
    elif isinstance(value, tuple) and not hasattr(value, "_fields"):
        for inner in value:
            yield from nouns(inner)


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with emphasis and a typed quotation mark in every one-line field."""
    root = tmp_path_factory.mktemp("marked")
    emphasis = "*Zz* don't"
    granted = {
        "status": "granted",
        "granted": "2026-01-01",
        "evidence": "releases/a.pdf",
        "credit": f"Credit {emphasis}",
    }
    entries = [
        story(
            "one",
            "A text. Words *Zz* don't\n",
            title=f"One {emphasis}",
            contributor={"name": "Ana Example", "bio": f"Bio {emphasis}"},
            source={"published": f"Paper {emphasis}", "permission": granted},
            quotes=[{"text": f"Words {emphasis}", "source": f"Song {emphasis}", "permission": granted}],
            photos=[photo("photos/a.jpg", caption=f"Caption {emphasis}", credit=f"Photo {emphasis}")],
            permission=granted,
        ),
        story("two", "Not chosen.\n", title=f"Two {emphasis}", status="submitted", contributor={"name": "Bo Example"}),
    ]
    info = {
        name: f"{name} {emphasis}"
        for name in ("subtitle", "publisher", "edition", "design_credit", "description", "back_cover")
    }
    chapters = [{"id": "c", "title": f"Chapter {emphasis}", "stories": ["one"]}]
    make_book(root, entries, chapters, title=f"Book {emphasis}", **info)
    (root / "stories" / "releases").mkdir()
    (root / "stories" / "releases" / "a.pdf").write_bytes(b"%PDF-1.4 signed")
    return root


def test_every_one_line_field_of_the_book_is_as_printed(marked: Path) -> None:
    loaded = load(marked)
    assert loaded.book is not None
    seen: dict[str, set[str]] = {}
    for noun in nouns(loaded.book):
        kind = type(noun).__name__
        for name in ONE_LINE.get(kind, "").split():
            value = getattr(noun, name)
            assert not value or isinstance(value, Line), f"{kind}.{name} is as typed: {value}"
            assert "*" not in value and "'" not in value, f"{kind}.{name} is not as printed: {value}"
            if value and "*" in value.typed:
                assert any(run.italic for run in value.runs)
                seen.setdefault(kind, set()).add(name)
    assert (
        seen["Photo"] == {"caption", "credit"} and seen["Quote"] == {"text", "source"} and "title" in seen["BookInfo"]
    )


def test_no_list_page_log_or_letter_shows_an_emphasis_mark(marked: Path) -> None:
    run = CliRunner()
    shown = [
        run.invoke(cli, words.split()).stdout
        for words in (
            f"status {marked}",
            f"status {marked} --inbox",
            f"permissions -C {marked}",
            f"permissions -C {marked} --json",
            f"permissions request -C {marked}",
            f"overview -C {marked}",
            f"build {marked} --json",
            f"cover -C {marked} --json",
            f"export -C {marked} --draft",
        )
    ]
    assert all("Traceback" not in output for output in shown)
    texts = {f"output {number}": output for number, output in enumerate(shown)}
    for path in (marked / "build").rglob("*"):
        if path.suffix in (".csv", ".json", ".xml", ".txt", ".html", ".eml"):
            texts[str(path)] = path.read_text("utf-8", "replace")
        elif path.suffix in (".epub", ".docx", ".xlsx"):
            with zipfile.ZipFile(path) as archive:
                texts |= {f"{path}!{name}": archive.read(name).decode("utf-8", "replace")
                          for name in archive.namelist() if name.endswith((".xml", ".xhtml", ".opf", ".ncx"))}  # fmt: skip
    assert sum("Zz" in text for text in texts.values()) > 12  # the words are there
    raw = [f"{name}: {text[max(0, text.find('*Zz*') - 60) :][:120]}" for name, text in texts.items() if "*Zz*" in text]
    assert raw == []
    castoff = next(text for name, text in texts.items() if name.endswith("castoff.csv"))
    assert "Chapter Zz don’t" in castoff
    assert json.loads((marked / "build" / "build.json").read_text("utf-8"))["title"] == "Book Zz don’t"


def test_a_line_is_its_text_with_runs() -> None:
    assert LONG == "Long way" and f"“{LONG}”" == "“Long way”" and hash(LONG) == hash("Long way")
    assert typed(LONG) == "*Long* way" and typed("as it is") == "as it is"
    assert pickle.loads(pickle.dumps(LONG)) == LONG and pickle.loads(pickle.dumps(LONG)).runs == LONG.runs
    assert Line((Run("Long way"),), "Long way") != LONG  # another look is another line
    assert runs_of("“", LONG, "”", "") == (Run("“"), Run("Long ", italic=True), Run("way”"))
    assert filled("-- {a}, {b}", a=LONG, b="x").runs == (Run("-- "), Run("Long ", italic=True), Run("way, x"))
    assert line_of() == ""
    two = Line((Run("a\nb ", italic=True), Run("c\n\n")), "")
    assert [line.runs for line in split_lines(two)] == [(Run("a", italic=True),), (Run("b ", italic=True), Run("c"))]
