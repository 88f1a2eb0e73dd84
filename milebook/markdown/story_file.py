"""Read the file of a story, an opening or a text of the front matter."""

from __future__ import annotations

from milebook.markdown import read_prose
from milebook.markdown.damage import damage, lost_letters
from milebook.model.codes import errors
from milebook.model.findings import Finding, Place
from milebook.model.text import Text
from milebook.source import BookFolder, clean, text_findings


def read_file(
    folder: BookFolder, path: str, place: Place, *, language: str, smart: bool
) -> tuple[Text | None, list[Finding]]:
    """The text of a file; None for one that cannot be had.

    `place` is where the path was written. A file that holds what cannot be printed is an empty Text.
    """
    source, findings = folder.read_text(path, place)
    if source is None:
        return None, findings
    text, more = _read(source, path, language, smart)
    return text, findings + more


def _read(source: str, path: str, language: str, smart: bool) -> tuple[Text, list[Finding]]:
    strange = text_findings(source, path)
    if errors(strange):
        return Text(), strange
    text, findings = read_prose(clean(source), path, language=language, smart=smart)
    return text, [*strange, *damage(source, path), *lost_letters(source, path), *findings]
