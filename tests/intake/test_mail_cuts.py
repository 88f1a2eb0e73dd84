"""Quoted and forwarded mails as programs write them in two dozen languages, and stories that only look like them."""

from __future__ import annotations

import textwrap

import pytest
from mail_programs import ATTRIBUTIONS, FORWARDS, HEADS
from mails import story_text

from milebook.intake.items import Found
from milebook.intake.mail.forwards import own_lines
from milebook.intake.mail.message import found
from milebook.intake.mail.own_text import trimmed
from milebook.intake.story_markdown import written

STORY = (
    "We walked to the mill and back, and nobody counted the steps.\n\nMy aunt carried the lantern home in the rain.\n"
)
QUOTED = "Please send us your story of a mile.\nThank you very much, dear reader."
MARKED = "\n".join(f"> {line}" for line in QUOTED.split("\n"))


def mail(body: str, subject: str, kind: str = "plain") -> Found:
    head = f"From: Rosa Lind <rosa@example.org>\nSubject: {subject}\nDate: Fri, 1 Aug 2025 23:30:00 -0700\nMessage-ID: <a@b.c>\n"
    data = f"{head}Content-Type: text/{kind}; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n{body}".encode()
    return found(data, "test.eml", again=lambda: data)


@pytest.mark.parametrize("between", ["\n\n", "\n"])
@pytest.mark.parametrize("name", ATTRIBUTIONS)
def test_an_attribution_and_its_quotation_are_cut(name: str, between: str) -> None:
    item = mail(f"{STORY}\n{ATTRIBUTIONS[name]}{between}{MARKED}\n", "Re: Call")
    assert written(item.passages) == STORY
    assert "Please send us" in "".join(item.cuts)
    assert item.quoted


@pytest.mark.parametrize("name", HEADS)
def test_a_quotation_without_marks_is_cut(name: str) -> None:
    item = mail(f"{STORY}\n{HEADS[name]}\n{QUOTED}\n", "Re: Call")
    assert written(item.passages) == STORY
    assert "Please send us" in "".join(item.cuts)


@pytest.mark.parametrize(
    "name",
    [name for name, line in ATTRIBUTIONS.items() if "<" in line and name not in ("gmail old", "horde", "horde en")],
)
def test_an_attribution_with_an_address_needs_no_marks(name: str) -> None:
    assert written(mail(f"{STORY}\n{ATTRIBUTIONS[name]}\n\n{QUOTED}\n", "Re: Call").passages) == STORY


@pytest.mark.parametrize("mark", ["Fwd", "FW", "WG", "TR", "RV", "I", "ENC", "转发"])
@pytest.mark.parametrize("name", FORWARDS)
def test_what_was_forwarded_is_the_story(name: str, mark: str) -> None:
    sign = "> " if "quoted" in name else ""
    end = {"mutt": "\n----- End forwarded message -----\n", "kmail": f"\n{'-' * 41}\n"}.get(name, "")
    body = FORWARDS[name] + "\n".join(sign + line for line in STORY.split("\n")) + end
    item = mail(body, f"{mark}: Something")
    assert (item.name, item.email, item.title) == ("Hana Berg", "hana@example.org", "The Mill")
    assert written(item.passages) == STORY
    assert "forwarded by Rosa Lind" in item.notes
    assert any("hana@example.org" in cut for cut in item.cuts)


def test_a_mail_forwarded_twice() -> None:
    inner = FORWARDS["gmail"] + STORY
    outer = (
        FORWARDS["gmail"].replace("Hana Berg", "Ida Cole").replace("hana@", "ida@").replace("The Mill", "Fwd: The Mill")
    )
    item = mail(f"For you!\n\n{outer}{inner}", "Fwd: Fwd: The Mill")
    assert (item.name, item.title, written(item.passages)) == ("Hana Berg", "The Mill", STORY)


@pytest.mark.parametrize("name", ["outlook", "samsung", "aol"])
def test_a_head_below_a_long_text_is_quoted_whatever_the_subject_says(name: str) -> None:
    item = mail(f"{story_text(5)}\n\n{FORWARDS[name]}{STORY}", "FW: The Mill")
    assert item.name == "Rosa Lind"
    assert "".join(written(item.passages).split()) == "".join(story_text(5).split())


def test_a_forwarded_page_keeps_its_italics() -> None:
    html = (
        '<div>Here it is.</div><blockquote type="cite"><div>Begin forwarded message:</div><br><div><b>From: </b>Hana Berg &lt;hana@example.org&gt;</div>'
        "<div><b>Subject: </b><b>The Mill</b></div><div><b>Date: </b>May 26, 2025</div><div><b>To: </b>rosa@example.org</div><br>"
        "<div><p>We <i>walked</i> to the mill.</p><p>Nobody counted.</p></div></blockquote>"
    )
    item = mail(html, "Fwd: The Mill", "html")
    assert (item.name, item.title) == ("Hana Berg", "The Mill")
    assert written(item.passages) == "We *walked* to the mill.\n\nNobody counted.\n"


@pytest.mark.parametrize("width", [0, 72])
@pytest.mark.parametrize("seed", range(6))
def test_stories_are_left_alone(seed: int, width: int) -> None:
    text = story_text(seed)
    lines = [line for part in text.split("\n") for line in (textwrap.wrap(part, width) if width and part else [part])]
    for passes_on in (0, 30):
        assert own_lines(lines, passes_on=passes_on).lines == list(range(len(lines)))


@pytest.mark.parametrize(
    "text",
    [
        "On 26 May 1986 my father wrote a letter. It was long.\n\nWe kept it.",
        "To: whoever finds this\nFrom: the boy on the bridge\n\nI was here in 1986.",
        "He wrote:\n\nI am well. The mill stands.\n\nIt was the last letter.",
        "Write to her before 1/2/2025.\n\nThe address was the mill.",
        "Forwarded to the next town, the letter came back. We laughed.\n\nFrom then on we walked.",
        "The original message was chalk on a wall.\n\nIt said: run.",
    ],
)
def test_what_only_looks_quoted_stays(text: str) -> None:
    assert not trimmed(text.split("\n")).cuts
