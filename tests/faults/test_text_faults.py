"""Stories as strangers send them: refused with the place, or printed word for word in all three formats; within seconds."""

from __future__ import annotations

import re
from pathlib import Path

import oracle
import pytest
import reading
import sound

HOSTILE = {  # text, code, place, what is told
    "NUL": ("I ran\0 home.\n", "MB014", "1:6", "U+0000"),
    "C0": ("One.\n\nI ran\x07 home.\n", "MB014", "3:6", "U+0007"),
    "C1": ("I ran\x85 home.\n", "MB014", "1:6", "U+0085"),
    "a page break": ("I ran\x0c home.\n", "MB014", "1:6", "page break"),
    "non-character": ("I ran\uffff home.\n", "MB021", "1:6", "U+FFFF"),
    "surrogate": (b"I ran \xed\xa0\x80 home.\n", "MB021", "1:7", "U+D800"),
    "bidi override": ("I ran \u202eemoh\u202c.\n", "MB015", "1:7", "U+202E"),
    "bidi isolate": ("I ran \u2067home\u2069.\n", "MB015", "1:7", "U+2067"),
    "Latin-1": ("The caf\xe9.\n".encode("latin-1"), "MB012", "1:8", '"é"'),
    "UTF-16": ("I ran home.\n".encode("utf-16"), "MB012", "1:1", "UTF-16"),
    "a Word document": (b"PK\x03\x04....", "MB013", "", "Word"),
    "a PDF": (b"%PDF-1.7", "MB013", "", "PDF"),
    "noise": (bytes(range(1, 256)) * 4, "MB012", "", ""),
    "empty": ("", "MB200", "1:1", "empty"),
    "only blanks": (" \n\t\n", "MB200", "1:1", "empty"),
    "only a scene break": ("***\n", "MB200", "1:1", "empty"),
    "three megabytes": ("I ran home. " * 260_000, "MB010", "", "too big"),
}


@pytest.mark.parametrize(("text", "code", "place", "told"), HOSTILE.values(), ids=HOSTILE.keys())
def test_refused_naming_code_point_line_and_column(
    book: Path, text: str | bytes, code: str, place: str, told: str
) -> None:
    sound.write(book / "stories" / "oak.md", text)
    ran = oracle.try_book(book, "build")
    assert ran.status == 1
    heads = [line for line in ran.err.split("\n") if f"error[{code}]" in line]
    assert heads and told in heads[0] and "hint: " in ran.err, ran.err
    if place:
        assert heads[0].startswith(f"stories/oak.md:{place}"), heads[0]


INERT = {  # text, the paragraphs that must be printed, codes that must be among the findings
    "raw HTML and script": ("<script>alert(1)</script> <b>bold</b> <!-- no -->\n", ["<script>alert(1)</script> <b>bold</b>"], {"MB210"}),
    "javascript, data and file links": ("[one](javascript:alert(1)) [two](data:text/html,x) [three](file:///etc/passwd) end\n", ["one two three end"], {"MB201"}),
    "remote image": ("Before ![a red kite](https://evil.example/x.png) after.\n", ["Before a red kite after."], {"MB202"}),
    "image of a device": ("Before ![a kite](/dev/zero) after.\n", ["Before a kite after."], {"MB202"}),
    "ReportLab markup": ('<para><img src="/etc/hostname"/> <font size="99">big</font> &lt;b&gt;\n', ["big"], set()),
    "front matter": ("---\ntitle: My story\ndraft: true\n---\n\nI ran home.\n", ["title: My story draft: true", "I ran home."], {"MB209"}),
    "headings in a body": ("# The day\n\nI ran.\n\n## Later\n\nI sat.\n", ["The day", "I ran.", "Later", "I sat."], set()),
    "templates in a body": ("{{ 7*7 }} {% raw %} ${HOME} $(id) `id` <%= x %> #{y} %s {0}\n", ["7*7 raw HOME id id x y s 0"], set()),
    "formulas": ("=1+1 and so on\n\n@SUM(A1)\n\n+1 to that\n", ["1+1 and so on", "SUM(A1)", "1 to that"], set()),
    "zero-width": ("wo\u200brd and wo\u2060rk\n", ["word and work"], {"MB016"}),
    "entities for what cannot be seen": ("a &#x202e; b &#0; c &#8; d\n", ["a x202e b 0 c 8 d"], set()),
    "right to left": ("He said שלום and left.\n", ["He said שלום and left."], set()),
    "glyph not in font": ("We sang 今日 and left.\n", ["We sang", "and left."], {"MB600"}),
    "emoji and flags": ("Done 🏃‍♀️ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 at last\n", ["Done", "at last"], set()),
    "marks upon marks": ("Z" + "\u0301" * 60 + "algo came\n", ["came"], set()),
    "notes in notes and twice": ("One[^1] two[^1]\n\nthree[^1]\n\n[^1]: see[^2]\n\n[^2]: deeper, see[^1]\n", ["One", "two", "three"], {"MB204"}),
    "a long word": ("It was " + "abcdefghij" * 300 + " long\n", ["abcdefghij" * 300], set()),
    "CRLF, CR and a byte order mark": (b"\xef\xbb\xbfOne\r\n\r\nTwo\r\rThree", ["One", "Two", "Three"], set()),
    "odd quotes": ("\"Hi,\" 'twas '90s 5'11\" rock 'n' roll \"unclosed\n", ["Hi", "twas 90s 511", "rock n roll", "unclosed"], set()),
    "lists and quotes": ("3) three\n4) four\n\n- a\n  - b\n\n> c\n> > d\n\n1986. A year\n", ["three", "four", "a", "b", "c", "d", "A year"], set()),
    "verse": ("Roses\\\nViolets\\\nSugar\n", ["Roses Violets Sugar"], set()),
    "queries": ("I ran{>> how far? <<} home.\n", ["I ran home."], set()),
    "a table": ("|a|b|\n|-|-|\n|one|two|\n", ["a", "b", "one", "two"], set()),
}  # fmt: skip


@pytest.mark.parametrize(("text", "printed", "codes"), INERT.values(), ids=INERT.keys())
def test_inert_and_word_for_word(book: Path, text: str | bytes, printed: list[str], codes: set[str]) -> None:
    sound.write(book / "stories" / "oak.md", text)
    ran = oracle.try_book(book, "build", "--jobs", "1", "--no-cache")
    assert ran.status == 0, ran.err
    assert codes <= ran.codes(), ran.err
    for kind, said in oracle.texts(book / "build").items():
        start = said.find("The Oak", said.find("The Oak") + 1) if kind == "docx" else 0
        folded = reading.letters(said[max(start, 0) :])
        at = 0
        for paragraph in printed:
            found = folded.find(reading.letters(paragraph), at)
            assert found >= 0, f"the {kind} has lost {paragraph[:60]!r}\n{said[:3000]}"
            at = found + len(reading.letters(paragraph))


BOMBS = {
    "brackets": "[" * 20_000,
    "open links": "[a](" * 4_000,
    "pictures": "![a" * 4_000,
    "emphasis": "*a " * 10_000,
    "asterisks": "**" * 15_000 + "a",
    "emphasis in words": "*a*b" * 5_000,
    "underscores": "a" + "_" * 30_000 + "a",
    "backticks": "a " + " ".join("`" * n for n in range(1, 250)),
    "quotes in quotes": "> " * 2_000 + "a",
    "lists in lists": "- " * 2_000 + "a",
    "deeper and deeper lists": "\n".join("  " * n + "- a" for n in range(200)),
    "link definitions": "\n".join(f"[r{n}]: https://x.example/{n}" for n in range(1_000))
    + "\n\n"
    + "[r1][r1] " * 1_000,
    "notes": "".join(f"x[^{n}] " for n in range(300)) + "\n\n" + "\n".join(f"[^{n}]: n{n}\n" for n in range(300)),
    "note marks in a row": "a"
    + "".join(f"[^{n}]" for n in range(80))
    + "\n\n"
    + "\n".join(f"[^{n}]: n{n}\n" for n in range(80)),
    "entities": "a" + "&" * 30_000,
    "angle brackets": "a" + "<" * 30_000,
    "backslashes": "a" + "\\" * 30_001,
    "quotation marks": "a" + '"' * 15_000,
    "open queries": "a {>>" * 2_000,
    "tables": "|a" * 3_000 + "|\n" + "|-" * 3_000 + "|\n",
    "scene breaks": "***\n\n" * 1_000 + "a",
    "hard line breaks": "a\\\n" * 1_000,
    "empty lines": "\n" * 100_000 + "a",
    "blanks": "a" + " " * 100_000 + "a",
    "one word": "a" * 30_000,
    "one word of accents": "é" * 20_000,
    "an address": "https://x.example/" + "a/" * 5_000,
}


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS.keys())
def test_markdown_bombs_go_off_within_seconds(book: Path, text: str) -> None:
    sound.write(book / "stories" / "oak.md", text + "\n")
    ran = oracle.try_book(book, "build", "--jobs", "1", "--no-cache")
    assert ran.status == 0, ran.err
    counted = len(re.findall("[^\\W_]", text))
    for kind in ("docx", "epub"):
        printed = len(re.findall("[^\\W_]", oracle.texts(book / "build")[kind]))
        assert printed >= min(counted, 200), f"the {kind} is nearly empty"


@pytest.mark.slow
def test_a_paragraph_of_a_megabyte_and_a_story_of_a_hundred_thousand_words(book: Path) -> None:
    sound.write(book / "stories" / "oak.md", "I ran to the oak and back again. " * 31_000)
    sound.write(
        book / "stories" / "river.md", "\n\n".join(["It was as high as that, and higher still than ever."] * 10_000)
    )
    ran = oracle.try_book(book, "build", "--jobs", "1", "--no-cache", seconds=300)
    assert ran.status == 0, ran.err
    assert {"MB207", "MB185"} <= ran.codes()
    for kind, text in oracle.texts(book / "build").items():
        letters = reading.letters(text)
        assert letters.count("irantotheoakandbackagain") == 31_000, kind
        assert letters.count("itwasashighasthatandhigherstillthanever") == 10_000, kind
