"""Every character comes out of the PDF as it was typed, and what cannot be printed is said."""

from __future__ import annotations

import re
import shutil
import unicodedata
from dataclasses import replace
from pathlib import Path

import pdf_kit as kit
import pytest

from milebook.model.draft import Paragraph, Role
from milebook.model.text import Run
from milebook.writers import Options
from milebook.writers.pdf import write

needs_poppler = pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler's pdftotext is not installed")

TYPED = [
    "The office staff found the first difficult waffle fluffy; flfi affluent Th.",
    "Nguyễn Thị Minh, Łukasz Wójcik, Þórdís, Čapek, Ærøskøbing, Ştefan, Zoë, Søren.",
    "Nguye\u0302\u0303n in pieces, Zoe\u0308 too.",
    "Greek Ωμέγα and Cyrillic Привет and Georgian ქართული.",
    "In 1986 it was 5 km, ½ a mile, 20 °C, £5, €7, № 3, § 4.",
    "Stars ★ ☆, arrows → ⇒, music ♪, boxes ☐ ☑ ✓.",
    "Emoji 😀 ❤\ufe0f 👍🏽 🇫🇷 end.",
    "“Quotes,” ‘single,’ dashes – and — and … ellipsis.",
]


def words(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", re.sub("[\ufe0f\u200d]", "", text)).split())


@needs_poppler
@pytest.mark.parametrize("text", TYPED)
def test_extracts_as_typed(text: str, tmp_path: Path) -> None:
    made = write(kit.draft(kit.story(1, (kit.para(text, anchor="one"),))), kit.layout(), kit.FakePreparer(), Options())
    assert words(text) in words(kit.text_of(made.data, tmp_path))
    assert dict(made.transcript)["one"] == " ".join(text.split())
    assert made.findings == []


@needs_poppler
def test_small_caps_and_capitals_extract_as_typed(tmp_path: Path) -> None:
    styles = {**kit.STYLES, Role.BODY: replace(kit.STYLES[Role.BODY], caps=True)}
    text = "Straße and office, 1986."
    made = write(kit.draft(kit.story(1, (kit.para(text),))), kit.layout(styles=styles), kit.FakePreparer(), Options())
    read = kit.text_of(made.data, tmp_path)
    assert "Teller 1, 40, Ghent" in read  # the byline is set in small capitals
    assert text in read


@needs_poppler
def test_hyphenated_words_can_be_joined(tmp_path: Path) -> None:
    text = "Extraordinarily uncharacteristic misunderstandings unfortunately accompanied international representatives."
    made = write(kit.draft(kit.story(1, (kit.para(text, anchor="one"),))), kit.layout(page=replace(kit.TRADE, inside=150)), kit.FakePreparer(), Options())  # fmt: skip
    read = kit.text_of(made.data, tmp_path)
    joined = " ".join(re.sub(r"(\w)-\n(\w)", r"\1\2", read).split())
    assert dict(made.transcript)["one"] == text
    for word in text.rstrip(".").split():
        assert word in joined


def test_a_missing_character_is_reported_and_marked() -> None:
    items = (
        kit.para("A 𒀀 and 𒀀 again, then 🜚 once.", anchor="one"),
        Paragraph(Role.BODY, (Run("plain"),), "two"),
    )
    made = write(kit.draft(kit.story(1, items)), kit.layout(), kit.FakePreparer(), Options())
    found = [f for f in made.findings if f.code == "MB600"]
    assert len(found) == 2
    assert "U+12000" in found[0].message
    assert "2 times" in found[0].message
    assert found[0].place.file == "stories/x.md"
    assert "U+1F71A" in found[1].message
    assert dict(made.transcript)["one"].startswith("A 𒀀")


@pytest.mark.parametrize(
    ("text", "script", "count"),
    [
        ("我们走到村子里，然后回家。", "Chinese characters", 13),
        ("ひらがなを、書く。", "Japanese letters", 9),
        ("우리는 걸었다.", "Korean letters", 6),
        ("हम गाँव तक चले।", "Devanagari letters", 12),
        ("བོད་ཡིག་འདི་ཡིན།", "Tibetan letters", 16),
        ("እኛ ወደ መንደሩ ሄድን።", "Ethiopic letters", 12),
    ],
)
def test_a_script_that_no_face_has_is_reported_once(text: str, script: str, count: int) -> None:
    paragraphs = tuple(kit.para(text, anchor=f"p{i}") for i in range(3))
    made = write(kit.draft(kit.story(1, paragraphs)), kit.layout(), kit.FakePreparer(), Options())
    messages = [f.message for f in made.findings if f.code == "MB600"]
    assert sum(script in message for message in messages) == 1
    assert len(messages) <= 2  # Chinese characters in Japanese
    if len(messages) == 1:
        assert f"{3 * count} times here" in messages[0]


def test_many_missing_characters_do_not_flood_the_report() -> None:
    text = "".join(chr(0x1F700 + i) for i in range(100))
    made = write(kit.draft(kit.story(1, (kit.para(text),))), kit.layout(), kit.FakePreparer(), Options())
    assert 2 <= len([f for f in made.findings if f.code == "MB600"]) <= 20


@pytest.mark.parametrize(
    ("text", "fires"),
    [("שלום עולם", False), ("مرحبا", False), ("ສະບາຍດີ", True), ("हिन्दी", False), ("Ελλάδα", False), ("Việt", False)],
)
def test_writing_without_spaces_between_words_is_reported(text: str, fires: bool) -> None:
    made = write(kit.draft(kit.story(1, (kit.para(text),))), kit.layout(), kit.FakePreparer(), Options())
    assert any(f.code == "MB602" for f in made.findings) is fires


def test_an_unknown_typeface_is_reported() -> None:
    made = write(
        kit.draft(kit.story(1, (kit.para("x"),))),
        kit.layout(fonts={"text": "Comic Neue"}),
        kit.FakePreparer(),
        Options(),
    )
    assert [f.code for f in made.findings] == ["MB603"]
