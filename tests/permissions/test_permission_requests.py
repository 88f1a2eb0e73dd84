"""Asked means asked, and one letter has one answer: request, sent and record on a book on the disk."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from bookmaking import make_book, story
from permission_folders import book_folder, index_text, permissions

INDEX = """\
# Our book; keep this line.
book:
  title: A Mile
  authors: [Ada Example]
  date: 2026-03-15
chapters:
  - {id: one, title: One, stories: [tree, lamp, road, song]}   # in this order
stories:   # as they came
  - id: tree
    title: The Tree
    status: selected
    contributor: {name: Dana Wolfe, email: dana@example.org}   # a good one
    photos:
      - file: photos/a.jpg
        credit: Photo by Dana Wolfe
        alt: A tree.
        people: [Dana Wolfe, {name: Kim, minor: true, guardian: Katherine Harden}]
  - id: lamp
    title: The Lamp
    status: selected
    contributor: {name: Dana Fox, email: fox@example.org}
  - id: road
    title: The Road
    status: selected
    contributor: {name: Jane Roe, anonymous: true, email: jane@example.org}
    photos:
      - {file: photos/b.jpg, alt: A road., credit: Photo by Jane Roe}
  - id: song
    title: The Song
    status: selected
    contributor: {name: Pat Post}
    quotes:
      - {text: Run run run, kind: lyric, source: "River Song, A. Writer"}
"""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return book_folder(
        tmp_path,
        monkeypatch,
        INDEX,
        stories=("tree", "lamp", "road", "song"),
        photos="ab",
        releases={f"{name}.txt": f"I agree. {name}" for name in ("dana", "fox", "jane")},
        words="This is the {name}. Run run run, I sang.\n",
    )


def agreements(root):
    found = index_text(root)
    return found[found.index("agreements:") : found.index("stories:   # as they came")]


@pytest.fixture
def asked(root, capsys):
    assert permissions(capsys, "request")[0] == 0
    return root


def test_everything_one_letter_asks_of_one_person_is_one_agreement(asked, capsys):
    assert agreements(asked) == (
        "agreements:\n"
        "  dana-wolfe-2026:\n    signer: Dana Wolfe\n    status: requested\n    requested: 2026-03-20\n"
        "  road-2026:\n    signer: Jane Roe\n    status: requested\n    requested: 2026-03-20\n"
    )
    assert "people: [{name: Dana Wolfe, permission: dana-wolfe-2026}, {name: Kim," in index_text(asked)
    assert "\n    permission: dana-wolfe-2026\n" in index_text(asked)
    assert "    permission: {signer: Dana Fox, status: requested, requested: 2026-03-20}\n" in index_text(asked)
    assert index_text(asked).startswith(INDEX.partition("stories:   #")[0])


def test_an_agreement_that_waits_for_its_letter_takes_in_the_rest(root, capsys):
    (root / "stories/index.yaml").write_text(
        INDEX.replace(
            "stories:   #", "agreements:\n  dana-form: {signer: Dana Wolfe, status: to_request}  # hers\nstories:   #"
        ).replace("# a good one\n", "# a good one\n    permission: dana-form\n")
    )
    assert permissions(capsys, "request", "--to", "Wolfe")[0] == 0
    assert index_text(root).count("permission: dana-form") == 3
    assert "  dana-form: {signer: Dana Wolfe, status: requested, requested: 2026-03-20}  # hers\n" in index_text(root)


def test_who_has_no_address_is_not_asked_until_the_letter_is_posted(asked, capsys):
    assert "permission: {signer: Pat Post, status: to_request, letter: 2026-03-20}" in index_text(asked)
    assert (
        "guardian: Katherine Harden, permission: {signer: Katherine Harden, status: to_request, letter: 2026-03-20}"
        in index_text(asked)
    )
    out = permissions(capsys, "--story", "song")[1]
    assert "text: letter of 2026-03-20 to be posted" in out
    assert "post the letter to Pat Post, then: milebook permissions sent" in out
    assert "The letter to Pat Post is written, but not posted." in permissions(capsys, "request", "--to", "Pat")[1]
    status, out, _ = permissions(capsys, "sent", "Pat Post", "--date", "2026-03-21")
    assert (status, out) == (
        0,
        "stories/song/permission: status to_request → requested\nstories/song/permission: asked for on 2026-03-21\n",
    )
    assert "asked 2026-03-21, no answer yet" in permissions(capsys, "--story", "song")[1]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["sent", "Pat Post", "--date", "2026-03-19"], 1, "2026-03-19 is before the letter was written, on 2026-03-20"),
        (["sent", "Pat Post", "--date", "2027-03-19"], 1, "is a day that has not come yet"),
        (["sent", "Dana Fox"], 2, "no letter to “Dana Fox” is waiting to be posted"),
        (["sent", "Pat Pots"], 2, "did you mean Pat Post?"),
        (["sent", "a"], 2, "“a” may be Katherine Harden or Pat Post"),
        (["sent", "pát  post"], 0, "status to_request → requested"),
        (["sent", "song/text"], 0, "status to_request → requested"),
    ],
)
def test_what_was_sent(asked, capsys, words, status, said):
    before = index_text(asked)
    found, out, err = permissions(capsys, *words)
    assert (found, said in out + err) == (status, True)
    assert (index_text(asked) == before) is bool(status)


def test_nobody_known_means_no_letter_and_no_date(asked, capsys):
    assert "River Song" in index_text(asked)
    assert 'source: "River Song, A. Writer"}\n' in index_text(asked)
    out = permissions(capsys, "request")[1]
    assert "No letter for song/quote/1" in out
    assert "find out who holds the rights, usually its music publisher" in out
    assert not [p for p in (asked / "build/letters").iterdir() if "rights" in p.name]


def test_a_name_records_everything_that_was_asked(asked, capsys):
    status, out, _ = permissions(
        capsys, "record", "Dana Wolfe", "--granted", "2026-03-20", "--evidence", "releases/dana.txt"
    )
    assert status == 0
    assert [line for line in out.split("\n") if line.endswith("  clear")] == [
        "tree/text  clear",
        "tree/photo/1  clear",
        "tree/photo/1/person/1  clear",
    ]
    assert (
        "    status: granted\n    requested: 2026-03-20\n    granted: 2026-03-20\n    evidence: releases/dana.txt\n"
        in index_text(asked)
    )


def test_only_part_of_what_was_asked(asked, capsys):
    words = ("--granted", "2026-03-20", "--evidence", "releases/dana.txt", "--only", "tree/text")
    status, out, _ = permissions(capsys, "record", "wolfe", *words)
    assert status == 0
    assert "tree/text  clear" in out
    assert (
        "    permission: {signer: Dana Wolfe, status: granted, requested: 2026-03-20, granted: 2026-03-20, "
        "evidence: releases/dana.txt}\n" in index_text(asked)
    )
    assert "  dana-wolfe-2026:\n    signer: Dana Wolfe\n    status: requested\n" in index_text(asked)
    assert "tree/photo/1  open" not in out
    out = permissions(capsys, "--story", "tree")[1]
    assert "✓ text  granted" in out
    assert "asked 2026-03-20, no answer yet" in out


@pytest.mark.parametrize(
    ("target", "status", "said"),
    [
        ("Dana", 1, "“Dana” may mean Dana Wolfe (dana-wolfe-2026) or Dana Fox (lamp/text)"),
        ("dana fox", 0, "lamp/text  open"),
        ("DANA FOX", 0, "lamp/text  open"),
        ("lamp", 0, "lamp/text  open"),
        ("lamp/text", 0, "lamp/text  open"),
        ("dana-wolfe-2026", 0, "tree/text  open"),
        ("tree", 1, "“tree” may mean Dana Wolfe (dana-wolfe-2026) or Katherine Harden (tree/photo/1/person/2)"),
        ("Jane Roe", 0, "road/text  open"),
        ("Anonymous", 0, "road/text  open"),
        ("Dana Wolf", 1, "did you mean Dana Wolfe?"),
        ("road/text/1", 1, "there is no item “road/text/1”"),
        ("nobody", 1, "there is no agreement, story or person “nobody”"),
    ],
)
def test_who_or_what_is_meant(asked, capsys, target, status, said):
    found, out, err = permissions(capsys, "record", target, "--status", "no_reply")
    assert (found, said in out + err) == (status, True), out + err


def test_what_was_not_asked_for_is_not_recorded(root, capsys):
    permissions(capsys, "request", "--story", "tree", "--to", "Wolfe")
    (root / "stories/index.yaml").write_text(
        index_text(root).replace("name: Dana Fox", "name: Dana Wolfe").replace("fox@", "dana@")
    )
    out = permissions(capsys, "record", "Dana Wolfe", "--granted", "2026-03-20", "--evidence", "releases/dana.txt")[1]
    assert "Not recorded, because it was not asked for: lamp/text" in out
    assert "lamp/text" not in out.replace("for: lamp/text", "")


def test_an_answer_before_the_question(root, capsys):
    status, _, err = permissions(capsys, "record", "Dana Wolfe", "--granted", "2026-03-20")
    assert status == 1
    assert "nothing that was asked of Dana Wolfe is waiting for an answer" in err
    assert index_text(root) == INDEX
    permissions(capsys, "request")
    assert "is before requested 2026-03-20" in permissions(capsys, "record", "Dana Wolfe", "--granted", "2026-03-01")[2]


def test_two_people_of_one_name_are_told_apart(root, capsys):
    (root / "stories/index.yaml").write_text(INDEX.replace("Dana Fox", "Dana Wolfe"))
    permissions(capsys, "request")
    status, _, err = permissions(capsys, "record", "Dana Wolfe", "--status", "refused")
    assert status == 1
    assert "“Dana Wolfe” may mean Dana Wolfe (dana-wolfe-2026) or Dana Wolfe (lamp/text)" in err
    assert permissions(capsys, "record", "lamp/text", "--status", "refused")[0] == 0


def test_one_file_for_two_people_is_a_warning(asked, capsys):
    assert (
        "MB320"
        not in permissions(capsys, "record", "Dana Fox", "--granted", "2026-03-20", "--evidence", "releases/dana.txt")[
            2
        ]
    )
    status, _, err = permissions(
        capsys, "record", "Dana Wolfe", "--granted", "2026-03-20", "--evidence", "releases/dana.txt"
    )
    assert status == 0
    assert "warning[MB320]" in err
    assert "but Dana Wolfe and Dana Fox are two people" in err


@pytest.mark.parametrize(
    ("part", "instead"),
    [
        ("stories:   #", "agreements:\nstories:   #"),
        ("stories:   #", "agreements: {}   # none yet\nstories:   #"),
        ("stories:   #", "agreements: ~\nstories:   #"),
        ("stories:   #", "# about the stories\n# and more\nstories:   #"),
        ("stories:   #", "agreements:\n    zoe:\n        status: not_needed\n        reason: ours   # so\n\n# stories\nstories:   #"),
        ("stories:   #", "agreements: {zoe: {status: not_needed, reason: ours}}\nstories:   #"),
        ("\n", "\r\n"),
    ],
)  # fmt: skip
def test_every_other_byte_stays(root, capsys, part, instead):
    before = INDEX.replace(part, instead).encode()
    (root / "stories/index.yaml").write_bytes(before)
    assert permissions(capsys, "request")[0] == 0
    after = (root / "stories/index.yaml").read_bytes()
    lines = after.splitlines(keepends=True)
    kept = [line for line in before.splitlines(keepends=True) if line in lines]
    changed = [line for line in before.splitlines(keepends=True) if line not in lines]
    assert len(changed) <= 4, changed  # the people of a photo, the photo in braces, agreements in braces
    assert b"".join(kept).replace(b"\r\n", b"\n").count(b"#") >= 3
    if b"{zoe" not in before:
        assert b"dana-wolfe-2026:" in after
    assert permissions(capsys, "record", "Dana Wolfe", "--status", "refused")[0] == 0


def test_one_form_of_one_agreement_is_no_file_of_two_people(root, capsys):
    """A child that signed for its own photo: the guardian is asked, but the form is one."""
    form = "agreements:\n  kim-2026: {signer: Kim, status: granted, granted: 2026-03-02, evidence: releases/dana.txt}\n"
    (root / "stories/index.yaml").write_text(
        INDEX.replace("stories:   #", f"{form}stories:   #")
        .replace("credit: Photo by Dana Wolfe\n", "credit: Photo by Kim\n        permission: kim-2026\n")
        .replace("guardian: Katherine Harden}", "guardian: Katherine Harden, permission: kim-2026}")
    )
    assert "MB320" not in permissions(capsys)[2]


@pytest.mark.parametrize(
    "written",
    [
        "permission: {signer: Ben Example, email: ben@example.org}   # from May",
        "permission: {signer: Ben Example, email: ben@example.org, status: to_request}",
        "permission:\n      signer: Ben Example   # from May\n      email: ben@example.org",
    ],
)
def test_whom_to_ask_goes_into_the_agreement_of_the_letter(tmp_path, monkeypatch, capsys, written):
    index = (
        "book: {title: A Mile, authors: [Ada Example], date: 2026-03-15}\n"
        "chapters:\n  - {id: one, title: One, stories: [tree, lamp]}\nstories:\n"
        f"  - id: tree\n    title: The Tree\n    status: selected\n    contributor: {{name: Ben Example}}\n    {written}\n"
        "  - id: lamp\n    title: The Lamp\n    status: selected\n    contributor: {name: Ben Example}   # the same\n"
    )
    root = book_folder(tmp_path, monkeypatch, index, stories=("tree", "lamp"))
    assert permissions(capsys, "request")[0] == 0
    made = index_text(root)
    assert made.count("ben@example.org") == 1
    assert "# the same" in made
    assert "There is nobody" in permissions(capsys, "request")[1]
    assert permissions(capsys, "record", "Ben Example", "--status", "refused")[0] == 0
    assert index_text(root).count("status: refused") == (1 if "{" in written else 2)


@pytest.mark.parametrize("target", ["kid", "Tom Birch's guardian", "tom birch's Guardian"])
def test_an_answer_of_somebody_whom_the_index_does_not_name(tmp_path, monkeypatch, capsys, target):
    young = {"name": "Tom Birch", "age": 17}
    make_book(tmp_path, [story("kid", "We ran.", contributor=young)])
    monkeypatch.chdir(tmp_path)
    status, out, err = permissions(capsys, "record", target, "--granted", "2026-03-09")
    assert status == 1
    assert f"the index does not say who could answer for “{target}”" in err
    assert "guardian: … of the contributor (kid/text); then record the answer" in err
    assert "did you mean" not in err
    out = permissions(capsys, "record", "kid/text", "--granted", "2026-03-09")[1]
    assert "guardian's signature missing for Tom Birch" in out and "say who it is: guardian:" in out


def test_an_answer_of_tomorrow_is_refused(root, capsys, monkeypatch):
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    tomorrow = max(date.today(), datetime.now(UTC).date()) + timedelta(days=1)
    for day, status in ((tomorrow, 1), (date.today(), 0)):
        assert permissions(capsys, "record", "lamp/text", "--granted", day.isoformat())[0] == status


def test_nobody_is_asked_again_who_said_no_in_a_form(tmp_path, monkeypatch, capsys):
    index = """\
book: {title: A Mile, authors: [Ada Example], date: 2026-03-15}
chapters:
  - {id: one, title: One, stories: [tree, lamp]}
stories:
  - id: tree
    title: The Tree
    status: selected
    contributor: {name: Ana Example, email: ana@example.org}
    source: {kind: form, answer: "No (asked: May we print it?)"}
  - id: lamp
    title: The Lamp
    status: selected
    contributor: {name: Lou Lamp, email: lou@example.org}
    source: {kind: form, answer: Only as Lou}
"""
    book_folder(tmp_path, monkeypatch, index, stories=("tree", "lamp"))
    listed = permissions(capsys, "--open")[1]
    assert "text: not asked; the form's answer looks like a no, and is not recorded" in listed
    asked = permissions(capsys, "request")[1]
    assert "No letter for tree/text (text of “The Tree”): read answer: under source: in the index" in asked
    assert "lou-lamp" in asked
    assert "ana-example" not in asked
    assert permissions(capsys, "record", "tree/text", "--status", "to_request")[0] == 0
    assert "ana-example" in permissions(capsys, "request")[1]


def test_a_photo_is_named_by_its_place_in_the_index(root, capsys):
    """Not by where it is printed: then its id would mean another photo as soon as the author moves one of them."""
    index = root / "stories" / "index.yaml"
    second = "      - {file: photos/b.jpg, alt: A lane., credit: Photo by Olaf, place: start}\n"
    text = index.read_text("utf-8").replace("  - id: lamp\n", f"{second}  - id: lamp\n")
    index.write_text(text.replace("        people: [Dana", "        place: end\n        people: [Dana"), "utf-8")
    assert permissions(capsys, "record", "tree/photo/2", "--status", "not_needed", "--reason", "ours")[0] == 0
    changed = index_text(root)
    assert "photos/b.jpg" in next(line for line in changed.splitlines() if "not_needed" in line)
    assert permissions(capsys, "request")[0] == 0
    photo = index_text(root).partition("file: photos/a.jpg")[2].partition("photos/b.jpg")[0]
    assert "signer: Dana Wolfe" in photo or "permission: dana" in photo
