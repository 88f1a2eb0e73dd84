"""A file of an e-book, before it is packed."""

from __future__ import annotations

from typing import NamedTuple

from milebook.output.archive import Deflated
from milebook.photos import PreparedPhoto


class File(NamedTuple):
    """A file of the e-book. `name` is its path inside the EPUB folder; `properties` as in the package's manifest."""

    identity: str
    name: str
    media_type: str
    data: bytes | Deflated | PreparedPhoto
    properties: str = ""
    spine: bool = False
