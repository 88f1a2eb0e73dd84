"""The JSON Schema of a layout (draft-07), derived from the layout's own classes, so that editors complete `layout.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from milebook.layout.meanings import KEYS, ROLES
from milebook.layout.reading import FACES
from milebook.layout.styles import Layout, Page, Style
from milebook.layout.values import TRIMS, WORDS
from milebook.model.draft import Role

Schema = dict[str, Any]

LENGTH: Schema = {
    "type": ["number", "string"],
    "pattern": r"^-?([0-9]+(\.[0-9]+)?|\.[0-9]+) ?(pt|in|cm|mm|pc)?$",
    "title": "a length such as 12, 12pt, 0.5in or 3mm",
}


def layout_schema(layouts: tuple[str, ...] = ()) -> Schema:
    """The schema of `layouts/NAME/layout.yaml`. `layouts` are the names that may stand after `base:`."""
    top = {key: {"description": about, **_value(Layout, key, layouts)} for key, about in KEYS[Layout].items()}
    style = _object({key: {"description": about, **_value(Style, key, ())} for key, about in KEYS[Style].items()})
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "milebook: layout.yaml",
        "description": "How a book looks: its page, its faces, and one style for each role.",
        **_object(top),
        "definitions": {"style": style},
    }


def _object(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "additionalProperties": False, "properties": dict(properties)}


def _value(owner: type, key: str, layouts: tuple[str, ...]) -> Schema:
    if (owner, key) == (Layout, "page"):
        return _object({name: {"description": about, **_value(Page, name, ())} for name, about in KEYS[Page].items()})
    special: Mapping[tuple[type, str], Schema] = {
        (Layout, "title"): {"type": ["string", "number"]},
        (Layout, "base"): {"anyOf": [{"enum": list(layouts)}, {"type": "string"}]} if layouts else {"type": "string"},
        (Layout, "styles"): _object(_roles()),
        (Layout, "fonts"): {"type": "object", "additionalProperties": {"enum": list(FACES)}},
        (Layout, "word_fonts"): {"type": "object", "additionalProperties": {"type": "string"}},
        (Layout, "docx_names"): _object({str(role): {"type": "string", "description": ROLES[role]} for role in Role}),
        (Layout, "css"): {"type": "string", "pattern": r"^[\w-]+\.css$"},
        (Layout, "max_photo_height"): {"type": ["string", "number"], "examples": ["56%", "62%"]},
        (Page, "trim"): {"anyOf": [{"enum": [*TRIMS, "6in x 9in"]}, {"type": "string"}]},
        (Page, "gutters"): {"type": "array", "items": _object({"pages": {"type": "integer"}, "inside": LENGTH})},
        (Style, "like"): {"enum": [str(role) for role in Role]},
        (Style, "tracking"): {"type": "number", "title": "thousandths of an em"},
        (Style, "color"): {"type": "string", "pattern": "^(#[0-9a-fA-F]{6})?$"},
    }
    if (owner, key) in special:
        return special[owner, key]
    if key in WORDS:
        return {"enum": list(WORDS[key])}
    kind = next(str(field.type) for field in fields(owner) if field.name == key)
    return {"float": LENGTH, "bool": {"type": "boolean"}}.get(kind, {"type": ["string", "number"]})


def _roles() -> dict[str, Schema]:
    style = {"$ref": "#/definitions/style"}
    every = {"description": "Laid over every role first.", "allOf": [style]}
    return {"default": every} | {str(role): {"description": ROLES[role], "allOf": [style]} for role in Role}
