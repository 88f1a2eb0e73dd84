"""`milebook schema`: the schema agrees with what the reader takes, for every book and every finding at hand."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import single_slips
import yaml

from milebook.app.schema import schema
from milebook.index import read_index
from milebook.index.schema import KINDS, NOUNS
from milebook.layout import Layout, Page, Style
from milebook.layout.meanings import KEYS, ROLES
from milebook.model.codes import errors
from milebook.model.draft import Role
from milebook.source import BookFolder

ROOT = Path(__file__).parents[2]


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML 1.2's core types, as editors have them: no dates, no yes and no."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, regex) for tag, regex in rows if not tag.endswith((":timestamp", ":bool"))]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", __import__("re").compile(r"^(true|false)$"), list("tf"))


def complaints(made: dict[str, Any], text: str) -> list[str]:
    jsonschema.Draft7Validator.check_schema(made)
    return [error.message for error in jsonschema.Draft7Validator(made).iter_errors(yaml.load(text, Loader))]


@pytest.mark.parametrize("book", [".", "milebook/starter"])
def test_a_sound_index_fits_its_schema(book: str) -> None:
    text = (ROOT / book / "stories" / "index.yaml").read_text("utf-8")
    assert complaints(json.loads(schema("index")), text) == []
    assert complaints(json.loads(schema("index", ROOT / book)), text) == []


@pytest.mark.parametrize("path", sorted((ROOT / "layouts").glob("*/layout.yaml")), ids=lambda path: path.parent.name)
def test_every_built_in_layout_fits_the_schema(path: Path) -> None:
    assert complaints(json.loads(schema("layout", ROOT)), path.read_text("utf-8")) == []


# no schema can say what depends on other entries or on a sign that nobody sees; that a key stands twice editors know themselves
BEYOND = {"MB002", "MB015", "MB102", "MB104", "MB105", "MB116", "MB117", "MB118", "MB300", "MB302"}
INDEX = jsonschema.Draft7Validator(json.loads(schema("index")))


def disagreement(root: Path, text: str, data: object = None) -> str:
    """Where the reader and the schema disagree on the index of a book, which holds `data`; "" where they do not."""
    found = [one for one in errors(read_index(BookFolder(root))[1]) if not one.code.startswith("MB3")]
    try:
        refused = [error.message for error in INDEX.iter_errors(data or yaml.load(text, Loader))]
    except yaml.YAMLError as error:
        refused = [str(error)]
    if refused and not found:
        return f"taken by the reader, but: {refused[0]}"
    codes = {one.code for one in found}
    if found and not refused and "MB105" not in codes and not codes <= BEYOND:
        return f"not seen by the schema: {found[0].code} {found[0].message}"
    return ""


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests").rglob("index.yaml")), ids=lambda path: str(path.parents[1].name)
)
def test_reader_and_schema_agree_on_every_index_of_the_tests(path: Path) -> None:
    root = path.parents[1] if path.parent.name == "stories" else path.parent
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        return  # no editor shows it either
    assert not disagreement(root, text)


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return single_slips.make_book(tmp_path_factory.mktemp("schema") / "book")


# [a:b is a text to PyYAML and to us a slip
FLOW = ("no space after formats:", "no space after languages:", "no space after tags:")


@pytest.mark.slow
def test_reader_and_schema_agree_on_every_single_slip(good: Path) -> None:
    wrong = []
    for what, text in single_slips.slips():
        (good / "stories" / "index.yaml").write_text(text, "utf-8")
        if (found := disagreement(good, text)) and not what.partition(", ")[2].startswith(FLOW):
            wrong.append(f"{what}: {found}")
    assert not wrong


SMALL = """\
book:
  title: T
  contact: {name: A}
  copyright: {year: 2026}
  isbn: {print: 978-1-4028-9462-6}
  price: {currency: USD}
  editions: {formats: [print]}
  front: [epigraph.md]
  quotes: [{in: epigraph.md, text: w}]
chapters:
  - {id: one, title: One, stories: [a]}
  - {id: two, title: Two, select: {tags: [x]}}
agreements:
  form: {status: granted}
stories:
  - id: a
    title: A
    contributor: {name: Ana}
    source: {kind: email}
    photos: [{file: a.jpg, people: [{name: Ben}]}]
    quotes: [{text: w}]
"""
WHERE: dict[str, list[str | int]] = {
    "index": [], "book": ["book"], "contact": ["book", "contact"], "copyright": ["book", "copyright"], "isbn": ["book", "isbn"],
    "price": ["book", "price"], "editions": ["book", "editions"], "chapter": ["chapters", 0], "select": ["chapters", 1, "select"],
    "agreement": ["agreements", "form"], "story": ["stories", 0], "contributor": ["stories", 0, "contributor"],
    "source": ["stories", 0, "source"], "photo": ["stories", 0, "photos", 0], "person": ["stories", 0, "photos", 0, "people", 0],
    "quote": ["stories", 0, "quotes", 0], "matter quote": ["book", "quotes", 0],
}  # fmt: skip
VALUES = [
    "", '""', '" "', "7", "0", "-1", "3.5", "2026", "true", "yes", "word", "two words", "[]", "[a]", "[a, b]", "[7]", "[true]", "{a: b}",
    "{name: A}", "{status: granted}", "{status: granted, formats: []}", "2026-03-01", "2026-3-1", "2026-04-31", "en", "EN-us",
    "english", "[en, fr]", "a.md", "a/b.jpg", "a@example.org", "a@b", "978-1-4028-9463-3", "9781402894633", "start", "{after: 2}",
    '"after: 3"', "{after: 0}", "all", "[all]", "granted", "[print]", "print", "-words", "received", '"{name}, {x}"', '"{name}"',
    "[{name: A}]", "[{id: b, title: B}]", "{ana: {status: granted}}", "{ana: x}", '"a\\nb"', "[[a]]", "2024-2026", "[title, epigraph.md]",
]  # fmt: skip


# an empty text is taken for no value here too, but editors that offer words underline it
OF_WORDS = ("word", "words", "truth", "number", "where", "select")


@pytest.mark.slow
@pytest.mark.parametrize("noun", NOUNS)
def test_reader_and_schema_agree_on_every_value_of_every_field(noun: str, tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    small = json.dumps(yaml.load(SMALL, Loader))
    wrong = []
    for field in NOUNS[noun]:
        for value in VALUES:
            entry = book = json.loads(small)
            for step in WHERE[noun]:
                entry = entry[step]
            entry[field.name] = "HERE"
            text = json.dumps(book).replace('"HERE"', value, 1)
            (tmp_path / "stories" / "index.yaml").write_text(text, "utf-8")
            entry[field.name] = yaml.load(f"{{it: {value}}}", Loader)["it"]
            found = disagreement(tmp_path, text, book)
            if found and not (field.kind in OF_WORDS and value in ('""', '" "')):
                wrong.append(f"{field.name}: {value}: {found}")
    assert not wrong


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("title: 1984", True),
        ("title: no", True),
        ("title: [a]", False),
        ("authors: Ada Example", True),
        ("date: 2026-03-01", True),
        ("date: March", False),
        ("copyright: {year: 2026}", True),
        ("copyright: {year: 2024-2026}", True),
        ("story_limit: 0", False),
        ("front: [title, my-words.md]", True),
        ("front: [titel]", False),
        ("working_title: yes", False),
        ("subtitle:", True),
        ("editions: {formats: print}", True),
    ],
)
def test_values_as_authors_write_them(text: str, fits: bool) -> None:
    made = json.loads(schema("index"))
    made["$ref"] = "#/definitions/book"
    found = complaints(made, text if text.startswith("title") else f"title: T\n{text}")
    assert (found == []) is fits, found


def test_ids_of_the_book_are_offered_and_others_allowed() -> None:
    made = json.loads(schema("index", ROOT / "milebook" / "starter"))
    listing = made["definitions"]["chapter"]["properties"]["stories"]["anyOf"][0]["items"]["anyOf"]
    assert listing[0]["enum"] == ["the-gate", "first-lap"]
    assert listing[1]["type"] == "string"
    permission = made["definitions"]["story"]["properties"]["permission"]["anyOf"][0]["anyOf"]
    assert permission[0]["enum"] == ["rosa-2026"]


def test_every_field_and_key_has_its_help() -> None:
    made = json.loads(schema("index"))["definitions"]
    for noun, rows in NOUNS.items():
        assert {name: value["description"] for name, value in made[noun]["properties"].items()} == {
            row.name: row.meaning for row in rows
        }
        assert all(row.kind in KINDS for row in rows)
    written = {Page: {"width", "height"}, Layout: {"name"}, Style: set()}
    for owner, left_out in written.items():
        assert {field.name for field in fields(owner)} - left_out <= KEYS[owner].keys()
    assert set(Role) == ROLES.keys()


def test_a_book_that_cannot_be_read_gets_the_schema_of_any_book(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "index.yaml").write_text("book: [", "utf-8")
    assert schema("index", tmp_path) == schema("index")


def test_the_command_prints_it() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "milebook", "schema", "layout"], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert json.loads(done.stdout) == json.loads(schema("layout"))
