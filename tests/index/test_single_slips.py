"""One slip in a good book is one error: nothing that only follows from it is told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import single_slips

from milebook.app.load import load, settled
from milebook.model.codes import errors
from milebook.model.findings import Finding


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return single_slips.make_book(tmp_path_factory.mktemp("slips") / "book")


def reported(root: Path) -> list[Finding]:
    found = settled(load(root).findings)
    return [finding for finding in found if finding.code != "MB300"]


def test_the_book_is_good(good: Path) -> None:
    assert reported(good) == []


def spoiled(good: Path, which: slice) -> list[str]:
    """What is told too often."""
    index = good / "stories" / "index.yaml"
    wrong = []
    for what, text in list(single_slips.slips())[which]:
        index.write_text(text, "utf-8")
        found = errors(reported(good))
        if len(found) > 1:
            wrong.append("\n  ".join([what, *(f"{f.place}: {f.code} {f.message}" for f in found)]))
    index.write_text(single_slips.INDEX, "utf-8")
    return wrong


def test_one_slip_is_one_error(good: Path) -> None:
    assert not spoiled(good, slice(3, None, 29))


@pytest.mark.slow
def test_every_slip_is_one_error(good: Path) -> None:
    assert not spoiled(good, slice(None))


def test_one_missing_file_is_one_error(good: Path) -> None:
    for path in sorted(path for path in good.rglob("*") if path.is_file() and path.name != "index.yaml"):
        data = path.read_bytes()
        path.unlink()
        assert len(errors(reported(good))) <= 1, f"{path.name} is gone"
        path.write_bytes(b"")
        assert len(errors(reported(good))) <= 1, f"{path.name} is empty"
        path.write_bytes(data)


def codes_of(root: Path, index: str) -> list[str]:
    (root / "stories" / "index.yaml").write_text(index, "utf-8")
    return sorted(finding.code for finding in errors(reported(root)))


def test_slips_that_have_nothing_to_do_with_each_other_are_all_told(good: Path) -> None:
    two = single_slips.INDEX.replace("[tree-at-the-corner, two-miles]", "[tree-at-the-cornre, two-miles]")
    assert codes_of(good, two) == ["MB118"]
    two = two.replace("age: 41", "agee: 41")
    assert codes_of(good, two) == ["MB106", "MB118"]
    two = two.replace("permission: ben-2026\n    quotes", "permission: bn-2026\n    quotes")
    assert codes_of(good, two) == ["MB106", "MB117", "MB118"]
    two = two.replace("language: en-US", "language: us").replace("granted: 2026-03-09", "granted: 2026-03-39", 1)
    assert codes_of(good, two) == ["MB106", "MB112", "MB117", "MB118", "MB124"]
    (good / "stories" / "index.yaml").write_text(single_slips.INDEX, "utf-8")


def test_an_unknown_agreement_is_told_once_with_all_its_places(good: Path) -> None:
    text = single_slips.INDEX.replace("  ben-2026:\n", "  benjamin-2026:\n")
    (good / "stories" / "index.yaml").write_text(text, "utf-8")
    (found,) = errors(reported(good))
    assert found.code == "MB117" and len(found.related) >= 1
    (good / "stories" / "index.yaml").write_text(single_slips.INDEX, "utf-8")
    shutil.rmtree(good / "build", ignore_errors=True)


@pytest.mark.parametrize(
    ("written", "cure"),
    [
        ("contributor: Jenny Park, 38, Canby, Oregon", 'write contributor: {name: Jenny Park, age: 38, location: "Canby, Oregon"}'),
        ("contributor: Jenny Park", "write contributor: {name: Jenny Park}"),
        ("contributor: {name: Ana}\n    photos: photos/cover.png", "write photos: [{file: photos/cover.png}]"),
    ],
)  # fmt: skip
def test_the_cure_shows_what_was_typed_in_its_fields(good: Path, written: str, cure: str) -> None:
    text = single_slips.INDEX.replace('contributor: {name: Ben Example, location: "Ghent, Belgium", age: 41}', written)
    (good / "stories" / "index.yaml").write_text(text, "utf-8")
    assert [finding.hint for finding in errors(reported(good))] == [cure]
    (good / "stories" / "index.yaml").write_text(single_slips.INDEX, "utf-8")


def test_slips_of_one_kind_on_lines_that_follow_each_other_are_all_told(good: Path) -> None:
    text = single_slips.INDEX.replace("contact: {name: Ada Example, email: ada@example.org}", "contact: Ada")
    assert codes_of(good, text.replace("copyright: {year: 2026, holder: Ada Example and Bea Example}", "copyright: Ada")) == ["MB108", "MB108"]  # fmt: skip
    (good / "stories" / "index.yaml").write_text(single_slips.INDEX, "utf-8")
