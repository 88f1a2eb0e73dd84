"""The JSON Schema of the index (draft-07), derived from the field table, so that editors complete and check `index.yaml`.

Editors read YAML with types of their own: `title: 1984` is a number to them and a text to milebook. So a text may be a
number or a word such as `true` here, and a field without a value is nothing to complain of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from milebook.index.schema import GENERATED_MATTER, KINDS, NOUNS, Field

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
ID = "^[a-z0-9][a-z0-9_-]*$"
DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
SCALARS = ["string", "number", "boolean", "null"]


def index_schema(stories: Sequence[str] = (), agreements: Sequence[str] = ()) -> Schema:
    """The schema of the whole index. `stories` and `agreements` are the ids that an editor is to offer."""
    known = {"stories": list(stories), "agreements": list(agreements)}
    return {
        "$schema": DRAFT,
        "title": "milebook: stories/index.yaml",
        "description": "The one file of the book: what it is called, its chapters, its agreements, its stories.",
        "$ref": "#/definitions/index",
        "definitions": {noun: _noun(noun, known) for noun in NOUNS},
    }


def _noun(noun: str, known: Mapping[str, list[str]]) -> Schema:
    fields = NOUNS[noun]
    made: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {field.name: {"description": field.meaning, **_value(field, known)} for field in fields},
    }
    required = [field.name for field in fields if field.required]
    if required:
        made["required"] = required
    return made


def _value(field: Field, known: Mapping[str, list[str]]) -> Schema:
    """What one field takes. A kind without a row here is an error in milebook, found by the tests."""
    makers: Mapping[str, Callable[[], Schema]] = {
        "line": _text,
        "paragraph": _text,
        "text": _text,
        "path": _text,
        "byline": _text,
        "truth": lambda: {"type": ["boolean", "null"]},
        "number": lambda: {"type": ["integer", "null"], "minimum": field.lowest, "maximum": field.highest},
        "date": lambda: {"type": ["string", "null"], "pattern": DAY},
        "year": lambda: {"type": ["integer", "string", "null"], "pattern": "^[12][0-9]{3}([-–][12][0-9]{3})?$"},
        "word": lambda: {"enum": [*field.words, None]},
        "words": lambda: _one_or_more({"enum": list(field.words)}),
        "lines": lambda: _one_or_more({"type": SCALARS[:3]}),
        "id": lambda: {"type": "string", "pattern": ID, "maxLength": 80},
        "email": lambda: {"type": ["string", "null"], "pattern": "^$|^[^@ ]+@[^@ ]+$"},
        "language": lambda: {"type": ["string", "null"], "examples": ["en-US", "en", "es", "fr", "de"]},
        "languages": lambda: _one_or_more(
            {"anyOf": [{"enum": list(field.words)}, {"type": "string"}]} if field.words else {"type": "string"}
        ),
        "isbn": lambda: {"type": ["string", "integer", "null"]},
        "where": _where,
        "matter": lambda: _one_or_more(
            {"anyOf": [{"enum": list(GENERATED_MATTER)}, {"type": "string", "pattern": r"\.md$"}]}
        ),
        "listing": lambda: _one_or_more(_known_or(known["stories"])),
        "permission": lambda: {"anyOf": [_known_or(known["agreements"]), _group("agreement"), {"type": "null"}]},
        "group": lambda: _or_nothing(_group(field.noun)),
        "select": lambda: _group(field.noun),
        "groups": lambda: {"type": ["array", "null"], "items": _group(field.noun)},
        "named": lambda: {
            "type": ["object", "null"],
            "propertyNames": {"pattern": ID},
            "additionalProperties": _group(field.noun),
        },
    }
    made = makers[field.kind]()
    return made if "enum" in made else {**made, "title": KINDS[field.kind]}


def _text() -> Schema:
    return {"type": list(SCALARS)}


def _group(noun: str) -> Schema:
    return {"$ref": f"#/definitions/{noun}"}


def _or_nothing(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _one_or_more(item: Schema) -> Schema:
    """A list; the reader takes a single value for a list of one."""
    return {"anyOf": [{"type": "array", "items": item}, item, {"type": "null"}]}


def _known_or(ids: list[str]) -> Schema:
    """One of the ids that are known, offered by editors; or an id that is only being written."""
    any_id: Schema = {"type": "string", "pattern": ID}
    return {"anyOf": [{"enum": ids}, any_id]} if ids else any_id


def _where() -> Schema:
    after = {
        "type": "object",
        "additionalProperties": False,
        "required": ["after"],
        "properties": {"after": {"type": "integer", "minimum": 1, "description": "The number of the paragraph."}},
    }
    return {"anyOf": [{"enum": ["start", "end", None]}, after, {"type": "string", "pattern": "^after: ?[1-9][0-9]*$"}]}
