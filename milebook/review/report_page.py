"""The report of a review as one HTML page: every changed paragraph with what went and what came, and the comments beside it."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from milebook.review.base_paragraphs import same_signs
from milebook.review.between_stories import into
from milebook.review.changes import Change
from milebook.review.edits import Edit
from milebook.review.whole_review import OwnerReview, PlacedComment, Review, iso
from milebook.review.word_text import END, NOTE

STYLE = """
:root { color-scheme: light dark; --ins: #0b6b2f; --del: #a4161a; --line: #8884; --soft: #8882; }
body { font: 1rem/1.5 Georgia, "Times New Roman", serif; margin: 2rem auto; max-width: 62rem; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.2rem; border-top: 1px solid var(--line); padding-top: 1rem; margin-top: 2rem; }
.row { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 1fr); gap: 1.5rem; margin: .8rem 0; }
@media (max-width: 45rem) { .row { grid-template-columns: 1fr; } }
ins { color: var(--ins); text-decoration: underline; } del { color: var(--del); }
@media (prefers-color-scheme: dark) { :root { --ins: #7ddc9a; --del: #ff9a9a; } }
.part, .who { font: .8rem/1.4 system-ui, sans-serif; opacity: .8; }
.notes p { margin: 0 0 .5rem; font: .85rem/1.4 system-ui, sans-serif; }
.comment { border-left: 3px solid var(--line); padding-left: .6rem; } .state { font-weight: bold; }
mark { background: var(--soft); color: inherit; }
"""


def review_page(review: Review) -> bytes:
    """The page in UTF-8. Every word in it from a file is escaped; it has no scripts and asks no network."""
    title = f"Review of build {review.proof.build}"
    made = [
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main>",
        f"<h1>{escape(title)}</h1><p>{escape(review.proof.title)} · {escape(', '.join(review.files))}</p>",
    ]
    quiet = [
        story for story in review.stories if not story.changes and not story.comments and story.state == "unchanged"
    ]
    for story in review.stories:
        if story not in quiet:
            made += _story(story, review)
    if review.unplaced:
        made.append("<h2>Could not be placed</h2><ul>")
        made += [f"<li>{words(text)}</li>" for text in review.unplaced]
        made.append("</ul>")
    made.append(f"<h2>Unchanged</h2><p>{escape(', '.join(story.owner.id for story in quiet)) or 'none'}</p>")
    made.append("</main></body></html>\n")
    return "\n".join(made).encode("utf-8", "replace")


def _story(story: OwnerReview, review: Review) -> Iterator[str]:
    title = story.owner.base("title").strip(END) or story.owner.id
    yield f"<h2>{words(title)} <span class='part'>{escape(story.owner.id)}</span></h2>"
    if story.state not in ("changed", "unchanged"):
        yield f"<p class='state'>{escape(story.state)}</p>"
    parts = list(
        dict.fromkeys([*(change.part for change in story.changes), *(placed.part for placed in story.comments)])
    )
    order = {p.part: number for number, p in enumerate(review.proof.paragraphs) if p.owner == story.owner.key}
    for part in sorted(parts, key=lambda part: order.get(part, 0)):
        changes = [change for change in story.changes if change.part == part]
        comments = [placed for placed in story.comments if placed.part == part]
        yield "<div class='row'><div>"
        yield f"<div class='part'>{escape(part)}</div><p>{_marked(story, part, changes)}</p></div><div class='notes'>"
        yield from (_note(change, review) for change in changes)
        yield from map(_comment, comments)
        yield "</div></div>"


def _marked(story: OwnerReview, part: str, changes: list[Change]) -> str:
    """The paragraph of the proof with what went and what came."""
    paragraph = next((p for ps in story.owner.streams.values() for p in ps if p.part == part), None)
    if paragraph is None:
        return ""
    start = 0
    for other in story.owner.streams[paragraph.stream]:
        if other is paragraph:
            break
        start += len(other.text) - other.fixed + 1
    text = paragraph.text[paragraph.fixed :]
    edits = sorted(
        (
            e
            for c in changes
            for e in c.edits
            if (e.owner, e.stream) == (paragraph.owner, paragraph.stream) and start <= e.start <= start + len(text) + 1
        ),
        key=lambda edit: (edit.start, edit.end),
    )
    made = [words(paragraph.text[: paragraph.fixed])]
    at = 0
    for edit in edits:
        first, last = max(at, edit.start - start), max(at, min(len(text), edit.end - start))
        made.append(words(text[at:first]))
        made.append(_edited(edit, text[first:last]))
        at = last
    made.append(words(text[at:]))
    return "".join(made)


def _edited(edit: Edit, old: str) -> str:
    if edit.look is not None:
        return f"<mark>{words(old)}</mark>"
    new = "".join(one.text for one in edit.typed)
    gone = f"<del>{words(old)}</del>" if old.strip(END) else ""
    come = f"<ins>{words(new)}</ins>" if new else ""
    return gone + come


def _note(change: Change, review: Review) -> str:
    who = change.author or ("no name" if change.tracked else "changed without tracking")
    where = f" · {escape(review.files[change.file])}" if len(review.files) > 1 else ""
    goes = f"; goes into {escape(review.proof.owners[into(change)].id)}" if into(change) else ""
    by_hand = f"<br>to be made by hand: {escape(change.by_hand)}" if change.by_hand else ""
    what = (
        f"{words(change.before)} → {words(change.after)}"
        if change.before and change.after and change.kind != "move"
        else words(change.before or change.after)
    )
    return f"<p><b>{change.number}. {escape(change.kind)}</b> {what}<br><span class='who'>{words(who)} {escape(iso(change.date)[:10])}{where}{goes}{by_hand}</span></p>"


def _comment(placed: PlacedComment) -> str:
    comment = placed.comment
    state = " (resolved)" if comment.resolved else ""
    made = [
        f"<div class='comment'><p><b>{words(comment.author)}</b>{state} on “{words(placed.on)}”: {words(comment.text)}</p>"
    ]
    made += [f"<p><b>{words(reply.author)}</b>: {words(reply.text)}</p>" for reply in comment.replies]
    return "".join(made) + "</div>"


def words(text: str) -> str:
    """Text from a file, escaped; signs that turn the direction of writing and others that cannot be seen are taken out."""
    plain = "".join(sign for sign in text if sign.isprintable() or sign in "\n\u2029\ufffc ")
    return escape(plain.replace(NOTE, "*").replace(END, " ¶ ")) if same_signs(text) else ""
