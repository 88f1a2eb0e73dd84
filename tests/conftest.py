"""Where tests find milebook and their helpers, also where neither is installed; and `--accept` for tests that compare pages."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "support"))
sys.path.insert(0, str(Path(__file__).parents[1]))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--accept", action="store_true", help="write what is made now into the files it is compared with")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A copy of the book that `milebook init` starts. Many modules of tests have a book of their own instead."""
    return Path(shutil.copytree(Path(__file__).parents[1] / "milebook" / "starter", tmp_path / "book"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """On Windows, a test that needs a call only POSIX has, or the right to make links, is skipped and says so."""
    try:
        return (yield)
    except AttributeError as error:
        if sys.platform != "win32" or error.name not in ("mkfifo", "fork", "umask", "killpg", "SIGKILL", "geteuid"):
            raise
        pytest.skip(f"Windows has no {error.name}")
    except OSError as error:
        if getattr(error, "winerror", 0) != 1314:
            raise
        pytest.skip("making links takes a right that this user does not have")
