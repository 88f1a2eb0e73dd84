"""Review one returned file against its proof: every change and comment at its place, and what has no place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from milebook.review.base_paragraphs import base_paragraphs, folded, joined
from milebook.review.bold_italic import ITALIC
from milebook.review.borrowed_looks import borrow_looks
from milebook.review.changes import Change, Restyled, changes, format_change, readable
from milebook.review.comments import Comment
from milebook.review.edits import Edit, Passage, Typed
from milebook.review.field_edits import ELSEWHERE, check, foreign_ends, retitled
from milebook.review.file_notes import kept_notes, note_changes
from milebook.review.history import history, settled
from milebook.review.pictures import picture_changes
from milebook.review.placing import Group, Placement, place
from milebook.review.proof_text import Proof, ProofParagraph
from milebook.review.returned_file import Returned
from milebook.review.styling import UNKNOWN, Emphasis
from milebook.review.word_text import END, versions

_LABEL = re.compile(r"[^\W\d_]+[\s\u00a0]+\d+(?:[.\-]\d+)*[.:]?[\s\u00a0]+")
_OF_QUERIES = re.compile(r"Queries|Q\d+\.\d{2}\b.*|Answer:.*|_{5,}.*", re.DOTALL)
_GENERATED = ("mbq_", "mbs_")


@dataclass(slots=True)
class FileReview:
    """What one file says. `spots` leads from a paragraph of the file to its owner, stream, part, and a map into the stream."""

    changes: list[Change] = field(default_factory=list)
    comments: list[tuple[Comment, str, str, Edit | None]] = field(default_factory=list)  # with owner, part, place
    unplaced: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)  # owners of which something stands in the file
    expected: set[str] = field(default_factory=set)  # owners that should stand in it


class OneFile:
    """The steps of the review of one file."""

    def __init__(self, proof: Proof, returned: Returned, number: int) -> None:
        self.proof, self.returned, self.number = proof, returned, number
        self.base = base_paragraphs(returned.body)
        self.note_texts = {
            key: " ".join(readable(text).strip() for text in versions(paragraphs, True) if text.strip())
            for key, paragraphs in returned.notes.items()
        }
        self.review = FileReview()
        self.emphasis = Emphasis()
        self.restyled: list[tuple[Passage, list[Restyled]]] = []
        self.starts = proof.starts()
        self.paragraphs = list(proof.paragraphs)
        self.of_file: dict[int, int] = {}  # paragraph of the file -> first paragraph of the proof that it is
        self.bookmarked = False
        self.foreign_ends = set[tuple[str, str, int]]()
        self.kept_notes: dict[tuple[str, str], str] = {}  # owner and note -> id of the note in the file

    def run(self) -> FileReview:
        skip = self._skipped()
        placement = place(self.paragraphs, self.base, skip)
        for group in placement.groups:
            for index in group.file:
                self.of_file[index] = group.proof[0]
            for number in group.proof:
                self.review.seen.add(self.paragraphs[number].owner)
        known = {paragraph.bookmark.lower() for paragraph in self.paragraphs if paragraph.bookmark}
        self.bookmarked = any(name.lower() in known for p in self.base for name, _ in p.bookmarks)
        self._expect()
        self.foreign_ends = foreign_ends(self, placement.groups)
        for passage in self._passages(placement.groups):
            self._read(passage)
        note_changes(self)
        self._unmatched(placement)
        self._order(placement.groups)
        self.review.changes += picture_changes(self)
        self._formats()
        self._comments()
        self._boxes()
        for change in self.review.changes:
            change.file = self.number
        return self.review

    # ---- what is not of the book

    def _skipped(self) -> frozenset[int]:
        """Paragraphs that milebook added to the proof, and those in tables, which it never makes in a proof."""
        generated = {folded(text) for text in self.proof.generated.values()}
        names = {name.lower(): text for name, text in self.proof.generated.items()}
        skip = set()
        for index, paragraph in enumerate(self.base):
            marks = [name.lower() for name, _ in paragraph.bookmarks]
            ours = next((name for name in marks if name in names or name.startswith(_GENERATED)), "")
            text, new = folded(paragraph.text), folded(paragraph.new_text)
            if paragraph.where != "body":
                skip.add(index)
                if new and paragraph.where == "table":
                    self.review.unplaced.append(f"in a table: {new}")
            elif ours or text in generated or (self._near_queries(index, skip) and _OF_QUERIES.fullmatch(text)):
                skip.add(index)
                wanted = folded(names.get(ours, text)) if ours else text
                if new != wanted:
                    self.review.unplaced.append(f"in the list that milebook added: {new}")
        return frozenset(skip)

    def _near_queries(self, index: int, skip: set[int]) -> bool:
        return index - 1 in skip or folded(self.base[index].text) == "Queries"

    def _boxes(self) -> None:
        new = dict.fromkeys(folded(text) for text in versions(self.returned.boxes, True))
        self.review.unplaced += [f"in a text box: {text}" for text in new if text]

    # ---- paragraphs that are in both

    def _expect(self) -> None:
        """Which stories the file should hold: those it has something of, and with a chapter's heading the whole chapter."""
        chapters = {self.proof.owners[key].chapter for key in self.review.seen} if self.proof.by_chapter else set()
        headed = {owner.chapter for key in self.review.seen if (owner := self.proof.owners[key]).kind == "chapter"}
        for owner in self.proof.owners.values():
            if owner.key in self.review.seen or owner.chapter in chapters | headed:
                self.review.expected.add(owner.key)

    def _passages(self, groups: Sequence[Group]) -> Iterable[Passage]:
        """Groups that follow each other both in the proof and in the file, as one passage."""
        held: Passage | None = None
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

    def _passage(self, group: Group) -> Passage | None:
        ours = [self._labelled(number, group) for number in group.proof]
        first = ours[0]
        pieces = joined(self.base[index] for index in group.file)
        text = "".join(paragraph.text + END for paragraph in ours)
        stretches = settled(history(text, pieces), notes=self.proof.detailed)
        start = self.starts[first.owner, first.part] - first.fixed
        parts = tuple((self.starts[p.owner, p.part] - (p.fixed if p is first else 0), p.part) for p in ours)
        passage = Passage(first.owner, first.stream, start, stretches, parts)
        kept_notes(self, ours, stretches)
        alone = len({(p.owner, p.stream) for p in ours}) == 1
        in_a_row = group.proof == list(range(group.proof[0], group.proof[-1] + 1))
        if not alone or not in_a_row:
            for change in changes(passage, self.note_texts):
                change.by_hand = ELSEWHERE
                self.review.changes.append(change)
            return None
        looks = self.looks_of(ours) if self.proof.detailed else None
        if first.role not in ("byline", "chapter-number"):
            found = self.emphasis.restyled(passage, looks)
            if first.stream == "title":  # that Google Docs makes bold
                found = [one for one in found if one.tracked or self.bookmarked or (one.old ^ one.new) == ITALIC]
            self.restyled.append((passage, found))
        return passage

    def _labelled(self, number: int, group: Group) -> ProofParagraph:
        """A paragraph of the proof; a caption with its figure's label, which older records do not have."""
        paragraph = self.paragraphs[number]
        if paragraph.role == "caption" and not paragraph.fixed and len(group.proof) == 1:
            base = self.base[group.file[0]].text
            label = _LABEL.match(base)
            if label and not paragraph.text.startswith(label.group()):
                labeled = paragraph._replace(text=label.group() + paragraph.text, fixed=label.end())
                self.paragraphs[number] = labeled
                return labeled
        return paragraph

    def looks_of(self, ours: Iterable[ProofParagraph]) -> list[int]:
        looks: list[int] = []
        for paragraph in ours:
            here = [0] * (len(paragraph.text) + 1)
            here[: paragraph.fixed] = [UNKNOWN] * paragraph.fixed
            for begin, end, look in paragraph.looks:
                here[begin:end] = [look] * (end - begin)
            looks += here
        return looks

    def _read(self, passage: Passage) -> None:
        found = changes(passage, self.note_texts)
        for change in found:
            check(self, change, passage)
        if passage.stream == "title":
            found = retitled(self, found, passage)
        self.review.changes += found

    def insertion(self, number: int, typed: Iterable[Typed]) -> Edit:
        """New paragraphs in the text of an owner, behind the paragraph of the proof with this number."""
        owner = self.proof.owners[self.paragraphs[number].owner]
        at = 0
        for paragraph in self.paragraphs[: number + 1]:
            if paragraph.owner == owner.key and paragraph.stream == "text":
                at = self.starts[paragraph.owner, paragraph.part] + len(paragraph.text) + 1
        return Edit(owner.key, "text", at, at, tuple(one for one in typed if one.text))

    def _unmatched(self, placement: Placement) -> None:
        from milebook.review.unmatched import Unmatched

        Unmatched(self).settle(placement)

    # ---- what stands in another place

    def _order(self, groups: Sequence[Group]) -> None:
        from milebook.review.moves import moved_paragraphs, moved_stories, only_moved, pair_moves

        self.review.changes = pair_moves(self.review.changes)
        moved = moved_paragraphs(self.paragraphs, self.starts, groups, self.insertion)
        self.review.changes += only_moved(moved, self.review.changes)
        self.review.changes += moved_stories(self.proof, self.paragraphs, groups)

    def _formats(self) -> None:
        if self.emphasis.lost:
            borrow_looks(self)
        for passage, found in self.restyled:
            for one in found:
                if self.emphasis.believed(one):
                    self.review.changes.append(format_change(passage, one))

    # ---- comments

    def _comments(self) -> None:
        from milebook.review.comment_places import placed

        for comment in self.returned.comments:
            if _own_query(comment, self.proof):
                continue
            self.review.comments.append(placed(self, comment))


def _own_query(comment: Comment, proof: Proof) -> bool:
    """A query of milebook's that nobody answered."""
    return not comment.replies and any(query and query in " ".join(comment.text.split()) for query in proof.queries)
