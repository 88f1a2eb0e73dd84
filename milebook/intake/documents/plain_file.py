"""A story in a plain text file."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from milebook.intake import plain_text
from milebook.intake.charset import decoded
from milebook.intake.inputs import Input
from milebook.intake.items import Found, Original
from milebook.intake.options import Options
from milebook.intake.people import take_signature


def title_from_name(name: str) -> str:
    """The title that a file's name may be, "" for one that says nothing."""
    stem = re.sub(r"[_-]+", " ", PurePosixPath(name).stem).strip()
    nothing = r"(?i)(?:file|text|story|my story|new|untitled|unbenannt|final|draft|doc\w*|[\W\d_]*)\s*(?:\(?\d*\)?)"
    return "" if re.fullmatch(nothing, stem) else stem


def read(one: Input, options: Options) -> Iterator[Found]:
    """One item. Raises TooLarge and OSError."""
    data = one.read()
    text, charset = decoded(data, "", options.encoding)
    digest = hashlib.sha256(data).hexdigest()
    item = Found("text", f"sha256:{digest}", one.shown)
    item.passages = plain_text.passages(text.split("\n"))
    item.original = Original(".txt", digest, one.path.read_bytes)
    item.title, item.file_named = title_from_name(one.name), True
    if charset not in ("utf-8", options.encoding):
        item.notes.append(f"read as {charset}; if letters are wrong, name another with --encoding")
    take_signature(item)
    yield item
