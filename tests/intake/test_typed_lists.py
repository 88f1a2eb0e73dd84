"""Lists and speech typed with hyphens come in as entries, which the language of a story turns into speech; the rest stays lines."""

from __future__ import annotations

import pytest

from milebook.intake import plain_text
from milebook.intake.items import BULLET, NUMBER, PARAGRAPH, QUOTE, Passage, Picture, Span, passage
from milebook.intake.story_markdown import written
from milebook.intake.typed_lists import with_lists
from milebook.markdown import read_prose

LONG = "one long entry which was wrapped by the program at about seventy two"


@pytest.mark.parametrize(
    ("typed", "markdown"),
    [
        ("I carried:\n\n- one goose\n- one box\n\nBye.", "I carried:\n\n- one goose\n- one box\n\nBye.\n"),
        ("I said:\n- never again\n- never\nAnd I did.", "I said:\n\n- never again\n- never\n\nAnd I did.\n"),
        ("- b\n-c", "- b\n- c\n"),
        ("* a goose\n* a box", "- a goose\n- a box\n"),
        ("- one\n\n- two\n\n- three", "- one\n- two\n- three\n"),
        (f"   - {LONG}\n     characters\n   - another", f"- {LONG} characters\n- another\n"),
        (f"- {LONG}\ncharacters\n- another", f"- {LONG} characters\n- another\n"),
        ("I need:\n1) Shoes\n2) Water\n\nBye.", "I need:\n\n1) Shoes\n2) Water\n\nBye.\n"),
        ("1. Shoes\n\n2. Water\n\n3. Bread", "1. Shoes\n2. Water\n3. Bread\n"),
        ("1)Shoes\n2)Water", "1) Shoes\n2) Water\n"),
        ("09. a\n10. b", "9. a\n10. b\n"),
        (f"1. {LONG}\n   characters\n2. another", f"1. {LONG} characters\n2. another\n"),
        ("- a\n- b\n1. c\n2. d", "- a\n- b\n\n1. c\n2. d\n"),
        ("1. a\n2. b\nand so\n7. May", "1. a\n2. b\n\nand so\\\n7\\. May\n"),
        ("1. Mai 1945", "1\\. Mai 1945\n"),
        ("3. May\n7. May", "3\\. May\\\n7\\. May\n"),
        ("1. a\n2. b\n1. c\n2. d", "1. a\n2. b\n1) c\n2) d\n"),
        ("1) a\n2) b\n1) c\n2) d\n1) e\n2) f", "1) a\n2) b\n1. c\n2. d\n1) e\n2) f\n"),
        ("1.5 miles\n2.5 miles", "1.5 miles\\\n2.5 miles\n"),
        ("1990. We ran.\n1991. We ran.", "1990\\. We ran.\\\n1991\\. We ran.\n"),
        ("We ran.\n- Kip", "We ran.\\\n\\- Kip\n"),
        ("- Kip", "\\- Kip\n"),
        ("*so* we ran\n*so* we fell", "\\*so\\* we ran\\\n\\*so\\* we fell\n"),
        ("-5 at dawn\n-7 at night", "-5 at dawn\\\n-7 at night\n"),
    ],
)
def test_in_plain_text(typed: str, markdown: str) -> None:
    assert written(with_lists(plain_text.passages(typed.split("\n")))) == markdown


def test_in_documents_and_pages() -> None:
    mark, rest = Span("- one "), Span("goose", italic=True)
    passages = [
        passage("I carried:"),
        Passage((mark, rest)),
        passage("- two"),
        Passage((Span("First\n- a\n- "), Span("b", bold=True), Span("\nLast"))),
        passage("- quoted\n- twice", QUOTE),
        passage("1) Shoes\n2) Water"),
        Passage((Span("1. "), Span("salt", italic=True))),
        passage("2. bread"),
    ]
    pictures = [Picture("a", ".jpg", lambda: b"", after=at) for at in (0, 1, 3, 4)]
    made = with_lists(passages, pictures)
    assert [(one.kind, one.text) for one in made] == [
        (PARAGRAPH, "I carried:"), (BULLET, "one goose"), (BULLET, "two"), (PARAGRAPH, "First"), (BULLET, "a"), (BULLET, "b"),
        (PARAGRAPH, "Last"), (QUOTE, "- quoted\n- twice"), (NUMBER, "Shoes"), (NUMBER, "Water"), (NUMBER, "salt"), (NUMBER, "bread"),
    ]  # fmt: skip
    assert [one.label for one in made[-4:]] == ["1)", "2)", "1.", "2."]
    assert made[1].spans[-1] == rest
    assert made[5].spans == (Span("b", bold=True),)
    assert [picture.after for picture in pictures] == [0, 1, 3, 7]


@pytest.mark.parametrize("apart", ["\n", "\n\n"])
@pytest.mark.parametrize("mark", ["- ", "-", "—", "– "])
def test_speech_in_spanish_is_speech_when_the_story_is_read(mark: str, apart: str) -> None:
    typed = apart.join(f"{mark}{said}" for said in ("¿Vienes?", "Sí. Claro que vengo.", "Pues vamos."))
    markdown = written(with_lists(plain_text.passages(typed.split("\n"))))
    text, _ = read_prose(markdown, "", language="es")
    said = [block.text for block in text.blocks]
    assert [line.lstrip("—–\u00a0 ") for line in said] == ["¿Vienes?", "Sí. Claro que vengo.", "Pues vamos."]
    assert all(line[0] in "—–" and block.kind == "paragraph" for line, block in zip(said, text.blocks, strict=True))
