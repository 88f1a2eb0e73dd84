"""Read a Markdown text: blocks with their places, notes in order of reference, queries where they hang."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from milebook.markdown import accounts, addresses, hints, mail_traces, queries
from milebook.markdown.cleaning import cleaned
from milebook.markdown.footnotes import Definition, Footnotes, new_env
from milebook.markdown.inline import Walk, finish, has_markup, markup_in
from milebook.markdown.lines import evened
from milebook.markdown.plain_paragraphs import emphasis, paragraphs
from milebook.markdown.speech import speech_dash, spoken
from milebook.model.findings import Finding, Place
from milebook.model.text import CODE, HEADING, PARAGRAPH, SCENE_BREAK, VERSE, Block, Container, Note, Run, Text

if TYPE_CHECKING:
    from markdown_it.token import Token

_ENDS = re.compile(r"\r\n?")
# Beyond these a paragraph is no prose, and reading its marks takes the parser longer than a story is worth.
_BRACKETS, _MARKS = 500, 5_000
_BRACKETS_IN_ALL = 20_000  # or one in twenty characters, if the text is longer


def read(text: str, file: str, *, language: str, smart: bool) -> tuple[Text, list[Finding]]:
    """See `prose.read_prose`."""
    text = cleaned(_ENDS.sub("\n", text) if "\r" in text else text).removeprefix("\ufeff")
    source = text.split("\n")
    taken = queries.take_out(text, file)
    reading = _Reading(taken, source, file, language, smart)
    result = reading.text()
    return result, sorted(reading.findings, key=lambda finding: (finding.place.line, finding.place.column))


class _Reading:
    """One text on its way from tokens to blocks."""

    def __init__(self, taken: queries.TakenOut, source: list[str], file: str, language: str, smart: bool) -> None:
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
        self.widest = max(map(len, source))
        self.in_code: set[int] = set()  # queries that are none, because they stand in code
        self.walk = Walk(
            lambda token: self.footnotes.number(token, self.line, tuple(self.walk.addresses)), self._typed, self._report
        )

    # --- findings

    def say(self, code: str, message: str, hint: str, line: int, column: int = 1) -> None:
        quote = self.source[line - 1][:120] if 0 < line <= len(self.source) else ""
        message, hint = queries.MARK.sub("", message), queries.MARK.sub("", hint)
        self.findings.append(Finding(code, message, Place(self.file, line, column), hint, quote=quote))

    def _report(self, code: str, message: str, hint: str, line: int) -> None:
        self.say(code, message, hint, self.line + line)

    def _typed(self, text: str) -> str:
        """Characters of code as the author typed them."""
        self.in_code.update(int(number) for number in queries.MARK.findall(text))
        return queries.put_back(text, self.taken.queries)

    # --- the whole text

    def text(self) -> Text:
        for remark in mail_traces.remarks(self.source, self.head):
            self.say(remark.code, remark.message, remark.hint, remark.line + 1)
        body = self.taken.text
        head = self._front_matter(body)
        if head:
            body = "\n" * head + body.split("\n", head)[-1]
        tokens = self._tokens(body)
        if "deep" in self.env:
            self.say(
                "MB208",
                "quotes or lists are nested too deeply here; the innermost marks are printed as typed",
                "take out the marks (>, -, 1.) that are not needed",
                self._line(self.env["deep"]),
            )
        tokens, empty = self.footnotes.taken_from(tokens, self._line)
        for definition in empty:
            message = f"note [^{definition.label}] has no text, so its mark is printed as typed"
            self.say("MB203", message, "write the note's text after the colon", definition.line)
        marks = markup_in(body)
        for part in (tokens, *(definition.tokens for definition in self.footnotes.definitions.values())):
            for token in part:
                content = token.content
                if token.type == "inline" and ((marks and has_markup(content, marks)) or addresses.may_hold(content)):
                    self._parse_inline(token)
        blocks = [self._settings(head)] if head else []
        blocks += self._blocks(tokens)
        return self._finished(blocks, self._notes(blocks))

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
            for index in accounts.unread_lines(body.split("\n"), tokens):
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

    def _front_matter(self, body: str) -> int:
        """The number of lines of settings at the top, which are no Markdown."""
        if not body.startswith("---"):
            return 0
        return hints.front_matter(body.split("\n", 201)[:201])

    def _settings(self, head: int) -> Block:
        self.say(
            "MB209",
            "the settings at the top of this text are printed as part of it",
            "move them to the index, and take the lines between the two --- out",
            1,
        )
        lines = self._typed("\n".join(self.taken.text.split("\n", head)[:head]))
        return Block(CODE, (Run(lines, code=True),), Place(self.file, 1, 1), source=lines)

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

    # --- blocks

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
            runs = self.walk.plain(content)
        hard, soft = self.walk.breaks
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
        for remark in () if self.line <= self.head else hints.remarks(block, content, hard, self.widest):
            self._report(*remark)
        return [block]

    def _walked(self, content: str, children: list[Token], found: tuple[str, ...] | None = None) -> list[Run]:
        """The runs of a paragraph with marks; a finding if a sign was lost on the way.

        `found` are the addresses that were taken out of `content`; without it, they still stand there.
        """
        if found is None:
            self.walk.addresses = addresses.take_out(content)[1] if addresses.may_hold(content) else []
        else:
            self.walk.addresses, content = list(found), addresses.put_back(content, list(found))
        runs = self.walk.runs(children)
        lost = accounts.lost_sign(content, self.walk.marks, "".join([run.text for run in runs if not run.note]))
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
        runs = self.walk.plain(f"[{meta['label']}]: {meta['url']}{title}")
        self._report(
            "MB213",
            f"no link uses the address of “[{meta['label']}]”, so this line is printed as text",
            f"take the line out, or write the link's words as [words][{meta['label']}]",
            0,
        )
        return [self._block(PARAGRAPH, finish(runs, self.language, self.smart), token, inside)]

    # --- notes and queries

    def _notes(self, blocks: list[Block]) -> list[Note]:
        """The notes in order; those that nothing refers to come last, with their marks at the end of the text."""
        notes: list[Note] = []
        while True:
            while len(notes) < len(self.footnotes.numbered):
                notes.append(self._note(len(notes) + 1, self.footnotes.numbered[len(notes)]))
            unused = self.footnotes.next_unused()
            if unused is None:
                self._mark_deeper_notes(blocks)
                return notes
            number, definition = unused
            mark = f"[^{definition.label}]"
            message, hint = f"no {mark} in the text refers to this note", f"put {mark} where the note belongs"
            if definition.twice:
                message, hint = f"two notes are marked {mark}", "give this note a mark of its own"
            self.say("MB204", f"{message}; it is printed as the last note", hint, definition.line)
            self._mark_at_the_end(blocks, number, definition.line)

    def _mark_deeper_notes(self, blocks: list[Block]) -> None:
        """A note that only another note refers to has no page to stand on: it gets a mark at the end of the text."""
        marked = {run.note for block in blocks for run in block.runs}
        for number, definition in enumerate(self.footnotes.numbered, 1):
            if number not in marked:
                message = "a note inside another note is printed with a mark of its own at the end of the text"
                self.say("MB204", message, "put its words into the outer note, in brackets", definition.line)
                self._mark_at_the_end(blocks, number, definition.line)

    def _mark_at_the_end(self, blocks: list[Block], number: int, line: int) -> None:
        host = queries.last_printed(blocks)
        if host < 0:
            host = len(blocks)
            blocks.append(Block(PARAGRAPH, (), Place(self.file, line, 1)))
        blocks[host] = blocks[host]._replace(runs=(*blocks[host].runs, Run(str(number), note=number)))

    def _note(self, number: int, definition: Definition) -> Note:
        place = Place(self.file, definition.line, 1)
        if definition.label:
            blocks = self._blocks(definition.tokens)
        else:
            self.line = definition.line
            runs = finish(
                self._walked(definition.content, definition.tokens, definition.addresses), self.language, self.smart
            )
            blocks = [Block(PARAGRAPH, runs, place)]
        inside = [run for block in blocks for run in block.runs if run.query]
        if inside:
            self.hung[number] = inside
            blocks = [block._replace(runs=tuple(run for run in block.runs if not run.query)) for block in blocks]
        return Note(number, tuple(blocks) or (Block(PARAGRAPH, (), place),), place)

    def _finished(self, blocks: list[Block], notes: list[Note]) -> Text:
        if self.taken.queries:
            blocks = [block._replace(runs=tuple(self._with_hung(block.runs))) for block in blocks]
            self._hang_the_rest(blocks)
        blocks, asked = queries.hung(blocks, self.taken.queries)
        blocks = [block._replace(runs=_with_notes_apart(block.runs)) for block in blocks] if len(notes) > 1 else blocks
        if not any(run.text.strip() for block in blocks for run in block.runs):
            self.say("MB200", "this text is empty", "write the text into the file, or take it out of the index", 1)
        return Text(tuple(blocks), tuple(notes), tuple(asked))

    def _hang_the_rest(self, blocks: list[Block]) -> None:
        """Hangs queries that stood where nothing is printed (in an address, in a note of a note) on the last paragraph."""
        found = {run.query for block in blocks for run in block.runs} | self.in_code
        rest = [Run("", query=number + 1) for number in range(len(self.taken.queries)) if number + 1 not in found]
        host = queries.last_printed(blocks)
        if rest and host < 0:
            blocks.append(Block(PARAGRAPH, tuple(rest), self.taken.queries[0].place))
        elif rest:
            blocks[host] = blocks[host]._replace(runs=(*blocks[host].runs, *rest))

    def _with_hung(self, runs: tuple[Run, ...]) -> list[Run]:
        """The runs with the queries of a note behind the note's mark: a proof shows them beside the text."""
        out: list[Run] = []
        for run in runs:
            out.append(run)
            if run.note in self.hung:
                out += self.hung.pop(run.note)
        return out


def _with_notes_apart(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """The runs with a narrow space between the marks of two notes at one place: 1 2, not 12."""
    if not any(one.note and two.note for one, two in pairwise(runs)):
        return runs
    out: list[Run] = []
    for run in runs:
        if run.note and out and out[-1].note:
            out.append(Run("\u202f"))
        out.append(run)
    return tuple(out)
