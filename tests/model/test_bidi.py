"""Direction of the characters of a line, against what the Unicode standard says of them.

With MILEBOOK_UNICODE naming a folder that holds BidiTest.txt and BidiCharacterTest.txt (as Debian's package unicode-data has
them), every case of the standard's own tests is tried.
"""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from milebook.model.bidi import has_turns, levels, visual


def seen(text: str, base: int) -> str:
    """The characters from left to right, mirrored ones not mirrored."""
    return "".join(text[i] for i in visual(levels(text, base)))


@pytest.mark.parametrize(
    ("text", "base", "shown"),
    [
        ("abc", 0, "abc"),
        ("אבג", 0, "גבא"),
        ("he said אבג דהו today", 0, "he said והד גבא today"),
        ("אבג abc דהו", 1, "והד abc גבא"),
        ("אבג abc def דהו", 1, "והד abc def גבא"),
        ("אבג 26.2 דהו", 1, "והד 26.2 גבא"),
        ("אבג 10% דהו", 1, "והד 10% גבא"),
        ("אבג (דהו).", 1, ".)והד( גבא"),
        ("he ran (אבג) home", 0, "he ran (גבא) home"),
        ("אבג!", 0, "גבא!"),
        ("אבג!", 1, "!גבא"),
        ("عام 1948 abc", 1, "abc 1948 ماع"),
        ("أب-١٢", 1, "١٢-بأ"),
        ("1948", 1, "1948"),
    ],
)
def test_what_is_seen(text: str, base: int, shown: str) -> None:
    assert seen(text, base) == shown


def test_marks_go_with_their_letter() -> None:
    found = levels("a\u0301 ב\u05b0ג", 0)
    assert found == [0, 0, 0, 1, 1, 1]


def test_a_quick_look_finds_what_turns() -> None:
    assert not has_turns("Ελλάδα 1948 “quoted” 日本")
    assert has_turns("Ana שלום")
    for char in map(chr, range(0x110000)):
        if unicodedata.bidirectional(char) in ("R", "AL", "AN"):
            assert has_turns(char), f"U+{ord(char):04X}"


STANDARD = os.environ.get("MILEBOOK_UNICODE", "")
needs_standard = pytest.mark.skipif(not STANDARD, reason="MILEBOOK_UNICODE does not name a folder with BidiTest.txt")
EXPLICIT = frozenset(map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]))
SAMPLES = {"L": "a", "R": "\u05d0", "AL": "\u0627", "EN": "1", "ES": "+", "ET": "#", "AN": "\u0661", "CS": ",", "NSM": "\u0300", "BN": "\u00ad", "B": "\u2029", "S": "\t", "WS": " ", "ON": "!"}  # fmt: skip


def agrees(text: str, base: int, wanted: list[str]) -> bool:
    return all(want in ("x", str(found)) for want, found in zip(wanted, levels(text, base), strict=True))


@needs_standard
def test_every_character_case_of_the_standard() -> None:
    tried = 0
    for line in (Path(STANDARD) / "BidiCharacterTest.txt").read_text("utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        points, base, _, wanted, order = line.split(";")
        text = "".join(chr(int(point, 16)) for point in points.split())
        if base == "2" or EXPLICIT & set(text) or "\u2029" in text[:-1]:
            continue
        tried += 1
        assert agrees(text, int(base), wanted.split()), line
        found = levels(text, int(base))
        places = [i for i, want in enumerate(wanted.split()) if want != "x"]
        assert [places[i] for i in visual([found[i] for i in places])] == [int(i) for i in order.split()], line
    assert tried > 10_000


@needs_standard
def test_every_class_case_of_the_standard() -> None:
    tried, wanted = 0, [""]
    for line in (Path(STANDARD) / "BidiTest.txt").read_text("utf-8").splitlines():
        if line.startswith("@Levels:"):
            wanted = line[8:].split()
        if not line or line[0] in "#@":
            continue
        kinds, bits = line.split(";")
        if any(kind not in SAMPLES for kind in kinds.split()) or "B" in kinds.split()[:-1]:
            continue
        text = "".join(SAMPLES[kind] for kind in kinds.split())
        for base, bit in ((0, 2), (1, 4)):
            if int(bits) & bit:
                tried += 1
                assert agrees(text, base, wanted), line
    assert tried > 10_000
