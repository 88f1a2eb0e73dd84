"""A Disqus export: the comments of a site's pages, threaded, with who wrote them and when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from milebook.intake.blogs.posts_and_comments import items_in, missing_photo, named
from milebook.intake.blogs.wordpress import plain
from milebook.intake.html_text import from_html
from milebook.intake.inputs import Input
from milebook.intake.items import SKIPPED, Found, Original
from milebook.intake.options import Options
from milebook.intake.written_dates import moment_in

_NS = "{http://disqus.com}"
_ID = "{http://disqus.com/disqus-internals}id"


def read(one: Input, options: Options) -> Iterator[Found]:
    """Comments in the order of the file. Raises TooLarge and OSError."""
    return items_in(one, lambda root, original: _comments(root, original, one.shown))


def _comments(root: Any, original: Original, shown: str) -> Iterator[Found]:
    threads = {thread.get(_ID): thread for thread in root.findall(f"{_NS}thread")}
    site = _value(root.find(f"{_NS}category"), "forum") or "site"
    for post in root.findall(f"{_NS}post"):
        item = _comment(post, threads, site, shown)
        item.original = original
        yield item


def _comment(post: Any, threads: dict[Any, Any], site: str, shown: str) -> Found:
    ident = post.get(_ID) or _value(post, "id")
    item = Found("comment", f"disqus:{site}#comment-{ident}", shown)
    author = post.find(f"{_NS}author")
    item.name = named(plain(_value(author, "name") or _value(author, "username")))
    item.email = _value(author, "email")
    item.moment = moment_in(_value(post, "createdAt"))
    item.received = item.moment[:10]
    found = from_html(_value(post, "message"))
    item.passages = found.passages
    item.notes += [missing_photo(image.address, image.caption, image.alt) for image in found.images]
    mark = post.find(f"{_NS}thread")
    thread = threads.get(mark.get(_ID)) if mark is not None else None
    link = _value(thread, "link")
    item.published = f"{link}#comment-{ident}" if link else ""
    parent = post.find(f"{_NS}parent")
    if parent is not None and parent.get(_ID):
        item.answers = (f"disqus:{site}#comment-{parent.get(_ID)}",)
    if _value(post, "isSpam") == "true":
        item.verdict, item.why = SKIPPED, "a comment marked as spam"
    elif _value(post, "isDeleted") == "true":
        item.verdict, item.why = SKIPPED, "a comment that was deleted"
    return item


def _value(element: Any, name: str) -> str:
    child = element.find(f"{_NS}{name}") if element is not None else None
    return "".join(child.itertext()).strip() if child is not None else ""
