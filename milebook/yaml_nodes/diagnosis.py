"""Explain in an author's words what is wrong with a line that the YAML parser refuses."""

from __future__ import annotations

import re

import yaml

from milebook.yaml_nodes.line_shapes import Diagnosis, Typed, indent_of, structure, typed
from milebook.yaml_nodes.nodes import TypedPage, quoted, shown
from milebook.yaml_nodes.open_quotes import BEGINS, CLOSED, open_in_flow

_COMMENT = re.compile(r"[ \t]#(?:[ \t].*)?$")

_OPENERS = {
    "@": "which YAML keeps for itself",
    "`": "which YAML keeps for itself",
    "%": "which YAML keeps for itself",
    "*": "which means a copy of another place in the file",
    "&": "which means a label for use elsewhere in the file",
    "!": "which means an instruction to the program",
    "|": "which means that the text begins on the next line",
    ">": "which means that the text begins on the next line",
    "[": "which begins a list",
    "{": "which begins a group of fields",
    "]": "which ends a list",
    "}": "which ends a group of fields",
    ",": "which separates the items of a list",
    "-": "which begins an item of a list",
    "?": "which YAML keeps for itself",
}


_PAIRS = ("''", '""', "“”", "‘’", "„“", "„”", "«»", "»«", "‚‘")


def diagnose(page: TypedPage, lines: list[str], first: int, error: yaml.MarkedYAMLError) -> Diagnosis:
    """`lines` are the ones that were read, the first of them being line `first` of the page."""
    row, column = _spot(error.problem_mark, lines)
    context_row, context_column = _spot(error.context_mark, lines)
    problem = f"{error.context or ''} {error.problem or ''}"

    if in_flow := open_in_flow(lines, first, row):
        return in_flow
    quote = _open_quote(lines, row, context_row if "quoted scalar" in problem else row)
    if quote is not None:
        at, opened = quote
        return _quote_not_closed(lines[at], first + at, opened)
    if "simple key" in problem or ("flow" in problem and context_row < row):
        row, column = context_row, context_column
    line = lines[row]
    number = first + row

    if "flow" in problem and error.context_mark is not None:
        return _bracket(lines, first, error, row, column)
    if re.match(r"[ ]*\t", line) and not line[:column].strip():
        at = line.index("\t")
        return Diagnosis(
            number, at + 1, 1, "this line is indented with a tab", "use spaces; YAML allows no tabs there", kind="tab"
        )
    if "unknown escape" in problem:
        return _backslash(line, number, column)
    found = _value(line, number)
    if found is not None:
        return found
    return structure(lines, first, row, column, problem)


def _spot(mark: yaml.Mark | None, lines: list[str]) -> tuple[int, int]:
    """Row and column, from 0, of a mark; never behind the last line that holds something."""
    if mark is None:
        return 0, 0
    row, column = mark.line, mark.column
    if row >= len(lines) or (row == len(lines) - 1 and not lines[row].strip()):
        row = min(row, len(lines) - 1)
        while row and not lines[row].strip():
            row -= 1
        column = max(0, len(lines[row].rstrip()) - 1)
    return row, column


def _value(line: str, number: int) -> Diagnosis | None:
    """A value that would be fine between quotes; None where this is not what is wrong."""
    on_line = typed(line)
    if on_line is None:
        return None
    name, value, start = on_line
    comment = _COMMENT.search(value)
    bare = value[: comment.start()].rstrip(" \t") if comment else value
    if not bare:
        return None
    opener = bare[0]
    what = f'the value of "{shown(name)}"' if name else "this item"
    lead = f"{name}: " if name else ""
    fact = ""
    if opener in "\"'":
        closed = CLOSED[opener].match(bare)
        if closed is None or closed.end() == len(bare):
            return None
        fact = f"{what} begins with a quotation mark that closes before the text is over"
    elif name == "place" and (after := re.fullmatch(r"after:?[ \t]*([0-9]+)", bare)):
        cure = f"place: {{after: {after.group(1)}}}"
        instead = line[:start] + f"{{after: {after.group(1)}}}"
        return Diagnosis(
            number, start + 1, len(bare), f"two colons stand in one line: {bare}", f"write {cure}", instead, "place"
        )
    elif opener in "[{":
        closer = "]" if opener == "[" else "}"
        end = _partner(bare, opener, closer)
        if end < 0 or end == len(bare) - 1:
            return None  # goes on in the next lines, perhaps; see `_bracket`
        fact = f'{what} begins with "{opener}", {_OPENERS[opener]}, and goes on after "{closer}"'
    elif opener in _OPENERS and (opener not in "-?" or bare[1:2] in ("", " ", "\t")):
        if opener in "|>" and re.fullmatch(r"[|>][-+0-9]*", bare):
            return None
        fact = f'{what} begins with "{opener}", {_OPENERS[opener]}'
    elif found := re.search(r":(?=[ \t]|$)", bare):
        column = start + found.start()
        fact = f"{what} holds a colon followed by a space, which begins a field"
        instead = line[:start] + _safe(bare)
        return Diagnosis(number, column + 1, 1, fact, f"put it in quotes: {lead}{_short(bare)}", instead, "two colons")
    else:
        return None
    hint = f"if it is text, put it in quotes: {lead}{_short(bare)}"
    return Diagnosis(number, start + 1, len(bare), fact, hint, line[:start] + _safe(bare), "quotes needed")


def _partner(text: str, opener: str, closer: str) -> int:
    """Where the bracket closes that a text begins with; the last of its kind where quotation marks leave it open."""
    if '"' in text or "'" in text:
        return text.rfind(closer)
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign == opener) - (sign == closer)
        if not depth:
            return at
    return text.rfind(closer)


def _safe(text: str) -> str:
    return "'" + _inside(text).replace("'", "''") + "'"


def _short(text: str) -> str:
    return quoted(shown(_inside(text)))


def _inside(text: str) -> str:
    """A value without the quotation marks around the whole of it, of whatever kind."""
    return text[1:-1] if len(text) > 2 and text[0] + text[-1] in _PAIRS else text


def _open_quote(lines: list[str], row: int, lowest: int) -> tuple[int, Typed] | None:
    """The nearest line at or above `row` whose value opens a quotation mark that nothing closes in good order."""
    for at in range(min(row, len(lines) - 1), max(-1, min(lowest, row) - 40), -1):
        on_line = typed(lines[at])
        if on_line is None:
            continue
        value = on_line.value
        if value[0] not in "\"'":
            continue
        pattern = CLOSED[value[0]]
        if pattern.match(value):
            if at < row:
                return None  # a value in good order: what is wrong comes after it
            continue
        rest = "\n".join([value, *lines[at + 1 : row + 40]])
        closed = pattern.match(rest)
        tail = rest[closed.end() :].split("\n", 1)[0].strip() if closed else ""
        if closed and (not tail or tail[0] in "#,]}"):
            return None
        return at, on_line
    return None


def _quote_not_closed(line: str, number: int, on_line: Typed) -> Diagnosis:
    name, value, start = on_line
    lead = f"{name}: " if name else ""
    if value[0] == "'":
        hint = f"if it is an apostrophe, put the whole value in double quotes: {lead}{_short(value)}"
    else:
        hint = "add the closing quotation mark at the end of the value"
    # An opening mark that was never closed is surely part of the text when it is an apostrophe, else a slip.
    meant = value if value[0] == "'" else value[1:]
    message = f"the quotation mark {value[0]} that opens here is never closed"
    if value[0] == '"' and value[-1] in "”“" and len(value) > 1:
        message += f"; the {value[-1]} at its end is a curly one, which is a letter like any other"
        hint, meant = f"type {value[0]} in its place: {lead}{_short(value[1:-1])}", value[1:-1]
    return Diagnosis(number, start + 1, 1, message, hint, line[:start] + _safe(meant), "open quote")


def _bracket(lines: list[str], first: int, error: yaml.MarkedYAMLError, row: int, column: int) -> Diagnosis:
    mark = error.context_mark
    opened, at = _spot(mark, lines)
    opener = lines[opened][at : at + 1]
    if opener not in ("[", "{"):  # "[a, b," and nothing more: the parser names the end only
        at = max(lines[opened].rfind("["), lines[opened].rfind("{"))
        opener = lines[opened][at] if at >= 0 else ""
    if not opener:
        return structure(lines, first, row, column, error.problem or "")
    kind = "list" if opener == "[" else "group of fields"
    closer = "]" if opener == "[" else "}"
    problem_row, problem_column = _spot(error.problem_mark, lines)
    line = lines[opened]
    at_end = error.problem_mark is not None and not any(
        map(str.strip, [lines[problem_row][problem_column + 1 :], *lines[problem_row + 1 :]])
    )
    follows = problem_row > opened and BEGINS.match(lines[problem_row]) is not None
    if closer not in line[at:] and (at_end or (follows and indent_of(lines[problem_row]) <= indent_of(line))):
        message = f'the {kind} that "{opener}" opens here is never closed'
        hint = f'add "{closer}" at its end; if "{opener}" is part of a text, put the text in quotes'
        comment = _COMMENT.search(line)
        instead = line[: comment.start() if comment else len(line)].rstrip() + closer
        return Diagnosis(first + opened, at + 1, 1, message, hint, instead, "open bracket")
    message = f'something in this {kind} is not in order: a comma or "{closer}" was expected here'
    hint = 'put commas between the entries, and quotes round a text that holds a comma, a colon, "[" or "{"'
    return Diagnosis(first + problem_row, problem_column + 1, 1, message, hint, kind="comma")


def _backslash(line: str, number: int, column: int) -> Diagnosis:
    at = line.rfind("\\", 0, column + 1)
    at = at if at >= 0 else column
    message = "a backslash between double quotation marks has a meaning of its own"
    hint = "put the value in single quotes instead, or write the backslash twice"
    on_line = typed(line)
    instead = None
    if on_line is not None and len(on_line.value) > 1 and on_line.value[0] == on_line.value[-1] == '"':
        instead = line[: on_line.start] + _safe(on_line.value[1:-1])
    return Diagnosis(number, at + 1, 1, message, hint, instead, "backslash")
