"""Which days are taken for a slip of the year."""

from __future__ import annotations

from pathlib import Path

import pytest
from bookmaking import make_book, story

from milebook.app.load import load

GRANTED = {"status": "granted", "signer": "Ana Example"}


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"received": "2027-12-01"}, True),
        ({"received": "2026-12-01"}, False),
        ({"permission": {**GRANTED, "granted": "2028-01-10"}}, False),  # a late answer
        ({"permission": {**GRANTED, "requested": "2028-01-01", "granted": "2029-01-10"}}, False),
        ({"permission": {**GRANTED, "granted": "2062-01-10"}}, True),
    ],
)
@pytest.mark.parametrize("dated", [True, False])
def test_days_long_after_the_others(fields: dict[str, object], found: bool, dated: bool, tmp_path: Path) -> None:
    entries = [story("a", "One.\n", **fields), story("b", "Two.\n", received="2026-03-01")]
    make_book(tmp_path, entries, date="2026-03-15" if dated else "")
    assert any(finding.code == "MB134" for finding in load(tmp_path).findings) is found
