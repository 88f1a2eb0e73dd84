"""One file to where the user wants it."""

from __future__ import annotations

from pathlib import Path

import pytest

from milebook.output.one_file import write_one


def test_a_link_is_replaced_and_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "theirs.html").write_bytes(b"<!doctype html>theirs")
    (tmp_path / "page.html").symlink_to("theirs.html")
    write_one(tmp_path / "page.html", b"ours")
    assert (tmp_path / "theirs.html").read_bytes() == b"<!doctype html>theirs"
    assert (tmp_path / "page.html").read_bytes() == b"ours" and not (tmp_path / "page.html").is_symlink()


def test_an_error_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "page.html").write_bytes(b"old")

    def fail(descriptor: int) -> None:
        raise OSError(5, "the disk fails")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError):
        write_one(tmp_path / "page.html", b"new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"page.html": b"old"}
