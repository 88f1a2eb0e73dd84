"""Changes to the index: what was asked for, and not a character more."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from milebook.index import read_index
from milebook.index.edit import ORDER, CannotEdit, IndexEdit
from milebook.index.edit_check import EditedFolder, leaves, proved
from milebook.model.book import Agreement
from milebook.model.findings import Place
from milebook.permissions.answers import recording
from milebook.permissions.answers.answered_items import find
from milebook.permissions.changes import Edited
from milebook.permissions.withdrawal import withdraw
from milebook.source import BookFolder

INDEX = """\
# My book. Keep this line.
book:
  title: "One Mile: a Book"   # the working one
  authors: [Ada Example]

chapters:
  - id: one
    title: One
    stories: [tree, lamp]   # in this order
  - id: two
    title: Two
    stories:
      - road        # last

agreements:
  # people we met
  ana-2026:
    signer: Ana Example          # she is nice
    status: to_request           # ask in May
    notes: |
      Two lines
      of notes.

  ben-2026: {signer: Ben Example, status: requested, requested: 2026-01-02}  # in braces
  zoe-2026:
    status: granted


stories:
  - id: tree
    title: The Tree
    status: selected
    contributor: {name: Ana Example}
    permission: ana-2026
    photos:
      - file: photos/tree.jpg
        caption: 'It''s a tree'
        credit: Ben
        alt: A tree.
        people:
          - {name: Cal, minor: true, guardian: Ana Example}
          - Joe
  - {id: lamp, title: The Lamp, status: selected, contributor: {name: Lou Example}, permission: ana-2026}
  - id: road
    title: The Road
    status: selected
    contributor:
      name: Rob Example
    permission: {status: to_request}
"""


def record(folder, found, text, target, fields) -> Edited:
    meant = find(found, None, (), target)
    return recording.record(folder, found, text, [recording.Answer(meant, fields)])


@pytest.fixture
def folder(tmp_path: Path) -> BookFolder:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories/index.yaml").write_text(INDEX, "utf-8")
    return BookFolder(tmp_path)


def index(folder, text=INDEX):
    found, _ = read_index(EditedFolder(folder, text))
    assert found is not None
    return found


def changed(before, after):
    lines = difflib.ndiff(before.split("\n"), after.split("\n"))
    return [line for line in lines if line[0] in "+-"]


def test_values_give_way_and_new_lines_stand_in_their_order(folder):
    fields = {"status": "granted", "requested": "2026-05-01", "granted": "2026-05-03", "evidence": "releases/ana.pdf"}
    made = record(folder, index(folder), INDEX, "ana-2026", fields)
    assert made.problem == ""
    assert changed(INDEX, made.text) == [
        "-     status: to_request           # ask in May",
        "+     status: granted              # ask in May",
        "+     requested: 2026-05-01",
        "+     granted: 2026-05-03",
        "+     evidence: releases/ana.pdf",
    ]
    assert made.lines[0] == "agreements/ana-2026: status to_request → granted"
    terms = index(folder, made.text).agreements["ana-2026"]
    assert (terms.status, terms.granted, terms.evidence) == ("granted", "2026-05-03", "releases/ana.pdf")


def test_an_agreement_in_braces_stays_in_braces(folder):
    made = record(
        folder, index(folder), INDEX, "ben-2026", {"status": "granted", "granted": "2026-02-01", "credit": "Ben, 2026"}
    )
    assert changed(INDEX, made.text)[1] == (
        "+   ben-2026: {signer: Ben Example, status: granted, requested: 2026-01-02, granted: 2026-02-01, "
        'credit: "Ben, 2026"}  # in braces'
    )


def test_a_text_of_several_lines_and_a_field_before_the_first(folder):
    made = record(folder, index(folder), INDEX, "ana-2026", {"notes": "One line: now."})
    assert index(folder, made.text).agreements["ana-2026"].notes == "One line: now."
    made = record(
        folder, index(folder), INDEX, "zoe-2026", {"signer": "Zoe", "formats": ("print", "ebook"), "print_run_cap": 500}
    )
    assert (
        "  zoe-2026:\n    signer: Zoe\n    status: granted\n    formats: [print, ebook]\n    print_run_cap: 500\n"
        in made.text
    )


@pytest.mark.parametrize(
    "value", ["no", "null", "12", "5:22", "# x", "a: b", "it's", '"x"', "{x}", "*x*", "- x", "ễ Łuk", "x #y", "@x", "%"]
)
def test_texts_read_back_as_they_are(folder, value):
    for name in ("ana-2026", "ben-2026"):
        made = record(folder, index(folder), INDEX, name, {"credit": value})
        assert made.problem == ""
        assert index(folder, made.text).agreements[name].credit == value


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("nobody-2026", "there is no agreement"),
        ("ana-2062", "did you mean ana-2026?"),
        ("tree/text", "there is no item"),
    ],
)
def test_unknown_agreements_are_refused(folder, target, words):
    made = record(folder, index(folder), INDEX, target, {"status": "granted"})
    assert made.text == ""
    assert words in f"{made.problem}; {made.cure}"


@pytest.mark.parametrize(
    "fields", [{"status": "yes"}, {"granted": "tomorrow"}, {"formats": ("papyrus",)}, {"print_run_cap": "many"}]
)
def test_what_the_index_would_not_understand_is_refused(folder, fields):
    made = record(folder, index(folder), INDEX, "ana-2026", fields)
    assert made.text == ""
    assert made.problem


def test_line_ends_and_byte_order_mark_stay(folder):
    text = "\ufeff" + INDEX.replace("\n", "\r\n")
    made = record(folder, index(folder, text), text, "ana-2026", {"status": "refused", "granted": "2026-01-01"})
    assert made.problem == ""
    assert made.text.startswith("\ufeff# My book")
    assert "\n" not in made.text.replace("\r\n", "")
    assert "    granted: 2026-01-01\r\n" in made.text


def test_a_file_without_a_last_line_end(folder):
    text = INDEX + "agreements: {}"
    with pytest.raises(CannotEdit):
        IndexEdit("a: [").result()
    text = "stories: []\nagreements:\n  a:\n    status: to_request"
    edit = IndexEdit(text)
    edit.agreement("a", {"requested": "2026-01-01"})
    assert edit.result() == text + "\n    requested: 2026-01-01"


def test_permissions_of_nouns(folder):
    found = index(folder)
    tree, lamp, road = found.stories
    edit = IndexEdit(INDEX)
    edit.permission(tree.photos[0].place, {"status": "requested", "requested": "2026-05-01"})
    edit.permission(tree.photos[0].people[0].place, {"status": "refused"})
    edit.permission(lamp.place, {"status": "withdrawn"})
    edit.permission(road.place, {"status": "requested", "requested": "2026-05-01"})
    assert changed(INDEX, edit.result()) == [
        "+         permission: {status: requested, requested: 2026-05-01}",
        "-           - {name: Cal, minor: true, guardian: Ana Example}",
        "+           - {name: Cal, minor: true, guardian: Ana Example, permission: {status: refused}}",
        "-   - {id: lamp, title: The Lamp, status: selected, contributor: {name: Lou Example}, permission: ana-2026}",
        "+   - {id: lamp, title: The Lamp, status: selected, contributor: {name: Lou Example}, permission: {status: withdrawn}}",
        "-     permission: {status: to_request}",
        "+     permission: {status: requested, requested: 2026-05-01}",
    ]
    after = index(folder, edit.result())
    assert after.stories[0].photos[0].permission.status == "requested"
    assert after.stories[0].photos[0].people[0].permission.status == "refused"
    assert after.stories[1].permission.status == "withdrawn"
    with pytest.raises(CannotEdit, match="no group of fields"):
        edit.permission(Place("stories/index.yaml", 1, 1), {"status": "refused"})


def test_a_name_alone_becomes_a_group_with_its_permission(folder):
    person = index(folder).stories[0].photos[0].people[1]
    edit = IndexEdit(INDEX)
    edit.permission(person.place, {"status": "refused"})
    assert changed(INDEX, edit.result()) == [
        "-           - Joe",
        "+           - {name: Joe, permission: {status: refused}}",
    ]
    after = index(folder, edit.result()).stories[0].photos[0].people[1]
    assert (after.name, after.permission.status) == ("Joe", "refused")


# ---- withdrawing


def test_withdraw_with_an_agreement_of_its_own_kind(folder):
    made = withdraw(folder, index(folder), INDEX, "road")
    assert made.problem == ""
    after = index(folder, made.text)
    assert after.stories[2].status == "cut"
    assert after.stories[2].permission.status == "withdrawn"
    assert after.chapters[1].stories == ()


def test_withdraw_leaves_what_others_need(folder):
    made = withdraw(folder, index(folder), INDEX, "tree")
    assert made.problem == ""
    after = index(folder, made.text)
    assert [name for name, _ in after.chapters[0].stories or ()] == ["lamp"]
    assert after.agreements["ana-2026"].status == "to_request"
    assert after.stories[0].permission.status == "withdrawn"
    assert after.stories[1].permission.id == "ana-2026"
    assert "stories: [lamp]   # in this order" in made.text


def test_withdraw_a_story_in_braces(folder):
    made = withdraw(folder, index(folder), INDEX, "lamp")
    assert made.problem == ""
    assert "{id: lamp, title: The Lamp, status: cut," in made.text


def test_withdraw_unknown(folder):
    assert "there is no story" in withdraw(folder, index(folder), INDEX, "nope").problem


# ---- the proof


def test_a_change_that_does_more_is_not_proved(folder):
    old = index(folder)
    wanted = {"agreements/ana-2026/status": "refused"}
    good = INDEX.replace("to_request           # ask", "refused           # ask")
    assert proved(folder, old, INDEX, good, wanted) == ""
    assert "stories/tree/title" in proved(folder, old, INDEX, good.replace("The Tree", "A Tree"), wanted)
    assert "agreements/ana-2026/status" in proved(folder, old, INDEX, INDEX, wanted)
    assert "can no longer be read" in proved(folder, old, INDEX, "- x", wanted)


def test_leaves_hold_everything_but_places(folder):
    found = leaves(index(folder))
    assert found["stories/tree/permission"] == "@ana-2026"
    assert found["stories/road/permission/status"] == "to_request"
    assert found["chapters/one/stories"] == ("tree", "lamp")
    assert found["stories/tree/photos/1/people/1/guardian"] == "Ana Example"
    assert not any("place" in path.split("/")[-1] and "credit" not in path for path in found)


def test_the_order_of_fields_is_that_of_the_agreement():
    assert set(ORDER) <= set(Agreement.__dataclass_fields__)


LINE = (
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp", "Co", "Cn")),
        min_size=1,
        max_size=30,
    )
    .map(str.strip)
    .filter(bool)
)


@settings(max_examples=150, deadline=None)
@given(
    credit=LINE,
    comment=LINE,
    name=st.sampled_from(["ana-2026", "ben-2026", "zoe-2026"]),
    word=st.sampled_from(["granted", "refused", "no_reply", "withdrawn"]),
)
def test_whatever_the_words_only_the_change_changes(credit, comment, name, word):
    text = INDEX.replace("# ask in May", f"# {comment}").replace("# in braces", f"# {comment}")
    edit = IndexEdit(text)
    edit.agreement(name, {"status": word, "credit": credit})
    after = edit.result()
    kept = [line for line in text.split("\n") if "status" not in line and "ben-2026" not in line]
    assert [line for line in after.split("\n") if line in kept] == kept
    old, new = (yaml.load(one, Loader=yaml.BaseLoader) for one in (text, after))
    assert new["agreements"][name]["status"] == word
    assert new["agreements"][name]["credit"] == credit
    for data in (old, new):
        for field in ("status", "credit"):
            data["agreements"][name].pop(field, None)
    assert old == new
