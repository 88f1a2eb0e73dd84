"""A short round of the fuzz targets, and that they find what they are there to find."""

from __future__ import annotations

import fuzz
import pytest


@pytest.mark.parametrize("name", sorted(fuzz.TARGETS))
def test_a_short_round(name: str) -> None:
    assert fuzz.fuzz(name, 120, seed=7, most=150) > 0


def test_a_fault_is_found_and_its_input_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    def target(data: bytes) -> None:
        assert b"\xff" not in data, "found"

    monkeypatch.setitem(fuzz.TARGETS, "prose", target)
    with pytest.raises(AssertionError, match="found") as caught:
        fuzz.fuzz("prose", 60, seed=1)
    assert "the input is kept in" in caught.value.__notes__[0]


def test_an_accent_after_emphasis_is_no_lost_letter() -> None:
    fuzz.prose("I *ran*\u0301 home, e*e*\u0301.\n".encode())
    assert fuzz.letters("*e*\u0301") == fuzz.letters("\u00e9")
    assert fuzz.letters("e\u0301") != fuzz.letters("e")
