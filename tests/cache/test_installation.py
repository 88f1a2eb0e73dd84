"""The digest of the installation changes with anything that could change an output, and with nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import milebook

PACKAGE = Path(milebook.__file__).parent


def digest(top: Path) -> str:
    code = "from milebook.cache.installation import installation_digest as digest; print(digest())"
    done = subprocess.run([sys.executable, "-c", code], cwd=top, capture_output=True, text=True, check=True,
                          env={**os.environ, "PYTHONPATH": str(top)})  # fmt: skip
    return done.stdout


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A copy of the package, with a layout beside it."""
    shutil.copytree(PACKAGE, tmp_path / "milebook", ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "layouts" / "own").mkdir(parents=True)
    (tmp_path / "layouts" / "own" / "layout.yaml").write_text("name: own\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize("name", ["milebook/model/text.py", "layouts/own/layout.yaml"])
def test_a_change_that_looks_like_none_is_seen(top: Path, name: str) -> None:
    before, path = digest(top), top / name
    looked = path.stat()
    data = path.read_bytes()
    path.write_bytes(data[:-2] + bytes([data[-2] ^ 1]) + data[-1:])
    os.utime(path, ns=(looked.st_atime_ns, looked.st_mtime_ns))
    assert path.stat().st_size == looked.st_size
    assert digest(top) != before


def test_files_that_come_and_go_are_seen(top: Path) -> None:
    before = digest(top)
    new = top / "milebook" / "writers" / "new.py"
    new.write_text("", "utf-8")
    assert digest(top) != before
    new.unlink()
    shutil.rmtree(top / "layouts")
    assert digest(top) != before


def test_what_changes_no_output_is_not_seen(top: Path) -> None:
    before = digest(top)  # which may have compiled what it imported
    (top / "milebook" / "__pycache__").mkdir(exist_ok=True)
    (top / "milebook" / "__pycache__" / "other.pyc").write_bytes(b"1")
    (top / "milebook" / ".#text.py").symlink_to("nowhere")  # as an editor leaves it
    assert digest(top) == before
