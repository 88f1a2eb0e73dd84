"""Write the page of a review to where the user wants it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from milebook.app.publish import change_ledger
from milebook.app.review import ReviewOutcome
from milebook.model.findings import Finding, Place
from milebook.output import check_out
from milebook.output.ledger import Made
from milebook.review.page import review_page
from milebook.source import BookFolder


def write_page(root: Path, target: str, outcome: ReviewOutcome) -> list[Finding]:
    """The page at `target`, which is a path from where the user stands; inside the book folder it must not be a source."""
    assert outcome.review is not None
    return write_html(
        root,
        target,
        review_page(outcome.review),
        (one.owner.id for one in outcome.review.stories if one.owner.kind == "story"),
    )


def write_html(root: Path, target: str, data: bytes, stories: Iterable[str] = ()) -> list[Finding]:
    """Write a page with these `stories` in it; one inside the book folder goes into the list of made files."""
    path = Path.cwd() / target
    folder = BookFolder(root)
    if path.parent.resolve().is_relative_to(folder.root) and path.parent.resolve() != folder.root:
        problems = check_out(path.parent, folder)
        if problems:
            return problems
    try:
        if path.is_dir():
            raise IsADirectoryError(21, "it is a folder")
        if path.exists() and not path.read_bytes()[:15].lower().startswith(b"<!doctype html"):
            raise FileExistsError(17, "there is a file of this name that is no page")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return [
            Finding("MB061", f"the page cannot be written: {reason}", Place(target), "choose another name or folder")
        ]
    inside = path.resolve()
    if not inside.is_relative_to(folder.root):
        return []
    made = Made(
        inside.relative_to(folder.root).as_posix(),
        "page",
        hashlib.sha256(data).hexdigest(),
        stories=tuple(dict.fromkeys(stories)),
    )
    return change_ledger(folder, lambda _: [made])
