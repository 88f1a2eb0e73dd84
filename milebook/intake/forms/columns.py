"""Recognize the columns of form answers by their headings, in the words that people use in forms."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from milebook.model.near_names import nearest

FIELDS = (
    "story",
    "title",
    "name",
    "first",
    "last",
    "email",
    "location",
    "age",
    "photo",
    "caption",
    "credit",
    "consent",
    "date",
    "id",
)

# Headings with one of these words ask for the story before those that only may: "Comments", "Message".
_STORY = (
    "story|stories|tell us|geschichte|erzähl\\w*|histoire|récit|racontez|historia|cuéntanos|relato|storia|racconta|verhaal|vertel|história|historię|"
    "opowieść|berättelse|historie"
)
# Asked in this order, because "May we print your story?" is no story and "Photo: who took it?" no photo.
_WORDS = (
    ("date", r"^(?:timestamp|zeitstempel|horodateur|marca temporal|informazioni cronologiche|tijdstempel|carimbo de data.*|sygnatura czasowa|tidstämpel|tidsstempel|"
             r"submission date|submitted(?: at| on)?|submit date.*|completion time|date submitted|date|datum|fecha|eingereicht am|submission time|created(?: at)?|"
             r"abschlusszeit|fertigstellungszeit|endzeit|heure de fin|hora de finalización|ora di completamento|voltooiingstijd|end date|end time|entry date|date created|"
             r"completed(?: at)?|finished(?: at)?|submit time|datum der einsendung|fecha de envío|date de soumission)$"),
    ("start", r"^(?:start (?:time|date.*)|stage date.*|startzeit|heure de début|hora de inicio)$"),
    ("consent", r"\b(?:may we|can we|permission|consent|agree|allow|release|publish|okay to|ok to|do you mind|dürfen wir|einverstand\w*|zustimm\w*|erlaub\w*|autoris\w*|"
                r"puis-je|pouvons-nous|podemos|permiso|acconsent\w*|toestemming|terms)\b"),
    ("credit", r"(?:who took|photographer|photo credit|credit|fotograf\b|foto(?:graf)? von|copyright|crédit|crédito)"),
    ("caption", r"(?:caption|bildunterschrift|légende|leyenda|didascalia|describe (?:the|your) (?:photo|picture)|what does the photo)"),
    ("photo", r"(?:photo|picture|image|upload|file|foto|bild|datei|fichier|imagen|archivo|immagine|afbeelding|attachment)"),
    ("email", r"(?:e-?mail|courriel|correo|posta elettronica|adresse électronique)"),
    ("age", r"(?:\bage\b|how old|wie alt|\balter\b|\bâge\b|quel âge|edad|cuántos años|\betà\b|leeftijd|\bidade\b|\bwiek\b)"),
    ("location", r"(?:where do you live|where are you from|\bcity\b|\btown\b|location|hometown|home town|wohnort|wo wohnen|wohnst|\bort\b|stadt|\bville\b|où (?:habitez|vivez)|"
                 r"ciudad|dónde vive|città|dove (?:vivi|abita)|woonplaats|\bcidade\b|miasto|state/province|country|\bstate\b|\bpays\b|\bpaís\b)"),
    ("title", r"(?:title|headline|titel|überschrift|titre|título|titolo)"),
    ("first", r"(?:\(first\)|first name|given name|vorname|prénom|^nombre de pila|voornaam|^nome próprio)"),
    ("last", r"(?:\(last\)|last name|family name|surname|nachname|familienname|nom de famille|apellidos?|cognome|achternaam)"),
    ("story", rf"(?:{_STORY}|your mile|memory|essay|your (?:text|words|answer|experience)|ihr text|message|nachricht|comment)"),
    ("name", r"(?:\bname\b|\bnames\b|\bname$|ihr name|\bnom\b|nombre|\bnome\b|\bnaam\b|imię|\bnamn\b|\bnavn\b|wie hei(?:ß|ss)|vous appelez|t.appelles|te llamas|se llama|ti chiami|si chiama|hoe heet|who are you|byline|signature)"),
    ("id", r"^(?:#|id|.* id|response id|network id|nummer|no\.?|number)$"),
)  # fmt: skip
_PATTERNS = tuple((field, re.compile(words, re.IGNORECASE)) for field, words in _WORDS)
_SURE = re.compile(_STORY, re.IGNORECASE)
_LIKELIER = 4  # times as many words
MOST_NOTE = 200


class Columns(NamedTuple):
    """Which columns hold what: field -> numbers of columns, from 0; and the columns that say something else."""

    fields: dict[str, list[int]]
    others: list[int]

    def first(self, row: Sequence[str], field: str) -> str:
        """The first value of a field in a row that is not empty."""
        return next((row[n].strip() for n in self.fields.get(field, ()) if n < len(row) and row[n].strip()), "")


def field_of(heading: str) -> str:
    """The field that a heading asks for, "" for none."""
    text = " ".join(heading.replace("\ufeff", "").split())
    return next((field for field, pattern in _PATTERNS if pattern.search(text)), "")


def recognized(headings: Sequence[str]) -> int:
    """How many different fields the headings ask for."""
    return len({field for heading in headings if len(heading) < 300 and (field := field_of(heading))})


class UnknownHeading(Exception):
    """A column that the user named is not there."""


def columns(headings: Sequence[str], rows: Sequence[Sequence[str]], named: Sequence[tuple[str, str]]) -> Columns:
    """The columns of a table; what the user named goes before what is recognized. Raises UnknownHeading."""
    fields: dict[str, list[int]] = {}
    taken: set[int] = set()
    for field, heading in named:
        number = _named(headings, heading)
        fields.setdefault(field, []).append(number)
        taken.add(number)
    chosen = set(fields)
    others = []
    for number, heading in enumerate(headings):
        if number in taken:
            continue
        field = field_of(heading)
        if field and field not in chosen:
            fields.setdefault(field, []).append(number)
        else:
            others.append(number)
    if "story" not in fields:  # no heading says so: the column with the most words
        lengths = {n: _words(rows, n) for n in others}
        longest = max(lengths, key=lambda n: lengths[n], default=None)
        if longest is not None and lengths[longest] >= 8 * max(1, len(rows)):
            fields["story"] = [longest]
            others.remove(longest)
    elif (
        len(fields["story"]) > 1 and "story" not in chosen
    ):  # "Your story" and "A message to us": the longer one is the story, if it is much longer
        ranked = sorted(
            fields["story"], key=lambda n: -_words(rows, n) * (_LIKELIER if _SURE.search(headings[n]) else 1)
        )
        fields["story"], more = ranked[:1], ranked[1:]
        others += more
    return Columns(fields, sorted(others))


def _words(rows: Sequence[Sequence[str]], column: int) -> int:
    return sum(len(row[column].split()) for row in rows if column < len(row))


def _named(headings: Sequence[str], wanted: str) -> int:
    """The column that the user means: by its heading, by the beginning or a part of it, or by its letter or number."""
    folded = [" ".join(heading.replace("\ufeff", "").split()).casefold() for heading in headings]
    name = " ".join(wanted.split()).casefold()
    for fits in (lambda one: one == name, lambda one: one.startswith(name), lambda one: name in one):
        found = [n for n, one in enumerate(folded) if fits(one)]
        if len(found) == 1:
            return found[0]
    if re.fullmatch(r"[a-z]", name) and ord(name) - 97 < len(headings):
        return ord(name) - 97
    if name.isdigit() and 1 <= int(name) <= len(headings):
        return int(name) - 1
    known = [one.strip() for one in headings if one.strip()]
    near = nearest(wanted, known)
    hint = f"did you mean “{near}”? The columns are" if near else "the columns are"
    raise UnknownHeading(f"there is no column “{wanted}”; {hint} {', '.join(known)}")
