"""Strict YAML with places: nothing is converted, every slip is told at its spot, and no file takes longer than its length."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from milebook.model.codes import CODES
from milebook.model.findings import ERROR, WARNING, Finding
from milebook.yaml_nodes import Fields, Items, Node, Scalar, read_yaml, values
from milebook.yaml_nodes.events import MAX_DEPTH

FILE = "stories/index.yaml"


def plain(node: Node | None) -> Any:
    """The tree as Python's own lists, dicts and texts."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Items):
        return [plain(item) for item in node.items]
    if isinstance(node, Fields):
        return {key: plain(value) for key, (_typed, value) in node.fields.items()}
    return None


def read(text: str) -> tuple[Any, list[str]]:
    """The tree as plain values, and the findings as `line:column code`."""
    root, findings = read_yaml(text, FILE)
    return plain(root), [reported(finding) for finding in findings]


def reported(finding: Finding) -> str:
    return f"{finding.place.line}:{finding.place.column} {finding.code}"


def node_of(value: str) -> Node:
    """The node of a value behind `field:`."""
    root, findings = read_yaml(f"field: {value}\n", FILE)
    assert not findings
    assert isinstance(root, Fields)
    return root.fields["field"][1]


@pytest.mark.parametrize(
    "value",
    ["no", "yes", "on", "5:22", "1:05:30", "012", "1984", "1_000", "1e3", "0x1F", "null", "~", "2026-02-30", "true",
     ".inf", "=", "Nguyễn", "Łukasz", "🏃🏽‍♀️ run", "a#b", "http://x.org/a:b", "it's", 'say "hi"', "-x", "?x", "a, b"],
)  # fmt: skip
def test_every_value_stays_as_typed(value: str) -> None:
    assert read(f"field: {value}\n") == ({"field": value}, [])


def test_places_count_characters_from_one() -> None:
    root, findings = read_yaml("a:\n  - ü: héllo   # c\n    b: 'x y'\n", FILE)
    assert not findings
    assert isinstance(root, Fields)
    items = root.get("a")
    assert isinstance(items, Items)
    first = items.items[0]
    assert isinstance(first, Fields)
    key, value = first.fields["ü"]
    assert (key.line, key.column, key.width) == (2, 5, 1)
    assert (value.line, value.column, value.width) == (2, 8, 5)
    assert isinstance(value, Scalar)
    assert value.plain
    quoted = first.get("b")
    assert isinstance(quoted, Scalar)
    assert not quoted.plain
    assert (quoted.line, quoted.column, quoted.width) == (3, 8, 5)
    assert str(quoted.place) == "stories/index.yaml:3:8"
    assert value.finding("MB106", "x").quote == "  - ü: héllo   # c"


@pytest.mark.parametrize(
    ("text", "value", "findings"),
    [
        ("", None, []),
        ("# only a comment\n", None, []),
        ("\ufeffa: b\r\nc: d\r\n", {"a": "b", "c": "d"}, []),
        ("---\na: b\n", {"a": "b"}, []),
        ("a: b\n...\n", {"a": "b"}, []),
        ("{a: b, c: [d, e]}", {"a": "b", "c": ["d", "e"]}, []),
        ("a: >\n  b\n  c\n", {"a": "b c\n"}, []),
        # refused features, each with its place
        ("a: b\na: c\n", {"a": "b"}, ["2:1 MB105"]),
        ("a: &x b\n", {"a": "b"}, ["1:4 MB103"]),
        ("a: *Bold\n", {"a": "*Bold"}, ["1:4 MB103"]),
        ("a: !important x\n", {"a": "x"}, ["1:4 MB103"]),
        ("a: !!python/object/apply:os.system [ls]\n", {"a": ["ls"]}, ["1:4 MB103"]),
        ("<<: {a: b}\nc: d\n", {"c": "d"}, ["1:1 MB103"]),
        ("? [a]\n: b\nc: d\n", {"c": "d"}, ["1:3 MB103"]),
        ("{a: b}: c\n", {}, ["1:1 MB103"]),
        ("a: b\n---\nc: d\n", {"a": "b"}, ["2:1 MB103"]),
        (": a\n", None, ["1:1 MB101"]),
        # an item that slipped into the text above it
        ("- a\n- b\n   - c\n", ["a", "b - c"], ["3:4 MB101"]),
        # characters
        ("a: b\x07c\n", {"a": "b c"}, ["1:5 MB014"]),
        ("a: b\x85c\n", {"a": "b c"}, ["1:5 MB014"]),
        ("a: b\u2028c\nd: e\n", {"a": "b c", "d": "e"}, ["1:5 MB017"]),
        # slips of an author, mended where the meaning is plain
        ("title: The Run: A Story\n", {"title": "The Run: A Story"}, ["1:15 MB101"]),
        ("title: Ends with a colon:\n", {"title": "Ends with a colon:"}, ["1:25 MB101"]),
        ("title: @home\n", {"title": "@home"}, ["1:8 MB101"]),
        ("title: *bold* x\n", {"title": "*bold* x"}, ["1:8 MB101"]),
        ("title: [draft] x\n", {"title": "[draft] x"}, ["1:8 MB101"]),
        ("title: {a} x\n", {"title": "{a} x"}, ["1:8 MB101"]),
        ('title: "x" y\n', {"title": '"x" y'}, ["1:8 MB101"]),
        ("title: '90s' kid\n", {"title": "'90s' kid"}, ["1:8 MB101"]),
        ("title: %x\n", {"title": "%x"}, ["1:8 MB101"]),
        ("title: `x`\n", {"title": "`x`"}, ["1:8 MB101"]),
        ("title: - x\n", {"title": "- x"}, ["1:8 MB101"]),
        ("title: > x\n", {"title": "> x"}, ["1:8 MB101"]),
        ("title: ]\n", {"title": "]"}, ["1:8 MB101"]),
        ("title: 'Twas night\nfile: don't\n", {"title": "'Twas night", "file": "don't"}, ["1:8 MB101"]),
        ('a:\n  - title: "x\n    file: "y"\n    z: 1\n', {"a": [{"title": "x", "file": "y", "z": "1"}]}, ["2:12 MB101"]),
        ("place: after: 3\n", {"place": {"after": "3"}}, ["1:8 MB101"]),
        ('a: "C:\\new\\q"\n', {"a": "C:\\new\\q"}, ["1:11 MB101"]),
        ("a:\n  tags: [x, y\n  b: c\n", {"a": {"tags": ["x", "y"], "b": "c"}}, ["2:9 MB101"]),
        ("s:\n  - id: x\n  id: z\n  - id: y\n", {"s": [{"id": "x"}, {"id": "z"}, {"id": "y"}]}, ["3:3 MB101"]),
        ("- a: b\n  c:d\n  e: f\n", None, ["2:3 MB101"]),
        ("s:\n  - a: b\n    c:d\n    e: f\n", {"s": [{"a": "b", "c": "d", "e": "f"}]}, ["3:5 MB101"]),
        # broken beyond mending: the item is left out, its neighbors are read
        ("s:\n  - id: x\n    a: b\n   c: d\n  - id: y\n", {"s": [{"id": "x", "a": "b", "c": "d"}, {"id": "y"}]}, ["4:4 MB101"]),
        ("s:\n  - id: x\n    a: b\n     c: d\n  - id: y\n", {"s": [{"id": "x", "a": "b", "c": "d"}, {"id": "y"}]}, ["4:6 MB101"]),
        ("s:\n  - id: x\n    a: b\n    id: y\n    a: c\n", {"s": [{"id": "x", "a": "b"}, {"id": "y", "a": "c"}]}, ["4:5 MB105"]),
        ("s:\n  \u00a0- id: x\n\u00a0\u00a0  a: b\n".replace("  \u00a0-", " \u00a0-"), {"s": [{"id": "x", "a": "b"}]}, ["2:1 MB101"]),
        ("a: 'For My Mother's Day'\n", {"a": "For My Mother's Day"}, ["1:4 MB101"]),
        ("a: “Soup: A Recipe”\n", {"a": "Soup: A Recipe"}, ["1:9 MB101"]),
        ("s:\n  - id: x\n  a: z\n  - id: y\n", {"s": [{"id": "x"}, {"id": "y"}]}, ["3:3 MB101"]),
        ("s:\n\t- id: x\nt: u\n", {"s": {}, "t": "u"}, ["2:1 MB101"]),
        ("s:\n  a b\n  c: d\n", {"s": {"c": "d"}}, ["2:3 MB101"]),
        ("hello\na: b\n", {"a": "b"}, ["1:1 MB101"]),
    ],
)  # fmt: skip
def test_what_is_read_and_what_is_told(text: str, value: object, findings: list[str]) -> None:
    assert read(text) == (value, findings)


def test_half_a_character_is_refused_and_read_over() -> None:
    value, findings = read("a: \ud800\nb: c\n")
    assert value == {"a": "", "b": "c"}
    assert len(findings) == 1


def test_all_faults_come_in_one_run() -> None:
    text = "book:\n  title: A: B\nstories:\n  - id: x\n    title: @x\n  - id: y\n    title: *y* z\n    file: y.md\n  - id: z\n"
    value, findings = read(text)
    assert findings == ["2:11 MB101", "5:12 MB101", "7:12 MB101"]
    assert [story["id"] for story in value["stories"]] == ["x", "y", "z"]
    assert value["stories"][1]["file"] == "y.md"


_BEFORE = "stories:\n  - id: oak\n"
_AFTER = """
    received: 2024-01-02
    permission: {status: not_needed, reason: "made up"}
  - id: elm
    contributor: {name: "Ana", location: "Butte, Montana"}
"""


@pytest.mark.parametrize(
    ("line", "column", "hint"),
    [
        ('    contributor: {name: Ana, location: "Butte, Montana}', 40, "add the closing"),
        ('    contributor: {name: Ana, location: "Butte, Montana”}', 40, 'type " in its place'),
        ('    contributor: {name: "Ana, location: "Butte, Montana"}', 25, "add the closing"),
        ("    contributor: {name: Ana, location: 'Butte, Montana}", 40, "apostrophe"),
        ('    tags: ["race, trail]', 12, "add the closing"),
        ('    contributor: {\n      name: "Ana,\n      location: Butte}', 13, "add the closing"),
        ('    title: "The Oak”', 12, 'type " in its place: title: "The Oak"'),
    ],
)
def test_a_quote_never_closed_is_told_where_it_opens(line: str, column: int, hint: str) -> None:
    _, findings = read_yaml(_BEFORE + line + _AFTER, "index.yaml")
    assert len(findings) == 1, findings
    assert (findings[0].place.line, findings[0].place.column) == (4 if "\n" in line else 3, column)
    assert hint in findings[0].hint


def test_a_quote_that_closes_in_the_next_line_is_not_blamed() -> None:
    _, findings = read_yaml(_BEFORE + '    contributor: {name: "Ana\n      Roe"}\n   title: Oak\n', "index.yaml")
    assert [finding.place.line for finding in findings] == [5]


def test_a_second_place_is_named() -> None:
    _, findings = read_yaml("a: &x b\nc: *x\na: d\n", FILE)
    assert [reported(finding) for finding in findings] == ["1:4 MB103", "2:4 MB103", "3:1 MB105"]
    assert str(findings[1].related[0].place) == f"{FILE}:1:4"
    assert str(findings[2].related[0].place) == f"{FILE}:1:1"
    assert findings[2].quote == "a: d"


def test_the_cure_can_be_copied() -> None:
    _, findings = read_yaml("title: The Run: A Story\n", FILE)
    assert findings[0].hint == 'put it in quotes: title: "The Run: A Story"'
    _, again = read_yaml('title: "The Run: A Story"\n', FILE)
    assert not again


def test_what_a_number_sign_cuts_off_is_remembered() -> None:
    root, findings = read_yaml("a: #1 dad\nb: Mile #3\nc: x # a comment\nd: 'Mile #3'\ne: x#y\nf: # to do\n", FILE)
    assert not findings
    assert isinstance(root, Fields)
    cut = {key: node.cut for key, (_typed, node) in root.fields.items() if isinstance(node, Scalar)}
    assert cut == {"a": "#1 dad", "b": "#3", "c": "", "d": "", "e": "", "f": ""}


@pytest.mark.parametrize("opener", ["[", "{", "- ", "? ", "[\n"])
def test_nesting_is_refused_before_it_costs_anything(opener: str) -> None:
    root, findings = read_yaml("a: " * ("-" not in opener and "?" not in opener) + opener * 100_000, FILE)
    assert root is None
    assert findings[-1].code == "MB103"
    assert str(MAX_DEPTH) in findings[-1].message


def test_nesting_below_the_limit_is_fine() -> None:
    depth = MAX_DEPTH - 1
    assert read("a: " + "[" * depth + "]" * depth)[1] == []
    assert read("a: " + "[" * MAX_DEPTH + "]" * MAX_DEPTH)[1] == [f"1:{3 + MAX_DEPTH} MB103"]


def test_thousands_of_faults_end() -> None:
    _, findings = read_yaml("s:\n" + "  - a: b: c\n" * 60_000, FILE)
    assert 1_000 < len(findings) < 3_000
    assert "not looked at" in findings[-1].message


@pytest.mark.parametrize(
    "text", ["a: b: " + "x  " * 50_000, "a: [\n" + "x" + " " * 100_000, "b" + " " * 100_000 + "c: c: d"]
)
def test_long_lines_are_told_and_end(text: str) -> None:
    assert read(text)[1]


def test_the_garbage_collector_is_as_before() -> None:
    assert gc.isenabled()
    read_yaml("a: [", FILE)
    assert gc.isenabled()


# ---- both readers of PyYAML

SAMPLES = [
    "book:\n  title: A\n  authors: [A, B]\nstories:\n- id: x\n  n: 'q'\n  t: |\n    one\n    two\n- id: y\n",
    "a: &x 1\nb: *x\nc: !t d\n", "a: b\na: c\n", "a: b: c\n", "s:\n - a: [b\n - c: d\n", "s:\n - 'x\n - y\n", "é: ü # c\nx: #1\n",
    "s:\n  - a: @x\n  - b: 'y' z\n  - c: \"C:\\q\"\n", "a: [b, {c: d}]\ne: >-\n  f\n  g\n", "s:\n  a: b\n   c: d\n  e: f\n",
]  # fmt: skip


def test_with_and_without_libyaml_all_is_the_same() -> None:
    if not yaml.__with_libyaml__:
        pytest.skip("this PyYAML was built without libyaml, so there is nothing to compare")
    code = (
        "import sys; sys.modules['yaml._yaml'] = None; import test_yaml_nodes; print(test_yaml_nodes.all_of_samples())"
    )
    way = os.pathsep.join(filter(None, (str(Path(__file__).parent), os.environ.get("PYTHONPATH", ""))))
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": way}
    )
    assert done.stdout.splitlines() == ["False", *all_of_samples().splitlines()[1:]]


def all_of_samples() -> str:
    """Whether libyaml reads, and a line for each sample with all that was read."""
    read = [read_yaml(text, FILE) for text in SAMPLES]
    lines = [(plain(node), places(node), [(reported(one), one.message) for one in found]) for node, found in read]
    return "\n".join([str(yaml.__with_libyaml__), *map(ascii, lines)])


def places(node: Node | None) -> list[tuple[int, int]]:
    if isinstance(node, Items):
        return [place for item in node.items for place in places(item)]
    if isinstance(node, Fields):
        return [place for key, value in node.fields.values() for place in [(key.line, key.column), *places(value)]]
    return [(node.line, node.column)] if node else []


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="ab:- \n\t\"'[]{}#&*!|>%@`,?<~\\\r\u2028é", max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    root, findings = read_yaml(text, FILE)
    lines = text.count("\n") + text.count("\r") + 1
    for finding in findings:
        assert finding.code in CODES
        assert 1 <= finding.place.line <= lines
        assert finding.place.column >= 1
    assert root is None or isinstance(root, (Scalar, Items, Fields))


# ---- values


def value_of(function: Any, typed: str, *arguments: Any) -> tuple[Any, list[str]]:
    findings: list[Finding] = []
    result = function(node_of(typed), "field", *arguments, findings)
    return result, [finding.code for finding in findings]


@pytest.mark.parametrize(
    ("typed", "value", "codes"),
    [
        ("no", "no", []), ("5:22", "5:22", []), ("1984", "1984", []), ("null", "null", []),
        ("", None, []), ("~", None, []), ('""', None, []), ('"~"', "~", []), ('" x "', "x", []),
        ("#1 dad", None, ["MB109"]), ("Mile #3", "Mile", ["MB109"]), ("# to do", None, []), ("x # y", "x", []),
        ("[x]", None, ["MB108"]), ("{x: y}", None, ["MB108"]),
        ('"a\\nb"', "a b", ["MB114"]), ('"a\\rb"', "a b", ["MB114"]), ('"a\\u2028b"', "a b", ["MB114"]),
        ('"a\\vb"', "a b", ["MB114"]), ('"a\\x85b"', "a b", ["MB114"]), ('"a\\0b"', "ab", ["MB102"]),
        ('"a\\u202eb"', "ab", ["MB102"]), ('"a\\tb"', "a b", []), ("|\n  one line", "one line", []),
        ("|\n  two\n  lines", "two lines", ["MB114"]),
    ],
)  # fmt: skip
def test_one_line_text(typed: str, value: str | None, codes: list[str]) -> None:
    assert value_of(values.text, typed) == (value, codes)


def test_text_of_several_lines() -> None:
    findings: list[Finding] = []
    typed = "|\n  two\n  lines\n\n  and more\n"
    assert values.text(node_of(typed), "field", findings, values.KEEP) == "two\nlines\n\nand more"
    assert values.text(node_of(typed), "field", findings, values.JOIN) == "two lines and more"
    assert not findings


def test_a_cut_text_is_an_error_only_where_nothing_is_left() -> None:
    for typed, severity in (("#1 dad", ERROR), ("Mile #3", WARNING)):
        findings: list[Finding] = []
        values.text(node_of(typed), "field", findings)
        assert (findings[0].severity or CODES[findings[0].code].severity) == severity


@pytest.mark.parametrize(
    ("typed", "value", "hint"),
    [("true", True, ""), ("false", False, ""), ("", None, ""), ("yes", None, "true"), ("No", None, "false"),
     ("True", None, "true"), ('"true"', True, "field: true"), ("maybe", None, "field: true or field: false")],
)  # fmt: skip
def test_truth(typed: str, value: bool | None, hint: str) -> None:
    findings: list[Finding] = []
    assert values.truth(node_of(typed), "field", findings) is value
    assert bool(findings) == bool(hint)
    assert all(finding.code == "MB110" and finding.hint.endswith(hint) for finding in findings)


@pytest.mark.parametrize(
    ("typed", "value", "hint"),
    [("1", 1, ""), ("300", 300, ""), ("", None, ""), ("0", None, "correct"), ("-5", None, "in figures"), ("012", None, "write field: 12"),
     ("60,000", None, "write field: 60000"), ("60_000", None, "write field: 60000"), ("1.50", None, "in figures"),
     ("thirty", None, "in figures"), ('"32"', 32, "write field: 32"), ("٣٢", None, "in figures"), ("9" * 5000, None, "in figures")],
)  # fmt: skip
def test_whole_number(typed: str, value: int | None, hint: str) -> None:
    findings: list[Finding] = []
    assert values.whole_number(node_of(typed), "field", findings) == value
    assert bool(findings) == bool(hint)
    assert all(finding.code == "MB111" and hint in finding.hint for finding in findings)


@pytest.mark.parametrize(
    ("typed", "value", "hint"),
    [("2026-03-09", "2026-03-09", ""), ("'2026-03-09'", "2026-03-09", ""), ("2024-02-29", "2024-02-29", ""), ("", None, ""),
     ("2026-02-30", None, "correct the month"), ("2026-13-01", None, "correct the month"), ("0026-03-09", None, "correct the year"),
     ("3/9/2026", None, "year-month-day"), ("March 9", None, "year-month-day"), ("2026-3-9", None, "write field: 2026-03-09"),
     ("2026/03/09", None, "write field: 2026-03-09"), ("20260309", None, "year-month-day"), ("2026-03-09T10:00:00", None, "year")],
)  # fmt: skip
def test_date(typed: str, value: str | None, hint: str) -> None:
    findings: list[Finding] = []
    assert values.date(node_of(typed), "field", findings) == value
    assert bool(findings) == bool(hint)
    assert all(finding.code == "MB112" and hint in finding.hint for finding in findings)


@pytest.mark.parametrize(
    ("typed", "value", "hint"),
    [("granted", "granted", ""), ("", None, ""), ("Granted", None, "did you mean granted?"), ("grantd", None, "did you mean granted?"),
     ("to request", None, "did you mean to_request?"), ("xyz", None, "it is one of"), ("[granted]", None, "in quotes")],
)  # fmt: skip
def test_word(typed: str, value: str | None, hint: str) -> None:
    findings: list[Finding] = []
    assert values.word(node_of(typed), "field", ("granted", "to_request"), findings) == value
    assert bool(findings) == bool(hint)
    assert all(hint in finding.hint for finding in findings)


def test_texts() -> None:
    findings: list[Finding] = []
    found = values.texts(node_of("[a, 'b', , c]".replace(", ,", ",")), "field", findings)
    assert found is not None
    assert [text for text, _place in found] == ["a", "b", "c"]
    assert [place.column for _text, place in found] == [9, 12, 17]
    single = values.texts(node_of("Ada Example"), "field", findings)
    assert single is not None
    assert [text for text, _place in single] == ["Ada Example"]
    assert not findings
    assert values.texts(node_of("{a: b}"), "field", findings) is None
    values.texts(node_of("[a, '', [b]]"), "field", findings)
    assert [finding.code for finding in findings] == ["MB108", "MB109", "MB108"]
