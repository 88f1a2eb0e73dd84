"""Change the status, the tags and the place of one story or of hundreds."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from milebook.app.ids import called_today, find_chapter, find_story
from milebook.app.index_change import Changed, IndexChange, refusal
from milebook.app.wrong_usage import UnknownName
from milebook.assemble.book import outline
from milebook.index import read_index
from milebook.index.arrange import Spot, move, set_status, tag, unlist
from milebook.index.edit_check import EditedFolder
from milebook.index.splices import CannotEdit
from milebook.model.book import Story
from milebook.model.index import Index
from milebook.output.transaction import Transaction
from milebook.source import BookFolder


@dataclass(frozen=True, slots=True)
class SetRequest:
    """What `milebook set` was asked for. Ids may be parts of ids. `before` and `after` name a story."""

    ids: tuple[str, ...]
    status: str = ""
    tags: tuple[str, ...] = ()
    untags: tuple[str, ...] = ()
    chapter: str = ""
    first: bool = False
    last: bool = False
    before: str = ""
    after: str = ""
    unlist: bool = False

    @property
    def moves(self) -> bool:
        return bool(self.chapter or self.first or self.last or self.before or self.after)


def set_stories(root: Path, wanted: SetRequest) -> Changed:
    """Change stories in the index, all of them or none. Raises UnknownName for an id that is not there or not clear."""
    with Transaction(root, "set") as change:
        book = IndexChange.begun(change)
        if isinstance(book, Changed):
            return book
        ids = list(dict.fromkeys(find_story(one, book.index.stories) for one in wanted.ids))
        renamed = called_today((*wanted.ids, wanted.before, wanted.after), book.index.stories)
        spot = _spot(book.index, book.folder, wanted, ids) if wanted.moves else None
        try:
            _edit(book, wanted, ids, spot)
            after = _read(book.folder, book.new)
            if after is None:
                raise CannotEdit("the index could not be read afterwards")
            book.prove(_expected(book.index, wanted, ids, spot))
        except CannotEdit as error:
            return refusal(str(error), book.index.path)
        if book.new == book.text:
            return Changed(change.recovered, notes=renamed)
        findings = book.commit(_title(wanted, ids))
        if findings:
            return Changed(findings, refused=True)
        notes = _notes(book.folder, book.new, after, ids)
        return Changed(change.recovered, _lines(book.index, after, ids), (*renamed, *notes))


def _edit(book: IndexChange, wanted: SetRequest, ids: list[str], spot: Spot | None) -> None:
    if wanted.status:
        book.edit(lambda text: set_status(text, ids, wanted.status))
    if wanted.tags or wanted.untags:
        book.edit(lambda text: tag(text, ids, wanted.tags, wanted.untags))
    if spot is not None:
        book.edit(lambda text: move(text, ids, spot))
    elif wanted.unlist:
        book.edit(lambda text: unlist(text, ids))


def _spot(index: Index, folder: BookFolder, wanted: SetRequest, ids: list[str]) -> Spot:
    """The place that is meant: a chapter's, or beside a story, whose chapter is found."""
    before = find_story(wanted.before, index.stories) if wanted.before else ""
    after = find_story(wanted.after, index.stories) if wanted.after else ""
    chapters = [chapter.id for chapter in index.chapters]
    if wanted.chapter:
        return Spot(find_chapter(wanted.chapter, index, folder), wanted.first, before, after)
    beside = [before or after] if before or after else ids
    listed = {name: chapter.id for chapter in index.chapters for name, _ in chapter.stories or ()}
    found = {listed.get(one, "") for one in beside}
    if len(found) != 1 or not any(found):
        missing = next((one for one in beside if one not in listed), "")
        why = f"“{missing}” stands in no chapter's list" if missing else "they stand in several chapters"
        raise UnknownName(f"{why}; say which one is meant with --chapter: {', '.join(chapters)}")
    return Spot(found.pop(), wanted.first, before, after)


def _expected(index: Index, wanted: SetRequest, ids: list[str], spot: Spot | None) -> dict[str, object]:
    """The values of the index that are to change, under their paths."""
    expected: dict[str, object] = {}
    for story in (story for story in index.stories if story.id in set(ids)):
        if wanted.status:
            expected[f"stories/{story.id}/status"] = wanted.status
        if wanted.tags or wanted.untags:
            kept = [name for name in story.tags if name not in wanted.untags or name in wanted.tags]
            expected[f"stories/{story.id}/tags"] = tuple(dict.fromkeys([*kept, *wanted.tags]))
    for chapter in index.chapters if spot or wanted.unlist else ():
        names = [name for name, _ in chapter.stories or ()]
        rest = [name for name in names if name not in ids]
        if spot is not None and chapter.id == spot.chapter:
            anchor = spot.before or spot.after
            at = rest.index(anchor) + bool(spot.after) if anchor in rest else 0 if spot.first else len(rest)
            rest[at:at] = ids
        if rest != names:
            expected[f"chapters/{chapter.id}/stories"] = tuple(rest)
    return expected


def _read(folder: BookFolder, text: str) -> Index | None:
    return read_index(EditedFolder(folder, text))[0]


def _title(wanted: SetRequest, ids: list[str]) -> str:
    done = [f"status {wanted.status}"] if wanted.status else []
    done += [f"tag {name}" for name in wanted.tags] + [f"no tag {name}" for name in wanted.untags]
    done += ["moved"] if wanted.moves else ["out of the chapters' lists"] if wanted.unlist else []
    who = ids[0] if len(ids) == 1 else f"{len(ids)} stories"
    return f"Set {who}: {', '.join(done)}"


def _lines(before: Index, after: Index, ids: list[str]) -> tuple[str, ...]:
    """What changed, one line for each story and field."""
    old = {story.id: story for story in before.stories}
    lines = []
    places = _places(before), _places(after)
    for story in (story for story in after.stories if story.id in set(ids)):
        was = old[story.id]
        if was.status != story.status:
            lines.append(f"{story.id}: status {was.status} → {story.status}")
        if was.tags != story.tags:
            lines.append(f"{story.id}: tags {', '.join(was.tags) or 'none'} → {', '.join(story.tags) or 'none'}")
        here, there = (place.get(story.id, "in no chapter's list") for place in places)
        if here != there:
            lines.append(f"{story.id}: {here} → {there}")
    return tuple(lines)


def _places(index: Index) -> dict[str, str]:
    """Where each story stands in the chapters' lists."""
    return {
        name: f"{chapter.id} {number} of {len(chapter.stories or ())}"
        for chapter in index.chapters
        for number, (name, _) in enumerate(chapter.stories or (), 1)
    }


def _notes(folder: BookFolder, text: str, index: Index, ids: list[str]) -> tuple[str, ...]:
    """What follows for the book: which of the stories are not printed, and which a chapter takes by its selection."""
    book = outline(EditedFolder(folder, text), index)
    printed = {story.id: chapter.id for chapter in book.chapters for story in chapter.stories} if book else {}
    listed = _places(index)
    notes = []
    for story in (story for story in index.stories if story.id in set(ids)):
        if story.id in printed and story.id not in listed:
            notes.append(f"{story.id} is printed in {printed[story.id]}, whose selection takes it")
        elif story.id not in printed:
            notes.append(f"{story.id} is not printed: {_why_not(story, listed)}")
    return tuple(notes)


def _why_not(story: Story, listed: dict[str, str]) -> str:
    if story.status != "selected":
        return f"its status is {story.status} (milebook set {story.id} --status selected)"
    return "something else is wrong, see milebook check" if story.id in listed else "no chapter has it (--chapter ID)"
