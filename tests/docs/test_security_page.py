"""Every promise of SECURITY.md names tests, and they exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "SECURITY.md").read_text("utf-8")


def test_the_tests_it_names_exist() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", TEXT)
    assert len(named) > 25
    for path, function in named:
        assert (ROOT / path).is_file(), path
        assert not function or f"def {function}(" in (ROOT / path).read_text("utf-8"), f"{path}::{function}"


def test_every_promise_has_tests() -> None:
    promises = TEXT.partition("## What is promised")[2].partition("## What is not promised")[0]
    blocks = [block for block in promises.split("\n\n") if block.startswith("**")]
    assert len(blocks) > 8
    assert [block.split("**")[1] for block in blocks if "*Tests:*" not in block] == []
