"""The index: every field of the contract is read, every slip is told at its line, and a good index is told nothing."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milebook.index import formats, read_index
from milebook.index.schema import KINDS, NOUNS
from milebook.model import book as nouns
from milebook.model.codes import CODES
from milebook.model.findings import Finding, Place
from milebook.model.index import ChapterEntry, Index
from milebook.model.languages import language_fault
from milebook.source import BookFolder

GOOD = """\
book:
  title: Untitled Third Book
  working_title: true
  subtitle: Stories from the road
  authors: [Ada Example, Bea Example]
  language: en-US
  contact: {name: Ada Example, email: ada@example.org, phone: +1 555 0100, address: "1 Road\\nTown"}
  copyright: {year: 2026, holder: Ada Example and Bea Example}
  publisher: Example Press
  publisher_address: 5 Street
  printed_in: Canada
  description: >
    Two lines
    of text.
  bisac: [SPO035000]
  date: 2026-03-15
  isbn: {print: 978-0-306-40615-7, ebook: 9791034304240}
  byline: "{name}, {age}, {location}"
  cover: photos/cover.jpg
  cover_alt: A road.
  story_limit: 300
  word_target: 60000
  editions: {formats: [print, ebook], territory: world, languages: [en], print_run: 500}
  front: [half-title, title, copyright, dedication.md, contents, introduction.md]
  back: [acknowledgments.md, contributors, credits]
  smart_punctuation: false
chapters:
  - id: first-miles
    title: First Miles
    opening: first-miles.md
    stories: [tree-at-the-corner, two_miles]
  - id: last-miles
    title: Last Miles
    select: {tags: [race], status: selected, contributor: [Ana Example], location: X, source: email, language: en}
    order_by: -words
agreements:
  ana-2026:
    signer: Ana Example
    status: granted
    requested: 2026-03-02
    granted: 2026-03-09
    evidence: releases/ana-2026.pdf
    formats: [print, ebook]
    territory: world
    languages: [en, all]
    expires: 2036-01-01
    print_run_cap: 5000
    credit: "Photo courtesy of Ana Example"
    credit_placement: caption
    email: ana@example.org
    fee: 10 dollars
    copies: 2
    restrictions: none
    notes: ""
stories:
  - id: tree-at-the-corner
    title: "5:22"
    file: tree.md
    status: selected
    contributor:
      name: Nguyễn Thị Minh
      byline: Minh N.
      anonymous: false
      pseudonym: true
      location: St. Louis, MO
      age: 9
      guardian: Bea Example
      email: ana@example.org
      bio: One or two sentences.
    received: 2026-02-27
    source: {kind: email, ref: "<message-id>", published: https://example.org/a, permission: ana-2026}
    tags: [first-mile]
    language: vi
    limit: 400
    permission: ana-2026
    photos:
      - file: photos/ana-finish.jpg
        caption: All smiles at the finish.
        credit: Photo by Ben Example
        alt: A woman and a small boy cross a chalk finish line hand in hand.
        place: {after: 3}
        photographer: Ben Example
        stock: true
        permission: {status: not_needed, reason: ours}
        people:
          - {name: Cal, minor: true, guardian: Ana Example, permission: ana-2026}
          - Dee
      - {file: photos/line.png, decorative: true, place: start, credit: Ada}
    quotes:
      - {text: "A line", kind: lyric, source: "Song, writer", permission: {status: to_request}}
  - id: two_miles
    title: no
    status: selected
    contributor: {name: Łukasz}
  - {id: three, title: 1984, status: cut, contributor: {name: Ben}}
"""


def read(text: str, tmp_path: Path) -> tuple[Index | None, list[Finding]]:
    (tmp_path / "index.yaml").write_bytes(text.encode("utf-8", "surrogatepass"))
    return read_index(BookFolder(tmp_path))


def good(text: str, tmp_path: Path) -> Index:
    index, findings = read(text, tmp_path)
    assert not findings, [f"{finding.place} {finding.code} {finding.message}" for finding in findings]
    assert index is not None
    return index


def edited(*changes: tuple[str, str]) -> str:
    text = GOOD
    for old, new in changes:
        assert text.count(old) >= 1, old
        text = text.replace(old, new, 1)
    return text


def reported(findings: list[Finding]) -> list[str]:
    return [f"{finding.place.line} {finding.code}" for finding in findings]


def test_a_good_index_is_read_whole(tmp_path: Path) -> None:
    index = good(GOOD, tmp_path)
    info = index.info
    assert index.path == "index.yaml"
    assert (info.title, info.working_title, info.authors) == (
        "Untitled Third Book",
        True,
        ("Ada Example", "Bea Example"),
    )
    assert info.contact == {
        "name": "Ada Example",
        "email": "ada@example.org",
        "phone": "+1 555 0100",
        "address": "1 Road\nTown",
    }
    assert (info.copyright_year, info.copyright_holder) == ("2026", "Ada Example and Bea Example")
    assert info.description == "Two lines of text."
    assert info.isbn == {"print": "978-0-306-40615-7", "ebook": "9791034304240"}
    assert info.editions == nouns.Editions(("print", "ebook"), "world", ("en",), 500)
    assert [name for name, _ in info.front] == [
        "half-title",
        "title",
        "copyright",
        "dedication.md",
        "contents",
        "introduction.md",
    ]
    assert (info.story_limit, info.word_target, info.smart_punctuation) == (300, 60000, False)
    first, last = index.chapters
    assert [name for name, _ in first.stories or ()] == ["tree-at-the-corner", "two_miles"]
    assert first.select is None
    assert last.stories is None
    assert last.select == {
        "tags": ("race",), "status": ("selected",), "contributor": ("Ana Example",), "location": ("X",),
        "source": ("email",), "language": ("en",),
    }  # fmt: skip
    assert last.order_by == "-words"
    ana = index.agreements["ana-2026"]
    assert (ana.id, ana.status, ana.formats, ana.print_run_cap) == ("ana-2026", "granted", ("print", "ebook"), 5000)
    tree, two, three = index.stories
    assert (tree.title, two.title, three.title) == ("5:22", "no", "1984")
    assert (tree.file, two.file) == ("tree.md", "two_miles.md")
    assert tree.permission is ana
    assert tree.source.permission is ana
    assert (tree.contributor.name, tree.contributor.age, tree.contributor.pseudonym) == ("Nguyễn Thị Minh", 9, True)
    photo, line = tree.photos
    assert (photo.where, photo.after, line.where) == ("after", 3, "start")
    assert (photo.permission.status, photo.permission.reason) == ("not_needed", "ours")
    assert [(person.name, person.minor) for person in photo.people] == [("Cal", True), ("Dee", False)]
    assert photo.people[0].permission is ana
    assert (tree.quotes[0].kind, tree.quotes[0].permission.status) == ("lyric", "to_request")


def test_silence_is_never_consent(tmp_path: Path) -> None:
    index = good(GOOD, tmp_path)
    two = index.stories[1]
    assert two.permission.status == "to_request"
    assert two.permission.place == two.place
    photo = index.stories[0].photos[0]
    assert photo.people[1].permission.status == "to_request"


@pytest.mark.parametrize(
    ("permission", "missing"),
    [
        ("{signer: Ben Example}", False),
        ("{signer: Ben Example, email: ben@example.org, notes: met in May}", False),
        ("{signer: Ben Example, granted: 2026-03-02}", True),
        ("{signer: Ben Example, formats: [print]}", True),
        ("{}", True),
    ],
)
def test_whom_to_ask_can_be_written_down_without_a_status(permission: str, missing: bool, tmp_path: Path) -> None:
    text = (
        "book: {title: A, authors: [B]}\nchapters: [{id: c, title: C, stories: [s]}]\n"
        f"stories: [{{id: s, title: S, status: selected, contributor: {{name: Ana}}, permission: {permission}}}]\n"
    )
    index, findings = read(text, tmp_path)
    assert [
        'this permission has no "status"' in finding.message for finding in findings if finding.code == "MB107"
    ] == [True] * missing
    assert index is not None and index.stories[0].permission.status == "to_request"


def test_every_noun_knows_its_line_and_the_places_of_its_values(tmp_path: Path) -> None:
    index = good(GOOD, tmp_path)
    lines = GOOD.split("\n")

    def typed(place: object) -> str:
        assert isinstance(place, Place)
        assert place.file == "index.yaml"
        return lines[place.line - 1][place.column - 1 :][: place.width]

    tree = index.stories[0]
    assert typed(tree.place) == "tree-at-the-corner"
    assert typed(tree.at("title")) == '"5:22"'
    assert typed(tree.at("permission")) == "ana-2026"
    assert typed(tree.contributor.at("bio")) == "One or two sentences."
    assert typed(tree.photos[0].at("alt")).startswith("A woman")
    assert typed(tree.photos[0].at("place")) == typed(tree.photos[0].at("where")) == "{"
    assert typed(tree.photos[0].people[0].at("minor")) == "true"
    assert typed(tree.quotes[0].at("kind")) == "lyric"
    assert typed(index.agreements["ana-2026"].place) == "ana-2026"
    assert typed(index.agreements["ana-2026"].at("expires")) == "2036-01-01"
    assert typed(index.info.at("copyright_year")) == "2026"
    assert typed(index.info.at("contact.email")) == "ada@example.org"
    assert typed(index.info.front[3][1]) == "dedication.md"
    assert typed((index.chapters[0].stories or ())[1][1]) == "two_miles"
    assert index.stories[1].at("received") == index.stories[1].place
    assert "received" not in index.stories[1].places


def test_every_field_of_every_noun_is_in_the_tables() -> None:
    classes = {
        "agreement": nouns.Agreement, "contributor": nouns.Contributor, "person": nouns.Person, "photo": nouns.Photo,
        "quote": nouns.Quote, "source": nouns.Source, "chapter": ChapterEntry, "editions": nouns.Editions,
    }  # fmt: skip
    not_written = {"id", "place", "places", "after", "number", "path", "pixels", "printed", "within", "entry"}
    for noun, kind in classes.items():
        attributes = {field.name for field in dataclasses.fields(kind)} - not_written
        assert {field.target for field in NOUNS[noun]} - {"id"} == attributes, noun


def test_every_row_has_a_meaning_and_a_kind() -> None:
    for noun, fields in NOUNS.items():
        assert len({field.name for field in fields}) == len(fields)
        for field in fields:
            assert field.kind in KINDS, f"{noun}.{field.name}"
            assert re.fullmatch(r"[A-Z].*\.", field.meaning), f"{noun}.{field.name}"
            assert bool(field.words) == (
                field.kind in ("word", "words") or (field.target == "languages" and noun == "agreement")
            )
            assert not field.noun or field.noun in NOUNS


@pytest.mark.parametrize(
    ("old", "new", "expected", "hint"),
    [
        ("  title: Untitled Third Book\n", "", ["2 MB107"], "add a line title:"),
        ("  title: Untitled Third Book\n", "  title:\n", ["2 MB107"], "write it after title:"),
        ("subtitle: Stories", "subtitel: Stories", ["4 MB106"], "did you mean subtitle?"),
        ("subtitle: Stories", "caption: Stories", ["4 MB106"], "photo"),
        ("chapters:\n", "chapter:\n", ["27 MB106"], "did you mean chapters?"),
        ("working_title: true", "working_title: yes", ["3 MB110"], "write working_title: true"),
        ("language: en-US", "language: en_US", ["6 MB124"], "write en-US"),
        ("language: en-US", "language: english", ["6 MB124"], "write en"),
        ("ada@example.org", "ada", ["7 MB123"], "ana@example.org"),
        ("year: 2026", "year: twenty", ["8 MB111"], ""),
        ("40615-7", "40615-8", ["17 MB125"], "copy it again"),
        ("ebook: 9791034304240", "ebook: 9780306406157", ["17 MB125"], "a number of its own"),
        ("{name}, {age}", "{nmae}, {age}", ["18 MB126"], "did you mean {name}?"),
        ("story_limit: 300", "story_limit: 0", ["21 MB111"], ""),
        ("[print, ebook], territory: world, languages: [en], p", "[print, e-book], territory: world, p", ["23 MB113"], "did you mean ebook?"),
        ("half-title, title", "halftitle, title", ["24 MB130"], "did you mean half-title?"),
        ("dedication.md", "dedication", ["24 MB130"], "dedication.md"),
        ("contributors, credits", "contents, credits", ["25 MB132"], "keep one"),
        ("id: first-miles", "id: First Miles", ["28 MB115"], "write first-miles"),
        ("id: last-miles", "id: first-miles", ["32 MB116"], "an id of its own"),
        ("[tree-at-the-corner, two_miles]", "[tree-at-teh-corner, two_miles]", ["31 MB118"], "did you mean tree-at-the-corner?"),
        ("[tree-at-the-corner, two_miles]", "[three, two_miles]", ["31 MB119"], "give it the status selected"),
        ("[tree-at-the-corner, two_miles]", "[two_miles, two_miles]", ["31 MB104"], "remove one of the two"),
        ("select: {tags: [race], ", "select: {tag: [race], ", ["34 MB106"], "did you mean tags?"),
        ("status: selected, contributor: [", "status: select, contributor: [", ["34 MB113"], "did you mean selected?"),
        ("order_by: -words", "order_by: -word", ["35 MB113"], "did you mean -words?"),
        ("    opening: first-miles.md\n", "    select: {tags: x}\n", ["30 MB121"], "keep one"),
        ("    stories: [tree-at-the-corner, two_miles]\n", "", ["28 MB121"], "add stories:"),
        ("status: granted\n", "status: Granted\n", ["39 MB113"], "did you mean granted?"),
        ("    status: granted\n", "", ["38 MB107"], "add a line status:"),
        ("requested: 2026-03-02", "requested: 3/2/2026", ["40 MB112"], "year-month-day"),
        ("granted: 2026-03-09", "granted: 2026-02-30", ["41 MB112"], "correct the month"),
        ("title: \"5:22\"", "title: [a]", ["57 MB108"], "put it in quotes"),
        ("status: selected\n    contributor:\n", "status: choosen\n    contributor:\n", ["59 MB113"], ""),
        ("      name: Nguyễn Thị Minh\n", "", ["61 MB107"], "add a line name:"),
        ("age: 9", "age: 900", ["66 MB111"], ""),
        ("    permission: ana-2026\n    photos", "    permission: ana-2025\n    photos", ["75 MB117"], "did you mean ana-2026?"),
        ("    permission: ana-2026\n    photos", "    permission: granted\n    photos", ["75 MB117"], "permission: {status: granted}"),
        ("    permission: ana-2026\n    photos", "    permission: yes\n    photos", ["75 MB117"], "permission: {status: granted}"),
        ("agreements:\n", "agreement:\n", ["36 MB106"], "did you mean agreements?"),
        ("[tree-at-the-corner, two_miles]", "tree-at-the-corner, two_miles", ["31 MB108"], "[tree-at-the-corner, two_miles]"),
        ("- id: tree-at-the-corner", "- id: Tree-at-the-Corner", ["56 MB115"], "write tree-at-the-corner"),
        ("  - id: two_miles\n", "    id: two_miles\n", ["91 MB105"], 'put "- " before id'),
        ("    contributor:\n", "    contributer:\n", ["60 MB106"], "did you mean contributor?"),
        ("title: \"5:22\"", "title: “Torn”", ["57 MB133"], "title: Torn; to keep them"),
        ("story_limit: 300", "story_limit: 300 words", ["21 MB111"], "write story_limit: 300"),
        ("half-title, title", "index, title", ["24 MB130"], "index.md. The parts"),
        ("place: {after: 3}", "place: {after: 0}", ["81 MB111"], ""),
        ("place: {after: 3}", "place: {before: 3}", ["81 MB127"], ""),
        ("place: {after: 3}", "place: middle", ["81 MB127"], "place: end"),
        ("place: {after: 3}", "place: after: 3", ["81 MB101"], "write place: {after: 3}"),
        ("minor: true, guardian: Ana Example", "minor: true", ["86 MB350"], "add guardian:"),
        ("kind: lyric", "kind: song", ["90 MB113"], "it is one of"),
        ("      - {text: \"A line\", kind", "      - {kind", [], ""),
        ("  - id: two_miles\n", "  - id: tree-at-the-corner\n", ["31 MB118", "91 MB116"], ""),
        ("    title: no\n", "", ["91 MB107"], "add a line title:"),
        ("    contributor: {name: Łukasz}\n", "", ["91 MB107"], "contributor"),
        ("    contributor: {name: Łukasz}\n", "    contributor: Łukasz\n", ["94 MB108"], "{name: Łukasz}"),
        ("    file: tree.md\n", "    file: two_miles.md\n", ["91 MB129"], ""),
        ("  - id: two_miles\n", "  - {}\n  - id: two_miles\n", ["91 MB107", "91 MB107", "91 MB107"], ""),
        ("        alt: A woman", "        x: A woman", ["77 MB450", "80 MB106"], ""),
        ("        credit: Photo by Ben Example\n", "", ["77 MB454"], ""),
    ],
)  # fmt: skip
def test_a_slip_is_told_at_its_line(old: str, new: str, expected: list[str], hint: str, tmp_path: Path) -> None:
    _, findings = read(edited((old, new)), tmp_path)
    assert reported(findings) == expected
    assert any(hint in finding.hint for finding in findings) or not hint
    assert all(finding.quote or not finding.place.line for finding in findings)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("authors: [Ada Example, Bea Example]", "authors: Ada Example"),
        ("    file: tree.md\n", "    file: ''\n"),
        ("subtitle: Stories from the road", "subtitle:"),
        ("place: {after: 3}", 'place: "after: 3"'),
        ("place: {after: 3}", "place:\n          after: 3"),
        ("language: en-US", "language: zh-Hant-TW"),
        ("language: en-US", "language: es-419"),
        ("date: 2026-03-15", "date: 2020-01-01"),  # agreements may be younger than the draft
        ("status: cut", "status: submitted"),
        ("title: no", "title: 2026-02-30"),
        ("title: no", "title: ~ish"),
        ("tags: [first-mile]", "tags: []"),
        ("- Dee", "- {minor: false}"),
        ("year: 2026", "year: 2024-2026"),
    ],
)
def test_what_is_in_order_is_told_nothing(old: str, new: str, tmp_path: Path) -> None:
    good(edited((old, new)), tmp_path)


@pytest.mark.parametrize(
    "field", ["formats: [prnit]", "formats: []", "territory:", "languages: [english]", "expires: never"]
)
def test_a_scope_that_cannot_be_read_is_no_grant(field: str, tmp_path: Path) -> None:
    """An empty scope means everything, which nobody has said."""
    name = field.split(":")[0]
    text = re.sub(rf"^    {name}: .*\n", f"    {field}\n", GOOD, count=1, flags=re.MULTILINE)
    index, findings = read(text, tmp_path)
    assert index is not None
    assert findings
    assert index.agreements["ana-2026"].status == "to_request"


def test_everything_comes_in_one_run(tmp_path: Path) -> None:
    text = edited(("working_title: true", "working_title: yes"), ("title: First Miles", "title: First: Miles"),
                  ("status: granted\n", "status: grantd\n"), ("received: 2026", "recieved: 2026"))  # fmt: skip
    _, findings = read(text, tmp_path)
    assert reported(findings) == ["3 MB110", "29 MB101", "39 MB113", "70 MB106"]


def test_a_broken_story_is_an_empty_story(tmp_path: Path) -> None:
    index, findings = read(edited(("    title: no\n", "    title: no\n  x: y\n")), tmp_path)
    assert reported(findings) == ["93 MB101"]
    assert index is not None
    assert [story.id for story in index.stories] == ["tree-at-the-corner", "two_miles", "three"]
    assert index.stories[1].contributor.name == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "MB100"), ("# nothing\n", "MB100"), ("---\n", "MB100"), ("just text\n", "MB100"), ("- a\n- b\n", "MB100"), ("a: " + "[" * 100_000, "MB103")],
)  # fmt: skip
def test_without_fields_there_is_no_index(text: str, code: str, tmp_path: Path) -> None:
    index, findings = read(text, tmp_path)
    assert index is None
    assert [finding.code for finding in findings] == [code]


def test_a_folder_without_index_is_told_so(tmp_path: Path) -> None:
    index, findings = read_index(BookFolder(tmp_path))
    assert index is None
    assert [finding.code for finding in findings] == ["MB001"]


def test_second_places(tmp_path: Path) -> None:
    text = edited(("[tree-at-the-corner, two_miles]", "[two_miles, two_miles]"), ("{id: three,", "{id: two_miles,"))
    _, findings = read(text, tmp_path)
    related = {finding.code: [(each.text, each.place.line) for each in finding.related] for finding in findings}
    assert related["MB104"] == [("first listed", 31)]
    assert related["MB116"] == [("first", 91)]


def test_thousands_of_unknown_stories_end(tmp_path: Path) -> None:
    listed = "".join(f"      - nobody-{number}\n" for number in range(20_000))
    known = "".join(f"  - {{id: some-{number}, title: x, contributor: {{name: y}}}}\n" for number in range(3_000))
    text = f"book: {{title: x}}\nchapters:\n  - id: a\n    title: A\n    stories:\n{listed}stories:\n{known}"
    _, findings = read(text, tmp_path)
    assert sum(finding.code == "MB118" for finding in findings) == 20_000


LINES = GOOD.split("\n")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(LINES) - 2),
            st.sampled_from(["drop", "twice", "dedent", "indent", "value", "key", "insert", "swap"]),
            st.sampled_from(["", "[", "{", '"', "'", "*", "&x", "@", "- ", "a: b", "~", "true", "99999999999", "|", "\t", "\ufeff", "…"]),
        ),
        min_size=1,
        max_size=6,
    )
)  # fmt: skip
def test_a_damaged_index_never_raises(
    tmp_path_factory: pytest.TempPathFactory, damage: list[tuple[int, str, str]]
) -> None:
    lines = list(LINES)
    for at, what, value in damage:
        line = lines[at]
        lines[at] = {
            "drop": "", "twice": f"{line}\n{line}", "dedent": line[1:], "indent": f" {line}", "key": line.replace(":", "", 1),
            "value": f"{line.partition(':')[0]}: {value}", "insert": line[: len(line) // 2] + value + line[len(line) // 2 :],
            "swap": lines[at + 1],
        }[what]  # fmt: skip
    _, findings = read("\n".join(lines), tmp_path_factory.mktemp("book"))
    for finding in findings:
        assert finding.code in CODES
        assert finding.place.file == "index.yaml"


# ---- shapes


@pytest.mark.parametrize("address", ["ana@example.org", "a.b+c@sub.example.co.uk", "ñandú@exämple.org", "o'neil@x.ie"])
def test_addresses(address: str) -> None:
    assert formats.email_fault(address) is None


@pytest.mark.parametrize(
    "address",
    ["ana", "ana@", "@example.org", "ana@example", "ana example@x.org", "a@b.org, c@d.org", "Ana <a@b.org>", "a@b.org;c@d.org",
     "a@@b.org", "a@b..org", "a@b.org\n", "mailto:a@b.org", "a" * 300 + "@b.org"],
)  # fmt: skip
def test_faulty_addresses(address: str) -> None:
    assert formats.email_fault(address)


@pytest.mark.parametrize(
    "tag",
    [
        "en",
        "en-US",
        "es-419",
        "zh-Hant",
        "zh-Hant-TW",
        "sr-Latn-RS",
        "de-1996",
        "ca-valencia",
        "gsw",
        "x-milebook",
        "yo",
        "he",
        "tem",
        "kab",
        "en-GB-oxendict",
    ],
)
def test_languages(tag: str) -> None:
    assert language_fault(tag) is None


@pytest.mark.parametrize(
    ("tag", "cure"),
    [("english", "write en"), ("English (US)", "write en"), ("en_US", "write en-US"), ("eng", "write en"), ("e", "such as"), ("en-", "such as"), ("us", "write en-US"),
     ("UK-en", "such as"), ("us-en", "write en-US"), ("en-UK", "write en-GB"), ("gb", "write en-GB"), ("jp", "write ja"), ("cz", "write cs"),
     ("xx", "such as"), ("german/english", "write de"),
     ("русский", "such as"), ("en US", "write en-US"), ("x" * 100, "such as")],
)  # fmt: skip
def test_faulty_languages(tag: str, cure: str) -> None:
    fault = language_fault(tag)
    assert fault
    assert cure in fault[1]


@pytest.mark.parametrize(
    ("number", "cure"),
    [("978-0-306-40615-7", None), ("9780306406157", None), ("978 0 306 40615 7", None), ("979-10-343-0424-0", None),
     ("978-0-306-40615-8", "copy"), ("977-0-306-40615-7", "copy"), ("978-...", "copy"), ("0-306-40615-2", "write 9780306406157"),
     ("080442957X", "write 9780804429573"), ("0-306-40615-3", "copy"), ("", "copy"), ("٩٧٨٠٣٠٦٤٠٦١٥٧", "copy")],
)  # fmt: skip
def test_isbn(number: str, cure: str | None) -> None:
    fault = formats.isbn_fault(number)
    assert (fault is None) == (cure is None)
    assert fault is None or (cure or "") in fault[1]


@pytest.mark.parametrize(
    ("template", "fine"),
    [("{name}", True), ("{name} ({age}), {location}", True), ("{Name}", False), ("{name}, {town}", False), ("{name", False),
     ("name}", False), ("{name}{}", False), ("{age}", False), ("by {name} }{", False)],
)  # fmt: skip
def test_bylines(template: str, fine: bool) -> None:
    assert (formats.byline_fault(template) is None) == fine


@pytest.mark.parametrize(
    ("text", "cure"),
    [("a", ""), ("lost-dog_2", ""), ("2-miles", ""), ("Lost Dog", "write lost-dog"), ("-a", "write a"), ("é", "write e"), ("Łódź!", "write lodz"),
     ("it's", "write its"), ("日本", "as in lost-dog"), ("../x", "write x"), ("a" * 81, "shorter"), ("a\n", "write a")],
)  # fmt: skip
def test_ids(text: str, cure: str) -> None:
    fault = formats.id_fault(text)
    assert (fault is None) == (not cure)
    assert fault is None or cure in fault[1]


@pytest.mark.parametrize(
    ("old", "new", "known"),
    [
        ("    stories: [tree-at-the-corner, two_miles]\n", "", False),
        ("    stories: [tree-at-the-corner, two_miles]\n", "    stories: []\n", False),
        ("  - id: first-miles\n", "\t- id: first-miles\n", False),
        ("[tree-at-the-corner, two_miles]", "tree-at-the-corner, two_miles", True),
        ("story_limit: 300", "story_limit: 301", True),
    ],
)
def test_whether_every_chapter_s_stories_are_known(old: str, new: str, known: bool, tmp_path: Path) -> None:
    index, _ = read(edited((old, new)), tmp_path)
    assert index is not None
    assert index.all_chapters is known


def test_an_isbn_without_its_format(tmp_path: Path) -> None:
    old = next(line for line in GOOD.split("\n") if line.startswith("  isbn:"))
    _, findings = read(edited((old, "  isbn: 9783161484100")), tmp_path)
    assert [finding.code for finding in findings][:1] == ["MB108"]
    assert "isbn: {print: 9783161484100}" in findings[0].hint
