"""A new output format is one folder and one row: the command line, the scheduler and the report find it by themselves."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from bookmaking import make_book, prose, story

from milebook.layout import layout_names
from milebook.source import BookFolder
from milebook.writers import FORMATS, paged_format

ROOT = Path(__file__).parents[2]
ROW = 'Format("toy", ".txt", "toy_format", "trade", needs_pages=True)'
START = f"""
import sys
from milebook.writers import FORMATS, Format
FORMATS["toy"] = {ROW}
from milebook.commands import run
sys.exit(run(sys.argv[1:]))
"""


def with_toy(*arguments: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(Path(__file__).parents[2]), str(Path(__file__).parents[1] / "support")])
    environment = {**os.environ, "PYTHONPATH": paths, "SOURCE_DATE_EPOCH": "1780000000", "COLUMNS": "100"}
    return subprocess.run(
        [sys.executable, "-c", START, *arguments], capture_output=True, text=True, env=environment, check=False
    )


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return make_book(tmp_path, [story("first", prose(1, 90)), story("second", prose(2, 60))], title="Toys")


def test_a_new_format_is_in_the_help() -> None:
    assert "docx,pdf,epub,toy" in with_toy("build", "--help").stdout.replace(" ", "").replace("\n", "")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_new_format_is_built_with_the_others(book: Path, jobs: str) -> None:
    done = with_toy("build", str(book), "--json", "--jobs", jobs)
    assert done.returncode == 0, done.stderr
    outputs = {one["format"]: one["path"] for one in json.loads(done.stdout)["outputs"]}
    assert outputs == {name: f"build/toys.{suffix}" for name, suffix in
                       {"docx": "docx", "pdf": "pdf", "epub": "epub", "toy": "txt"}.items()}  # fmt: skip
    first, *lines = (book / "build" / "toys.txt").read_text("utf-8").split("\n")
    assert first.startswith("pages: ")
    assert not first.startswith("pages: 0 "), "it is made when the PDF's pages are known"
    assert "Second" in lines


def test_a_new_format_is_built_alone(book: Path) -> None:
    done = with_toy("build", str(book), "--format", "toy")
    assert done.returncode == 0, done.stderr
    assert "wrote build/toys.txt" in done.stdout
    assert sorted(path.suffix for path in (book / "build").glob("toys.*")) == [".txt"]


def test_a_format_that_is_not_for_proofs_is_refused_there(book: Path) -> None:
    done = with_toy("proof", "-C", str(book), "--format", "toy")
    assert done.returncode == 2
    assert "one of docx, pdf" in done.stderr


def test_every_row_is_sound(tmp_path: Path) -> None:
    known = layout_names(BookFolder(tmp_path))
    assert [name for name in FORMATS if FORMATS[name].name != name] == []
    assert all(one.suffix.startswith(".") and one.default_layout in known for one in FORMATS.values())
    assert len({one.suffix for one in FORMATS.values()}) == len(FORMATS)
    assert sum(one.share for one in FORMATS.values()) == pytest.approx(1)
    assert paged_format().name == "pdf"
