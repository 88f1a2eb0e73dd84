"""A slip in the index gives one finding, on its own line, with a cure that is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from milebook.app.load import load, settled

INDEX = """\
book:
  title: A Small Book
  authors: [Ada Example]
  date: 2026-03-20
  front: []

chapters:
  - id: setting-out
    title: Setting Out
    stories: [the-gate, first-lap]
  - id: water
    title: Water
    stories:
      - the-lock
      - the-river

agreements:
  ana:
    signer: Ana Example
    status: not_needed
    reason: written for a test

stories:
  - id: the-gate
    title: The Gate
    status: selected
    contributor: {name: Ana Example, location: Galway}
    permission: ana
  - id: first-lap
    title: First Lap
    status: selected
    contributor: {name: Bo Sample}
    permission: ana
  - id: the-lock
    title: The Lock
    status: selected
    contributor: {name: Cal Other}
    permission: ana
  - id: the-river
    title: The River
    status: selected
    contributor:
      name: Dee Fourth
    permission: ana
"""


def line_of(text: str, needle: str) -> int:
    return text[: text.index(needle)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "at", "code", "cure"),
    [
        ("chapters:\n", "", "  - id: setting-out", "MB101", 'write "chapters:" on a line of its own'),
        ("stories:\n  - id", "  - id", "  - id: the-gate", "MB101", 'write "stories:" on a line of its own'),
        ("      - the-lock\n", "      -the-lock\n", "-the-lock", "MB101", "write - the-lock"),
        ("      - the-lock\n", "      – the-lock\n", "– the-lock", "MB101", "write - the-lock"),
        ("- id: first-lap", "- id: first–lap", "- id: first–lap", "MB115", "write first-lap"),
        ("{name: Ana Example, location: Galway}", "{name:Ana Example, location:Galway}", "{name:Ana", "MB106", "after each colon: name: Ana"),
        ("{name: Ana Example, location: Galway}", "{name: Ana Example, location:Galway}", "{name: Ana", "MB106", "after each colon: location: Galway"),
        ("    contributor: {name: Bo Sample}\n    permission: ana", "    contributor: {name: Bo Sample\n    photos:", "{name: Bo", "MB101", 'add "}" at its end'),
        ("    contributor: {name: Bo Sample}\n", "    tags: [run, water\n    contributor:\n      name: Bo Sample\n", "[run", "MB101", 'add "]" at its end'),
        ("location: Galway}", 'location:"Galway, Ireland", age: 41}', "location:", "MB106", 'location: "Galway…"'),
        ("[the-gate, first-lap]", "[The Gate, First Lap: A Story]", "[The Gate", "MB108", "and not their titles"),
        ("[the-gate, first-lap]", "[the-gate; first-lap]", "[the-gate;", "MB118", "[the-gate, first-lap]"),
        ("  - id: first-lap", "#  - id: first-lap", "    title: First Lap", "MB105", 'take the "#" out'),
        ("      name: Dee Fourth", "      name: [Dee Fourth, Bo]", "      name: [", "MB108", 'name: "Dee Fourth, Bo"'),
        ("    status: selected", "    Status: selected", "    Status", "MB106", "did you mean status?"),
        ("    title: The River", "    title：The River", "    title：", "MB101", "type a colon and a space: title: The River"),
        ("    title: The River", "    title:\u00a0The River", "    title:\u00a0", "MB101", "type a colon and a space: title: The River"),
    ],
)  # fmt: skip
def test_a_slip_has_one_finding_and_its_cure(old: str, new: str, at: str, code: str, cure: str, tmp_path: Path) -> None:
    text = INDEX.replace(old, new, 1)
    assert text != INDEX
    folder = tmp_path / "stories"
    folder.mkdir()
    (folder / "index.yaml").write_text(text, "utf-8")
    for number, name in enumerate(("the-gate", "first-lap", "the-lock", "the-river"), 1):
        (folder / f"{name}.md").write_text(f"Story {number} goes to the oak, and {number} times back.\n", "utf-8")
    findings = settled(load(tmp_path).findings)
    assert [(one.code, one.place.line) for one in findings] == [(code, line_of(text, at))]
    assert cure in findings[0].hint
