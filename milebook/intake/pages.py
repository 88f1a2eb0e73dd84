"""A saved blog page: the post with its photos, and the comments below it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from milebook.intake import wxr
from milebook.intake.charset import decoded
from milebook.intake.furniture import announced, is_furniture
from milebook.intake.html_text import Content, Shown, content, parse
from milebook.intake.inputs import Input
from milebook.intake.items import OURS, PING, Found, Original, Picture
from milebook.intake.options import Options
from milebook.intake.page_comments import Comment, classes, comments
from milebook.intake.pictures import HEAD, picture, size
from milebook.intake.written_dates import moment_in

_CONTENT = (
    "entry-content", "wp-block-post-content", "post-content", "post-entry", "entry-body", "post-body", "postcontent", "post_content", "storycontent",
    "article-content", "article-body", "format_text", "entry", "post-text", "single-content", "content-body",
)  # fmt: skip
_NOT_CONTENT = frozenset(
    (
        "sharedaddy", "sd-sharing", "sd-sharing-enabled", "jp-relatedposts", "postmetadata", "entry-meta", "post-meta", "entry-footer", "post-footer",
        "navigation", "post-navigation", "nav-links", "comments", "comments-area", "comment-respond", "author-box", "widget", "addtoany_share_save_container",
        "social", "share", "sharing", "related", "related-posts", "breadcrumb", "breadcrumbs", "screen-reader-text", "entry-utility", "likes", "tagcloud",
        "jp-post-flair", "post-ratings", "wp-block-comments", "commentlist", "comment-list", "to_comments", "post_nav",
    )
)  # fmt: skip
_NOT_IDS = frozenset(
    ("comments", "respond", "sidebar", "footer", "header", "nav", "comment-form", "commentform", "jp-relatedposts")
)


def read(one: Input, options: Options) -> Iterator[Found]:
    """The post, then the comments in the order of the page. Raises TooLarge and OSError."""
    data = one.read()
    text = _text(data, options.encoding)
    original = Original(".html", hashlib.sha256(data).hexdigest(), one.path.read_bytes)
    root = parse(text)
    if root is None:
        return
    listed = comments(root)
    address = _address(root, text, listed) or one.name
    post = _post(root, one, address, listed)
    post.original = original
    found = [comment for comment in listed if not comment.ping]
    pings = len(listed) - len(found)
    said = _announced(root)
    if said and listed:
        post.notes.append(count_note(said, len(found), pings))
    if post.passages or post.pictures or not listed:
        yield post
    for comment in listed:
        item = Found(
            "comment", f"page:{address}#comment-{comment.id}", one.shown, named(comment.name), original=original
        )
        item.moment, item.received = comment.moment, comment.moment[:10]
        item.passages = list(comment.passages)
        item.published = f"{address}#comment-{comment.id}" if address.startswith("http") else ""
        if comment.parent:
            item.answers = (f"page:{address}#comment-{comment.parent}",)
        if comment.ping:
            item.verdict, item.why = PING, "another site’s link to the post"
        elif comment.owner:
            item.verdict, item.why = OURS, "by the author of the post"
        yield item


def named(name: str) -> str:
    """A commenter's name; blogs show “Anonymous” where there is none."""
    return "" if name.strip().lower() in ("anonymous", "anonym", "anonyme", "anónimo", "anonimo") else name


def count_note(said: int, found: int, pings: int) -> str:
    """ "24 comments announced, 21 found, 2 links from other sites: 1 is on another page or hidden"."""
    note = f"{said} comments announced, {found} found"
    if pings:
        note += f", {pings} {'link' if pings == 1 else 'links'} from other sites"
    missing = said - found - pings
    if missing > 0:
        note += f": {missing} {'is' if missing == 1 else 'are'} on other pages or hidden"
    return note


def _text(data: bytes, encoding: str) -> str:
    declared = re.search(rb"(?i)<meta[^>]{0,300}charset\s*=\s*[\"']?\s*([\w-]+)", data[:8_000])
    return decoded(data, declared[1].decode("ascii", "replace") if declared else "", encoding)[0]


def _address(root: Any, text: str, listed: list[Comment]) -> str:
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and (link.get("href") or "").startswith("http"):
            return str(link.get("href"))
    for meta in root.iter("meta"):
        if (meta.get("property") or "").lower() == "og:url" and (meta.get("content") or "").startswith("http"):
            return str(meta.get("content"))
    saved = re.search(r"<!-- saved from url=\(\d+\)(\S+) -->", text[:5_000])
    if saved:
        return saved[1]
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
            number = announced(" ".join("".join(element.itertext()).split()))
            if number:
                return number
    return 0


def _post(root: Any, one: Input, address: str, listed: list[Any]) -> Found:
    body = _body(root)
    item = Found("post", f"page:{address}", one.shown)
    item.published = address if address.startswith("http") else ""
    item.title = _title(root)
    item.name = _author(root, body)
    item.moment = _date(root, body)
    item.received = item.moment[:10]
    if body is None:
        return item
    found = content(body, _skip)
    found = _without_furniture(found, item)
    item.passages = found.passages
    if item.passages and wxr._CALL.search(item.passages[-1].text):
        item.notes.append(
            f"the last paragraph calls for stories; think of taking it out: “{item.passages[-1].text[:100]}”"
        )
    for image in found.images:
        _picture(item, image, one)
    return item


def _skip(element: Any) -> bool:
    names = classes(element)
    ident = (element.get("id") or "").lower()
    return (
        bool(names & _NOT_CONTENT)
        or ident in _NOT_IDS
        or ident.startswith("comment-")
        or element.tag in ("nav", "aside", "form", "button")
        or (element.tag in ("footer", "header"))
    )


def _without_furniture(found: Content, item: Found) -> Content:
    """The content without its own title and the lines that themes put around a post."""
    kept, moved = [], []
    for number, one in enumerate(found.passages):
        text = one.text.strip()
        if is_furniture(text) or (number < 3 and item.title and text == item.title):
            moved.append(number)
            if is_furniture(text):
                item.cuts.append(text)
        else:
            kept.append(one)
    images = [
        image._replace(after=image.after - sum(1 for gone in moved if gone < image.after)) for image in found.images
    ]
    return Content(kept, images)


def _body(root: Any) -> Any:
    """The element that holds the post's words: by the names that themes give it, else the article, else the page's body."""
    for wanted in _CONTENT:
        found = [one for one in root.iter("div", "section", "article", "td", "main") if wanted in classes(one)]
        found = [
            one
            for one in found
            if not any(
                classes(above) & {"comment-list", "commentlist", "comment", "widget"} for above in one.iterancestors()
            )
        ]
        if found:
            return max(found, key=lambda one: len("".join(one.itertext())))
    for one in root.iter():
        if isinstance(one.tag, str) and one.get("itemprop") == "articleBody":
            return one
    for tag in ("article", "main", "body"):
        found = [
            one
            for one in root.iter(tag)
            if not re.search(r"comment", f"{one.get('id')} {one.get('class')}", re.IGNORECASE)
        ]
        if found:
            return max(found, key=lambda one: len("".join(one.itertext())))
    return None


def _title(root: Any) -> str:
    for wanted in ("entry-title", "post-title", "wp-block-post-title", "posttitle", "article-title", "single-title"):
        for one in root.iter("h1", "h2", "h3", "div", "a", "span"):
            if wanted in classes(one) and (text := " ".join("".join(one.itertext()).split())):
                return str(text)
    named = next(
        (
            meta.get("content")
            for meta in root.iter("meta")
            if (meta.get("property") or "").lower() == "og:title" and meta.get("content")
        ),
        "",
    )
    if named:
        return wxr.plain(named)
    heads = [one for one in root.iter("h1", "h2") if not _in_header(one)]
    for one in heads:
        text = " ".join("".join(one.itertext()).split())
        if text and not is_furniture(text) and not announced(text):
            return str(text)
    title = next((" ".join("".join(one.itertext()).split()) for one in root.iter("title")), "")
    return re.split(r"\s+[|–—»«-]\s+", title)[0] if title else ""


def _in_header(element: Any) -> bool:
    for above in element.iterancestors():
        if not isinstance(above.tag, str):
            continue
        ident = f"{above.get('id') or ''} {above.get('class') or ''}".lower()
        if (above.tag == "header" and not re.search(r"entry|post", ident)) or re.search(
            r"\b(?:site-)?header(?:img)?\b|masthead|branding|site-title", ident
        ):
            return not re.search(r"entry-header|post-header", ident)
    return "site-title" in classes(element)


def _author(root: Any, body: Any) -> str:
    """Who wrote the post, if the page says so outside the comments."""
    for one in root.iter("a", "span", "p", "div", "address"):
        names = classes(one)
        marked = (
            "author" in names
            or "wp-block-post-author__name" in names
            or "author" in (one.get("rel") or "").split()
            or one.get("itemprop") == "author"
        )
        if marked and not any(
            re.search(r"comment", f"{up.get('id')} {up.get('class')}", re.IGNORECASE)
            for up in (one, *one.iterancestors())
            if isinstance(up.tag, str) and up.tag not in ("body", "html")
        ):
            text = " ".join("".join(one.itertext()).split())
            text = re.sub(r"(?i)^(?:posted |written |published )?by:?\s+", "", text)
            if 0 < len(text) < 80:
                return text
    return ""


def _date(root: Any, body: Any) -> str:
    for meta in root.iter("meta"):
        if (meta.get("property") or meta.get("itemprop") or "").lower() in (
            "article:published_time",
            "datepublished",
        ) and (found := moment_in(meta.get("content") or "")):
            return found
    for one in root.iter("time", "abbr", "span", "p", "div", "small"):
        names = classes(one)
        if names & {
            "entry-date",
            "published",
            "post-date",
            "date",
            "posted-on",
            "entry-time",
            "wp-block-post-date",
            "date-header",
            "timestamp",
        } or (one.tag == "time" and one.get("itemprop") == "datePublished"):
            if any(
                re.search(r"comment", f"{up.get('id')} {up.get('class')}", re.IGNORECASE)
                for up in one.iterancestors()
                if isinstance(up.tag, str) and up.tag not in ("body", "html")
            ):
                continue
            found = moment_in(one.get("datetime") or one.get("title") or "") or moment_in(
                " ".join("".join(one.itertext()).split())
            )
            if found:
                return found
    return ""


def _picture(item: Found, image: Shown, one: Input) -> None:
    """The largest copy of a picture that was saved with the page; a note for one that was not."""
    best: tuple[int, Picture] | None = None
    for address in dict.fromkeys((image.address, *image.larger)):
        if urlsplit(address).scheme or address.startswith("//"):
            continue
        path = one.neighbor(unquote(address.partition("?")[0].partition("#")[0].removeprefix("./")))
        if path is None:
            continue
        with path.open("rb") as handle:
            head = handle.read(HEAD)
        found, _ = picture(path.name, head, path.read_bytes)
        if found is not None:
            width, height = size(head)
            area = width * height or path.stat().st_size
            if best is None or area > best[0]:
                best = (area, found)
    if best is None:
        words = [f"caption “{image.caption}”"] if image.caption else []
        words += [f"alt text “{image.alt}”"] if image.alt and image.alt != image.caption else []
        item.notes.append(f"photo missing, at {image.address}" + (f" ({', '.join(words)})" if words else ""))
        return
    found = best[1]
    found.caption = image.caption
    found.alt = "" if same_words(image.alt, image.caption) else image.alt
    found.after = image.after if image.after < len(item.passages) else None
    item.pictures.append(found)


def same_words(alt: str, caption: str) -> bool:
    """Whether two lines say the same."""
    return re.sub(r"[\W_]+", "", alt.lower()) == re.sub(r"[\W_]+", "", caption.lower())
