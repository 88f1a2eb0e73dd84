"""Take a story out of the book, and find what was made with it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from milebook.app.load import Loaded, load
from milebook.app.permissions import index_text, refusal, write_index
from milebook.model.book import Story
from milebook.model.findings import Finding, Place
from milebook.output.transaction import Transaction
from milebook.permissions.made_files import Holder, holders, mentions
from milebook.permissions.withdrawal import withdraw


@dataclass(slots=True)
class Withdrawn:
    """What was changed, which files still hold the story, and where the rest of the book still speaks of it."""

    findings: list[Finding]
    changed: tuple[str, ...] = ()
    refused: bool = False
    holders: tuple[Holder, ...] = ()
    mentions: tuple[tuple[str, Place], ...] = field(default_factory=tuple)
    loaded: Loaded | None = None


def withdraw_story(root: Path, story_id: str) -> Withdrawn:
    """Take a story out of the book, and find what was made with it."""
    with Transaction(root, "permissions withdraw") as change:
        loaded = load(root)
        if loaded.index is None:
            return Withdrawn([*loaded.findings], refused=True, loaded=loaded)
        folder = loaded.folder
        edited = withdraw(folder, loaded.index, index_text(folder, loaded.index.path), story_id)
        if edited.problem:
            return Withdrawn([refusal(folder, edited)], refused=True, loaded=loaded)
        problems = write_index(change, folder, edited, f"Withdrew {story_id}") if edited.lines else []
    found = tuple(holders(folder, story_id))
    story = _story(loaded, story_id)
    named = tuple(mentions(loaded.book, story)) if loaded.book and story else ()
    return Withdrawn(problems, edited.lines, bool(problems), found, named, loaded)


def _story(loaded: Loaded, story_id: str) -> Story | None:
    stories = (*loaded.book.stories, *loaded.book.unselected) if loaded.book else ()
    return next((story for story in stories if story.id == story_id), None)
