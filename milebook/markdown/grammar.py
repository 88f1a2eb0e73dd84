"""The Markdown that milebook reads: CommonMark without the rules that trip up letters from readers, as a markdown-it parser.

What differs from CommonMark, and why:

- no HTML, no fenced or indented code, no setext headings: prose between two rows of tildes is prose;
- a row of one sign alone in its line is a scene break;
- a link needs an address: `[Coach](laughing)` and `[Ana]: Yes!` are the author's words; a bare address is a link;
- an entity such as `&#8238;` that stands for what cannot be seen or printed stays as typed;
- stars and underscores inside words are letters (`emphasis`); graves are quotation marks or apostrophes, unless they
  enclose what no letter would hold: `x -- y`;
- a backslash protects only signs that mean something here;
- `[Bonjour]{lang=fr}` is a passage in another language; `[^1]` and `^[…]` are notes;
- quotes and lists are read to a depth of twelve, and what is deeper keeps its marks as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, blockquote, list_block
from markdown_it.rules_inline import StateInline, entity, image, link
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.footnote.index import footnote_def, footnote_inline, footnote_ref

from milebook.markdown.emphasis import mark_of_emphasis, whole_runs
from milebook.markdown.lines import SCENE_BREAK
from milebook.markdown.links import is_target
from milebook.markdown.lost_signs import signs
from milebook.markdown.queries import MARK
from milebook.source import text_findings

BlockRule = Callable[[StateBlock, int, int, bool], bool]
InlineRule = Callable[[StateInline, bool], bool]

DEEPEST = 12  # levels of the parser: a quote is one, a list and its item are two
_LANG = re.compile(r"\{\s*lang\s*=\s*\"?([A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8}){0,4})\"?\s*\}")
_GRAVE = re.compile(r"`+")
_LONGEST_CODE = 400  # characters between two graves that may be code
_CODE = re.compile(r"--|[{}<>=\\/|$@#^&*~\[\]\"+\ufdd0]|\w_\w|\w\.\w|\(\)|:\S")
_PROTECTED = frozenset("*_`\\#[](){}<>\"'.!&^~+-=:|•")
_SHRUG = "¯ˉ‾￣"  # of ¯\_(ツ)_/¯
_GUILLEMETS = re.compile(r">>[^\W_][^<>\n]*<<(?!<)")
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
    md.disable(["code", "fence", "lheading", "html_block", "html_inline"])
    md.block.ruler.at("hr", _scene_break, {"alt": _INTERRUPTERS})
    md.block.ruler.at("blockquote", _shallow(_quotation), {"alt": _INTERRUPTERS})
    md.block.ruler.at("list", _shallow(list_block), {"alt": ["paragraph", "reference", "blockquote"]})
    md.block.ruler.at("footnote_def", _shallow(footnote_def), {"alt": ["paragraph", "reference"]})
    md.inline.ruler.at("entity", _visible_entity)
    md.inline.ruler.at("backticks", _graves)
    md.inline.ruler.at("link", _counted(link, 0))
    md.inline.ruler.at("image", _counted(image, 1))
    md.inline.ruler.at("footnote_inline", _counted(footnote_inline))
    md.inline.ruler.at("footnote_ref", _counted(footnote_ref))
    md.inline.ruler.before("link", "language", _language)
    _read_letters(md)
    return md


@cache
def line_parser() -> MarkdownIt:
    """The parser for one-line fields: emphasis and backslashes, nothing else."""
    md = _Markdown("zero")
    md.enable(["emphasis", "escape", "entity", "balance_pairs"])
    md.inline.ruler.at("entity", _visible_entity)
    _read_letters(md)
    return md


def _read_letters(md: MarkdownIt) -> None:
    md.inline.ruler.at("escape", _escape)
    md.inline.ruler.at("emphasis", mark_of_emphasis)
    md.inline.ruler2.after("balance_pairs", "whole_runs", whole_runs)


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


def _scene_break(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    begin, stop = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    found = SCENE_BREAK.fullmatch(state.src, begin, stop)
    if found is None:
        return False
    sign = state.src[begin]
    signs = len("".join(found[0].split()))
    if signs == 1 and sign not in "*#" and not _stands_alone(state, start, end):
        return False  # a bullet whose text is on the next line
    if not silent:
        state.line = start + 1
        token = state.push("hr", "hr", 0)
        token.map = [start, start + 1]
        token.markup = sign * signs
    return True


def _stands_alone(state: StateBlock, line: int, end: int) -> bool:
    return (line == 0 or state.isEmpty(line - 1)) and (line + 1 >= end or state.isEmpty(line + 1))


def _quotation(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A quotation that stands apart; `>>Ja<<` is speech between guillemets."""
    begin, stop = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    return _GUILLEMETS.match(state.src, begin, stop) is None and blockquote(state, start, end, silent)


def _counted(rule: InlineRule, label: int = -1) -> InlineRule:
    """A rule for links, pictures or notes whose token remembers in `meta["marks"]` how many signs were no words.

    `label` is where the bracket around the words begins, counted from the rule's first sign; -1 if no words are printed here.
    """

    def counting(state: StateInline, silent: bool) -> bool:
        begin, count = state.pos, len(state.tokens) + bool(state.pending)
        if not rule(state, silent):
            return False
        if not silent and count < len(state.tokens):
            end = state.pos
            words = ""
            if label >= 0:
                words = state.src[begin + label + 1 : state.md.helpers.parseLinkLabel(state, begin + label, label == 0)]
            taken = MARK.sub("", state.src[begin:end])
            state.tokens[count].meta["marks"] = signs(taken) - signs(MARK.sub("", words))
            state.pos = end
        return True

    return counting


def _visible_entity(state: StateInline, silent: bool) -> bool:
    """`&eacute;` as the letter that it stands for; no way round the checks of the file's own characters."""
    count = len(state.tokens)
    found = entity(state, silent)
    for token in state.tokens[count:]:
        if token.type == "text_special" and text_findings(token.content, ""):
            token.content = token.markup
    return found


def _escape(state: StateInline, silent: bool) -> bool:
    """A backslash before a sign that could be a mark, or at the end of a line; before any other it is text."""
    source, at = state.src, state.pos + 1
    if source[state.pos] != "\\" or at >= state.posMax:
        return False
    sign = source[at]
    if sign == "\n":
        if not silent:
            state.push("hardbreak", "br", 0).markup = "\\"
        at += 1
        while at < state.posMax and source[at] in " \t":
            at += 1
        state.pos = at
        return True
    if sign not in _PROTECTED or (sign == "_" and state.pos and source[state.pos - 1] in _SHRUG):
        return False
    if not silent:
        token = state.push("text_special", "", 0)
        token.content, token.markup, token.info = sign, f"\\{sign}", "escape"
    state.pos = at + 1
    return True


def _graves(state: StateInline, silent: bool) -> bool:
    """`Code` between graves, if it is code; else the graves are left for `punctuation`, which knows what they mean."""
    source, begin = state.src, state.pos
    if source[begin] != "`":
        return False
    end = _GRAVE.match(source, begin, state.posMax).end()  # type: ignore[union-attr]
    length = end - begin
    limit = min(state.posMax, end + _LONGEST_CODE)
    close = end
    while not (begin and source[begin - 1].isalnum()) and (found := _GRAVE.search(source, close, limit)):
        close = found.end()
        if close - found.start() != length or (close < state.posMax and source[close].isalnum()):
            continue
        content = source[end : found.start()].replace("\n", " ")
        if (
            not content.strip()
            or length > 2
            or (length == 1 and (content != content.strip() or not _CODE.search(content)))
        ):
            break
        if not silent:
            token = state.push("code_inline", "code", 0)
            token.markup = source[begin:end]
            token.content = content[1:-1] if content[:1] == content[-1:] == " " else content
        state.pos = close
        return True
    if not silent:
        state.pending += source[begin:end]
    state.pos = end
    return True


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
        token.meta = {"lang": tag[1], "marks": 1 + signs(state.src[end : tag.end()])}
        state.md.inline.tokenize(state)
        state.push("language_close", "span", -1)
        state.posMax = last
    state.pos = tag.end()
    return True
