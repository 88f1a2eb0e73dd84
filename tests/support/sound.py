"""A small sound book, built once and copied for every case that then breaks it."""

from __future__ import annotations

import shutil
from pathlib import Path

import bookmaking
import oracle

INDEX = """\
book:
  title: A Book of Miles
  authors: [Ada Example, Bea Example]
  language: en-US
  contact: {name: Ada Example, email: ada.contact@example.org}
  copyright: {year: 2026, holder: Ada Example}
  date: 2026-03-15
  byline: "{name}, {age}, {location}"
  story_limit: 300
  front: [half-title, title, copyright, contents]
  back: [contributors, credits]
chapters:
  - id: one
    title: One
    stories: [oak, river]
agreements:
  ana-2026:
    signer: Ana Example
    status: granted
    evidence: releases/ana.txt
stories:
  - id: oak
    title: The Oak
    status: selected
    contributor:
      name: Ana Example
      location: St. Louis, MO
      age: 32
      email: ana.secret@example.org
      bio: Ana runs.
    received: 2026-02-27
    tags: [first-mile]
    permission: ana-2026
    photos:
      - file: photos/ana.jpg
        caption: All smiles at the finish.
        credit: Photo by Ben Example
        alt: A woman crosses a chalk line.
        permission: ana-2026
  - id: river
    title: The River
    status: selected
    contributor: {name: Bo Example, email: bo.secret@example.org}
    permission: {status: not_needed, reason: made for a test}
"""
OAK = "I ran to the oak and *back*.\n\nIt took the whole morning.\n"
RIVER = "The river was high that year.\n"


def make(root: Path, index: str = INDEX, **texts: str | bytes) -> Path:
    """The book in a new folder `root`; `texts` replace stories ("oak", "river") by other text or bytes."""
    (root / "stories" / "photos").mkdir(parents=True)
    (root / "stories" / "releases").mkdir()
    write(root / "stories" / "index.yaml", index)
    for name, text in ({"oak": OAK, "river": RIVER} | texts).items():
        write(root / "stories" / f"{name}.md", text)
    (root / "stories" / "releases" / "ana.txt").write_text("Yes.\n", "utf-8")
    bookmaking.draw(root / "stories" / "photos" / "ana.jpg", (1000, 700))
    return root


def write(path: Path, text: str | bytes) -> None:
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))


_store: dict[str, Path] = {}


def built(tmp_path: Path, store: Path) -> Path:
    """A copy of the sound book with its outputs, in a folder of its own; `store` keeps the original."""
    if "book" not in _store:
        root = make(store / "sound" / "book")
        ran = oracle.try_book(root, "build", "--jobs", "1", "--no-cache")
        assert ran.status == 0 and not ran.codes(), ran.err
        _store["book"] = root
    root = tmp_path / "around" / "book"
    shutil.copytree(_store["book"], root, symlinks=True)
    return root
