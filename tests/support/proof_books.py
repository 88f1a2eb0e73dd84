"""A book with everything that proofs and packages have to cope with, and the command that makes them, for tests."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from bookmaking import make_book, photo, prose, story

ROOT = Path(__file__).parents[2]
EPOCH = "1773532800"  # 2026-03-15
HIDDEN = "Wilhelmina Secretkeeper"  # asked not to be named
BEHIND = "Bartholomew Realname"  # writes under a pen name
LONG = "A Title That Goes On " * 9 + "and On and at Last Ends Here"  # a little more than 200 characters


def milebook(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a user runs it, in a process of its own."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": EPOCH, **environment}
    done = subprocess.run(
        [sys.executable, "-m", "milebook", *arguments],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env=env,
        encoding="utf-8",
    )
    assert "Traceback" not in done.stderr, done.stderr
    return done


def query(words: str) -> str:
    return f"{{>> {words} <<}}"


FIRST = f"""The first paragraph asks {query("is this the race's name?")} in its middle, and goes on so that lines follow.

> A quotation, with a query {query("whose words are these?")} inside it.

- one
- two {query("two of what?")}

A note here[^1] follows, and one more[^2].

{prose(4, 240)}
[^1]: The note asks too {query("which edition?")} before it ends.

[^2]: A second note.
"""
SECOND = f"An old matter {query('Which year? => 1986')} is settled.\n\nHe ran {query('Editor: is that not libellous?')} away.\n\n{prose(5, 220)}"


def granted(path: str, **more: Any) -> dict[str, Any]:
    return {
        "status": "granted",
        "granted": "2026-03-02",
        "evidence": path,
        "formats": ["print", "ebook"],
        "territory": "world",
        **more,
    }


def rich_book(root: Path, *, queries: bool = True, files: dict[str, str] | None = None, **book: Any) -> Path:
    """Two chapters, six stories, five contributors; with `queries` False nothing is asked any more."""
    first, second, opening = FIRST, SECOND, f"An opening asks {query('do we need this?')} at once.\n\nAnd it goes on.\n"
    if not queries:
        import re

        first, second, opening = (re.sub(r" ?\{>>.*?<<\}", "", text) for text in (first, second, opening))
    anh = {"name": "Nguyễn Thị Ánh", "location": "Huế", "age": 44, "bio": "Walks to work.", "email": "anh@example.org"}
    stories = [
        story("first-one", first, contributor=anh, photos=[photo("photos/wide.jpg")], permission="anh-2026"),
        story("settled", second, contributor={"name": "Łukasz Żółkiewski", "email": "lukasz@example.org"}),
        story(
            "nameless", prose(6, 260), photos=[photo("photos/tall.jpg", place="start")], permission="hidden-2026",
            contributor={"name": HIDDEN, "anonymous": True, "email": "w@example.org", "location": "Nowhere", "age": 61},
        ),
        story(
            "penned", prose(7, 280), photos=[photo("photos/wide.jpg", caption="The same again.")], permission="pen-2026",
            contributor={"name": BEHIND, "byline": "Penny Lane", "pseudonym": True, "email": "b@example.org"},
        ),
        story("second-of-anh", prose(8, 200), contributor=anh, permission="anh-2026"),
        story("last", prose(9, 200), contributor={"name": "Zoë Österberg"}),
    ]  # fmt: skip
    chapters = [
        {"id": "start", "title": "Beginnings", "opening": "start.md", "stories": ["first-one", "settled"]},
        {
            "id": "end",
            "title": "A Rather *Long* Title of a Chapter",
            "stories": ["nameless", "penned", "second-of-anh", "last"],
        },
    ]
    make_book(root, stories, chapters, {"start.md": opening, "introduction.md": prose(3, 500), **(files or {})}, **{
        "front": ["half-title", "title", "copyright", "contents", "introduction.md"], "story_limit": 500, **book,
    })  # fmt: skip
    from bookmaking import draw

    draw(root / "stories/photos/tall.jpg", (1400, 2400))
    index = root / "stories" / "index.yaml"
    agreements = {
        "anh-2026": granted("releases/anh.eml", signer="Nguyễn Thị Ánh"),
        "hidden-2026": granted(f"releases/{HIDDEN.replace(' ', '-').lower()}.txt", signer=HIDDEN),
        "pen-2026": granted("releases/pen.txt", signer=BEHIND),
    }
    index.write_text(index.read_text("utf-8") + f"agreements: {json.dumps(agreements, ensure_ascii=False)}\n", "utf-8")
    releases = root / "stories" / "releases"
    releases.mkdir()
    (releases / f"{HIDDEN.replace(' ', '-').lower()}.txt").write_text(f"I agree. {HIDDEN}\n", "utf-8")
    (releases / "pen.txt").write_text(f"Yes. {BEHIND}\n", "utf-8")
    (releases / "anh.eml").write_text(
        "From: =?utf-8?q?Nguy=E1=BB=85n_Th=E1=BB=8B_=C3=81nh?= <anh@example.org>\nTo: ada@example.org\nSubject: Yes\n"
        "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        "WW91IG1heSBwcmludCB0aGUga2VzdHJlbCBzdG9yeS4=\n", "utf-8",
    )  # fmt: skip
    return root


def change(root: Path, old: str, new: str) -> None:
    """Put other words into the index."""
    index = root / "stories" / "index.yaml"
    text = index.read_text("utf-8")
    assert old in text
    index.write_text(text.replace(old, new), "utf-8")
