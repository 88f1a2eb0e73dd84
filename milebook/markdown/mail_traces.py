"""Notice that a whole e-mail was saved as a story: its header lines, its encoding, its signature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from milebook.markdown.hints import Remark
from milebook.markdown.repairs import SENT_FROM

_HEAD = re.compile(
    r"\*{0,2}(?:From|To|Cc|Bcc|Subject|Date|Sent|Reply-To|Message-ID|Received|Return-Path|Delivered-To|MIME-Version|"
    r"X-[\w-]+|Content-(?:Type|Transfer-Encoding)|"
    r"Von|An|Betreff|Datum|Gesendet|De|À|Objet|Envoyé|Para|Asunto|Fecha|Enviado)\s?:\*{0,2}(?:\s|$)",
    re.IGNORECASE,
)
_SURE = re.compile(
    r"\*{0,2}(?:From|Von|De|Subject|Betreff|Objet|Asunto|Received|Return-Path|Message-ID)\s?:", re.IGNORECASE
)
_CODED = re.compile(r"=(?:[89A-F][0-9A-F]|20$|3D|0A|0D)")  # a byte of quoted-printable
_SOFT = re.compile(r"\S{0,80}[\w ,.;]=$")  # a line that goes on in the next one
_SENT_FROM = re.compile(SENT_FROM, re.IGNORECASE)
_ASKED = 400  # lines at the end in which a signature is looked for
_MOST_TOP = 60  # lines of a mail's head


def head(lines: list[str]) -> int:
    """How many lines at the top, from the first, are a mail's head (From:, Subject: …); 0 for none."""
    start = next((number for number, line in enumerate(lines[:_MOST_TOP]) if line.strip()), None)
    if start is None:
        return 0
    top = list(takewhile(lambda line: line.strip(), lines[start : start + _MOST_TOP]))
    named = [number for number, line in enumerate(top) if _HEAD.match(line.strip())]
    if len(named) < 2 or named[0] != 0 or not any(_SURE.match(top[number].strip()) for number in named):
        return 0
    last = named[-1] + 1
    while last < len(top) and top[last][:1] in (" ", "\t"):  # the last field goes on
        last += 1
    return start + last


def remarks(lines: list[str], count: int) -> Iterator[Remark]:
    """What shows that the file is a mail and not only its story; `line` counts from 0 here, from the top of the file.

    `count` is the number of lines of its `head`.
    """
    if count:
        first = next(number for number, line in enumerate(lines) if line.strip())
        yield Remark(
            "MB215",
            "this looks like the head of an e-mail (From, To, Subject …), and it is printed as part of the story",
            "keep only the words of the story: take out the lines down to the first line of the story",
            first,
        )
    coded = [number for number, line in enumerate(lines) if "=" in line and _coded(line)]
    if len(coded) > 1 or sum(len(_CODED.findall(lines[number])) for number in coded) > 2:
        yield Remark(
            "MB215",
            "signs such as “=E2=80=94” or “=20” show that the mail was saved in the form in which it travels",
            "open the e-mail in your mail program and copy the text from the window into this file, or type: milebook check --fix",
            coded[0],
        )
    lowest = max(count, len(lines) - _ASKED)
    for number in range(len(lines) - 1, lowest - 1, -1):
        line = lines[number]
        if _SENT_FROM.match(line.strip()) and len(line) < 80:
            yield Remark(
                "MB215",
                f"“{_words(line)[:60]}” looks like the end of an e-mail, and is printed as part of the story",
                "take the line out, or type: milebook check --fix",
                number,
            )
        elif line.rstrip("\\ ") == "--" and number and 0 < sum(map(bool, map(str.strip, lines[number + 1 :]))) <= 8:
            yield Remark(
                "MB215",
                "a line of two hyphens begins the signature of an e-mail, which is printed as part of the story",
                "take out this line and the signature below it; for a scene break, type ***",
                number,
            )


def remark_of_closing(lines: list[str], number: int) -> Remark:
    """What to say of the closing of a letter that begins on a line."""
    return Remark(
        "MB215",
        f"“{_words(lines[number])[:40]}” begins the closing of a letter, which is printed as part of the story: "
        "the name, and any address and telephone number below it",
        "take these lines out; the name is printed from the index",
        number,
    )


def _words(line: str) -> str:
    """A line without the backslash that ends it and without marks of emphasis around it."""
    return line.strip().rstrip("\\ ").strip("*_")


def _coded(line: str) -> bool:
    """Whether a line holds signs of quoted-printable; an address on the web may hold such letters by chance."""
    return "://" not in line and (_CODED.search(line) is not None or _SOFT.search(line) is not None)
