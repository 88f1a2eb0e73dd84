"""Paragraphs that are only in the proof or only in the returned file: deleted, added, or not to be placed."""

from __future__ import annotations

from collections.abc import Container

from milebook.review.base_paragraphs import BaseParagraph, folded
from milebook.review.changes import Change, readable
from milebook.review.edits import Edit, Typed, alike
from milebook.review.history import INSERTED, Stretch
from milebook.review.placed_file import PlacedFile
from milebook.review.placing import Placement
from milebook.review.word_text import END

NEW_STORY = "it has the title of a new story: save it in a file of its own, and take it in with milebook add"


class Unmatched:
    """What is left over when all that can be recognized has been placed."""

    def __init__(self, file: PlacedFile, skipped: Container[int]) -> None:
        self.file, self.skipped = file, skipped  # the paragraphs that are not of the book
        self.changes: list[Change] = []
        self.unplaced: list[str] = []

    def settle(self, placement: Placement) -> None:
        """Note them as changes, or as unplaced."""
        self._new(placement)
        self._lost(placement)

    def _new(self, placement: Placement) -> None:
        """Paragraphs that the proof did not have, where they stand between two that it had."""
        lost = set(placement.lost)
        new = set(placement.new)
        titles: set[str] = self.file.title_styles()
        headed: int | None = None  # the paragraph behind which a new story has begun
        for index, paragraph in enumerate(self.file.base):
            text = paragraph.new_text
            was = folded(paragraph.text)
            if (
                index in self.file.of_file
                or not folded(text)
                or (was and index not in new)
                or paragraph.where != "body"
            ):
                continue
            before = next((i for i in range(index - 1, -1, -1) if i in self.file.of_file), None)
            after = next((i for i in range(index + 1, len(self.file.base)) if i in self.file.of_file), None)
            if any(i in self.skipped for i in range((before or 0) + 1, index)):
                self.unplaced.append(f"in the list that milebook added: {folded(text)}")
                continue
            number = self.file.of_file[before] if before is not None else None
            behind = self.file.of_file[after] if after is not None else None
            sure = number is not None and (self.file.bookmarked or not self._gap(number, behind) & lost)
            if not sure or number is None:
                self.unplaced.append(folded(text))
                continue
            number = max(n for i, n in self.file.of_file.items() if i == before)
            self._add_paragraph(paragraph, number)
            headed = before if paragraph.style in titles else headed
            if headed is not None and headed == before:
                self.changes[-1].by_hand = NEW_STORY

    def _gap(self, number: int, behind: int | None) -> set[int]:
        return set(range(number + 1, behind if behind is not None else len(self.file.paragraphs)))

    def _add_paragraph(self, paragraph: BaseParagraph, number: int) -> None:
        pieces = [piece for piece in paragraph.pieces if piece.deleted is None]
        by = (
            next((piece.inserted for piece in pieces if piece.inserted is not None), None)
            if not paragraph.text
            else None
        )
        typed = [Typed(p.text, p.look, self.file.note_texts.get(p.note, "")) for p in pieces[:-1] if p.text] + [
            Typed(END)
        ]
        ahead = self.file.paragraphs[number].stream == "text"
        edit = self.file.insertion(number, typed)._replace(like=self._like(paragraph), ahead=ahead)
        part = self.file.paragraphs[number].part
        stretches = [Stretch(INSERTED, p.text, 0, 0, note=p.note) for p in pieces]
        after = readable("".join(p.text for p in pieces), self.file.note_texts, stretches)
        self.changes.append(
            Change(edit.owner, part, by.author if by else "", by.date if by else "", by is not None, "insert", "", after,
                   [edit], whole=True)
        )  # fmt: skip

    def _like(self, paragraph: BaseParagraph) -> str:
        """Which of the paragraphs around it a new one looks like."""
        index = next(i for i, other in enumerate(self.file.base) if other is paragraph)
        before = self.file.base[index - 1].style if index else ""
        behind = self.file.base[index + 1].style if index + 1 < len(self.file.base) else ""
        return alike(paragraph.style, before, behind)

    def _lost(self, placement: Placement) -> None:
        """Paragraphs of expected stories that are not in the file: deleted without recording."""
        for number in placement.lost:
            paragraph = self.file.paragraphs[number]
            owner = self.file.proof.owners[paragraph.owner]
            if (
                paragraph.owner not in self.file.seen
                or paragraph.stream in ("number", "end")
                or paragraph.role == "note"
            ):
                continue
            if not self._certain(number):
                self.unplaced.append(f"{owner.id} {paragraph.part} is not in the file: {readable(paragraph.text)}")
                continue
            start = self.file.starts[paragraph.owner, paragraph.part]
            size = len(paragraph.text) - paragraph.fixed + (paragraph.stream == "text")
            edit = Edit(paragraph.owner, paragraph.stream, start, start + size)
            words = readable(paragraph.text[paragraph.fixed :])
            change = Change(paragraph.owner, paragraph.part, "", "", False, "delete", words, "", [edit], whole=True)
            if paragraph.stream in ("title", "byline"):
                change.by_hand = "a story needs it"
            self.changes.append(change)

    def _certain(self, number: int) -> bool:
        """Whether a paragraph that was not found is gone for certain, and not one that could not be recognized."""
        if self.file.bookmarked:
            return True
        back = {n: i for i, n in self.file.of_file.items()}
        before = max((n for n in back if n < number), default=None)
        after = min((n for n in back if n > number), default=None)
        first = back[before] if before is not None else -1
        last = back[after] if after is not None else len(self.file.base)
        return not any(i not in self.file.of_file and folded(self.file.base[i].text) for i in range(first + 1, last))
