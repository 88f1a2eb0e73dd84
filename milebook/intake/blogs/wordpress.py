"""A WordPress export: its posts and their comments, threaded, with who wrote them and when."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from milebook.intake.blogs.posts_and_comments import call_note, items_in, missing_photo
from milebook.intake.blogs.wordpress_html import content_of
from milebook.intake.html_text import Shown
from milebook.intake.inputs import Input
from milebook.intake.items import OURS, PING, SKIPPED, Found, Original
from milebook.intake.options import Options
from milebook.intake.written_dates import moment_in

_LINKS = ("pingback", "trackback", "webmention", "mention", "like", "repost", "bookmark")
_TECHNICAL = (
    "attachment", "nav_menu_item", "revision", "custom_css", "customize_changeset", "oembed_cache", "user_request", "feedback", "elementor_library", "acf-field",
    "acf-field-group",
)  # fmt: skip
_STATES = {
    "draft": "a draft", "auto-draft": "a draft", "private": "a private post", "future": "a post that has not appeared yet",
    "pending": "a post that is waiting for review", "trash": "a post in the trash",
}  # fmt: skip


def read(one: Input, options: Options) -> Iterator[Found]:
    """Posts and comments in the order of the file. Raises TooLarge and OSError."""
    return items_in(one, lambda root, original: _Export(root, one.shown, original).items())


class _Export:
    """One export: who writes there, and where it is."""

    def __init__(self, root: Any, shown: str, original: Original) -> None:
        self.root, self.shown, self.original = root, shown, original
        channel = next((element for element in root.iter() if _name(element) == "channel"), root)
        self.site = site_of(
            _value(channel, "wp:base_blog_url") or _value(channel, "wp:base_site_url") or _value(channel, "link")
        )
        self.authors: dict[str, tuple[str, str]] = {}
        for author in channel:
            if _name(author) == "wp:author":
                login = _value(author, "wp:author_login")
                self.authors[login] = (
                    _value(author, "wp:author_display_name") or login,
                    _value(author, "wp:author_email"),
                )
        self.captions: dict[str, tuple[str, str]] = {}

    def items(self) -> Iterator[Found]:
        """Every post and comment; a number that was given twice gets a mark, so that no key stands for two."""
        seen: dict[str, int] = {}
        for item in self.everything():
            seen[item.key] = seen.get(item.key, 0) + 1
            if seen[item.key] > 1:
                item.key += f"~{seen[item.key]}"
            yield item

    def everything(self) -> Iterator[Found]:
        elements = [element for element in self.root.iter() if _name(element) == "item"]
        for element in elements:
            if _value(element, "wp:post_type") == "attachment":
                address = _value(element, "wp:attachment_url") or _value(element, "guid")
                self.captions[address] = (_value(element, "excerpt:encoded"), "")
        for element in elements:
            kind = _value(element, "wp:post_type") or "post"
            if kind not in _TECHNICAL and not kind.startswith("wp_"):
                yield self.post(element, kind)
            for comment in element:
                if _name(comment) == "wp:comment":
                    yield self.comment(comment, element)

    def post(self, element: Any, kind: str) -> Found:
        ident = _value(element, "wp:post_id")
        login = _value(element, "dc:creator")
        name, email = self.authors.get(login, (login, ""))
        item = Found("post", f"wxr:{self.site}#post-{ident}", self.shown, name, email, original=self.original)
        item.title = plain(_value(element, "title"))
        item.published = _value(element, "link")
        item.moment = moment_in(_value(element, "wp:post_date") or _value(element, "pubDate"))
        item.received = item.moment[:10]
        found, notes = content_of(_value(element, "content:encoded"))
        item.passages = found.passages
        item.notes += notes + [self.missing(image) for image in found.images]
        item.notes += call_note(found.passages)
        status = _value(element, "wp:status") or "publish"
        if kind != "post":
            what = "a page of the site" if kind == "page" else f"an entry of the kind “{kind[:40]}”"
            item.verdict, item.why = SKIPPED, f"{what}, not a post"
        elif status != "publish":
            item.verdict, item.why = SKIPPED, _STATES.get(status, f"a post with the status “{status}”")
        elif _value(element, "wp:post_password"):
            item.verdict, item.why = SKIPPED, "a post that is protected by a password"
        return item

    def missing(self, image: Shown) -> str:
        """A note on a picture, which an export names but does not hold."""
        caption = image.caption or self.captions.get(image.address, ("", ""))[0]
        return missing_photo(image.address, caption, image.alt)

    def comment(self, element: Any, post: Any) -> Found:
        ident = _value(element, "wp:comment_id")
        item = Found("comment", f"wxr:{self.site}#comment-{ident}", self.shown, original=self.original)
        item.name = plain(_value(element, "wp:comment_author"))
        item.email = _value(element, "wp:comment_author_email")
        item.moment = moment_in(_value(element, "wp:comment_date") or _value(element, "wp:comment_date_gmt"))
        item.received = item.moment[:10]
        link = _value(post, "link")
        item.published = f"{link}#comment-{ident}" if link else ""
        found, notes = content_of(_value(element, "wp:comment_content"))
        item.passages = found.passages
        item.notes += notes + [self.missing(image) for image in found.images]
        parent = _value(element, "wp:comment_parent")
        if parent not in ("", "0", ident):
            item.answers = (f"wxr:{self.site}#comment-{parent}",)
        author = self.authors.get(_value(post, "dc:creator"), ("", ""))[0]
        approved = _value(element, "wp:comment_approved")
        kind = _value(element, "wp:comment_type")
        if kind in _LINKS:
            item.verdict, item.why = PING, "another site’s link to the post"
        elif kind not in ("", "comment", "review"):
            item.verdict, item.why = SKIPPED, f"no comment of a reader, but “{kind[:40]}”"
        elif approved != "1":
            words = {
                "0": "waiting for approval",
                "trash": "in the trash",
                "post-trashed": "in the trash",
                "spam": "marked as spam",
            }
            item.verdict, item.why = SKIPPED, f"a comment {words.get(approved, 'that was not approved')}"
        elif _value(element, "wp:comment_user_id") not in ("", "0") or (item.name and item.name == author):
            item.verdict, item.why = OURS, "by somebody of the blog"
        return item


def site_of(address: str) -> str:
    """A site by its name: "runners.example.org/column"."""
    return re.sub(r"^\s*(?:https?:)?//(?:www\.)?", "", address.strip(), flags=re.IGNORECASE).rstrip("/").lower()


def plain(text: str) -> str:
    """A title or name, which may hold entities and tags."""
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", "", text)).split())


def _name(element: Any) -> str:
    """ "wp:comment" for an element, whatever the address of its namespace is."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    space, _, local = tag.rpartition("}")
    if not space:
        return local
    space = space.lower()
    prefix = "excerpt" if "excerpt" in space else "wp" if "wordpress.org/export" in space else element.prefix or ""
    return f"{prefix}:{local}" if prefix else local


def _value(element: Any, name: str) -> str:
    """The text of a child, "" for none."""
    for child in element:
        if _name(child) == name:
            return "".join(child.itertext()).strip()
    return ""
