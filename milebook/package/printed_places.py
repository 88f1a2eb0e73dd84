"""Where the things that the logs speak of stand in the print proof: photos, words of others, whole stories."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from milebook.compose.texts import figure_anchor, paragraph_anchor
from milebook.model.book import Book
from milebook.permissions import Art, PermissionItem
from milebook.permissions.undeclared_quotes import first_block
from milebook.writers import Written


def printed_pages(book: Book, items: Iterable[PermissionItem], pages: Mapping[str, str]) -> dict[str, str]:
    """The page of each story (by its id) and of each item that stands elsewhere than where its story begins.

    `pages` maps an anchor to the page label of the print proof. A photo, and whoever is shown in it, is on the photo's own
    page; words of others are on the page where their paragraph begins.
    """
    found = {story.id: pages.get(f"story-{story.id}", "") for story in book.stories}
    figures = figure_anchors(book)
    for item in items:
        own = pages.get(figures.get(item.figure, "") or _anchor_of_words(item), "")
        found[item.item] = own or pages.get(f"text-{item.subject.matter.id}" if item.subject.matter else "", "")
    return {key: f"print proof {page}" for key, page in found.items() if page}


def figure_anchors(book: Book) -> dict[str, str]:
    """The anchor of every printed photo in a Draft of the book, by the figure's number."""
    return {
        photo.number: figure_anchor(f"mb_{story.id}", order)
        for story in book.stories
        for order, photo in enumerate((photo for photo in story.photos if photo.path), 1)
    }


def with_printed_widths(book: Book, art: Mapping[str, Art], proof: Written) -> dict[str, Art]:
    """What is known of each figure, and how wide the print proof has it."""
    widths: Mapping[str, float] = proof.facts.get("widths") or {}  # type: ignore[assignment]
    anchors = figure_anchors(book)
    return {key: one._replace(inches=widths.get(anchors.get(key, ""), 0.0) / 72) for key, one in art.items()}


def _anchor_of_words(item: PermissionItem) -> str:
    """The anchor of the paragraph in which words of others begin; "" for anything else, and where they are not found."""
    subject, quote = item.subject, item.need.quote
    if quote is None:
        return ""
    if subject.story is not None:
        prefix, text = f"mb_{subject.story.id}", subject.story.text
    elif subject.matter is not None:
        prefix, text = f"mbm_{subject.matter.id}", subject.matter.text
    else:
        return ""
    at = first_block(quote, text)
    return paragraph_anchor(prefix, at) if at >= 0 else ""
