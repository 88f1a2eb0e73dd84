"""Read emphasis as readers type it: stars and underscores mark a passage only at the edges of words, and in pairs.

A mark inside a word, without its partner, or without a word after it is a sign like any other: `b*st*rd`, `^_^`, `____`.
"""

from __future__ import annotations

import re
import unicodedata

from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

from milebook.model.languages import is_unspaced

_MOST = 3  # marks in a row: *italics*, **bold**, ***both***
# What may stand before a mark that opens (beside a space), and after one that closes.
_BEFORE = frozenset("\"'“”‘’«»‹›„‚()[]{}-–—…,.;:!?¿¡*_")
_AFTER = frozenset("\"'“”‘’«»‹›()[]{}-–—…,.;:!?*_/")
# What may stand between the mark that opens and the first letter, and between the last letter and the mark that closes.
_FIRST = re.compile(
    r"[*_]*(?:[«‹–—][ \u00a0\u2009\u202f](?=[^\s*_])|[\"'“”‘’«»‹›„‚(\[{<¿¡…$€£¥#&@+`\ufdd2]|\.\.\.|[-–—](?=[^\s\-_*]))*"
)
_END = frozenset(">\"'“”‘’«»‹›()[]{}-–—…,.;:!?%°€$£&+*_\\`′″")


def mark_of_emphasis(state: StateInline, silent: bool) -> bool:
    """Note a run of stars or underscores; the parser pairs those that may open with those that may close."""
    source, begin = state.src, state.pos
    mark = source[begin]
    if silent or mark not in "*_":
        return False
    end = begin
    while end < state.posMax and source[end] == mark:
        end += 1
    length = end - begin
    opens = length <= _MOST and _opens(source, begin, end, state.posMax)
    closes = length <= _MOST and _closes(source, begin, end, state.posMax)
    if not (opens or closes):
        state.pending += source[begin:end]
    else:
        for _ in range(length):
            state.push("text", "", 0).content = mark
            state.delimiters.append(Delimiter(ord(mark), length, len(state.tokens) - 1, -1, opens, closes))
    state.pos = end
    return True


def whole_runs(state: StateInline) -> None:
    """Undo pairs that would use up only some of the marks in a row: `**so*` keeps all three stars."""
    _keep_whole(state.delimiters)
    for meta in state.tokens_meta:
        if meta and "delimiters" in meta:
            _keep_whole(meta["delimiters"])


def _opens(source: str, begin: int, end: int, last: int) -> bool:
    before = source[begin - 1] if begin else " "
    if not (before.isspace() or before in _BEFORE or is_unspaced(before) or (before == "/" and source[begin] == "*")):
        return _is_private(before)
    at = _FIRST.match(source, end, last).end()  # type: ignore[union-attr]
    return at < last and (_is_word(source[at]) or _is_private(source[at]))


def _closes(source: str, begin: int, end: int, last: int) -> bool:
    after = source[end] if end < last else " "
    if after == "\\" and (end + 1 >= last or source[end + 1] == "\n"):
        after = " "
    if not (after.isspace() or after in _AFTER or is_unspaced(after) or _is_private(after)):
        return False
    before = source[begin - 1] if begin else " "
    return _is_word(before) or before in _END or _is_private(before)


def _is_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) in ("Mn", "Mc", "Me", "So", "Cf", "Cs")


def _is_private(character: str) -> bool:
    """Whether a character stands for something that was taken out of the text: a query or an address."""
    return "\ufdd0" <= character <= "\ufdd5"


def _keep_whole(delimiters: list[Delimiter]) -> None:
    if not delimiters:
        return
    run_of: list[int] = []
    for index, each in enumerate(delimiters):
        goes_on = (
            index and each.token == delimiters[index - 1].token + 1 and each.marker == delimiters[index - 1].marker
        )
        run_of.append(run_of[-1] if goes_on else index)
    members: dict[int, list[int]] = {}
    for index, run in enumerate(run_of):
        members.setdefault(run, []).append(index)
    partner = {}
    for index, each in enumerate(delimiters):
        if each.end >= 0:
            partner[index], partner[each.end] = each.end, index
    waiting = list(members)
    while waiting:
        run = waiting.pop()
        paired = [index for index in members[run] if index in partner]
        if len(paired) in (0, len(members[run])):
            continue
        for index in paired:
            other = partner.pop(index)
            partner.pop(other)
            delimiters[index].end = delimiters[other].end = -1
            waiting.append(run_of[other])
