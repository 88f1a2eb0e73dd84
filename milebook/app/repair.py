"""Repair text damaged by pasting: what would be changed, line by line, and the change itself, all of it or nothing."""

from __future__ import annotations

from collections.abc import Collection
from difflib import SequenceMatcher
from pathlib import Path

from milebook.markdown.repairs import CONTROL, ENCODING, ENTITY, WHY, repair_fully, repaired, repairs
from milebook.model.findings import Finding, Place
from milebook.model.repairs import FileRepair, LineRepair
from milebook.output.transaction import Transaction
from milebook.source import OLD_WINDOWS, STORY_LIMIT, BookFolder, changed, decode, other_text

REPORTED_AS = (
    "MB012",
    "MB013",
    "MB021",
    "MB215",
    "MB222",
)  # codes of findings about what can be repaired, often or always
_WHY_NOT = {
    "MB012": "its encoding is neither UTF-16 nor one of old Windows programs",
    "MB013": "it is no text",
    "MB021": "nobody can tell which character stood there",
}
_SAFE_IN_YAML = "&’‘“”„–—…©°½€£"


def find_repairs(root: Path, only: Collection[str] | None = None) -> tuple[list[FileRepair], list[Finding]]:
    """What can be repaired in the index and in the texts beside it, or in `only` some of them; and the files that cannot be
    read nor repaired.
    """
    folder = BookFolder(root)
    index = folder.index_path()
    if index is None:
        return [], []
    base = index.rpartition("/")[0]
    names = [f"{base}/{name}".lstrip("/") for name in folder.names(base) if name.lower().endswith(".md")]
    found: list[FileRepair] = []
    lost: list[Finding] = []
    for path in (index, *names):
        if only is not None and path not in only:
            continue
        old, problems = folder.read_bytes(path, Place(path), STORY_LIMIT * 3)
        if old is None:
            lost += problems
            continue
        text, saved_as, why_not = _text(old, path)
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
        return change.commit(f"Repaired {count} {'line' if count == 1 else 'lines'} of pasted text")


def _text(data: bytes, path: str) -> tuple[str | None, str, list[Finding]]:
    """The text of a file, line ends as they are, and how it is saved if not as UTF-8; else None and why it has none."""
    found, problems = decode(data, path)
    if found is not None:
        return data.decode("utf-8"), "", []
    other = other_text(data)
    if other is not None:
        return *other, []
    return (
        None,
        "",
        [one._replace(message=f"{one.message}; it cannot be repaired: {_why_not(one.code, data)}") for one in problems],
    )


def _why_not(code: str, data: bytes) -> str:
    if code == "MB012" and b"\0" not in data:
        return "some of its bytes stand for no letter in the old Windows encoding"
    return _WHY_NOT[code]


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
    why = f"saved as {saved_as}, not as UTF-8" if saved_as != OLD_WINDOWS else f"saved in {saved_as}, not as UTF-8"
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
