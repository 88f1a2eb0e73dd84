"""What the subcommands of `milebook permissions` have in common: reading the index, writing it, and what they report."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from milebook.app.ids import find_story
from milebook.app.load import Loaded, Ready
from milebook.app.wrong_usage import UnknownName
from milebook.assemble.book import outline
from milebook.index import read_index
from milebook.model.book import Book
from milebook.model.findings import Finding, Place
from milebook.model.near_names import nearest
from milebook.output.transaction import Transaction
from milebook.permissions import PermissionItem, items
from milebook.permissions.changes import Edited
from milebook.permissions.names import plain
from milebook.permissions.requests.letters import Letter
from milebook.source import BookFolder


@dataclass(slots=True)
class Done:
    """What one of the commands did: findings, files written, lines of the index changed; `refused` if it did nothing."""

    findings: list[Finding]
    written: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    refused: bool = False
    letters: tuple[Letter, ...] = ()
    posted: tuple[Letter, ...] = ()  # of these, those that cannot go by e-mail
    items: tuple[PermissionItem, ...] = ()  # what was asked for or answered, as it stands now
    left: tuple[PermissionItem, ...] = ()  # of the same person, not asked for and so not recorded
    loaded: Loaded | None = None
    waiting: tuple[PermissionItem, ...] = ()  # their letters are written, but not posted
    nobody: tuple[PermissionItem, ...] = ()  # nobody knows whom to ask for them, so that there is no letter


def outlined(root: Path) -> Loaded:
    """The index and the items of a book, without a look into its texts and photos: a note is written in a moment."""
    folder = BookFolder(root)
    index, findings = read_index(folder)
    book = outline(folder, index) if index else None
    found = items(book, folder, book.info.date)[0] if book else ()
    return Loaded(folder, index, book, None, found, tuple(findings))


def index_text(folder: BookFolder, path: str) -> str:
    """The index's characters as they are on the disk, line ends and all."""
    data, _ = folder.read_bytes(path, Place(path))
    return (data or b"").decode("utf-8", "surrogateescape")


def write_index(change: Transaction, folder: BookFolder, edited: Edited, title: str) -> list[Finding]:
    """Put an edited index in the place of the one that was read; what `milebook undo --list` shows is `title`."""
    path = folder.index_path()
    if not edited.text or path is None:
        return []
    change.expect(folder.read)
    change.write(path, edited.text.encode("utf-8", "surrogateescape"))
    return change.commit(title)


def refusal(folder: BookFolder, edited: Edited) -> Finding:
    """Why the index was not changed."""
    fact, _, cure = edited.problem.partition("; ")
    return Finding("MB318", fact, Place(folder.index_path() or ""), edited.cure or cure)


def known_stories(book: Book, wanted: tuple[str, ...]) -> tuple[str, ...]:
    """The ids of the stories of the book that are meant. Raises UnknownName."""
    return tuple(find_story(name, book.stories, " in the book") for name in wanted)


def known_people(loaded: Ready, wanted: tuple[str, ...]) -> None:
    """Raises UnknownName for somebody who is not to be asked for anything; withheld names are known, but not shown."""
    shown = [item.signer for item in loaded.items]
    private = [item.terms.signer for item in loaded.items]
    private += [name for story in loaded.book.stories for name in (story.contributor.name, story.contributor.guardian)]
    for name in wanted:
        if not any(called(one, (name,)) for one in (*shown, *private)):
            raise UnknownName(f"there is no person “{name}” to ask{near(name, shown)}")


def called(name: str, wanted: tuple[str, ...]) -> bool:
    """Whether a name holds one of the wanted ones, whatever the case, accents and apostrophes of either."""
    return any(plain(one) in plain(name) for one in wanted if plain(one))


def near(wrong: str, names: list[str]) -> str:
    """ "; did you mean Ben Example?", "" where nothing is near."""
    by_word = {word: name for name in reversed(names) for word in (name, *name.split())}
    found = nearest(wrong, by_word)
    return f"; did you mean {by_word[found]}?" if found else ""
