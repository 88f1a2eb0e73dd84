"""Stories sent by pressing "Reply" on the compilers' call, and mails that look like answers and are none."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

import pytest
from bookmaking import make_book, story
from mails import mail, mailbox, story_text

from milebook.app.import_stories import ImportRequest, import_stories
from milebook.intake.plan import PlanItem

AN_ANSWER = "sent as an answer to another mail"
BORROWED = "the title is taken from the subject of the mail it answers"
FIRST_LINE = "the title is the first line of the text"
SIGNATURES = ("-- \nBen Berg\n12 Mill Lane\n555-0100", "--\nBen Berg\n555-0100", "Sent from my iPhone", "Sent from my iPhone\nGet Outlook for iOS")  # fmt: skip
SHORT = " ".join(story_text(3).split()[:32])


def planned(tmp_path: Path, *mails: EmailMessage) -> list[PlanItem]:
    contact = {"name": "Ada Example", "email": "ada@example.com"}
    chapters = [{"id": "one", "title": "One", "stories": ["a"]}]
    book = make_book(tmp_path / "book", [story("a", "Words of a first story.\n")], chapters, contact=contact)
    box = tmp_path / "box.mbox"
    box.write_bytes(mailbox(mails))
    done = import_stories(book, ImportRequest((box,)))
    assert done.findings == []
    return done.plan.items


def the_call() -> EmailMessage:
    ours = mail(1, story_text(1), "Call for stories")
    ours.replace_header("From", "Ada <ada@example.com>")
    return ours


@pytest.mark.parametrize("signature", SIGNATURES)
@pytest.mark.parametrize("text", [SHORT, story_text(4)])
def test_a_signature_makes_no_answer(tmp_path: Path, text: str, signature: str) -> None:
    (item,) = planned(tmp_path, mail(2, f"{text}\n\n{signature}\n", "The Oak"))
    assert (item.verdict, item.title) == ("new", "The Oak"), item.why
    assert AN_ANSWER not in item.notes
    assert item.found.cuts == [signature]


@pytest.mark.parametrize("signature", ["", *SIGNATURES[:1]])
def test_a_quotation_makes_an_answer(tmp_path: Path, signature: str) -> None:
    below = f"{signature}\n\nOn Mon, May 26, 2025 at 10:15 PM Ada <ada@example.com> wrote:\n\n> Send us\n> a story\n"
    short, long = planned(
        tmp_path, mail(2, f"{SHORT}\n\n{below}", "Oak"), mail(3, f"{story_text(4)}\n\n{below}", "Elm")
    )
    assert (short.verdict, short.why) == ("reply", "a short answer to a mail")
    assert long.verdict == "new"
    assert AN_ANSWER in long.notes
    assert long.title == "Elm"
    assert BORROWED not in long.notes


@pytest.mark.parametrize("greeting", ["", "Dear Ada,\n\n"])
@pytest.mark.parametrize("with_the_call", [True, False])
def test_a_title_in_the_text_goes_before_our_subject(tmp_path: Path, greeting: str, with_the_call: bool) -> None:
    sent = mail(
        2, f"{greeting}The Wrong Shoes\n\n{story_text(2)}", "Re: call for stories", In_Reply_To="<m1@example.org>"
    )
    item = planned(tmp_path, *([the_call()] if with_the_call else []), sent)[-1]
    assert (item.verdict, item.title, item.id) == ("new", "The Wrong Shoes", "the-wrong-shoes")
    assert FIRST_LINE in item.notes
    assert BORROWED not in item.notes
    assert "Wrong Shoes" not in item.text
    assert item.text.count("\n\n") == f"{greeting}{story_text(2)}".count("\n\n")


@pytest.mark.parametrize(
    "opening",
    ["", "Dear Ada,", "Here is the story I told you about", "Thanks for asking", "As promised", "It was late, and the ladder fell."],
)  # fmt: skip
def test_our_subject_stays_where_the_text_has_no_title(tmp_path: Path, opening: str) -> None:
    item = planned(tmp_path, mail(2, f"{opening}\n\n{story_text(2)}", "Re: call for stories"))[-1]
    assert (item.verdict, item.title) == ("new", "call for stories")
    assert BORROWED in item.notes
    assert item.text.startswith(opening or story_text(2)[:20])


def test_a_subject_of_its_own_is_the_title(tmp_path: Path) -> None:
    """Without "Re:", or with one that the mail it answers does not have."""
    text = f"The Wrong Shoes\n\n{story_text(2)}"
    answered = mail(3, f"The Long Way\n\n{story_text(5)}", "Re: The Oak", In_Reply_To="<m1@example.org>")
    items = planned(tmp_path, the_call(), mail(2, text, "The Elm"), answered)
    assert [item.title for item in items[1:]] == ["The Elm", "The Oak"]
    assert not any({BORROWED, FIRST_LINE} & set(item.notes) for item in items)
    assert "Wrong Shoes" in items[1].text


def test_a_reply_keeps_its_subject_and_its_words(tmp_path: Path) -> None:
    item = planned(tmp_path, mail(2, "So good to hear\n\nWe all laughed at it here.", "Re: The Oak"))[-1]
    assert (item.verdict, item.title) == ("reply", "The Oak")
    assert item.text.startswith("So good to hear")


@pytest.mark.parametrize("inner", ["for your brother's book", "Fwd: for your brother's book"])
def test_a_title_in_a_forwarded_text_goes_before_the_forward_s_subject(tmp_path: Path, inner: str) -> None:
    head = f"---------- Forwarded message ---------\nFrom: Zoe Ueda <zoe@example.org>\nDate: Mon, 1 Jan 2024\nSubject: {inner}\nTo: Ana\n\n"
    (item,) = planned(tmp_path, mail(2, f"{head}The Long Way\n\n{story_text(5)}", "Fwd: for your brother's book"))
    assert (item.title, item.found.name) == ("The Long Way", "Zoe Ueda")
    assert not item.text.startswith("The Long Way")
    assert FIRST_LINE in item.notes


def test_a_forward_without_a_title_in_its_text_keeps_its_subject(tmp_path: Path) -> None:
    head = "---------- Forwarded message ---------\nFrom: Zoe Ueda <zoe@example.org>\nSubject: The Oak\nDate: Mon, 1 Jan 2024\nTo: Ana\n\n"
    (item,) = planned(tmp_path, mail(2, f"{head}{story_text(5)}", "Fwd: The Oak"))
    assert item.title == "The Oak"
    assert "the title is taken from the subject of the mail that was forwarded" in item.notes


@pytest.mark.parametrize(
    "asked", ["Please change it to this.", "Please replace mine by this one.", "please correct the place"]
)
def test_a_request_to_change_makes_a_correction(tmp_path: Path, asked: str) -> None:
    text = story_text(4)
    changed = text.replace(text.split()[5], "Savannah", 1)
    second = mail(5, f"{asked}\n\n{changed}", "The Oak")
    first = mail(4, text, "The Oak")
    second.replace_header("From", first["From"])
    items = planned(tmp_path, first, second)
    assert [item.verdict for item in items] == ["new", "correction"], items[1].why
