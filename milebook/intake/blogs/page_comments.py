"""The comments of a saved page, in whatever way its theme writes them: who, when, the words, whom they answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, NamedTuple

from milebook.intake.html_text import content
from milebook.intake.html_tree import classes, text_in
from milebook.intake.items import Passage
from milebook.intake.written_dates import moment_in

_ID = re.compile(r"(?:li-|div-|article-|dt-)?comment[-_]?(\d+)|c(\d{6,})|comment-([0-9a-f-]{8,})")
_BODY = (
    "comment-content", "comment-text", "comment_text", "comment-entry", "wp-block-comment-content", "comment-bubble", "comment-copy",
    "commenttext", "comment-body-text", "comment-message", "comment__content", "format_text", "commentbody",
)  # fmt: skip
_NAMES = (
    "fn",
    "comment-author-name",
    "wp-block-comment-author-name",
    "comment__author",
    "comment-author",
    "comment_author",
    "author",
    "user",
    "commenter",
)
_DATES = (
    "comment-date", "comment-metadata", "comment-meta", "commentmetadata", "comment_time", "comment-time", "comment_date", "datetime", "published",
    "comment-timestamp", "wp-block-comment-date", "date", "time", "comment-permalink",
)  # fmt: skip
_LEFT_OUT = frozenset(
    (
        *_NAMES, *_DATES, "says", "reply", "comment-reply-link", "comment-actions", "comment-footer", "comment-header", "comment-edit-link",
        "comment-awaiting-moderation", "avatar", "avatar-image-container", "children", "comment-replies", "comment-replybox-single", "comment-number",
        "comment_num", "edit-link", "sharedaddy", "comment-likes", "vote", "wp-block-comment-reply-link", "wp-block-comment-edit-link", "screen-reader-text",
        "comment-rating", "commentnum", "comment-meta-data",
    )
)  # fmt: skip
_SAYS = re.compile(
    r"\s*(?:(?:says?|said|schreibt|schrieb|sagt|meint|wrote|writes|a dit|dice|dijo|zegt|säger|siger)[\s.…]*)?\s*:?\s*(?:on\b)?\s*$",
    re.IGNORECASE,
)
_BY = re.compile(r"\s*(?:comment|kommentar|commentaire|comentario|posted|written)\s+(?:by|von|par|de|por)\s*:?\s+(?P<name>.+?)\s*(?:[—–|-]|\bon\b|\bat\b|\bam\b|$)(?P<rest>.*)", re.IGNORECASE | re.DOTALL)  # fmt: skip
_PINGS = frozenset(("pingback", "trackback", "ping", "type-pingback", "type-trackback"))
_OWNERS = frozenset(("bypostauthor", "comment-author-admin", "authorcomment", "author-comment", "blog-author"))


_BUTTON = re.compile(
    r"(?i)\s*(?:reply|antworten|répondre|responder|rispondi|log in to reply|edit|\(edit\)|delete|share|like|report|permalink|#|\d+\.?|says:?)\s*"
)
_HOLDERS = ("li", "div", "article", "dt", "section", "tr", "dd")
_FEET = ("comment-footer", "comment-footer-info", "comment-byline", "comment-meta", "comment_meta")


class Comment(NamedTuple):
    """One comment. `parent` is the id of the comment it answers, "" for none."""

    id: str
    name: str
    moment: str
    passages: tuple[Passage, ...]
    parent: str
    ping: bool
    owner: bool


def comments(root: Any) -> list[Comment]:
    """The comments of a page in its order."""
    elements = _elements(root)
    by_element = {element: ident for ident, element in elements.items()}
    return [_comment(ident, element, by_element) for ident, element in elements.items()]


def _elements(root: Any) -> dict[str, Any]:
    """The outermost element of each comment, by its id. A theme may give a comment's id to two elements in each other."""
    found: dict[str, Any] = {}
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        ident = _ident(element)
        if ident and ident not in found:
            found[ident] = _marked_by(element)
    return found


def _marked_by(element: Any) -> Any:
    """The comment itself, where its id stands on an empty element before it or at its top."""
    if len(element) or (element.text or "").strip():
        return element
    following = next(element.itersiblings(), None)
    if following is not None and following.tag in ("article", "div", "li") and "comment" in classes(following):
        return following
    parent = element.getparent()
    return parent if parent is not None and "comment" in classes(parent) else element


def _ident(element: Any) -> str:
    written = element.get("id") or ""
    match = _ID.fullmatch(written)
    if match and (element.tag in _HOLDERS or (element.tag == "a" and not (len(element) or element.text))):
        return match[1] or match[2] or match[3]
    kind = element.get("itemtype") or ""
    if not match and kind.endswith(("/Comment", "/UserComments")):
        return written or f"n{sum(1 for _ in element.itersiblings(preceding=True))}"
    return ""


def _comment(ident: str, element: Any, by_element: dict[Any, str]) -> Comment:
    inside = [element]
    if element.tag == "dt":  # Thesis: the words stand in the dd that follows
        inside += _following_dd(element)
    own = classes(element)
    name, how = _who(inside, by_element)
    moment = _when(inside, by_element)
    passages = _words(inside, by_element, element)
    if not name:
        name, dated, passages = _signed(passages)
        moment = moment or dated
    parent = next((by_element[above] for above in element.iterancestors() if above in by_element), "")
    ping = bool(own & _PINGS) or any(
        classes(above) & {"pinglist", "pingbacklist", "trackbacks", "pings-list"} for above in element.iterancestors()
    )
    ping = ping or bool(passages and re.match(r"(?:pingback|trackback)\s*:", passages[0].text, re.IGNORECASE))
    return Comment(ident, name, moment, tuple(passages), parent, ping, bool(own & _OWNERS) or how == "owner")


def _following_dd(element: Any) -> list[Any]:
    found = []
    for sibling in element.itersiblings():
        if sibling.tag != "dd":
            break
        found.append(sibling)
    return found


def _inside(element: Any, by_element: dict[Any, str]) -> Iterator[Any]:
    """The elements of a comment without those of the comments inside it."""
    waiting = [element]
    while waiting:
        one = waiting.pop()
        if one is not element and one in by_element and by_element[one] != by_element.get(element):
            continue
        if isinstance(one.tag, str):
            yield one
            waiting += reversed(one)


def _who(inside: list[Any], by_element: dict[Any, str]) -> tuple[str, str]:
    for wanted in _NAMES:
        for part in inside:
            for element in _inside(part, by_element):
                names = classes(element)
                if wanted in names or (wanted == "fn" and element.get("itemprop") in ("creator", "author")):
                    name = _clean_name(element)
                    if name:
                        return name, "owner" if names & _OWNERS else ""
    for part in inside:
        for element in _inside(part, by_element):
            if element.tag == "cite" and not any(classes(above) & set(_BODY) for above in element.iterancestors()):
                text = text_in(element)
                by = _BY.fullmatch(text)
                if by:
                    return by["name"].strip(), ""
                if 0 < len(text) < 80 and not _in_sentence(element):
                    return _clean_name(element), ""
    return _named_below(inside, by_element), ""


def _named_below(inside: list[Any], by_element: dict[Any, str]) -> str:
    """The name in “Posted by: NAME | date” or in the first link of such a line."""
    for part in inside:
        for element in _inside(part, by_element):
            if not classes(element) & {*_FEET}:
                continue
            by = _BY.fullmatch(text_in(element))
            if by and len(by["name"]) < 80:
                return by["name"].strip(" |,")
            for link in element.iter("a"):
                text = _clean_name(link)
                if (
                    text
                    and not moment_in(text)
                    and not _BUTTON.fullmatch(text)
                    and "timestamp" not in str(link.get("class"))
                ):
                    return text
    return ""


def _in_sentence(element: Any) -> bool:
    """Whether a cite is the title of something in a sentence, not who wrote the comment."""
    parent = element.getparent()
    before = (parent.text or "").strip() if parent is not None and parent.tag in ("p", "blockquote") else ""
    return bool(before)


def _clean_name(element: Any) -> str:
    name = next(
        (
            text_in(child)
            for child in element.iter("b", "cite", "a", "span", "strong")
            if "fn" in classes(child) and text_in(child)
        ),
        "",
    ) or text_in(element)
    name = _SAYS.sub("", name).strip()
    name = re.sub(r"\s*(?:#|\bpermalink\b).*$", "", name, flags=re.IGNORECASE)
    return name if len(name) <= 100 else ""


def _when(inside: list[Any], by_element: dict[Any, str]) -> str:
    parts = [element for part in inside for element in _inside(part, by_element)]
    for element in parts:
        stamp = element.get("datetime") if element.tag in ("time", "abbr", "span") else None
        if stamp and (found := moment_in(stamp)):
            return found
    for element in parts:  # Squarespace: milliseconds since 1970
        if re.fullmatch(r"1\d{12}", added := element.get("data-added-on") or ""):
            return datetime.fromtimestamp(int(added) / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S")
    for wanted in _DATES:
        for element in parts:
            if wanted in classes(element):
                found = moment_in(f"{element.get('title') or ''} ") or moment_in(text_in(element))
                if found:
                    return found
    for element in parts:
        if element.tag in ("a", "small", "abbr", "em", "cite", "span") and (found := moment_in(text_in(element)[:120])):
            return found
    return ""


def _words(inside: list[Any], by_element: dict[Any, str], element: Any) -> list[Passage]:
    """The words of a comment: of its body, where the theme has one, else of all but its head and its buttons."""

    def skip(one: Any) -> bool:
        if one in by_element and by_element[one] != by_element.get(element):
            return True
        names = classes(one)
        if names & _LEFT_OUT and not names & set(_BODY):
            return not (one.tag in ("li", "div", "article") and one in by_element)
        return one.tag in ("form", "button", "nav") or (one.tag in ("footer", "header", "time"))

    for wanted in _BODY:
        for part in inside:
            for one in _inside(part, by_element):
                if wanted in classes(one) and one is not element:
                    found = content(one, skip).passages
                    while len(found) > 1 and _BUTTON.fullmatch(found[-1].text):
                        del found[-1]
                    if found:
                        return found
    out: list[Passage] = []
    for part in inside if len(inside) == 1 else inside[1:]:
        out += content(
            part, lambda one: skip(one) or (one.tag == "cite" and one.getparent() is not None and not _in_sentence(one))
        ).passages
    return [one for one in out if not _BUTTON.fullmatch(one.text)]


def _signed(passages: list[Passage]) -> tuple[str, str, list[Passage]]:
    """ "Comment by NAME — date" in the last paragraph, as old themes have it."""
    if passages:
        match = _BY.fullmatch(passages[-1].text)
        if match and len(passages[-1].text) < 200:
            return match["name"].strip(), moment_in(match["rest"]), passages[:-1]
    return "", "", passages
