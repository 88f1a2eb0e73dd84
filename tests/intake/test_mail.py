"""Mails as programs write them: who, when, the words of the sender's own, and the pictures."""

from __future__ import annotations

import base64
import textwrap
import unicodedata
from email.message import EmailMessage
from pathlib import Path
from time import process_time
from typing import Literal

import pytest
from mails import jpeg, mail, mailbox, story_text

from milebook.intake.items import Found, passage
from milebook.intake.mail.headers import moment, sender, words
from milebook.intake.mail.mbox import is_mailbox, messages
from milebook.intake.mail.message import How, found
from milebook.intake.people import place_in_name, signed, take_byline
from milebook.intake.person_names import plain_name
from milebook.intake.story_markdown import written


def read(data: bytes, **how: object) -> Found:
    return found(data, "test.eml", How(**how), again=lambda: data)  # type: ignore[arg-type]


def text_of(data: bytes, **how: object) -> str:
    return written(read(data, **how).passages).strip()


def raw(body: str, head: str = "", charset: str = "utf-8") -> bytes:
    top = f"From: Ana Example <ana@example.org>\nSubject: The Oak\nDate: Fri, 1 Aug 2025 23:30:00 -0700\n{head}"
    return f"{top}Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: 8bit\n\n{body}".encode(
        charset
    )


@pytest.mark.parametrize(
    ("value", "name", "address"),
    [
        ("Ana Example <ana@example.org>", "Ana Example", "ana@example.org"),
        ("ana@example.org", "", "ana@example.org"),
        ("ana@example.org (Ana Example)", "Ana Example", "ana@example.org"),
        ('"Example, Ana" <ana@example.org>', "Ana Example", "ana@example.org"),
        ('"Lantern, Theo (he/him)" <theo@example.org>', "Theo Lantern", "theo@example.org"),
        ("Theo Lantern (they/them/theirs) <theo@example.org>", "Theo Lantern", "theo@example.org"),
        ('"Theo Lantern [she/they]" <theo@example.org>', "Theo Lantern", "theo@example.org"),
        ('"Lantern, Theo (Duluth)" <theo@example.org>', "Lantern, Theo (Duluth)", "theo@example.org"),
        ('"van der Berg, Anna Maria" <x@example.org>', "Anna Maria van der Berg", "x@example.org"),
        ('"Stone Lantern, Theo" <theo.lantern@example.org>', "Theo Stone Lantern", "theo.lantern@example.org"),
        ('"Rosa Lind, Duluth" <x@example.org>', "Rosa Lind, Duluth", "x@example.org"),
        ('"Lantern, MD" <x@example.org>', "Lantern, MD", "x@example.org"),
        ('"Lantern, Inc." <x@example.org>', "Lantern, Inc.", "x@example.org"),
        ("=?UTF-8?Q?Zo=C3=AB?= <z@example.org>", "Zoë", "z@example.org"),
        ('"=?UTF-8?B?Wm/Dqw==?=" <z@example.org>', "Zoë", "z@example.org"),
        ("=?utf-8?Q?Zo=C3?= =?utf-8?Q?=AB?= <z@example.org>", "Zoë", "z@example.org"),
        ('"a <x@y.z>" <real@example.org>', "a", "real@example.org"),
        (
            "=?utf-8?b?w43DsWlnbyBFdHhlYmVycmlhIDxpbmlnb0Bjb3JyZW8uZXhhbXBsZT4=?=",
            "Íñigo Etxeberria",
            "inigo@correo.example",
        ),
        ("=?utf-8?q?Zo=C3=AB_Moss_<zoe@example.org>?=", "Zoë Moss", "zoe@example.org"),
        ("Zoë Moss [mailto:zoe@example.org]", "Zoë Moss", "zoe@example.org"),
        ("Zoë Moss (e-mail: zoe@example.org)", "Zoë Moss", "zoe@example.org"),
        ("=?utf-8?q?zoe=40example.org?=", "", "zoe@example.org"),
        ('"Zoë Moss zoe@example.org" <zoe@example.org>', "Zoë Moss", "zoe@example.org"),
        ("ana@example.org <ana@example.org>", "", "ana@example.org"),
        (f"Zoë{' ' * 3_900}zoe@example.org", "Zoë", "zoe@example.org"),
        (f"{' ' * 3_900}Zoë zoe@example.org", "Zoë", "zoe@example.org"),
        ("", "", ""),
        ("<>", "", ""),
        ("\x00\ud800 <", "", ""),
    ],
)
def test_senders(value: str, name: str, address: str) -> None:
    assert sender(value)[1] == address
    assert sender(value)[0].replace("\ud800", "") == name


@pytest.mark.parametrize("name", ["-" * 32_000, "<" * 32_000 + "@"])
def test_a_name_of_thousands_of_signs_takes_no_time(name: str) -> None:
    began = process_time()
    assert plain_name(name).name
    assert process_time() - began < 5  # seconds; two minutes where every sign begins a search of its own


def test_encoded_words_in_encoded_words() -> None:
    assert words("=?utf-8?Q?=3D=3Futf-8=3FQ=3FRosa=3F=3D?=") == "Rosa"
    assert words("plain =?no-such-charset?Q?caf=E9?= end") == "plain café end"
    assert words("=?utf-8?B?!!!?=") == ""


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("Fri, 1 Aug 2025 23:30:00 -0700", "2025-08-01"),
        ("1 Aug 2025", "2025-08-01"),
        ("Fri Aug  1 23:30:00 2025", "2025-08-01"),
        ("2025-08-01T10:00:00Z", "2025-08-01"),
        ("Fri, 29 paX 2007 10:00:00", ""),
        ("Mon, 1 Jan 3609 00:00:00 +0000", ""),
        ("31 Feb 2025 10:00", ""),
        ("", ""),
    ],
)
def test_dates(value: str, day: str) -> None:
    when = moment(value)
    assert (when.date().isoformat() if when else "") == day


def test_the_day_is_the_senders_own() -> None:
    assert read(raw("A long day.")).received == "2025-08-01"


def test_a_date_is_looked_for_in_other_headers() -> None:
    data = b"From: a@b.c\nReceived: by x; Mon, 30 Jun 2008 10:00:00 +0000\nReceived: by y; Sun, 29 Jun 2008 23:00:00 -0500\nDate: 29 paX 2007\n\nText\n"
    assert read(data).received == "2008-06-29"
    line = b"From 28668@xxx Thu Apr 16 09:53:04 +0000 2015\n"
    assert found(b"From: a@b.c\n\nText\n", "x", again=bytes, from_line=line).received == "2015-04-16"


QUOTES = {
    "gmail": "On Mon, Apr 2, 2012 at 6:26 PM, Ana Example <ana@example.org> wrote:\n\n> Hi\n> there",
    "broken in two": "On Mon, Apr 2, 2012 at 6:26 PM, Ana Example <\nana@example.org> wrote:\n\n> Hi",
    "german": "Am 02.04.2012 um 18:26 schrieb Ana Example:\n\n> Hallo",
    "french": "Le 2 avr. 2012 à 18:26, Ana Example <ana@example.org> a écrit :\n\n> Bonjour",
    "spanish": "El lun, 2 abr 2012 a las 18:26, Ana (<ana@example.org>) escribió:\n\n> Hola",
    "italian": "Il giorno 2 apr 2012, alle ore 18:26, Ana Example ha scritto:\n\n> Ciao",
    "dutch": "Op 2 april 2012 om 18:26 schreef Ana Example:\n\n> Hoi",
    "portuguese": "Em 2 de abril de 2012 18:26, Ana Example escreveu:\n\n> Oi",
    "swedish": "Den 2 april 2012 kl. 18:26 skrev Ana Example:\n\n> Hej",
    "polish": "W dniu 02.04.2012 o 18:26, Ana Example pisze:\n\n> Cześć",
    "yahoo": "On Monday, April 2, 2012 6:26 PM, Ana Example <ana@example.org> wrote:\nHi there\nwithout marks",
    "outlook": "-----Original Message-----\nFrom: Ana Example\nSent: Monday\nTo: Ben\nSubject: Hi\n\nHi",
    "outlook block": "________________________________\nFrom: Ana Example [mailto:ana@example.org]\nSent: March-09-12 4:22 PM\nTo: Ben\nSubject: Hi\n\nHi",
    "outlook german": "Von: Ana Example\nGesendet: Montag, 2. April 2012\nAn: Ben\nBetreff: Hallo\n\nHallo",
    "marks alone": "> Hi\n> there",
}


@pytest.mark.parametrize("name", QUOTES)
def test_a_quoted_mail_is_cut_and_shown(name: str) -> None:
    item = read(raw(f"We ran to the oak and back.\n\nNobody counted.\n\n{QUOTES[name]}\n"))
    assert written(item.passages) == "We ran to the oak and back.\n\nNobody counted.\n"
    assert len(item.cuts) == 1
    assert QUOTES[name].split("\n")[-1] in item.cuts[0]
    assert item.quoted


@pytest.mark.parametrize(
    "body",
    [
        "On the surface, this looks like a quote.\n\nOn the other hand, in 1986 she wrote a letter. It was long.",
        "The notification was sent from my iPhone app to all users.\n\nAll messages are sent from the main server.",
        "> one\n\nI think so.\n\n> two\n\nI do not.",
        "Dear Ada,\n\nwith kind regards to the oak.\n\n~Danielle",
        "We ran.\n\n---\n\nWe walked.\n\n--\n\n"
        + "This is a long paragraph that nobody would take for a signature at all.\n" * 9,
        "> only a quotation",
        "From my house to the oak it is a mile.\n\nFrom: the oak\nto the house it is two.",
        "In 2012 my father wrote:\n\nI am well. The oak stands.",
    ],
)
def test_in_doubt_nothing_is_cut(body: str) -> None:
    item = read(raw(body))
    assert not item.cuts
    assert "".join(written(item.passages).replace("\\", "").replace("***", "---").split()) == "".join(body.split())


def test_an_answer_below_a_quotation() -> None:
    assert text_of(raw("On 04/02/2012 06:26 PM, Ana wrote:\n> Hi\nHello to you")) == "Hello to you"
    between = read(raw("On 04/02/2012 06:26 PM, Ana wrote:\n> Hi\n\nHello\n\n> And?\n\nYes"))
    assert not between.cuts
    assert between.notes == ["answers between quotes: nothing was cut"]


@pytest.mark.parametrize("ending", ["-- \nAna Example\n555-0100", "--\nAna", "Sent from my iPhone", "Von meinem iPhone gesendet", "Get Outlook for iOS<https://aka.ms/o0ukef>"])  # fmt: skip
def test_a_signature_is_cut(ending: str) -> None:
    item = read(raw(f"We ran.\n\n{ending}\n"))
    assert written(item.passages) == "We ran.\n"
    assert item.cuts == [ending]
    assert not item.quoted
    assert not read(raw(f"We ran.\n\n{ending}\n"), keep_quotes=True).cuts


def test_a_quotation_of_one_line_counts_and_a_signature_below_it_does_not_undo_that() -> None:
    quoted = "On Mon, Apr 2, 2012 at 6:26 PM, Ana <ana@example.org> wrote:\n> Hi"
    assert read(raw(f"We ran.\n\n-- \nAna\n555-0100\n\n{quoted}\n")).quoted
    assert read(raw("We ran.\n\n> Hi\n")).quoted


@pytest.mark.parametrize(
    ("subject", "title", "answering"),
    [
        ("Re: The Oak", "The Oak", True),
        ("AW: Re[2]: The Oak", "The Oak", True),
        ("Fwd: Re: The Oak", "The Oak", True),
        ("[miles] Re: The Oak", "The Oak", True),
        ("Fwd: The Oak", "The Oak", False),
        ("The Oak", "The Oak", False),
        ("Tree: The Oak", "Tree: The Oak", False),
        ("Return: The Oak", "Return: The Oak", False),
    ],
)
def test_whose_subject_it_is(subject: str, title: str, answering: bool) -> None:
    item = read(raw("We ran.").replace(b"Subject: The Oak", f"Subject: {subject}".encode()))
    assert (item.title, item.answering) == (title, answering)


def test_who_signs_with_age_and_town() -> None:
    item = read(raw("We ran.\n\nAna, 32, St. Louis\n"))
    assert (item.name, item.age, item.location) == ("Ana Example", 32, "St. Louis")
    other = read(raw("We ran.\n\nKate, 32, St. Louis\n"))
    assert (other.name, other.age, other.location) == ("Ana Example", None, "")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_and_towns_in_letters_of_other_languages(form: Literal["NFC", "NFD"]) -> None:
    text = unicodedata.normalize(form, "We ran.\n\nŠárka Nguyễn, 32, Đà Nẵng")
    assert signed(text)[:3] == ("Šárka Nguyễn", 32, "Đà Nẵng")
    assert place_in_name(unicodedata.normalize(form, "Łukasz from Łódź")) == "Łódź"
    assert place_in_name("Ana in red") == ""
    item = Found(
        "text",
        "",
        passages=[passage(unicodedata.normalize(form, one)) for one in ("by Šárka Nguyễn, Łódź", "We ran.", "Home.")],
    )
    take_byline(item)
    assert (item.name, item.location, len(item.passages)) == ("Šárka Nguyễn", "Łódź", 2)


def test_flowed_and_wrapped_lines() -> None:
    flowed = raw("We ran to \nthe oak.\nNobody counted.\n\n> Hi \n> you\n", "").replace(
        b"charset=utf-8", b"charset=utf-8; format=flowed"
    )
    assert text_of(flowed, keep_quotes=True) == "We ran to the oak.\\\nNobody counted.\n\n> Hi you"
    wrapped = "It was the longest mile that I had ever walked, and nobody had\ntold me about the hill, the dog, or the man who sold oranges at\nthe gate of the old mill for a nickel."
    assert text_of(raw(wrapped)) == wrapped.replace("\n", " ")
    verse = "Gravel in my left shoe,\nTulsa in my right,\nnobody to talk to\nand the whole of night."
    assert text_of(raw(verse)) == verse.replace("\n", "\\\n")


PROSE = (
    "I ran off the road at seventy and the truck rolled twice before it came to rest in the ditch behind the Dolan place. "
    "I walked a mile with my arm in my belt, and nobody passed me, not one car, the whole way up to the door."
)


@pytest.mark.parametrize("width", [60, 72, 78, 80, 84, 85, 90, 96, 100, 105, 120, 130, 160])
def test_lines_wrapped_at_any_width(width: int) -> None:
    lines = textwrap.wrap(PROSE, width)
    assert len(lines) > 1
    assert text_of(raw("\n".join(lines) + "\n\nA pie.")) == f"{PROSE}\n\nA pie."


@pytest.mark.parametrize(
    "lines",
    [
        [  # a paragraph a line
            "I ran off the road at seventy, and the truck rolled twice before it came to rest in the ditch behind the place.",
            "I walked a mile with my arm in my belt. Nobody passed me, not one car, the whole way up to the old door there.",
            "Mrs. Dolan opened it.",
        ],
        [  # the last line of each is short
            "“Letting the heat out,” she said. I have been sober since then, which makes it eleven years in May, in all.",
            "Yes.",
            "And I take her a pie, which she says that she does not like, every year on the day of the ditch, so to say.",
        ],
    ],
)
def test_long_lines_that_are_paragraphs(lines: list[str]) -> None:
    assert text_of(raw("\n".join(lines))) == "\n\n".join(lines)


def test_a_longer_line_in_a_wrapped_mail() -> None:
    lines = textwrap.wrap(PROSE, 72)
    joined = [lines[0] + " " + lines[1].split()[0], lines[1].split(" ", 1)[1], *lines[2:]]
    assert text_of(raw("\n".join(joined))) == PROSE
    two = [
        "My sister calls me from the other end of the country, from the old house, every Sunday,",
        "and she always asks.",
    ]
    assert text_of(raw("\n".join(two))) == " ".join(two)


def test_character_sets() -> None:
    assert text_of(raw("Zoë ran “on”", charset="cp1252")) == "Zoë ran “on”"
    assert text_of(raw("Zoë ran").replace(b"charset=utf-8", b"charset=iso-8859-1")) == "Zoë ran"
    assert text_of(raw("Zoë ran").replace(b"charset=utf-8", b"charset=no-such")) == "Zoë ran"
    assert text_of(raw("Łódź", charset="cp1250").replace(b"cp1250", b"x"), encoding="cp1250") == "Łódź"


def test_text_photo_text() -> None:
    message = mail(1, "Before the photo.", "The Oak")
    message.add_attachment(jpeg(1), maintype="image", subtype="jpeg", filename="../../etc/x.jpg", disposition="inline")
    message.add_attachment("After the photo.", disposition="inline")
    item = read(bytes(message))
    assert [one.text for one in item.passages] == ["Before the photo.", "After the photo."]
    assert [(one.name, one.suffix, one.after) for one in item.pictures] == [("x.jpg", ".jpg", 1)]
    assert item.pictures[0].read() == jpeg(1)


def test_pictures_are_known_by_their_bytes() -> None:
    message = mail(1, "Words.", "The Oak")
    message.add_attachment(jpeg(1), maintype="application", subtype="octet-stream", filename="photo")
    message.add_attachment(b"<html>no photo</html>", maintype="image", subtype="jpeg", filename="x.jpg")
    item = read(bytes(message))
    assert [one.suffix for one in item.pictures] == [".jpg"]
    assert "attached, and not imported: x.jpg" in item.notes


def test_pictures_of_html_have_their_place() -> None:
    message = mail(1, "", "The Oak")
    html = '<p>One.</p><img src="cid:p1" alt="An oak"><p>Two.</p><img src="http://example.org/pixel.gif" width="1" height="1"><script>x()</script>'
    message.set_content(html, subtype="html")
    message.add_related(jpeg(1), "image", "jpeg", cid="<p1>")
    item = read(bytes(message))
    assert [one.text for one in item.passages] == ["One.", "Two."]
    assert [(one.alt, one.after) for one in item.pictures] == [("An oak", 1)]


def test_italics_of_html_stay_and_hidden_text_does_not() -> None:
    html = "<style>p{}</style><div style='display:none'>preheader</div><p>It was <i>the</i> mile&nbsp;I <b>love</b>.<br>Yes.</p><ul><li>a</li><li>b</li></ul>"
    message = mail(1, "", "The Oak")
    message.set_content(html, subtype="html")
    assert written(read(bytes(message)).passages) == "It was *the* mile I **love**.\\\nYes.\n\n- a\n- b\n"


def test_a_forwarded_mail_is_the_story() -> None:
    outer = mail(1, "See below!", "Fwd: The Oak")
    outer.add_attachment(mail(2, story_text(5), "The Oak", photos=[jpeg(3)]))
    item = read(bytes(outer))
    assert item.name == "Cora Orr"
    assert item.title == "The Oak"
    assert item.notes[0] == "forwarded by Ben Hale"
    assert [one.read() for one in item.pictures] == [jpeg(3)]
    inline = f"FYI\n\n---------- Forwarded message ---------\nFrom: Zoe Ueda <zoe@example.org>\nDate: Mon, 1 Jan 2024\nSubject: My oak\nTo: Ana\n\n{story_text(6)}\n"
    item = read(raw(inline))
    assert (item.name, item.email, item.title) == ("Zoe Ueda", "zoe@example.org", "My oak")
    assert item.text.replace("\n", "") == story_text(6).replace("\n", "")
    assert item.cuts[0].startswith("FYI\n---------- Forwarded message")


def test_an_attached_text_is_the_story_of_an_empty_mail() -> None:
    message = mail(1, "", "The Oak")
    message.add_attachment("The oak stood there.", filename="oak.txt")
    assert read(bytes(message)).text == "The oak stood there."


def test_the_words_and_pictures_of_a_mail_whose_story_is_attached() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "Ana Example <ana@example.org>", "The Oak"
    message.set_content("Read this.")
    message.add_attachment("by Ana Example, Łódź\n\nThe oak stood there.\n\nIt fell.", filename="oak.txt")
    item = read(bytes(message))
    assert item.text == "The oak stood there.\n\nIt fell."
    assert item.cuts == ["Read this.", "by Ana Example, Łódź"]
    assert item.location == "Łódź"


def test_a_picture_above_a_forwarded_mail_gets_no_place_in_it() -> None:
    message = EmailMessage()
    message["From"], message["Subject"] = "Ana Example <ana@example.org>", "Fwd: My oak"
    message.set_content("For you.")
    message.add_attachment(jpeg(4), maintype="image", subtype="jpeg", filename="oak.jpg", disposition="inline")
    message.add_attachment("See below.", disposition="inline")
    message.add_attachment(mail(5, "One.\n\nTwo.\n\nThree.", "My oak"))
    item = read(bytes(message))
    assert item.text == "One.\n\nTwo.\n\nThree."
    assert [one.after for one in item.pictures] == [None]


@pytest.mark.parametrize(
    ("head", "why"),
    [
        ("Auto-Submitted: auto-replied\n", "automatic"),
        ("X-Gmail-Labels: Spam\n", "folder"),
        ("X-Gmail-Labels: =?UTF-8?Q?Messages_envoy=C3=A9s,Sent?=\n", "sent by you"),
    ],
)
def test_what_is_no_story(head: str, why: str) -> None:
    assert why in read(raw("Words.", head)).why


def test_a_mailbox_is_split_where_mails_begin(tmp_path: Path) -> None:
    body = "We ran.\n\nFrom Monday to Friday it rained.\n\nFrom the oak Mon May 26 we saw the sea.\n"
    path = tmp_path / "box"
    path.write_bytes(mailbox([mail(1, body, "One"), mail(2, body, "Two")]).replace(b"\n>From ", b"\nFrom "))
    assert is_mailbox(path.read_bytes()[:2000])
    found_ = [read(one.data) for one in messages(path)]
    assert [one.title for one in found_] == ["One", "Two"]
    assert all("saw the sea" in one.text for one in found_)


def test_a_mailbox_of_many_blocks(tmp_path: Path) -> None:
    path = tmp_path / "box"
    photo = base64.b64encode(bytes(range(256)) * 9000)
    one = b"From x Mon May 26 20:18:05 2025\nFrom: a@b.c\nMessage-ID: <%d@x>\n\nText\n" + photo + b"\n\n"
    path.write_bytes(b"".join(one % n for n in range(12)))
    assert [read(part.data).key for part in messages(path)] == [f"mail:<{n}@x>" for n in range(12)]


def test_no_mail_is_too_strange_to_be_an_item() -> None:
    for data in (
        b"",
        b"\n\n",
        b"From: \xff\xfe\n\n\xff",
        b"Content-Type: multipart/mixed\n\nx",
        b"Content-Type: multipart/mixed; boundary=a\n\n--a\n--a\n--a--",
    ):
        assert read(data).kind == "email"
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(200))
    assert read(deep + b"\nend").kind == "email"
