"""Relationship ids: what one part of the package refers to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from milebook.writers.docx.markup import R

HYPERLINK, IMAGE, HEADER, FOOTER, FONT = (f"{R}/{kind}" for kind in ("hyperlink", "image", "header", "footer", "font"))
LONGEST_LINK = 2000  # characters; Word refuses to open files with longer ones


class Relation(NamedTuple):
    kind: str
    target: str  # a part's name, "/word/media/image1.jpg", or an address
    external: bool = False


@dataclass(slots=True)
class Relations:
    """The relationships of one part. The same target gets the same id."""

    ids: dict[Relation, str] = field(default_factory=dict)

    def add(self, kind: str, target: str, *, external: bool = False) -> str:
        return self.ids.setdefault(Relation(kind, target, external), f"rId{len(self.ids) + 1}")


def safe_address(link: str) -> str:
    """`link` as an address that Word accepts in a relationship, or "" where it can be none: web and mail only."""
    try:
        parts = urlsplit(link.strip())
        scheme = parts.scheme.lower()
        if scheme == "mailto":
            address = quote(parts.path, safe="@+-._~!$&'*,;=%")
            return f"mailto:{address}{f'?{quote(parts.query, safe=_QUERY)}' if parts.query else ''}" if address else ""
        if scheme not in ("http", "https") or not parts.hostname:
            return ""
        host = parts.hostname.encode("idna").decode("ascii")
        if not re.fullmatch(r"[a-z0-9._-]+", host):
            return ""
        port = f":{parts.port}" if parts.port else ""
    except (ValueError, UnicodeError):
        return ""
    made = f"{scheme}://{host}{port}{quote(parts.path, safe=_PATH)}"
    made += f"?{quote(parts.query, safe=_QUERY)}" if parts.query else ""
    made += f"#{quote(parts.fragment, safe=_QUERY)}" if parts.fragment else ""
    made = re.sub("%(?![0-9A-Fa-f]{2})", "%25", made)
    return made if len(made) <= LONGEST_LINK else ""


_PATH = "/%:@!$&'()*+,;=~-._"
_QUERY = _PATH + "?"
