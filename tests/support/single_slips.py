"""A good book, and every way to spoil it by a single slip of the hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

INDEX = """\
book:
  title: The Long Way Home
  subtitle: Stories from the road
  authors: [Ada Example, Bea Example]
  language: en-US
  contact: {name: Ada Example, email: ada@example.org}
  copyright: {year: 2026, holder: Ada Example and Bea Example}
  publisher: Example Press
  date: 2026-03-15
  isbn: {print: 978-1-4028-9462-6}
  byline: "{name}, {age}, {location}"
  own_sites: [runners.example.org]
  cover: photos/cover.png
  story_limit: 300
  word_target: 60000
  editions: {formats: [print, ebook], territory: world, languages: [en]}
  front: [half-title, title, copyright, dedication.md, contents, introduction.md]
  back: [acknowledgments.md, contributors, credits]

chapters:
  - id: first-miles
    title: First Miles
    opening: first-miles.md
    stories: [tree-at-the-corner, two-miles]
  - id: last-miles
    title: Last Miles
    select: {tags: [race], status: selected}
    order_by: received

agreements:
  ana-2026:
    signer: Ana Example
    status: granted
    requested: 2026-03-02
    granted: 2026-03-09
    evidence: releases/ana-2026.pdf
    formats: [print, ebook]
    territory: world
    languages: [en]
  ben-2026:
    signer: Ben Example
    status: granted
    requested: 2026-03-02
    granted: 2026-03-09
    evidence: releases/ben-2026.pdf
    formats: [print, ebook]
    territory: world
    languages: [en]
    credit: "Photo by Ben Example"

stories:
  - id: tree-at-the-corner
    title: The Tree at the Corner
    status: selected
    contributor:
      name: Ana Example
      byline: Ana E.
      location: St. Louis, MO
      age: 32
      email: ana@example.org
      bio: She runs before work.
    received: 2026-02-27
    source: {kind: email, ref: "<1@example.org>"}
    tags: [first-mile]
    permission: ana-2026
    photos:
      - file: photos/ana-finish.png
        caption: All smiles at the finish.
        credit: Photo by Ben Example
        alt: A woman and a small boy cross a chalk line.
        place: end
        permission: ben-2026
        people:
          - {name: Ana Example, permission: ana-2026}
  - id: two-miles
    title: Two Miles
    file: second.md
    status: selected
    contributor: {name: Ben Example, location: "Ghent, Belgium", age: 41}
    received: 2026-02-28
    permission: ben-2026
    quotes:
      - {text: "over the hill and home", kind: lyric, source: "A Song, A Writer", permission: ana-2026}
  - id: the-race
    title: The Race
    status: selected
    contributor:
      name: Ana Example
      byline: Ana E.
      location: St. Louis, MO
      age: 32
      email: ana@example.org
      bio: She runs before work.
    received: 2026-03-01
    tags: [race]
    permission: ana-2026
"""

TEXTS = ("first-miles", "tree-at-the-corner", "the-race", "dedication", "introduction", "acknowledgments")
_VALUE = re.compile(r"(?<=: )[\w./ @-]*\w|(?<=, )[\w./-]*\w(?=[\],}])|(?<=\[)[\w./-]+")


def make_book(root: Path) -> Path:
    """The good book in a folder that is not there yet."""
    from PIL import Image

    stories = root / "stories"
    for folder in ("photos", "releases"):
        (stories / folder).mkdir(parents=True)
    (stories / "index.yaml").write_text(INDEX, "utf-8")
    for name in TEXTS:
        words = f"The words of {name} are few and its road is long, but we went on to the {name} and back.\n"
        (stories / f"{name}.md").write_text(words, "utf-8")
    (stories / "second.md").write_text("We sang over the hill and home, all of us, in the rain.\n", "utf-8")
    for name, size in (("cover", (1600, 2400)), ("ana-finish", (1800, 1350))):
        Image.new("L", size, 180).save(stories / "photos" / f"{name}.png")
    for name in ("ana", "ben"):
        (stories / "releases" / f"{name}-2026.pdf").write_bytes(b"%PDF-1.4\n%%EOF\n")
    return root


def slips() -> Iterator[tuple[str, str]]:
    """Every slip, with what it is, and the index that it makes."""
    lines = INDEX.split("\n")
    for number, line in enumerate(lines):
        if not line.strip():
            continue
        before, after = lines[:number], lines[number + 1 :]
        for what, new in _of_line(line):
            yield f"line {number + 1}, {what}: {line.strip()}", "\n".join([*before, *new, *after])


def _of_line(line: str) -> Iterator[tuple[str, list[str]]]:
    yield "deleted", []
    yield "twice", [line, line]
    yield "a space more", [" " + line]
    yield "a tab", ["\t" + line.strip()]
    if line.startswith(" "):
        yield "a space less", [line[1:]]
    for match in re.finditer(r"[A-Za-z_]+(?=:( |$))", line):
        name, end = match.group(), match.end()
        slip = name[:-1] + ("x" if name[-1] != "x" else "y")
        yield f"{name} misspelled", [line[: match.start()] + slip + line[end:]]
        yield f"no colon after {name}", [line[:end] + line[end + 1 :]]
        if end + 1 < len(line):
            yield f"no space after {name}:", [line[: end + 1] + line[end + 2 :]]
    for match in _VALUE.finditer(line):
        value = match.group()
        if len(value) >= 3:
            slip = value[:-2] + value[-1] + value[-2] if value[-1] != value[-2] else value + "x"
            yield f"{value} misspelled", [line[: match.start()] + slip + line[match.end() :]]
    if written := re.search(r": (.+)$", line):
        start = line[: written.start() + 1]
        yield "emptied", [start]
        yield "a group instead", [start + " {a: b}"]
        if "id:" not in start:
            yield "yes instead", [start + " yes"]
            yield "a number instead", [start + " 7"]
    for at, char in enumerate(line):
        if char in "[]{}\",'":
            yield f"no {char} at {at}", [line[:at] + line[at + 1 :]]
