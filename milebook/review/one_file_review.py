"""Review one returned file against its proof: every change and comment at its place, and what has no place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from milebook.review.base_paragraphs import folded, joined
from milebook.review.bold_italic import ITALIC
from milebook.review.borrowed_looks import borrow_looks
from milebook.review.changes import Change, Restyled, changes, format_change
from milebook.review.comment_places import placed
from milebook.review.comments import Comment
from milebook.review.edits import Edit, EditedParagraphs
from milebook.review.field_edits import ELSEWHERE, check, foreign_ends, retitled
from milebook.review.file_notes import kept_notes, note_passages
from milebook.review.history import history, settled
from milebook.review.moved_stories import carried_stories, moved_stories
from milebook.review.moves import moved_paragraphs, only_moved, pair_moves
from milebook.review.pictures import picture_changes
from milebook.review.placed_file import PlacedFile
from milebook.review.placing import Group, Placement, place
from milebook.review.proof_text import Proof, RecordedParagraph
from milebook.review.returned_file import Returned
from milebook.review.styling import Emphasis
from milebook.review.unmatched import NEW_STORY, Unmatched
from milebook.review.word_text import END, versions

_LABEL = re.compile(r"[^\W\d_]+[\s\u00a0]+\d+(?:[.\-]\d+)*[.:]?[\s\u00a0]+")
_OF_QUERIES = re.compile(r"Queries|Q\d+\.\d{2}\b.*|Answer:.*|_{5,}.*", re.DOTALL)
_GENERATED = ("mbq_", "mbs_")


@dataclass(slots=True)
class FileReview:
    """What one file says."""

    changes: list[Change] = field(default_factory=list)
    comments: list[tuple[Comment, str, str, Edit | None]] = field(default_factory=list)  # with owner, part, place
    unplaced: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)  # owners of which something stands in the file
    expected: set[str] = field(default_factory=set)  # owners that should stand in it


class OneFile:
    """The steps of the review of one file."""

    def __init__(self, proof: Proof, returned: Returned, number: int) -> None:
        self.number = number
        self.file = PlacedFile(proof, returned)
        self.review = FileReview()
        self.emphasis = Emphasis()
        self.restyled: list[tuple[EditedParagraphs, list[Restyled]]] = []
        self.kept_notes: dict[tuple[str, str], str] = {}  # owner and note -> id of the note in the file

    def run(self) -> FileReview:
        file = self.file
        skipped = self._skipped()
        placement = place(file.paragraphs, file.base, skipped)
        file.place(placement.groups)
        self.review.seen = file.seen
        self._expect()
        foreign = foreign_ends(file, placement.groups)
        for passage in self._passages(placement.groups):
            self._read(passage, foreign)
        self._notes()
        self._unmatched(placement, skipped)
        self._order(placement.groups)
        self.review.changes += picture_changes(file, self.review.expected, self.review.changes)
        self._formats()
        self._comments()
        self._boxes()
        for change in self.review.changes:
            change.file = self.number
        return self.review

    # ---- what is not of the book

    def _skipped(self) -> frozenset[int]:
        """Paragraphs that milebook added to the proof, and those in tables, which it never makes in a proof."""
        names = {name.lower(): set(map(folded, texts)) for name, texts in self.file.proof.generated.items()}
        generated = {text for texts in names.values() for text in texts}
        skip = set()
        for index, paragraph in enumerate(self.file.base):
            marks = [name.lower() for name, _ in paragraph.bookmarks]
            ours = next((name for name in marks if name in names or name.startswith(_GENERATED)), "")
            text, new = folded(paragraph.text), folded(paragraph.new_text)
            if paragraph.where != "body":
                skip.add(index)
                if new and paragraph.where == "table":
                    self.review.unplaced.append(f"in a table: {new}")
            elif ours or text in generated or (self._near_queries(index, skip) and _OF_QUERIES.fullmatch(text)):
                skip.add(index)
                if new not in names.get(ours, {text}):
                    self.review.unplaced.append(f"in the list that milebook added: {new}")
        return frozenset(skip)

    def _near_queries(self, index: int, skip: set[int]) -> bool:
        return index - 1 in skip or folded(self.file.base[index].text) == "Queries"

    def _boxes(self) -> None:
        new = dict.fromkeys(folded(text) for text in versions(self.file.returned.boxes, True))
        self.review.unplaced += [f"in a text box: {text}" for text in new if text]

    # ---- paragraphs that are in both

    def _expect(self) -> None:
        """Which stories the file should hold: those it has something of, and with a chapter's heading the whole chapter."""
        chapters = (
            {self.file.proof.owners[key].chapter for key in self.review.seen} if self.file.proof.by_chapter else set()
        )
        headed = {owner.chapter for key in self.review.seen if (owner := self.file.proof.owners[key]).kind == "chapter"}
        for owner in self.file.proof.owners.values():
            if owner.key in self.review.seen or owner.chapter in chapters | headed:
                self.review.expected.add(owner.key)

    def _passages(self, groups: Sequence[Group]) -> Iterable[EditedParagraphs]:
        """Groups that follow each other both in the proof and in the file, as one passage."""
        held: EditedParagraphs | None = None
        last_proof = last_file = -2
        for group in groups:
            made = self._passage(group)
            if made is None:
                continue
            follows = (
                held is not None
                and made.owner == held.owner
                and made.stream == held.stream
                and group.proof[0] == last_proof + 1
                and group.file[0] == last_file + 1
            )
            if follows and held is not None:
                shift = made.start - held.start
                moved = [s._replace(start=s.start + shift, end=s.end + shift) for s in made.stretches]
                held = held._replace(stretches=[*held.stretches, *moved], parts=(*held.parts, *made.parts))
            else:
                if held is not None:
                    yield held
                held = made
            last_proof, last_file = group.proof[-1], group.file[-1]
        if held is not None:
            yield held

    def _passage(self, group: Group) -> EditedParagraphs | None:
        ours = [self._labeled(number, group) for number in group.proof]
        first = ours[0]
        pieces = joined(self.file.base[index] for index in group.file)
        text = "".join(paragraph.text + END for paragraph in ours)
        stretches = settled(history(text, pieces), notes=self.file.proof.detailed)
        start = self.file.starts[first.owner, first.part] - first.fixed
        parts = tuple((self.file.starts[p.owner, p.part] - (p.fixed if p is first else 0), p.part) for p in ours)
        passage = EditedParagraphs(first.owner, first.stream, start, stretches, parts)
        for mark, note in kept_notes(ours, stretches).items():
            self.kept_notes.setdefault(mark, note)
        alone = len({(p.owner, p.stream) for p in ours}) == 1
        in_a_row = group.proof == list(range(group.proof[0], group.proof[-1] + 1))
        if not alone or not in_a_row:
            for change in changes(passage, self.file.note_texts):
                change.by_hand = ELSEWHERE
                self.review.changes.append(change)
            return None
        looks = self.file.looks_of(ours) if self.file.proof.detailed else None
        if first.role not in ("byline", "chapter-number"):
            found = self.emphasis.restyled(passage, looks)
            if first.stream == "title":  # that Google Docs makes bold
                found = [one for one in found if one.tracked or self.file.bookmarked or (one.old ^ one.new) == ITALIC]
            self.restyled.append((passage, found))
        return passage

    def _labeled(self, number: int, group: Group) -> RecordedParagraph:
        """A paragraph of the proof; a caption with its figure's label, which older records do not have."""
        paragraph = self.file.paragraphs[number]
        if paragraph.role == "caption" and not paragraph.fixed and len(group.proof) == 1:
            base = self.file.base[group.file[0]].text
            label = _LABEL.match(base)
            if label and not paragraph.text.startswith(label.group()):
                labeled = paragraph._replace(text=label.group() + paragraph.text, fixed=label.end())
                self.file.paragraphs[number] = labeled
                return labeled
        return paragraph

    def _read(self, passage: EditedParagraphs, foreign: set[tuple[str, str, int]]) -> None:
        found = changes(passage, self.file.note_texts)
        for change in found:
            check(self.file, foreign, change, passage)
        if passage.stream == "title":
            found = retitled(self.file.proof.owners[passage.owner].base("title"), found, passage)
        self.review.changes += found

    def _notes(self) -> None:
        """The texts of notes whose marks are kept."""
        for passage, looks in note_passages(self.file, self.kept_notes):
            self.review.changes += changes(passage, self.file.note_texts)
            self.restyled.append((passage, self.emphasis.restyled(passage, looks)))

    def _unmatched(self, placement: Placement, skipped: frozenset[int]) -> None:
        found = Unmatched(self.file, skipped)
        found.settle(placement)
        self.review.changes += found.changes
        self.review.unplaced += found.unplaced

    # ---- what stands in another place

    def _order(self, groups: Sequence[Group]) -> None:
        self.review.changes = pair_moves(carried_stories(self.file.proof, self.review.changes))
        moved = moved_paragraphs(self.file.paragraphs, self.file.starts, groups, self.file.insertion)
        self.review.changes += only_moved(moved, self.review.changes)
        self.review.changes += moved_stories(self.file.proof, self.file.paragraphs, groups)
        titles = self.file.title_styles()
        for change in self.review.changes:
            if change.kind == "insert" and change.styles & titles and not change.by_hand:
                change.by_hand = NEW_STORY

    def _formats(self) -> None:
        if self.emphasis.lost:
            borrow_looks(self.file, self.review.changes)
        for passage, found in self.restyled:
            for one in found:
                if self.emphasis.believed(one):
                    self.review.changes.append(format_change(passage, one))

    # ---- comments

    def _comments(self) -> None:
        for comment in self.file.returned.comments:
            if _own_query(comment, self.file.proof):
                continue
            self.review.comments.append(placed(self.file, comment))


def _own_query(comment: Comment, proof: Proof) -> bool:
    """A query of milebook's that nobody answered."""
    return not comment.replies and any(query and query in " ".join(comment.text.split()) for query in proof.queries)
