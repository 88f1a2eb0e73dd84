"""Whoever is not known by name is nobody's namesake: no letter, and no answer that counts for another."""

from __future__ import annotations

from pathlib import Path

import pytest
from permission_folders import book_folder, permissions

INDEX = """\
book: {title: A Mile, authors: [Ada Example], date: 2026-03-15}
chapters:
  - {id: one, title: One, stories: [tree, lamp, road]}
stories:
  - id: tree
    title: The Tree
    status: selected
    contributor: {name: "(name not known)", anonymous: true, email: dana@example.org}
  - id: lamp
    title: The Lamp
    status: selected
    contributor: {name: Anonymous}
    photos:
      - {file: photos/a.jpg, alt: A tree., credit: Photo by unknown, people: [Unknown, {name: "?"}]}
  - id: road
    title: The Road
    status: selected
    contributor: {name: Anonyme, anonymous: true}
    photos:
      - {file: photos/b.jpg, alt: A road., photographer: N. N.}
"""


def test_nobody_unknown_gets_a_letter_or_is_cleared_by_the_answer_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    book_folder(
        tmp_path,
        monkeypatch,
        INDEX,
        stories=("tree", "lamp", "road"),
        photos="ab",
        releases={"comment.txt": "Print it."},
        words="This is the {name}.\n",
    )
    asked = permissions(capsys, "request")[1]
    assert "build/letters" not in asked
    assert asked.count("No letter for") == 7
    granted = ("--granted", "2026-03-10", "--evidence", "releases/comment.txt")
    assert "does not say who could answer" in permissions(capsys, "record", "tree", *granted)[2]
    for name in ("Anonymous", "(name not known)", "Unknown"):
        assert permissions(capsys, "record", name, *granted)[0]
    recorded = permissions(capsys, "record", "tree/text", *granted)[1]
    assert "tree/text  open: granted, but nobody is named who could grant it" in recorded
    assert "✓" not in permissions(capsys)[1]
