"""`milebook schema`: the JSON Schemas of the index and of layouts, as files for editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from milebook.index import read_index
from milebook.index.json_schema import index_schema
from milebook.layout import layout_names
from milebook.layout.json_schema import layout_schema
from milebook.source import BookFolder

KINDS = ("index", "layout")


def schema(kind: str, root: Path | None = None) -> bytes:
    """The schema of the `index` or of a `layout`, as a JSON file; of the book in `root` with its ids, else of any book.

    An index that cannot be read gives the schema of any book: that is when its author needs the schema most.
    """
    made: dict[str, Any]
    if kind == "layout":
        made = layout_schema(tuple(layout_names(BookFolder(root))) if root else ())
    else:
        index = read_index(BookFolder(root))[0] if root else None
        made = index_schema([story.id for story in index.stories], list(index.agreements)) if index else index_schema()
    return (json.dumps(made, indent=1, ensure_ascii=False) + "\n").encode()
