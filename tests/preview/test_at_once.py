"""Two browsers, an editor and `milebook set` change one index: nobody's change is lost, and each is what was asked for."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from milebook.app.load import load
from milebook.app.set import SetRequest, set_stories
from milebook.app.undo import undo
from milebook.app.wrong_usage import UnknownName
from milebook.index import read_index
from milebook.index.edit_check import EditedFolder
from milebook.model.findings import Finding
from milebook.model.index import Index
from milebook.preview.arranging import CANNOT, CONFLICT, OK, Arranger, digest
from milebook.source import BookFolder

INDEX = """\
# notes of the author
book: {title: T, authors: [Ada], language: en, date: 2026-01-01}
chapters:
  - id: one
    title: One
    stories: [a, b, e]   # in order
  - id: races
    title: Races
    select: {tags: [race], status: selected}
    order_by: title
  - id: last
    title: Last
    stories:
      - c   # the end
      - f
stories:
"""
STORIES = {"a": "selected", "b": "selected", "c": "selected", "d": "submitted", "e": "selected", "f": "selected", "g": "cut", "r": "selected"}  # fmt: skip
CHAPTERS = ("one", "races", "last", "")
STATUSES = ("submitted", "shortlisted", "selected", "cut")
SEQUENCES = int(os.environ.get("MILEBOOK_SEQUENCES", "12"))
State = dict[str, Any]


class Desk:
    """A book folder, and the preview's view of it, which is behind until it looks again."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        self.root, self.chance = root, chance
        self.path = root / "stories" / "index.yaml"
        self.path.parent.mkdir(parents=True)
        entries = [
            f"  - {{id: {name}, title: Story {name}, status: {status}, contributor: {{name: Person {name}}}"
            + (", tags: [race, rain]}" if name == "r" else "}")
            for name, status in STORIES.items()
        ]
        self.path.write_text(INDEX + "\n".join(entries) + "\n", "utf-8")
        for name in STORIES:
            (root / "stories" / f"{name}.md").write_text(f"The words of {name} are few.\n", "utf-8")
        self.view = self._read()
        self.arranger = Arranger(root, lambda: self.view, self._parse, self._undo)
        self.digests = ["", ""]  # what each of the browsers has seen last
        self.typed = 0

    def _read(self) -> tuple[Index, str] | None:
        folder = BookFolder(self.root)
        index = read_index(folder)[0]
        return (index, folder.read[index.path]) if index else None

    def _parse(self, text: str) -> tuple[Index | None, list[Finding]]:
        return read_index(EditedFolder(BookFolder(self.root), text))

    def _undo(self) -> tuple[str, list[Finding]]:
        done = undo(self.root)
        return "", list(done.findings) if done.refused else []

    def state(self) -> State:
        """How the book stands, by the words of the index and by what is printed."""
        text = self.path.read_text("utf-8")
        book = load(self.root).book
        entries = {entry["id"]: entry for entry in yaml.safe_load(text)["stories"]}
        chapters = {one.id: [story.id for story in one.stories] for one in book.chapters} if book else {}
        return {"entries": entries, "chapters": chapters, "typed": re.findall(r"# typed \d+", text)}

    # ---- what the four do; each checks what came of it

    def look_again(self) -> None:
        self.view = self._read()

    def browser(self) -> None:
        who = self.chance.randrange(2)
        if self.chance.random() < 0.6:
            self.digests[who] = self.arranger.board()["digest"]
        body = self._wish()
        data, before = self.path.read_bytes(), self.state()
        status, said = self.arranger.change({**body, "digest": self.digests[who]})
        assert status in (OK, CONFLICT, CANNOT), said
        if digest(data) != self.digests[who]:
            assert status != OK, "an index that was not seen was changed"
        if status != OK:
            assert self.path.read_bytes() == data
            return
        self.digests[who] = said["digest"]
        assert digest(self.path.read_bytes()) == said["digest"]
        self._as_wished(body, before, self.state())

    def _wish(self) -> dict[str, str]:
        story = self.chance.choice(list(STORIES))
        action = self.chance.choice(["move", "move", "move", "status", "tag", "untag"])
        if action == "status":
            return {"action": action, "story": story, "status": self.chance.choice(STATUSES)}
        if action != "move":
            return {"action": action, "story": story, "tag": self.chance.choice(["race", "rain", "first mile"])}
        near = self.chance.choice(["", self.chance.choice(list(STORIES))])
        chapter = self.chance.choice(CHAPTERS)
        return {"action": "move", "story": story, "chapter": chapter, self.chance.choice(["after", "before"]): near}

    def _as_wished(self, body: dict[str, str], before: State, after: State) -> None:
        story = body["story"]
        others = {name: entry for name, entry in before["entries"].items() if name != story}
        assert {name: entry for name, entry in after["entries"].items() if name != story} == others
        assert after["typed"] == before["typed"]
        for chapter, stories in before["chapters"].items():
            kept = [name for name in after["chapters"].get(chapter, []) if name != story]
            assert kept == [name for name in stories if name != story], "the others stay where they are"
        entry = after["entries"][story]
        if body["action"] == "status":
            assert entry["status"] == body["status"]
        elif body["action"] == "tag":
            assert body["tag"] in entry["tags"]
        elif body["action"] == "untag":
            assert body["tag"] not in (entry.get("tags") or [])
        else:
            where = [chapter for chapter, stories in after["chapters"].items() if story in stories]
            assert where == ([body["chapter"]] if body["chapter"] else [])

    def editor(self) -> None:
        lines = self.path.read_text("utf-8").split("\n")
        self.typed += 1
        at = self.chance.choice([0, lines.index("stories:"), len(lines) - 1])
        lines.insert(at, f"# typed {self.typed}")
        self.path.write_text("\n".join(lines), "utf-8")

    def command(self) -> None:
        data, before = self.path.read_bytes(), self.state()
        story = self.chance.choice(list(STORIES))
        wanted = self.chance.choice(
            [
                SetRequest((story,), status=self.chance.choice(STATUSES)),
                SetRequest((story,), tags=("race",)),
                SetRequest((story,), chapter="one", last=True),
                SetRequest((story,), chapter="last", first=True),
            ]
        )
        try:
            done = set_stories(self.root, wanted)
        except UnknownName:
            return
        after = self.state()
        assert after["typed"] == before["typed"]
        if done.refused:
            assert self.path.read_bytes() == data
        elif wanted.status:
            assert after["entries"][story]["status"] == wanted.status

    def take_back(self) -> None:
        before = self.state()
        data = self.path.read_bytes()
        status, _ = self.arranger.undo({})
        after = self.state()
        if status != OK:
            assert self.path.read_bytes() == data
        assert after["typed"] == before["typed"], "what was typed meanwhile is never taken away"


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_nobody_overwrites_anybody(seed: int, tmp_path: Path) -> None:
    chance = random.Random(seed)
    desk = Desk(tmp_path / "book", chance)
    steps: list[Callable[[], None]] = [desk.browser] * 6 + [desk.look_again] * 4 + [desk.editor, desk.command, desk.take_back]  # fmt: skip
    for _ in range(40):
        chance.choice(steps)()
