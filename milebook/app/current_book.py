"""The book as it is now, as far as merging needs it: each story's file and its lines of the index, with their readers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from milebook.index import read_index
from milebook.model.book import Photo, Story
from milebook.model.findings import Finding, Place
from milebook.model.index import ChapterEntry, Index
from milebook.permissions.bylines_and_credits import byline
from milebook.review.applying import Applied, apply_story
from milebook.review.changes import Change
from milebook.review.merging import Conflict
from milebook.review.proof_text import Owner, Proof
from milebook.review.source_text import Reader, line_reader, story_reader
from milebook.review.whole_review import OwnerReview, PlacedComment
from milebook.source import BookFolder


class CurrentBook:
    """The book as it is now, as far as merging needs it."""

    def __init__(self, folder: BookFolder, index: Index, proof: Proof) -> None:
        self.folder, self.index, self.proof = folder, index, proof
        self.scene_break = next((p.text for p in proof.paragraphs if p.role == "scene-break"), "* * *")

    @classmethod
    def read(cls, root: Path, proof: Proof, findings: list[Finding]) -> CurrentBook | None:
        """The book, or None where its index cannot be read; `findings` then get the reasons."""
        folder = BookFolder(root)
        index, found = read_index(folder)
        if index is None:
            findings += found
            return None
        return cls(folder, index, proof)

    def entry(self, owner: Owner) -> Story | ChapterEntry | None:
        """The story or chapter of today, by its id or an id that it had."""
        if owner.kind == "chapter":
            return next((chapter for chapter in self.index.chapters if chapter.id == owner.id), None)
        stories = {story.id: story for story in self.index.stories}
        former = (s for s in self.index.stories if owner.id in getattr(s, "formerly", ()))
        return stories.get(owner.id) or next(former, None)

    def path(self, owner: Owner) -> str:
        entry = self.entry(owner)
        written = "" if entry is None else entry.opening if isinstance(entry, ChapterEntry) else entry.file
        if not written:
            return owner.path
        path, _ = self.folder.resolve(self.index.path, written, Place(self.index.path))
        if path is None:
            return owner.path
        return self.folder.find(path, Place(path))[0] or path  # the disk may spell it with other capitals

    def reader(self, owner: Owner) -> Reader:
        entry = self.entry(owner)
        language = (entry.language if isinstance(entry, Story) else "") or self.index.info.language
        return story_reader(language, self.index.info.smart_punctuation, self.scene_break, notes=self.proof.detailed)

    def fields(self, owner: Owner) -> dict[str, tuple[str, Reader]]:
        """The one-line fields of today, each with its reader."""
        entry = self.entry(owner)
        if entry is None:
            return {}
        info = self.index.info
        language = (entry.language if isinstance(entry, Story) else "") or info.language
        values = {"title": entry.title}
        if isinstance(entry, Story):
            values["byline"] = byline(entry.contributor, info.byline, info.language)
            for name, photo in self.photos(owner, entry).items():
                values[f"{name}_caption"] = photo.caption
                if not photo.permission.credit:
                    values[f"{name}_credit"] = photo.credit
        return {name: (value, line_reader(language, info.smart_punctuation, name)) for name, value in values.items()}

    def fixed(self, owner: Owner) -> dict[str, str]:
        """Credits that an agreement words, each with the reason why no change of it is merged."""
        entry = self.entry(owner)
        photos = self.photos(owner, entry) if isinstance(entry, Story) else {}
        return {
            f"{name}_credit": f"{terms.id or 'the permission'} demands the credit “{terms.credit}”: change it there, if you may"
            for name, photo in photos.items()
            if (terms := photo.permission).credit
        }

    def photos(self, owner: Owner, story: Story) -> dict[str, Photo]:
        """Today's photos by the names that the proof has for them."""
        found: dict[str, Photo] = {}
        for photo in story.photos:
            path, _ = self.folder.resolve(self.index.path, photo.file, Place(self.index.path))
            found |= {name: photo for name, shown in owner.photos.items() if shown == path}
        return found


def merged(
    book: CurrentBook, story: OwnerReview, changes: Sequence[Change], comments: Sequence[PlacedComment]
) -> Applied:
    """A story with the changes merged into its text and fields of today, or where editors, or author and editor, clash."""
    path = book.path(story.owner)
    data = None
    if path:
        data, _ = book.folder.read_bytes(path, Place(path))
    if story.clashes and any(one in changes and other in changes for one, other in story.clashes):
        made = Applied()
        made.conflicts = [
            Conflict(one.before, one.after, other.after, (), (one.author or "one editor", other.author or "another"))
            for one, other in story.clashes
        ]
        made.clashing = [change for pair in story.clashes for change in pair]
        made.waiting = [change for change in changes if change not in made.clashing]
        return made
    return apply_story(
        story.owner,
        changes,
        comments,
        data,
        book.reader(story.owner),
        book.fields(story.owner),
        book.fixed(story.owner),
    )
