"""Write the files of a command together with the list of what milebook has made, all of them or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import BinaryIO, NamedTuple

from milebook.app.load import PLAIN, Loaded, Result, blocked, refused, settled
from milebook.app.request import Request
from milebook.model.book import Book, Story
from milebook.model.codes import errors
from milebook.model.draft import Stamp
from milebook.model.findings import Finding, Place
from milebook.output import DryRun, Staged, Staging, hold, os_errors, write_all
from milebook.output.ledger import FOLDER, NAME, Ledger, Made, read_ledger, remove
from milebook.output.staging import Content
from milebook.permissions.bylines_and_credits import withheld
from milebook.permissions.whereabouts import people_in, people_on_cover, people_quoted
from milebook.photos import PhotoLost
from milebook.source import BookFolder


class Contents(NamedTuple):
    """What is in a file: ids of stories, paths of photos, names of people as printed."""

    stories: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


def contents(book: Book, stories: Iterable[Story] | None = None) -> Contents:
    """What is in a file with these stories of a book; without `stories`, in one with the whole book and its cover."""
    chosen = book.stories if stories is None else tuple(stories)
    photos = [photo.path for story in chosen for photo in story.photos if photo.path]
    if stories is None and book.cover_path:
        photos.append(book.cover_path)
    # Every name is compared with all of these, so with no more than need be.
    hidden = [story.contributor for story in book.stories if withheld(story.contributor)]
    people = [name for story in chosen for name in people_in(story, book.info.language, hidden)]
    if stories is None:
        people += [*people_on_cover(book.info), *people_quoted(book.info)]
    return Contents(tuple(story.id for story in chosen), tuple(dict.fromkeys(photos)), tuple(dict.fromkeys(people)))


def cover_contents(book: Book) -> Contents:
    """What is in a file that has nothing of the book but its cover."""
    if not book.cover_path:
        return Contents()
    return Contents((), (book.cover_path,), tuple(dict.fromkeys(people_on_cover(book.info))))


class Output(NamedTuple):
    """A file to be written: `kind`, `title`, `ids` and `group` as in `ledger.Made`."""

    content: Content
    kind: str
    contents: Contents = Contents()
    title: str = ""
    ids: tuple[str, ...] = ()
    group: str = ""


class Stage:
    """Files on their way into the folder `out` of a book, with the account of them. Used as a context, like `Staging`.

    Everything under build/ is put in place together with build/made.json. For another folder the account is written right
    after; it holds the files' sums, so that a run stopped in between does not make it say anything wrong.
    """

    def __init__(
        self, book: BookFolder, out: str, build: str, *, sweeping: Sequence[str] = (), dry: bool = False
    ) -> None:
        inside = out == FOLDER or out.startswith(f"{FOLDER}/")
        self._base = FOLDER if inside else out
        self._within = f"{out.removeprefix(FOLDER).strip('/')}/" if out.strip("/") != self._base.strip("/") else ""
        self._book, self._build = book, build
        self._made: dict[str, Output] = {}
        folders = [f"{self._within}{folder}" for folder in sweeping]
        self._staging = DryRun() if dry else Staging(book.root / self._base, book, sweeping=folders)

    def __enter__(self) -> Stage:
        self._staging.__enter__()
        return self

    def __exit__(self, *how: object) -> None:
        self._staging.__exit__(*how)

    def add(self, name: str, output: Output) -> None:
        """Begin to write a file (its name with "/" for folders)."""
        self._made[name] = output._replace(content=b"")
        self._staging.add(self._within + name, output.content)

    def opened(self, name: str) -> BinaryIO:
        """A file that was added, for reading, once `sums` has said that it is on the disk."""
        assert isinstance(self._staging, Staging)
        return self._staging.opened(self._within + name)

    def sums(self) -> tuple[Mapping[str, Staged], list[Finding]]:
        """The files added so far by name, once they are on the disk, and the errors that forbid to go on."""
        sums, problems = self._staging.sums()
        return {name: sums[self._within + name] for name in self._made if self._within + name in sums}, problems

    def commit(self, last: Mapping[str, Output]) -> list[Finding]:
        """Put everything in place, `last` at the end. An error among the findings means that nothing was changed."""
        for name, output in last.items():
            self.add(name, output)
        sums, problems = self.sums()
        if problems:
            return problems
        rows = [self._row(name, output, sums[name].sha256) for name, output in self._made.items()]
        if self._base == FOLDER:
            old = read_ledger(self._book.root)  # `sums` has taken the lock
            return [*self._staging.commit({NAME: old.updated(self._book.root, rows)}), *damage(old)]
        problems = self._staging.commit()
        return problems if errors(problems) else [*problems, *change_ledger(self._book, lambda _: rows)]

    def _row(self, name: str, output: Output, sha256: str) -> Made:
        path = f"{self._base}/{self._within}{name}"
        _, kind, held, title, ids, group = output
        return Made(path, kind, sha256, self._build, title, ids, *held, group)


def change_ledger(book: BookFolder, rows: Callable[[Ledger], Iterable[Made]]) -> list[Finding]:
    """Write build/made.json anew, with the entries that `rows` makes of the old one and without files that are gone."""
    folder = book.root / FOLDER
    try:
        folder.mkdir(exist_ok=True)
        with hold(folder) as busy:
            if busy:
                return busy
            old = read_ledger(book.root)
            new = list(rows(old))
            return [*write_all(folder, {NAME: old.updated(book.root, new)}, book=book), *damage(old)]
    except OSError as error:
        return [os_errors.finding(error, folder, book.root)]


def damage(ledger: Ledger) -> list[Finding]:
    """What to say of a ledger that could not be read."""
    if not ledger.damaged:
        return []
    fact = "the list of what milebook has made cannot be read, or not all of it; a new one has been begun"
    hint = "“milebook permissions withdraw” cannot tell what is in the files made before: look at them yourself, or make them again"
    return [Finding("MB730", fact, Place(f"{FOLDER}/{NAME}"), hint)]


class Ending(NamedTuple):
    """What a command says when its files are written: the document for --json, the files put in place last, the paths to show."""

    document: Mapping[str, object]
    last: Mapping[str, Output]
    written: tuple[str, ...]


def publish(
    loaded: Loaded,
    stage: Stage,
    make: Callable[[Stage], Sequence[Finding]],
    end: Callable[[Stage, Mapping[str, Staged], Sequence[Finding]], Ending],
    *,
    findings: Iterable[Finding],
    stamp: Stamp,
    request: Request = PLAIN,
    dry: bool = False,
) -> tuple[Result, Mapping[str, Staged]]:
    """Make files, and write all of them or none: what `build`, `proof` and `export` have in common.

    `make` adds files to the stage and says what it found; `end` is told their sums and all findings so far, and may add more
    files. `findings` are those from before. With `dry` nothing is written. Returns also the sums of all files, {} if nothing
    was written.
    """
    with stage:
        found = settled([*findings, *make(stage), *loaded.folder.changed_findings()], request.strict)
        if blocked(found):
            return refused(loaded, found, stamp, request), {}
        sums, problems = stage.sums()
        if problems:
            return refused(loaded, [*found, *problems], stamp, request), {}
        try:
            ending = end(stage, sums, found)
        except PhotoLost as lost:
            return refused(loaded, [*found, *lost.findings], stamp, request), {}
        if dry:
            return Result(tuple(found), ending.document, loaded=loaded), {}
        problems = stage.commit(ending.last)
        if errors(problems):
            return refused(loaded, [*found, *problems], stamp, request), {}
        sums = stage.sums()[0]
    return Result((*found, *problems), ending.document, ending.written, loaded=loaded), sums


def publish_files(book: BookFolder, out: str, files: Mapping[str, Output], build: str = "") -> list[Finding]:
    """Write finished files into the folder `out` of a book, all or none: letters, covers, overviews.

    An error among the findings means that nothing was changed. `build` is the id of the build, if there is one.
    """
    with Stage(book, out, build) as stage:
        return stage.commit(files)


def tidy(book: BookFolder, title: str, chapters: Sequence[str]) -> tuple[tuple[str, ...], list[Finding]]:
    """Delete the files in build/ whose names have an old title or a chapter that is gone; their paths, and findings.

    `title` and `chapters` are those of today (see `Ledger.outdated`). What somebody has changed since is left, and so is
    every file that milebook has not made.
    """
    if not read_ledger(book.root).outdated(title, chapters):
        return (), []
    gone, left, findings = remove_made(book, lambda ledger: ledger.outdated(title, chapters))
    for path, why in left.items():
        fact = f'"{path}" has an old title or chapter in its name, but {why}, and is left'
        findings.append(Finding("MB731", fact, Place(path), "rename it if you need it, or delete it yourself"))
    return gone, findings


def remove_made(
    book: BookFolder, which: Callable[[Ledger], Sequence[Made]]
) -> tuple[tuple[str, ...], dict[str, str], list[Finding]]:
    """Delete made files that are as they were made: the paths that are gone, those that were left with the reason ("it …"),
    and what went wrong.
    """
    gone: list[str] = []
    left: dict[str, str] = {}

    def rows(ledger: Ledger) -> list[Made]:
        removed, others = remove(book.root, which(ledger))
        gone.extend(removed)
        left.update(others)
        return []

    findings = change_ledger(book, rows)
    return tuple(gone), left, findings
