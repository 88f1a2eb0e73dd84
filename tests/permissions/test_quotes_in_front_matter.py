"""Words of others in the front and back matter: declared under the book's quotes, asked for, recorded, left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from permission_folders import book_folder, index_text, milebook, permissions

INDEX = """\
book:
  title: A Mile
  authors: [Ada Example]
  date: 2026-03-15
  front: [title, epigraph.md, introduction.md, contents]
  quotes:   # what we borrow
    - {in: introduction.md, text: Run while you can, kind: prose, source: A letter, permission: {status: not_needed, reason: our own letter}}
    - in: epigraph.md
      text: The woods are lovely in the rain
      kind: poem
      source: "Rain, by M. Oru"
      permission: {signer: Oru Estate, email: estate@example.org}   # asked in May
chapters:
  - {id: one, title: One, stories: [tree]}
stories:
  - id: tree
    title: The Tree
    status: selected
    contributor: {name: Ana Example}
    permission: {status: not_needed, reason: our own text}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = book_folder(tmp_path, monkeypatch, INDEX, stories=("tree",), releases={"oru.txt": "We agree. Oru Estate"})
    (made / "stories/epigraph.md").write_text("# Epigraph\n\nThe woods are lovely in the rain, and dark again.\n")
    (made / "stories/introduction.md").write_text("# Introduction\n\nRun while you can, my aunt wrote.\n")
    return made


def test_they_are_items_of_their_own(root, capsys):
    _, out, err = permissions(capsys)
    assert (
        "☐ poem: The woods are lovely in the rain (Rain, by M. Oru): not asked yet\n        ask Oru Estate  book/epigraph/quote/1"
        in out
    )
    assert "not needed: our own letter" in out
    assert "MB3" not in err


def test_asked_recorded_and_taken_back_at_their_place(root, capsys):
    assert permissions(capsys, "request")[0] == 0
    asked = INDEX.replace(
        "email: estate@example.org}   #", "status: requested, requested: 2026-03-20, email: estate@example.org}   #"
    )
    assert index_text(root).replace(", email: estate@example.org", "") == asked.replace(
        ", email: estate@example.org", ""
    )
    (letter,) = (root / "build/letters").glob("*.eml")
    assert "these lines of a poem in “Epigraph”" in letter.read_bytes().replace(b"=\r\n", b"").replace(
        b"=E2=80=9C", "“".encode()
    ).replace(b"=E2=80=9D", "”".encode()).decode("utf-8", "replace")
    status, out, _ = permissions(
        capsys, "record", "Oru Estate", "--granted", "2026-03-20", "--evidence", "releases/oru.txt"
    )
    assert (status, "book/epigraph/quote/1  clear" in out) == (0, True)
    assert milebook(capsys, "undo")[0] == milebook(capsys, "undo")[0] == 0
    assert index_text(root) == INDEX


def test_the_letter_is_found_by_the_signer_s_name(root, capsys):
    permissions(capsys, "request")
    assert "build/letters/2026-03-20-oru-estate.eml" in permissions(capsys, "--where", "Oru Estate")[1]


def test_a_text_goes_whose_quotation_is_not_clear(root, capsys):
    _, out, err = milebook(capsys, "build", "--without-uncleared", "--format", "docx")
    assert "“Epigraph”" in out + err
    assert milebook(capsys, "build", "--final", "--format", "docx")[0] == 1
    assert "book/epigraph/quote/1" in milebook(capsys, "build", "--final", "--format", "docx")[2]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("    - in: epigraph.md\n", "    - in: epigrap.md\n", "MB325"),
        ("text: The woods are lovely in the rain", "text: The woods are dry", "MB314"),
        ("    - in: epigraph.md\n", "    - in: introduction.md\n", "MB312"),  # then nothing is said about the epigraph
        ("    - in: epigraph.md\n      text", "    - text", "MB107"),
    ],
)
def test_slips(root, capsys, old, new, code):
    (root / "stories/index.yaml").write_text(INDEX.replace(old, new))
    assert f"[{code}]" in milebook(capsys, "check")[2]
