"""The texts of mails in every encoding, what stands below them that nobody wrote, and where their pictures stand."""

from __future__ import annotations

import base64
import textwrap

import pytest
from mails import jpeg

from milebook.intake.items import Found
from milebook.intake.mail.headers import moment
from milebook.intake.mail.message import found
from milebook.intake.story_markdown import written

HEAD = b"From: Rosa Lind <rosa@example.org>\nSubject: The Mill\nDate: Fri, 1 Aug 2025 23:30:00 -0700\nMessage-ID: <a@b.c>\n"
ONE = "We walked to the mill and back, and nobody counted the steps."
TWO = "My aunt carried the lantern all the way home in the rain."
STORY = f"{ONE}\n\n{TWO}\n"


def read(data: bytes) -> Found:
    return found(data, "test.eml", again=lambda: data)


def plain(text: str, head: bytes = b"") -> Found:
    return read(HEAD + head + b"Content-Type: text/plain; charset=utf-8\n\n" + text.encode())


@pytest.mark.parametrize(
    ("text", "codec", "label"),
    [
        ("水車まで歩いて帰った。", "iso-2022-jp", "ISO-2022-JP"),
        ("我们走到磨坊又走回来。", "gb18030", "gb18030"),
        ("我们走到磨坊又走回来。", "gbk", "gb2312"),
        ("我們走到磨坊又走回來。", "big5", "big5"),
        ("우리는 걸어갔다가 돌아왔다.", "euc-kr", "ks_c_5601-1987"),
        ("Мы дошли до мельницы и обратно.", "koi8-r", "koi8-r"),
        ("Мы дошли до мельницы и обратно.", "cp1251", "windows-1251"),
        ("Szliśmy do młyna.", "cp1250", "windows-1250"),
        ("הלכנו אל הטחנה וחזרה.", "cp1255", "windows-1255"),
        ("مشينا إلى الطاحونة.", "cp1256", "windows-1256"),
        ("“We walked” – to the mill…", "cp1252", "iso-8859-1"),
        ("“We walked” – café.", "utf-8", "iso-8859-1"),
        ("“We walked” – café.", "cp1252", "utf-8"),
        ("“We walked” – café.", "utf-8", "us-ascii"),
    ],
)
def test_encodings(text: str, codec: str, label: str) -> None:
    data = HEAD + f"Content-Type: text/plain; charset={label}\nContent-Transfer-Encoding: base64\n\n".encode()
    assert written(read(data + base64.encodebytes(text.encode(codec))).passages).replace("\\", "") == f"{text}\n"


def test_windows_signs_in_japanese_mail() -> None:
    data = HEAD + b"Content-Type: text/plain; charset=iso-2022-jp\n\n\x1b$B\x3f\x65\x2d\x21\x1b(B \x1b(I1\x1b(B\n"
    assert read(data).text == "水① ｱ"


def test_lines_that_end_as_on_old_macs() -> None:
    item = read((HEAD + b"\n" + STORY.encode()).replace(b"\n", b"\r"))
    assert (item.title, written(item.passages)) == ("The Mill", STORY)


@pytest.mark.parametrize(
    ("value", "day"),
    [("Do, 1 Mai 2025 23:30:00 +0200", "2025-05-01"), ("8/13/2025 11:30:00 PM", "2025-08-13"), ("13.8.2025", "2025-08-13"), ("8/9/2025", "")],
)  # fmt: skip
def test_dates_of_other_programs(value: str, day: str) -> None:
    when = moment(value)
    assert (when.date().isoformat() if when else "") == day


@pytest.mark.parametrize(
    ("value", "name", "address"),
    [
        ("'Rosa Lind' via Stories <list@example.com>\nReply-To: Rosa Lind <rosa@example.org>", "Rosa Lind", "rosa@example.org"),
        ("Rosa Lind via Stories <list@example.com>\nX-Original-From: rosa@example.org", "Rosa Lind", "rosa@example.org"),
        ("Rosa Lind via Stories <list@example.com>", "Rosa Lind via Stories", "list@example.com"),
        ("rosa@example.org (Rosa (the runner) Lind)", "Rosa (the runner) Lind", "rosa@example.org"),
    ],
)  # fmt: skip
def test_senders_behind_a_list(value: str, name: str, address: str) -> None:
    item = read(HEAD.replace(b"Rosa Lind <rosa@example.org>", value.encode()) + b"\nText\n")
    assert (item.name, item.email) == (name, address)


NOTICES = [
    "_______________________________________________\nStories mailing list\nStories@lists.example.org\nhttp://lists.example.org/listinfo/stories",
    "-- \nYou received this message because you are subscribed to the Google Groups \"Stories\" group.\nTo unsubscribe from this group and stop receiving emails from it, send an email to stories+unsubscribe@example.org.\nTo view this discussion visit https://groups.example.org/d/msgid/stories/abc%40mail.example.org.",
    "------------------------------------\n\nYahoo! Groups Links\n\n<*> To visit your group on the web, go to:\n    http://groups.example.org/group/stories/",
    "This e-mail and any attachments are confidential and intended solely for the addressee. If you are not the intended recipient, please delete it and notify the sender.",
    "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Adressat sind, informieren Sie bitte den Absender.",
    "Ce message est confidentiel. Si vous n'êtes pas le destinataire, merci d'en informer l'expéditeur.",
    "Please consider the environment before printing this email.",
    "---\nThis email has been checked for viruses by Avast antivirus software.\nhttps://www.avast.com/antivirus",
    "Virus-free. www.avast.com\n<https://www.avast.com/sig-email>",
]  # fmt: skip


@pytest.mark.parametrize("notice", NOTICES)
@pytest.mark.parametrize("above", ["", "-- \nRosa Lind\n555-0100\n\n", "Sent from my iPhone\n\n"])
def test_what_servers_and_offices_add_is_cut_and_shown(notice: str, above: str) -> None:
    item = plain(f"{STORY}\n{above}{notice}\n")
    assert written(item.passages) == STORY
    assert "".join(notice.split()) in "".join("".join(item.cuts).split())


def test_a_quotation_above_a_footer_is_cut_too() -> None:
    quoted = "On Mon, May 26, 2025 at 10:15 PM Ada <ada@example.org> wrote:\n> Send us\n> a story\n"
    assert written(plain(f"{STORY}\n{quoted}\n{NOTICES[0]}\n").passages) == STORY


def test_a_footer_that_is_a_part_of_its_own() -> None:
    part = "--X\nContent-Type: text/plain\n\n{}\n"
    body = part.format(STORY) + part.format(NOTICES[0]) + "--X--\n"
    item = read(HEAD + b"Content-Type: multipart/mixed; boundary=X\n\n" + body.encode())
    assert written(item.passages) == STORY
    assert len(item.cuts) == 1


@pytest.mark.parametrize(
    "line",
    [
        "Sent from Yahoo Mail for iPhone<https://mail.example.org/x>", "Sent via the Galaxy S23, an AT&T 5G smartphone", "Sent by iPad",
        "Sent from AOL Mobile Mail\nGet the new AOL app: mail.example.org", "Please excuse typos, sent from my phone", "Sent with Proton Mail secure email.",
        "Diese Nachricht wurde von meinem Android-Gerät mit GMX Mail gesendet.", "Von Samsung Mobile gesendet", "Gesendet mit der GMX Mail App",
        "Envoyé à partir de Outlook pour Android", "Enviado desde Outlook para Android", "Inviato da iPhone", "Verstuurd vanaf mijn iPhone", "Skickat från min iPhone",
        "Sendt fra min iPhone", "Lähetetty iPhonesta", "Wysłane z iPhone'a", "Отправлено с iPhone", "iPhoneから送信", "发自我的iPhone", "나의 iPhone에서 보냄",
    ],
)  # fmt: skip
def test_what_a_device_says_is_cut(line: str) -> None:
    item = plain(f"{STORY}\n{line}\n")
    assert (written(item.passages), item.cuts) == (STORY, [line])


@pytest.mark.parametrize(
    "last",
    [
        "Sent from my heart.", "Sent with love, Rosa.", "Get out of the rain, she said.", "The message was confidential, he said, and we were to delete it.",
        "It was the end of the list.\n\n___", "We found no virus, only rust.",
    ],
)  # fmt: skip
def test_last_lines_that_somebody_wrote(last: str) -> None:
    assert not plain(f"{STORY}\n{last}\n").cuts


@pytest.mark.parametrize(
    ("head", "body", "why"),
    [
        ("Subject: Automatic reply: Call", "I am away until Monday and read no mail.", "an automatic answer"),
        ("Subject: Abwesenheitsnotiz: Call", "I am away until Monday and read no mail.", "an automatic answer"),
        ("Precedence: auto_reply", "I am away until Monday and read no mail.", "an automatic answer"),
        ("Content-Type: multipart/alternative; boundary=X", "--X\nContent-Type: text/plain\n\nYes\n--X\nContent-Type: text/calendar; method=REPLY\n\nBEGIN:VCALENDAR\n--X--", "an invitation to an appointment, or an answer to one"),
        ("Content-Type: multipart/encrypted; boundary=X", "--X\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--X--", "it is encrypted"),
        ("Content-Type: application/pkcs7-mime; smime-type=enveloped-data", "0abc", "it is encrypted"),
        ("X-A: b", "-----BEGIN PGP MESSAGE-----\n\nhQEMA\n-----END PGP MESSAGE-----", "it is encrypted"),
    ],
)  # fmt: skip
def test_mails_without_a_story(head: str, body: str, why: str) -> None:
    top = HEAD.replace(b"Subject: The Mill\n", b"") if head.startswith("Subject") else HEAD
    item = read(top + f"{head}\n\n{body}\n".encode())
    assert item.verdict in ("skipped", "unreadable")
    assert item.why.startswith(why)


def test_a_text_signed_by_pgp_is_read_without_its_armor() -> None:
    body = f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{STORY}\n- -- \nRosa\n-----BEGIN PGP SIGNATURE-----\n\niQEz\n=abcd\n-----END PGP SIGNATURE-----\n"
    assert written(plain(body).passages) == STORY


PHOTO = b'Content-Type: image/jpeg; name="IMG_1.JPG"\nContent-Disposition: inline; filename="IMG_1.JPG"\nContent-ID: <one@x>\nContent-Transfer-Encoding: base64\n\n' + base64.encodebytes(jpeg(1))  # fmt: skip
SHOWN = '<p>{}</p><img src="{}" alt="{}"><p>{}</p>'


def related(text: str, address: str = "cid:one@x", alt: str = "IMG_1.JPG") -> bytes:
    """A mail as Outlook and Gmail make it: text and HTML side by side, and the photo that the HTML shows."""
    html = SHOWN.format(ONE, address, alt, TWO)
    inner = f"--Y\nContent-Type: text/plain\n\n{text}\n--Y\nContent-Type: text/html\n\n{html}\n--Y--\n".encode()
    body = b"--X\nContent-Type: multipart/alternative; boundary=Y\n\n" + inner + b"--X\n" + PHOTO + b"\n--X--\n"
    return HEAD + b"Content-Type: multipart/related; boundary=X\n\n" + body


@pytest.mark.parametrize(
    "data",
    [
        related(f"{ONE}\n\n[cid:one@x]\n\n{TWO}"),
        related(f"{ONE}\n\n[image: IMG_1.JPG]\n\n{TWO}"),
        related(f"{ONE}\n\n<IMG_1.JPG>\n\n{TWO}"),
        related(f"{ONE}\n\n[A mill in the snow\n\nDescription automatically generated]\n\n{TWO}", alt="A mill in the snow\n\nDescription automatically generated"),
        related(STORY),
        related(f"{ONE}\n\n{TWO}\n\nAnd more."),
        HEAD + b"Content-Type: multipart/alternative; boundary=X\n\n--X\nContent-Type: text/plain\n\n" + STORY.encode() + b"--X\nContent-Type: multipart/mixed; boundary=Y\n\n"
        + f"--Y\nContent-Type: text/html\n\n<p>{ONE}</p>\n--Y\n".encode() + PHOTO.replace(b"Content-ID: <one@x>\n", b"") + f"--Y\nContent-Type: text/html\n\n<p>{TWO}</p>\n--Y--\n--X--\n".encode(),
    ],
)  # fmt: skip
def test_a_photo_stands_where_the_mail_shows_it(data: bytes) -> None:
    item = read(data)
    assert written(item.passages).removesuffix("\nAnd more.\n") == STORY
    (photo,) = item.pictures
    assert (photo.after, photo.read()) == (1, jpeg(1))
    assert photo.alt in ("", "A mill in the snow")


def test_a_photo_in_the_html_itself() -> None:
    address = "data:image/jpeg;base64," + base64.b64encode(jpeg(2)).decode()
    item = read(HEAD + b"Content-Type: text/html\n\n" + SHOWN.format(ONE, address, "The mill", TWO).encode())
    (photo,) = item.pictures
    assert (photo.after, photo.alt, photo.suffix, photo.read()) == (1, "The mill", ".jpg", jpeg(2))


CARD = "Theo Lantern\nSenior Keeper | Lantern Works | 12 Mill Lane\nT: 555-010-0199 | theo@example.org"


@pytest.mark.parametrize("apart", ["\n", "\n\n"])
@pytest.mark.parametrize("between", ["\n\n", "\n"])
@pytest.mark.parametrize(
    "card", [CARD, "Theo Lantern, Ph.D.\nKeeper\nPhone: +1 (555) 010-0199", "Łukasz Šimek\nT: 555-010-0199"]
)
def test_an_office_s_signature_above_its_notice_is_cut_and_shown(card: str, between: str, apart: str) -> None:
    card = card.replace("\n", apart)  # a page of HTML has each line in a paragraph of its own
    item = plain(f"{STORY}\n{card}{between}{'_' * 30}\n{NOTICES[3]}\n")
    assert written(item.passages) == STORY
    assert "".join(card.split()) in "".join("".join(item.cuts).split())


@pytest.mark.parametrize(
    "last",
    [
        "Theo Lantern\nkept the light for years and never told us why he did it.",
        "He gave me the number on a slip of paper.\nT: 555-010-0199",
    ],
)
def test_the_end_of_a_story_above_a_notice_is_no_signature(last: str) -> None:
    text = written(plain(f"{STORY}\n{last}\n\n{NOTICES[3]}\n").passages)
    assert "".join(last.split()) in "".join(text.replace("\\", "").split())


LOGO = '<p>{}</p><p>{}</p><p>{}</p><img src="cid:one@x"><p>{}</p><p>{}</p><p>{}</p>'


@pytest.mark.parametrize(("size", "kept"), [((120, 40), False), ((150, 150), False), ((800, 600), True)])
@pytest.mark.parametrize("alternative", [False, True])
@pytest.mark.parametrize("times", [1, 2])
def test_a_logo_in_a_signature_goes_with_it(size: tuple[int, int], kept: bool, alternative: bool, times: int) -> None:
    html = LOGO.format(ONE, TWO, *CARD.split("\n"), NOTICES[3]).replace(
        "<img", '<img src="cid:one@x"><img' if times == 2 else "<img"
    )
    parts = f"--Y\nContent-Type: text/html; charset=utf-8\n\n{html}\n"
    if alternative:
        parts = f"--Y\nContent-Type: text/plain; charset=utf-8\n\n{STORY}\n{CARD}\n\n{NOTICES[3]}\n{parts}"
    photo = PHOTO.partition(b"\n\n")[0] + b"\n\n" + base64.encodebytes(jpeg(1, size))
    data = (
        HEAD + b"Content-Type: multipart/related; boundary=X\n\n--X\nContent-Type: multipart/alternative; boundary=Y\n\n"
        + f"{parts}--Y--\n--X\n".encode() + photo + b"\n--X--\n"
    )  # fmt: skip
    item = read(data)
    assert written(item.passages) == STORY
    assert len(item.pictures) == kept
    assert sum("stands in the signature" in note for note in item.notes) == (not kept)


WRAPPED = (
    "I ran off the road at seventy and the truck rolled twice before it came to rest in the ditch behind the mill. I walked a mile with my "
    "arm in my belt, and nobody passed me, not one car, the whole way up to the door.",
    "She opened the door, looked me up and down, and said that I was letting the heat out. I have been well since then, which makes it eleven "
    "years in May, and I still take her a pie.",
)


@pytest.mark.parametrize("width", [60, 72, 78, 81, 85, 90, 100, 110, 120, 132, 150])
def test_lines_wrapped_at_any_width_are_joined(width: int) -> None:
    text = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in WRAPPED)
    assert written(plain(text).passages) == "\n\n".join(WRAPPED) + "\n"


@pytest.mark.parametrize(("width", "paragraphs"), [(58, 1), (50, 1), (46, 1), (42, 3), (38, 3)])
def test_narrow_lines_that_end_within_sentences_are_joined(width: int, paragraphs: int) -> None:
    texts = [*WRAPPED, "And so on: " + WRAPPED[0]][:paragraphs]
    text = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in texts)
    assert written(plain(text).passages) == "\n\n".join(texts) + "\n"


@pytest.mark.parametrize(
    "verse",
    [
        "gravel in my left shoe and the moon\nin my right, nobody to talk to and\nthe whole of night before me like a\nroad.",
        "we walked along the river in the rain, and\nthe rain walked with us to the gate of home\nand stood there.",
        "The road goes up and up until it goes no further\nThan the mill, and down again as far as it can go\nAnd home.",
    ],
)
def test_verse_keeps_its_lines(verse: str) -> None:
    assert written(plain(verse).passages) == verse.replace("\n", "\\\n") + "\n"


def test_long_lines_that_nobody_wrapped_stay_paragraphs_or_verse() -> None:
    lines = [*WRAPPED, "It was cold.", WRAPPED[0][:110].rpartition(" ")[0] + "."]
    assert written(plain("\n".join(lines)).passages) == "\n\n".join(lines) + "\n"
    verse = (
        "And the long road under the long sky went on beyond the mill and the water and the hill,\nAnd we walked it singing\n"
        "And nobody heard us except the dogs of the farms and an owl that had lost her way,\nAnd the moon."
    )
    assert written(plain(verse).passages) == verse.replace("\n", "\\\n") + "\n"
