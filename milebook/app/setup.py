"""`milebook setup`: put the JSON Schemas beside the index and the layouts, where editors look for them."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from milebook.app.schema import schema
from milebook.layout.reading import built_in_folder
from milebook.model.findings import Finding
from milebook.output.transaction import Transaction
from milebook.source import BookFolder

INDEX_SCHEMA = "index.schema.json"
LAYOUT_SCHEMA = "layout.schema.json"

_MODELINE = re.compile(r"^#\s*(?:yaml-language-server:\s*)?\$schema[:=].*$", re.MULTILINE)


def modelines(schema_path: str) -> tuple[str, str]:
    """The comments that tell editors of a schema: VS Code and others by the first, JetBrains' by the second."""
    return f"# yaml-language-server: $schema={schema_path}", f"# $schema: {schema_path}"


def with_modelines(text: str, schema_path: str) -> str:
    """A YAML text that begins with the modelines. One that has any already is left as its author wrote it."""
    head = "\n".join(text.removeprefix("\ufeff").split("\n")[:20])
    if _MODELINE.search(head):
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    return mark + "".join(line + newline for line in modelines(schema_path)) + text.removeprefix("\ufeff")


def _is_ours(path: Path) -> bool:
    """Whether a layout is one of those that come with milebook, as in a checkout of its source."""
    return path.resolve().is_relative_to(built_in_folder().resolve())


def setup(root: Path) -> tuple[list[str], list[Finding]]:
    """Write the schemas and the modelines that name them; the paths that were written, and what stood in the way.

    All files are written, or none, and `milebook undo` takes them back. A file that is already as it should be is not
    written again.
    """
    folder = BookFolder(root)
    index = folder.index_path()
    if index is None:
        return [], [folder.no_index()]
    above = posixpath.dirname(index)
    schemas = {posixpath.join(above, INDEX_SCHEMA): schema("index", root)}
    named = {index: INDEX_SCHEMA}
    own = [f"layouts/{name}/layout.yaml" for name in folder.names("layouts")]
    own = [path for path in own if (root / path).is_file() and not _is_ours(root / path)]
    if own:
        schemas[f"layouts/{LAYOUT_SCHEMA}"] = schema("layout", root)
        named |= dict.fromkeys(own, f"../{LAYOUT_SCHEMA}")
    written: list[str] = []
    with Transaction(root, "setup") as change:
        for path, data in schemas.items():
            if change.read(path) != data:
                change.write(path, data)
                written.append(path)
        for path, schema_path in named.items():
            old = change.read(path) or b""
            try:
                new = with_modelines(old.decode("utf-8"), schema_path).encode()
            except UnicodeDecodeError:
                continue  # `check` says how to save it
            if new != old:
                change.write(path, new)
                written.append(path)
        findings = change.commit("Set up help for editors") if written else []
    return ([] if findings else written), findings
