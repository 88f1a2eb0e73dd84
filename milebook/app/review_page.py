"""Write the page of a review to where the user wants it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from milebook.app.publish import Contents, Output, change_ledger, publish_files
from milebook.app.review_request import ReviewOutcome
from milebook.model.findings import Finding, Place
from milebook.output import check_out
from milebook.output.ledger import FOLDER, Made
from milebook.output.one_file import write_one
from milebook.review.report_page import review_page
from milebook.source import BookFolder


def write_page(root: Path, target: str, outcome: ReviewOutcome) -> list[Finding]:
    """The page at `target`, which is a path from where the user stands; inside the book folder it must not be a source."""
    assert outcome.review is not None
    stories = tuple(one.owner.id for one in outcome.review.stories if one.owner.kind == "story")
    return write_html(root, target, review_page(outcome.review), stories)


def write_html(root: Path, target: str, data: bytes, stories: tuple[str, ...]) -> list[Finding]:
    """Write a page with these `stories` in it; one inside the book folder goes into the list of made files."""
    path = Path(os.path.normpath(Path.cwd() / target))
    folder = BookFolder(root)
    if path.is_relative_to(folder.root) and not path.parent.resolve().is_relative_to(folder.root):
        fact = f"“{target}” would be written outside the book folder, for a link leads out of it"
        return [Finding("MB065", fact, Place(target), "delete the link, or choose another folder")]
    if path.parent.resolve().is_relative_to(folder.root) and path.parent.resolve() != folder.root:
        problems = check_out(path.parent, folder)
        if problems:
            return problems
    try:
        if path.is_dir():
            raise IsADirectoryError(21, "it is a folder")
        if path.exists() and not _is_page(path):
            raise FileExistsError(17, "there is a file of this name that is no page")
        beside = path.parent.resolve()
        if beside.is_relative_to(folder.root / FOLDER):  # with the list of made files, both or neither
            page = Output(data, "page", Contents(stories))
            return publish_files(folder, beside.relative_to(folder.root).as_posix(), {path.name: page})
        write_one(path, data)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return [
            Finding("MB061", f"the page cannot be written: {reason}", Place(target), "choose another name or folder")
        ]
    inside = path.resolve()
    if not inside.is_relative_to(folder.root):
        return []
    within = inside.relative_to(folder.root).as_posix()
    return change_ledger(folder, lambda _: [Made(within, "page", hashlib.sha256(data).hexdigest(), stories=stories)])


def _is_page(path: Path) -> bool:
    """Whether a file looks like an earlier page. What is no file, such as a pipe, is not opened."""
    if not path.is_file():
        return False
    with path.open("rb") as handle:
        return handle.read(15).lower().startswith(b"<!doctype html")
