"""WordPress's way of writing HTML: paragraphs made of empty lines, [caption] shortcodes, comments of the block editor."""

from __future__ import annotations

import html
import re

from milebook.intake.html_text import Content, from_html

_BLOCK = (
    "table|thead|tfoot|caption|colgroup|tbody|tr|td|th|div|dl|dd|dt|ul|ol|li|pre|form|blockquote|address|p|h[1-6]|hr|fieldset|section|article|"
    "aside|header|footer|nav|figure|figcaption|details|summary"
)
_OPEN = re.compile(rf"(<(?:{_BLOCK})(?:\s[^<>]*)?/?>)", re.IGNORECASE)
_CLOSE = re.compile(rf"(</(?:{_BLOCK})>)", re.IGNORECASE)
_BEGINS_BLOCK = re.compile(rf"\s*</?(?:{_BLOCK})(?:[\s>/])", re.IGNORECASE)
_CAPTION = re.compile(r"\[caption\b([^\]]*)\](.*?)\[/caption\]", re.DOTALL | re.IGNORECASE)
_PRE = re.compile(r"<pre\b.*?</pre>", re.DOTALL | re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_SHORTCODE = re.compile(
    r"\[/?([a-z][a-z0-9]*(?:[_-][a-z0-9]+)+|gallery|embed|audio|video|playlist|youtube|vimeo|contact|form)\b([^\[\]]{0,200})\]",
    re.IGNORECASE,
)
_IMAGE = re.compile(r"(?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?", re.IGNORECASE)


def content_of(text: str) -> tuple[Content, list[str]]:
    """The passages and images of a post or comment as WordPress stores it, and notes on shortcodes that were not understood."""
    text = _CAPTION.sub(_figure, text)
    text = _COMMENT.sub("", text)
    unknown = list(dict.fromkeys(match[0] for match in _SHORTCODE.finditer(text)))
    notes = [f"left in the text, a shortcode of the blog: {one[:80]}" for one in unknown[:5]]
    if text.lstrip()[:1] != "<" or "\n\n" in text or not re.search(r"<p[\s>]", text, re.IGNORECASE):
        text = with_paragraphs(text)
    return from_html(text), notes


def with_paragraphs(text: str) -> str:
    """Empty lines as paragraphs and line ends as line breaks, as WordPress shows them."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match[0])
        return f"\n\n\ufdd2{len(kept) - 1}\ufdd2\n\n"

    text = _PRE.sub(keep, text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufdd2", ""))
    text = _CLOSE.sub(r"\1\n\n", _OPEN.sub(r"\n\n\1", text))
    out: list[str] = []
    for chunk in re.split(r"\n\s*\n", text):
        chunk = chunk.strip("\n")
        if not chunk.strip():
            continue
        opened = _OPEN.match(chunk.lstrip())
        if opened and not opened[0].lower().startswith(("<p", "<hr")):
            head, rest = opened[0], chunk.lstrip()[opened.end() :]
            out.append(head + _broken(rest))
        elif _BEGINS_BLOCK.match(chunk):
            out.append(_broken(chunk))
        elif chunk.strip().startswith("\ufdd2"):
            out.append(chunk)
        else:
            out.append(f"<p>{_broken(chunk)}</p>")
    joined = "\n".join(out)
    return re.sub("\ufdd2(\\d+)\ufdd2", lambda match: kept[int(match[1])], joined)


def _broken(text: str) -> str:
    return re.sub(r"(?<!<br>)(?<!<br/>)(?<!<br />)\n(?=\s*\S)", "<br>\n", text.strip("\n"))


def _figure(match: re.Match[str]) -> str:
    image = _IMAGE.search(match[2])
    words = _IMAGE.sub("", match[2]).strip()
    if not words:
        named = re.search(r"caption=(?:\"([^\"]*)\"|'([^']*)')", match[1])
        words = html.escape(html.unescape((named[1] or named[2] or "") if named else ""))
    return f"\n\n<figure>{image[0] if image else ''}<figcaption>{words}</figcaption></figure>\n\n"
