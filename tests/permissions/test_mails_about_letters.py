"""Mails that come back about permission letters, through `milebook import`: answers of every kind, forms, bounces, automatic replies."""

from __future__ import annotations

import email
import json
from email.message import EmailMessage
from email.policy import SMTP, default
from pathlib import Path

import pytest
from permission_folders import book_folder, fill_form, index_text, milebook, permissions

INDEX = """\
book:
  title: A Mile
  authors: [Ada Editor]
  date: 2026-03-15
  contact: {name: Ada Editor, email: ada@example.org}
chapters:
  - {id: one, title: One, stories: [tree, road]}
stories:
  - id: tree
    title: The Tree
    status: selected
    contributor: {name: Ana Ruiz, email: ana@example.org}
    photos:
      - file: photos/a.jpg
        alt: A tree.
        credit: Photo by Ana Ruiz
        people: [{name: Cal, minor: true, guardian: Ana Ruiz}]
  - id: road
    title: The Road
    status: selected
    contributor: {name: Jane Roe, anonymous: true, email: jane@example.org}
"""
IDS = ("tree/text", "tree/photo/1", "tree/photo/1/person/1")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> Path:
    (tmp_path / "book").mkdir()
    made = book_folder(tmp_path / "book", monkeypatch, INDEX, stories=("tree", "road"), photos="a")
    assert permissions(capsys, "request")[0] == 0
    return made


class Sent:
    """One of the letters as it was sent."""

    def __init__(self, root: Path, name: str = "ana-ruiz") -> None:
        stem = root / f"build/letters/2026-03-20-{name}"
        self.bytes = stem.with_name(f"{stem.name}.eml").read_bytes()
        self.mail = email.message_from_bytes(self.bytes, policy=default)
        body = self.mail.get_body()
        assert body is not None
        self.text = body.get_content()
        self.quoted = "\n".join(f"> {line}" for line in self.text.splitlines())
        self.id = str(self.mail["Message-ID"])
        self.subject = str(self.mail["Subject"])
        self.form = stem.with_name(f"{stem.name}-form.pdf").read_bytes()


def answer(
    text: str, subject: str, reference: str = "", sender: str = "Ana Ruiz <ana@example.org>", **headers: str
) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "ada@example.org", subject
    mail["Date"], mail["Message-ID"] = "Wed, 25 Mar 2026 10:00:00 -0600", "<answer@x.example>"
    if reference:
        mail["In-Reply-To"] = reference
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def imported(capsys, root: Path, mail: EmailMessage | bytes, *options: str) -> dict:
    path = root.parent / "mail.eml"
    path.write_bytes(mail if isinstance(mail, bytes) else mail.as_bytes(policy=SMTP))
    status, out, err = milebook(capsys, "import", str(path), "--json", *options)
    assert status == 0, err
    (item,) = json.loads(out)["items"]
    return item


def looks(item: dict) -> list[str]:
    return [
        note.partition(":")[0].removeprefix("looks like ") for note in item["notes"] if note.startswith("looks like ")
    ]


WROTE = "On Fri, Mar 20, 2026 at 9:00 AM Ada Editor <ada@example.org> wrote:\n{quoted}\n"


@pytest.mark.parametrize(
    ("text", "subject", "found"),
    [
        ("I agree. Ana Ruiz\n\n" + WROTE, "Re: {subject}", ["yes"]),
        (WROTE + "\nYes to all of it.\nBut please print my name as Ana Vega.", "Re: {subject}", ["yes", "condition"]),
        ("Liebe Ada,\n\ngerne, aber bitte ohne das Foto.\n\nAm 20.03.2026 um 09:00 schrieb Ada Editor:\n{quoted}", "AW: {subject}",
         ["yes", "condition"]),
        ("Nein, das möchte ich nicht.\n\n{quoted}", "AW: {subject}", ["no"]),
        ("Je suis d’accord.\nMais sans mon nom, merci.\n\nLe ven. 20 mars 2026 à 09:00, Ada Editor <ada@example.org> a écrit :\n{quoted}",
         "RE : {subject}", ["yes", "condition"]),
        ("Sí, estoy de acuerdo.\nPero sin mi apellido.\n\nEl vie, 20 mar 2026 a las 9:00, Ada Editor (<ada@example.org>) escribió:\n{quoted}",
         "RV: Re: {subject}", ["yes", "condition"]),
        ("Please find the form attached.", "Re: {subject}", []),
    ],
    ids=["above", "below with another name", "German", "German no", "French", "Spanish", "no word of it"],
)  # fmt: skip
def test_replies(root, capsys, text, subject, found):
    sent = Sent(root)
    item = imported(
        capsys, root, answer(text.format(quoted=sent.quoted), subject.format(subject=sent.subject), sent.id)
    )
    assert (item["verdict"], item["why"]) == ("answer", "answers the letter to Ana Ruiz of 2026-03-20 about 3 items")
    assert looks(item) == found
    said_no = ["if it says no: milebook permissions record ana-ruiz-2026 --status refused"] if "no" in found else []
    assert item["notes"][-2 - len(said_no) :] == [
        "kept as releases/ana-ruiz-2026-2026-03-25.eml",
        "if it says yes: milebook permissions record ana-ruiz-2026 --granted 2026-03-25 --evidence releases/ana-ruiz-2026-2026-03-25.eml",
        *said_no,
    ]


SIGNED = {
    "name": "Ana Ruiz",
    "date": "March 24",
    "signature": "Ana Ruiz",
    "edition_print": "Yes",
    "edition_ebook": "Yes",
}
ALL_YES = {f"item_{number}_yes": "Yes" for number in (1, 2, 3)}


def with_form(sent: Sent, form: bytes) -> EmailMessage:
    mail = answer("Please find the form attached.", f"Re: {sent.subject}", sent.id)
    mail.add_attachment(form, maintype="application", subtype="pdf", filename="form.pdf")
    return mail


@pytest.mark.parametrize(
    ("fields", "notes"),
    [
        (ALL_YES, ["its form says yes to tree/text, tree/photo/1, tree/photo/1/person/1"]),
        (ALL_YES | {"limits": "no ads", "edition_ebook": "Off"}, ["its form permits only print", "its form names limits: “no ads”"]),
        (ALL_YES | {"name_in_print": "Ana Vega"}, ["its form asks for another name in print: “Ana Vega”"]),
        (ALL_YES | {"item_3_yes": "Off"}, ["its form says neither yes nor no to tree/photo/1/person/1"]),
        (ALL_YES | {"signature": ""}, ["its form is not signed"]),
        (ALL_YES | {"item_3_yes": "Off", "item_3_no": "Yes"},
         ["its form says no to tree/photo/1/person/1",
          "for its yes: milebook permissions record ana-ruiz-2026 --granted 2026-03-25 --evidence "
          "releases/ana-ruiz-2026-2026-03-25.eml --only tree/text --only tree/photo/1",
          "for its no: milebook permissions record ana-ruiz-2026 --status refused --only tree/photo/1/person/1"]),
    ],
)  # fmt: skip
def test_the_form_that_comes_with_an_answer_is_read(root, capsys, fields, notes):
    sent = Sent(root)
    item = imported(capsys, root, with_form(sent, fill_form(sent.form, **(SIGNED | fields))))
    assert set(notes) <= set(item["notes"])
    assert item["verdict"] == "answer"


def test_a_form_signed_on_paper_is_said_to_be_blank(root, capsys):
    sent = Sent(root)
    item = imported(capsys, root, with_form(sent, sent.form))
    assert "no field of its form is filled in; it may be signed on paper" in item["notes"]


def test_the_kept_mail_is_evidence_and_its_form_is_compared(root, capsys):
    sent = Sent(root)
    before = index_text(root)
    form = fill_form(sent.form, **(SIGNED | ALL_YES | {"item_3_yes": "Off", "item_3_no": "Yes"}))
    imported(capsys, root, with_form(sent, form), "--apply")
    assert index_text(root) == before  # nothing is granted by a mail
    kept = "releases/ana-ruiz-2026-2026-03-25.eml"
    assert (root / "stories" / kept).is_file()
    words = ("record", "ana-ruiz-2026", "--granted", "2026-03-20", "--evidence", kept)
    status, _, err = permissions(capsys, *words)
    assert status == 0
    assert "warning[MB324]" in err
    assert "the form says no to tree/photo/1/person/1" in err
    milebook(capsys, "undo")
    status, _, err = permissions(capsys, *words, "--only", "tree/text", "--only", "tree/photo/1")
    assert (status, "MB324" in err) == (0, False)


def test_what_is_written_is_told_as_answers_kept(root, capsys):
    sent = Sent(root)
    path = root.parent / "mail.eml"
    path.write_bytes(answer("I agree. Ana Ruiz", f"Re: {sent.subject}", sent.id).as_bytes(policy=SMTP))
    out = milebook(capsys, "import", str(path))[1]
    assert "looks like yes: “I agree.”" in out
    assert "Repeat the command with --apply to keep the answer as evidence." in out
    out = milebook(capsys, "import", str(path), "--apply")[1]
    assert "1 answer was kept as evidence; nothing is granted by that." in " ".join(out.split())


# ---- what no person wrote


def bounce(sent: Sent, *, action: str = "failed", with_letter: bool = True, to: str = "ana@example.org") -> bytes:
    parts = [
        "From: Mail Delivery Subsystem <mailer-daemon@mail.example>", "To: ada@example.org", "Subject: Delivery Status Notification (Failure)",
        "Date: Fri, 20 Mar 2026 09:01:00 -0600", "Message-ID: <bounce@mail.example>", "Auto-Submitted: auto-replied", "MIME-Version: 1.0",
        'Content-Type: multipart/report; boundary="bb"; report-type=delivery-status', "", "--bb", "Content-Type: text/plain", "",
        "Your message was not delivered.", "", "--bb", "Content-Type: message/delivery-status", "",
        "Reporting-MTA: dns; mail.example", "", f"Final-Recipient: rfc822; {to}", f"Action: {action}", "Status: 5.1.1", "",
    ]  # fmt: skip
    head = sent.bytes.split(b"\r\n\r\n", 1)[0] if with_letter else b""
    letter = b"--bb\r\nContent-Type: text/rfc822-headers\r\n\r\n" + head + b"\r\n\r\n" if with_letter else b""
    return "\r\n".join(parts).encode() + letter + b"--bb--\r\n"


NOT_DELIVERED = (
    "the letter to Ana Ruiz of 2026-03-20 could not be delivered; write down another address: "
    'milebook permissions record "Ana Ruiz" --email ADDRESS, then milebook permissions request --again --to "Ana Ruiz"'
)


def test_a_letter_that_came_back(root, capsys):
    sent = Sent(root)
    assert imported(capsys, root, bounce(sent))["why"] == NOT_DELIVERED
    assert imported(capsys, root, bounce(sent, with_letter=False))["why"] == NOT_DELIVERED
    assert imported(capsys, root, bounce(sent))["verdict"] == "skipped"
    assert "has not been delivered yet" in imported(capsys, root, bounce(sent, action="delayed"))["why"]


def test_a_bounce_of_another_mail_is_no_letter_s(root, capsys):
    sent = Sent(root)
    other = imported(capsys, root, bounce(sent, with_letter=False, to="lou@example.org"))
    assert (other["verdict"], other["why"]) == ("skipped", "a report that a mail could not be delivered")


def test_a_bounce_names_nobody_who_is_withheld(root, capsys):
    sent = Sent(root, "anonymous-road")
    why = imported(capsys, root, bounce(sent, to="jane@example.org"))["why"]
    assert "the letter to Anonymous (name withheld) of 2026-03-20 could not be delivered" in why
    assert "Jane" not in why


def test_the_cure_for_a_letter_that_came_back_works(root, capsys):
    assert permissions(capsys, "record", "Ana Ruiz", "--email", "new@example.org")[0] == 0
    assert permissions(capsys, "request", "--again", "--to", "Ana Ruiz")[0] == 0
    assert "new@example.org" in str(Sent(root).mail["To"])


def test_an_automatic_reply_is_no_answer(root, capsys):
    sent = Sent(root)
    mail = answer(
        "I am away until Monday. I agree, that is long.",
        f"Automatic reply: {sent.subject}",
        sent.id,
        Auto_Submitted="auto-replied",
    )
    item = imported(capsys, root, mail)
    assert item["verdict"] == "skipped"
    assert item["why"] == "an automatic reply to the letter to Ana Ruiz of 2026-03-20: nobody has read it yet"
    other = answer("I am away until Monday.", "Automatic reply: your race", Auto_Submitted="auto-replied")
    assert imported(capsys, root, other)["why"] == "an automatic answer"


def test_an_answer_about_wider_terms(tmp_path, monkeypatch, capsys):
    """What is granted stays granted while more is asked for; the index need not say when it was asked for first."""
    (tmp_path / "book").mkdir()
    granted = "permission: {signer: Ana Ruiz, status: granted, granted: 2026-03-01, evidence: releases/ana.txt, formats: [print]}"
    index = INDEX.replace("    photos:\n", f"    {granted}\n    photos:\n", 1).replace(", email: jane@example.org", "")
    index = index[: index.index("    photos:\n")] + index[index.index("  - id: road") :]
    made = book_folder(tmp_path / "book", monkeypatch, index, stories=("tree", "road"), releases={"ana.txt": "Yes"})
    assert permissions(capsys, "request", "--to", "Ana Ruiz")[0] == 0
    assert "asked again on 2026-03-20" in index_text(made)
    assert "requested" not in index_text(made)
    sent = Sent(made)
    item = imported(capsys, made, answer("Yes, the e-book too.", f"Re: {sent.subject}", sent.id))
    assert item["verdict"] == "answer"
    assert item["why"].startswith("answers the letter to Ana Ruiz of 2026-03-20 about tree/text")


# ---- forwarded


FORWARD = (
    "{above}\n\n---------- Forwarded message ---------\nFrom: Ada Editor <ada@example.org>\nDate: Fri, Mar 20, 2026 at 9:00 AM\n"
    "Subject: {subject}\nTo: Ana Ruiz <ana@example.org>\n\n{text}"
)


@pytest.mark.parametrize(
    ("sender", "verdict", "found"),
    [("Ana Ruiz <ana@example.org>", "answer", ["yes", "condition"]), ("Tom <tom@example.org>", "ours", [])],
)
def test_a_letter_that_was_forwarded(root, capsys, sender, verdict, found):
    letter = Sent(root)
    text = FORWARD.format(above="I agree, but leave Cal out. Ana", subject=letter.subject, text=letter.text)
    item = imported(capsys, root, answer(text, f"Fwd: {letter.subject}", sender=sender))
    assert (item["verdict"], looks(item)) == (verdict, found)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Yes, but only in print.", "if it says yes, to print alone: milebook permissions record ana-ruiz-2026 --granted 2026-03-25 "
         "--evidence releases/ana-ruiz-2026-2026-03-25.eml --formats print"),
        ("Yes, in the printed book and the e-book only, no audiobook.", "--formats print,ebook"),
        ("Gerne, aber nur gedruckt. Ich freue mich.", "--formats print"),
        ("No, I would rather you did not.", "if it says no: milebook permissions record ana-ruiz-2026 --status refused"),
    ],
)  # fmt: skip
def test_what_to_type_for_a_no_and_for_some_formats_alone(root, capsys, text, typed):
    sent = Sent(root)
    item = imported(capsys, root, answer(text, f"Re: {sent.subject}", sent.id))
    assert any(note.startswith(typed) or note.endswith(typed) for note in item["notes"]), item["notes"]


def test_a_plain_yes_offers_no_refusal_and_no_formats(root, capsys):
    sent = Sent(root)
    item = imported(
        capsys, root, answer("Yes, all of it. I only wish I could run again.", f"Re: {sent.subject}", sent.id)
    )
    assert not any("refused" in note or "--formats" in note for note in item["notes"]), item["notes"]


CHILD = INDEX.replace(
    "contributor: {name: Jane Roe, anonymous: true, email: jane@example.org}",
    "contributor: {name: Kim Vale, age: 12, guardian: Zoe Vale, email: kim@example.org}",
)


@pytest.fixture
def of_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "book").mkdir()
    return book_folder(tmp_path / "book", monkeypatch, CHILD, stories=("tree", "road"), photos="a")


def test_a_child_does_not_get_the_letter_to_its_guardian(of_child, capsys):
    status, out, _ = permissions(capsys, "request", "--to", "Zoe Vale")
    assert status == 0
    assert "No e-mail address for Zoe Vale: print the Word file and post it" in out
    assert "The child's own address was not used" in out
    assert "requested" not in index_text(of_child)
    assert "letter: 2026-03-20" in index_text(of_child)
    assert "kim@example.org" not in "".join(
        path.read_text("latin-1") for path in (of_child / "build/letters").glob("*.eml")
    )
    assert permissions(capsys, "record", "road/text", "--email", "zoe@example.org")[0] == 0
    assert permissions(capsys, "request", "--again", "--to", "Zoe Vale")[0] == 0
    assert str(Sent(of_child, "zoe-vale").mail["To"]) == "Zoe Vale <zoe@example.org>"


def test_a_child_in_a_photo_has_no_address_that_was_left_out(tmp_path, monkeypatch, capsys):
    (tmp_path / "book").mkdir()
    index = CHILD.replace("guardian: Ana Ruiz}]", "guardian: Ann Birch}]").replace(
        "Ana Ruiz, email", "Ana Ruiz, age: 9, guardian: Zoe Vale, email"
    )
    book_folder(tmp_path / "book", monkeypatch, index, stories=("tree", "road"), photos="a")
    status, out, _ = permissions(capsys, "request", "--to", "Ann Birch")
    assert status == 0
    assert "No e-mail address for Ann Birch: print the Word file and post it" in out
    assert "own address" not in out
    assert "The child's own address was not used" in permissions(capsys, "request", "--to", "Zoe Vale")[1]


def test_an_answer_of_the_child_is_not_the_guardian_s(of_child, capsys):
    permissions(capsys, "record", "road/text", "--email", "zoe@example.org")
    assert permissions(capsys, "request", "--to", "Zoe Vale")[0] == 0
    sent = Sent(of_child, "zoe-vale")
    item = imported(capsys, of_child, answer("Yes!", f"Re: {sent.subject}", sent.id, sender="Kim <kim@example.org>"))
    assert item["why"].endswith("from Kim Vale, who is under age, and not from Zoe Vale")
    assert any(note.startswith("if Zoe Vale says yes, whose own answer is needed: ") for note in item["notes"])
    item = imported(capsys, of_child, answer("Yes!", f"Re: {sent.subject}", sent.id, sender="Zoe <zoe@example.org>"))
    assert "under age" not in item["why"]
    assert any(note.startswith("if it says yes: ") for note in item["notes"])
