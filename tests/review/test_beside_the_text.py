"""What an editor writes beside the stories' own words: in milebook's lists, on titles and captions, as a new story, behind photos."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from marking_up import Edit, Marked, W
from proof_books import milebook
from returned_books import FIRST, SECOND, changes, report, returned, returned_book, run_review

from milebook.review.edits import Typed
from milebook.review.to_markdown import markdown
from milebook.review.word_text import NOTE


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield returned_book(tmp_path_factory.mktemp("made"))


@pytest.fixture
def book(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "book"))


def text(book: Path, story: str) -> str:
    return (book / "stories" / f"{story}.md").read_text("utf-8")


@pytest.mark.parametrize("tracked", [True, False], ids=["tracked", "untracked"])
def test_a_paragraph_in_the_list_of_queries_comes_into_no_story(book: Path, tracked: bool) -> None:
    path = returned(book, lambda m: m.add_paragraph("Queries", "Cut nothing more."), tracked=tracked)
    document = report(book, path)
    assert changes(document) == []
    assert any("Cut nothing more." in words for words in document["unplaced"])


@pytest.mark.parametrize("tracked", [True, False], ids=["tracked", "untracked"])
def test_a_new_story_comes_into_no_other(book: Path, tracked: bool) -> None:
    """Known by the style of its title."""

    def typed(m: Marked) -> Marked:
        m.add_paragraph("It was the best", "A New Story").add_paragraph("A New Story", "It begins here.")
        m.paragraph("A New Story").find(f"{W}pPr/{W}pStyle").set(f"{W}val", "Heading2")
        return m

    path = returned(book, typed, tracked=tracked)
    found = changes(report(book, path))
    assert found
    assert all("milebook add" in change["by_hand"] for change in found)
    assert "milebook add" in run_review(book, path, "--apply").stderr
    assert (text(book, "old-tom"), text(book, "short-one")) == (FIRST, SECOND)


def test_comments_on_titles_and_captions_are_named(book: Path) -> None:
    path = returned(
        book,
        lambda m: m.comment("Old Tom Walks", "Walks", "Too plain?").comment("Figure 1.2", "left", "Of what?").comment(
            "We walked", "towpath", "Which one?"
        ),
    )  # fmt: skip
    done = run_review(book, path, "--apply", "--comments")
    assert "Too plain?" in done.stderr
    assert "Of what?" in done.stderr
    assert "Which one?" not in done.stderr
    assert "Which one?" in text(book, "old-tom")


def test_a_credit_that_an_agreement_words_is_left_as_it_is(book: Path) -> None:
    index = book / "stories" / "index.yaml"
    reason = '"reason": "drawn for a test"'
    before = index.read_text("utf-8").replace(reason, f'{reason}, "credit": "© Ben & Sons"')
    index.write_text(before, "utf-8")
    assert "© Ben & Sons" in before
    assert milebook("proof", "-C", str(book), "--format", "docx", "one").returncode == 0
    newest = max((book / "build" / "proofs").glob("ch*-one-*.docx"), key=lambda path: path.stat().st_mtime_ns)
    path = book / "returned.docx"
    path.write_bytes(Marked(newest.read_bytes()).replace("© Ben", "Sons", "Daughters").saved())
    done = run_review(book, path, "--apply")
    assert "demands the credit “© Ben & Sons”" in done.stderr
    assert index.read_text("utf-8") == before


def test_a_photo_behind_a_paragraph_that_goes_moves_up(book: Path) -> None:
    """To the paragraph before, or to the beginning."""
    path = returned(book, lambda m: m.delete_paragraph("The morning").delete_paragraph("We walked"))
    done = run_review(book, path, "--apply")
    assert done.returncode == 0, done.stderr
    index = yaml.safe_load((book / "stories" / "index.yaml").read_text("utf-8"))
    assert index["stories"][0]["photos"][0]["place"] == "start"


def test_a_place_that_cannot_be_changed_is_named(book: Path) -> None:
    path = returned(book, lambda m: m.delete_paragraph("The morning").delete_paragraph("We walked"))
    index = book / "stories" / "index.yaml"
    stories = yaml.safe_dump(yaml.safe_load(index.read_text("utf-8")), allow_unicode=True, sort_keys=False)
    assert "place:\n      after: 2\n" in stories
    index.write_text(stories, "utf-8")
    done = run_review(book, path, "--apply")
    assert "write place: start for it" in done.stderr


def test_the_slips_of_contributors_are_known(book: Path) -> None:
    """Each has its own lines, under the same bookmarks."""
    index = book / "stories" / "index.yaml"
    before, _, after = index.read_text("utf-8").rpartition('{"name": "Ana Example"}')
    index.write_text(before + '{"name": "Bo Example", "bio": "Bo walks."}' + after, "utf-8")
    assert milebook("proof", "-C", str(book), "--contributor", "--format", "docx").returncode == 0
    proofs = sorted((book / "build" / "proofs").glob("contributor-*.docx"))
    assert len(proofs) > 1
    for proof in proofs:
        assert report(book, proof)["unplaced"] == []


def test_two_editors_are_named_on_the_page(book: Path) -> None:
    alma = returned(book, lambda m: m.insert("After that", "Nobody", " Alma adds"), "alma.docx", author="Alma")
    bo = returned(
        book,
        lambda m: m.insert("After that", "Nobody", " Bo adds").replace("The morning", "asleep", "awake"),
        "bo.docx",
        author="Bo",
    )
    done = run_review(book, alma, bo, "--apply")
    assert "two editors changed the same words" in done.stderr
    assert "author and editor" not in done.stderr
    page = text(book, "old-tom.review")
    assert "Your text now" not in page
    assert "Alma:" in page
    assert "Bo:" in page
    assert "--apply --only " in page


def both(start: str, words: str, *, tracked: bool) -> Edit:
    """A new paragraph of Ed's behind one, and words of Bo's at its start."""

    def edit(m: Marked) -> Marked:
        m.add_paragraph(start, "Ed began. ")
        m.author, m.tracked = "Bo", tracked
        return m.insert("Ed began.", "Ed", words)

    return edit


@pytest.mark.parametrize("tracked", [True, False], ids=["tracked", "untracked"])
@pytest.mark.parametrize("start", ["We walked", "It was the best", "First we ate"])
def test_words_that_another_puts_into_a_new_paragraph_stay_in_it(book: Path, start: str, tracked: bool) -> None:
    """In the middle of a story, at its end before the next one's title, and in a list."""
    done = run_review(book, returned(book, both(start, " and Bo", tracked=tracked)), "--apply")
    assert done.returncode == 0, done.stderr
    lines = text(book, "old-tom").splitlines()
    assert [line.lstrip("0123456789. ") for line in lines if "began" in line] == ["Ed and Bo began."]
    assert [line for line in lines if "began" not in line and line] == [
        line.replace("2. Then", "3. Then") if start == "First we ate" else line for line in FIRST.splitlines() if line
    ]
    assert text(book, "short-one") == SECOND
    assert (book / "stories" / "index.yaml").read_text("utf-8").count("began") == 0


def test_stars_in_a_new_note_stay_stars() -> None:
    typed = [Typed(NOTE, note="A note, *see* below.")]
    assert markdown(typed, escape=False, around=0, prefix="", start=False) == "^[A note, \\*see\\* below.]"
