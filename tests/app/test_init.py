"""`milebook init`: a small book in a new folder, nothing of the author's replaced, and completed after a kill."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from book_folders import files_in
from killing import die_at_call

from milebook.app.init import finished, init
from milebook.output.transaction import recover


def codes(root: Path) -> list[str]:
    return [finding.code for finding in init(root)[1]]


def test_a_new_folder_is_started(tmp_path: Path) -> None:
    written, findings = init(tmp_path / "my" / "book")
    assert findings == []
    assert sorted(files_in(tmp_path / "my" / "book")) == written
    assert (tmp_path / "my/book/.gitignore").read_text() == "build/\n.milebook/\n"


@pytest.mark.parametrize("name", ["index.yaml", "stories/index.yaml", "stories/the-gate.md"])
def test_nothing_is_replaced_and_nothing_left_behind(tmp_path: Path, name: str) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / name).write_bytes(b"mine")
    before = files_in(tmp_path)
    assert codes(tmp_path) == ["MB198"]
    assert files_in(tmp_path) == before
    assert not (tmp_path / ".milebook").exists()


def test_a_book_that_was_told_of_is_not_started_again(tmp_path: Path) -> None:
    assert codes(tmp_path) == []
    finished(tmp_path)
    assert codes(tmp_path) == ["MB198"]


def test_what_the_author_keeps_out_of_version_control_stays(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_bytes(b"*.bak\n/build/")
    assert codes(tmp_path) == []
    assert (tmp_path / ".gitignore").read_bytes() == b"*.bak\n/build/\n.milebook/\n"


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    assert codes(tmp_path / "file" / "book") == ["MB064"]
    assert codes(tmp_path / ("x" * 300)) == ["MB062"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks children to be killed")
def test_a_second_run_completes_what_a_killed_one_began(tmp_path: Path) -> None:
    init(tmp_path / "whole")
    whole = files_in(tmp_path / "whole")
    step = 0
    while True:
        step += 1
        root = tmp_path / str(step)
        child = os.fork()
        if not child:
            die_at_call(step)
            init(root)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if root.exists():
            recover(root)
        assert (files_in(root) if root.exists() else {}) in ({}, whole), f"torn at step {step}"
        assert codes(root) == [], f"refused after a kill at step {step}"
        assert files_in(root) == whole
        if status == 0:
            break
    assert step > 60


def test_a_book_that_an_older_version_left_half_written_is_completed(tmp_path: Path) -> None:
    init(tmp_path / "whole")
    (tmp_path / "half" / "stories").mkdir(parents=True)
    (tmp_path / "half/stories/the-gate.md").write_bytes((tmp_path / "whole/stories/the-gate.md").read_bytes())
    (tmp_path / "half/stories/index.yaml").write_bytes((tmp_path / "whole/stories/index.yaml").read_bytes()[:100])
    assert codes(tmp_path / "half") == []
    assert files_in(tmp_path / "half") == files_in(tmp_path / "whole")
