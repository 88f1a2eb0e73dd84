"""Story text as values: blocks, which hold runs of characters with one look.

Everything is final here: punctuation is already curled, markup is gone, and every block knows its line in the source.
A Run's text may hold "\\n", which is a line break the author asked for (verse); all other white space is single spaces.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from milebook.model.findings import Place


class Run(NamedTuple):
    """Characters with one look. `link` is an absolute URL, `mailto:` address or `#anchor`; `note` a footnote's number."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    small_caps: bool = False
    link: str = ""
    note: int = 0  # when set, `text` is the printed mark of that footnote, and the run is its reference
    lang: str = ""  # BCP 47, where a passage is not in the book's language
    query: int = 0  # when set, `text` is empty and query number `query` of the story hangs here


def lines_of_runs(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs line by line."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *others = run.text.split("\n")
        lines[-1].append(run._replace(text=first))
        lines += [[run._replace(text=one)] for one in others]
    return lines


class Container(NamedTuple):
    """A quote or list around a paragraph. Paragraphs of one list share its `key`; `item` counts its items from 1."""

    kind: str  # "quote" | "bullets" | "numbers"
    key: int  # unique within one text
    item: int = 0
    label: str = ""  # as typed: "3)", "1."; "•" for bullets


PARAGRAPH, VERSE, HEADING, SCENE_BREAK, CODE = "paragraph", "verse", "heading", "scene-break", "code"


class Block(NamedTuple):
    """One paragraph, verse stanza, subheading, scene break or literal passage, with the quotes and lists around it."""

    kind: str  # one of the five words above
    runs: tuple[Run, ...]
    place: Place
    inside: tuple[Container, ...] = ()  # from the outside in
    level: int = 0  # of a heading, from 1
    source: str = ""  # the Markdown of this block, as the author typed it

    @property
    def text(self) -> str:
        """The characters that are printed, without footnote marks."""
        if len(self.runs) == 1 and not self.runs[0].note:
            return self.runs[0].text
        return "".join([run.text for run in self.runs if not run.note])


class TextNote(NamedTuple):
    """A footnote: its number within the text it belongs to (from 1, in order of reference) and its paragraphs."""

    number: int
    blocks: tuple[Block, ...]
    place: Place


class Query(NamedTuple):
    """A question to the editor, `{>> … <<}`: never counted, printed in proofs only."""

    number: int  # within its story, from 1
    text: str
    place: Place
    block: int = 0  # index of the block it hangs on
    answered: bool = False


class Text(NamedTuple):
    """A whole story, opening or front-matter text, ready to be set."""

    blocks: tuple[Block, ...] = ()
    notes: tuple[TextNote, ...] = ()
    queries: tuple[Query, ...] = ()

    @property
    def paragraphs(self) -> list[int]:
        """Indexes into `blocks` of what an author counts as paragraphs, for "place: {after: 3}"."""
        return [i for i, block in enumerate(self.blocks) if block.kind not in (SCENE_BREAK, HEADING)]
