"""The post of a saved page: which element holds its words, its title, who wrote it and when, whatever the theme."""

from __future__ import annotations

import re
from typing import Any

from milebook.intake.blogs.page_facts import PageFacts
from milebook.intake.blogs.page_furniture import announced, is_furniture
from milebook.intake.html_tree import classes, text_in
from milebook.intake.written_dates import moment_in

# Names that themes give to the element with the words of a post, the surest first.
_CONTENT = (
    "entry-content", "wp-block-post-content", "post-content", "post-entry", "entry-body", "post-body", "postcontent", "post_content", "storycontent",
    "article-content", "article-body", "available-content", "blog-item-content", "gh-content", "format_text", "entry", "post-text", "single-content",
    "content-body", "e-content", "field--name-body",
)  # fmt: skip
_IDS = ("content", "main-content", "main", "article", "story", "post")
_NOT_CONTENT = frozenset(
    (
        "sharedaddy", "sd-sharing", "sd-sharing-enabled", "jp-relatedposts", "postmetadata", "entry-meta", "post-meta", "entry-footer", "post-footer",
        "navigation", "post-navigation", "nav-links", "comments", "comments-area", "comment-respond", "author-box", "widget", "addtoany_share_save_container",
        "social", "share", "sharing", "related", "related-posts", "breadcrumb", "breadcrumbs", "screen-reader-text", "entry-utility", "likes", "tagcloud",
        "jp-post-flair", "post-ratings", "wp-block-comments", "commentlist", "comment-list", "to_comments", "post_nav", "subscription-widget-wrap",
        "subscription-widget", "speechify-ignore", "byline", "byline-wrapper", "nav", "navbar", "menu", "footer", "site-footer", "site-header", "blog-meta-item",
        "blog-item-top-wrapper", "comment-wrapper", "node__meta", "newsletter-form", "cookie-notice", "skip-link", "post-views", "entry-share", "reading-time",
    )
)  # fmt: skip
_NOT_IDS = frozenset(
    ("comments", "respond", "sidebar", "footer", "header", "nav", "comment-form", "commentform", "jp-relatedposts", "disqus_thread", "banner")
)  # fmt: skip
_TITLES = (
    "entry-title", "post-title", "wp-block-post-title", "posttitle", "article-title", "single-title", "pw-post-title", "gh-article-title", "entry-header",
)  # fmt: skip
_AUTHORS = (
    "author", "wp-block-post-author__name", "wp-block-post-author-name", "entry-author-name", "entry-author", "author-name", "blog-author-name",
    "gh-article-author-name", "post-author",
)  # fmt: skip
_DATES = frozenset(
    (
        "entry-date", "published", "post-date", "date", "posted-on", "entry-time", "wp-block-post-date", "date-header", "timestamp", "dt-published",
        "gh-article-meta-date", "byline", "node__submitted", "post-timestamp",
    )
)  # fmt: skip


def is_outside(element: Any) -> bool:
    """Whether an element within the post's own is the page's and not the post's."""
    names = classes(element)
    ident = (element.get("id") or "").lower()
    return (
        bool(names & _NOT_CONTENT)
        or ident in _NOT_IDS
        or ident.startswith("comment-")
        or element.tag in ("nav", "aside", "form", "button", "footer", "header")
    )


def body_of(root: Any) -> Any:
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
            return max(found, key=_length)
    for one in root.iter():
        if isinstance(one.tag, str) and one.get("itemprop") == "articleBody":
            return one
    for tag in ("article", "main"):
        found = [one for one in root.iter(tag) if not _names_comments(one)]
        if found:
            return max(found, key=_length)
    whole = next(root.iter("body"), None)
    named = [one for one in root.iter("div", "section", "td") if {one.get("id"), *classes(one)} & {*_IDS}]
    best = max(named, key=_length, default=None)
    return best if best is not None and whole is not None and _length(best) * 2 > _length(whole) else whole


def _length(element: Any) -> int:
    return len("".join(element.itertext()))


def _names_comments(element: Any) -> bool:
    return bool(re.search(r"comment", f"{element.get('id')} {element.get('class')}", re.IGNORECASE))


def _among_comments(element: Any, *, itself: bool = False) -> bool:
    """Whether an element stands among the comments of the page."""
    return any(
        _names_comments(up)
        for up in (*((element,) if itself else ()), *element.iterancestors())
        if isinstance(up.tag, str) and up.tag not in ("body", "html")
    )


def title_of(root: Any, facts: PageFacts) -> str:
    """The title of a post: by the classes that themes use, by what the page says of itself, or the first heading."""
    for wanted in _TITLES:
        for one in root.iter("h1", "h2", "h3", "div", "a", "span"):
            if (
                wanted in classes(one)
                and (wanted != "entry-header" or one.tag in ("h1", "h2", "h3"))
                and (text := text_in(one))
            ):
                return text
    if facts.title:
        return facts.title
    for one in root.iter("h1", "h2"):
        text = "" if _in_header(one) else text_in(one)
        if text and not is_furniture(text) and not announced(text):
            return text
    title = next((text_in(one) for one in root.iter("title")), "")
    return re.split(r"\s+[|–—»«-]\s+", title)[0] if title else ""


def _in_header(element: Any) -> bool:
    for above in element.iterancestors():
        if not isinstance(above.tag, str):
            continue
        ident = f"{above.get('id') or ''} {above.get('class') or ''}".lower()
        if (above.tag == "header" and not re.search(r"entry|post", ident)) or re.search(
            r"\b(?:site-)?header(?:img)?\b|masthead|branding|banner|site-title", ident
        ):
            return not re.search(r"entry-header|post-header", ident)
    return "site-title" in classes(element)


def author_of(root: Any, facts: PageFacts) -> str:
    """Who wrote the post, if the page says so outside the comments."""
    for one in root.iter("a", "span", "p", "div", "address", "h4"):
        names = classes(one)
        marked = (
            bool(names & {*_AUTHORS}) or "author" in (one.get("rel") or "").split() or one.get("itemprop") == "author"
        )
        if marked and not _among_comments(one, itself=True):
            text = re.sub(r"(?i)^(?:posted |written |published )?(?:by|von|par|por|di|door):?\s+", "", text_in(one))
            if 0 < len(text) < 80:
                return text
    return facts.author


def moment_of(root: Any, facts: PageFacts) -> str:
    """When the post appeared, as ISO date and time; "" where nothing says it."""
    if facts.moment:
        return facts.moment
    for one in root.iter("time", "abbr", "span", "p", "div", "small", "h2", "footer"):
        marked = bool(classes(one) & _DATES) or (one.tag == "time" and one.get("itemprop") == "datePublished")
        if marked and not _among_comments(one):
            found = moment_in(one.get("datetime") or one.get("title") or "") or moment_in(text_in(one))
            if found:
                return found
    return ""
