"""Where a comment belongs: the story and paragraph, the words it is about, and the place in the text for a query."""

from __future__ import annotations

from collections.abc import Sequence

from milebook.review.changes import readable
from milebook.review.comments import Comment
from milebook.review.edits import Edit
from milebook.review.placed_file import PlacedFile
from milebook.review.word_diff import differences
from milebook.review.word_text import END, Spot, WordParagraph, shown


def placed(file: PlacedFile, comment: Comment) -> tuple[Comment, str, str, Edit | None]:
    """The comment with the key of its owner ("" for none), the part, and an empty edit where a query would go."""
    if comment.begin is None or comment.end is None:
        return comment, "", "", None
    index = next((i for i, p in enumerate(file.base) if comment.begin.paragraph in p.spans), None)
    if index is None:
        return comment, "", "", None
    last = next((i for i, p in enumerate(file.base) if comment.end.paragraph in p.spans), index)
    here = last if last in file.of_file else index
    near = next((i for i in range(here, -1, -1) if i in file.of_file), None)
    if near is None:
        near = next((i for i in range(here, len(file.base)) if i in file.of_file), None)
    if near is None:
        return comment, "", "", None
    paragraph = file.paragraphs[file.of_file[near]]
    if near != here or paragraph.stream in ("number", "end"):
        return comment, paragraph.owner, paragraph.part, None
    base = file.base[here]
    spot = comment.end if comment.end.paragraph in base.spans else comment.begin
    offset = _base_offset(file, here, spot)
    text = paragraph.text
    if text != base.text:
        offset = _in_proof(text, base.text, offset)
    at = file.starts[paragraph.owner, paragraph.part] + max(0, min(offset, len(text)) - paragraph.fixed)
    return comment, paragraph.owner, paragraph.part, Edit(paragraph.owner, paragraph.stream, at, at)


def words_on(body: Sequence[WordParagraph], comment: Comment) -> str:
    """The words that a comment is about, as they stand after all changes; before them, if none are left."""
    if comment.begin is None or comment.end is None:
        return ""
    for new in (True, False):
        pieces: list[str] = []
        for number in range(comment.begin.paragraph, comment.end.paragraph + 1):
            if number >= len(body):
                break
            paragraph = body[number]
            first = comment.begin.offset if number == comment.begin.paragraph else 0
            last = comment.end.offset if number == comment.end.paragraph else len(paragraph.text)
            at = 0
            for piece in paragraph.pieces:
                if shown(piece, new):
                    pieces.append(piece.text[max(0, first - at) : max(0, last - at)])
                at += len(piece.text)
            pieces.append(END)
        text = readable("".join(pieces))
        if text:
            return text
    return ""


def _base_offset(file: PlacedFile, index: int, spot: Spot) -> int:
    """How many characters of the base paragraph stand before a spot."""
    base = file.base[index]
    wanted = base.spans[spot.paragraph] + spot.offset
    at = count = 0
    for piece in base.pieces:
        inside = max(0, min(len(piece.text), wanted - at))
        at += len(piece.text)
        if piece.inserted is None:
            count += inside
    return count


def _in_proof(proof: str, base: str, offset: int) -> int:
    behind = 0
    for one in differences(proof, base):
        if one.new_end <= offset:
            behind = one.old_end - one.new_end
        elif one.new_start <= offset:
            return one.old_end
    return offset + behind
