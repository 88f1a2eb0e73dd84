"""What needs a permission and when it is clear: each rule with a book where it fires and one where it stays silent."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from permission_books import agreement, book, books, minor, photo, quote, story

from milebook.model.book import AGREEMENT_STATUSES, Agreement, Contributor, Editions, Person, Source
from milebook.model.codes import CODES
from milebook.model.findings import ERROR, WARNING, Place
from milebook.permissions import KINDS, gate, items
from milebook.permissions.country_codes import countries
from milebook.source import BookFolder

TODAY = "2026-03-15"


def whys(made, today=TODAY):
    return {item.item: item.why for item in items(made, None, today)[0]}


def codes(made, folder=None):
    return [finding.code for finding in items(made, folder, TODAY)[1]]


# ---- what needs one is derived


def test_every_kind_is_derived_in_order_of_appearance():
    full = story(
        source=Source(
            kind="post", published="https://magazine.example/tree", permission=agreement("mag", signer="Magazine")
        ),
        quotes=(quote(text="I ran to the tree"),),
        photos=(photo(people=(minor(), Person(name="Ana", permission=agreement()))), photo(file="photos/b.jpg")),
    )
    found, findings = items(book(full), None, TODAY)
    assert [item.item for item in found] == [
        "tree/text",
        "tree/reprint",
        "tree/quote/1",
        "tree/photo/1",
        "tree/photo/1/person/1",
        "tree/photo/1/person/2",
        "tree/photo/2",
    ]
    assert {item.kind for item in found} == set(KINDS)
    assert all(item.clear for item in found), [item for item in found if not item.clear]
    assert findings == []
    assert len(found) == 7
    assert [item.figure for item in found] == ["", "", "", "1.1", "1.1", "1.1", "1.2"]
    assert [item.chapter for item in found] == ["c1"] * 7


def test_a_story_of_words_alone_needs_one_permission():
    found, _ = items(book(), None, TODAY)
    assert [(item.item, item.signer, item.label) for item in found] == [
        ("tree/text", "Ana Example", "text of “The Tree at the Corner”")
    ]


def test_silence_is_never_consent():
    silent = story(permission=Agreement(), photos=(photo(permission=Agreement()),))
    assert whys(book(silent)) == {"tree/text": "not asked yet", "tree/photo/1": "not asked yet"}


def test_whom_to_ask_where_the_agreement_names_nobody():
    bare = Agreement()
    made = story(
        contributor=Contributor(name="Kim", age=12, guardian="Lan Kim"),
        permission=bare,
        source=Source(published="https://magazine.example/1", permission=bare),
        quotes=(quote(text="I ran", permission=bare),),
        photos=(
            photo(permission=bare, people=(Person(name="Joe", permission=bare), minor(permission=bare))),
            photo(permission=bare, credit=""),
        ),
    )
    found, _ = items(book(made), None, TODAY)
    assert [item.signer for item in found] == [
        "Lan Kim",
        "magazine.example",
        "the rights holder of River Song, A. Writer",
        "Ben Example",
        "Joe",
        "Ana Example",
        "whoever took the photo",
    ]
    assert all(item.signer in item.next_step for item in found if not item.whom.unknown)
    assert all(item.next_step == item.find_out for item in found if item.whom.unknown)


# ---- clear or not, and why


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        (agreement(), ""),
        (agreement(formats=(), territory=""), ""),
        (agreement(status="to_request"), "not asked yet"),
        (agreement(status="requested"), "asked 2026-03-02, no answer yet"),
        (agreement(status="requested", requested=""), "asked, no answer yet"),
        (agreement(status="no_reply"), "asked 2026-03-02, no reply: silence is not consent"),
        (agreement(status="refused"), "refused"),
        (agreement(status="withdrawn"), "withdrawn"),
        (agreement(status="expired", expires="2025-12-31"), "expired 2025-12-31"),
        (agreement(status="expired"), "expired"),
        (
                agreement(expires="2025-12-31", requested="", granted=""),
                "expired 2025-12-31 (counted from 2026-03-15, the newest date in the index)",
            ),
        (agreement(expires=TODAY), ""),
        (agreement(formats=("print",)), "print only, you also make an e-book"),
        (agreement(formats=("ebook",)), "e-book only, you also make a printed book"),
        (agreement(formats=("audio",)), "audiobook only, you also make a printed book and an e-book"),
        (agreement(territory="US"), "US only, you publish in the whole world"),
        (agreement(territory="Narnia"), "territory “Narnia” is not a word milebook knows"),
        (agreement(languages=("de",)), "de only, you also publish in en-US"),
        (agreement(languages=("en",)), ""),
        (agreement(languages=("en-GB",)), "en-GB only, you also publish in en-US"),
        (agreement(languages=("all",)), ""),
        (agreement(evidence=""), "no evidence filed"),
        (agreement(print_run_cap=5000), "5,000 copies at most, and book.editions names no print_run"),
        (agreement(formats=("print",), territory="US"),
         "print only, you also make an e-book; US only, you publish in the whole world"),
        (agreement(status="granted_restricted"), ""),
        (agreement(status="granted_restricted", formats=(), territory=""),
         "granted with restrictions, but which is not written down"),
        (agreement(status="granted_restricted", formats=(), territory="", restrictions="not on the cover"), ""),
        (agreement(status="not_needed", reason="public domain", evidence=""), ""),
        (agreement(status="not_needed", reason=" "), "marked not needed, but no reason is given"),
        (agreement(status="yes"), "status “yes” is not known"),
    ],
)  # fmt: skip
def test_why(terms, why):
    found, _ = items(book(story(permission=terms)), None, TODAY)
    assert found[0].why == why
    assert found[0].clear == (not why)
    assert bool(found[0].next_step) == bool(why)


def test_every_status_is_known_to_the_judge():
    for status in AGREEMENT_STATUSES:
        assert "not known" not in whys(book(story(permission=agreement(status=status, reason="ours"))))["tree/text"]


@pytest.mark.parametrize(
    ("editions", "terms", "clear"),
    [
        (Editions(formats=("print",)), agreement(formats=("print",)), True),
        (Editions(formats=("print", "ebook", "audio")), agreement(), False),
        (Editions(territory="US, Canada"), agreement(territory="North America"), True),
        (Editions(territory="Germany"), agreement(territory="EU"), True),
        (Editions(territory="Europe"), agreement(territory="EU"), False),
        (Editions(languages=("en", "de")), agreement(languages=("en",)), False),
        (Editions(languages=("en", "de")), agreement(languages=("en", "de")), True),
        (Editions(print_run=5000), agreement(print_run_cap=5000), True),
        (Editions(print_run=5001), agreement(print_run_cap=5000), False),
        (Editions(formats=("ebook",)), agreement(print_run_cap=5000), True),
    ],
)
def test_scope_is_measured_against_the_editions(editions, terms, clear):
    assert items(book(story(permission=terms), editions=editions), None, TODAY)[0][0].clear is clear


@pytest.mark.parametrize(
    ("person", "why"),
    [
        (minor(), ""),
        (minor(guardian="ana  EXAMPLE"), ""),
        (minor(permission=agreement(signer="")), ""),
        (minor(guardian=""), "guardian's signature missing for Cal"),
        (minor(permission=agreement(signer="Ben Example")), "guardian's signature missing for Cal"),
        (minor(permission=Agreement()), "not asked yet"),
        (Person(name="Ana", permission=agreement()), ""),
    ],
)
def test_a_minor_needs_the_guardian(person, why):
    assert whys(book(story(photos=(photo(people=(person,)),))))["tree/photo/1/person/1"] == why


@pytest.mark.parametrize(
    ("age", "guardian", "signer", "why"),
    [
        (17, "Lan Kim", "Lan Kim", ""),
        (17, "Lan Kim", "Kim", "guardian's signature missing for Kim"),
        (17, "", "Kim", "guardian's signature missing for Kim"),
        (17, "", "", "guardian's signature missing for Kim"),
        (17, "", "Lan Kim", "guardian's signature missing for Kim"),
        (9, "", "Bob Brown", "guardian's signature missing for Kim"),
        (9, "Lan Kim", "Bob Brown", "guardian's signature missing for Kim"),
        (9, "", "Bob Brown, her father", ""),
        (9, "Lan Kim", "Bob Brown (guardian)", ""),
        (9, "Lan Kim", "", ""),
        (18, "", "Kim", ""),
        (0, "", "Kim", ""),
    ],
)
def test_a_young_contributor_needs_the_guardian(age, guardian, signer, why):
    made = book(
        story(contributor=Contributor(name="Kim", age=age, guardian=guardian), permission=agreement(signer=signer))
    )
    assert whys(made)["tree/text"] == why
    assert codes(made) == (["MB308"] if why and not guardian else [])


@pytest.mark.parametrize(
    ("kind", "reason", "clear"),
    [
        ("lyric", "fair use", False),
        ("lyric", "only a short line", False),
        ("lyric", "public domain (1867)", True),
        ("prose", "fair use", True),
    ],
)
def test_lyrics_are_never_fair_use(kind, reason, clear):
    terms = agreement(status="not_needed", reason=reason)
    made = book(story(quotes=(quote(kind=kind, text="I ran", permission=terms),)))
    assert items(made, None, TODAY)[0][1].clear is clear


def test_the_clock_is_never_asked():
    terms = agreement(expires="2020-01-01", requested="", granted="")
    assert whys(book(story(permission=terms)), today="2019-12-31")["tree/text"] == ""
    assert whys(book(story(permission=terms)), today="2020-01-02")["tree/text"] == "expired 2020-01-01"


def test_not_needed_counts_as_clear_and_says_so():
    made = book(
        story(permission=agreement(status="not_needed", reason="our own text")), story("b", permission=Agreement())
    )
    found, _ = items(made, None, TODAY)
    assert [(item.status, item.clear) for item in found] == [("not_needed", True), ("to_request", False)]


@pytest.mark.parametrize(
    ("terms", "date", "severities"),
    [
        (agreement(granted="2026-03-16"), TODAY, [WARNING]),
        (agreement(granted=TODAY), TODAY, []),
        (agreement(granted="2062-03-16"), "", []),
        (agreement(granted="2026-03-16", requested="2026-03-17"), TODAY, [WARNING, ""]),
        (agreement(granted="2026-03-16", status="requested"), TODAY, []),
    ],
)
def test_granted_after_the_book_s_date(terms, date, severities):
    _, findings = items(book(story(permission=terms), date=date), None, date)
    assert [finding.code for finding in findings] == ["MB302"] * len(severities)
    assert [finding.severity for finding in findings] == severities
    assert all(finding.place == terms.at("granted") for finding in findings)


def test_an_anonymous_contributor_is_looked_up_in_the_index():
    hidden = story(title="Salt", contributor=Contributor(name="Jane Roe", anonymous=True), permission=Agreement())
    assert items(book(hidden), None, TODAY)[0][0].next_step == "ask the contributor of “Salt”; the name is in the index"
    assert "Roe" not in repr(gate(items(book(hidden), None, TODAY)[0], "final"))


def test_a_term_that_ended_wants_a_new_one():
    terms = agreement(expires="2026-03-10")
    assert items(book(story(permission=terms)), None, TODAY)[0][0].next_step == "ask Ana Example for a new term"
    both = agreement(expires="2026-03-10", formats=("print",))
    assert items(book(story(permission=both)), None, TODAY)[0][0].next_step == "ask Ana Example for more"


# ---- evidence


@pytest.fixture
def folder(tmp_path: Path) -> BookFolder:
    (tmp_path / "stories/releases").mkdir(parents=True)
    (tmp_path / "stories/releases/ana-2026.pdf").write_bytes(b"%PDF signed")
    (tmp_path / "stories/releases/empty.pdf").write_bytes(b"")
    (tmp_path / "stories/releases/blank.txt").write_bytes(b" \n\n")
    (tmp_path / "stories/releases/big.pdf").write_bytes(b"x" * 10_000)
    return BookFolder(tmp_path)


@pytest.mark.parametrize(
    ("evidence", "why", "finding"),
    [
        ("releases/ana-2026.pdf", "", []),
        ("releases/big.pdf", "", []),
        ("releases/empty.pdf", "evidence is empty: releases/empty.pdf", ["MB304"]),
        ("releases/blank.txt", "evidence is empty: releases/blank.txt", ["MB304"]),
        ("releases/gone.pdf", "evidence missing: releases/gone.pdf", ["MB304"]),
        ("", "no evidence filed", ["MB304"]),
        ("../../etc/passwd", "evidence cannot be read: ../../etc/passwd", ["MB002"]),
        ("releases", "evidence cannot be read: releases", ["MB005"]),
    ],
)
def test_evidence(folder, evidence, why, finding):
    terms = agreement(evidence=evidence)
    made = book(story(permission=terms, photos=(photo(permission=terms),)))
    found, findings = items(made, folder, TODAY)
    assert [item.why for item in found] == [why, why]
    assert [f.code for f in findings] == finding
    assert all(f.place == terms.at("evidence" if evidence else "status") for f in findings)


def test_the_hash_of_the_evidence_is_kept(folder):
    found, _ = items(book(), folder, TODAY)
    assert found[0].evidence == "stories/releases/ana-2026.pdf"
    assert found[0].evidence_sha256 == hashlib.sha256(b"%PDF signed").hexdigest()
    assert folder.read["stories/releases/ana-2026.pdf"] == found[0].evidence_sha256


def test_evidence_of_what_is_not_granted_is_not_looked_for(folder):
    found, findings = items(
        book(story(permission=agreement(status="requested", evidence="releases/gone.pdf"))), folder, TODAY
    )
    assert (found[0].evidence, findings) == ("", [])


# ---- words and dates that mean nothing


@pytest.mark.parametrize(
    ("terms", "expected", "field"),
    [
        (agreement(), [], ""),
        (agreement(granted="2026-03-01"), ["MB302"], "granted"),
        (agreement(granted="2026-03-02"), [], ""),
        (agreement(expires="2026-03-08"), ["MB302"], "expires"),
        (agreement(territory="Narnia"), ["MB303"], "territory"),
        (agreement(territory="US and Canada, the UK"), [], ""),
        (agreement(languages=("English",)), ["MB303"], "languages"),
        (agreement(languages=("en", "pt-BR")), [], ""),
        (agreement(formats=("print", "ebok")), ["MB303"], "formats"),
        (agreement(status="not_needed"), ["MB305"], "status"),
        (agreement(status="not_needed", reason="public domain"), [], ""),
    ],
)
def test_bad_words_are_found_at_their_line(terms, expected, field):
    places = {name: Place("stories/index.yaml", line) for line, name in enumerate(terms.places, 200)}
    places.setdefault(field, Place("stories/index.yaml", 300))
    terms = replace(terms, places=places)
    _, findings = items(book(story(permission=terms, photos=(photo(permission=terms, credit=""),))), None, TODAY)
    assert [finding.code for finding in findings] == expected
    assert [finding.place for finding in findings] == [places[field]] * len(expected)


@pytest.mark.parametrize(
    ("editions", "expected"),
    [(Editions(territory="Mordor"), ["MB303"]), (Editions(languages=("English",)), ["MB303"]), (Editions(), [])],
)
def test_bad_words_of_the_editions(editions, expected):
    assert codes(book(story(permission=agreement(languages=("all",))), editions=editions)) == expected


def test_credit_that_differs_from_the_one_demanded():
    demanded = agreement("ben", signer="Ben Example", credit="© Ben Example 2026")
    assert codes(book(story(photos=(photo(permission=demanded),)))) == ["MB306"]
    for credit in ("© Ben Example 2026", ""):
        assert codes(book(story(photos=(photo(permission=demanded, credit=credit),)))) == []


def test_stock_photo_without_a_limit():
    assert codes(book(story(photos=(photo(stock=True),)))) == ["MB307"]
    capped = photo(stock=True, permission=agreement(print_run_cap=250_000))
    assert codes(book(story(photos=(capped,)), editions=Editions(print_run=1000))) == []
    assert codes(book(story(photos=(photo(),)))) == []


def test_release_signed_by_somebody_else():
    shown = Person(name="Joe Runner", permission=agreement())
    assert codes(book(story(photos=(photo(people=(shown,)),)))) == ["MB309"]
    own = Person(name="Ana", permission=agreement())
    assert codes(book(story(photos=(photo(people=(own,)),)))) == []


@pytest.mark.parametrize(
    ("contributor", "signer", "fires"),
    [
        (Contributor(name="Ana Example"), "Bob Brown", True),
        (Contributor(name="Ana Example", byline="Annie"), "Annie", False),
        (Contributor(name="Ana Example"), "A. Example", False),
        (Contributor(name="Ana Example"), "Ana Example and Inés Example", False),
        (Contributor(name="Ana Example"), "Ana M. Example", False),
        (Contributor(name="Ana Example"), "Otto Example", True),
        (Contributor(name="Zoë Nguyễn"), "Zoe Nguyen", False),
        (Contributor(name="Ana Example", guardian="Bob Brown"), "Bob Brown", False),
        (Contributor(name="Ana Example"), "Bob Brown, agent", False),
        (Contributor(name="Ana Example"), "Bob Brown for the estate", False),
        (Contributor(name="Ana Example"), "", False),
        (Contributor(), "Bob Brown", False),
    ],
)
def test_a_text_signed_for_by_a_stranger(contributor, signer, fires):
    made = book(story(contributor=contributor, permission=agreement(signer=signer)))
    found, findings = items(made, None, TODAY)
    assert [finding.code for finding in findings] == (["MB309"] if fires else [])
    assert found[0].clear
    if fires:
        assert signer in findings[0].message
        assert contributor.name in findings[0].message
        assert findings[0].place == made.stories[0].permission.at("signer")


def test_only_a_grant_can_come_from_a_stranger():
    asked = story(permission=agreement(status="requested", signer="Bob Brown"))
    assert codes(book(asked)) == []


def test_a_stranger_s_signature_tells_no_withheld_name():
    hidden = Contributor(name="Jane Roe", anonymous=True)
    (finding,) = items(book(story(contributor=hidden, permission=agreement(signer="Bob Brown"))), None, TODAY)[1]
    assert "Roe" not in finding.message + finding.hint
    assert "Bob Brown" in finding.message


# ---- what an open item stops


@pytest.mark.parametrize("mode", ["draft", "proof", "check", "without-uncleared", "final", "export"])
def test_gate(mode):
    made = books(
        [
            [story("a"), story("b", permission=agreement(status="requested"))],
            [story("c", permission=agreement(status="refused")), story("d", permission=agreement(status="withdrawn"))],
        ]
    )
    found = items(made, None, TODAY)[0]
    findings = gate(found, mode)
    stops = ERROR if mode in ("final", "export") else WARNING
    assert [(f.code, f.severity) for f in findings] == [("MB300", stops), ("MB301", ERROR), ("MB301", ERROR)]
    assert "Ana Example" in findings[0].message
    assert "no answer yet" in findings[0].message
    assert gate([item for item in found if item.clear], mode) == []


def test_one_changed_letter_refuses_with_its_line():
    clear = book(story(permission=agreement(territory="world")))
    assert gate(items(clear, None, TODAY)[0], "final") == []
    changed = book(story(permission=agreement(territory="worl")))
    findings = gate(items(changed, None, TODAY)[0], "final")
    assert [(f.code, f.severity, f.place.line) for f in findings] == [("MB300", ERROR, 50)]


def test_every_code_that_is_reported_has_a_row():
    assert {f"MB{number}" for number in range(300, 315)} <= set(CODES)


# ---- words for parts of the world


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("US", {"US"}),
        ("United States of America", {"US"}),
        ("u.s.a.", {"US"}),
        ("US and Canada", {"US", "CA"}),
        ("Trinidad and Tobago", {"TT"}),
        ("Antigua and Barbuda, Bosnia and Herzegovina", {"AG", "BA"}),
        ("the Netherlands; Belgium", {"NL", "BE"}),
        ("Benelux", {"NL", "BE", "LU"}),
        ("Côte d’Ivoire", {"CI"}),
        ("Polska", {"PL"}),
    ],
)
def test_territories(written, codes):
    assert countries(written) == codes


def test_the_world_and_what_is_not_in_it():
    world = countries("worldwide")
    assert world is not None
    assert len(world) == 250
    assert countries("world except France") == world - {"FR"}
    for word in ("Narnia", "worl", "", "US and Narnia", "world except Narnia"):
        assert countries(word) is None


@pytest.mark.parametrize(
    ("own", "address", "clear"),
    [
        ((), "https://runners.example.org/1", False),
        (("runners.example.org",), "https://runners.example.org/1", True),
        (("runners.example.org",), "https://www.Runners.example.org/1#comment-2", True),
        (("www.runners.example.org",), "http://runners.example.org", True),
        (("example.org",), "https://runners.example.org/1", True),
        (("https://runners.example.org/",), "https://runners.example.org/1", True),
        (("runners.example.org/blog",), "https://runners.example.org/blog/7", True),
        (("runners.example.org/blog",), "https://runners.example.org/blogger/7", False),
        (("runners.example.org",), "https://notrunners.example.org/1", False),
        (("runners.example.org",), "https://runners.example.org.evil.example/1", False),
        (("",), "https://runners.example.org/1", False),
        (("runners.example.org",), "http://[", False),
    ],
)
def test_a_site_of_our_own_needs_no_reprint_permission(own, address, clear):
    made = book(story(source=Source(published=address)), own_sites=own)
    item = next(item for item in items(made, None, TODAY)[0] if item.kind == "reprint")
    assert item.clear is clear
    assert item.status == ("not_needed" if clear else "to_request")
    assert (
        item.terms.reason == f"published on our own site, {address.split('/')[2].lower().partition('#')[0]}"
    ) is clear


def test_what_is_written_down_about_a_site_of_our_own_counts():
    place = {"permission": Place("stories/index.yaml", 3, 3)}
    source = Source(published="https://runners.example.org/1", permission=agreement(status="refused"), places=place)
    item = next(
        i
        for i in items(book(story(source=source), own_sites=("runners.example.org",)), None, TODAY)[0]
        if i.kind == "reprint"
    )
    assert item.status == "refused"


@pytest.mark.parametrize(
    ("signer", "said"),
    [
        ("Kate", "signed by “Kate”, who seems to be Katherine Harden"),
        ("Kate Harden", "signed by “Kate Harden”, who seems to be Katherine Harden"),
        ("K. Harden", "signed by “K. Harden”"),
        ("Harden", "signed by “Harden”"),
        ("Katherine Harden", ""),
        ("KATHERINE  HARDEN", ""),
        ("Tom Harden", "guardian's signature missing for Kid"),
        ("Kid Harden", "guardian's signature missing for Kid"),
        ("Kate Other", "guardian's signature missing for Kid"),
    ],
)
def test_a_guardian_under_a_shorter_name(signer, said):
    kid = Contributor(name="Kid Harden", age=12, guardian="Katherine Harden")
    (item,) = items(book(story(contributor=kid, permission=agreement(signer=signer))), None, TODAY)[0]
    assert item.why.startswith(said)
    assert item.clear is not bool(said)
    if "seems" in said:
        assert (
            item.next_step
            == "if it is the same person, write signer: Katherine Harden; if not, get the guardian's signature"
        )


def test_a_withheld_guardian_s_name_is_in_no_reason():
    kid = Contributor(name="Kid Harden", age=12, guardian="Katherine Harden", anonymous=True)
    (item,) = items(book(story(contributor=kid, permission=agreement(signer="Kate Harden"))), None, TODAY)[0]
    assert item.why == "guardian's signature missing for Anonymous"
    assert "Harden" not in f"{item.why} {item.next_step} {item.signer} {item.label}"


def test_a_withdrawn_contributor_is_named_in_no_finding_who_is_to_be_anonymous():
    hidden = Contributor(name="Jane Roe", anonymous=True)
    gone = story("road", contributor=hidden, status="cut", permission=agreement(status="withdrawn"))
    made = replace(book(story(photos=(photo(caption="The road that Jane Roe ran."),))), unselected=(gone,))
    found = [finding for finding in items(made, None, TODAY)[1] if finding.code == "MB322"]
    assert [finding.message for finding in found] == [
        "a caption of “The Tree at the Corner” names Anonymous (name withheld), who has withdrawn or refused"
    ]
