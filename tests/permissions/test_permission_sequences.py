"""Random sequences of everything that changes permissions: every other byte stays, no state is lost, undo takes back each step.

MILEBOOK_SEQUENCES sets how many are run; 500 were run when this was written.
"""

from __future__ import annotations

import os
import random
import re
from pathlib import Path

import pytest
from permission_folders import book_folder, fill

from milebook.app.load import load
from milebook.app.permissions import outlined
from milebook.commands import run

SEQUENCES = int(os.environ.get("MILEBOOK_SEQUENCES", "12"))
INDEX = """\
# A Mile: keep this line
book:
  title: A Mile           # one
  authors: [Ada Example]
  date: 2026-03-15
  cover: photos/c.jpg
  cover_credit: Cover photo by Ben Example   # two

chapters:                 # three
  - {id: one, title: One, stories: [tree, lamp]}   # four
  - id: two
    title: Two
    stories:
      - road              # five
      - mill

agreements:   # six
  # people we met
  ben-2026:
    signer: Ben Example   # seven
    status: to_request    # eight
    notes: |
      Two lines
      of notes.
  zoe-2026: {signer: Zoe Guard, status: granted, requested: 2026-02-01, granted: 2026-02-02, evidence: releases/a.txt, formats: [print]}   # nine

# the stories
stories:
  - id: tree              # ten
    title: The Tree
    status: selected
    contributor: {name: Ana Example, email: ana@example.org}
    photos:
      - file: photos/a.jpg
        credit: Photo by Ana Example
        alt: A tree.      # eleven
        people: [Ana Example, {name: Kim, minor: true, guardian: Zoe Guard, permission: zoe-2026}]
  - id: lamp
    title: The Lamp
    status: selected
    contributor: {name: Jane Roe, anonymous: true, email: jane@example.org}   # twelve
    permission: {status: requested, signer: Jane Roe, requested: 2026-03-01}  # thirteen
  - id: road
    title: The Road
    status: selected
    contributor: {name: Pat Post}
    quotes:
      - {text: I ran, kind: lyric, source: "River Song"}   # fourteen
    photos:
      - {file: photos/b.jpg, alt: A road., credit: Photo by Ben Example, permission: ben-2026}
  - id: mill
    title: The Mill
    status: selected
    contributor: {name: Ana Example, email: ana@example.org}
    permission: {status: not_needed, reason: ours}
# the end
"""
NAMES = ("Ana Example", "Ben", "Jane Roe", "Anonymous", "Pat Post", "Zoe", "nobody", "tree", "lamp", "road", "mill", "ben-2026", "zoe-2026",
         "tree/text", "tree/photo/1", "tree/photo/1/person/1", "road/quote/1", "road/photo/1", "book/cover", "ana-example-2026")  # fmt: skip
ANSWERS = (
    ["--granted", "2026-03-20", "--evidence", "releases/a.txt"], ["--granted", "2026-03-20", "--evidence", "releases/b.txt", "--formats", "print"],
    ["--status", "refused"], ["--status", "no_reply"], ["--status", "withdrawn"], ["--notes", "She called: twice # really"],
    ["--granted", "2026-01-01"], ["--status", "expired", "--expires", "2026-03-01"],
)  # fmt: skip


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    releases = {f"{name}.txt": f"I agree. {name}" for name in "ab"}
    return book_folder(
        tmp_path, monkeypatch, INDEX, stories=("tree", "lamp", "road", "mill"), photos="abc", releases=releases
    )


def fill_at_random(root: Path, chance: random.Random) -> str:
    """The checklist with one or two statuses filled in."""
    items = [item.item for item in load(root).items] or [""]
    cells: dict[tuple[str, str], object] = {}
    for _ in range(chance.randint(1, 2)):
        item = chance.choice(items)
        cells[item, "status"] = chance.choice(["granted", "refused", "no_reply", "maybe"])
        cells[item, "evidence"] = chance.choice(["", "releases/a.txt"])
    return fill(root, cells).name


def command(root: Path, chance: random.Random) -> list[str]:
    kind = chance.choice(
        ["request", "request", "sent", "record", "record", "record", "only", "from", "withdraw", "undo", "undo"]
    )
    if kind == "request":
        return [
            "permissions",
            "request",
            *chance.choice([[], ["--again"], ["--story", chance.choice(["tree", "road"])]]),
        ]
    if kind == "sent":
        return ["permissions", "sent", chance.choice(NAMES)]
    if kind == "record":
        return ["permissions", "record", chance.choice(NAMES), *chance.choice(ANSWERS)]
    if kind == "only":
        return ["permissions", "record", chance.choice(NAMES), "--only", chance.choice(NAMES), *chance.choice(ANSWERS)]
    if kind == "from":
        return ["permissions", "record", "--from", fill_at_random(root, chance), "--apply"]
    if kind == "withdraw":
        return ["permissions", "withdraw", chance.choice(["tree", "mill", "nope"])]
    return ["undo"]


def states(root: Path) -> dict[str, tuple[str, str]]:
    return {item.item: (item.status, item.terms.evidence) for item in outlined(root).items}


def comments(text: str) -> list[str]:
    return re.findall(r"#[^\n\"}]*$", text, re.MULTILINE)


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_random_sequences(root, seed, capsys):
    chance = random.Random(seed)
    text = INDEX if seed % 3 else INDEX.replace("\n", "\r\n")
    index = root / "stories/index.yaml"
    index.write_bytes(text.encode())
    kept = comments(text.replace("\r\n", "\n"))
    history: list[bytes] = []
    for _ in range(8):
        before, states_before = index.read_bytes(), states(root)
        words = command(root, chance)
        status = run(words)
        shown = capsys.readouterr()
        after = index.read_bytes()
        told = f"seed {seed}: {words}\n{shown.out}{shown.err}"
        assert status in (0, 1, 2), told
        assert "Traceback" not in shown.err, told
        if words == ["undo"]:
            assert (status == 0) is bool(history), told
            assert after == (history.pop() if history else before), told
            continue
        if status and "MB301" not in shown.err and "MB324" not in shown.err:
            assert after == before, told
        if after != before:
            history.append(before)
            assert not status, told
        now = after.decode()
        assert (b"\r\n" in after) is ("\r\n" in text), told
        missing = [one for one in kept if one not in comments(now.replace("\r\n", "\n"))]
        assert not missing or (words[1] == "withdraw" and missing == []), (missing, told)
        check_states(words, states_before, states(root), told)


def check_states(
    words: list[str], before: dict[str, tuple[str, str]], after: dict[str, tuple[str, str]], told: str
) -> None:
    """Asking and posting change nothing that was answered; nothing turns into "granted" but by an answer that says so."""
    if words[1] in ("request", "sent"):
        answered = {
            name: state
            for name, state in before.items()
            if state[0] in ("granted", "granted_restricted", "refused", "withdrawn", "not_needed")
        }
        assert {name: after[name] for name in answered} == answered, told
    granting = words[1] == "record" and ("--granted" in words or "--from" in words)
    for name, (status, _) in after.items():
        if status.startswith("granted") and not before.get(name, ("",))[0].startswith("granted"):
            assert granting, told
