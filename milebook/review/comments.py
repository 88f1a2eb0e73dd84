"""Comments of a Word file: who said what about which words, in threads, and which are resolved.

Word keeps replies and "resolved" in commentsExtended.xml. Google Docs has no such part: there, a reply is a later comment on the
same words.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from milebook.review.word_text import Spot
from milebook.review.xml_names import W14, W

if TYPE_CHECKING:
    from milebook.review.word_package import WordPackage
    from milebook.review.word_reader import Reader


@dataclass(slots=True)
class Comment:
    """One comment with its replies in order. `begin` and `end` are None where the file does not say on what it is."""

    key: str
    author: str
    date: str  # as the file says it; "" for none
    text: str  # paragraphs divided by "\\n"
    begin: Spot | None = None
    end: Spot | None = None
    resolved: bool = False
    replies: list[Comment] = field(default_factory=list)


def read_comments(package: WordPackage, reader: Reader) -> list[Comment]:
    """The threads of a file, in the order of what they are about."""
    parts = package.related("comments")
    if not parts:
        return []
    comments: list[Comment] = []
    paragraph_ids: dict[str, Comment] = {}
    for element in package.xml(parts[0]).iter(f"{W}comment"):
        key = element.get(f"{W}id") or ""
        lines = []
        last = ""
        for paragraph in element.iter(f"{W}p"):
            pieces = []
            for part in paragraph.iter(f"{W}t", f"{W}br", f"{W}tab"):
                pieces.append((part.text or "") if part.tag == f"{W}t" else " ")
            lines.append("".join(pieces))
            last = paragraph.get(f"{W14}paraId") or last
        author = " ".join((element.get(f"{W}author") or "").split())
        comment = Comment(key, author, (element.get(f"{W}date") or "").strip(), "\n".join(lines))
        spots = reader.comments.get(key, [])
        if spots:
            comment.begin, comment.end = spots[0], spots[1] if len(spots) > 1 else spots[0]
        comments.append(comment)
        if last:
            paragraph_ids[last.upper()] = comment
    return _threads(comments, *_extended(package, paragraph_ids))


def _extended(package: WordPackage, by_paragraph: dict[str, Comment]) -> tuple[dict[str, Comment], bool]:
    """The parent of each reply, by key, and whether the file keeps threads at all; marks what is resolved."""
    parents: dict[str, Comment] = {}
    parts = package.related("commentsExtended")
    for element in package.xml(parts[0]) if parts else ():
        # Word 2013 began with another namespace than the one it settled on
        attributes = {name.rpartition("}")[2]: value for name, value in element.items()}
        comment = by_paragraph.get(attributes.get("paraId", "").upper())
        parent = by_paragraph.get(attributes.get("paraIdParent", "").upper())
        if comment is None:
            continue
        comment.resolved = attributes.get("done") in ("1", "true", "on")
        if parent is not None and parent is not comment:
            parents[comment.key] = parent
    return parents, bool(parts)


def _threads(comments: list[Comment], parents: dict[str, Comment], kept: bool) -> list[Comment]:
    order = {id(comment): number for number, comment in enumerate(comments)}
    tops: list[Comment] = []
    if kept:
        for comment in comments:
            top = comment
            seen = {id(top)}
            while top.key in parents and id(parents[top.key]) not in seen:
                top = parents[top.key]
                seen.add(id(top))
            (tops if top is comment else top.replies).append(comment)
    else:
        by_range: dict[object, list[Comment]] = {}
        for comment in comments:
            key = (comment.begin, comment.end) if comment.begin is not None else ("", comment.key)
            by_range.setdefault(key, []).append(comment)
        for group in by_range.values():
            group.sort(key=lambda comment: (comment.date, order[id(comment)]))
            tops.append(group[0])
            group[0].replies = group[1:]
    for top in tops:
        top.replies.sort(key=lambda comment: (comment.date, order[id(comment)]))
    return sorted(tops, key=lambda top: (top.begin or Spot(1 << 30, 0), order[id(top)]))
