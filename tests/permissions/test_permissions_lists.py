"""The checklist, the logs for the press, and the book that could be printed today."""

from __future__ import annotations

from dataclasses import replace

import pytest
from permission_books import agreement, books, minor, photo, quote, story

from milebook.assemble.without_uncleared import without_uncleared
from milebook.model.book import Agreement, Contributor, Person, Source
from milebook.package.list_rows import contributor_rows
from milebook.permissions import (
    ART_COLUMNS,
    CHECKLIST_COLUMNS,
    LOG_COLUMNS,
    Art,
    art_log_rows,
    by_person,
    checklist_rows,
    items,
    log_rows,
)

TODAY = "2026-03-15"
OPEN = Agreement(status="requested", requested="2026-03-04", id="asked-2026", signer="Zoe Late")

CONVENTIONS = [
    "item_id",
    "chapter",
    "order",
    "ms_page",
    "kind",
    "figure_no",
    "description",
    "source_full",
    "creator",
    "rights_holder",
    "contact",
    "clearance_needed",
    "treatment",
    "date_requested",
    "date_granted",
    "languages",
    "territory",
    "formats",
    "editions",
    "term_end",
    "print_run_cap",
    "fee",
    "comp_copies",
    "restrictions",
    "required_credit",
    "credit_placement",
    "evidence_file",
    "status",
    "notes",
    "persons_shown",
    "minor",
    "guardian",
    "release_file",
    "attribution_form",
    "edit_approved_on",
    "evidence_sha256",
]


def full_book():
    secret = Contributor(
        name="Jane Roe", byline="Miles Away", pseudonym=True, email="jane@roe.example", location="Ohio", bio="Runs."
    )
    form = agreement(
        "f1", signer="Jane Roe", email="jane@roe.example", notes="call jane@roe.example", evidence="releases/roe.pdf"
    )
    return books(
        [
            [
                story(
                    "secret",
                    title="A Secret",
                    contributor=secret,
                    permission=form,
                    source=Source(
                        kind="email", ref="<1@x.example>", published="https://mag.example/1", permission=form
                    ),
                    quotes=(quote(text="I ran"), quote(text="the tree", kind="prose", permission=OPEN)),
                    photos=(
                        photo(
                            photographer="Jane Roe",
                            permission=form,
                            people=(minor(), Person(name="Jane Roe", permission=form)),
                        ),
                    ),
                )
            ],
            [story("plain", photos=(photo(path="", file="photos/lost.jpg"), photo(file="photos/ok.jpg")))],
        ]
    )


def made():
    full = full_book()
    return full, items(full, None, TODAY)[0]


def test_log_columns_are_the_press_s():
    assert list(LOG_COLUMNS) == CONVENTIONS


@pytest.mark.parametrize("private", [True, False])
def test_log_has_one_row_an_item_in_book_order_every_cell_filled(private):
    full, found = made()
    rows = log_rows(full, found, private)
    assert [row[0] for row in rows] == [item.item for item in found]
    assert [row[2] for row in rows] == list(range(1, len(found) + 1))
    assert all(len(row) == len(LOG_COLUMNS) for row in rows)
    assert all(cell not in ("", None) for row in rows for cell in row)


def test_text_and_art_apart():
    full, found = made()
    words, art = (log_rows(full, found, False, art=side) for side in (False, True))
    assert {row[4] for row in words} == {"text", "reprint", "lyric", "quote"}
    assert {row[4] for row in art} == {"photo", "person"}
    assert sorted([*words, *art], key=lambda row: int(str(row[2]))) == log_rows(full, found, False)


def test_nothing_private_outside_the_private_log():
    full, found = made()
    everything = repr(
        [
            log_rows(full, found, False),
            art_log_rows(full, found),
            checklist_rows(found),
            [i.label + i.signer for i in found],
        ]
    )
    for secret in ("jane@roe.example", "Jane Roe", "ana@example.org", "1@x.example", "roe.pdf"):
        assert secret not in everything
    private = repr(log_rows(full, found, True))
    for known in ("jane@roe.example", "Jane Roe", "ana@example.org", "roe.pdf"):
        assert known in private
    assert "Miles Away" in everything


def test_relatives_of_a_withheld_name_are_withheld_too():
    child = Contributor(name="Jane Roe", anonymous=True, age=9, guardian="Joe Roe")
    shot = photo(file="photos/jane-roe.jpg", photographer="Joe Roe", credit="Photo by her father", caption="")
    terms = agreement("f", signer="Joe Roe")
    hidden = books([[story(contributor=child, permission=terms, photos=(replace(shot, permission=terms),))]])
    found = items(hidden, None, TODAY)[0]
    assert [item.clear for item in found] == [True, True]
    assert [item.signer for item in found] == ["signer for Anonymous (name withheld)"] * 2
    assert "roe" not in repr([checklist_rows(found), log_rows(hidden, found, False)]).casefold()
    assert "Joe Roe" not in repr(art_log_rows(hidden, found))
    assert "Joe Roe" in repr(log_rows(hidden, found, True))


def test_log_cells():
    full, found = made()
    rows = {row[0]: dict(zip(LOG_COLUMNS, row, strict=True)) for row in log_rows(
        full, found, True, pages={"secret": "12"}, evidence_names={"releases/roe.pdf": "P001_f1.pdf"})}  # fmt: skip
    text, shown, lyric = rows["secret/text"], rows["secret/photo/1/person/1"], rows["secret/quote/1"]
    assert (text["ms_page"], text["creator"], text["attribution_form"]) == ("12", "Jane Roe", "pseudonym")
    assert (text["formats"], text["territory"], text["term_end"]) == ("print, ebook", "world", "not stated")
    assert (shown["clearance_needed"], shown["persons_shown"], shown["minor"], shown["guardian"]) == (
        "release", "Cal", "y", "Ana Example")  # fmt: skip
    assert (lyric["kind"], lyric["source_full"], lyric["treatment"]) == (
        "lyric",
        "River Song, A. Writer",
        "reproduction",
    )
    photo_row = rows["secret/photo/1"]
    assert (photo_row["figure_no"], photo_row["persons_shown"]) == ("1.1", "Cal, Jane Roe")
    assert photo_row["release_file"] == "releases/ana-2026.pdf, releases/roe.pdf"
    assert rows["secret/quote/2"]["status"] == "requested: asked 2026-03-04, no answer yet"
    assert rows["secret/quote/2"]["formats"] == "not granted"
    public = {row[0]: dict(zip(LOG_COLUMNS, row, strict=True)) for row in log_rows(
        full, found, False, evidence_names={"releases/roe.pdf": "P001_f1.pdf"})}  # fmt: skip
    assert public["secret/text"]["evidence_file"] == "P001_f1.pdf"
    assert public["secret/text"]["contact"] == "on file"
    assert public["secret/text"]["rights_holder"] == "Miles Away (name withheld)"


def test_art_log():
    full, found = made()
    art = {"stories/photos/finish.jpg": Art("Halloran_Figure_01_01.jpg", "TIFF", "CMYK", "RGB", 5.0)}
    rows = [dict(zip(ART_COLUMNS, row, strict=True)) for row in art_log_rows(full, found, art)]
    assert [row["figure_no"] for row in rows] == ["1.1", "2.1"]
    first = rows[0]
    assert (first["file"], first["type"], first["colour_in"], first["px_w"], first["ppi_at_size"]) == (
        "Halloran_Figure_01_01.jpg", "TIFF", "CMYK", 3000, 600)  # fmt: skip
    assert first["status"] == "clear"
    assert all(cell not in ("", None) for row in rows for cell in row.values())


def test_checklist():
    _, found = made()
    rows = [dict(zip(CHECKLIST_COLUMNS, row, strict=True)) for row in checklist_rows(found)]
    assert [row["item"] for row in rows] == [item.item for item in found]
    asked = next(row for row in rows if row["clear"] == "no")
    assert (asked["ask"], asked["status"], asked["requested"], asked["why"]) == (
        "Zoe Late", "requested", "2026-03-04", "asked 2026-03-04, no answer yet")  # fmt: skip


def test_the_log_says_when_an_edited_text_was_approved():
    whole = books([[story(permission=agreement(edit_approved="2026-03-12"), photos=(photo(),)), story("b")]])
    found, _ = items(whole, None, TODAY)
    column = LOG_COLUMNS.index("edit_approved_on")
    assert [row[column] for row in log_rows(whole, found, private=False)] == ["2026-03-12", "n/a", "not stated"]


@pytest.mark.parametrize("fields", [{}, {"territory": "US"}])
def test_what_nobody_has_to_grant_is_not_called_not_granted(fields):
    free = Agreement(status="not_needed", reason="our own text", **fields)
    whole = books([[story(permission=free)]])
    (row,) = log_rows(whole, items(whole, None, TODAY)[0], private=False)
    cells = dict(zip(LOG_COLUMNS, row, strict=True))
    scope = ("languages", "formats", "editions", "term_end", "print_run_cap", "date_requested", "date_granted")
    assert {cells[name] for name in scope} == {"n/a"}
    assert cells["territory"] == fields.get("territory", "n/a")
    assert "not granted" not in row


def test_somebody_is_one_contributor_whatever_the_apostrophe():
    straight, curly = (Contributor(name=f"Ana O{sign}Marsh") for sign in "'’")
    printed = replace(straight, printed="Ana O’Marsh"), replace(curly, printed="Ana O’Marsh")
    rows = contributor_rows(books([[story("a", contributor=printed[0]), story("b", contributor=printed[1])]]))
    assert [row[:2] for row in rows] == [(1, "Ana O’Marsh")]


def test_by_person():
    _, found = made()
    people = dict(by_person(found))
    assert list(people) == ["Miles Away (name withheld)", "Song House", "Zoe Late", "Ana Example", "Ben Example"]
    assert sum(map(len, people.values())) == len(found)


# ---- the book that could be printed today


def left(*chapters, cover=""):
    whole = replace(books(chapters), cover_path=cover)
    small, lines = without_uncleared(whole, items(whole, None, TODAY)[0])
    return [(c.number, [s.id for s in c.stories]) for c in small.chapters], small, lines


def test_a_clear_book_stays_as_it_is():
    whole = books([[story("a", photos=(photo(),))]])
    assert without_uncleared(whole, items(whole, None, TODAY)[0]) == (whole, ())


@pytest.mark.parametrize(
    "broken",
    [
        {"permission": OPEN},
        {"permission": agreement(status="refused")},
        {"quotes": (quote(text="I ran", permission=OPEN),)},
        {"source": Source(published="https://mag.example", permission=OPEN)},
    ],
)
def test_words_that_are_not_clear_take_their_story_with_them(broken):
    shape, small, lines = left([story("a", photos=(photo(),), **broken), story("b", photos=(photo(),))], [story("c")])
    assert shape == [(1, ["b"]), (2, ["c"])]
    assert small.stories[0].photos[0].number == "1.1"
    assert len(lines) == 1
    assert "The Tree at the Corner" in lines[0]


@pytest.mark.parametrize("broken", [{"permission": OPEN}, {"people": (minor(permission=OPEN),)}])
def test_photos_that_are_not_clear_go_alone(broken):
    shape, small, lines = left(
        [story("a", photos=(photo(), photo(file="photos/2.jpg", **broken), photo(file="photos/3.jpg")))]
    )
    assert shape == [(1, ["a"])]
    assert [(p.file, p.number) for p in small.stories[0].photos] == [
        ("photos/finish.jpg", "1.1"),
        ("photos/3.jpg", "1.2"),
    ]
    assert len(lines) == 1
    assert "photos/2.jpg" in lines[0]


def test_empty_chapters_go_and_the_rest_is_numbered_anew():
    shape, small, lines = left([story("a", permission=OPEN)], [story("b", photos=(photo(),))])
    assert shape == [(1, ["b"])]
    assert small.stories[0].photos[0].number == "1.1"
    assert lines[-1] == "chapter “Chapter 1”: none of its stories is clear"


def test_a_cover_goes_with_its_photo():
    path = "stories/photos/finish.jpg"
    assert left([story("a", photos=(photo(permission=OPEN),))], cover=path)[1].cover_path == ""
    assert left([story("a", photos=(photo(),))], cover=path)[1].cover_path == path


def test_what_is_left_is_clear():
    full, found = made()
    small, _ = without_uncleared(full, found)
    assert all(item.clear for item in items(small, None, TODAY)[0])
    assert [s.id for s in small.stories] == ["plain"]


def press(*stories):
    full = books([stories])
    found = items(full, None, TODAY)[0]
    return {row[0]: dict(zip(LOG_COLUMNS, row, strict=True)) for row in log_rows(full, found, False)}


def test_a_contact_is_on_file_only_where_there_is_one():
    known = story("a", contributor=Contributor(name="Ana Example", email="ana@example.org"))
    assert press(known)["a/text"]["contact"] == "on file"
    assert press(story("a", contributor=Contributor(name="Ana Example")))["a/text"]["contact"] == "not stated"


@pytest.mark.parametrize(
    ("kind", "received", "cell"),
    [
        ("", "2026-08-20", "received 2026-08-20"),
        ("email", "2026-08-20", "email of 2026-08-20"),
        ("email", "", "email"),
        ("", "", "not stated"),
    ],
)
def test_where_a_text_comes_from(kind, received, cell):
    assert press(story("a", source=Source(kind=kind), received=received))["a/text"]["source_full"] == cell


def test_a_photo_s_credit_is_owed_for_the_photo_alone():
    terms = agreement("both", credit="Photo courtesy of Ana Example", credit_placement="credits")
    rows = press(
        story("a", permission=terms, photos=(photo(permission=terms),)),
        story("b", permission=agreement("own", credit="By Ana")),
    )
    assert [rows[item]["required_credit"] for item in ("a/text", "a/photo/1", "b/text")] == [
        "none", "Photo courtesy of Ana Example", "By Ana"]  # fmt: skip
    assert rows["a/text"]["credit_placement"] == "not stated"


@pytest.mark.parametrize(
    ("age", "byline", "legal"), [(9, "Molly", "withheld"), (9, "", "Molly Brown"), (32, "Molly", "Molly Brown")]
)
def test_a_child_s_full_name_is_in_no_list(age, byline, legal):
    child = Contributor(name="Molly Brown", byline=byline, age=age, guardian="Ana Example")
    assert contributor_rows(books([[story(contributor=child)]]))[0][2] == legal
