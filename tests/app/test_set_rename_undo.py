"""`milebook set`, `rename` and `undo` on a small book: what they change, what they refuse, and that undo brings every byte back."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from book_folders import files_in
from hypothesis import given, settings
from hypothesis import strategies as st
from killing import die_at_call

from milebook.app.index_change import Changed
from milebook.app.permission_withdrawal import withdraw_story
from milebook.app.rename import rename
from milebook.app.set import SetRequest, set_stories
from milebook.app.undo import changes, undo
from milebook.app.wrong_usage import UnknownName
from milebook.output.transaction import recover

INDEX = """\
# Our book, with notes
book:
  title: Trees   # for now
  back: [credits]

chapters:
  - id: dawn
    title: Dawn
    opening: dawn.md
    stories: [oak-tree, "elm"]   # as read aloud
  - id: noon
    title: Noon
    stories:
      - fir   # the opener
      # the quiet ones
      - yew
  - id: late
    title: Late
    select: {tags: [late], status: [selected]}
agreements:
  ana:   # signed
    signer: Ana Example
    status: requested
stories:
  - id: oak-tree
    title: The Oak
    status: selected
    contributor: {name: Ana Example}
    permission: ana
    photos: [{file: photos/oak-tree.jpg, alt: An oak., permission: ana}]
  - {id: elm, title: Elm, status: selected, contributor: {name: Ben Example, byline: "Ben, 9"}}
  - id: fir
    title: Fir
    file: fir.md      # as it came
    status: selected
    contributor: {name: Cal Example}
  - id: 'yew'
    title: Yew
    status: submitted   # until he answers
    contributor: {name: Dan Example}
    tags: [dark]
"""


def make(root: Path, index: str = INDEX) -> Path:
    (root / "stories/photos").mkdir(parents=True)
    (root / "stories/photos/oak-tree.jpg").write_bytes(b"photo")
    for name in ("oak-tree", "elm", "fir", "yew", "dawn"):
        (root / f"stories/{name}.md").write_text(f"This is the {name}.\n")
    (root / "stories/index.yaml").write_bytes(index.encode())
    return root


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return make(tmp_path)


def index(root: Path) -> str:
    return (root / "stories/index.yaml").read_bytes().decode()


def lists(root: Path) -> dict[str, list[str]]:
    chapters = yaml.safe_load(index(root).removeprefix("\ufeff"))["chapters"]
    return {chapter["id"]: chapter.get("stories") for chapter in chapters}


# ---- set


def test_status_tags_and_place_are_one_change(book: Path) -> None:
    done = set_stories(book, SetRequest(("yew",), status="selected", tags=("race",), untags=("dark",), chapter="dawn"))
    assert done.lines == (
        "yew: status submitted → selected",
        "yew: tags dark → race",
        "yew: noon 2 of 2 → dawn 3 of 3",
    )
    assert done.notes == () and not done.findings
    assert lists(book) == {"dawn": ["oak-tree", "elm", "yew"], "noon": ["fir"], "late": None}
    assert "    status: selected    # until he answers\n" in index(book)
    assert len(changes(book)) == 1


def test_what_follows_for_the_book_is_said(book: Path) -> None:
    assert set_stories(book, SetRequest(("yew",), chapter="dawn")).notes == (
        "yew is not printed: its status is submitted (milebook set yew --status selected)",
    )
    assert set_stories(book, SetRequest(("elm",), unlist=True)).notes == (
        "elm is not printed: no chapter has it (--chapter ID)",
    )
    assert set_stories(book, SetRequest(("elm",), tags=("late",))).notes == (
        "elm is printed in late, whose selection takes it",
    )
    done = set_stories(book, SetRequest(("fir",), chapter="late"))
    assert done.refused and "has no list" in done.findings[0].message and "tags" in done.findings[0].hint


def test_stories_go_beside_others_in_the_order_named(book: Path) -> None:
    set_stories(book, SetRequest(("yew", "oak"), before="elm"))
    assert lists(book)["dawn"] == ["yew", "oak-tree", "elm"]
    set_stories(book, SetRequest(("elm",), first=True))
    assert lists(book)["dawn"] == ["elm", "yew", "oak-tree"]
    assert set_stories(book, SetRequest(("elm",), first=True)).lines == ()


@pytest.mark.parametrize(
    ("request_", "message"),
    [
        (SetRequest(("pine",), status="cut"), "there is no story “pine”"),
        (SetRequest(("e",), status="cut"), "could be more than one story"),
        (SetRequest(("elm",), chapter="evening"), "there is no chapter “evening”"),
        (SetRequest(("elm", "fir"), first=True), "several chapters"),
    ],
)
def test_what_is_not_clear_is_wrong_usage(book: Path, request_: SetRequest, message: str) -> None:
    before = files_in(book)
    if request_.ids == ("e",):
        (book / "stories/index.yaml").write_text(INDEX.replace("id: fir", "id: elf").replace("- fir ", "- elf "))
        before = files_in(book)
    with pytest.raises(UnknownName, match=message):
        set_stories(book, request_)
    assert files_in(book) == before and not (book / ".milebook").exists()


def test_an_index_with_mistakes_is_left_alone(book: Path) -> None:
    (book / "stories/index.yaml").write_text(INDEX + "\tx: [")
    before = files_in(book)
    assert set_stories(book, SetRequest(("elm",), status="cut")).refused
    assert files_in(book) == before


def test_hundreds_of_stories(tmp_path: Path) -> None:
    stories = "".join(f"  - {{id: s{n}, title: S, contributor: {{name: A}}}}\n" for n in range(400))
    make(tmp_path, "book: {title: T}\nchapters:\n  - {id: one, title: One}\nstories:\n" + stories)
    ids = tuple(f"s{n}" for n in range(400))
    done = set_stories(tmp_path, SetRequest(ids, status="selected", tags=("a", "b"), chapter="one"))
    assert len(done.lines) == 1200
    assert lists(tmp_path) == {"one": list(ids)}


# ---- rename


def test_a_story_is_renamed_everywhere(book: Path) -> None:
    done = rename(book, "oak", "old-oak")
    assert done.lines == ("story oak-tree → old-oak", "stories/oak-tree.md → stories/old-oak.md")
    assert lists(book)["dawn"] == ["old-oak", "elm"]
    text = index(book)
    assert "  - id: old-oak\n    title: The Oak\n    status: selected\n" in text
    assert "    formerly: [oak-tree]\n    permission: ana\n" in text
    assert "photos/oak-tree.jpg" in text and (book / "stories/photos/oak-tree.jpg").exists()
    assert rename(book, "fir", "pine").lines[1] == "stories/fir.md → stories/pine.md"
    assert "    file: pine.md     # as it came" in index(book) or "    file: pine.md      # as it came" in index(book)


def test_back_to_the_first_name(book: Path) -> None:
    rename(book, "elm", "ash")
    rename(book, "ash", "elm")
    assert yaml.safe_load(index(book))["stories"][1]["formerly"] == ["ash"]
    assert "elm.md" in [path.name for path in (book / "stories").iterdir()]


def test_a_former_id_is_understood_where_ids_are_typed(book: Path) -> None:
    rename(book, "elm", "ash")
    done = set_stories(book, SetRequest(("elm",), tags=("tall",)))
    assert done.notes[0] == "elm is called ash today"
    assert "ash" in done.lines[0]
    assert set_stories(book, SetRequest(("fir",), chapter="dawn", before="elm")).notes[0] == "elm is called ash today"
    assert lists(book)["dawn"] == ["oak-tree", "fir", "ash"]
    again = rename(book, "elm", "poplar")
    assert again.lines[0] == "story ash → poplar"
    assert again.notes == ("elm is called ash today",)
    with pytest.raises(UnknownName):
        set_stories(book, SetRequest(("elms",), status="cut"))


def test_chapters_and_agreements(book: Path) -> None:
    assert rename(book, "dawn", "morning").lines[1:] == ("stories/dawn.md → stories/morning.md",)
    assert rename(book, "ana", "ana-2026").lines == ("agreement ana → ana-2026",)
    assert index(book).count("permission: ana-2026") == 2 and "  ana-2026:   # signed" in index(book)


def test_an_open_review_goes_with_its_story(book: Path) -> None:
    (book / "stories/elm.review.md").write_text("both")
    rename(book, "elm", "ash")
    assert (book / "stories/ash.review.md").read_text() == "both"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("elm", "Ash", "cannot be an id"),
        ("elm", "fir", "there is a story “fir” already"),
        ("elm", "oak-tree", "already"),
        ("pine", "ash", "there is no"),
    ],
)
def test_names_that_cannot_be_given(book: Path, old: str, new: str, message: str) -> None:
    before = files_in(book)
    with pytest.raises(UnknownName, match=message):
        rename(book, old, new)
    assert files_in(book) == before


def test_a_name_that_another_story_had_is_not_given_again(book: Path) -> None:
    rename(book, "elm", "ash")
    with pytest.raises(UnknownName, match="was the id of ash once"):
        rename(book, "fir", "elm")


def test_a_file_in_the_way_is_not_overwritten(book: Path) -> None:
    (book / "stories/ash.md").write_text("mine")
    before = files_in(book)
    done = rename(book, "elm", "ash")
    assert done.refused and [finding.code for finding in done.findings] == ["MB080"]
    assert files_in(book) == before


# ---- undo


def test_undo_goes_back_step_by_step_and_redo_forward(book: Path) -> None:
    states = [files_in(book)]
    set_stories(book, SetRequest(("yew",), status="selected"))
    states.append(files_in(book))
    rename(book, "yew", "ash")
    states.append(files_in(book))
    withdraw_story(book, "oak-tree")
    states.append(files_in(book))
    for state in reversed(states[:-1]):
        assert not undo(book).refused
        assert files_in(book) == state
    assert [finding.code for finding in undo(book).findings] == ["MB082"]
    for state in states[1:]:
        assert not undo(book, redo=True).refused
        assert files_in(book) == state
    assert undo(book, redo=True).refused
    assert [row.taken_back for row in changes(book)] == [False] * 3
    undo(book)
    assert [row.taken_back for row in changes(book)] == [True, False, False]
    set_stories(book, SetRequest(("elm",), status="cut"))
    assert undo(book, redo=True).refused  # something else was done since


def test_what_was_edited_since_is_named_and_stays(book: Path) -> None:
    rename(book, "elm", "ash")
    (book / "stories/ash.md").write_text("Better words.\n")
    before = files_in(book)
    done = undo(book)
    assert done.refused
    assert [(finding.code, finding.place.file) for finding in done.findings] == [("MB081", "stories/ash.md")]
    assert files_in(book) == before


def test_changes_are_kept_within_bounds(book: Path) -> None:
    for number in range(55):
        set_stories(book, SetRequest(("elm",), status="cut" if number % 2 else "selected", tags=(f"t{number}",)))
    assert len(changes(book)) == 50
    shutil.rmtree(book / ".milebook/changes/000055")
    assert len(changes(book)) == 49


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("status"), st.sampled_from(range(4)), st.sampled_from(["selected", "cut", "shortlisted"])),
        st.tuples(st.just("tag"), st.sampled_from(range(4)), st.sampled_from(["late", "dark", "no: [x]"])),
        st.tuples(st.just("move"), st.sampled_from(range(4)), st.sampled_from(["dawn", "noon"])),
        st.tuples(st.just("rename"), st.sampled_from(range(4)), st.sampled_from(["ash", "bay", "box", "1984", "true"])),
        st.tuples(st.just("undo"), st.just(0), st.just("")),
    ),
    max_size=6,
)


def changed(root: Path, kind: str, story: str, word: str) -> Changed:
    if kind == "rename":
        return rename(root, story, word)
    wanted = SetRequest((story,))
    wanted = (
        replace(wanted, status=word) if kind == "status" else replace(wanted, tags=(word,)) if kind == "tag" else wanted
    )
    return set_stories(root, replace(wanted, chapter=word, first=True) if kind == "move" else wanted)


@settings(max_examples=int(os.environ.get("MILEBOOK_EXAMPLES", "25")), deadline=None)
@given(STEPS, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_any_sequence_can_be_undone_byte_for_byte(steps: list[tuple[str, int, str]], newline: str, mark: str) -> None:
    root = make(Path(tempfile.mkdtemp()), mark + INDEX.replace("\n", newline))
    states = [files_in(root)]
    try:
        for kind, number, word in steps:
            ids = [story["id"] for story in yaml.safe_load(index(root).removeprefix("\ufeff"))["stories"]]
            if kind == "undo":
                assert undo(root).refused == (len(states) == 1)
                states = states[:-1] or states
                assert files_in(root) == states[-1]
                continue
            try:
                done = changed(root, kind, ids[number], word)
            except UnknownName:
                continue
            assert not done.refused, done.findings
            if files_in(root) != states[-1]:
                states.append(files_in(root))
            for note in ("# Our book, with notes", "# for now", "# as read aloud", "# the opener", "# the quiet ones"):
                assert index(root).count(note) == 1
        while len(states) > 1:
            states.pop()
            undo(root)
            assert files_in(root) == states[-1]
    finally:
        shutil.rmtree(root)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="forks children to be killed")
@pytest.mark.parametrize("command", ["rename", "undo"])
def test_a_kill_at_any_step_leaves_all_or_nothing(tmp_path: Path, command: str) -> None:
    def run(root: Path) -> None:
        if command == "rename":
            rename(root, "elm", "ash")
        else:
            undo(root)

    def start(name: str) -> Path:
        root = make(tmp_path / name)
        if command == "undo":
            rename(root, "elm", "ash")
        return root

    whole = start("whole")
    before = files_in(whole)
    run(whole)
    after = files_in(whole)
    assert after != before
    step, status = 0, 1
    while status:
        step += 1
        root = start(str(step))
        child = os.fork()
        if not child:
            die_at_call(step)
            run(root)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        recover(root)
        assert files_in(root) in (before, after), f"torn at step {step}"
        assert not (root / ".milebook/stage").exists()
        shutil.rmtree(root)
    assert step > 30


@pytest.mark.parametrize(("kind", "old"), [("story", "elm"), ("chapter", "noon"), ("agreement", "ana")])
def test_an_id_with_capitals_is_put_right(book: Path, kind: str, old: str) -> None:
    """What is read without its capitals is written without them, and its file is called so."""
    index = book / "stories/index.yaml"
    wrong = old.capitalize()
    right = index.read_text("utf-8")
    index.write_text(re.sub(rf"\b{old}\b(?!\.md)", wrong, right), "utf-8")
    if kind == "story":
        (book / "stories/elm.md").rename(book / "stories/Elm.md")
    done = rename(book, wrong, old, kind)
    assert not done.refused and done.lines[0] == f"{kind} {wrong} → {old}", done
    assert index.read_text("utf-8") == right
    assert (book / "stories/elm.md").exists()
    assert rename(book, old, old, kind).lines == ()


def test_a_story_whose_file_is_a_link_keeps_it(book: Path) -> None:
    text = book / "stories/elm.md"
    text.rename(book / "elsewhere.md")
    text.symlink_to("../elsewhere.md")
    before = (book / "stories/index.yaml").read_bytes()
    done = rename(book, "elm", "ash")
    assert done.refused and "is a link to another file" in done.findings[0].message
    assert text.is_symlink() and (book / "elsewhere.md").exists() and not (book / "stories/ash.md").exists()
    assert (book / "stories/index.yaml").read_bytes() == before
