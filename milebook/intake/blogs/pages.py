"""A saved blog page: the post with its photos, and the comments below it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from urllib.parse import unquote

from milebook.intake.blogs.page_comments import Comment, comments
from milebook.intake.blogs.page_facts import page_facts
from milebook.intake.blogs.page_furniture import announced, is_furniture
from milebook.intake.blogs.page_post import author_of, body_of, is_outside, moment_of, title_of
from milebook.intake.blogs.posts_and_comments import call_note, count_note, missing_photo, named
from milebook.intake.charset import declared_in_html, decoded
from milebook.intake.html_text import Content, Shown, content
from milebook.intake.html_tree import parse, text_in
from milebook.intake.inputs import Input
from milebook.intake.items import OURS, PING, Found, Original, Picture
from milebook.intake.mail.picture_places import embedded
from milebook.intake.options import Options
from milebook.intake.pictures import HEAD, picture

_ONE_LINER = re.compile(r"(?i).{0,60}\b\d{1,2} min(?:ute)?s? read\b.{0,60}")


class Page(NamedTuple):
    """A page as it was saved. `picture` finds the picture behind an address of the page, where it was saved with it."""

    source: str
    address: str  # where it was, as far as the file that holds it says so
    shown: str
    name: str
    original: Original
    picture: Callable[[str], Picture | None]


def read(one: Input, options: Options) -> Iterator[Found]:
    """The post, then the comments in the order of the page. Raises TooLarge and OSError."""
    data = one.read()
    source = _text(data, options.encoding)
    original = Original(".html", hashlib.sha256(data).hexdigest(), one.path.read_bytes)

    def find(address: str) -> Picture | None:
        if address.lower().startswith("data:"):
            return embedded(address, one.path.read_bytes)
        return _saved(address, one)

    yield from items_of(Page(source, "", one.shown, one.name, original, find))


def items_of(page: Page) -> Iterator[Found]:
    """The post of a page, then its comments."""
    root = parse(page.source)
    if root is None:
        return
    listed = comments(root)
    facts = page_facts(root, page.source)
    address = facts.address or page.address or _linked_address(root, listed) or page.name
    post = Found("post", f"page:{address}", page.shown, original=page.original)
    post.published = address if address.startswith("http") else ""
    post.title = title_of(root, facts)
    post.name = author_of(root, facts)
    post.moment = moment_of(root, facts)
    post.received = post.moment[:10]
    _read_body(post, root, page)
    found = [comment for comment in listed if not comment.ping]
    pings = len(listed) - len(found)
    counted = _announced(root)
    if counted and listed:
        post.notes.append(count_note(counted, len(found), pings))
    if post.passages or post.pictures or not listed:
        yield post
    for comment in listed:
        yield _item(comment, address, page)


def _item(comment: Comment, address: str, page: Page) -> Found:
    key = f"page:{address}#comment-{comment.id}"
    item = Found("comment", key, page.shown, named(comment.name), original=page.original)
    item.moment, item.received = comment.moment, comment.moment[:10]
    item.passages = list(comment.passages)
    item.published = f"{address}#comment-{comment.id}" if address.startswith("http") else ""
    if comment.parent:
        item.answers = (f"page:{address}#comment-{comment.parent}",)
    if comment.ping:
        item.verdict, item.why = PING, "another site’s link to the post"
    elif comment.owner:
        item.verdict, item.why = OURS, "by the author of the post"
    return item


def _text(data: bytes, encoding: str) -> str:
    return decoded(data, declared_in_html(data), encoding)[0]


def _linked_address(root: Any, listed: list[Comment]) -> str:
    """The address that most of the links to the comments have."""
    idents = {f"#comment-{comment.id}" for comment in listed}
    links = Counter(
        base
        for link in root.iter("a")
        for base, mark, ident in [(link.get("href") or "").partition("#")]
        if base.startswith("http") and mark + ident in idents and "replytocom" not in base
    )
    base, count = links.most_common(1)[0] if links else ("", 0)
    return base if count * 2 >= len(idents) else ""


def _announced(root: Any) -> int:
    for element in root.iter("h1", "h2", "h3", "h4", "h5", "div", "p", "span"):
        if (
            element.tag in ("h1", "h2", "h3", "h4", "h5")
            or "comment" in f"{element.get('id')} {element.get('class')}".lower()
        ) and len(element) < 8:
            number = announced(text_in(element))
            if number:
                return number
    return 0


def _read_body(item: Found, root: Any, page: Page) -> None:
    body = body_of(root)
    if body is None:
        return
    found = _without_furniture(content(body, is_outside), item)
    item.passages = found.passages
    item.notes += call_note(item.passages)
    for image in found.images:
        _picture(item, image, page)


def _without_furniture(found: Content, item: Found) -> Content:
    """The content without its own title and the lines that themes put around a post."""
    kept, moved = [], []
    for number, one in enumerate(found.passages):
        text = one.text.strip()
        furniture = is_furniture(text) or (number < 4 and bool(_ONE_LINER.fullmatch(text)))
        if furniture or (number < 3 and item.title and text == item.title):
            moved.append(number)
            if furniture:
                item.cuts.append(text)
        else:
            kept.append(one)
    images = [
        image._replace(after=image.after - sum(1 for gone in moved if gone < image.after)) for image in found.images
    ]
    return Content(kept, images)


def _picture(item: Found, image: Shown, page: Page) -> None:
    """The largest copy of a picture that was saved with the page; a note for one that was not."""
    addresses = [address for address in dict.fromkeys((image.address, *image.larger)) if address]
    if not addresses:
        return
    copies = [found for address in addresses if (found := page.picture(address)) is not None]
    if not copies:
        if not image.address.lower().startswith("data:"):
            item.notes.append(missing_photo(image.address, image.caption, image.alt))
        return
    best = max(copies, key=lambda one: one.pixels[0] * one.pixels[1])
    best.caption = image.caption
    best.alt = "" if same_words(image.alt, image.caption) else image.alt
    best.after = image.after if image.after < len(item.passages) else None
    item.pictures.append(best)


_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")  # an address of its own, even one that cannot be right


def _saved(address: str, one: Input) -> Picture | None:
    """A picture that lies beside the page, or below it in a folder."""
    if _ELSEWHERE.match(address):
        return None
    path = one.neighbor(unquote(address.partition("?")[0].partition("#")[0].removeprefix("./")))
    if path is None:
        return None
    with path.open("rb") as handle:
        head = handle.read(HEAD)
    return picture(path.name, head, path.read_bytes)[0]


def same_words(alt: str, caption: str) -> bool:
    """Whether two lines say the same."""
    return re.sub(r"[\W_]+", "", alt.lower()) == re.sub(r"[\W_]+", "", caption.lower())
