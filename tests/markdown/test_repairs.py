"""Damaged text beside what it was: remains of encodings, e-mail and Word. And text that must not be touched."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milebook.markdown.damage import damage, lost_letters
from milebook.markdown.repairs import repair_fully, repaired, repairs


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [
        ("I didnâ€™t know â€œsheâ€\u009d was â€“ here", "I didn’t know “she” was – here"),
        ("she said â€œhelloâ€ and left", "she said “hello” and left"),
        ("naÃ¯ve cafÃ© sÃ£o Â© Â½", "naïve café são © ½"),
        ("donÃ¢â‚¬â„¢t", "don’t"),
        ("Ð¿Ñ€Ð¸Ð²ÐµÑ‚ Ð¼Ð¸Ñ€", "привет мир"),
        ("Tom &amp; I, &eacute;t&#233;, &amp;rsquo;", "Tom & I, été, ’"),
        ("Dear people&amp;nbsp;and Tom", "Dear people and Tom"),
        ("we ran=E2=80=99s far=20\nand ca=\nme =C3=A9t=C3=A9", "we ran’s far\nand came été"),
        ("it=92s, he said=20\n", "it’s, he said\n"),
        ("qui\x92ê \x93Go\x94 \x85", "qui’ê “Go” …"),
        ("I don?t know why? It?s late, I?m off", "I don’t know why? It’s late, I’m off"),
        ("don\ufffdt", "don’t"),
        (
            "don?t ask my mother?s dog at five o?clock; who?ve we here",
            "don’t ask my mother’s dog at five o’clock; who’ve we here",
        ),
        ("I\ufffdm at my mother\ufffds", "I’m at my mother’s"),
        ("·\u00a0\u00a0\u00a0 Shoes\n\uf0b7\tWater", "- Shoes\n- Water"),
        ("We ran.\n\nSent from my iPhone\n", "We ran.\n"),
        ("Wir liefen.\n\nVon meinem iPhone gesendet", "Wir liefen."),
        ("He ran.\u00a0 She ran.\tThey \u200bran", "He ran. She ran. They ran"),
        (r"One.\<br>\<br/> \<i>Two\</i> three<br>", "One.\n\n*Two* three"),
        ("x<br>\ny<br>\n\nz", "x\\\ny\n\nz"),
        (r"a\\<br>b", "a\\\\\\\nb"),
        ("<p>One <i>two</i> three</p><p>x<br>y</p>", "One *two* three\n\nx\\\ny"),
        ("> a\n> b\n> c\n> d\n", "a\nb\nc\nd\n"),
        ("one\x0btwo", "one\\\ntwo"),
    ],
)
def test_repairs(damaged: str, meant: str) -> None:
    assert repair_fully(damaged) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Voilà l’été « oui » — Ça va ? À bientôt. Ñandú, Äpfel, Å, Ê",
        "«CAFÉ» and É»",
        "Why?that was really?sure What?s",
        "two caf\ufffds, cr\ufffdped up, a toup\ufffde, my\ufffdwife\ufffdfell, un r\ufffdve, p\ufffdre, t\ufffdt, caf?s, r?ve",
        "AT&T &bogus; R&D; x = y, 2=20 and 3=92",
        "https://x.org/?a=E2=80=99b",
        "> quoted\n> twice\n\nand not",
        "• Shoes\n• Water",
        'Nguyễn Thị, Łukasz, צה"ל, मैं\u200dने',
        "a\u00a0b 10\u00a0000 5\u00a0%",
        "I was sent from my home to the sea.",
        "a < b > c <abc@mail>",
    ],
)
def test_text_that_is_right_stays(text: str) -> None:
    assert repair_fully(text).replace("’s", "?s") == text


@given(st.text(max_size=80))
def test_repairs_do_not_overlap_and_come_to_an_end(text: str) -> None:
    made = repairs(text)
    assert all(one.end <= two.start for one, two in pairwise(made))
    repaired(text, made)
    repair_fully(text)


def test_damage_is_shown_with_the_repaired_words() -> None:
    (found,) = damage("It rained.\nI didnâ€™t know.\nThey didnâ€™t.", "a.md")
    assert (found.code, found.place.line) == ("MB222", 2)
    assert "“I didnâ€™t know.” should read “I didn’t know.”" in found.message
    assert "1 more in this file" in found.message
    assert "check --fix" in found.hint
    (found,) = damage("So&lt;/ref&gt; it is.", "a.md")
    assert "“So&lt;/ref&gt; it is.” should read “So</ref> it is.”" in found.message


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("We met “Nguy?n,” and then H?nh.", "Nguy?n"),
        ("GDA?SK was cold.", "GDA?SK"),
        ("It was what?no.", "what?no"),
        ("Why? Because. Really?! (No?) Who?—She.", ""),
        ("Why?Because", ""),
        ("don?t, I?m at mother?s", ""),  # apostrophes, which are repaired
        ("Two caf?s", "caf?s"),
        ("See https://x.example/a?b=c, www.x.example?a and x.example?page", ""),
        ("你好?我很好", ""),
        ("¿Qué? ¿Y tú?", ""),
    ],
)
def test_letters_that_were_lost_as_question_marks(text: str, word: str) -> None:
    found = [finding.message.split("”")[0].lstrip("“") for finding in lost_letters(f"A line.\n{text}", "a.md")]
    assert found == ([word] if word else [])
    if word:
        assert lost_letters(f"A line.\n{text}", "a.md")[0].place.line == 2
