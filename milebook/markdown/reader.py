"""Read a Markdown text: blocks with their places, notes in order of reference, queries where they were typed."""

from __future__ import annotations

import re
from itertools import pairwise

from milebook.markdown import addresses, hints, mail_traces, queries
from milebook.markdown.block_reader import BlockReader
from milebook.markdown.cleaning import cleaned
from milebook.markdown.folding import finish
from milebook.markdown.footnotes import Definition
from milebook.markdown.forgotten_stars import over_paragraphs
from milebook.markdown.inline import has_markup, markup_in
from milebook.model.findings import Finding, Place
from milebook.model.text import CODE, PARAGRAPH, Block, Run, Text, TextNote

_ENDS = re.compile(r"\r\n?")


def read(text: str, file: str, *, language: str, smart: bool) -> tuple[Text, list[Finding]]:
    """See `milebook.markdown.read_prose`."""
    text = cleaned(_ENDS.sub("\n", text) if "\r" in text else text).removeprefix("\ufeff")
    source = text.split("\n")
    taken = queries.take_out(text, file)
    reading = _Reading(taken, source, file, language, smart)
    result = reading.text()
    return result, sorted(reading.findings, key=lambda finding: (finding.place.line, finding.place.column))


class _Reading(BlockReader):
    """One text on its way from tokens to blocks."""

    def text(self) -> Text:
        for remark in mail_traces.remarks(self.source, self.head):
            self.say(remark.code, remark.message, remark.hint, remark.line + 1)
        if self.closing >= 0:
            remark = mail_traces.remark_of_closing(self.source, self.closing)
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
        self._remark_long_passages(blocks)
        return self._finished(blocks, self._notes(blocks))

    def _front_matter(self, body: str) -> int:
        """The number of lines of settings at the top, which are no Markdown."""
        if not body.startswith("---"):
            return 0
        return hints.front_matter(body.split("\n", 201)[:201])

    def _remark_long_passages(self, blocks: list[Block]) -> None:
        if not any(block.runs and block.runs[0].text[:1] in ("*", "_") for block in blocks):
            return
        for number, marks in over_paragraphs([block.text for block in blocks]):
            message = f"the {marks} at the beginning of this paragraph is printed, for its partner stands in a later paragraph"
            hint = f"put {marks} at the beginning and at the end of each of these paragraphs"
            self.say("MB223", message, hint, blocks[number].place.line)

    def _settings(self, head: int) -> Block:
        self.say(
            "MB209",
            "the settings at the top of this text are printed as part of it",
            "move them to the index, and take the lines between the two --- out",
            1,
        )
        lines = self.typed("\n".join(self.taken.text.split("\n", head)[:head]))
        return Block(CODE, (Run(lines, code=True),), Place(self.file, 1, 1), source=lines)

    # --- notes and queries

    def _notes(self, blocks: list[Block]) -> list[TextNote]:
        """The notes in order; those that nothing refers to come last, with their marks at the end of the text."""
        notes: list[TextNote] = []
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

    def _note(self, number: int, definition: Definition) -> TextNote:
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
        return TextNote(number, tuple(blocks) or (Block(PARAGRAPH, (), place),), place)

    def _finished(self, blocks: list[Block], notes: list[TextNote]) -> Text:
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
