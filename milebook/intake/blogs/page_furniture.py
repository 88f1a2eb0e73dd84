"""The furniture of blog pages: lines that a theme puts around a post and its comments, and the line that counts the comments."""

from __future__ import annotations

import re

_LINES = re.compile(
    r"(?i)(?:leave a (?:reply|comment)(?: cancel reply)?|cancel reply|post (?:a )?comment|schreibe einen kommentar.*|kommentar (?:verfassen|hinterlassen|abschicken)|"
    r"laisser un commentaire.*|deja (?:una respuesta|un comentario).*|lascia un commento.*|your email address will not be published.*|required fields are marked.*|"
    r"deine e-mail-adresse wird nicht veröffentlicht.*|share this:?|share:?|teilen(?: mit)?:?|like this:?|like loading\.*|loading\.*|related(?: posts)?:?|"
    r"filed under:? .*|posted (?:in|on|by) .*|categorized as .*|tagged (?:with |as )?.*|tags?: .*|categories: .*|kategorien?: .*|schlagwörter: .*|"
    r"(?:←|«|<|&larr;)?\s*older comments|newer comments\s*(?:→|»|>)?|(?:previous|next)(?: (?:post|article|page|entry))?:?|skip to content|"
    r"zum inhalt springen|notify me of .*|subscribe(?: .*)?|you have successfully subscribed!?|reply|antworten|responder|répondre|permalink|"
    r"print|email|e-mail|facebook|twitter|pinterest|tumblr|reddit|linkedin|whatsapp|pocket|tweet|more|post navigation|comments? (?:are )?closed\.?|"
    r"trackbacks?(?: are closed)?\.?.*|save my name, email.*|comments feed.*|sign up for .*newsletter.*|\d+ (?:bloggers? like|likes?).*|click to .* \(opens in new window\))"
)
_NUMBER = r"(?P<number>\d{1,5}|one|two|three|four|five|six|seven|eight|nine|ten|ein|eine|zwei|drei)"
_COUNT = re.compile(
    rf"(?i)\s*\W?{_NUMBER}\s+(?:responses?|replies|reply|thoughts?|comments?|antworten|antwort|gedanken|gedanke|kommentare?|commentaires?|réponses?|"
    rf"comentarios?|respuestas?|commenti|reacties|opmerkingen|comentários)(?P<rest>\s+(?:to|on|zu|auf|sur|à|en|a|su|op|em|so far)\b.*|\s*[:»]?|\s*\(.*)\s*",
    re.DOTALL,
)
_WORDS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "ein": 1,
    "eine": 1,
    "zwei": 2,
    "drei": 3,
}
_QUOTED = re.compile(r"[“\"„«»‘'](.+?)(?:[”\"“»«’']\s*$|$)", re.DOTALL)


def is_furniture(line: str) -> bool:
    """Whether a whole line belongs to the page, not to what somebody wrote."""
    return len(line) < 200 and _LINES.fullmatch(line.strip(" \t•*·-")) is not None


def announced(line: str) -> int:
    """How many comments a heading such as “24 responses to …” announces; 0 for another line."""
    match = _COUNT.fullmatch(line.strip()) if len(line) < 400 else None
    if not match:
        return 0
    number = match["number"].lower()
    return int(number) if number.isdigit() else _WORDS[number]


def title_in(line: str) -> str:
    """The title in such a heading; its closing quotation mark may be missing."""
    match = _COUNT.fullmatch(line.strip())
    quoted = _QUOTED.search((match["rest"] or "") if match else "")
    return quoted[1].strip() if quoted else ""
