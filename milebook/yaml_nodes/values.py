"""Read texts, dates, numbers and words from nodes, with a finding for anything else.

Every function takes the node, the name of its field (for messages) and the list that findings are added to, and returns
None where there is no usable value. An empty value is None without a finding: the caller knows whether it may be empty.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date as Day

from milebook.model.findings import WARNING, Finding, Place
from milebook.model.near_names import nearest
from milebook.model.status_words import status_meant
from milebook.yaml_nodes.nodes import Fields, Items, Node, Scalar, quoted, shown, typed_value

# What escapes ("\n", "\u202e") can bring into a value: line breaks would end a mail's header or a table's row, and the
# others are invisible and turn letters around.
_BREAKS = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_LOOSE_DAY = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})")
_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
_YES = {**dict.fromkeys(("yes", "y", "on", "1"), "true"), **dict.fromkeys(("no", "n", "off", "0"), "false")}

MOST_SUGGESTIONS = 1000  # looking for the nearest word takes time, and no one reads that many findings

REFUSE, JOIN, KEEP = "refuse", "join", "keep"  # what becomes of line breaks in a text


_BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # letters by name, and nothing to see


def text(node: Node, name: str, findings: list[Finding], breaks: str = REFUSE) -> str | None:
    """The value as text, as typed: `5:22`, `no` and `1984` are texts like any other. Spaces at both ends are dropped."""
    if not isinstance(node, Scalar):
        wrong_kind(node, name, "a text", findings)
        return None
    value = node.value
    if node.cut and not node.mended:
        _report_cut(node, name, findings)
    if not value or (node.plain and value == "~"):
        return None
    if not node.plain:
        if found := _INVISIBLE.search(value):
            number = f"U+{ord(found.group()):04X}"
            hint = "delete it and type the text anew"
            findings.append(node.finding("MB102", f'"{name}" holds an invisible character ({number})', hint))
            value = _INVISIBLE.sub("", value)
        if _BREAKS.search(value):
            value = _without_breaks(value, node, name, findings, breaks)
    if "\t" in value:
        value = value.replace("\t", " ")
    value = value.strip(" \n")
    return value if is_visible(value) else None


def is_visible(text: str) -> bool:
    """Whether a text prints anything: not if it is made of spaces and characters without width."""
    if text.isascii():
        return bool(text) and not text.isspace()
    return any(not (sign.isspace() or sign in _BLANK or unicodedata.category(sign) in ("Cf", "Cc")) for sign in text)


def _without_breaks(value: str, node: Scalar, name: str, findings: list[Finding], breaks: str) -> str:
    value = value.rstrip("\n")  # what a block under "|" or ">" always ends with
    odd = re.search("[\r\x0b\x0c\x85\u2028\u2029]", value)
    if odd or (breaks == REFUSE and "\n" in value):
        what = f"a line break (U+{ord(odd.group()):04X})" if odd else "a line break"
        findings.append(node.finding("MB114", f'"{name}" holds {what}', "write it as one line"))
        return _BREAKS.sub(" ", value)
    if breaks == JOIN:
        return " ".join(line.strip(" \t") for line in value.split("\n") if line.strip(" \t"))
    return value


def _report_cut(node: Scalar, name: str, findings: list[Finding]) -> None:
    whole = f"{node.value} {node.cut}".strip()
    hint = f'put the value in quotes: {name}: {quoted(shown(whole))}; for a comment, put a space after the "#"'
    if node.value:
        message = f'"{name}" ends before the "#": {shown(node.cut)!r} is read as a comment and left out'
        found = node.finding("MB109", message, hint)
        findings.append(found._replace(severity=WARNING))
    else:
        message = f'"{name}" is empty, since "#" begins a comment: {shown(node.cut)!r} is left out'
        findings.append(node.finding("MB109", message, hint))


def texts(
    node: Node, name: str, findings: list[Finding], *, wanted: str = "a text", hint: str = ""
) -> list[tuple[str, Place]] | None:
    """A list of one-line texts with their places. A single text counts as a list of one: `authors: Ada Example`.

    `wanted` and `hint` are for the report of an item that is a group of fields.
    """
    if isinstance(node, Scalar):
        if node.mended:
            return None
        value = text(node, name, findings)
        return None if value is None else [(value, node.place)]
    if not isinstance(node, Items):
        wrong_kind(node, name, "a list", findings)
        return None
    found = []
    for item in node.items:
        if isinstance(item, Fields):
            wrong_kind(item, name, wanted, findings, hint)
            continue
        value = text(item, name, findings)
        if value is not None:
            found.append((value, item.place))
        elif isinstance(item, Scalar) and not item.mended and not item.cut:
            findings.append(item.finding("MB109", f'an item of "{name}" is empty', "fill it in, or take it out"))
    return found


def truth(node: Node, name: str, findings: list[Finding]) -> bool | None:
    """`true` or `false`, and no other word for it."""
    value = _plain_value(node, name, "true or false", findings)
    if value is None:
        return None
    if value in ("true", "false"):
        _complain_of_quotes(node, name, value, "MB110", findings)
        return value == "true"
    lower = value.lower()
    meant = lower if lower in ("true", "false") else _YES.get(lower, "")
    hint = f"write {name}: {meant}" if meant else f"write {name}: true or {name}: false"
    findings.append(node.finding("MB110", f'"{name}" must be true or false, not {shown(value)!r}', hint))
    return None


def whole_number(
    node: Node, name: str, findings: list[Finding], lowest: int = 1, highest: int = 999_999_999
) -> int | None:
    """A whole number in figures, from `lowest` to `highest`."""
    value = _plain_value(node, name, "a whole number", findings)
    if value is None:
        return None
    if _NUMBER.fullmatch(value):
        _complain_of_quotes(node, name, value, "MB111", findings)
        number = int(value)
        if lowest <= number <= highest:
            return number
        limit = f"at least {lowest}" if number < lowest else f"at most {highest}"
        findings.append(node.finding("MB111", f'"{name}" must be {limit}, not {number}', "correct the number"))
        return None
    figures = re.sub(r"[ _,.']", "", value).lstrip("0")
    plain = figures if _NUMBER.fullmatch(figures) and len(figures) < 10 and not re.search(r"\.\d{1,2}$", value) else ""
    named = re.findall(r"[0-9][0-9,.' _]*", value)
    own = re.sub(r"[^0-9]", "", named[0]) if len(named) == 1 and not plain else ""
    plain = own.lstrip("0") if own and not re.search(r"\.\d{1,2}\D*$", value) and value[0] != "-" else plain
    plain = plain if len(plain) < 10 else ""
    hint = f"write {name}: {plain}" if plain else f"write it in figures, as in {name}: {max(lowest, 32)}"
    findings.append(node.finding("MB111", f'"{name}" must be a whole number, not {shown(value)!r}', hint))
    return None


def date(node: Node, name: str, findings: list[Finding]) -> str | None:
    """A day of the calendar, written YYYY-MM-DD (from 1900)."""
    value = _plain_value(node, name, "a date", findings)
    if value is None:
        return None
    if match := _DAY.fullmatch(value):
        year, month, day = (int(part) for part in match.groups())
        if year < 1900:
            findings.append(node.finding("MB112", f'the year of "{name}" cannot be right: {value}', "correct the year"))
            return None
        try:
            Day(year, month, day)
        except ValueError:
            message = f'"{name}" is not a day of the calendar: {value}'
            findings.append(node.finding("MB112", message, "correct the month or the day; the order is year-month-day"))
            return None
        return value
    hint = f"write the day as year-month-day with two figures each for month and day, as in {name}: 2026-03-09"
    if match := _LOOSE_DAY.fullmatch(value):
        year, month, day = (int(part) for part in match.groups())
        hint = f"write {name}: {year:04}-{month:02}-{day:02}"
    findings.append(node.finding("MB112", f'"{name}" must be a date, not {shown(value)!r}', hint))
    return None


def word(
    node: Node, name: str, words: Sequence[str], findings: list[Finding], meant: Mapping[str, str] | None = None
) -> str | None:
    """One of `words`, letter for letter. `meant` has other words that authors use, and those of `words` that they mean."""
    value = _plain_value(node, name, "one word", findings)
    if value is None or value in words:
        return value if value is None else words[words.index(value)]  # one string for all who say the same
    near = status_meant(value, meant or {})
    if not near and len(findings) < MOST_SUGGESTIONS:
        near = nearest(value, words)
    hint = f"did you mean {near}? " if near else ""
    hint += f"It is one of: {', '.join(words)}" if near else f"it is one of: {', '.join(words)}"
    findings.append(node.finding("MB113", f'"{name}" cannot be {shown(value)!r}', hint))
    return None


def kind_of(node: Node) -> str:
    """What an author would call this node."""
    if isinstance(node, Items):
        return "a list"
    return "a group of fields" if isinstance(node, Fields) else "a text"


def wrong_kind(node: Node, name: str, wanted: str, findings: list[Finding], hint: str = "") -> None:
    """Reports a value of another kind than the field takes, once."""
    if node.mended:
        return
    if not hint:
        typed = typed_value(node.page.line(node.line)[node.column - 1 :])
        if not isinstance(node, Scalar) and typed[:1] in ("[", "{"):
            bare = typed.strip("[]") if isinstance(node, Items) and len(node.items) > 1 else typed
            hint = f"if it is text, put it in quotes: {name}: {quoted(shown(bare))}"
        else:
            hint = f"write {wanted} after {name}:"
    findings.append(
        node.finding("MB108", f'"{name}" must be {wanted}, but {kind_of(node)} stands here', hint, name=name)
    )


def _plain_value(node: Node, name: str, wanted: str, findings: list[Finding]) -> str | None:
    """The value of a field that is no prose: None where it is empty, of another kind, or reported already."""
    if not isinstance(node, Scalar):
        wrong_kind(node, name, wanted, findings)
        return None
    if node.mended:
        return None
    if node.cut and not node.value:
        _report_cut(node, name, findings)
    value = node.value.strip()
    return None if not value or (node.plain and value == "~") else value


def _complain_of_quotes(node: Node, name: str, value: str, code: str, findings: list[Finding]) -> None:
    if isinstance(node, Scalar) and not node.plain:
        message = f'"{name}" is in quotes, which makes it a text'
        findings.append(node.finding(code, message, f"write {name}: {value}"))
