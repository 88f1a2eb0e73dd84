"""The sound book for tests that break it."""

from __future__ import annotations

from pathlib import Path

import pytest
import sound


@pytest.fixture
def book(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound book that was built already, alone in a folder."""
    return sound.built(tmp_path, tmp_path_factory.getbasetemp())
