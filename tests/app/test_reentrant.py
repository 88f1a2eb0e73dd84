"""Commands can be run many times in one process and beside each other in threads, and make what they make alone."""

from __future__ import annotations

import gc
import os
import shutil
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from bookmaking import draw, make_book, photo, prose, story

from milebook.app.build import build, check
from milebook.app.export import export
from milebook.app.load import Result
from milebook.app.package_files import ExportRequest
from milebook.app.proof import proof
from milebook.app.proof_choice import ProofRequest
from milebook.app.request import Request
from milebook.app.status import status


def new_book(root: Path) -> Path:
    entries = [story(f"mile-{number}", prose(number, 150)) for number in range(4)]
    entries[0]["photos"] = [photo("photos/a.jpg")]
    entries[3]["permission"] = {"status": "requested", "requested": "2026-03-01"}
    chapters = [
        {"id": "out", "title": "Out", "stories": ["mile-0", "mile-1"]},
        {"id": "back", "title": "Back", "stories": ["mile-2", "mile-3"]},
    ]
    make_book(root, entries, chapters, title="Twice")
    draw(root / "stories" / "photos" / "a.jpg", seed=3)
    return root


def files(root: Path) -> dict[str, bytes]:
    """Everything that was made in a book folder, but for the account of it, which lists what other runs have made too."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted((root / "build").rglob("*"))
        if path.is_file() and "/." not in path.as_posix() and path.name != "made.json"
    }


@pytest.fixture(autouse=True)
def at_one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")


def make(root: Path, what: str) -> Result:
    match what:
        case "build":
            return build(root, Request(cache=False))
        case "proof":
            return proof(root, ProofRequest(cache=False))
        case "export":
            return export(root, ExportRequest(draft=True, cache=False))
        case "check":
            return check(root)
    return status(root)


def test_twice_in_one_process(tmp_path: Path) -> None:
    root = new_book(tmp_path)
    before = (gc.isenabled(), dict(os.environ), signal.getsignal(signal.SIGINT), Path.cwd())
    made = []
    for _ in range(2):
        shutil.rmtree(root / "build", ignore_errors=True)
        reports = [make(root, what).report for what in ("build", "proof", "export", "check", "status")]
        made.append((files(root), reports))
    assert made[0] == made[1]
    assert len(made[0][0]) > 20
    assert (gc.isenabled(), dict(os.environ), signal.getsignal(signal.SIGINT), Path.cwd()) == before


def test_several_books_beside_each_other(tmp_path: Path) -> None:
    alone = new_book(tmp_path / "alone")
    for what in ("build", "proof", "export"):
        assert make(alone, what).written
    roots = [new_book(tmp_path / f"book-{number}") for number in range(3)]

    def everything(root: Path) -> list[Result]:
        return [make(root, what) for what in ("build", "check", "status", "proof", "export")]

    with ThreadPoolExecutor(3) as threads:
        results = list(threads.map(everything, roots))
    for root, done in zip(roots, results, strict=True):
        assert not any(result.refused for result in done)
        assert files(root) == files(alone)


def test_one_book_at_once(tmp_path: Path) -> None:
    """The lock of the output folder holds between threads too: every file is whole."""
    alone = new_book(tmp_path / "alone")
    for what in ("build", "proof"):
        make(alone, what)
    root = new_book(tmp_path / "shared")
    with ThreadPoolExecutor(4) as threads:
        results = list(threads.map(lambda what: make(root, what), ["build", "check", "proof", "status", "build"]))
    for result in results:  # on a slow machine one may wait too long for another
        assert not result.refused or {finding.code for finding in result.findings} >= {"MB066"}
    for what in ("build", "proof"):
        make(root, what)
    assert files(root) == files(alone)
