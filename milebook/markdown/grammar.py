"""The Markdown that milebook reads: CommonMark less what trips up letters from readers, as a markdown-it parser.

What differs from CommonMark, and why:

- no HTML, no setext headings, no indented code: `text` over `---` is a paragraph and a scene break, an indented
  paragraph is a paragraph;
- a fence must be closed, and may name one word: `~~~ Later that day` is an ornament, not code to the end of the story;
- a link needs an address: `[Coach](laughing)` and `[Ana]: Yes!` are the author's words;
- an entity such as `&#8238;` that stands for what cannot be seen or printed stays as typed;
- one `*` or backtick inside a word is a letter of it: `f*ck`, `M*A*S*H`, don`t;
- `[Bonjour]{lang=fr}` is a passage in another language; `[^1]` and `^[…]` are notes;
- quotes and lists are read to a depth of twelve, and what is deeper keeps its marks as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, fence, list_block
from markdown_it.rules_inline import StateInline, entity
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def

from milebook.markdown.links import is_target
from milebook.source import text_findings

BlockRule = Callable[[StateBlock, int, int, bool], bool]

DEEPEST = 12  # levels of the parser: a quote is one, a list and its item are two
_LANG = re.compile(r"\{\s*lang\s*=\s*\"?([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4})\"?\s*\}")
_MARK_RUNS = re.compile(r"\*+")
_WORD_REACH = 80
_INTERRUPTERS = ["paragraph", "reference", "blockquote", "list"]


class _Markdown(MarkdownIt):
    """markdown-it with addresses left as typed: `links` decides about them when the book is known."""

    def validateLink(self, url: str) -> bool:
        return is_target(url)

    def normalizeLink(self, url: str) -> str:
        return url

    def normalizeLinkText(self, link: str) -> str:
        return link


@cache
def parser() -> MarkdownIt:
    """The parser for stories. It keeps no state; what a rule notes goes into the `env` of one reading."""
    md = _Markdown("commonmark", {"html": False, "inline_definitions": True})
    md.use(footnote_plugin, move_to_end=False)
    md.disable(["code", "lheading", "html_block", "html_inline"])
    md.block.ruler.at("fence", _closed_fence, {"alt": _INTERRUPTERS})
    md.block.ruler.at("blockquote", _shallow(blockquote), {"alt": _INTERRUPTERS})
    md.block.ruler.at("list", _shallow(list_block), {"alt": ["paragraph", "reference", "blockquote"]})
    md.block.ruler.at("footnote_def", _shallow(footnote_def), {"alt": ["paragraph", "reference"]})
    md.inline.ruler.at("entity", _visible_entity)
    md.inline.ruler.before("backticks", "letter", _letter_of_a_word)
    md.inline.ruler.before("link", "language", _language)
    return md


@cache
def line_parser() -> MarkdownIt:
    """The parser for one-line fields: emphasis and backslashes, nothing else."""
    md = _Markdown("zero")
    md.enable(["emphasis", "escape"])
    md.inline.ruler.before("escape", "letter", _letter_of_a_word)
    return md


def block_tokens(text: str, env: dict[str, Any]) -> list[Token]:
    """The block tokens of a text."""
    md, tokens = parser(), list[Token]()
    md.block.parse(text, md, env, tokens)
    return tokens


def inline_tokens(content: str, env: dict[str, Any]) -> list[Token]:
    """The inline tokens of a paragraph."""
    md, tokens = parser(), list[Token]()
    md.inline.parse(content, md, env, tokens)
    return tokens


def _shallow(rule: BlockRule) -> BlockRule:
    """The rule, as long as it does not nest deeper than a page can show; markdown-it itself would drop the text."""

    def shallow(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if state.level < DEEPEST:
            return rule(state, start, end, silent)
        if not silent and "deep" not in state.env:
            silent = True
            if rule(state, start, end, True):
                state.env["deep"] = start
        return False

    return shallow


def _closed_fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin, stop = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    mark = state.src[begin : begin + 1]
    if mark not in ("`", "~") or not state.src.startswith(mark * 3, begin):
        return False
    line = state.src[begin:stop]
    length = len(line) - len(line.lstrip(mark))
    info = line[length:].strip()
    if len(info.split()) > 1 or "`" in info:
        return False
    # An opener that found no end tells us about all later ones of its kind: without this, a page of `~~~a` is quadratic.
    unclosed: dict[tuple[str, int], int] = state.env.setdefault("unclosed", {})
    if length >= unclosed.get((mark, end), length + 1):
        return False
    for number in range(start + 1, end):
        content = state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]].rstrip()
        if content and state.sCount[number] < state.blkIndent:
            return False
        if len(content) >= length and not content.strip(mark):
            return True if silent else bool(fence(state, start, end, False))
    unclosed[mark, end] = length
    return False


def _visible_entity(state: StateInline, silent: bool) -> bool:
    """`&eacute;` as the letter that it stands for; no way round the checks of the file's own characters."""
    count = len(state.tokens)
    found = entity(state, silent)
    for token in state.tokens[count:]:
        if token.type == "text_special" and text_findings(token.content, ""):
            token.content = token.markup
    return found


def _letter_of_a_word(state: StateInline, silent: bool) -> bool:
    source, begin = state.src, state.pos
    mark = source[begin]
    if mark not in "*`" or begin == 0 or not source[begin - 1].isalnum():
        return False
    end = begin
    while end < state.posMax and source[end] == mark:
        end += 1
    if end >= state.posMax or not source[end].isalnum():
        return False
    if mark == "`":
        literal = end - begin == 1
    else:
        literal = (source[begin - 1].isdigit() and source[end].isdigit()) or _marks_in_word(source, begin, end) % 2 == 1
    if not literal:
        return False
    if not silent:
        state.pending += source[begin:end]
    state.pos = end
    return True


def _marks_in_word(source: str, begin: int, end: int) -> int:
    """How many runs of asterisks the word around `begin` has: an odd one out cannot be emphasis inside the word."""
    before = source[max(0, begin - _WORD_REACH) : begin].split()[-1]
    after = source[end : end + _WORD_REACH].split()[0]
    return len(_MARK_RUNS.findall(f"{before}{source[begin:end]}{after}"))


def _language(state: StateInline, silent: bool) -> bool:
    begin = state.pos
    if state.src[begin] != "[" or not _LANG.search(state.src, begin):
        return False
    end = state.md.helpers.parseLinkLabel(state, begin)
    tag = _LANG.match(state.src, end + 1, state.posMax) if end >= 0 else None
    if tag is None:
        return False
    if not silent:
        last = state.posMax
        state.pos, state.posMax = begin + 1, end
        token = state.push("language_open", "span", 1)
        token.meta = {"lang": tag[1]}
        state.md.inline.tokenize(state)
        state.push("language_close", "span", -1)
        state.posMax = last
    state.pos = tag.end()
    return True
