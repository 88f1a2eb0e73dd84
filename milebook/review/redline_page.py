"""A redline as an HTML page: the changed paragraphs, with what went struck out and what came underlined."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from milebook.review.redline import DELETED, INSERTED, KEPT, MOVED_FROM, MOVED_TO, Redline, RedParagraph
from milebook.review.report_page import STYLE, words

_TAGS = {INSERTED: "ins", DELETED: "del", MOVED_FROM: "del", MOVED_TO: "ins"}
_HEADINGS = ("chapter-title", "story-title")


def redline_page(made: Redline, title: str) -> bytes:
    """The page in UTF-8. It has no scripts and asks no network."""
    lines = [
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><main><h1>{escape(title)}</h1>",
    ]
    if made.remarks:
        lines += ["<ul>", *(f"<li>{words(remark)}</li>" for remark in made.remarks), "</ul>"]
    lines += _paragraphs(made)
    lines.append("</main></body></html>\n")
    return "\n".join(lines).encode("utf-8", "replace")


def _paragraphs(made: Redline) -> Iterator[str]:
    heading: RedParagraph | None = None
    left_out = False
    for paragraph in made.paragraphs:
        if paragraph.role in _HEADINGS:
            heading, left_out = paragraph, False
        if not paragraph.changed:
            left_out = True
            continue
        if heading is not None and heading is not paragraph:
            yield f"<h2>{_words(heading)}</h2>"
        if left_out and paragraph.role not in _HEADINGS:
            yield "<p class='part'>…</p>"
        heading, left_out = None, False
        yield from (f"<p class='part'><mark>{words(remark)}</mark></p>" for remark in paragraph.remarks)
        yield f"<h2>{_words(paragraph)}</h2>" if paragraph.role in _HEADINGS else f"<p>{_words(paragraph)}</p>"


def _words(paragraph: RedParagraph) -> str:
    made = []
    for run in paragraph.runs:
        text = words(run.text).replace("\n", "<br>")
        if run.fate == KEPT:
            made.append(f"<mark>{text}</mark>" if run.look != run.old_look else text)
        else:
            made.append(f"<{_TAGS[run.fate]}>{text}</{_TAGS[run.fate]}>")
    if paragraph.end != KEPT:
        made.append(f"<{_TAGS[paragraph.end]}> ¶</{_TAGS[paragraph.end]}>")
    return "".join(made)
