"""`milebook add` asks for one thing after the other: a wrong answer is asked for again, and costs nothing of what was answered."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from bookmaking import make_book, story
from mails import jpeg

from milebook.app.load import load

pty = pytest.importorskip("pty", reason="this system has no terminals that a test can make")


def test_a_wrong_answer_is_asked_for_again(tmp_path: Path) -> None:
    book = make_book(tmp_path / "book", [story("a", "Words of a first story.\n")])
    (tmp_path / "lift.txt").write_text("It rained in the lift.\n", "utf-8")
    (tmp_path / "whole.jpg").write_bytes(jpeg(1, (600, 400)))
    (tmp_path / "cut.jpg").write_bytes(jpeg(1, (600, 400))[:3_000])
    answers = [
        "The Lift", "Noor Haddad", "Leeds", "forty", "41", "", "2026-3-9", "2026-03-09", "lift", "lift.txt", "cut.jpg",
        "'whole.jpg'", "A lift.", "", "", "", "wet, fast",
    ]  # fmt: skip
    keyboard, terminal = pty.openpty()
    try:
        os.write(keyboard, "".join(f"{answer}\n" for answer in answers).encode())
        words = ["add", "-C", str(book), "--status", "selected", "--chapter", "one"]
        done = subprocess.run(
            [sys.executable, "-m", "milebook", *words],
            stdin=terminal,
            capture_output=True,
            text=True,
            cwd=tmp_path,
            timeout=60,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )
    finally:
        os.close(keyboard)
        os.close(terminal)
    assert done.returncode == 0, done.stderr
    for slip in ("a number of years", "“2026-3-9” is no day", "did you mean lift.txt?", "cut.jpg cannot be printed"):
        assert done.stderr.count(slip) == 1
    added = load(book).book
    assert added is not None
    one = added.stories[-1]
    assert (one.title, one.contributor.name, one.contributor.age, one.received, one.tags) == (
        "The Lift", "Noor Haddad", 41, "2026-03-09", ("wet", "fast"),
    )  # fmt: skip
    assert [photo.caption for photo in one.photos] == ["A lift."]
