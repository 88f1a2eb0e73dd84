"""Find the closing of a letter in the last lines of a story: the greeting, the name, and the address below it."""

from __future__ import annotations

import re

_GREETING = re.compile(
    r"(?:(?:with |my |our |and )*(?:very )?(?:best|kind|kindest|warm|warmest|many|all good|good|fond|fondest) (?:wishes|regards|thanks)(?: to (?:you )?all)?"
    r"|(?:best|warm|kind)? ?regards|(?:most )?sincerely(?: yours)?|(?:ever )?yours(?: (?:truly|sincerely|faithfully|ever|in running))?"
    r"|(?:with |much |lots of |all my )*love(?: to (?:you )?all)?|warmly|fondly|gratefully(?: yours)?|in gratitude|with gratitude"
    r"|all the best|(?:many )?thank(?:s| you)(?: (?:so much|very much|again|for (?:reading|listening)))?|respectfully(?: yours)?"
    r"|take care|cheers|xoxo|xx+|best|happy (?:running|trails|miles)|peace"
    r"|(?:mit|viele[nr]?|liebe|herzliche|beste|schöne|freundliche|sonnige|ganz|die|und|besten|herzlichen|freundlichen|lieben|[ ,])* ?"
    r"(?:gr(?:ü|ue)(?:ß|ss)(?:e|en|le|li)?|gruss|gruß)(?: aus \w+)?|(?:vielen|herzlichen|besten) dank|hochachtungsvoll|alles gute|(?:alles|ganz) liebe|(?:ihr|euer|dein)e?"
    r"|(?:bien )?cordialement|bien à (?:vous|toi)|amicalement|amitiés|(?:meilleures|sincères|cordiales) salutations|bises|merci(?: beaucoup)?"
    r"|(?:un |con |muchos )*(?:saludos?|abrazos?|besos)(?: cordial(?:es)?| fuertes?| a tod[oa]s)?|atentamente|cordialmente|(?:muchas )?gracias"
    r"|(?:cordiali |distinti |cari |tanti )*saluti|cordialmente|un abbraccio|grazie(?: mille)?"
    r"|(?:com os melhores )?cumprimentos|(?:um )?(?:abraço|beijo)s?|atenciosamente|obrigad[oa]"
    r"|(?:met )?(?:vriendelijke|hartelijke|warme) groet(?:en|jes)?|groet(?:en|jes)|liefs"
    r"|(?:z )?(?:pozdrowieni\w+|poważaniem|wyrazami szacunku)|pozdrawiam(?: serdecznie)?|serdecznie pozdrawiam"
    r"|(?:med )?(?:vänliga?|bästa|varma|vennlige?|hjertelige?|venlige?|de bedste) h(?:älsning|ilsning|ilsen)(?:ar|er)?|mvh|hilsen|kram|klem|knus"
    r"|(?:ystävällisin |parhain |lämpimin )?terveisin|s (?:přátelským )?pozdravem|trân trọng|thân (?:ái|mến)|is mise(?: le meas)?|le (?:meas|grá))"
    r"[,!.–—-]*",
    re.IGNORECASE,
)
POSTSCRIPT = re.compile(
    r"[*_]{0,3}(?:P\.[ -]?){1,3}[SD]\.|[*_]{0,3}(?:PS|PPS|PD|Post ?scriptum|Postskriptum)\b[ .:,–—-]", re.IGNORECASE
)
_AND = re.compile(r" (?:and|und|et|y|e|en|og|och|i|a) (?=[a-zà-ÿ]{4})", re.IGNORECASE)  # Vielen Dank und viele Grüße
_MOST = 6  # lines below the greeting: name, street, town, telephone, mail
_MOST_AFTER = 40  # lines of postscripts
_WIDE = 50  # characters of such a line
_LONGEST = 120  # characters of a greeting
_SENTENCE = re.compile(r"[a-zß-ÿ]{3}[.!?…][\"”’)]*$")
_BEGINS = re.compile(r"[^\W\d_a-zß-öø-ÿ]|[(+\d]|[*_~–—-]{1,2}\s?[A-Z]|[\w.+-]+@")


def closing(lines: list[str]) -> int:
    """The index of the line with the greeting; -1 where a text has no such end. A postscript may follow."""
    for number in range(len(lines) - 1, max(-1, len(lines) - _MOST_AFTER), -1):
        if POSTSCRIPT.match(lines[number].strip()) and (found := _closing(lines[:number])) >= 0:
            return found
    return _closing(lines)


def _closing(lines: list[str]) -> int:
    below = 0
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number].strip().rstrip("\\").strip("*_ ")
        if not line:
            continue
        if len(line) <= _LONGEST and all(map(_GREETING.fullmatch, _AND.split(line))):
            return number if below and any(map(str.strip, lines[:number])) else -1
        below += 1
        if below > _MOST or len(line) > _WIDE or _SENTENCE.search(line) or not _BEGINS.match(line):
            return -1
    return -1
