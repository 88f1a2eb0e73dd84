"""Which characters of a Markdown text print which letters: the printed text, with the place of every letter in the source.

The Markdown reader does not say where its letters come from, so printed text and source are laid side by side: a letter is a letter,
a curled quotation mark may be a straight one, and marks of emphasis, addresses, queries and line prefixes print nothing.
"""

from __future__ import annotations

import heapq
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import NamedTuple

from milebook.model.text import Run
from milebook.review.bold_italic import BOLD, ITALIC
from milebook.review.word_text import NOTE

_ATOM = re.compile(
    r"""(?P<query>\{>>.*?<<\})
    |(?P<escape>\\[!-/:-@\[-`{-~])
    |(?P<hard>(?:[ ]{2,}|\\)\n[ \t>]*)
    |(?P<soft>[ \t]*\n[ \t>]*)
    |(?P<note>\[\^[^\]\s]{1,60}\](?!:)|\^\[(?:[^\[\]]|\[[^\[\]]*\])*\])
    |(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});)
    |(?P<target>\](?:\((?:[^()\n]|\([^()\n]*\))*\)|\{[ ]*lang[^}\n]*\}))
    |(?P<dots>\.{3}) |(?P<dash>-{2,3}) |(?P<space>[ \t\u00a0]+) |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_PREFIX = re.compile(
    r"(?:\ufeff?[ \t]*(?:>|#{1,6}(?=[ \t])|[*+-](?=[ \t])|\d{1,9}[.)](?=[ \t])|\[\^[^\]\s]+\]:))*[ \t]*"
)
_LIKE = {
    '"': "“”„‟«»‹›″‘’", "'": "‘’‚‛′‹›“”″", "`": "‘’`", "-": "-–—−‐‑", " ": " \u00a0\u202f\u2009\n", "~": "~",
}  # fmt: skip
# What it costs to pass over marks that print nothing, signs and letters, and to have a letter from nowhere.
_FREE, _SKIP, _LETTER, _EXTRA = 0, 1, 9, 2
_MARKS = frozenset("*_`[]<>\\#")
_BUDGET = 400_000


class Atom(NamedTuple):
    """A piece of source. `prints` are the texts that it may print; "" where it may print nothing."""

    start: int
    end: int
    kind: str
    prints: tuple[str, ...]


@dataclass(slots=True)
class Mapped:
    """The letters of a block. Lists run parallel to `text`, and are -1 where a letter's source is not known."""

    text: str
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    looks: list[int] = field(default_factory=list)
    content: tuple[int, int] = (0, 0)  # where the block's own text begins, behind its prefix, and ends
    silent: list[Atom] = field(default_factory=list)  # what prints nothing


def printed(runs: Sequence[Run], *, notes: bool = True, seen: set[int] | None = None) -> tuple[str, list[int]]:
    """The letters of runs, a NOTE for each mark of a note, and their looks.

    A mark of a note that is `seen` already, which grows, is nothing but its number.
    """
    seen = set() if seen is None else seen
    text: list[str] = []
    looks: list[int] = []
    for run in runs:
        if run.query:
            continue
        here = run.text
        if run.note and run.note not in seen:
            here = NOTE if notes else ""
            seen.add(run.note)
        text.append(here)
        looks += [(BOLD if run.bold else 0) | (ITALIC if run.italic else 0)] * len(here)
    return "".join(text), looks


def map_block(
    source: str, start: int, runs: Sequence[Run], *, notes: bool = True, seen: set[int] | None = None
) -> Mapped:
    """The letters of a block whose source begins at `start` of its file; `seen` are notes referred to before it, and grows."""
    again = tuple(dict.fromkeys(run.text for run in runs if run.note))
    text, looks = printed(runs, notes=notes, seen=seen)
    prefix = _PREFIX.match(source)
    lead = prefix.end() if prefix else 0
    mapped = Mapped(text, looks=looks, content=(start + lead, start + len(source)))
    atoms = _atoms(source, start, notes, again)
    path = _aligned(text, atoms, start + lead)
    mapped.starts, mapped.ends = [-1] * len(text), [-1] * len(text)
    if path is None:
        return mapped
    at = 0
    for atom, prints in path:
        if not prints:
            mapped.silent.append(atom)
        for offset in range(at, at + len(prints)):
            mapped.starts[offset], mapped.ends[offset] = atom.start, atom.end
        at += len(prints)
    first = next((position for position in mapped.starts if position >= 0), None)
    if first is not None and first < start + lead:
        mapped.content = (first, mapped.content[1])
    return mapped


def _atoms(source: str, start: int, notes: bool, again: tuple[str, ...]) -> list[Atom]:
    made: list[Atom] = []
    for found in _ATOM.finditer(source):
        kind, text = found.lastgroup or "sign", found.group()
        prints: tuple[str, ...]
        if kind == "query":
            prints = ("",)
        elif kind == "escape":
            prints = (text[1], text)
        elif kind == "hard":
            prints = ("\n", "")
        elif kind == "soft":
            prints = (" ", "", "\n")
        elif kind == "note":
            prints = (NOTE if notes else "", *again, text)
        elif kind == "entity":
            prints = (unescape(text), text)
        elif kind == "target":
            prints = ("", text)
        elif kind == "dots":
            prints = ("…", "...")
        elif kind == "dash":
            prints = ("—", "–", text)
        elif kind == "space":
            prints = (" ", "\u00a0", "\u202f", "", text)
        else:
            prints = (text, "")
        made.append(Atom(found.start() + start, found.end() + start, kind, prints))
    return made


def _aligned(text: str, atoms: Sequence[Atom], content: int) -> list[tuple[Atom, str]] | None:
    """The cheapest way to read the atoms as the text: each with what it prints. None if there is none."""
    heap: list[tuple[int, int, int]] = [(0, 0, 0)]
    came: dict[tuple[int, int], tuple[tuple[int, int], int, str | None]] = {(0, 0): ((0, 0), 0, None)}
    done = set[tuple[int, int]]()
    steps = 0
    goal = (len(atoms), len(text))
    while heap and steps < _BUDGET:
        cost, left, at = heapq.heappop(heap)
        here = (-left, -at)
        if here in done:
            continue
        done.add(here)
        steps += 1
        if here == goal:
            return _path(goal, came, atoms)
        for there, price, prints in _steps(text, atoms, here, content):
            if there not in done and (there not in came or came[there][1] > cost + price):
                came[there] = (here, cost + price, prints)
                heapq.heappush(heap, (cost + price, -there[0], -there[1]))
    return None


def _steps(
    text: str, atoms: Sequence[Atom], here: tuple[int, int], content: int
) -> list[tuple[tuple[int, int], int, str | None]]:
    index, at = here
    found: list[tuple[tuple[int, int], int, str | None]] = []
    if at < len(text):
        price = _EXTRA if text[at] in " \u00a0\u202f…" else _LETTER
        found.append(((index, at + 1), price, None))
    if index == len(atoms):
        return found
    atom = atoms[index]
    for prints in atom.prints:
        if not prints:
            found.append(((index + 1, at), _silence(atom, content), ""))
        elif text.startswith(prints, at):
            found.append(((index + 1, at + len(prints)), _FREE, prints))
        elif len(prints) == 1 and at < len(text) and text[at] in _LIKE.get(prints, ""):
            found.append(((index + 1, at + 1), _FREE, text[at]))
    if "" not in atom.prints:
        found.append(((index + 1, at), _LETTER, ""))
    return found


def _silence(atom: Atom, content: int) -> int:
    """What it costs that an atom prints nothing."""
    if atom.end <= content or atom.kind in ("query", "note", "target"):
        return _FREE
    if atom.kind in ("hard", "soft", "space"):
        return _SKIP
    return _SKIP if atom.kind == "sign" and not atom.prints[0].isalnum() else _LETTER


def _path(
    goal: tuple[int, int], came: dict[tuple[int, int], tuple[tuple[int, int], int, str | None]], atoms: Sequence[Atom]
) -> list[tuple[Atom, str]]:
    path: list[tuple[Atom, str]] = []
    here = goal
    nowhere = Atom(-1, -1, "none", ())
    while here != (0, 0):
        before, _, prints = came[here]
        path.append((nowhere, "?") if prints is None else (atoms[before[0]], prints))
        here = before
    return path[::-1]
