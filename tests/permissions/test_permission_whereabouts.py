"""`withdraw` and `permissions --where` find exactly the made files that hold a story, a photo or a person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from permission_folders import book_folder, milebook

INDEX = """\
book:
  title: A Mile
  authors: [Ada Example]
  contact: {name: Ada Example, email: ada@example.org}
  date: 2026-03-15
chapters:
  - {id: one, title: One, stories: [tree, lamp]}
  - {id: two, title: Two, stories: [road]}
stories:
  - id: tree
    title: The Tree
    status: selected
    contributor: {name: Ana Example, email: ana@example.org}
    source: {kind: email, original: originals/tree.eml}
    permission: {status: granted, granted: 2026-03-02, evidence: releases/ana.txt}
    photos:
      - {file: photos/a.jpg, alt: A tree., credit: Photo by Ben Example, caption: A tree., people: [Kim Small]}
  - id: lamp
    title: The Lamp
    status: selected
    contributor: {name: Lou Lamp, email: lou@example.org}
    photos:
      - {file: photos/b.jpg, alt: A lamp., credit: Photo by Ben Example, caption: Lou Lamp stood here.}
  - id: road
    title: The Road
    status: selected
    contributor: {name: Jane Roe, anonymous: true, email: jane@example.org}
    permission: {status: granted, granted: 2026-03-02, evidence: releases/jane.txt}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    releases = {"ana.txt": "I agree. Ana", "jane.txt": "Yes. Jane"}
    made = book_folder(tmp_path, monkeypatch, INDEX, stories=("tree", "lamp", "road"), photos="ab", releases=releases)
    (made / "stories/originals").mkdir()
    (made / "stories/originals/tree.eml").write_text("From: Ana\n\nI ran.")
    return made


def holding(capsys, name) -> set[str]:
    status, out, _ = milebook(capsys, "permissions", "--where", name, "--json")
    assert status == 0
    return {one["path"].removeprefix("build/") for one in json.loads(out)["files"]}


@pytest.fixture
def made(root, capsys) -> Path:
    """A whole draft, a part of it, a cleared one, letters, and a file of the author's own."""
    milebook(capsys, "build", "--format", "epub")
    milebook(capsys, "build", "--format", "epub", "--chapter", "two")
    milebook(capsys, "build", "--format", "epub", "--without-uncleared")
    milebook(capsys, "permissions", "request")
    (root / "build/notes.txt").write_text("my own notes")
    return root


def test_every_draft_letter_and_form_is_found_and_no_other(made, capsys):
    tree = holding(capsys, "tree")
    assert {"a-mile.epub", "a-mile-cleared.epub"} <= tree
    assert "a-mile-two.epub" not in tree
    assert {"letters/2026-03-20-ben-example.eml", "letters/2026-03-20-kim-small-form.pdf"} <= tree
    assert "letters/2026-03-20-lou-lamp.eml" not in tree
    road = holding(capsys, "road")
    assert {"a-mile.epub", "a-mile-two.epub"} <= road
    assert not [name for name in road if name.startswith("letters/")]
    assert "letters/2026-03-20-lou-lamp.docx" in holding(capsys, "lamp")


def test_photos_and_people_are_found(made, capsys):
    for photo in (
        "photos/a.jpg",
        "a.jpg",
        "stories/photos/a.jpg",
        "tree/photo/1",
        "tree/photo/1/person/1",
        "Kim Small",
        "kim small",
        "Small",
    ):
        found = holding(capsys, photo)
        assert {"a-mile.epub", "letters/2026-03-20-kim-small.eml"} <= found, photo
        assert "a-mile-two.epub" not in found
    assert "a-mile-two.epub" in holding(capsys, "Jane Roe")
    assert "a-mile-two.epub" not in holding(capsys, "Lou Lamp")
    assert {"letters/2026-03-20-ben-example.eml", "a-mile.epub"} <= holding(capsys, "Ben Example")


def test_withdraw_lists_all_of_them_after_any_kind_of_build(made, capsys):
    status, out, _ = milebook(capsys, "permissions", "withdraw", "tree")
    assert status == 0
    for line in ("holds it: build/a-mile.epub (draft)", "holds it: build/a-mile-cleared.epub (draft)",
                 "holds it: build/letters/2026-03-20-ben-example.eml (letter)", "    build/notes.txt",
                 "    stories/tree.md: delete it yourself", "    stories/photos/a.jpg: delete it yourself",
                 "    stories/originals/tree.eml: delete it yourself", "    stories/releases/ana.txt: delete it yourself",
                 "    .milebook: what “milebook undo” needs"):  # fmt: skip
        assert line in out, out
    assert "a-mile-two.epub" not in out
    assert "lou-lamp" not in out


def test_remove_deletes_what_is_listed_and_nothing_else(made, capsys):
    (made / "build/a-mile-cleared.epub").write_bytes(b"changed by hand")
    before = holding(capsys, "tree")
    status, out, _ = milebook(capsys, "permissions", "withdraw", "tree", "--remove", "--yes")
    assert status == 1  # one was changed and is left
    assert "left build/a-mile-cleared.epub: it was changed after milebook made it" in out
    assert "deleted build/a-mile.epub" in out
    left = {
        path.relative_to(made / "build").as_posix()
        for path in (made / "build").rglob("*")
        if path.is_file() and ".cache" not in path.parts
    }
    assert left & before == {"a-mile-cleared.epub"}
    assert {"a-mile-two.epub", "notes.txt", "letters/2026-03-20-lou-lamp.eml"} <= left
    assert holding(capsys, "tree") == {"a-mile-cleared.epub"}


def test_without_an_answer_nothing_is_deleted(made, capsys, monkeypatch):
    import io

    for typed, said in (("n\n", "Nothing was deleted."), ("", "nobody answered")):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        status, out, _ = milebook(capsys, "permissions", "--where", "road", "--remove")
        assert (status, said in out) == (1, True)
        assert (made / "build/a-mile-two.epub").exists()
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert milebook(capsys, "permissions", "--where", "road", "--remove")[0] == 0
    assert not (made / "build/a-mile-two.epub").exists()


@pytest.mark.parametrize(
    ("words", "said"), [(["--where", "treee"], "did you mean tree?"), (["--remove"], "--remove needs --where NAME")]
)
def test_what_is_typed_wrongly(root, capsys, words, said):
    status, _, err = milebook(capsys, "permissions", *words)
    assert (status, said in err) == (2, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("withdraw Ana", "there is no story “Ana”; a contributor of that name wrote tree"),
        ("withdraw Example", "a contributor of that name wrote tree"),
        ("withdraw Ben", "permissions record Ben --status withdrawn"),
        ("withdraw Nobody", "there is no story “Nobody”"),
        ("--story Ana", "there is no story “Ana” in the book; a contributor of that name wrote tree"),
    ],
)
def test_a_person_in_the_place_of_a_story(root, capsys, words, said):
    status, out, err = milebook(capsys, "permissions", *words.split())
    assert (status, out, said in err) == (2, "", True)


def test_an_answer_about_a_story_by_its_title(root, capsys):
    answer = ("--granted", "2026-03-10", "--evidence", "releases/jane.txt")
    status, out, _ = milebook(capsys, "permissions", "record", "the road", *answer)
    assert (status, "road/text  clear" in out) == (0, True)


def test_a_story_by_its_title(root, capsys):
    assert "stories/tree" in milebook(capsys, "rename", "The Tree", "oak")[1]
    assert milebook(capsys, "permissions", "withdraw", "the tree!")[1].startswith("story oak: status selected → cut")


def test_a_story_that_is_no_longer_in_the_index_is_still_found(made, capsys):
    index = made / "stories/index.yaml"
    start, end = INDEX.index("  - id: lamp"), INDEX.index("  - id: road")
    index.write_text((INDEX[:start] + INDEX[end:]).replace("[tree, lamp]", "[tree]"))
    assert "a-mile.epub" in holding(capsys, "lamp")


def test_captions_that_name_a_withdrawn_contributor_are_told(made, capsys):
    (made / "stories/index.yaml").write_text(
        INDEX.replace("caption: A tree.", "caption: A tree that Lou Lamp planted.")
    )
    out = milebook(capsys, "permissions", "withdraw", "lamp")[1]
    assert "still speaks of it: a caption of “The Tree”" in out
    assert "MB322" in milebook(capsys, "check")[2]


def test_a_part_of_a_name_that_several_people_share(root, capsys):
    (root / "stories/index.yaml").write_text(INDEX.replace("Lou Lamp,", "Lou Example,"))
    status, _, err = milebook(capsys, "permissions", "--where", "Example")
    assert status == 2
    assert "“Example” may be Ana Example or Ben Example or Lou Example: write the whole name" in err


def test_somebody_in_a_photo_is_found_after_the_photo_has_left_the_index(made, capsys):
    index = made / "stories/index.yaml"
    start = INDEX.index("    photos:\n      - {file: photos/a.jpg")
    index.write_text(INDEX[:start] + INDEX[INDEX.index("  - id: lamp") :])
    found = holding(capsys, "Kim Small")
    assert {"a-mile.epub", "letters/2026-03-20-kim-small.eml"} <= found
    assert "a-mile-two.epub" not in found


def test_the_cover_holds_its_picture_and_no_other(root, capsys):
    cover = "  cover: photos/b.jpg\n  cover_credit: Cover photo by Cora Cover\n  cover_people: [{name: Cal Child}]\n"
    (root / "stories/index.yaml").write_text(INDEX.replace("  date:", cover + "  date:"))
    assert milebook(capsys, "cover", "--pages", "120")[0] == 0
    for name in ("b.jpg", "Cora Cover", "Cal Child"):
        assert holding(capsys, name) == {"a-mile-cover-kdp.pdf"}, name
    for name in ("a.jpg", "tree", "Kim Small"):
        assert holding(capsys, name) == set(), name


def test_a_photo_that_another_story_prints_is_named_when_its_story_is_withdrawn(root, capsys):
    (root / "stories/index.yaml").write_text(
        INDEX.replace(
            "    contributor: {name: Jane Roe",
            "    photos: [{file: photos/a.jpg, alt: A tree.}]\n    contributor: {name: Jane Roe",
        )
    )
    out = milebook(capsys, "permissions", "withdraw", "tree")[1]
    assert "still speaks of it: “The Road”, which prints stories/photos/a.jpg as well" in out
    assert "stories/photos/a.jpg: delete it yourself" not in out


def test_everything_that_was_signed_about_a_withdrawn_story_is_named(root, capsys):
    (root / "stories/releases/kim.txt").write_text("Yes. Kim")
    (root / "stories/releases/song.txt").write_text("Yes. Song House")
    index = INDEX.replace("people: [Kim Small]", "people: [{name: Kim Small, permission: kim-2026}]").replace(
        "    permission: {status: granted, granted: 2026-03-02, evidence: releases/ana.txt}\n",
        "    permission: both-2026\n    quotes: [{text: I ran, source: Song, permission: {status: granted, evidence: releases/song.txt}}]\n",
        1,
    )
    agreements = (
        "agreements:\n  kim-2026: {signer: Kim Small, status: granted, granted: 2026-03-02, evidence: releases/kim.txt}\n"
        "  both-2026: {signer: Ana Example, status: granted, granted: 2026-03-02, evidence: releases/ana.txt}\n"
    )
    index = index.replace("stories:\n  - id: tree", agreements + "stories:\n  - id: tree")
    index = index.replace(
        "contributor: {name: Lou Lamp, email: lou@example.org}\n",
        "contributor: {name: Lou Lamp}\n    permission: both-2026\n",
    )
    (root / "stories/index.yaml").write_text(index)
    out = milebook(capsys, "permissions", "withdraw", "tree")[1]
    for line in ("stories/releases/kim.txt: delete it yourself", "stories/releases/song.txt: delete it yourself",
                 "stories/index.yaml: delete the entry kim-2026 under agreements: yourself"):  # fmt: skip
        assert line in out
    assert "both-2026 under agreements" not in out  # it covers another story as well
    assert "releases/ana.txt" not in out


def test_every_command_that_makes_files_accounts_for_them(root, capsys):
    """Whatever lies in build/ afterwards is in the account, pages that were asked for by name as well."""
    (root / "stories/index.yaml").write_text(INDEX.replace("  date:", "  cover: photos/b.jpg\n  date:"))
    for words in (
        ["build"], ["build", "--format", "docx", "--chapter", "two"], ["build", "--without-uncleared", "--format", "epub"],
        ["build", "--format", "pdf", "--edition", "print"], ["build", "--format", "docx", "--layout", "press"], ["proof"],
        ["proof", "--contributor"], ["export", "--draft"], ["permissions", "request", "--with-proof"], ["cover"], ["overview"],
        ["overview", "--pdf"],
    ):  # fmt: skip
        assert milebook(capsys, *words)[0] in (0, 1), words
    proofs = sorted((root / "build/proofs").glob("*.docx"))
    assert milebook(capsys, "review", str(proofs[0]), "--html", "build/review.html")[0] == 0
    record = json.loads(next((root / "build/proofs").glob("*.json")).read_text())
    (root / "stories/tree.md").write_text("This is another tree, and I ran past it.\n")
    milebook(capsys, "compare", record["build_id"], "--html", "build/changes.html")
    status, out, _ = milebook(capsys, "permissions", "--where", "tree", "--json")
    assert (status, json.loads(out)["unknown"]) == (0, [])
    held = {one["path"] for one in json.loads(out)["files"]}
    assert "build/changes.html" in held
    assert [path for path in held if path.startswith("build/export/") and path.endswith(".zip")]


def test_a_part_of_a_story_s_id_is_enough_where_no_other_has_it(made, capsys):
    whole = milebook(capsys, "permissions", "--where", "tree")
    assert whole[0] == 0
    assert "a-mile" in whole[1]
    assert milebook(capsys, "permissions", "--where", "TRE") == whole
    status, _, err = milebook(capsys, "permissions", "--where", "a")
    assert status == 2
    assert "could be more than one story: lamp, road" in err or "may be" in err


def test_answers_that_no_permission_names_are_among_what_stays(root, capsys):
    kept = {
        "lou-lamp-2026-2026-03-25.eml": "From: Lou <lou@example.org>\n\nYes.",
        "lou-lamp-2026-03-26-2.eml": "From: x@example.org\n\nYes.",
        "mail.eml": "From: Lou Lamp <LOU@example.org>\nSubject: Yes\n\nYes.",
        "lou-lampe-2026-03-26.eml": "From: lampe@example.org\n\nYes.",
        "other.eml": "From: other@example.org\n\nI know lou@example.org.",
        "named.eml": "From: lou@example.org\n\nYes.",
    }
    for name, words in kept.items():
        (root / "stories/releases" / name).write_text(words)
    lamp = "contributor: {name: Lou Lamp, email: lou@example.org}\n"
    agreed = "agreements:\n  lou-lamp-2026: {signer: Lou Lamp, status: granted, granted: 2026-03-02, evidence: releases/named.eml}\n"
    index = INDEX.replace("stories:\n  - id: tree", agreed + "stories:\n  - id: tree")
    (root / "stories/index.yaml").write_text(index.replace(lamp, lamp + "    permission: lou-lamp-2026\n"))
    out = milebook(capsys, "permissions", "withdraw", "lamp")[1]
    told = [name for name in kept if f"stories/releases/{name}: an answer that no permission names" in out]
    assert told == ["lou-lamp-2026-2026-03-25.eml", "lou-lamp-2026-03-26-2.eml", "mail.eml"]
    assert "stories/releases/named.eml: delete it yourself" in out


def test_what_was_refused_stays_refused(root, capsys):
    lamp = "contributor: {name: Lou Lamp, email: lou@example.org}\n"
    index = INDEX.replace(lamp, lamp + "    permission: {signer: Lou Lamp, status: refused}\n")
    (root / "stories/index.yaml").write_text(index)
    status, out, _ = milebook(capsys, "permissions", "withdraw", "lamp")
    assert status == 0
    assert "stories/lamp/permission: status stays refused" in out
    assert "permission: {signer: Lou Lamp, status: refused}" in (root / "stories/index.yaml").read_text()
    assert "out of the book already" in milebook(capsys, "permissions", "withdraw", "lamp")[1]
