"""A path in the book folder in, the Text that the file holds out: as it was read in the last run, if it lies there untouched."""

from __future__ import annotations

from typing import Any, NamedTuple

from milebook.cache.bundle import Pack
from milebook.cache.lists import findings as findings_from
from milebook.cache.lists import fitting, row
from milebook.markdown import read_prose
from milebook.markdown.facts import Facts
from milebook.markdown.keeping import text_from, text_row
from milebook.model.codes import CODES
from milebook.model.findings import ERROR, Finding, Place
from milebook.model.text import Text
from milebook.source import BookFolder, Looks, clean, text_findings


class _Kept(NamedTuple):
    looks: Looks
    text: Text
    findings: list[Finding]


def read_file(
    folder: BookFolder, path: str, place: Place, pack: Pack, facts: Facts, *, language: str, smart: bool
) -> tuple[Text | None, list[Finding]]:
    """The text of a story, opening or front-matter file; None for a file that cannot be had.

    `place` is where the path was written. A file that holds what cannot be printed is an empty Text.
    """
    key = path, language, "smart" if smart else ""
    kept = _kept(pack, path, key)
    if kept is not None:
        untouched, findings = folder.untouched(path, place, kept.looks)
        if untouched:
            pack.keep("text", *key)
            facts.introduce(kept.text, *key, again=True)
            return kept.text, [*findings, *kept.findings]
    else:
        findings = []
    source, more = folder.read_text(path, place)
    findings += more
    if source is None:
        return None, findings
    looks = folder.looks(path)
    if kept is not None and looks is not None and looks[:2] == kept.looks[:2]:
        # touched so shortly before the last run that its looks alone did not tell
        text, found = kept.text, kept.findings
        facts.introduce(text, *key, again=True)
    else:
        text, found = _read(source, path, language, smart)
        facts.introduce(text, *key, again=False)
    if looks is not None and pack.keeps:
        pack.put([looks, found, text_row(text)], "text", *key)
    return text, findings + found


def _read(source: str, path: str, language: str, smart: bool) -> tuple[Text, list[Finding]]:
    strange = text_findings(source, path)
    if any((f.severity or CODES[f.code].severity) == ERROR for f in strange):
        return Text(), strange
    text, findings = read_prose(clean(source), path, language=language, smart=smart)
    return text, strange + findings


def _kept(pack: Pack, path: str, key: tuple[str, ...]) -> _Kept | None:
    found = pack.get("text", *key)
    return None if found is None else fitting(lambda: _fitted(path, *row(found, 3)))


def _fitted(path: str, looks: Any, findings: Any, text: Any) -> _Kept:
    return _Kept(Looks.of(looks), text_from(text, path), findings_from(findings))
