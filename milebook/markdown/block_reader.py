"""Read the blocks of a story: Markdown tokens to paragraphs, lists and quotations, each with its place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from milebook.markdown import addresses, hints, lost_signs, mail_traces, queries
from milebook.markdown.folding import finish
from milebook.markdown.footnotes import Footnotes, new_env
from milebook.markdown.forgotten_stars import forgotten_star, has_note_marks
from milebook.markdown.inline import Walk
from milebook.markdown.letter_closing import closing
from milebook.markdown.lines import evened
from milebook.markdown.plain_paragraphs import emphasis, paragraphs
from milebook.markdown.speech import speech_dash, spoken
from milebook.model.findings import Finding, Place
from milebook.model.text import HEADING, PARAGRAPH, SCENE_BREAK, VERSE, Block, Container, Run

if TYPE_CHECKING:
    from markdown_it.token import Token

# Beyond these a paragraph is no prose, and reading its marks takes the parser longer than a story is worth.
_BRACKETS, _MARKS = 500, 5_000
_BRACKETS_IN_ALL = 20_000  # or one in twenty characters, if the text is longer


class BlockReader(Walk):
    """What is known of a text while it is read, and how its tokens become blocks. Places are counted in the author's lines."""

    def __init__(self, taken: queries.TakenOut, source: list[str], file: str, language: str, smart: bool) -> None:
        super().__init__()
        self.taken, self.source, self.file = taken, source, file
        self.language, self.smart = language, smart
        self.findings: list[Finding] = list(taken.findings)
        self.env = new_env()
        self.footnotes = Footnotes(self.env)
        self.keys = 0
        self.brackets = 0  # so far, in all paragraphs
        self.most_brackets = max(_BRACKETS_IN_ALL, len(taken.text) // 20)
        self.hung: dict[int, list[Run]] = {}  # note number -> queries inside it
        self.line = 1  # of the paragraph being walked
        self.head = mail_traces.head(source)  # lines at the top that came with an e-mail
        self.closing = closing(source)  # the line of the greeting of a letter; -1 for none
        self.widest = max(map(len, source))
        self.in_code: set[int] = set()  # what looks like queries, but is inside code

    def say(self, code: str, message: str, hint: str, line: int, column: int = 1) -> None:
        quote = self.source[line - 1][:120] if 0 < line <= len(self.source) else ""
        message, hint = queries.MARK.sub("", message), queries.MARK.sub("", hint)
        self.findings.append(Finding(code, message, Place(self.file, line, column), hint, quote=quote))

    def report(self, code: str, message: str, hint: str, line: int) -> None:
        self.say(code, message, hint, self.line + line)

    def note_number(self, token: Token) -> int:
        return self.footnotes.number(token, self.line, tuple(self.addresses))

    def typed(self, text: str) -> str:
        self.in_code.update(int(number) for number in queries.MARK.findall(text))
        return queries.put_back(text, self.taken.queries)

    def _tokens(self, body: str) -> list[Token]:
        """The block tokens of the text."""
        bullets: dict[int, str] = {}
        body = evened(body, bullets)
        dash = speech_dash(self.language)
        tokens = paragraphs(body)
        if tokens is None:
            from milebook.markdown.grammar import block_tokens
            from milebook.markdown.lists import Reader, mended

            tokens = block_tokens(body, self.env)
            for index in lost_signs.unread_lines(body.split("\n"), tokens):
                self._lost(self._line(index), 1)
            self._remark_underlines(tokens)
            tokens = mended(tokens, Reader(bullets, dash))
        return spoken(tokens, dash) if dash else tokens

    def _remark_underlines(self, tokens: list[Token]) -> None:
        for above, token in pairwise(tokens):
            if token.type == "hr" and token.markup[:1] == "=" and above.type == "paragraph_close":
                self.say(
                    "MB211",
                    "the line of === signs is taken for a scene break",
                    'if the line above it is a subheading, begin that line with "## " and take the line of signs out',
                    self._line((token.map or [0])[0]),
                )

    def _lost(self, line: int, column: int) -> None:
        self.say(
            "MB220",
            "a part of this line would not be printed: milebook cannot read the marks in it",
            "put a backslash before the marks that are meant as text, or take them out, and please report the line",
            line,
            column,
        )

    def _line(self, index: int) -> int:
        """The author's line number, from 1, of a line that the parser counts from 0."""
        lines = self.taken.lines
        return lines[min(index, len(lines) - 1)]

    def _source(self, span: Sequence[int]) -> str:
        first = self._line(span[0])
        if span[1] == span[0] + 1 and span[1] < len(self.taken.lines) and self.taken.lines[span[1]] == first + 1:
            return self.source[first - 1].rstrip()
        last = self._line(span[1]) if span[1] < len(self.taken.lines) else len(self.source) + 1
        return "\n".join(self.source[first - 1 : max(last - 1, first)]).rstrip()

    def _parse_inline(self, token: Token) -> None:
        content = token.content
        brackets, marks = (
            content.count("["),
            content.count("*") + content.count("_") + content.count("`") + content.count("<"),
        )
        self.brackets += brackets
        if brackets > _BRACKETS or marks > _MARKS or self.brackets > self.most_brackets:
            self.say(
                "MB208",
                "there are so many brackets or marks of emphasis here that they are all printed as typed",
                "divide the paragraph, or put a backslash before the marks that are meant as text",
                self._line((token.map or [0])[0]),
            )
            return
        without, _ = addresses.take_out(content) if addresses.may_hold(content) else (content, [])
        children = emphasis(without)
        if children is None:
            from milebook.markdown.grammar import inline_tokens

            children = inline_tokens(without, self.env)
        token.children = children

    def _blocks(self, tokens: list[Token]) -> list[Block]:
        blocks: list[Block] = []
        inside: list[Container] = []
        items: list[tuple[Token, int]] = []  # the items we are in, and how many blocks there were before
        level = 0
        for token in tokens:
            kind = token.type
            if kind == "inline":
                blocks += self._paragraph(token, tuple(inside), level)
            elif kind == "heading_open":
                level = int(token.tag[1:])
            elif kind == "heading_close":
                level = 0
            elif kind == "blockquote_open":
                self.keys += 1
                inside.append(Container("quote", self.keys))
            elif kind in ("bullet_list_open", "ordered_list_open"):
                self.keys += 1
                inside.append(Container("bullets" if kind[0] == "b" else "numbers", self.keys))
            elif kind == "list_item_open":
                items.append((token, len(blocks)))
                label = "•" if inside[-1].kind == "bullets" else token.info + token.markup
                inside[-1] = inside[-1]._replace(item=inside[-1].item + 1, label=label)
            elif kind == "list_item_close":
                opened, before = items.pop()
                if len(blocks) == before:  # the number of an empty item is printed all the same
                    blocks.append(self._block(PARAGRAPH, (), opened, tuple(inside)))
            elif kind in ("blockquote_close", "bullet_list_close", "ordered_list_close"):
                inside.pop()
            elif kind == "hr":
                blocks.append(self._block(SCENE_BREAK, (), token, tuple(inside)))
            elif kind == "definition":
                blocks += self._definition_of_link(token, tuple(inside))
        return blocks

    def _block(
        self, kind: str, runs: tuple[Run, ...], token: Token, inside: tuple[Container, ...] = (), level: int = 0
    ) -> Block:
        span = token.map or [0, 0]
        source = self._source(span)
        if len(runs) == 1 and runs[0].text == source:
            source = runs[0].text  # one string, not two alike: most of a book's memory is its text
        return Block(kind, runs, Place(self.file, self._line(span[0]), 1), inside, level, source)

    def _paragraph(self, token: Token, inside: tuple[Container, ...], level: int) -> list[Block]:
        self.line = self._line(token.map[0] if token.map else 0)
        content = token.content
        if token.children:
            runs = self._walked(content, token.children)
        else:
            runs = self.plain(content)
        hard, soft = self.breaks
        if hard and not runs[-1].code and runs[-1].text.endswith("\\") and not content.endswith("\\\\"):
            runs[-1] = runs[-1]._replace(text=runs[-1].text[:-1])  # the last line of verse, ended like the others
        printed = finish(runs, self.language, self.smart)
        if level and not any(run.text for run in printed):
            empty = self._block(SCENE_BREAK, (), token, inside)  # a lone "#", as in typescripts
            return [empty, self._block(PARAGRAPH, printed, token, inside)] if printed else [empty]
        if not any(run.text.strip() or run.query for run in printed):
            return []  # spaces, or a picture without a description
        kind = HEADING if level else VERSE if hard and not soft else PARAGRAPH
        block = self._block(kind, printed, token, inside, level)
        if token.children and "*" in content:
            self._remark_stars(content, printed)
        ended = 0 <= self.closing < self.line + content.count("\n")
        for remark in () if self.line <= self.head or ended else hints.remarks(block, content, hard, self.widest):
            self.report(*remark)
        return [block]

    @cached_property
    def _has_note_marks(self) -> bool:
        return has_note_marks("\n".join(self.source))

    def _remark_stars(self, content: str, printed: Sequence[Run]) -> None:
        found = forgotten_star(content, printed, lambda: self._has_note_marks)
        if found is None:
            return
        at, word = found
        stars = word[: len(word) - len(word.lstrip("*"))]
        line = self.line + content.count("\n", 0, at)
        column = self.source[line - 1].find(word) + 1 if line <= len(self.source) else 1
        message = f"the {stars} before “{word.lstrip('*')}” is printed, for no {stars} ends the passage that it begins"
        hint = f"put {stars} after the last word of the passage, or a backslash before it if it is meant as text"
        self.say("MB223", message, hint, line, max(column, 1))

    def _walked(self, content: str, children: list[Token], found: tuple[str, ...] | None = None) -> list[Run]:
        """The runs of a paragraph with marks; a finding if a sign was lost on the way.

        `found` are the addresses that were taken out of `content`; without it, they still stand there.
        """
        if found is None:
            self.addresses = addresses.take_out(content)[1] if addresses.may_hold(content) else []
        else:
            self.addresses, content = list(found), addresses.put_back(content, list(found))
        runs = self.runs(children)
        lost = lost_signs.lost_sign(content, self.marks, "".join([run.text for run in runs if not run.note]))
        if lost:
            self._lost(self.line + lost[0], lost[1] + 1)
        return runs

    def _definition_of_link(self, token: Token, inside: tuple[Container, ...]) -> list[Block]:
        """Nothing for a definition that a link uses; else the line itself, for it may be the author's words."""
        references, meta = self.env["references"], token.meta
        if meta["id"] in references.used and references[meta["id"]]["map"] == token.map:
            return []
        self.line = self._line((token.map or [0])[0])
        title = f' "{meta["title"]}"' if meta["title"] else ""
        runs = self.plain(f"[{meta['label']}]: {meta['url']}{title}")
        self.report(
            "MB213",
            f"no link uses the address of “[{meta['label']}]”, so this line is printed as text",
            f"take the line out, or write the link's words as [words][{meta['label']}]",
            0,
        )
        return [self._block(PARAGRAPH, finish(runs, self.language, self.smart), token, inside)]
