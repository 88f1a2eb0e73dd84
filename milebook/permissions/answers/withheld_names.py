"""Recognize answers that ask to leave the name out, in the languages that forms are often answered in."""

from __future__ import annotations

import re

from milebook.permissions.answers.answer_words import own_words, says_no


def withholds_name(answer: str) -> bool:
    """Whether an answer asks that the name be left out, as far as words show: “Yes, but not my name”, “Ja, aber anonym”.

    Somebody who would have only a part of the name printed (“not my last name”) does not ask for that.
    """
    plain = own_words(answer)
    return any(pattern.search(plain) for pattern in _WITHHELD)


def asks_for_name(question: str) -> bool:
    """Whether a question about permission is about the name alone: “May we print your name?”, not “… your story and name?”."""
    return _NAMES.search(question) is not None and _TEXTS.search(question) is None


def name_refused(question: str, answer: str) -> bool:
    """Whether the answer to a question asks for the name to be left out, by its own words or by a no to the question for it."""
    return withholds_name(answer) or (asks_for_name(question) and says_no(answer))


# nothing but words such as these stands between “not” and “name”: “not my last name” is no wish to be anonymous
_BETWEEN = (
    r"(?:(?:my|our|her|his|their|the|a|any|real|true|own|use|using|print|printing|publish|publishing|show|showing|give|giving|mention|mentioning|"
    r"include|including|put|putting|want|with|under|by|please|bitte|to|mein\w*|unser\w*|den|dem|mit|unter|wirklich\w*|richtig\w*|"
    r"mon|notre|le|avec|sous|indiquer|mentionner|publier|citer|vrai|mi|nuestro|el|con|usar|poner|publicar|mencionar|verdadero|il|mio|vero|"
    r"meu|o|usem|uses|usen|mijn|de|met|onder|echte|noemen|mojego|moje|swojego|podawać) ){0,4}"
)
_NAME = r"(?:name|names|namen|nom|noms|nombre|nombres|nome|naam|imienia|imię|nazwiska|nazwisko)"
_WITHHELD = tuple(
    re.compile(rf"(?i)(?<!\w){words}(?!\w)")
    for words in (
        rf"(?:not|\w+n't|never|no|without|omit|withhold|hide|leave (?:out|off)|except|nicht|ohne|kein\w*|weder|sans|pas|ni|sin|senza|non|não|nao|sem|niet|"
        rf"zonder|geen|bez|nie) {_BETWEEN}{_NAME}(?! (?:change|changed|is))",
        rf"(?:keep|leave) {_BETWEEN}{_NAME} (?:out|off|away|private|secret)",
        rf"{_NAME} (?:is |to be )?(?:withheld|left out|not (?:be |to be )?(?:used|printed|published|shown|given|mentioned))",
        rf"{_NAME} (?:bitte )?(?:nicht|weglassen|niet)",
        r"(?<!not )(?<!nicht )(?<!pas )(?:anonym\w*|anónim\w+|anônim\w+|anonim\w+|anoniem|nameless|namenlos)",
    )
)
_NAMES = re.compile(rf"(?i)(?<!\w){_NAME}(?!\w)")
_TEXTS = re.compile(
    r"(?i)\b(?:stor(?:y|ies)|texts?|essays?|words|photos?|pictures?|it|geschichte|beitrag|histoire|récit|texte|historia|relato|texto|storia|racconto|"
    r"verhaal|tekst|história|opowieść|historię)\b"
)
