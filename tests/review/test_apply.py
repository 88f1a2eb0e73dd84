"""`milebook review --apply` merges into the stories: only what changed, three ways, once, and with a way back."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from marking_up import Edit, Marked
from proof_books import milebook
from returned_books import FIRST, SECOND, returned, returned_book, run_review

from milebook.commands.lazy_group import COMMANDS


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield returned_book(tmp_path_factory.mktemp("made"))


@pytest.fixture
def book(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "book"))


def tom(book: Path) -> str:
    return (book / "stories/old-tom.md").read_text("utf-8")


def apply(book: Path, edit: Edit, *options: str, status: int = 0, **how: bool) -> str:
    done = run_review(book, returned(book, edit, **how), "--apply", *options)
    assert done.returncode == status, done.stderr + done.stdout
    return done.stdout + done.stderr


def undone(book: Path) -> None:
    if "undo" not in COMMANDS:
        pytest.skip("there is no milebook undo yet")
    assert milebook("undo", "-C", str(book)).returncode == 0


MERGED: dict[str, tuple[Edit, str, str]] = {  # what is done -> what the story says before, and after
    "a word, within its marks": (lambda m: m.replace("The morning", "asleep", "wide awake"), "**asleep**", "**wide awake**"),
    "a sentence, before a query": (
        lambda m: m.insert("We walked", "strike.", " He wept."), "strike. {>> which", "strike. He wept. {>> which"),
    "words with marks in them": (
        lambda m: m.delete("After that", "Nobody spoke; "),
        "rested. Nobody spoke; the *whole*", "rested. the *whole*"),
    "emphasized words": (lambda m: m.delete("After that", "whole"), "the *whole* valley", "the valley"),
    "a paragraph": (lambda m: m.delete_paragraph("It was the best"), "cheese.\n\nIt was the best day of 1986, and I have told nobody about it until now.\n\n[^1]", "cheese.\n\n[^1]"),
    "a new paragraph": (lambda m: m.add_paragraph("We walked", "We stopped."), "<<}\n\n> He", "<<}\n\nWe stopped.\n\n> He"),
    "a division": (lambda m: m.split("We walked", "and he told"), "knee -- and he", "knee --\n\nand he"),
    "a join in a quotation": (lambda m: m.merge("He wrote"), "ledger.\n>\n> Every", "ledger. Every"),
    "a line of verse": (lambda m: m.replace("O the long", "short", "other"), "O the short road,  \n", "O the other road,  \n"),
    "an item typed in a list": (
        lambda m: m.add_paragraph("First we ate", "- Then tea."),
        "bread.\n2. Then we ate cheese.", "bread.\n2. \\- Then tea.\n3. Then we ate cheese."),
    "an item taken out": (lambda m: m.delete_paragraph("First we ate"), "1. First we ate bread.\n2. Then", "1. Then"),
    "an item divided": (
        lambda m: m.split("First we ate", "bread"),
        "1. First we ate bread.\n2. Then", "1. First we ate\n2. bread.\n3. Then"),
    "two items joined": (lambda m: m.merge("First we ate"), "bread.\n2. Then", "bread. Then"),
    "a stanza divided": (lambda m: m.split("O the long", "O the short"), "long road,  \n", "long road,\n\n"),
    "a note taken out": (
        lambda m: m.delete_note("The morning"), FIRST, FIRST.replace("said.[^1]", "said.").replace("[^1]: Tom was never early for anything else.\n\n", "")),
    "a paragraph typed in a quotation": (
        lambda m: m.add_paragraph("He wrote", "In ink."), "ledger.\n>\n> Every", "ledger.\n>\n> In ink.\n>\n> Every"),
    "an item of a list": (lambda m: m.replace("First we ate", "bread", "rye bread"), "1. First we ate bread.", "1. First we ate rye bread."),
    "signs that are typed": (
        lambda m: m.insert("After that", "rested.", " It cost *5* [or _6_]."), "rested. Nobody", "rested. It cost \\*5\\* "),
    "a query that is typed": (lambda m: m.insert("After that", "rested.", " {>> x <<}"), "rested. Nobody", "rested. \\{\\>\\> x \\<\\<} Nobody"),
    "a scene break": (lambda m: m.delete_paragraph("* * *"), "all.\n\n* * *\n\nAfter", "all.\n\nAfter"),
    "italics": (lambda m: m.look("It was the best", "best"), "the best day", "the *best* day"),
    "italics gone": (lambda m: m.look("After that", "whole", on=False), "the *whole* valley", "the whole valley"),
    "a paragraph moved": (
        lambda m: m.move("We walked", "After that we"),
        "[^1] I went.\n\nWe walked", "[^1] I went.\n\n> He wrote"),
}  # fmt: skip


@pytest.mark.parametrize("tracked", [True, False], ids=["tracked", "untracked"])
@pytest.mark.parametrize("what", MERGED)
def test_each_edit_changes_only_its_words(book: Path, what: str, tracked: bool) -> None:
    edit, before, after = MERGED[what]
    assert before in FIRST
    path = returned(book, edit, tracked=tracked)
    assert run_review(book, path, "--apply").returncode == 0
    now = tom(book)
    assert after in now
    if what != "a paragraph moved" and "signs" not in what:
        assert now == FIRST.replace(before, after)
    assert (book / "stories/short-one.md").read_text("utf-8") == SECOND
    again = run_review(book, path, "--apply")
    assert again.returncode == 0, again.stderr
    assert tom(book) == now
    assert "nothing to change" in again.stdout
    undone(book)
    assert tom(book) == FIRST


def test_line_ends_and_other_bytes_stay(book: Path) -> None:
    path = book / "stories/short-one.md"
    before = "\ufeff" + SECOND.replace("\n", "\r\n") + "e\u0301nd\r\n"
    path.write_bytes(before.encode())
    apply(book, lambda m: m.insert("A short one", "middle of it", " all"))
    assert path.read_bytes() == before.replace("middle of it", "middle of it all").encode()


def test_titles_captions_credits_and_bylines_go_into_the_index(book: Path) -> None:
    index = (book / "stories/index.yaml").read_text("utf-8")
    apply(
        book,
        lambda m: (
            m.replace("Old Tom Walks", " Walks", " Runs")
            .replace("Figure 1.1", ", at the lock.", ", by the gate.")
            .replace("Ana Example, 32", "St. Louis", "Troy")
            .replace("First Miles", "First", "Early")
            .replace("Photo by Ben", "Ben", "Bob")
        ),
    )
    now = (book / "stories/index.yaml").read_text("utf-8")
    for old, new in (
        ("*Tom* Walks", "*Tom* Runs"),
        ("*stick*, at the lock.", "*stick*, by the gate."),
        ("St. Louis, MO", "Troy, MO"),
        ("First Miles", "Early Miles"),
    ):
        assert old in index
        assert old not in now
        assert new in now
    assert now.count("Photo by Bob Example") == 1
    undone(book)
    assert (book / "stories/index.yaml").read_text("utf-8") == index


@pytest.mark.parametrize("tracked", [True, False], ids=["tracked", "untracked"])
def test_italics_of_titles(book: Path, tracked: bool) -> None:
    apply(book, lambda m: m.look("Old Tom Walks", "Tom", on=False).look("Short One", "One"), tracked=tracked)
    now = (book / "stories/index.yaml").read_text("utf-8")
    assert "Old Tom Walks" in now
    assert '"Short *One*"' in now


def test_the_authors_own_changes_stay(book: Path) -> None:
    path = book / "stories/old-tom.md"
    path.write_text(
        FIRST.replace("river ran on", "river ran away").replace("> He wrote", "A new one.\n\n> He wrote"), "utf-8"
    )
    apply(book, lambda m: m.delete("After that", "Nobody spoke; ").insert("We walked", "strike.", " He wept."))
    now = tom(book)
    assert "rested. the *whole* valley was quiet and the river ran away." in now
    assert "strike. He wept. {>>" in now
    assert "A new one.\n\n> He wrote" in now


def test_a_clash_leaves_the_story_alone(book: Path) -> None:
    path = book / "stories/old-tom.md"
    path.write_text(FIRST.replace("**asleep**", "**dreaming**"), "utf-8")
    before = tom(book)

    def edit(m: Marked) -> Marked:
        return m.replace("The morning", "asleep", "awake").replace("A short one", "begins", "starts")

    said = apply(book, edit, status=1)
    assert "MB832" in said
    assert tom(book) == before
    page = (book / "stories/old-tom.review.md").read_text("utf-8")
    assert "dreaming" in page
    assert "awake" in page
    assert "starts here" in (book / "stories/short-one.md").read_text("utf-8")
    apply(book, edit, status=1)
    assert (book / "stories/old-tom.review.md").read_text("utf-8") == page
    path.write_text(FIRST.replace("**asleep**", "**awake**"), "utf-8")
    apply(book, edit)
    assert not (book / "stories/old-tom.review.md").exists()


def test_what_clashes_with_nothing_can_be_merged_beside_a_clash(book: Path) -> None:
    path = book / "stories/old-tom.md"
    path.write_text(FIRST.replace("**asleep**", "**dreaming**"), "utf-8")

    def edit(m: Marked) -> Marked:
        m = m.replace("The morning", "asleep", "awake").insert("We walked", "strike.", " He wept.")
        return m.delete("After that", "Nobody spoke; ")

    said = apply(book, edit, status=1)
    page = book / "stories/old-tom.review.md"
    only = re.findall(r"--only ([0-9,-]+)", page.read_text("utf-8"))[0]
    assert f"--only {only}" in said
    assert "strike. He wept" not in tom(book)
    apply(book, edit, "--only", only)
    assert "strike. He wept." in tom(book)
    assert "rested. the *whole*" in tom(book)
    assert "**dreaming**" in tom(book)
    assert page.exists()  # what it shows is not decided yet
    path.write_text(tom(book).replace("**dreaming**", "**awake**"), "utf-8")
    apply(book, edit)
    assert not page.exists()


@pytest.mark.parametrize("tracked", [True, False], ids=["tracked", "untracked"])
def test_joins_across_stories_and_looks_within_words_are_told(book: Path, tracked: bool) -> None:
    """The last paragraph of a story is not joined to the next one's title; half of a word is not made italic."""
    said = apply(book, lambda m: m.merge("It was the best").look("After that", "val"), tracked=tracked)
    assert "joins parts of the book" in said
    assert "begin and end with a word" in said
    assert tom(book) == FIRST


def test_what_cannot_be_merged_is_told(book: Path) -> None:
    said = apply(book, lambda m: m.replace("Ana Example, 32", "Ana Example, 32, St. Louis", "A. of Troy"))
    assert "MB833" in said
    assert "byline" in said
    assert tom(book) == FIRST


def test_only_some_changes(book: Path) -> None:
    def edit(m: Marked) -> Marked:
        m.replace("The morning", "asleep", "awake")
        m.author = "Bo"
        return m.insert("We walked", "strike.", " He wept.").replace("A short one", "begins", "starts")

    apply(book, edit, "--only", "2")
    assert tom(book) == FIRST.replace("strike.", "strike. He wept.")
    apply(book, edit, "--author", "ed itor")
    assert "**awake**" in tom(book)
    assert (book / "stories/short-one.md").read_text("utf-8") == SECOND
    apply(book, edit, "--story", "short-one")
    assert "starts here" in (book / "stories/short-one.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--only", "2-4,99"], "there is no change 3-4,99; there are changes 1-2"),
        (["--author", "Ed Editor"], "there is nothing by “Ed Editor”; the changes and comments are by Ed Itor"),
        (["--story", "old-tom", "--only", "2"], "there is no change 2; there are changes 1"),
    ],
)
def test_what_the_file_does_not_have_is_wrong_usage(book: Path, options: list[str], told: str) -> None:
    def edit(m: Marked) -> Marked:
        return m.replace("The morning", "asleep", "awake").replace("A short one", "begins", "starts")

    assert told in apply(book, edit, *options, status=2)
    assert tom(book) == FIRST


def test_comments_become_queries_once(book: Path) -> None:
    def edit(m: Marked) -> Marked:
        return m.comment("After that", "Nobody spoke", "Is <<} it {>> so?")

    apply(book, edit)
    assert tom(book) == FIRST
    apply(book, edit, "--comments")
    assert "Nobody spoke {>> editor: Ed Itor: Is << } it { >> so? <<}; the *whole*" in tom(book)
    now = tom(book)
    apply(book, edit, "--comments")
    assert tom(book) == now


def test_comments_at_one_place_keep_their_order(book: Path) -> None:
    def edit(m: Marked) -> Marked:
        return m.comment("After that", "Nobody spoke", "Why not?").comment("After that", "spoke", "And then?")

    apply(book, edit, "--comments")
    assert "Nobody spoke {>> editor: Ed Itor: Why not? <<} {>> editor: Ed Itor: And then? <<};" in tom(book)


def test_a_story_that_is_gone_is_not_removed(book: Path) -> None:
    def edit(m: Marked) -> Marked:
        return m.delete_paragraph("A short one").delete_paragraph("Then a")

    said = apply(book, edit)
    assert "MB833" in said
    assert (book / "stories/short-one.md").read_text("utf-8") == SECOND


def test_two_editors_are_merged_together(book: Path) -> None:
    one = returned(
        book,
        lambda m: m.replace("The morning", "asleep", "awake").delete("After that", "Nobody spoke; "),
        "one.docx",
        author="Ann",
    )
    two = returned(
        book,
        lambda m: m.insert("We walked", "strike.", " He wept.").delete("After that", "Nobody spoke; "),
        "two.docx",
        author="Bob",
    )
    done = run_review(book, one, two, "--apply")
    assert done.returncode == 0, done.stderr
    now = tom(book)
    assert "**awake**" in now
    assert "strike. He wept. {>>" in now
    assert "rested. the *whole*" in now
    assert "nothing to change" in run_review(book, one, two, "--apply").stdout


def test_two_editors_who_clash_are_named(book: Path) -> None:
    one = returned(book, lambda m: m.replace("The morning", "asleep", "awake"), "one.docx", author="Ann")
    two = returned(book, lambda m: m.replace("The morning", "asleep", "up"), "two.docx", author="Bob")
    done = run_review(book, one, two, "--apply")
    assert done.returncode == 1
    assert tom(book) == FIRST
    page = (book / "stories/old-tom.review.md").read_text("utf-8")
    assert "Ann:\n\n    awake" in page
    assert "Bob:\n\n    up" in page
    assert run_review(book, one, two, "--apply", "--author", "Bob").returncode == 0
    assert "**up**" in tom(book)
