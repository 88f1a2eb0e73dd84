"""Repair text damaged by pasting: what would be changed, line by line, and the change itself, all of it or nothing."""

from __future__ import annotations

import re
from collections.abc import Collection
from difflib import SequenceMatcher
from functools import cached_property
from pathlib import Path

from milebook.index import read_index
from milebook.index.edit_check import EditedFolder
from milebook.markdown.repairs import CONTROL, ENCODING, ENTITY, WHY, repair_fully, repaired, repairs
from milebook.model.findings import Finding, Place
from milebook.model.languages import base_language
from milebook.model.plurals import counted
from milebook.model.repairs import FileRepair, LineRepair
from milebook.output.transaction import Transaction
from milebook.source import STORY_LIMIT, BookFolder, changed, decode, other_text

REPORTED_AS = (
    "MB012",
    "MB013",
    "MB021",
    "MB215",
    "MB222",
)  # codes of findings about what can be repaired, often or always
_WHY_NOT = {
    "MB012": "its encoding is neither UTF-16 nor one that old programs used",
    "MB013": "it is no text",
    "MB021": "nobody can tell which character stood there",
}
_NAME_IT = "name its encoding: milebook check --fix --encoding cp1250 (cp1250 is Central European, cp1251 Cyrillic)"
_SAFE_IN_YAML = "&’‘“”„–—…©°½€£"


def find_repairs(
    root: Path, only: Collection[str] | None = None, encoding: str = ""
) -> tuple[list[FileRepair], list[Finding]]:
    """What can be repaired in the index and in the texts beside it, or in `only` some of them; and the files that cannot be
    read nor repaired. `encoding` is how the author says that those were saved that are not UTF-8; else their language tells.
    """
    folder = BookFolder(root)
    index = folder.index_path()
    if index is None:
        return [], []
    base = index.rpartition("/")[0]
    names = [f"{base}/{name}".lstrip("/") for name in folder.names(base) if name.lower().endswith(".md")]
    found: list[FileRepair] = []
    lost: list[Finding] = []
    reader = _Reader(folder, index, encoding)
    for path in (index, *names):
        if only is not None and path not in only:
            continue
        old, problems = folder.read_bytes(path, Place(path), STORY_LIMIT * 3)
        if old is None:
            lost += problems
            continue
        text, saved_as, why_not = reader.text(old, path)
        lost += why_not
        if text is not None and (one := _repaired(path, old, text, saved_as, is_index=path == index)):
            found.append(one)
    return found, [*lost, *folder.unlisted()]


def apply_repairs(root: Path, wanted: list[FileRepair]) -> list[Finding]:
    """Makes the repairs, in all files or in none. [] if they are made, else why not."""
    count = sum(len(one.lines) for one in wanted)
    with Transaction(root, "check --fix") as change:
        for one in wanted:
            if change.read(one.path) != one.old:
                return [*change.problems] or [changed(one.path)]
            change.write(one.path, one.new)
        return change.commit(f"Repaired {counted(count, 'line')} of pasted text")


class _Reader:
    """Reads the files of a book, whatever they are saved in."""

    def __init__(self, folder: BookFolder, index: str, encoding: str) -> None:
        self.folder, self.index, self.encoding = folder, index, encoding

    def text(self, data: bytes, path: str) -> tuple[str | None, str, list[Finding]]:
        """The text of a file, line ends as they are, and how it is saved if not as UTF-8; else None and why it has none."""
        found, problems = decode(data, path)
        if found is not None:
            return data.decode("utf-8"), "", []
        if other := other_text(data, self._languages(data, path), self.encoding):
            return *other, []
        return None, "", [self._unrepaired(one, data, path) for one in problems]

    def _languages(self, data: bytes, path: str) -> list[str]:
        """The languages that a file may be in: a story's own; all that the index names, for the index itself."""
        if path == self.index:
            written = re.findall(rb"\blanguage[\"']?:[ \t]*[\"']?([A-Za-z]{2,3})\b", data)
            return [tag.decode().lower() for tag in written] or ["en"]
        return [self._of_files.get(path) or self._of_files[self.index]]

    @cached_property
    def _of_files(self) -> dict[str, str]:
        """The language of each text, by its path; the book's is the index's."""
        data, _ = self.folder.read_bytes(self.index, Place(self.index))
        text = self.text(data or b"", self.index)[0]
        read, _ = read_index(EditedFolder(self.folder, text or ""))
        if read is None:
            return {self.index: "en"}
        found = {self.index: base_language(read.info.language)}
        for story in read.stories:
            path, _ = self.folder.resolve(self.index, story.file, story.place)
            if path and story.language:
                found[path] = base_language(story.language)
        return found

    def _unrepaired(self, problem: Finding, data: bytes, path: str) -> Finding:
        why, cure = _WHY_NOT.get(problem.code, ""), problem.hint
        if problem.code == "MB012" and b"\0" not in data:
            if self.encoding:
                why = f"some of its bytes stand for no letter in {self.encoding}"
            elif path == self.index:
                why = "the languages of the book do not tell which letters are meant"
                cure = f"{_NAME_IT}, or {cure}"
            else:
                why = f"read as a text in its language ({self._languages(data, path)[0]}), it makes no words"
                cure = f"write its language into its entry in {self.index}, such as language: pl; {_NAME_IT}, or {cure}"
        return problem._replace(message=f"{problem.message}; it cannot be repaired: {why}", hint=cure)


def _repaired(path: str, old: bytes, text: str, saved_as: str, *, is_index: bool) -> FileRepair | None:
    new = _index_text(text) if is_index else repair_fully(text)
    data = new.encode("utf-8")
    if data == old:
        return None
    lines = _lines(path, text, new)
    if saved_as:
        lines = _with_encoding(lines, path, old, text, new, saved_as)
    return FileRepair(path, old, data, tuple(lines))


def _with_encoding(
    lines: list[LineRepair], path: str, old: bytes, was: str, new: str, saved_as: str
) -> list[LineRepair]:
    """The repairs of a file that is not saved as UTF-8: also the lines that other programs read otherwise."""
    why = f"saved {saved_as}, not as UTF-8"
    by_line = {one.line: one for one in lines}
    before, after = was.splitlines() or [""], new.splitlines() or [""]
    if b"\0" in old:  # nothing of it can be read as UTF-8
        wrong = {1: before[0]}
    else:
        shown = old.decode("utf-8", "replace").splitlines()
        wrong = {number: line for number, line in enumerate(shown, 1) if "\ufffd" in line}
    for number, line in wrong.items():
        one = by_line.get(number)
        meant = one.after if one else after[number - 1] if number <= len(after) else ""
        by_line[number] = LineRepair(path, number, line, meant, (why, *(one.why if one else ())))
    return [by_line[number] for number in sorted(by_line)]


def _index_text(text: str) -> str:
    """The index with letters repaired; signs that mean something in YAML are left to the author."""
    kinds = (ENCODING, CONTROL, ENTITY)
    made = [
        one for one in repairs(text, kinds) if one.kind == ENCODING or one.new.isalnum() or one.new in _SAFE_IN_YAML
    ]
    return repaired(text, made)


def _lines(path: str, was: str, new: str) -> list[LineRepair]:
    old_lines, new_lines = was.splitlines(), new.splitlines()
    reasons = _reasons(was)
    out: list[LineRepair] = []
    for tag, a, b, c, d in SequenceMatcher(None, old_lines, new_lines, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        for offset in range(max(b - a, d - c)):
            before = old_lines[a + offset] if a + offset < b else ""
            after = new_lines[c + offset] if c + offset < d else ""
            if before or after:
                out.append(LineRepair(path, a + offset + 1, before, after, tuple(reasons.get(a + offset, ()))))
    return out


def _reasons(text: str) -> dict[int, list[str]]:
    """Why lines, from 0, are repaired."""
    reasons: dict[int, list[str]] = {}
    line = at = 0
    for one in repairs(text):
        line += text.count("\n", at, one.start)
        at = one.start
        kept = reasons.setdefault(line, [])
        if WHY[one.kind] not in kept:
            kept.append(WHY[one.kind])
    return reasons
