"""A returned file beside its proof: which of its paragraphs are which of the proof."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from milebook.review.base_paragraphs import base_paragraphs
from milebook.review.changes import readable
from milebook.review.edits import Edit, Typed
from milebook.review.placing import Group
from milebook.review.proof_text import Proof, RecordedParagraph
from milebook.review.returned_file import Returned
from milebook.review.styling import UNKNOWN
from milebook.review.word_text import versions


class PlacedFile:
    """`base` are the file's paragraphs without its recorded changes, `paragraphs` those of the proof, `starts` where each of
    them begins in its story's text.
    """

    def __init__(self, proof: Proof, returned: Returned) -> None:
        self.proof, self.returned = proof, returned
        self.base = base_paragraphs(returned.body)
        self.note_texts = {
            key: " ".join(readable(text).strip() for text in versions(paragraphs, True) if text.strip())
            for key, paragraphs in returned.notes.items()
        }
        self.starts = proof.starts()
        self.paragraphs = list(proof.paragraphs)
        self.of_file: dict[int, int] = {}  # paragraph of the file -> first paragraph of the proof that it is
        self.seen: set[str] = set()  # owners of which something stands in the file
        self.bookmarked = False  # whether a bookmark of the proof is left in it

    def place(self, groups: Iterable[Group]) -> None:
        """Note which paragraphs of the file and of the proof are the same."""
        for group in groups:
            for index in group.file:
                self.of_file[index] = group.proof[0]
            self.seen |= {self.paragraphs[number].owner for number in group.proof}
        known = {paragraph.bookmark.lower() for paragraph in self.paragraphs if paragraph.bookmark}
        self.bookmarked = any(name.lower() in known for p in self.base for name, _ in p.bookmarks)

    def title_styles(self) -> set[str]:
        """The styles of the titles of stories, by their ids in the file."""
        return {
            self.base[index].style
            for index, number in self.of_file.items()
            if self.paragraphs[number].stream == "title" and self.paragraphs[number].owner.startswith("story:")
        }

    def looks_of(self, ours: Iterable[RecordedParagraph]) -> list[int]:
        """The look of each letter of these paragraphs in the proof."""
        looks: list[int] = []
        for paragraph in ours:
            here = [0] * (len(paragraph.text) + 1)
            here[: paragraph.fixed] = [UNKNOWN] * paragraph.fixed
            for begin, end, look in paragraph.looks:
                here[begin:end] = [look] * (end - begin)
            looks += here
        return looks

    def insertion(self, number: int, typed: Sequence[Typed]) -> Edit:
        """New paragraphs in the text of an owner, behind the paragraph of the proof with this number."""
        owner = self.proof.owners[self.paragraphs[number].owner]
        at = 0
        for paragraph in self.paragraphs[: number + 1]:
            if paragraph.owner == owner.key and paragraph.stream == "text":
                at = self.starts[paragraph.owner, paragraph.part] + len(paragraph.text) + 1
        return Edit(owner.key, "text", at, at, tuple(one for one in typed if one.text))
