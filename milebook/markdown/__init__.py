"""Turn story text into paragraphs, notes and queries, with remarks for the author.

Nothing is imported before it is needed: every package uses the values of `model.text`, few the Markdown parser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milebook.model.findings import Finding
    from milebook.model.text import Run, Text

__all__ = ["plain_runs", "read_prose", "typographic"]


def read_prose(text: str, file: str, *, language: str, smart: bool = True) -> tuple[Text, list[Finding]]:
    """The text of a story, opening or front-matter file. Never raises, and never loses a word.

    `file` is only named in places; `language` is a BCP 47 tag and decides the shape of quotation marks; `smart=False`
    leaves punctuation as typed.
    """
    from milebook.markdown.reader import read

    return read(text, file, language=language, smart=smart)


def plain_runs(text: str, language: str, smart: bool = True, *, links: bool = False) -> tuple[Run, ...]:
    """The runs of a one-line field (title, caption, bio): `*emphasis*` and smart punctuation, no blocks.

    `links`: whether bare addresses in it become links, as in captions, credits and bios.
    """
    from milebook.markdown.inline import plain

    return plain(text, language, smart, links)


def typographic(text: str, language: str, smart: bool = True) -> str:
    """A name or a label as it is printed: curly quotation marks, and spaces that do not break. No markup is read."""
    from milebook.markdown.folding import finish
    from milebook.model.text import Run

    return "".join([run.text for run in finish([Run(text)], language, smart)])
