"""Answers that come by mail: which letter a mail answers, what its words look like, and that nothing is granted."""

from __future__ import annotations

import email
from email.policy import default

import pytest
from permission_books import agreement, book, photo, story

from milebook.model.book import Agreement, Contributor
from milebook.model.draft import Stamp
from milebook.permissions import items
from milebook.permissions.answers.answer_words import CONDITION, NO, YES, answered, says_no, sentences_of_answer
from milebook.permissions.answers.answering_mails import Awaited, MailAnswer
from milebook.permissions.answers.withheld_names import asks_for_name, name_refused, withholds_name
from milebook.permissions.requests.letter_mail import to_eml
from milebook.permissions.requests.letters import letters

TODAY = "2026-03-15"
ANA = Contributor(name="Ana Example", email="ana@example.org")


def waiting_book(status="requested", **fields):
    terms = agreement("ana-2026", status=status, requested="2026-03-02", **fields)
    lamp = story("lamp", contributor=Contributor(name="Lou Lamp", email="lou@example.org"), permission=Agreement())
    return book(story(contributor=ANA, permission=terms, photos=(photo(permission=terms),)), lamp)


def message_id_of_the_letter(made) -> str:
    (letter, *_) = letters(made, items(made, None, TODAY)[0], "{items}", again=True, date="2026-03-02")
    data, _ = to_eml(letter, made, Stamp("0", "abc", "2026-03-02", 0))
    return str(email.message_from_bytes(data, policy=default)["Message-ID"])


def find(made, **mail) -> MailAnswer | None:
    return Awaited(made, items(made, None, TODAY)[0]).find(**mail)


def test_a_reply_is_known_by_the_id_of_the_letter():
    made = waiting_book()
    reference = message_id_of_the_letter(made)
    found = find(made, sender="ana@example.org", references=["<other@x.example>", reference])
    assert found is not None
    assert (found.whom, found.items, found.target, found.other_address) == (
        "Ana Example",
        ("tree/text", "tree/photo/1"),
        "ana-2026",
        False,
    )
    assert found.line() == "answers the letter to Ana Example of 2026-03-02 about 2 items"
    assert found.evidence("2026-03-25") == "releases/ana-2026-2026-03-25.eml"
    assert (
        found.evidence("2026-03-25", taken=["releases/ana-2026-2026-03-25.eml"]) == "releases/ana-2026-2026-03-25-2.eml"
    )
    assert found.command("2026-03-25", "releases/a.eml") == (
        "milebook permissions record ana-2026 --granted 2026-03-25 --evidence releases/a.eml"
    )
    other = find(made, sender="husband@example.org", references=[reference.strip("<>")])
    assert other is not None
    assert other.other_address


@pytest.mark.parametrize(
    ("mail", "known"),
    [
        ({"sender": "ana@example.org", "subject": "Re: Your permission for “A Mile”"}, True),
        ({"sender": "ANA@example.org", "subject": "AW: your permission for A MILE"}, True),
        ({"sender": "ana@example.org"}, False),  # no reply
        ({"sender": "ana@example.org", "subject": "Re: another story"}, False),
        ({"sender": "ana@example.org", "subject": "Re: A Milestone"}, False),
        ({"sender": "lou@example.org", "subject": "Re: Your permission for “A Mile”"}, False),  # was not asked
        ({"sender": "bob@example.org", "subject": "Re: Your permission for “A Mile”"}, False),
        ({"sender": "bob@example.org", "references": ["<x@y.example>"]}, False),
        ({"sender": ""}, False),
    ],
)
def test_other_mails_are_told_apart(mail, known):
    assert (find(waiting_book(), **mail) is not None) is known


@pytest.mark.parametrize("status", ["granted", "refused", "withdrawn", "to_request", "not_needed"])
def test_what_waits_for_nobody_is_answered_by_nothing(status):
    made = waiting_book(status, reason="ours")
    assert find(made, sender="ana@example.org", subject="Re: Your permission for “A Mile”") is None


def test_a_withheld_name_is_in_no_file_s_name():
    who = Contributor(name="Jane Roe", anonymous=True, email="jane@example.org")
    made = book(
        story(
            "road", contributor=who, permission=Agreement(signer="Jane Roe", status="requested", requested="2026-03-02")
        )
    )
    found = find(made, sender="jane@example.org", subject="Re: Your permission for “A Mile”")
    assert found is not None
    assert "jane" not in found.evidence("2026-03-25").casefold()
    assert "Jane" not in found.line()


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("I agree. Ana Example", [YES]),
        ("Yes, gladly!\nBut please use only my first name.", [YES, CONDITION]),
        ("No, I would rather not.", [NO]),
        ("I don’t want it printed.", [NO]),
        ("You may print it if you leave out the last line.", [YES, CONDITION]),
        ("Thank you for writing. The weather is lovely.", []),
        ("> Please answer. I agree.\nSee you soon.", []),
        ("The fee is $50 for each copy.", [CONDITION]),
    ],
)
def test_words_that_look_like_yes_no_or_a_condition(text, kinds):
    assert [one.kind for one in sentences_of_answer(text)] == kinds


@pytest.mark.parametrize(
    ("answer", "no"),
    [
        ("No", True), ("no.", True), ("Nope", True), ("Nein, danke", True), ("Non merci", True), ("Nie", True), ("Нет", True), ("0", True),
        ("FALSE", True), ("I'd rather you didn't", True), ("Not yet", True), ("", False), ("Yes", False), ("1", False), ("Ja", False),
        ("Yes, but not my name", False), ("I don’t mind", False), ("No problem!", False), ("No objections", False),
        ("Nichts dagegen", False), ("Yes. No changes, please.", False), ("Nora Quist", False),
        ("I do not agree", True), ("You may not print it", True), ("You may not use my name", False), ("I can't wait! Yes", False),
        ("Yes. I do not want to be paid.", False), ("Oui, mais sans mon nom", False),
    ],
)  # fmt: skip
def test_an_answer_that_looks_like_a_no(answer: str, no: bool) -> None:
    assert says_no(answer) == no
    assert says_no(answered(answer, "Do you not mind, no?")) == no


@pytest.mark.parametrize(
    ("answer", "so"),
    [
        ("Yes, but not my name", True), ("Yes, but don’t use my real name", True), ("Sure, without our names", True), ("Name withheld, please", True),
        ("Yes, keep my name out of it", True), ("Anonymously, yes", True), ("Ja, aber nicht meinen Namen", True), ("Meinen Namen bitte nicht nennen", True),
        ("Oui, mais pas mon nom", True), ("Sí, pero sin mi nombre", True), ("Sì, ma senza nome", True), ("Sim, mas sem o meu nome", True),
        ("Ja, maar zonder mijn naam", True), ("Tak, ale bez nazwiska", True), ("Yes", False), ("No", False), ("Yes, use my name", False),
        ("Yes, but not my last name", False), ("Yes, with no changes to my name", False), ("Yes, but not under my full name", False),
        ("Initials only", False), ("Yes, not anonymous", False), ("Ja, mit vollem Namen", False),
    ],
)  # fmt: skip
def test_an_answer_that_asks_to_leave_the_name_out(answer: str, so: bool) -> None:
    assert withholds_name(answer) == so
    assert withholds_name(answered(answer, "May we print it without your name?")) == so


@pytest.mark.parametrize(
    ("question", "about"),
    [("May we print your name?", True), ("Dürfen wir Ihren Namen nennen?", True), ("May we print your story and name?", False), ("May we print it?", False)],
)  # fmt: skip
def test_a_question_about_the_name_alone(question: str, about: bool) -> None:
    assert asks_for_name(question) == about
    assert name_refused(question, "No") == about
    assert not name_refused(question, "Yes")
