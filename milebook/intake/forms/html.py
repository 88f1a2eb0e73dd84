"""Answers that a form sends as pieces of web pages: read as such, where their tags are beyond doubt."""

from __future__ import annotations

import re

from milebook.intake.html_text import from_html
from milebook.intake.items import Passage

NOTE = "this answer came with the tags of a web page, which were read as paragraphs, line breaks and italics"
_NAMES = "p|div|br|span|b|strong|i|em|u|s|a|font|ul|ol|li|h[1-6]|blockquote|sub|sup|small|o:p"
_TAG = re.compile(rf"</?(?:{_NAMES})(?:\s[^<>]{{0,500}})?/?>", re.IGNORECASE)
_SURE = re.compile(rf"<br\s*/?>|</(?:{_NAMES})\s*>", re.IGNORECASE)  # nobody closes what was not opened
_BLOCK = re.compile(r"<(?:p|div|br|li|h[1-6]|blockquote)\b", re.IGNORECASE)
_OTHER = re.compile(rf"<(?!/?(?:{_NAMES})(?:\s[^<>]{{0,500}})?/?>)", re.IGNORECASE)


def is_html(text: str) -> bool:
    return "<" in text and _SURE.search(text) is not None


def passages(text: str) -> list[Passage]:
    """The passages of such an answer. Other signs in angle brackets stay; lines count where no tag makes paragraphs."""
    source = _OTHER.sub("&lt;", text)
    if not _BLOCK.search(source):
        source = source.replace("\n", "<br>")
    return from_html(source).passages


def without_tags(text: str) -> str:
    """A title or a name without its tags."""
    return _TAG.sub(" ", text) if is_html(text) else text
