"""A book with everything that a proof can hold, its proofs, and the review of what comes back."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from bookmaking import make_book, photo, prose, story
from click.testing import CliRunner
from marking_up import Edit, Marked
from proof_books import milebook

from milebook.commands.lazy_group import cli

FIRST = """The morning *Old Tom* rang me I was **asleep**. "You'd better come," he said.[^1] I went.

We walked the length of the towpath -- slowly, because of his knee -- and he told me about the strike. {>> which strike? <<}

> He wrote it all down in a ledger.
>
> Every last name of it.

O the long road,  
O the short road,  
O the road with no name at all.

* * *

After that we rested. Nobody spoke; the *whole* valley was quiet and the river ran on.[^2]

1. First we ate bread.
2. Then we ate cheese.

It was the best day of 1986, and I have told nobody about it until now.

[^1]: Tom was never early for anything else.

[^2]: The river is the Eden, which
    floods in March.
"""  # noqa: W291
SECOND = """A short one that begins here and has
hard line breaks in the middle of it
as typewriters had them.

Then a [link](https://example.org/a_b) and 5'11" and '90s, and it ends.
"""


def returned_book(root: Path) -> Path:
    """Two chapters, three stories, and their proofs."""
    ana = {"name": "Ana Example", "age": 32, "location": "St. Louis, MO"}
    tom = photo("photos/tom.jpg", place={"after": 2}, caption="Tom, with *stick*, at the lock.")
    make_book(
        root,
        [
            story("old-tom", FIRST, title="Old *Tom* Walks", contributor=ana, photos=[tom]),
            story("short-one", SECOND, photos=[photo("photos/s.jpg")]),
            story("third", prose(3, 120)),
        ],
        chapters=[
            {"id": "one", "title": "First Miles", "opening": "one-opening.md", "stories": ["old-tom", "short-one"]},
            {"id": "two", "title": "Second", "stories": ["third"]},
        ],
        files={"one-opening.md": "An opening by the authors, *quite* short.\n"},
    )
    done = milebook("proof", "-C", str(root), "--format", "docx")
    assert done.returncode == 0, done.stderr
    return root


def proof_file(root: Path, chapter: str = "one") -> Path:
    (path,) = (root / "build" / "proofs").glob(f"ch??-{chapter}-*.docx")
    return path


def returned(root: Path, edit: Edit, name: str = "returned.docx", **how: Any) -> Path:
    """A proof of the first chapter with an editor's marks."""
    path = root / name
    path.write_bytes(edit(Marked(proof_file(root).read_bytes(), **how)).saved())
    return path


def run_review(root: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The command in this process, which takes a fifth of the time."""
    asked = ["review", "-C", str(root), *map(str, arguments)]
    done = CliRunner().invoke(cli, asked, catch_exceptions=False, prog_name="milebook")
    return subprocess.CompletedProcess(asked, done.exit_code, done.stdout, done.stderr)


def report(root: Path, *arguments: str | Path) -> dict[str, Any]:
    done = run_review(root, *arguments, "--json")
    assert done.stdout, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def changes(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [change for story in document["stories"] for change in story["changes"]]
