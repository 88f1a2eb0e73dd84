"""Words of an answer that look like yes, no or a condition, in the languages that letters are often answered in.

What they mean is for the author to decide: nothing is recorded because of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from milebook.model.shortening import cut_short

YES, NO, CONDITION = "yes", "no", "condition"
_SHORT = 12  # words of an answer in a form, where a mail has more
_LONGEST = 200  # characters of a sentence that is shown


class Sentence(NamedTuple):
    """A sentence of an answer that looks like `kind`: YES, NO or CONDITION."""

    kind: str
    words: str


class _Words(NamedTuple):
    """Patterns of one language. `telling` are words by which a mail in it is known: "" counts for every mail."""

    telling: str
    yes: str
    no: str
    condition: str


_LANGUAGES = (
    _Words(
        "",
        r"yes|yep|yeah|ok|okay|agree\w*|accept\w*|consent\w*|permission (?:is )?(?:granted|given)|grant\w*|you (?:may|can|have my)|go ahead|happy to|"
        r"glad to|gladly|with pleasure|feel free|of course|certainly|by all means|fine (?:by|with) me|that'?s fine|approved?|allowed?|sure",
        r"no|not|nor|never|don't|doesn't|can't|cannot|won't|wouldn't|refuse\w*|declin\w+|withdraw\w*|revoke\w*|rather you",
        r"but|if|only|unless|until|except|provided|providing|as long as|so long as|on condition|condition\w*|however|instead|without|change\w*|"
        r"correct\w*|remove|leave out|leave \w+ out|fees?|paid|pay|payment|charge|\$\s?\d+|€\s?\d+|£\s?\d+|cop(?:y|ies)|credit\w*|initials|anonym\w*|"
        r"pseudonym|first name|(?:my|her|his|our) name|name as|maiden name|call me|byline",
    ),
    _Words(
        r"ich|wir|bitte|und|der|die|das|mit|liebe[rs]?|hallo|nein|ja|gerne?|aber|nur|nicht",
        r"ja|gern|gerne|einverstanden|stimme (?:\w+ )?zu|zugestimmt|zustimmung|erlaube|genehmig\w+|erlaubnis|selbstverständlich|natürlich|in ordnung|"
        r"nichts dagegen|freut mich|freue mich",
        r"nein|nicht|niemals|kein\w*|leider|ablehn\w*|lehne|untersag\w+|widerruf\w*|verweiger\w+",
        r"wenn|aber|nur|sofern|falls|ohne|außer|bedingung\w*|vorausgesetzt|jedoch|stattdessen|honorar|bezahl\w+|belegexemplar\w*|exemplar\w*|vornamen?|"
        r"nachnamen?|namen?|anonym\w*|pseudonym|kürzel|änder\w+|korrigier\w+|streich\w+",
    ),
    _Words(
        r"je|nous|vous|bonjour|chère?|merci|est|que|oui|et|les",
        r"oui|d'accord|j'accepte|accepte|j'autorise|autorise|volontiers|avec plaisir|bien sûr|entendu|permission|aucun problème",
        r"non|ne|n'\w+|pas|jamais|refus\w*|malheureusement|retir\w+",
        r"mais|si|seulement|uniquement|sauf|sans|condition|pourvu|à moins|toutefois|cependant|rémunér\w+|pay\w+|exemplaires?|prénom|nom|anonym\w*|"
        r"pseudonyme|chang\w+|corrig\w+|supprim\w+|enlev\w+",
    ),
    _Words(
        r"yo|que|hola|gracias|estimad[oa]|querid[oa]|por|pero|sí|con|mi|acuerdo",
        r"sí|si|de acuerdo|acepto|autorizo|autorización|claro|con gusto|con mucho gusto|por supuesto|desde luego|adelante|permiso",
        r"no|nunca|jamás|rechaz\w+|prefiero que no|lamentablemente|retir\w+",
        r"pero|sólo|solo|solamente|siempre que|siempre y cuando|sin|excepto|salvo|a condición|condici\w+|nombre|apellidos?|anónim\w+|seudónimo|ejemplar\w*|"
        r"pag\w+|cambi\w+|corr[ei]g\w+|quit\w+",
    ),
    _Words(
        r"che|ciao|grazie|sono|cara|caro|gentile|con|mio|mia|volentieri|d'accordo",
        r"sì|d'accordo|acconsento|accetto|autorizzo|volentieri|certo|certamente|con piacere",
        r"no|non|mai|rifiut\w+|purtroppo|ritir\w+",
        r"ma|se|solo|soltanto|purché|senza|tranne|salvo|a condizione|condizion\w+|nome|cognome|anonim\w+|pseudonimo|copi[ae]|compenso|cambi\w+|correg\w+|togli\w+",
    ),
    _Words(
        r"ik|het|een|beste|hallo|bedankt|graag|mijn|akkoord",
        r"ja|akkoord|prima|graag|natuurlijk|toestemming|vind het goed|ga je gang",
        r"nee|niet|nooit|geen|helaas|weiger\w*",
        r"maar|als|mits|alleen|zonder|behalve|tenzij|voorwaarde\w*|voornaam|achternaam|naam|anoniem|exempla\w+|betaal\w+|wijzig\w+|schrap\w*",
    ),
    _Words(
        r"eu|não|obrigad[oa]|olá|prezad[oa]|car[oa]|meu|minha|com|concordo",
        r"sim|concordo|aceito|autorizo|claro|com prazer|com certeza|de acordo",
        r"não|nunca|recus\w+|infelizmente|retir\w+",
        r"mas|se|só|somente|apenas|desde que|sem|exceto|salvo|condiç\w+|nome|sobrenome|apelido|anónim\w+|anônim\w+|pseudónimo|exemplar\w*|pag\w+|corri\w+",
    ),
    _Words(
        r"się|nie|jest|dzień|dziękuję|zgadzam|proszę|tak|zgoda",
        r"tak|zgoda|zgadzam|wyrażam|pozwalam|oczywiście|chętnie",
        r"nie|nigdy|odmawiam|niestety|wycofuję",
        r"ale|tylko|jeśli|jeżeli|pod warunkiem|bez|oprócz|imię|imienia|nazwisk\w*|anonimow\w+|pseudonim\w*|egzemplarz\w*|popraw\w+|zmieni\w+",
    ),
)


def _compiled(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


@cache
def _patterns() -> list[tuple[re.Pattern[str] | None, list[tuple[str, re.Pattern[str]]]]]:
    """Of each language the words by which a mail in it is known, and those of each kind."""
    return [
        (_compiled(one.telling) if one.telling else None,
         [(YES, _compiled(one.yes)), (NO, _compiled(one.no)), (CONDITION, _compiled(one.condition))])
        for one in _LANGUAGES
    ]  # fmt: skip


# The first word of an answer to “May we print it?” that says no, in more languages; some forms write 0 or false.
_NO_FIRST = frozenset((
    "0", "false", "n", "no", "nope", "nah", "nein", "non", "nee", "não", "nie", "nej", "nei", "ei", "ne", "nem", "nu", "hayır", "όχι", "нет",
    "ні", "не", "không", "いいえ", "不", "不行", "否", "아니요", "아니오", "لا", "לא",
))  # fmt: skip


def answered(answer: str, question: str) -> str:
    """An answer as the index keeps it, with the question behind it."""
    return f"{answer} (asked: {question})" if question else answer


def own_words(answer: str) -> str:
    """An answer as it was given: without the question that the index keeps behind it, its spaces and apostrophes alike."""
    return " ".join(_ASKED.sub("", answer).replace("’", "'").split())


_ASKED = re.compile(r"\s*\(asked: [^()]*\)")


def says_no(answer: str) -> bool:
    """Whether the answer to a form's question about being printed is a no, as far as words show: “No”, “Nein, danke”, “0”."""
    answer = own_words(answer)
    words = re.findall(r"[^\W_]+", answer.casefold())
    if not words:
        return False
    kinds = {one.kind for one in sentences_of_answer(answer)}
    agrees = _NO_OBJECTION.search(answer) is not None
    disagrees = CONDITION not in kinds and _DISAGREES.match(answer) is not None
    return not agrees and (words[0] in _NO_FIRST or disagrees or (NO in kinds and YES not in kinds))


_DISAGREES = re.compile(
    r"(?i)(?:(?:i|we|you|she|he|they)\b\W+){1,2}(?:may|can|do|would|could|will|am|are|is)(?:n't| ?not) (?:\w+ )?"
    r"(?:agree|consent|allow|accept|permit|give|grant|want|like|okay|ok|happy|sure|use|print|publish|feel free)\b"
)
_NO_OBJECTION = re.compile(
    r"(?i)\b(?:(?:don't|do not|doesn't|does not|wouldn't|would not) (?:mind|object)|no (?:objections?|problem\w*|worries)|not a problem|"
    r"nichts dagegen|kein problem|pas d'objection|aucune objection|sin problema|geen (?:probleem|bezwaar))\b"
)
_ONLY = re.compile(
    r"(?<!\w)(?:only|just|solely|nur|ausschließlich|seulement|uniquement|sólo|solo|solamente|únicamente|soltanto|alleen|uitsluitend|só|somente|apenas|tylko)(?!\w)",
    re.IGNORECASE,
)
_FORMATS = {
    "print": re.compile(
        r"(?<!\w)(?:print(?:ed)?|paper(?:back)?|hardcover|gedruckt\w*|druck\w*|print\w*|papier|imprim\w+|impres[oa]s?|papel|stampa\w*|carta|gedrukt\w*|"
        r"drukowan\w+|druku|papierow\w+)(?!\w)",
        re.IGNORECASE,
    ),
    "ebook": re.compile(
        r"(?<!\w)(?:e-?books?|ebooks?|electronic\w*|digital\w*|numériques?|epub|kindle)(?!\w)", re.IGNORECASE
    ),
    "audio": re.compile(r"(?<!\w)(?:audio\w*|hörb[uü]ch\w*|luisterboek\w*)(?!\w)", re.IGNORECASE),
}


def only_formats(sentences: Iterable[str]) -> tuple[str, ...]:
    """The formats to which an answer seems to be limited ("only in print"): print, ebook, audio; none where it names no limit.

    A format that is named after a no ("print only, no e-book") is not among them.
    """
    refusals = [pattern for _, kinds in _patterns() for kind, pattern in kinds if kind == NO]
    found: dict[str, None] = {}
    for sentence in sentences:
        if _ONLY.search(sentence):
            for name, pattern in _FORMATS.items():
                for match in pattern.finditer(sentence):
                    before = re.split(r"[,;.:]", sentence[: match.start()])[-1]
                    if not any(no.search(before) for no in refusals):
                        found[name] = None
    return tuple(name for name in _FORMATS if name in found)


def sentences_of_answer(text: str) -> list[Sentence]:
    """The sentences of an answer that look like yes, no or a condition, in order; one sentence may be several.

    A language besides English counts where two different words of it are in the mail, or where a short answer begins with its
    yes or no.
    """
    lines = text.replace("’", "'").split("\n")
    own = "\n".join(line for line in lines if not line.lstrip().startswith(">"))
    short = len(own.split()) <= _SHORT
    languages = [
        kinds for telling, kinds in _patterns()
        if telling is None or len({word.casefold() for word in telling.findall(own)}) > 1
        or any(pattern.fullmatch(own.strip(" \n.!")) for _, pattern in kinds)
        or (short and any(pattern.match(own.strip()) for name, pattern in kinds if name != CONDITION))
    ]  # fmt: skip
    found = []
    for sentence in re.split(r"(?<=[.!?…])\s+|\n+", own):
        words = " ".join(sentence.split())
        for kind in (YES, NO, CONDITION):
            if any(pattern.search(words) for kinds in languages for name, pattern in kinds if name == kind):
                found.append(Sentence(kind, cut_short(words, _LONGEST)))
    return found
