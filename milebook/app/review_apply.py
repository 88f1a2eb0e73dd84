"""Put an editor's changes into the story files and the index: what to write, what to leave, and what to report."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from milebook.app.current_book import CurrentBook
from milebook.app.review_plan import MergePlan
from milebook.app.review_request import ReviewOutcome
from milebook.index import read_index
from milebook.index.edit import CannotEdit, IndexEdit
from milebook.index.edit_check import EditedFolder, leaves, proved
from milebook.model.book import Story
from milebook.model.findings import Finding, Place
from milebook.model.index import ChapterEntry, Index
from milebook.model.plurals import counted
from milebook.model.shortening import cut_short
from milebook.permissions.bylines_and_credits import byline
from milebook.review.applying import Applied
from milebook.review.changes import Change
from milebook.review.conflict_page import conflict_page, is_conflict_page
from milebook.review.proof_text import Owner
from milebook.review.whole_review import CONFLICT, MISSING, OwnerReview, Review


class Writing:
    """The files that an apply changes."""

    def __init__(self, book: CurrentBook, made: Review, outcome: ReviewOutcome) -> None:
        self.book, self.made, self.outcome = book, made, outcome
        self.new: dict[str, bytes | None] = {}
        self.index: dict[str, dict[str, object]] = {}
        self.names: list[str] = []
        data, _ = book.folder.read_bytes(book.index.path, Place(book.index.path))
        self.old_index = (data or b"").decode("utf-8", "surrogateescape")
        self.edit: IndexEdit | None = None
        self.leaves: dict[str, object] = {}

    def story(self, story: OwnerReview, plan: MergePlan) -> None:
        """Take over what the plan has for one story: what is to be written, and lines and findings about it."""
        owner = story.owner
        if not plan.asked(story):
            return
        if story.state == MISSING:
            hint = f"milebook set {owner.id} --status cut takes it out of the book" if owner.kind == "story" else ""
            self._warn(owner, "the editor deleted all of it; it was not removed", hint)
            return
        if self.book.entry(owner) is None:
            self._warn(owner, "it is not in the index any more, so its changes were not merged", "")
            return
        applied = plan.applied.get(owner.key, Applied())
        page = self._page(owner)
        if applied.conflicts:
            self._clash(story, applied, page)
            return
        if self._is_ours(page) and not plan.undecided(story):
            self.new[page] = None
        if applied.data and applied.shifted:
            self._photos(owner, applied.shifted)
        if applied.data:
            self.new[self.book.path(owner)] = applied.data
        refused = [pair for pair in plan.refused.values() if pair[0].owner == owner.key]
        by_hand = [*applied.by_hand, *refused, *self._fields(owner, applied, applied.made)]
        for change, reason in by_hand:
            words = change.after or change.before
            self._warn(owner, f"change {change.number} ({change.kind}: “{cut_short(words)}”) was not merged: {reason}",
                       "make it by hand")  # fmt: skip
        for comment in applied.beside:
            words = cut_short(comment.comment.text)
            self._warn(owner, f"the comment “{words}” on “{cut_short(comment.on)}” is not about the text, and became no query",
                       "answer it in the report, or change what it is about in the index")  # fmt: skip
        self._report(owner, applied, {change.number for change, _ in by_hand})

    def _report(self, owner: Owner, applied: Applied, by_hand: Container[int]) -> None:
        """One line for what was merged now, one for what was there already."""
        made = [change for change in applied.made if change.number not in by_hand]
        own = [change for change in made if change.owner == owner.key]
        merged = [counted(len(own), "change")] if own else []
        if len(made) > len(own):
            merged.append(f"{counted(len(made) - len(own), 'paragraph')} of another story")
        if applied.queries:
            merged.append(f"{counted(applied.queries, 'comment')} as queries")
        if merged:
            self.names.append(owner.id)
            self.outcome.lines.append(f"{owner.id}: merged {' and '.join(merged)}")
        done = sum(change.owner == owner.key for change in applied.done)
        if done:
            self.outcome.lines.append(f"{owner.id}: {counted(done, 'change')} already in the text")

    def _warn(self, owner: Owner, fact: str, hint: str) -> None:
        place = Place(self.book.path(owner) or owner.path or self.book.proof.build)
        self.outcome.findings.append(Finding("MB833", f"{owner.id}: {fact}", place, hint))

    def _page(self, owner: Owner) -> str:
        """Where the clashes of a story are shown: beside its text."""
        folder = (self.book.path(owner) or self.book.index.path).rpartition("/")[0]
        return f"{folder}/{owner.id}.review.md".lstrip("/")

    def _is_ours(self, page: str) -> bool:
        found = (self.book.folder.root / page).is_file()
        data = self.book.folder.read_bytes(page, Place(page))[0] if found else None
        return data is not None and is_conflict_page(data)

    def _clash(self, story: OwnerReview, applied: Applied, page: str) -> None:
        story.state = CONFLICT
        self.outcome.conflicts[story.owner.id] = applied.conflicts
        waiting = numbers(change.number for change in applied.waiting if change.owner == story.owner.key)
        data = conflict_page(story.owner.id, self.made.proof.build, applied.conflicts, waiting)
        there = (self.book.folder.root / page).is_file()
        old = self.book.folder.read_bytes(page, Place(page))[0] if there else None
        if there and (old is None or not is_conflict_page(old)):
            page = page.removesuffix(".md") + "-2.md"
        if old != data:
            self.new[page] = data
        count = len(applied.conflicts)
        who = "two editors" if any(conflict.by for conflict in applied.conflicts) else "author and editor"
        fact = f"{who} changed the same words in {counted(count, 'place')}; the story was left alone"
        others = f"; its other changes are merged with --apply --only {waiting}" if waiting else ""
        hint = f"{page} shows both; change the story by hand{others}"
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

    def _photos(self, owner: Owner, shifted: Mapping[int, int]) -> None:
        """Photos stay behind their paragraphs, whose numbers changed."""
        entry = self.book.entry(owner)
        for photo in entry.photos if isinstance(entry, Story) else ():
            if photo.where == "after" and photo.after in shifted:
                number = shifted[photo.after]
                try:
                    self.edit = self.edit or IndexEdit(self.old_index)
                    if number:
                        self.edit.story(photo.at("where"), {"after": number})
                    else:
                        self.edit.story(photo.place, {"place": "start"})
                except CannotEdit:
                    where = f"place: {{after: {number}}}" if number else "place: start"
                    self._warn(owner, f"the paragraph before the photo {photo.file} has another number now, or is gone",
                               f"in the index, write {where} for it (line {photo.at('where').line})")  # fmt: skip

    def _set(self, owner: Owner, entry: Story | ChapterEntry | None, name: str, value: str) -> str:
        """Splice one value into the index; why not, if it cannot be."""
        assert entry is not None
        place, fields = entry.place, {name: value}
        if not value and not name.startswith("f"):
            return f"a {owner.kind} needs a {name}"
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
        new, _ = read_index(EditedFolder(self.book.folder, text))
        if new is None:
            return "the index could no longer be read"
        before, after = leaves(index), leaves(new)
        apart = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        allowed = ("after", "where", "title", "caption", "credit", "byline", "location", "age")
        wrong = [path for path in apart if path.rpartition("/")[2] not in allowed]
        if wrong:
            return f"{min(wrong)} would change as well"
        return proved(
            self.book.folder, index, self.old_index, text, {path: after[path] for path in apart if path in after}
        )


def numbers(found: Iterable[int]) -> str:
    """Numbers as `--only` takes them: "1,4-6"."""
    made: list[list[int]] = []
    for number in sorted(set(found)):
        if made and made[-1][-1] == number - 1:
            made[-1].append(number)
        else:
            made.append([number])
    return ",".join(f"{one[0]}-{one[-1]}" if len(one) > 1 else str(one[0]) for one in made)
