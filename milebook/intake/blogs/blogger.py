"""A Blogger backup: an Atom feed whose entries are posts, pages and comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from milebook.intake.blogs.posts_and_comments import items_in, missing_photo, named
from milebook.intake.blogs.wordpress import plain, site_of
from milebook.intake.html_text import from_html
from milebook.intake.inputs import Input
from milebook.intake.items import OURS, SKIPPED, Found, Original
from milebook.intake.options import Options
from milebook.intake.written_dates import moment_in

_ATOM = "{http://www.w3.org/2005/Atom}"
_KIND = re.compile(r"#(post|comment|page|settings|template)$")
_NOREPLY = re.compile(r"(?i)noreply@blogger\.com")


def read(one: Input, options: Options) -> Iterator[Found]:
    """Posts and comments in the order of the file. Raises TooLarge and OSError."""
    return items_in(one, lambda root, original: _items(root, original, one.shown))


def _items(root: Any, original: Original, shown: str) -> Iterator[Found]:
    site = _site(root)
    authors: set[str] = set()
    for entry in root.iter(_ATOM + "entry"):
        kind = next((m[1] for c in entry.iter(_ATOM + "category") if (m := _KIND.search(c.get("term") or ""))), "")
        if kind not in ("post", "comment", "page"):
            continue
        item = _item(entry, kind, site, shown)
        item.original = original
        if kind == "page":
            item.verdict, item.why = SKIPPED, "a page of the site, not a post"
        elif any(
            (draft.text or "").strip() == "yes"
            for draft in entry.iter("{http://www.w3.org/2007/app}draft", "{http://purl.org/atom/app#}draft")
        ):
            item.verdict, item.why = SKIPPED, "a draft"
        elif kind == "post":
            authors.add(item.name)
        elif item.name and item.name in authors:
            item.verdict, item.why = OURS, "by somebody of the blog"
        yield item


def _item(entry: Any, kind: str, site: str, shown: str) -> Found:
    ident = _number(_value(entry, "id"))
    mark = "comment" if kind == "comment" else "post"
    item = Found(mark, f"blogger:{site}#{mark}-{ident}", shown)
    author = entry.find(_ATOM + "author")
    item.name = plain(_value(author, "name")) if author is not None else ""
    email = _value(author, "email") if author is not None else ""
    item.email = "" if _NOREPLY.search(email) else email
    item.name = named(item.name)
    item.moment = moment_in(_value(entry, "published"))
    item.received = item.moment[:10]
    item.title = plain(_value(entry, "title")) if kind != "comment" else ""
    found = from_html(_value(entry, "content") or _value(entry, "summary"))
    item.passages = found.passages
    item.notes += [missing_photo(image.address, image.caption, image.alt) for image in found.images]
    item.published = next(
        (link.get("href") or "" for link in entry.iter(_ATOM + "link") if link.get("rel") == "alternate"), ""
    )
    related = next((link.get("href") or "" for link in entry.iter(_ATOM + "link") if link.get("rel") == "related"), "")
    if related and kind == "comment":  # the comment that it answers
        item.answers = (f"blogger:{site}#comment-{_number(related)}",)
    return item


def _site(root: Any) -> str:
    links = [link.get("href") or "" for link in root.findall(_ATOM + "link") if link.get("rel") == "alternate"]
    return site_of(links[0]) if links else _number(_value(root, "id"))


def _number(ident: str) -> str:
    found = re.findall(r"\d{3,}", ident)
    return found[-1] if found else re.sub(r"\s+", "-", ident.strip())[:60]


def _value(element: Any, name: str) -> str:
    child = element.find(_ATOM + name)
    return "".join(child.itertext()).strip() if child is not None else ""
