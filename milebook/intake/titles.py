"""Titles for what was received: the subject, unless it only names the column; else the first line, else the first words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from milebook.intake.items import HEADING, PARAGRAPH, Found, Passage
from milebook.intake.story_markdown import SCENE_LINE, cleaned

MOST_WORDS, FIRST_WORDS = 12, 6
LONGEST = 120
_COMMON = 3  # people who use the same subject: it names the column, not the story
_NO_TITLE = re.compile(
    r"(?i)\W*(?:(?:my|a|the|your|our|another|here is my|here's my)\s+)?(?:story|stories|submission|submitting|entry|essay|hello|hi|hey|test|"
    r"no subject|\(no subject\)|\(kein betreff\)|untitled|photo|photos|picture|pictures|attached|document|document1|message|mail|email|"
    r"column|for your (?:book|column)|for the (?:book|column)|question|contact|thanks|thank you|correction|photos? for (?:my|the) story)\W*"
)
_GREETING = re.compile(
    r"(?i)\W*(?:dear|hi|hello|hey|good (?:morning|day|evening|afternoon)|greetings|to whom|liebe[rs]?|hallo|guten (?:tag|morgen|abend)|"
    r"sehr geehrte|bonjour|chère?s?|hola|querid[oa]s?|ciao|cara?|beste|olá|hej)\b.{0,60}"
)
# What begins an answer, and no title: "Here it is", "Thanks for asking", "As promised".
_SAYING = re.compile(
    r"(?i)\W*(?:here(?:[’']s| is| it is| are| you (?:are|go)| goes| comes)|this is (?:my|mine|what)|my (?:story|entry|submission)\b(?: is| for|\W*$)|"
    r"mine (?:is|follows)|thanks|thank you|many thanks|sorry (?:for|about|to|this|that|it)|attached|please (?:find|see|accept|consider|let|use)|"
    r"see (?:below|attached)|below (?:is|are|you)|as (?:promised|requested|asked|discussed)|i (?:am|have|hope|would|am sending|send) |i[’'](?:m|ve|d|ll)|"
    r"hope (?:you|this|it|all)|yes,|no problem|sure,|ok(?:ay)?\b|danke|vielen dank|hier (?:ist|kommt)|anbei|merci|voici|gracias|aqu[ií] (?:est[aá]|va)|"
    r"grazie|ecco|bedankt|hierbij|obrigad[oa])"
)
_END = re.compile(r"[.!?…,;:][\"'”’)]*$")
_SENTENCE = re.compile(r"(?s)(.+?[.!?…][\"'”’)]*)(?=\s+[^\W\d_a-z]|\s*$|\s+[A-ZÀ-Þ“\"'‘])")
_PARTS = re.compile(r"\s*(?::|—|–| - |\|)\s*")


def common_subjects(items: Iterable[Found]) -> set[str]:
    """Subjects, or their beginnings before a colon or dash, that several people use: in small letters."""
    people: defaultdict[str, set[str]] = defaultdict(set)
    for item in items:
        who = item.email or item.name or item.key
        subject = _folded(item.title)
        if not subject or item.kind not in ("email", "form"):
            continue
        people[subject].add(who)
        head = _folded(_PARTS.split(item.title, maxsplit=1)[0])
        if head and head != subject:
            people[head].add(who)
    return {subject for subject, senders in people.items() if len(senders) >= _COMMON}


def borrowed_subjects(items: Iterable[Found]) -> set[str]:
    """The keys of mails whose subject is that of the mail they answer: "Re:" says so, unless that mail is here with another one;
    and those that were forwarded, whose subject may be that of whoever passed them on.
    """
    listed = list(items)
    subjects = {item.key: _folded(item.title) for item in listed}
    borrowed = set()
    for item in listed:
        answered = next((subjects[key] for key in reversed(item.answers) if key in subjects and key != item.key), None)
        if item.forwarding or (item.answering and answered in (None, _folded(item.title))):
            borrowed.add(item.key)
    return borrowed


def titled(item: Found, common: set[str], *, borrowed: bool = False) -> str:
    """The title for an item, in one line. Where it is the first line of the text, that line leaves `item.passages`.

    `borrowed` says that the subject is that of the mail it answers or was forwarded with, so that a title in the text goes before it.
    """
    subject = one_line(item.title)
    if heading := one_line(item.heading).strip("*_# "):
        if subject and _folded(subject) != _folded(heading):
            item.notes.append(f"the title is that of the attached document; the subject is “{subject}”")
        return _shortened(heading)
    parts = _PARTS.split(subject, maxsplit=1)
    if len(parts) == 2 and parts[1].strip() and (_folded(parts[0]) in common or _NO_TITLE.fullmatch(parts[0])):
        subject = parts[1].strip()
    usable = bool(subject) and _folded(subject) not in common and not _NO_TITLE.fullmatch(subject)
    if usable and not borrowed and not item.file_named:
        return _shortened(subject)
    line = _first_line(item.passages)
    if usable and (line is None or _SAYING.match(item.passages[line].text)):
        mail = "mail that was forwarded" if item.forwarding else "mail it answers"
        of = "name of its file" if item.file_named else f"subject of the {mail}"
        item.notes.append(f"the title is taken from the {of}")
        return _shortened(subject)
    if line is not None:
        return _taken(item, line)
    return _first_words(item) or _shortened(subject)


def _taken(item: Found, line: int) -> str:
    """The passage `line` as the title; it leaves the text."""
    title = one_line(item.take_out(line).text).strip("*_# ")
    item.notes.append("the title is the first line of the text")
    return _shortened(title)


def without_title(item: Found, title: str) -> bool:
    """Whether the text begins with its own title."""
    return bool(item.passages) and _folded(item.passages[0].text) == _folded(title)


def only_letters(text: str) -> str:
    """The small letters and figures of a text, to compare texts by."""
    return re.sub(r"[\W_]+", "", text.lower())


def one_line(text: str) -> str:
    """A text in one line, without what cannot be printed."""
    return " ".join(cleaned(text).split())


def _folded(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.lower()))


def _shortened(title: str) -> str:
    if len(title) <= LONGEST:
        return title
    return title[:LONGEST].rsplit(" ", 1)[0] + "…"


def _first_line(passages: list[Passage]) -> int | None:
    """The number of the passage that is a title: short, alone in its paragraph, no sentence, and more text after it."""
    for number, one in enumerate(passages[:2]):
        text = one.text.strip()
        if number == 0 and _GREETING.fullmatch(text):
            continue
        if (
            one.kind not in (PARAGRAPH, HEADING)
            or "\n" in text
            or len(passages) <= number + 1
            or SCENE_LINE.fullmatch(text)
        ):
            return None
        words = text.split()
        if 0 < len(words) <= MOST_WORDS and len(text) <= 80 and not _END.search(text) and any(map(str.isalpha, text)):
            return number
        return None
    return None


def _first_words(item: Found) -> str:
    for one in item.passages:
        text = one_line(one.text).strip("*_# ")
        if not text or _GREETING.fullmatch(text) or not any(map(str.isalnum, text)):
            continue
        match = _SENTENCE.match(text)
        sentence = match[1] if match else text
        words = sentence.split()
        if len(words) <= 8 and len(sentence) <= 60:
            return sentence.rstrip(".,;: ")
        return _shortened(" ".join(words[:FIRST_WORDS]).rstrip(".,;:—–- ") + "…")
    return ""
