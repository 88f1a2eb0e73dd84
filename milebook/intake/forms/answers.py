"""Answers to a form (Google Forms, Typeform, Jotform, Microsoft Forms): one item a row, columns by what their headings ask."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from milebook.index.formats import email_fault
from milebook.intake import plain_text
from milebook.intake.charset import decoded
from milebook.intake.documents.office_file import Refused
from milebook.intake.forms.columns import MOST_NOTE, Columns, UnknownHeading, columns
from milebook.intake.forms.dates import Dates, read_dates
from milebook.intake.forms.html import NOTE, is_html, passages, without_tags
from milebook.intake.forms.tables import rows_of, sheet_rows
from milebook.intake.inputs import Input
from milebook.intake.items import SKIPPED, UNREADABLE, Found, Original
from milebook.intake.mail.headers import unless_swapped
from milebook.intake.options import Options
from milebook.permissions.answers.answer_words import CONDITION, answered, says_no, sentences_of_answer
from milebook.permissions.answers.withheld_names import asks_for_name, name_refused, withholds_name

_KEPT = {
    "a no": "it goes into the entry as answer:, and no letter asks until you have recorded it",
    "a condition": "it goes into the entry as answer:, so that you can ask for what was meant; it grants nothing here",
}
_GRANTS_NOTHING = "; it grants nothing here"
_UNNAMED = "; the name is not to be printed, so the entry says anonymous: true (for initials or a pen name write byline: instead)"
_KEPT_ANSWER = ", and keeps these words as answer:"
_TERMS = re.compile(r"(?i)\bterms\b(?: (?:and|&) conditions\b)?")  # of the form itself
_MIND = re.compile(r"(?i)\b(?:mind|object)\b")  # asked so, a no is a yes
_LIKE_ADDRESS = re.compile(r"(?i)@|\bat\b|\.[a-z]{2,}")  # other words than an address with a slip, such as “none”
_PRONOUN = re.compile(r"(?i)he|him|his|she|hers?|they|them|theirs")
_ADDRESS = re.compile(r"https?://[^\s,;\"<>]*[^\s,;\"<>().]")


def read(one: Input, options: Options) -> Iterator[Found]:
    """One item a row. Raises TooLarge and OSError."""
    data = one.read()
    digest = hashlib.sha256(data).hexdigest()
    zipped = data.startswith(b"PK\x03\x04")
    original = Original(".xlsx" if zipped else ".csv", digest, one.path.read_bytes)
    try:
        rows = sheet_rows(data) if zipped else rows_of(decoded(data, "", options.encoding)[0])
        headings, answers = (rows[0], rows[1:]) if rows else ([], [])
        found = columns(headings, answers, options.columns)
    except (Refused, UnknownHeading) as refused:
        no_column = isinstance(refused, UnknownHeading)
        yield Found("form", f"sha256:{digest}", one.shown, verdict=UNREADABLE, why=str(refused), no_column=no_column)
        return
    if "story" not in found.fields:
        why = "no column of it looks like the story: say which with --columns story=Heading"
        yield Found("form", f"sha256:{digest}", one.shown, verdict=UNREADABLE, why=why)
        return
    form = _Form(
        one, headings, found, original, read_dates([found.first(row, "date") for row in answers], options.dates)
    )
    for number, row in enumerate(answers):
        yield form.item(row, number)


def form_name(shown: str) -> str:
    """The form's name by its file's: without what browsers and Google Sheets add to it."""
    stem = PurePosixPath(shown.replace("\\", "/")).stem
    stem = re.sub(
        r"\s*(?:\(\d+\)|- (?:Form Responses|Formularantworten|Réponses au formulaire|Respuestas de formulario) \d+)\s*$",
        "",
        stem,
    )
    return re.sub(r"[\s#]+", "-", stem.strip()) or "form"


def _turn_name(item: Found) -> None:
    """ "Okafor, Ben" becomes Ben Okafor, with a note; "Giulia, Matera" stays where the answer gives Matera as the place."""
    typed = item.name
    behind = typed.partition(", ")[2]
    if (item.location and behind.casefold() in item.location.casefold()) or _PRONOUN.fullmatch(behind):
        return
    item.name = unless_swapped(typed, item.email)
    if item.name != typed:
        item.notes.append(f"the name was typed as “{typed}”")


def _consent(answer: str) -> str:
    """What an answer to the question whether a story may be printed may be: "a no", "a condition"; "" for neither."""
    if says_no(answer):
        return "a no"
    own = _TERMS.sub("", answer)
    return (
        "a condition" if withholds_name(own) or any(one.kind == CONDITION for one in sentences_of_answer(own)) else ""
    )


def _permission(item: Found, heading: str, answer: str) -> str:
    """Keep in an item what is more or less than a yes to a question about permission, and say what the answer may be."""
    question = heading.partition("(")[0].strip()[:80]
    if _MIND.search(question):
        return _GRANTS_NOTHING
    unnamed = name_refused(question, answer)
    item.anonymous |= unnamed
    about_name = asks_for_name(question)  # a no to that is none to the story
    may_be = "" if about_name else _consent(answer)
    if may_be:
        item.answer = "; ".join(filter(None, (item.answer, answered(answer, question))))
    if unnamed and may_be != "a no":
        return _UNNAMED + (_KEPT_ANSWER if may_be else "") + _GRANTS_NOTHING
    return f"; this may be {may_be}: {_KEPT[may_be]}" if may_be else _GRANTS_NOTHING


class _Form:
    """One table, its columns known."""

    def __init__(self, one: Input, headings: list[str], found: Columns, original: Original, dates: Dates) -> None:
        self.one, self.headings, self.columns, self.original, self.dates = one, headings, found, original, dates
        self.name = form_name(one.shown)
        self.keys: dict[str, int] = {}

    def item(self, row: list[str], number: int) -> Found:
        get = self.columns.first
        item = Found("form", self.key(row), self.one.shown, original=self.original)
        item.moment = self.dates.moments[number]
        item.received = item.moment[:10]
        if self.dates.question and get(row, "date"):
            item.notes.append(self.dates.question)
        if self.dates.note and not number:
            item.notes.append(self.dates.note)
        item.name = " ".join(without_tags(get(row, "name")).split()) or " ".join(
            f"{get(row, 'first')} {get(row, 'last')}".split()
        )
        email = get(row, "email")
        item.email = email if email and email_fault(email) is None else ""
        if email and not item.email and _LIKE_ADDRESS.search(email):
            fact, _ = email_fault(email) or ("", "")
            item.notes.append(
                f"no e-mail address is taken from “{' '.join(email.split())[:80]}”: {fact}; write it into the entry by hand"
            )
        item.location = " ".join(without_tags(get(row, "location")).split())
        _turn_name(item)
        age = re.fullmatch(r"\D{0,10}(\d{1,3})\D{0,15}", get(row, "age"))
        item.age = int(age[1]) if age and 1 <= int(age[1]) <= 130 else None
        item.title = " ".join(without_tags(get(row, "title")).split())
        story = get(row, "story")
        item.passages = passages(story) if is_html(story) else plain_text.passages(story.split("\n"))
        if is_html(story):
            item.notes.append(NOTE)
        self._notes(item, row)
        if not item.passages:
            item.verdict, item.why = SKIPPED, "no story in this answer; it may have been left half finished"
        return item

    def key(self, row: list[str]) -> str:
        """ "form:NAME#TIME", with the time as it stands in the cell; rows of one time get a number."""
        time = " ".join(self.columns.first(row, "date").split())
        ident = time or hashlib.sha256("\0".join(row).encode("utf-8", "replace")).hexdigest()[:16]
        key = f"form:{self.name}#{ident}"
        self.keys[key] = self.keys.get(key, 0) + 1
        return key if self.keys[key] == 1 else f"{key}~{self.keys[key]}"

    def _notes(self, item: Found, row: list[str]) -> None:
        for n in self.columns.fields.get("photo", ()):
            value = row[n].strip() if n < len(row) else ""
            addresses = _ADDRESS.findall(value)
            item.notes += [f"photo missing, at {address}" for address in addresses]
            if value and not addresses:
                item.notes.append(f"photo missing: “{value[:MOST_NOTE]}”")
        item.credit = self.columns.first(row, "credit")
        if item.credit:
            item.notes.append(f"photo taken by, as the answer says: {item.credit[:MOST_NOTE]}")
        for field in ("caption", "consent"):
            for n in self.columns.fields.get(field, ()):
                if n < len(row) and row[n].strip():
                    answer = " ".join(row[n].split())[:MOST_NOTE]
                    note = f"“{self.headings[n].strip()[:80]}”: “{answer}”"
                    said = _permission(item, self.headings[n], answer) if field == "consent" else ""
                    item.notes.append(note + said)
        for n in self.columns.others:
            if (
                n < len(row)
                and n < len(self.headings)
                and row[n].strip()
                and self.headings[n].strip()
                and len(row[n].split()) > 1
            ):
                item.notes.append(f"“{self.headings[n].strip()[:80]}”: “{' '.join(row[n].split())[:MOST_NOTE]}”")
