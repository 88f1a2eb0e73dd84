"""Take a story out of the book, list the files that hold a story, a photo or a person, and delete them on request."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from milebook.app.ids import find_story, stories_by
from milebook.app.load import Loaded, load
from milebook.app.permissions import index_text, near, outlined, refusal, write_index
from milebook.app.publish import damage
from milebook.app.wrong_usage import UnknownName
from milebook.model.agreements import agreements_of, agreements_of_book
from milebook.model.book import Story
from milebook.model.command_words import command_word
from milebook.model.findings import Finding, Place
from milebook.model.index import Index
from milebook.output.ledger import Ledger, Made, read_ledger, state, unknown_files
from milebook.output.transaction import Transaction
from milebook.permissions.answers.unnamed_answers import unnamed_answers
from milebook.permissions.mentions import mentions
from milebook.permissions.whereabouts import Sought, of_story, persons_called, shared_photos, sought
from milebook.permissions.withdrawal import withdraw
from milebook.source import BookFolder

_ANSWER = (
    "an answer that no permission names as its evidence; delete it yourself, unless it is about something else as well"
)
UNDO, KEPT = ".milebook", "build/.cache"


@dataclass(frozen=True, slots=True)
class Holder:
    """A made file that holds what was looked for; `state` is "same" as it was made, or "changed" since."""

    made: Made
    state: str


@dataclass(slots=True)
class Whereabouts:
    """The files that hold something, the files in build/ of which nobody can say, and what stays in the folder besides."""

    findings: list[Finding]
    holders: tuple[Holder, ...] = ()
    unknown: tuple[str, ...] = ()
    stays: tuple[tuple[str, str], ...] = ()  # (path, how to be rid of it)
    changed: tuple[str, ...] = ()  # lines of the index, of `withdraw`
    refused: bool = False
    mentions: tuple[tuple[str, Place], ...] = ()
    loaded: Loaded | None = None


def where(root: Path, name: str) -> Whereabouts:
    """Which made files hold a story, a photo or a person; of a story's id a part is enough that no other has.

    Raises UnknownName for a name that stands for nothing, or for several.
    """
    loaded = outlined(root)
    if loaded.index is None:
        return Whereabouts([*loaded.findings], refused=True, loaded=loaded)
    ledger = read_ledger(root)
    found = sought(loaded.index, name) or _once_there(ledger, name)
    ids = [story.id for story in loaded.index.stories]
    if not found and any(name.strip().casefold() in one for one in ids if name.strip()):
        found = sought(loaded.index, find_story(name.strip(), loaded.index.stories))
    if not found:
        several = persons_called(loaded.index, name)
        if len(several) > 1:
            raise UnknownName(f"“{name}” may be {' or '.join(several)}: write the whole name")
        known = [story.id for story in loaded.index.stories] + [
            story.contributor.name for story in loaded.index.stories
        ]
        raise UnknownName(f"there is no story, photo or person “{name}” in the book{near(name, known)}")
    stories = [story for story in loaded.index.stories if story.id in found.stories]
    return Whereabouts(
        damage(ledger),
        _holders(root, ledger, found),
        tuple(unknown_files(root, ledger)),
        _stays(loaded.folder, loaded.index, stories),
        loaded=loaded,
    )


def _once_there(ledger: Ledger, name: str) -> Sought:
    """What made files say of a name that the index no longer has."""
    alone = Sought((name,), (name,), (name,))
    return alone if ledger.files_with(stories=alone.stories, photos=alone.photos, people=alone.people) else Sought()


def _holders(root: Path, ledger: Ledger, found: Sought) -> tuple[Holder, ...]:
    held = ledger.files_with(stories=found.stories, photos=found.photos, people=found.people)
    return tuple(Holder(made, state(root, made)) for made in held)


def withdraw_story(root: Path, story_id: str) -> Whereabouts:
    """Take a story out of the book, and find what was made with it. `story_id` may be a part that only one id has.

    Raises UnknownName for what is no story's id, with the nearest, or could be several.
    """
    with Transaction(root, "permissions withdraw") as change:
        loaded = load(root)
        if loaded.index is None:
            return Whereabouts([*loaded.findings], refused=True, loaded=loaded)
        folder, index = loaded.folder, loaded.index
        story_id = _story_meant(index, story_id)
        edited = withdraw(folder, index, index_text(folder, index.path), story_id)
        if edited.problem:
            return Whereabouts([refusal(folder, edited)], refused=True, loaded=loaded)
        problems = write_index(change, folder, edited, f"Withdrew {story_id}") if edited.lines else []
    ledger = read_ledger(root)
    story = next(one for one in index.stories if one.id == story_id)
    return Whereabouts(
        [*problems, *damage(ledger)],
        _holders(root, ledger, of_story(index, story)),
        tuple(unknown_files(root, ledger)),
        _stays(folder, index, [story]),
        edited.lines,
        bool(problems),
        _mentions(loaded, index, story),
        loaded,
    )


def _story_meant(index: Index, written: str) -> str:
    """As `find_story`; a photographer or a person shown is told how to take back a permission instead."""
    try:
        return find_story(written, index.stories)
    except UnknownName as error:
        if stories_by(written, index.stories) or not persons_called(index, written):
            raise
        command = f"milebook permissions record {command_word(written)} --status withdrawn"
        raise UnknownName(
            f"{error}; a person's permission for photos or quotations is taken back by {command}"
        ) from None


def _mentions(loaded: Loaded, index: Index, story: Story) -> tuple[tuple[str, Place], ...]:
    """Where the book still speaks of the story, and where it still prints one of its photos."""
    shared = [
        (f"“{one.title}”, which prints {path} as well", photo.place) for path, one, photo in shared_photos(index, story)
    ]
    return (*shared, *(mentions(loaded.book, story) if loaded.book else ()))


def _stays(folder: BookFolder, index: Index, stories: Sequence[Story]) -> tuple[tuple[str, str], ...]:
    """What else holds these stories, and how to be rid of it, if the contributor asks for that."""
    base = index.path.rpartition("/")[0]
    others = {path for one in index.stories if one not in stories for path in _files(one)}
    found: list[tuple[str, str]] = []
    for story in stories:
        own = (f"{base}/{path}" if base else path for path in _files(story) if path not in others)
        found += [(path, "delete it yourself") for path in own if _there(folder, path)]
        found.append((index.path, f"delete the entry {story.id} under stories: yourself"))
    found += [(path, _ANSWER) for path in unnamed_answers(folder, index, stories)]
    used = {terms.id for one in index.stories if one not in stories for terms in agreements_of(one)}
    used |= {terms.id for terms in agreements_of_book(index.info)}
    alone = dict.fromkeys(terms.id for story in stories for terms in agreements_of(story) if terms.id not in used)
    found += [(index.path, f"delete the entry {name} under agreements: yourself") for name in alone if name]
    if folder.names(UNDO):
        found.append((UNDO, "what “milebook undo” needs, with earlier versions of the files; delete the folder"))
    if folder.names(KEPT):
        found.append((KEPT, "what makes the next build quick, with copies of photos; delete the folder"))
    return tuple(dict.fromkeys(found))


def _there(folder: BookFolder, path: str) -> bool:
    inside, _, name = path.rpartition("/")
    return name in folder.names(inside)


def _files(story: Story) -> Iterable[str]:
    """Everything that a story names, relative to the index's folder."""
    evidence = (terms.evidence for terms in agreements_of(story))
    named = (story.file, story.source.original, *(photo.file for photo in story.photos), *evidence)
    return [path for path in dict.fromkeys(named) if path]
