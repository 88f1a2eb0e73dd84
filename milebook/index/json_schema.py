"""The JSON Schema of the index (draft-07), derived from the field table, so that editors complete and check `index.yaml`.

Editors read YAML with types of their own: `title: 1984` is a number to them and a text to milebook. So a text may be a
number or a word such as `true` here, and a field without a value is nothing to complain of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from milebook.index.formats import EMAIL
from milebook.index.schema import BYLINE_PARTS, GENERATED_MATTER, KINDS, NOUNS, SCOPE, Field
from milebook.model.book import GRANTED

Schema = dict[str, Any]

DRAFT = "http://json-schema.org/draft-07/schema#"
ID = "^[a-z0-9][a-z0-9_-]*$"
ONE_LINE = r"^\s*[^\n]*\s*$"
VISIBLE = r"^(?=[\s\S]*\S)"
# the reader takes a text of nothing but spaces for no value
DAY = r"^\s*$|^[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$"
YEAR = r"^\s*$|^[12][0-9]{3}([-–][12][0-9]{3})?$"
ADDRESS = rf"^\s*$|^({EMAIL.pattern})$"
LANGUAGE = r"^\s*$|^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$|^[xX](-[A-Za-z0-9]{1,8})+$"
ISBN = r"^\s*$|^[\s-]*9[\s-]*7[\s-]*[89]([\s-]*[0-9]){10}[\s-]*$"
BYLINE = rf"^\s*$|^(?=.*\{{name\}})([^{{}}]|\{{({'|'.join(BYLINE_PARTS)})\}})*$"
PLACE = r"^\s*$|^after: ?[1-9][0-9]*$"
TEXT_FILE = r"^\s*$|\.md$"
SCALARS = ["string", "number", "boolean", "null"]
# no value at all: as {"type": "null"}, or null among the words of an enum, editors would offer to write "null"
NOTHING: Schema = {"not": {"type": ["string", "number", "boolean", "object", "array"]}}


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
    for name in required:
        if name != "stories":  # an index that is still to be filled
            made["properties"][name] = _filled(made["properties"][name])
    if required:
        made["required"] = required
    return {**made, **BESIDES.get(noun, {})}


# a scope that is granted has to be written: an empty one would mean everything
WRITTEN = {
    "type": ["string", "number", "boolean", "array"],
    "minItems": 1,
    "errorMessage": "Write what was granted, or take the line out.",
}
# what cannot be said of one field alone
BESIDES: Mapping[str, Schema] = {
    "chapter": {
        "anyOf": [{"required": ["stories"]}, {"required": ["select"]}],
        "allOf": [{"not": {"required": ["stories", "select"]}}],
    },
    "agreement": {
        "anyOf": [
            {"required": ["status"], "properties": {"status": {"type": "string"}}},
            {"minProperties": 1, "propertyNames": {"enum": ["signer", "email", "notes"]}},
        ],
        "if": {"required": ["status"], "properties": {"status": {"enum": list(GRANTED)}}},
        "then": {"properties": dict.fromkeys(SCOPE, WRITTEN)},
    },
    "quote": {"anyOf": [{"required": ["text"]}, {"required": ["source"]}]},
    "matter quote": {"anyOf": [{"required": ["text"]}, {"required": ["source"]}]},
    "select": {"minProperties": 1},
}


def _filled(schema: Schema) -> Schema:
    """The schema of a value that may not be left out."""
    made = dict(schema)
    if isinstance(made.get("type"), list):
        made["type"] = [kind for kind in made["type"] if kind != "null"]
        if made["type"] == ["array"]:
            made["minItems"] = 1
        if made.get("pattern") == ONE_LINE:
            made["pattern"] = VISIBLE + ONE_LINE.removeprefix("^")
    if "anyOf" in made:
        made["anyOf"] = [one for one in made["anyOf"] if one != NOTHING]
    return made


def _value(field: Field, known: Mapping[str, list[str]]) -> Schema:
    """What one field takes, with what an editor says of it."""
    made = _of_kind(field, known)
    if "type" in made:
        made["errorMessage"] = f"Write {KINDS[field.kind]}."
    if "pattern" in made:
        made["patternErrorMessage"] = f"Write {KINDS[field.kind]}."
    return {**made, "title": KINDS[field.kind]}


def _of_kind(field: Field, known: Mapping[str, list[str]]) -> Schema:
    """What the fields of a kind take. A kind without a row here is an error in milebook, found by the tests."""
    makers: Mapping[str, Callable[[], Schema]] = {
        "line": lambda: _text(ONE_LINE),
        "paragraph": _text,
        "text": _text,
        "path": lambda: _text(ONE_LINE),
        "byline": lambda: {"type": ["string", "null"], "pattern": BYLINE},
        "truth": lambda: {"type": ["boolean", "null"]},
        "number": lambda: {"type": ["integer", "null"], "minimum": field.lowest, "maximum": field.highest},
        "date": lambda: {"type": ["string", "null"], "pattern": DAY},
        "year": lambda: {"type": ["integer", "string", "null"], "pattern": YEAR, "minimum": 1000, "maximum": 2999},
        "word": lambda: {"anyOf": [{"enum": list(field.words)}, NOTHING]},
        "words": lambda: _one_or_more({"enum": list(field.words)}),
        "lines": lambda: _one_or_more(_text(ONE_LINE)),
        "id": lambda: {"type": ["string", "integer", "boolean"], "pattern": ID, "maxLength": 80, "minimum": 0},
        "email": lambda: {"type": ["string", "null"], "pattern": ADDRESS},
        "language": lambda: {
            "type": ["string", "null"],
            "pattern": LANGUAGE,
            "examples": ["en-US", "en", "es", "fr", "de"],
        },
        "languages": lambda: _one_or_more(_known_or(field.words, LANGUAGE)),
        "isbn": lambda: {
            "type": ["string", "integer", "null"],
            "pattern": ISBN,
            "minimum": 978 * 10**10,
            "maximum": 980 * 10**10 - 1,
        },
        "where": _where,
        "matter": lambda: _one_or_more(_known_or(GENERATED_MATTER, TEXT_FILE)),
        "listing": lambda: _one_or_more(_known_or(known["stories"], rf"^\s*$|{ID}")),
        "permission": lambda: {"anyOf": [_known_or(known["agreements"], rf"^\s*$|{ID}"), _group("agreement"), NOTHING]},
        "group": lambda: _or_nothing(_group(field.noun)),
        "select": lambda: _or_nothing(_group(field.noun)),
        "groups": lambda: {"type": ["array", "null"], "items": _item(field.noun)},
        "named": lambda: {
            "type": ["object", "null"],
            "propertyNames": {"pattern": ID},
            "additionalProperties": _group(field.noun),
        },
    }
    return makers[field.kind]()


def _text(pattern: str = "") -> Schema:
    return {"type": list(SCALARS), "pattern": pattern} if pattern else {"type": list(SCALARS)}


def _item(noun: str) -> Schema:
    """One group of a list; a person may be a name alone."""
    return {"anyOf": [_group(noun), _text(ONE_LINE)]} if noun == "person" else _group(noun)


def _group(noun: str) -> Schema:
    return {"$ref": f"#/definitions/{noun}"}


def _or_nothing(schema: Schema) -> Schema:
    return {"anyOf": [schema, NOTHING]}


def _one_or_more(item: Schema) -> Schema:
    """A list; the reader takes a single value for a list of one."""
    return {"anyOf": [{"type": "array", "items": item}, item, NOTHING]}


def _known_or(words: Sequence[str], pattern: str) -> Schema:
    """One of the words that are known, offered by editors; or another one, such as an id that is only being written."""
    other: Schema = {"type": "string", "pattern": pattern}
    return {"anyOf": [{"enum": list(words)}, other]} if words else other


def _where() -> Schema:
    after = {
        "type": "object",
        "additionalProperties": False,
        "required": ["after"],
        "properties": {"after": {"type": "integer", "minimum": 1, "description": "The number of the paragraph."}},
    }
    return {"anyOf": [{"enum": ["start", "end"]}, after, {"type": "string", "pattern": PLACE}, NOTHING]}
