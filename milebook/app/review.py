"""`milebook review`: what editors changed and said in returned Word files, and their changes merged into the stories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from milebook.app.load import errors
from milebook.app.proof_files import find_proof, read_files
from milebook.index import read_index
from milebook.index.edit import CannotEdit, IndexEdit
from milebook.index.edit_check import leaves, proved
from milebook.model.book import ChapterEntry, Index, Photo, Story
from milebook.model.findings import Finding, Place
from milebook.permissions.wording import byline
from milebook.review.applying import Applied, apply_story
from milebook.review.changes import Change
from milebook.review.clash_page import clash_page, is_clash_page
from milebook.review.merging import Conflict
from milebook.review.proof_text import Owner, Proof
from milebook.review.source_text import Reader, line_reader, story_reader
from milebook.review.whole_review import CONFLICT, MISSING, OwnerReview, Review, Said, document, review_files
from milebook.source import BookFolder

LEAST_PLACED = 0.2  # share of a file's paragraphs that must stand in the proof it is said to be
_UNDO = "milebook undo takes it back"


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """What `milebook review` was asked for. `only` holds numbers of changes; empty: all."""

    files: tuple[str, ...]
    apply: bool = False
    only: tuple[int, ...] = ()
    author: str = ""
    stories: tuple[str, ...] = ()
    against: str = ""
    comments: bool = False

    def wants(self, change: Change) -> bool:
        if self.only and change.number not in self.only:
            return False
        return not self.author or self.author.casefold() in [
            n.casefold() for n in (change.author, *change.author.split(", "))
        ]

    def wants_comment(self, said: Said) -> bool:
        authors = [said.comment.author, *(reply.author for reply in said.comment.replies)]
        return self.comments and (not self.author or self.author.casefold() in [name.casefold() for name in authors])


@dataclass(slots=True)
class ReviewOutcome:
    """`review` is None where the files were refused. `lines` say what `--apply` did."""

    findings: list[Finding]
    review: Review | None = None
    report: dict[str, object] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    conflicts: dict[str, list[Conflict]] = field(default_factory=dict)  # by story
    folder: BookFolder | None = None


def review(root: Path, request: ReviewRequest) -> ReviewOutcome:
    """Report what the files say, and with `apply` merge it. Raises UnknownName for a build or story that is not there."""
    files, findings = read_files(request.files)
    if findings:
        return ReviewOutcome(findings)
    proof, findings = find_proof(root, files, request.files, request.against)
    if proof is None or errors(findings):
        return ReviewOutcome(findings)
    made = review_files(proof, files)
    if made.placed < LEAST_PLACED:
        fact = f"hardly anything in this file stands in the proof of build {proof.build}, so it is a proof of something else"
        hint = "name the build that it comes from with --against, and the book's folder with -C"
        return ReviewOutcome([*findings, Finding("MB831", fact, Place(request.files[0]), hint)])
    _only_stories(made, request)
    outcome = ReviewOutcome(findings, made, folder=BookFolder(root))
    if request.apply:
        _apply(root, made, request, outcome)
    else:
        _foresee(root, made, outcome)
    outcome.report = document(made, applied_=request.apply and not errors(outcome.findings))
    return outcome


def _only_stories(made: Review, request: ReviewRequest) -> None:
    if not request.stories:
        return
    known = {story.owner.id for story in made.stories}
    for name in request.stories:
        if name not in known:
            from difflib import get_close_matches

            from milebook.app.load import UnknownName

            near = get_close_matches(name, known, n=1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise UnknownName(f"there is no story “{name}” in the returned file{hint}")
    made.stories = [story for story in made.stories if story.owner.id in request.stories]


class _Book:
    """The book as it is now, as far as merging needs it."""

    def __init__(self, root: Path, proof: Proof, findings: list[Finding]) -> None:
        self.folder = BookFolder(root)
        self.proof = proof
        self.index, found = read_index(self.folder)
        if self.index is None:
            findings += found
        self.scene_break = next((p.text for p in proof.paragraphs if p.role == "scene-break"), "* * *")

    def entry(self, owner: Owner) -> Story | ChapterEntry | None:
        """The story or chapter of today, by its id or an id that it had."""
        if self.index is None:
            return None
        if owner.kind == "chapter":
            return next((chapter for chapter in self.index.chapters if chapter.id == owner.id), None)
        stories = {story.id: story for story in self.index.stories}
        former = (s for s in self.index.stories if owner.id in getattr(s, "formerly", ()))
        return stories.get(owner.id) or next(former, None)

    def path(self, owner: Owner) -> str:
        entry = self.entry(owner)
        assert self.index is not None
        written = "" if entry is None else entry.opening if isinstance(entry, ChapterEntry) else entry.file
        if not written:
            return owner.path
        path, _ = self.folder.resolve(self.index.path, written, Place(self.index.path))
        return path or owner.path

    def reader(self, owner: Owner) -> Reader:
        assert self.index is not None
        entry = self.entry(owner)
        language = (entry.language if isinstance(entry, Story) else "") or self.index.info.language
        return story_reader(language, self.index.info.smart_punctuation, self.scene_break, notes=self.proof.detailed)

    def fields(self, owner: Owner) -> dict[str, tuple[str, Reader]]:
        """The one-line fields of today, each with its reader."""
        entry = self.entry(owner)
        assert self.index is not None
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

    def photos(self, owner: Owner, story: Story) -> dict[str, Photo]:
        """Today's photos by the names that the proof has for them."""
        assert self.index is not None
        found: dict[str, Photo] = {}
        for photo in story.photos:
            path, _ = self.folder.resolve(self.index.path, photo.file, Place(self.index.path))
            found |= {name: photo for name, shown in owner.photos.items() if shown == path}
        return found


def _foresee(root: Path, made: Review, outcome: ReviewOutcome) -> None:
    """Mark the stories whose changes would clash with what their authors wrote meanwhile."""
    folder = BookFolder(root)
    moved = [
        story for story in made.stories if story.changes and story.state != MISSING and _touched(folder, story.owner)
    ]
    if not moved:
        return
    book = _Book(root, made.proof, outcome.findings)
    if book.index is None:
        return
    for story in moved:
        if _merged(book, story, story.changes, ()).conflicts:
            story.state = CONFLICT


def _touched(folder: BookFolder, owner: Owner) -> bool:
    if not owner.path or not owner.sha256:
        return bool(owner.path)
    data, _ = folder.read_bytes(owner.path, Place(owner.path))
    return folder.read.get(owner.path) != owner.sha256 if data is not None else True


def _merged(book: _Book, story: OwnerReview, changes: Sequence[Change], comments: Sequence[Said]) -> Applied:
    path = book.path(story.owner)
    data = None
    if path:
        data, _ = book.folder.read_bytes(path, Place(path))
    if story.clashes and any(one in changes and other in changes for one, other in story.clashes):
        made = Applied()
        made.conflicts = [
            Conflict(
                one.before,
                f"{one.author or 'one editor'}: {one.after}",
                f"{other.author or 'another'}: {other.after}",
                (),
            )
            for one, other in story.clashes
        ]
        return made
    return apply_story(story.owner, changes, comments, data, book.reader(story.owner), book.fields(story.owner))


def _apply(root: Path, made: Review, request: ReviewRequest, outcome: ReviewOutcome) -> None:
    from milebook.output.transaction import Transaction

    with Transaction(root, "review") as change:
        book = _Book(root, made.proof, outcome.findings)
        if book.index is None:
            return
        writing = _Writing(book, made, request, outcome)
        for story in made.stories:
            writing.story(story)
        files = writing.files()
        change.expect(book.folder.read)
        for path, data in files.items():
            if data is None:
                change.remove(path)
            else:
                change.write(path, data)
        if files:
            names = ", ".join(dict.fromkeys(writing.names)) or "clashes"
            problems = change.commit(f"Merged an editor's changes: {names}"[:200])
            outcome.findings += problems
            if errors(problems):
                outcome.lines.clear()
                return
        outcome.lines.append(f"{'changed ' + ', '.join(files) + '; ' + _UNDO if files else 'nothing to change'}")


class _Writing:
    """The files that an apply changes."""

    def __init__(self, book: _Book, made: Review, request: ReviewRequest, outcome: ReviewOutcome) -> None:
        self.book, self.made, self.request, self.outcome = book, made, request, outcome
        self.new: dict[str, bytes | None] = {}
        self.index: dict[str, dict[str, object]] = {}
        self.names: list[str] = []
        assert book.index is not None
        data, _ = book.folder.read_bytes(book.index.path, Place(book.index.path))
        self.old_index = (data or b"").decode("utf-8", "surrogateescape")
        self.edit: IndexEdit | None = None
        self.leaves: dict[str, object] = {}

    def story(self, story: OwnerReview) -> None:
        changes = [change for change in story.changes if self.request.wants(change)]
        comments = [said for said in story.comments if self.request.wants_comment(said)]
        owner = story.owner
        if not changes and not comments:
            return
        if story.state == MISSING:
            hint = f"milebook set {owner.id} --status cut takes it out of the book" if owner.kind == "story" else ""
            self._warn("MB833", owner, "the editor deleted all of it; it was not removed", hint)
            return
        if self.book.entry(owner) is None:
            self._warn("MB833", owner, "it is not in the index any more, so its changes were not merged", "")
            return
        applied = _merged(self.book, story, changes, comments)
        page = self._page(owner)
        if applied.conflicts:
            self._clash(story, applied, page)
            return
        if self._is_ours(page):
            self.new[page] = None
        if applied.data:
            self.new[self.book.path(owner)] = applied.data
        by_hand = [*applied.by_hand, *self._fields(owner, applied, changes)]
        for change, reason in by_hand:
            words = change.after or change.before
            self._warn("MB833", owner, f"change {change.number} ({change.kind}: “{_short(words)}”) was not merged: {reason}",
                       "make it by hand")  # fmt: skip
        made = [change for change in applied.made if change not in [c for c, _ in by_hand]]
        if made or applied.queries:
            self.names.append(owner.id)
            told = [f"{len(made)} {'change' if len(made) == 1 else 'changes'}"] if made else []
            told += (
                [f"{applied.queries} {'comment' if applied.queries == 1 else 'comments'} as queries"]
                if applied.queries
                else []
            )
            self.outcome.lines.append(f"{owner.id}: merged {' and '.join(told)}")
        if applied.done:
            self.outcome.lines.append(f"{owner.id}: {len(applied.done)} merged before")

    def _warn(self, code: str, owner: Owner, fact: str, hint: str) -> None:
        place = Place(self.book.path(owner) or owner.path or self.book.proof.build)
        self.outcome.findings.append(Finding(code, f"{owner.id}: {fact}", place, hint))

    def _page(self, owner: Owner) -> str:
        """Where the clashes of a story are shown: beside its text."""
        assert self.book.index is not None
        folder = (self.book.path(owner) or self.book.index.path).rpartition("/")[0]
        return f"{folder}/{owner.id}.review.md".lstrip("/")

    def _is_ours(self, page: str) -> bool:
        found = (self.book.folder.root / page).is_file()
        data = self.book.folder.read_bytes(page, Place(page))[0] if found else None
        return data is not None and is_clash_page(data)

    def _clash(self, story: OwnerReview, applied: Applied, page: str) -> None:
        story.state = CONFLICT
        self.outcome.conflicts[story.owner.id] = applied.conflicts
        data = clash_page(story.owner.id, self.made.proof.build, applied.conflicts)
        there = (self.book.folder.root / page).is_file()
        old = self.book.folder.read_bytes(page, Place(page))[0] if there else None
        if there and (old is None or not is_clash_page(old)):
            page = page.removesuffix(".md") + "-2.md"
        if old != data:
            self.new[page] = data
        count = len(applied.conflicts)
        fact = f"author and editor changed the same words in {count} {'place' if count == 1 else 'places'}; the story was left alone"
        hint = f"{page} shows both; change the story by hand"
        place = Place(self.book.path(story.owner) or page)
        self.outcome.findings.append(Finding("MB832", f"{story.owner.id}: {fact}", place, hint))

    # ---- the index

    def _fields(self, owner: Owner, applied: Applied, changes: Sequence[Change]) -> list[tuple[Change, str]]:
        """Put new values into the index; the changes that could not be put there."""
        refused: list[tuple[Change, str]] = []
        entry = self.book.entry(owner)
        for name, value in applied.fields.items():
            problem = self._set(owner, entry, name, value)
            if problem:
                refused += [(c, problem) for c in changes if any(e.stream == name for e in c.edits)]
        return refused

    def _set(self, owner: Owner, entry: Story | ChapterEntry | None, name: str, value: str) -> str:
        """Splice one value into the index; why not, if it cannot be."""
        assert entry is not None
        place, fields = entry.place, {name: value}
        if not value and not name.startswith("f"):
            return "it cannot be empty"
        if name == "byline":
            assert isinstance(entry, Story)
            fields = dict(self._byline(entry, value))
            place = entry.contributor.place
            if not fields:
                return "a byline is put together from name, age and place: change those in the index"
        elif name.startswith("f"):
            assert isinstance(entry, Story)
            figure, _, kind = name.partition("_")
            photo = self.book.photos(owner, entry)[figure]
            place, fields = photo.place, {kind: value}
        try:
            self.edit = self.edit or IndexEdit(self.old_index)
            self.edit.story(place, {key: int(v) if key == "age" else v for key, v in fields.items()})
        except CannotEdit as error:
            return str(error)
        return ""

    def _byline(self, story: Story, new: str) -> Mapping[str, str]:
        """The field of the contributor whose change makes this byline."""
        assert self.book.index is not None
        info = self.book.index.info
        who = story.contributor
        old = byline(who, info.byline, info.language)
        lead = next((i for i, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
        tail = 0
        while tail < min(len(old), len(new)) - lead and old[-1 - tail] == new[-1 - tail]:
            tail += 1
        for key, value in (("byline", who.byline or who.name), ("location", who.location), ("age", str(who.age or ""))):
            at = old.find(value) if value else -1
            if at < 0 or not (at <= lead and len(old) - tail <= at + len(value)):
                continue
            fresh = new[at : len(new) - (len(old) - at - len(value))]
            if key == "age" and not fresh.isdecimal():
                continue
            changed = replace(who, **{key: int(fresh) if key == "age" else fresh})  # type: ignore[arg-type]
            if fresh and byline(changed, info.byline, info.language) == new:
                return {key: fresh}
        return {}

    def files(self) -> dict[str, bytes | None]:
        """All files to change, the index among them."""
        assert self.book.index is not None
        if self.edit is not None:
            text = self.edit.result()
            problem = self._proved(self.book.index, text)
            if problem:
                fact = f"titles and captions were not changed: {problem}"
                self.outcome.findings.append(Finding("MB833", fact, Place(self.book.index.path), "change them by hand"))
            elif text != self.old_index:
                self.new[self.book.index.path] = text.encode("utf-8", "surrogateescape")
        return self.new

    def _proved(self, index: Index, text: str) -> str:
        """ "" if the new index can be read and differs in nothing but titles, names and captions."""
        from milebook.index.edit_check import EditedFolder

        new, _ = read_index(EditedFolder(self.book.folder, text))
        if new is None:
            return "the index could no longer be read"
        before, after = leaves(index), leaves(new)
        apart = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        allowed = ("title", "caption", "credit", "byline", "location", "age")
        wrong = [path for path in apart if path.rpartition("/")[2] not in allowed]
        if wrong:
            return f"{min(wrong)} would change as well"
        return proved(
            self.book.folder, index, self.old_index, text, {path: after[path] for path in apart if path in after}
        )


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"
