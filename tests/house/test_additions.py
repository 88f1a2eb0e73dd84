"""The six additions of docs/contributing.md, each made in a copy of milebook by nothing but what that page shows, and used there."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from bookmaking import make_book, prose, story

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "contributing.md").read_text("utf-8")
BLOCK = re.compile(r"```\w+\n# (?P<file>\S+), (?P<place>[^\n]+)\n(?P<text>.*?)```", re.DOTALL)
TABLE_ENDS = (")", "]", "}")


class Copy:
    """A copy of milebook to which one of the page's additions is made."""

    def __init__(self, root: Path, heading: str) -> None:
        self.root = root
        for name in ("milebook", "layouts", "docs"):
            shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__", "pictures"))
        section = PAGE.partition(f"### {heading}\n")[2].partition("\n##")[0]
        self.blocks = [(found["file"], found["place"], found["text"]) for found in BLOCK.finditer(section)]
        assert self.blocks, f"docs/contributing.md has no example under “{heading}”"
        for file, place, text in self.blocks:
            put(root / file, place, text)

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.python("-m", "milebook", *arguments)

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "PYTHONPATH": str(self.root), "COLUMNS": "100"}
        command = [sys.executable, *arguments]
        return subprocess.run(command, capture_output=True, text=True, env=env, cwd=self.root, check=False)


def put(path: Path, place: str, text: str) -> None:
    """Put a block of the page where its first line says."""
    how, _, what = place.partition(" ")
    if place == "a new file":
        assert not path.exists()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return
    lines = path.read_text("utf-8").splitlines(keepends=True)
    wanted = [at for at, line in enumerate(lines) if (line.startswith(what) if how != "after" else what in line)]
    assert wanted, f"{path.name} has no line for “{place}”"
    at = wanted[0]
    if how == "after":
        at += 1
    elif how == "in":  # a row at the end of a table
        at = next(n for n in range(at + 1, len(lines)) if lines[n].strip() in TABLE_ENDS)
    else:
        assert how == "before"
    lines[at:at] = [text]
    path.write_text("".join(lines), "utf-8")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    stories = [story("oak", prose(1, 90), tags=["medal"]), story("elm", prose(2, 60))]
    return make_book(tmp_path / "book", stories, title="Additions")


def test_a_check(tmp_path: Path) -> None:
    copy = Copy(tmp_path / "copy", "A check of the whole book")
    folder = tmp_path / "copy" / "tests" / "findings" / "MB199-title-in-capitals"
    (folder / "stories" / "oak.md").write_text("A text.\n", "utf-8")
    done = copy.run("check", str(folder), "--strict")
    line = (folder / "stories" / "index.yaml").read_text("utf-8").split("\n").index(
        "    title: THE OAK  # MB199: all in capitals"
    ) + 1  # fmt: skip
    assert f"stories/index.yaml:{line}:12: error[MB199]: the title “THE OAK” is all in capitals" in done.stderr
    copy.python(str(copy.root / "docs" / "generate.py"))
    assert "| MB199 | warning | title in capitals |" in (copy.root / "docs" / "codes.md").read_text("utf-8")


def test_a_layout_option(tmp_path: Path, book: Path) -> None:
    copy = Copy(tmp_path / "copy", "A layout option")
    own = book / "layouts" / "ours" / "layout.yaml"
    own.parent.mkdir(parents=True)
    own.write_text('base: trade\nchapter_sign: "❦"\n', "utf-8")
    done = copy.run("build", str(book), "--layout", "ours", "--format", "docx,epub")
    assert done.returncode == 0, done.stderr
    import zipfile

    with zipfile.ZipFile(book / "build" / "additions-ours.docx") as archive:
        assert "❦" in archive.read("word/document.xml").decode()
    own.write_text("base: trade\nchapter_sign: [a]\n", "utf-8")
    assert "error[MB502]" in copy.run("build", str(book), "--layout", "ours", "--format", "docx").stderr
    copy.python(str(copy.root / "docs" / "generate.py"))
    assert "| `chapter_sign` | What is printed below" in (copy.root / "docs" / "layouts.md").read_text("utf-8")


def test_a_kind_of_permission(tmp_path: Path, book: Path) -> None:
    copy = Copy(tmp_path / "copy", "A kind of permission")
    rows = json.loads(copy.run("permissions", "-C", str(book), "--json").stdout)["items"]
    (medal,) = [row for row in rows if row["kind"] == "medal"]
    assert (medal["item"], medal["clear"]) == ("oak/medal", False)
    refused = copy.run("build", str(book), "--final", "--format", "docx")
    assert refused.returncode == 1
    assert "medal in “" in refused.stderr


def test_an_output_format(tmp_path: Path, book: Path) -> None:
    copy = Copy(tmp_path / "copy", "An output format")
    done = copy.run("build", str(book), "--format", "plain,docx", "--json")
    assert done.returncode == 0, done.stderr
    assert [one["path"] for one in json.loads(done.stdout)["outputs"]] == [
        "build/additions.docx",
        "build/additions.txt",
    ]
    assert prose(2, 60).split("\n")[0][:30] in (book / "build" / "additions.txt").read_text("utf-8")
    assert "docx,pdf,epub,plain" in copy.run("build", "--help").stdout.replace(" ", "").replace("\n", "")


def test_a_source_of_stories(tmp_path: Path, book: Path) -> None:
    copy = Copy(tmp_path / "copy", "A source of stories")
    diary = tmp_path / "diary.txt"
    words = "We ran to the river and back, and nobody had seen the bridge before. " * 5
    diary.write_text(
        f"DIARY\n# The River\n{words}\n\nThat was all.\n# The Hill\n{words.replace('river', 'hill')}\n", "utf-8"
    )
    done = copy.run("import", str(diary), "-C", str(book), "--apply", "--json")
    found = json.loads(done.stdout)["items"]
    assert [(one["title"], one["key"]) for one in found] == [
        ("The River", "diary:diary.txt#1"),
        ("The Hill", "diary:diary.txt#2"),
    ]
    assert (book / "stories" / "the-river.md").read_text("utf-8").endswith("That was all.\n")


def test_a_command(tmp_path: Path, book: Path) -> None:
    copy = Copy(tmp_path / "copy", "A command")
    done = copy.run("titles", "-C", str(book))
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 2), done.stderr
    copy.python(str(copy.root / "docs" / "generate.py"))
    assert "Print the titles of the stories." in copy.run("--help").stdout
    assert "## milebook titles" in (copy.root / "docs" / "commands.md").read_text("utf-8")


def test_an_example_for_every_row_of_the_architecture_page() -> None:
    page = (ROOT / "docs" / "architecture.in.md").read_text("utf-8")
    rows = re.findall(
        r"^\| an? ([^|]+?) \|", page.partition("## What an addition touches")[2].partition("\n## ")[0], re.M
    )
    shown = {heading.removeprefix("A ").removeprefix("An ") for heading in re.findall(r"^### (.+)$", PAGE, re.M)}
    assert {row.partition(" of the index")[0] for row in rows} - {"field"} <= {
        one.partition(" of the whole")[0] for one in shown
    }
