"""Strict YAML whose nodes know their file, line and column, with errors in an author's words.

Reading is strict in the sense of YAML 1.2 and beyond: nothing is converted (`5:22`, `no` and `012` are texts), and whatever
an author cannot have meant (a key that stands twice, an alias, a tag, a second document) is a finding. `values` turns texts
into dates, numbers and words where the index asks for them.
"""

from __future__ import annotations

from milebook.model.findings import Finding
from milebook.yaml_nodes.nodes import Fields, Items, Node, Scalar, TypedPage

__all__ = ["Fields", "Items", "Node", "Scalar", "TypedPage", "read_yaml"]


def read_yaml(text: str, file: str) -> tuple[Node | None, list[Finding]]:
    """Read `text` (of `file`, relative to the book folder) strictly: see `reading`, which is loaded when it is needed."""
    from milebook.yaml_nodes.reading import read

    return read(text, file)
