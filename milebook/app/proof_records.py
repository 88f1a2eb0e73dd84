"""The records of the proofs that were made: their builds, and one of them by the beginning of its build's id."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from milebook.app.wrong_usage import UnknownName
from milebook.model.findings import Finding, Place
from milebook.source import BookFolder

FOLDER = "build/proofs"
_LIMIT = 100_000_000  # bytes of a record
Read = TypeVar("Read")


def builds(folder: Path) -> list[str]:
    """The builds of which there is a record in a folder."""
    try:
        return sorted(path.stem for path in folder.iterdir() if path.suffix == ".json")
    except OSError:
        return []


def build_meant(known: Sequence[str], typed: str) -> str:
    """The one that is meant by the beginning of its id. Raises UnknownName where there is none, or could be several."""
    found = [typed] if typed in known else [build for build in known if build.startswith(typed)]
    if len(found) == 1:
        return found[0]
    what = "several proofs begin with" if found else "there is no proof of build"
    raise UnknownName(f"{what} “{typed}”; the builds are {', '.join(known) or 'none'}")


def read_record(
    root: Path, folder: str, build: str, parse: Callable[[Any], Read], cure: str
) -> tuple[Read | None, list[Finding]]:
    """What `parse` makes of the record of a build. It may raise what any JSON document may make it raise."""
    path = f"{folder}/{build}.json"
    text, findings = BookFolder(root).read_text(path, Place(path), _LIMIT)
    if text is None:
        return None, findings
    try:
        return parse(json.loads(text)), findings
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None, [*findings, Finding("MB710", f"{path} is not the record of a proof", Place(path), cure)]
