"""Replace typed punctuation with printed punctuation: straight quotes, double hyphens and three dots, by fixed rules.

Only characters that were typed straight are changed, and never a letter: curly quotes, `(c)`, `1/2`, arrows, code,
addresses and tags stay. `--` between digits is an en dash, else an em dash (a spaced en dash where that is the custom of
the language); spaces around it stay as typed. A backslash before a character keeps it as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from milebook.markdown.addresses import is_address
from milebook.markdown.quotes import QUOTE_CHARS, TYPED, Quotes
from milebook.model.languages import base_language, is_unspaced
from milebook.model.splicing import spliced
from milebook.model.text import Run

# Where a dash in a sentence is a spaced en dash.
_SPACED_EN_DASH = re.compile("bg|cs|da|de|et|fi|hr|hu|is|lt|lv|nb|nl|nn|no|pl|ro|sk|sl|sr|sv|tr")

_CLUSTER = re.compile(
    f"[{QUOTE_CHARS}]+|-{{2,}}|\\.{{3,}}|[`´]+|(?<![\\w,]),,(?=[\\w'‘¿¡])|(?<!<)<<(?!<)|(?<!>)>>(?!>)"
)
_INTERESTING = ('"', "'", "`", "´", "--", "...", ",,", "<<", ">>")
_LITERAL = re.compile(
    r"(?:https?|ftp|file|mailto):[^\s\"'<>]+|www\.[^\s\"'<>]+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]+"  # addresses
    r"|(?<!<)</?[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z-]+(?:=(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+))?)*\s*/?>|<!--|-->"  # tags
    r"|\{\{[^{}]*\}\}|\{%[^{}]*%\}"  # templates
)
# A grave or acute accent beside a Latin letter or digit is what someone typed for an apostrophe or a single quote.
_LONE_GRAVE = re.compile(
    r"(?<![`´])(?:(?<=[0-9A-Za-z\u00c0-\u024f.,!?…])[`´]|[`´](?=[0-9A-Za-z\u00c0-\u024f]))(?![`´])"
)
_HAS_LITERAL = re.compile(r"[@<{]|:[^\s]|www\.")


def curl_runs(runs: list[Run], language: str) -> list[Run]:
    """The runs of one block with their punctuation as printed in `language` (a BCP 47 tag): quotes are matched across changes of look."""
    readable = runs if len(runs) == 1 else [run for run in runs if not run.note and not run.query]
    text = runs[0].text if len(runs) == 1 else "".join([run.text for run in readable])
    if not any(map(text.__contains__, _INTERESTING)):
        return runs
    edits = list(_edits(text, _protected(text, readable), language))
    if not edits:
        return runs
    if len(runs) == 1:
        return [runs[0]._replace(text=spliced(text, edits))]
    out: list[Run] = []
    offset = done = 0  # where the run begins; how many edits are behind us
    for run in runs:
        if run.note or run.query:
            out.append(run)
            continue
        pieces: list[str] = []
        at, end = offset, offset + len(run.text)
        while done < len(edits) and edits[done][0] < end:
            start, stop, printed = edits[done]
            done += 1
            if stop > end:
                continue  # the sign begins in one look and ends in another: left as typed
            pieces += (text[at:start], printed)
            at = stop
        if pieces:
            run = run._replace(text="".join(pieces) + text[at:end])
        out.append(run)
        offset = end
    return out


def _protected(text: str, runs: list[Run]) -> list[tuple[int, int]]:
    """The stretches of `text` that are never changed, in order and without overlap."""
    spans: list[tuple[int, int]] = []
    if any(run.code or run.link for run in runs):
        offset = 0
        for run in runs:
            if run.code or (run.link and is_address(run.text)):
                spans.append((offset, offset + len(run.text)))
            offset += len(run.text)
    if _HAS_LITERAL.search(text):
        spans += [found.span() for found in _LITERAL.finditer(text)]
        spans.sort()
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _edits(text: str, protected: list[tuple[int, int]], language: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, what is printed there), in order."""
    if "`" in text or "´" in text:
        text = _LONE_GRAVE.sub("'", text)
    quotes = Quotes(text, language)
    spaced_en = _SPACED_EN_DASH.fullmatch(base_language(language)) is not None
    spans = iter(protected)
    span = next(spans, None)
    for found in _CLUSTER.finditer(text):
        start, end = found.span()
        while span and span[1] <= start:
            span = next(spans, None)
        if (span and span[0] < end) or (start and text[start - 1] == TYPED):
            continue
        first = text[start]
        before, after = text[start - 1 : start], text[end : end + 1]
        if first in "'’" and end - start == 1 and before.isalpha() and after.isalpha():
            if first == "'" and not (is_unspaced(before) or is_unspaced(after)):
                yield start, end, "’"
            elif first == "'":
                yield from quotes.cluster(start, end)
        elif first == "-":
            dash = _dash(end - start, before, after, spaced_en)
            if dash:
                yield start, end, dash
        elif first == ".":
            if end - start == 3 and after != "/":
                yield start, end, "…"
            elif end - start == 4:
                yield start, end, "…."
        elif first == "," and quotes.marks.open2 == "„":
            yield start, end, quotes.marks.open2 + quotes.marks.inside
            quotes.double = True
        elif first == ",":
            continue
        elif first in "<>" and quotes.marks.open2 != "“":
            yield from _guillemet(text, start, quotes)
        elif first in "`´":
            if found[0] == "``" and not before.isalnum() and after.isalnum():
                yield start, end, quotes.marks.open2 + quotes.marks.inside
                quotes.double = True
        else:
            yield from quotes.cluster(start, end)


def _guillemet(text: str, start: int, quotes: Quotes) -> Iterator[tuple[int, int, str]]:
    """A guillemet typed as two signs: <<Oui>> and, in German and Danish, >>Ja<<. One without its partner stays."""
    typed = text[start : start + 2]
    before, after = text[start - 1 : start], text[start + 2 : start + 3]
    french = quotes.marks.open2 == "«"
    space = quotes.marks.inside if french else ""
    if not quotes.angled:
        begins = not before or before.isspace() or before in "([“„\"'’—–"
        partner = text.find(">>" if typed == "<<" else "<<", start + 2)
        if begins and partner > 0 and (after.isalnum() or after in "¿¡…'‘" or (french and after.isspace())):
            quotes.angled = "«»" if typed == "<<" else "»«"
            yield start, start + 2, quotes.angled[0] + ("" if after.isspace() else space)
    elif (quotes.angled == "«»") == (typed == ">>"):
        yield start, start + 2, ("" if before.isspace() else space) + quotes.angled[1]
        quotes.angled = ""


def _dash(length: int, before: str, after: str, spaced_en: bool) -> str:
    if length > 3 or (before and before in "<|+:") or (after and after in ">|+:"):
        return ""  # a line drawn by hand, an arrow, a table's rule
    if length == 2 and before.isdigit() and after.isdigit():
        return "–"
    if spaced_en and (before.isspace() or not before) and (after.isspace() or not after):
        return "–"
    return "—"


__all__ = ["TYPED", "curl_runs"]
