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
import yaml

from milebook.app.schema import schema
from milebook.index.schema import KINDS, NOUNS
from milebook.layout import Layout, Page, Style
from milebook.layout.meanings import KEYS, ROLES
from milebook.model.draft import Role

ROOT = Path(__file__).parents[2]


class Loader(yaml.SafeLoader):
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


@pytest.mark.parametrize("code", ["MB106", "MB107-missing", "MB110", "MB111-number", "MB112", "MB113", "MB115", "MB123", "MB127"])  # fmt: skip
def test_what_the_reader_refuses_the_schema_refuses_too(code: str) -> None:
    for folder in (ROOT / "tests" / "findings").glob(f"{code}*"):
        text = next(folder.glob("**/index.yaml")).read_text("utf-8")
        assert complaints(json.loads(schema("index")), text), folder.name


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
