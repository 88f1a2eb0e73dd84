"""A paragraph moved from one story into another is taken from the one and put into the other, or neither is touched."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from marking_up import Edit, Marked
from proof_books import milebook
from returned_books import FIRST, SECOND, changes, report, returned, returned_book, run_review


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield returned_book(tmp_path_factory.mktemp("made"))


@pytest.fixture
def book(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "book"))


def texts(book: Path) -> tuple[str, str]:
    first, second = book / "stories/old-tom.md", book / "stories/short-one.md"
    return first.read_text("utf-8"), second.read_text("utf-8")


WALK = "We walked the length of the towpath -- slowly, because of his knee -- and he told me about the strike. {>> which strike? <<}"
REST = "After that we rested. Nobody spoke; the *whole* valley was quiet and the river ran on."
EDEN = "[^2]: The river is the Eden, which\n    floods in March.\n"
HARD = "as typewriters had them.\n\n"
MOVED: dict[str, tuple[Edit, str, str]] = {  # what is done -> both stories afterwards
    "with a query": (
        lambda m: m.move("We walked", "A short one"),
        FIRST.replace(f"{WALK}\n\n", ""), SECOND.replace(HARD, f"{HARD}{WALK}\n\n")),
    "with emphasis and a note": (
        lambda m: m.move("After that", "A short one"),
        FIRST.replace(f"{REST}[^2]\n\n", "").replace(f"\n{EDEN}", ""),
        SECOND.replace(HARD, f"{HARD}{REST}^[The river is the Eden, which floods in March.]\n\n")),
    "backward, with line breaks": (
        lambda m: m.move("A short one", "O the long"),
        FIRST.replace("no name at all.\n\n", f"no name at all.\n\n{SECOND.partition(HARD)[0]}{HARD}"),
        SECOND.partition(HARD)[2]),
    "to the end of the story before": (
        lambda m: m.move("A short one", "It was the best"),
        FIRST.replace("until now.\n", f"until now.\n\n{SECOND.partition(HARD)[0]}{HARD}".rstrip("\n") + "\n"),
        SECOND.partition(HARD)[2]),
}  # fmt: skip


@pytest.mark.parametrize("tracked", [True, False], ids=["tracked", "untracked"])
@pytest.mark.parametrize("what", MOVED)
def test_both_stories_change(book: Path, what: str, tracked: bool) -> None:
    edit, first, second = MOVED[what]
    path = returned(book, edit, tracked=tracked)
    document = report(book, path)
    (change,) = changes(document)
    assert (change["kind"], change["tracked"], "by_hand" in change) == ("move", tracked, False)
    assert {story["id"]: story["state"] for story in document["stories"]} == {
        "old-tom": "changed",
        "short-one": "changed",
    }
    done = run_review(book, path, "--apply")
    assert done.returncode == 0, done.stderr
    assert texts(book) == (first, second)
    assert "nothing to change" in run_review(book, path, "--apply").stdout
    assert texts(book) == (first, second)
    assert milebook("undo", "-C", str(book)).returncode == 0
    assert texts(book) == (FIRST, SECOND)


@pytest.mark.parametrize("clash", ["old-tom", "short-one"])
def test_neither_changes_where_one_cannot(book: Path, clash: str) -> None:
    """The author rewrote the paragraph meanwhile, or put another one at its new place; what else was changed is merged."""
    path = returned(
        book,
        lambda m: m.move("We walked", "A short one").replace("The morning", "asleep", "awake").delete("Then a", "link"),
    )
    file = book / "stories" / f"{clash}.md"
    now = file.read_text("utf-8").replace("because of his knee", "for his knee").replace(HARD, f"{HARD}Mine.\n\n")
    file.write_text(now, "utf-8")
    before = texts(book)
    done = run_review(book, path, "--apply")
    assert "MB833" in done.stderr
    assert "one story into another" in done.stderr
    first, second = texts(book)
    assert first == before[0].replace("asleep", "awake")
    assert second == before[1].replace("[link](https://example.org/a_b) ", "")


def test_only_one_of_them_is_asked_for(book: Path) -> None:
    path = returned(book, lambda m: m.move("We walked", "A short one"))
    done = run_review(book, path, "--apply", "--story", "old-tom")
    assert "is not merged now" in done.stderr
    assert texts(book) == (FIRST, SECOND)


@pytest.mark.parametrize("tracked", [True, False], ids=["tracked", "untracked"])
@pytest.mark.parametrize("start", ["Ana Example, 32", "Old Tom Walks", "Figure 1.1"])
@pytest.mark.parametrize("after", ["Then a", "It was the best"])
def test_what_milebook_places_itself_takes_no_paragraphs_along(
    book: Path, start: str, after: str, tracked: bool
) -> None:
    """A title or byline that was dragged into a text makes no paragraphs part of its own story, and does not become one."""
    path = returned(book, lambda m: m.move(start, after), tracked=tracked)
    (change,) = changes(report(book, path))
    assert change["kind"] == "move"
    assert change["by_hand"]
    assert run_review(book, path, "--apply").returncode == 0
    assert texts(book) == (FIRST, SECOND)


@pytest.mark.parametrize("tracked", [True, False], ids=["tracked", "untracked"])
def test_a_whole_story_that_was_moved_comes_into_no_other(book: Path, tracked: bool) -> None:
    """Cut and pasted with its heading: an order for the index, which the report says how to make."""

    def carried(m: Marked) -> Marked:
        for start in ("Then a", "A short one", "Short One"):
            m.move(start, "An opening by")
        return m

    path = returned(book, carried, tracked=tracked)
    change, *left_behind = changes(report(book, path))
    assert (change["kind"], change["tracked"]) == ("move", tracked)
    assert "milebook set short-one --first" in change["by_hand"]
    assert all(other["part"] == "byline" for other in left_behind)
    done = run_review(book, path, "--apply")
    assert done.returncode == 0, done.stderr
    assert texts(book) == (FIRST, SECOND)
