"""Bylines and credits as agreed, and names that must not be printed."""

from __future__ import annotations

import pytest
from permission_books import agreement, book, photo, quote, story, text

from milebook.model.book import BookInfo, Contributor, Source
from milebook.permissions.bylines_and_credits import (
    agreed_credits,
    anonymous,
    attribution_form,
    byline,
    credit_line,
    credit_placement,
    printed_name,
    withheld,
)
from milebook.permissions.privacy import names_leaked

TEMPLATE = BookInfo().byline
ANA = {"name": "Ana Example", "age": 32, "location": "St. Louis, MO"}


@pytest.mark.parametrize(
    ("template", "who", "printed"),
    [
        (TEMPLATE, ANA, "Ana Example, 32, St. Louis, MO"),
        (TEMPLATE, ANA | {"byline": "Ana E."}, "Ana E., 32, St. Louis, MO"),
        (TEMPLATE, ANA | {"age": 0}, "Ana Example, St. Louis, MO"),
        (TEMPLATE, ANA | {"location": ""}, "Ana Example, 32"),
        (TEMPLATE, {"name": "Ana Example"}, "Ana Example"),
        (TEMPLATE, {"location": "St. Louis, MO"}, ""),
        (TEMPLATE, ANA | {"anonymous": True, "byline": "Ana E."}, "Anonymous"),
        ("{name} ({age}), {location}", ANA, "Ana Example (32), St. Louis, MO"),
        ("{name} ({age}), {location}", ANA | {"age": 0}, "Ana Example, St. Louis, MO"),
        ("{name} ({age}), {location}", {"name": "Ana"}, "Ana"),
        ("{name} ({age}, {location})", ANA | {"age": 0}, "Ana Example (St. Louis, MO)"),
        ("{name} ({age}, {location})", ANA | {"location": ""}, "Ana Example (32)"),
        ("{name} ({age}, {location})", {"name": "Ana"}, "Ana"),
        ("{name}, {age} years, {location}", ANA | {"age": 0}, "Ana Example, St. Louis, MO"),
        ("{name}, age {age} — {location}", ANA | {"age": 0}, "Ana Example — St. Louis, MO"),
        ("{name} — {location}", {"name": "Ana"}, "Ana"),
        ("by {name} of {location}", {"name": "Ana"}, "by Ana"),
        ("{location}: {name}", {"name": "Ana"}, "Ana"),
        ("{age}, {location} - {name}", {"name": "Ana"}, "Ana"),
        ("From {location}: {name}", ANA, "From St. Louis, MO: Ana Example"),
        ("{location}", {"name": "Ana"}, ""),
        ("{name}, {town}", {"name": "Ana"}, "Ana"),
        ("{name}", {"name": "Nguyễn Thị Minh"}, "Nguyễn Thị Minh"),
    ],
)
def test_byline(template, who, printed):
    assert byline(Contributor(**who), template) == printed


@pytest.mark.parametrize(
    ("language", "word"),
    [("en-US", "Anonymous"), ("de", "Anonym"), ("fr-CA", "Anonyme"), ("pl", "Anonim"), ("vi", "Ẩn danh"), ("pt-BR", "Anônimo"),
     ("pt", "Anónimo"), ("tlh", "Anonymous"), ("", "Anonymous")],
)  # fmt: skip
def test_anonymous_in_other_languages(language, word):
    assert anonymous(language) == word
    assert byline(Contributor(name="Ana Example", anonymous=True), TEMPLATE, language) == word


@pytest.mark.parametrize(
    ("who", "form", "hidden"),
    [
        ({"name": "Ana Example"}, "full name", False),
        ({"name": "Ana Example", "byline": "Ana Example"}, "full name", False),
        ({"name": "Ana Example", "byline": "Ana"}, "first name", False),
        ({"name": "Ana Example", "byline": "Ana", "location": "Ohio"}, "first name and town", False),
        ({"name": "Ana Example", "byline": "A. E."}, "initials", True),
        ({"name": "Ana Example", "byline": "A.E."}, "initials", True),
        ({"name": "Ana Example", "byline": "Ana E."}, "as given", False),
        ({"name": "Ana Example", "byline": "Miles Away"}, "as given", True),
        ({"name": "Ana Example", "byline": "Ana Away", "pseudonym": True}, "pseudonym", True),
        ({"name": "Ana Example", "anonymous": True}, "anonymous", True),
    ],
)
def test_form_agreed(who, form, hidden):
    assert attribution_form(Contributor(**who)) == form
    assert withheld(Contributor(**who)) is hidden


def test_nobody_is_nobody():
    assert printed_name(Contributor()) == ""
    assert not withheld(Contributor())


def test_credits_in_the_wording_and_place_demanded():
    plain = photo()
    demanded = photo(permission=agreement("b", credit="© Ben  Example,  2026", credit_placement="copyright"))
    odd = photo(permission=agreement("c", credit="Ben", credit_placement="everywhere"))
    assert [credit_line(p) for p in (plain, demanded, odd)] == ["Photo by Ben Example", "© Ben  Example,  2026", "Ben"]
    assert [credit_placement(p) for p in (plain, demanded, odd)] == ["caption", "copyright", "caption"]


def test_credits_of_words_and_photos_go_where_they_are_wanted():
    made = book(
        story(
            quotes=(
                quote(permission=agreement("q", credit="Words © River House")),
                quote(permission=agreement("q2", credit="Poem by permission", credit_placement="copyright")),
            ),
            source=Source(permission=agreement("m", credit="First in The Mile", credit_placement="caption")),
            photos=(
                photo(permission=agreement("p", credit="© Ben", credit_placement="copyright")),
                photo(path="", permission=agreement("p2", credit="© Lost", credit_placement="copyright")),
                photo(permission=agreement("p3", credit="© Caption")),
                photo(permission=agreement("p4", credit="© In the list", credit_placement="credits")),
            ),
        ),
        story("again", quotes=(quote(permission=agreement("q", credit="Words © River House")),)),
    )
    title = "The Tree at the Corner"
    assert agreed_credits(made, "copyright") == [(title, "© Ben"), (title, "Poem by permission")]
    assert agreed_credits(made, "credits") == [(title, "First in The Mile"), (title, "Words © River House")]
    assert agreed_credits(made, "caption") == []


# ---- names and addresses that must not be printed

HIDDEN = Contributor(name="Ana Maria Example", anonymous=True, email="ana@example.org")


def leaks(**fields):
    return [
        f.code for f in names_leaked(book(story(**({"contributor": HIDDEN, "permission": agreement("a1")} | fields))))
    ]


@pytest.mark.parametrize(
    ("fields", "codes"),
    [
        ({}, []),
        ({"text": text("My name is Ana Maria Example.")}, ["MB310"]),
        ({"text": text("ANA EXAMPLE crossed the line.")}, ["MB310"]),
        ({"text": text("“Mrs. Example,” they said.")}, ["MB310"]),
        ({"text": text("Counterexample is another word, and Ana is a common name.")}, []),
        ({"title": "Ana Example Runs"}, ["MB310"]),
        ({"photos": (photo(caption="Ana Example, left."),)}, ["MB310"]),
        ({"photos": (photo(credit="Photo: Ana Maria Example"),)}, ["MB310"]),
        ({"photos": (photo(alt="Ana Example runs", credit=""),)}, ["MB310"]),
        ({"photos": (photo(credit="", permission=agreement("p", credit="© Ana Example")),)}, ["MB310"]),
        ({"photos": (photo(credit="Photo by Joe"),)}, []),
        ({"permission": agreement("example-2026")}, ["MB310"]),
        ({"text": text("Write to ana@example.org now.")}, ["MB310", "MB311"]),
        ({"contributor": Contributor(name="Ana Example", email="a@b.example"), "text": text("Ana Example: a@b.example")},
         ["MB311"]),
        ({"contributor": Contributor(name="Ana Example"), "text": text("I am Ana Example.")}, []),
        ({"contributor": Contributor(name="Ana Example", byline="Miles Away", bio="Ana Example runs.")}, ["MB310"]),
        ({"contributor": Contributor(name="Ana Example", byline="Ana Away", pseudonym=True, bio="Ana Away runs.")}, []),
    ],
)  # fmt: skip
def test_names_leaked(fields, codes):
    assert leaks(**fields) == codes


def test_a_full_name_is_found_in_other_stories_and_a_surname_is_not():
    other = Contributor(name="Bo Other")
    made = book(
        story(contributor=HIDDEN, permission=agreement("a1")),
        story("b", contributor=other, text=text("I met Ana Example.", "An example.")),
    )
    findings = names_leaked(made)
    assert [(f.code, f.place.line) for f in findings] == [("MB310", 1)]
