"""A Markdown text in, a Text out: blocks with their places, notes in order of reference, queries where they hang."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from milebook.findings import Finding, Place
from milebook.prose import hints, queries
from milebook.prose.blocks import (
    CODE,
    HEADING,
    PARAGRAPH,
    SCENE_BREAK,
    VERSE,
    Block,
    Container,
    Note,
    Query,
    Run,
    Text,
)
from milebook.prose.grammar import new_env, parser
from milebook.prose.inline import Walk, finish, has_markup

if TYPE_CHECKING:
    from markdown_it.token import Token

_ENDS = re.compile(r"\r\n?")
# What no printed format can hold. `source` reports these characters; here they must only do no harm.
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_UNDEFINED = re.compile(r"\[\^([^\]\s\[]{1,60})\]")


def cleaned(text: str) -> str:
    """The text in Unicode's composed form, with characters that no format can hold replaced by U+FFFD."""
    text = _UNPRINTABLE.sub("\ufffd", text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def read(text: str, file: str, *, language: str, smart: bool) -> tuple[Text, list[Finding]]:
    """See `prose.read_prose`."""
    text = cleaned(_ENDS.sub("\n", text.removeprefix("\ufeff")))
    source = text.split("\n")
    taken = queries.take_out(text, file)
    reading = _Reading(taken, source, file, language, smart)
    result = reading.text()
    return result, sorted(reading.findings, key=lambda finding: (finding.place.line, finding.place.column))


class _Definition(NamedTuple):
    """A footnote's text: the tokens of its paragraphs."""

    label: str
    tokens: list[Token]
    line: int


class _Reading:
    """One text on its way from tokens to blocks."""

    def __init__(self, taken: queries.TakenOut, source: list[str], file: str, language: str, smart: bool) -> None:
        self.taken, self.source, self.file = taken, source, file
        self.language, self.smart = language, smart
        self.findings: list[Finding] = list(taken.findings)
        self.env = new_env()
        self.definitions: dict[str, _Definition] = {}
        self.spare: list[_Definition] = []  # definitions with a label that was taken
        self.numbers: dict[str, int] = {}  # footnote label, or "#id" of an inline note, to its number
        self.order: list[tuple[str, int]] = []  # notes in order of reference, with the line of the first reference
        self.keys = 0
        self.hung: dict[int, list[int]] = {}  # note number -> queries inside it
        self.line = 1  # of the paragraph being walked
        self.walk = Walk(self._note_number, self._typed, self._report)

    # --- findings

    def say(self, code: str, message: str, hint: str, line: int) -> None:
        quote = self.source[line - 1][:120] if 0 < line <= len(self.source) else ""
        self.findings.append(Finding(code, message, Place(self.file, line, 1), hint, quote=quote))

    def _report(self, code: str, message: str, hint: str, line: int) -> None:
        self.say(code, message, hint, self.line + line)

    def _typed(self, text: str) -> str:
        return queries.put_back(text, self.taken.queries)

    # --- the whole text

    def text(self) -> Text:
        md, tokens = parser(), list[Any]()
        body = self.taken.text
        head = self._front_matter(body)
        if head:
            body = "\n" * head + body.split("\n", head)[-1]
        md.block.parse(body, md, self.env, tokens)
        if "deep" in self.env:
            self.say(
                "MB208",
                "quotes or lists are nested too deeply here; the innermost marks are printed as typed",
                "take out the marks (>, -, 1.) that are not needed",
                self._line(self.env["deep"]),
            )
        tokens = self._without_definitions(_mended(tokens))
        for token in tokens + [token for each in self._all_definitions() for token in each.tokens]:
            self._parse_inline(token)
        blocks = self._literal(0, head, CODE) if head else []
        blocks += self._blocks(tokens)
        blocks, notes = self._notes(blocks)
        return self._finished(blocks, notes)

    def _line(self, index: int) -> int:
        """The author's line number, from 1, of a line that the parser counts from 0."""
        lines = self.taken.lines
        return lines[min(index, len(lines) - 1)]

    def _source(self, span: Sequence[int]) -> str:
        first = self._line(span[0])
        last = self._line(span[1]) if span[1] < len(self.taken.lines) else len(self.source) + 1
        return "\n".join(self.source[first - 1 : max(last - 1, first)]).rstrip()

    def _front_matter(self, body: str) -> int:
        head = hints.front_matter(body.split("\n", 201)[:201]) if body.startswith("---") else 0
        if head:
            self.say(
                "MB209",
                "the settings at the top of this text are printed as part of it",
                "move them to the index, and take the lines between the two --- out",
                1,
            )
        return head

    def _parse_inline(self, token: Token) -> None:
        if token.type != "inline" or not has_markup(token.content):
            return
        md = parser()
        children: list[Token] = []
        md.inline.parse(token.content, md, self.env, children)
        token.children = children

    # --- definitions of notes and links

    def _without_definitions(self, tokens: list[Token]) -> list[Token]:
        """The tokens of the body; the definitions of footnotes are kept aside."""
        body: list[Token] = []
        open_notes: list[_Definition] = []
        for token in tokens:
            if token.type == "footnote_reference_open":
                span = token.map or [0, 0]
                open_notes.append(_Definition(token.meta["label"], [], self._line(span[0])))
            elif token.type == "footnote_reference_close":
                self._define(open_notes.pop())
            else:
                (open_notes[-1].tokens if open_notes else body).append(token)
        return body

    def _define(self, definition: _Definition) -> None:
        if not any(token.type in ("inline", "fence", "hr") for token in definition.tokens):
            self.env["footnotes"]["refs"].pop(f":{definition.label}", None)
            self.say(
                "MB203", f"note [^{definition.label}] has no text", "write its text after the colon", definition.line
            )
        elif definition.label in self.definitions:
            self.spare.append(definition)
        else:
            self.definitions[definition.label] = definition

    def _all_definitions(self) -> list[_Definition]:
        return [*self.definitions.values(), *self.spare]

    def _note_number(self, token: Token) -> int:
        label = token.meta.get("label")
        key = f"^{label}" if label is not None else f"#{token.meta['id']}"
        if label is not None and label not in self.definitions:
            return 0
        if key not in self.numbers:
            self.numbers[key] = len(self.order) + 1
            self.order.append((key, self.line))
        return self.numbers[key]

    # --- blocks

    def _blocks(self, tokens: list[Token]) -> list[Block]:
        blocks: list[Block] = []
        inside: list[Container] = []
        level = 0
        for token in tokens:
            kind = token.type
            if kind == "inline":
                heading = level
                blocks += self._paragraph(token, tuple(inside), heading)
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
                label = "•" if inside[-1].kind == "bullets" else token.info + token.markup
                inside[-1] = inside[-1]._replace(item=inside[-1].item + 1, label=label)
            elif kind in ("blockquote_close", "bullet_list_close", "ordered_list_close"):
                inside.pop()
            elif kind == "hr":
                blocks.append(self._block(SCENE_BREAK, (), token, tuple(inside)))
            elif kind == "fence":
                text = self._typed(token.content).removesuffix("\n").expandtabs(4)
                blocks.append(self._block(CODE, (Run(text, code=True),) if text else (), token, tuple(inside)))
            elif kind == "definition":
                blocks += self._definition_of_link(token, tuple(inside))
        return blocks

    def _block(
        self, kind: str, runs: tuple[Run, ...], token: Token, inside: tuple[Container, ...] = (), level: int = 0
    ) -> Block:
        span = token.map or [0, 0]
        return Block(kind, runs, Place(self.file, self._line(span[0]), 1), inside, level, self._source(span))

    def _paragraph(self, token: Token, inside: tuple[Container, ...], level: int) -> list[Block]:
        self.line = self._line((token.map or [0])[0])
        content = token.content
        if token.children:
            runs = self.walk.runs(token.children)
        else:
            runs = self.walk.plain(content)
        hard, soft = self.walk.breaks
        if hard and runs and not runs[-1].code and runs[-1].text.endswith("\\"):
            runs[-1] = runs[-1]._replace(text=runs[-1].text[:-1])
        printed = finish(runs, self.language, self.smart)
        if level and not any(run.text for run in printed):
            empty = self._block(SCENE_BREAK, (), token, inside)  # a lone "#", as in typescripts
            return [empty, self._block(PARAGRAPH, printed, token, inside)] if printed else [empty]
        kind = HEADING if level else VERSE if hard and not soft else PARAGRAPH
        block = self._block(kind, printed, token, inside, level)
        self._hints(block, content, hard)
        return [block]

    def _hints(self, block: Block, content: str, hard: int) -> None:
        line = block.place.line
        if len(content) > hints.LONG:
            self.say(
                "MB207",
                f"this paragraph is very long: {len(content):,} characters",
                "divide it with empty lines",
                line,
            )
        tag = hints.html_tag(content)
        if tag and any(tag[:2] in run.text for run in block.runs if not run.code):
            self.say(
                "MB210",
                f'"{tag}" is printed as typed: a story is not a web page',
                "use *…* for italics, an empty line for a new paragraph, or take the tag out",
                line,
            )
        if "[^" in content:
            for run in block.runs:
                for found in _UNDEFINED.finditer(run.text) if not run.code else ():
                    self.say(
                        "MB203",
                        f"note {found[0]} has no text, so its mark is printed as typed",
                        f"write a line “{found[0]}: the text of the note” at the end of the story",
                        line,
                    )
        if block.kind != PARAGRAPH or hard or "\n" not in content:
            return
        if hints.looks_like_verse(content):
            self.say(
                "MB206",
                "these short lines are printed as one running paragraph",
                "if they are verse or an address, end each line but the last with a backslash (\\)",
                line,
            )
        elif any(hints.is_underline(each) for each in content.split("\n")):
            self.say(
                "MB211",
                "the line of === signs is printed as typed",
                'begin a subheading with "## " and take the line of signs out',
                line,
            )
        else:
            indented = hints.indented_line(block.source.split("\n"))
            if indented:
                self.say(
                    "MB212",
                    "an indented line does not begin a new paragraph here: it runs on",
                    "put an empty line before every paragraph",
                    line + indented,
                )

    def _literal(self, first: int, last: int, kind: str) -> list[Block]:
        """Lines of the text as a block that is printed as typed."""
        lines = self._typed("\n".join(self.taken.text.split("\n")[first:last]))
        place = Place(self.file, self._line(first), 1)
        if kind == CODE:
            return [Block(CODE, (Run(lines, code=True),), place, source=lines)]
        self.line = place.line
        runs = finish(self.walk.plain(lines), self.language, self.smart)
        return [Block(PARAGRAPH, runs, place, source=lines)]

    def _definition_of_link(self, token: Token, inside: tuple[Container, ...]) -> list[Block]:
        """Nothing for a definition that a link uses; else the line itself, for it may be the author's words."""
        label, span = token.meta["id"], token.map or [0, 0]
        known = self.env["references"][label]
        if label in self.env["references"].used and known["map"] == span:
            return []
        [block] = self._literal(span[0], span[1], PARAGRAPH)
        self.say(
            "MB213",
            f"no link uses the address of “[{token.meta['label']}]”, so this line is printed as text",
            "take the line out, or write the link's words as [words]" + f"[{token.meta['label']}]",
            block.place.line,
        )
        return [block._replace(inside=inside)]

    # --- notes and queries

    def _notes(self, blocks: list[Block]) -> tuple[list[Block], list[Note]]:
        notes: list[Note] = []

        def write() -> None:
            while len(notes) < len(self.order):
                key, line = self.order[len(notes)]
                notes.append(self._note(len(notes) + 1, key, line))

        write()
        unused = [each for each in self.definitions.values() if f"^{each.label}" not in self.numbers]
        for definition in [*unused, *self.spare]:
            twice = definition in self.spare
            self.say(
                "MB204",
                f"note [^{definition.label}] is defined twice; this one is printed as the last note"
                if twice
                else f"no [^{definition.label}] in the text refers to this note; it is printed as the last note",
                "give the second note its own mark" if twice else f"put [^{definition.label}] where the note belongs",
                definition.line,
            )
            key = f"={len(self.order)}"
            if not twice:
                key = f"^{definition.label}"
            if key in self.numbers:
                continue
            self.numbers[key] = len(self.order) + 1
            self.order.append((key, definition.line))
            self._loose = definition
            place = _last_printed(blocks)
            if place < 0:
                blocks = [*blocks, Block(PARAGRAPH, (), Place(self.file, definition.line, 1))]
                place = len(blocks) - 1
            number = self.numbers[key]
            blocks[place] = blocks[place]._replace(runs=(*blocks[place].runs, Run(str(number), note=number)))
            write()
        return blocks, notes

    def _note(self, number: int, key: str, line: int) -> Note:
        if key[0] == "#":
            tokens = self.env["footnotes"]["list"][int(key[1:])]["tokens"]
            self.line = line
            runs = finish(self.walk.runs(tokens), self.language, self.smart)
            blocks = [Block(PARAGRAPH, runs, Place(self.file, line, 1))]
        else:
            definition = self.definitions[key[1:]] if key[0] == "^" else self._loose
            line = definition.line
            blocks = self._blocks(definition.tokens)
        inside = [run.query for block in blocks for run in block.runs if run.query]
        if inside:
            self.hung[number] = inside
            blocks = [block._replace(runs=tuple(run for run in block.runs if not run.query)) for block in blocks]
        return Note(number, tuple(blocks), Place(self.file, line, 1))

    def _finished(self, blocks: list[Block], notes: list[Note]) -> Text:
        if self.hung:
            blocks = [block._replace(runs=tuple(self._with_hung(block.runs))) for block in blocks]
        blocks = _query_paragraphs_hung(blocks)
        if not any(run.text.strip() for block in blocks for run in block.runs):
            self.say("MB200", "this text is empty", "write the text into the file, or take it out of the index", 1)
            blocks = [block for block in blocks if any(run.text or run.query for run in block.runs)]
        asked: list[Query] = []
        for index, block in enumerate(blocks):
            if not any(run.query for run in block.runs):
                continue
            runs = []
            for run in block.runs:
                if run.query:
                    written = self.taken.queries[run.query - 1]
                    asked.append(Query(len(asked) + 1, written.text, written.place, index, written.answered))
                    run = run._replace(query=len(asked))
                runs.append(run)
            blocks[index] = block._replace(runs=tuple(runs))
        return Text(tuple(blocks), tuple(notes), tuple(asked))

    def _with_hung(self, runs: tuple[Run, ...]) -> list[Run]:
        out: list[Run] = []
        for run in runs:
            out.append(run)
            if run.note in self.hung:
                out += [Run("", query=number) for number in self.hung.pop(run.note)]
        return out


def _last_printed(blocks: list[Block]) -> int:
    return next((i for i in range(len(blocks) - 1, -1, -1) if blocks[i].kind not in (SCENE_BREAK, CODE)), -1)


def _query_paragraphs_hung(blocks: list[Block]) -> list[Block]:
    """The blocks without those that hold nothing but queries: these hang on the text before, or else on the text after."""
    if not any(block.runs and all(run.query for run in block.runs) for block in blocks):
        return blocks
    out: list[Block] = []
    waiting: list[Run] = []
    for block in blocks:
        if block.runs and all(run.query for run in block.runs) and not any(c.item for c in block.inside):
            host = _last_printed(out)
            if host < 0:
                waiting += block.runs
            else:
                out[host] = out[host]._replace(runs=(*out[host].runs, *block.runs))
        elif waiting and block.kind not in (SCENE_BREAK, CODE):
            out.append(block._replace(runs=(*waiting, *block.runs)))
            waiting = []
        else:
            out.append(block)
    if waiting:
        out.append(Block(PARAGRAPH, tuple(waiting), blocks[0].place))
    return out


def _mended(tokens: list[Token]) -> list[Token]:
    return tokens
