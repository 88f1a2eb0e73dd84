"""The benchmarks measure functions by name: each of them is still there."""

from __future__ import annotations

import importlib
import sys
from operator import attrgetter
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


def test_every_part_that_is_timed_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    monkeypatch.delitem(sys.modules, "parts", raising=False)
    parts = importlib.import_module("parts")
    assert parts.PARTS
    for module, name in (place for places in parts.PARTS.values() for place in places):
        assert callable(attrgetter(name)(importlib.import_module(module))), f"{module} has no {name}"
