"""Mails and mailboxes made for tests: a column's worth of them, and single ones with every habit of mail programs."""

from __future__ import annotations

import random
from collections.abc import Iterable
from email.message import EmailMessage
from io import BytesIO

FIRST = ("Ana", "Ben", "Cora", "Dan", "Elif", "Femi", "Gus", "Hana", "Ivo", "Jun", "Kate", "Lou", "Mae", "Ned", "Ola", "Pia", "Quin", "Rosa", "Sam", "Tomasz", "Uma", "Vera", "Will", "Xenia", "Yan", "Zoe")  # fmt: skip
LAST = ("Abel", "Berg", "Cole", "Dunn", "Eaton", "Frost", "Grant", "Hale", "Irwin", "Jones", "Kerr", "Lind", "Moss", "Nash", "Orr", "Park", "Quist", "Reyes", "Stone", "Tran", "Ueda", "Voss", "Ward", "York", "Zell")  # fmt: skip
NOUNS = ("bridge", "ladder", "harbor", "orchard", "tunnel", "bakery", "meadow", "lantern", "quarry", "ferry", "steeple", "canal", "barn", "kiosk", "garden", "station", "mill", "pier", "valley", "lock", "fence", "cellar", "market", "tower")  # fmt: skip
VERBS = ("walked", "counted", "carried", "forgot", "painted", "followed", "borrowed", "whistled", "measured", "promised", "repaired", "crossed", "mailed", "buried", "planted", "sketched", "rented", "weighed")  # fmt: skip
PLACES = ("Duluth", "St. Louis", "Leeds", "Kraków", "Utrecht", "Tulsa", "Bergen", "Porto")


def story_text(seed: int, words: int = 120) -> str:
    """Paragraphs that are like no other seed's, each on one line."""
    rng = random.Random(seed)
    paragraphs: list[str] = []
    count = 0
    while count < words:
        sentences = []
        for _ in range(rng.randint(2, 4)):
            sentence = (
                f"In {rng.randint(1930, 2019)} my {rng.choice(('aunt', 'father', 'neighbor', 'sister', 'friend', 'teacher'))} "
                f"{rng.choice(FIRST)} {rng.choice(VERBS)} the {rng.choice(NOUNS)} near the {rng.choice(NOUNS)} and {rng.choice(VERBS)} "
                f"{rng.randint(3, 990)} {rng.choice(NOUNS)}s before {rng.choice(('breakfast', 'dark', 'the rain', 'noon', 'winter'))}."
            )
            sentences.append(sentence)
            count += len(sentence.split())
        paragraphs.append(" ".join(sentences))
    return "\n\n".join(paragraphs)


def person(number: int) -> tuple[str, str]:
    """A name and an address, the same for the same number."""
    first, last = FIRST[number % len(FIRST)], LAST[number * 7 % len(LAST)]
    return f"{first} {last}", f"{first}.{last}.{number}@example.org".lower()


def title(seed: int) -> str:
    rng = random.Random(seed * 31 + 7)
    return f"The {rng.choice(NOUNS).title()} and the {rng.choice(NOUNS).title()} {seed}"


def jpeg(seed: int = 1, size: tuple[int, int] = (120, 80)) -> bytes:
    """A small photo."""
    from PIL import Image

    rng = random.Random(seed)
    out = BytesIO()
    Image.new("RGB", size, (rng.randrange(256), rng.randrange(256), rng.randrange(256))).save(out, "JPEG")
    return out.getvalue()


def mail(
    number: int, text: str, subject: str, *, who: int | None = None, photos: Iterable[bytes] = (), **headers: str
) -> EmailMessage:
    """A mail by person `who` (default: `number`), sent on the day `number` of a year."""
    name, address = person(number if who is None else who)
    message = EmailMessage()
    message["From"] = f"{name} <{address}>"
    message["To"] = "stories@example.com"
    message["Subject"] = subject
    message["Date"] = (
        f"{1 + number % 28} {('Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec')[number // 28 % 12]} 2025 10:00:00 -0500"
    )
    message["Message-ID"] = f"<m{number}@example.org>"
    for key, value in headers.items():
        message[key.replace("_", "-")] = value
    if text or not photos:
        message.set_content(text)
    for order, data in enumerate(photos, 1):
        message.add_attachment(data, maintype="image", subtype="jpeg", filename=f"IMG_{number:04}_{order}.JPG")
    return message


def mailbox(messages: Iterable[EmailMessage]) -> bytes:
    """An mbox file: a "From " line before each mail, and such lines of a text escaped."""
    out = []
    for message in messages:
        body = bytes(message).replace(b"\nFrom ", b"\n>From ")
        out.append(b"From sender@example.org Mon May 26 20:18:05 +0000 2025\n" + body.rstrip(b"\n") + b"\n\n")
    return b"".join(out)


def column_mails() -> list[EmailMessage]:
    """Sixty mails to a column: 36 stories, 12 replies, 5 sent twice, 4 corrections, 3 with nothing but a photo."""
    mails = [
        mail(n, story_text(n) + (f"\n\n{person(n)[0].split()[0]}, {20 + n}, {PLACES[n % 8]}" if n % 3 == 0 else ""), f"My Mile: {title(n)}", photos=[jpeg(n)] if n % 2 else ())
        for n in range(36)
    ]  # fmt: skip
    for n in range(12):
        quoted = "\n".join(f"> {line}" for line in story_text(n).split("\n"))
        text = f"Thank you, this is wonderful, number {n}!\n\nOn Mon, May 26, 2025 at 10:15 PM {person(n)[0]} <{person(n)[1]}> wrote:\n\n{quoted}\n"
        mails.append(mail(100 + n, text, f"Re: My Mile: {title(n)}", In_Reply_To=f"<m{n}@example.org>"))
    mails += [mail(120 + n, story_text(n), f"My Mile: {title(n)}", who=n) for n in (3, 6, 9, 12, 15)]
    mails += [
        mail(130 + n, f"Correction to my story: it was {1950 + n}, not {1951 + n}. Sorry!", f"Re: My Mile: {title(n)}", who=n, In_Reply_To=f"<m{n}@example.org>")
        for n in (1, 4, 7, 10)
    ]  # fmt: skip
    mails += [mail(150 + n, "", "My Mile", who=n, photos=[jpeg(50 + n)]) for n in (2, 5, 8)]
    return mails
