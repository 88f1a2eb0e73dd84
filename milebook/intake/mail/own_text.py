"""Find what does not belong to a mail's own text: quoted mails, signatures, "Sent from my phone". In doubt nothing is cut."""

from __future__ import annotations

import re
from typing import NamedTuple

from milebook.intake.mail.notices import without_notices
from milebook.intake.mail.phrases import ADDRESS, DAY, DEVICE, FORWARDED, OPENING, ORIGINAL, PROGRAM, RULE, WROTE, field

_DIGIT = re.compile(r"\d")
_RULED = re.compile(rf"[\s>]*[{RULE}]{{5,}}\s*")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)|<?https?://\S+>?|<[^<>\s]+>")
LONGEST_DEVICE = 60  # characters; a longer line that begins so is a sentence
_LONGEST_LINE = 1_000  # characters; a longer line is a paragraph, and only its beginning is looked at
MOST_SIGNATURE = 12  # lines to the end
LITTLE = 30  # words; a mail with fewer of its own only passes on what is below them


class Trimmed(NamedTuple):
    """Which lines are the sender's own (by number, in order), what was cut as text, and what is worth knowing."""

    kept: list[int]
    cuts: list[str]
    note: str = ""
    forwarded: int = -1  # the line where a forwarded mail begins, -1 for none
    quoted: bool = False  # another mail was cut, not only a signature


def trimmed(lines: list[str], *, passes_on: int = 0) -> Trimmed:
    """Decide line by line. Nothing left after cutting: nothing is cut.

    A quoted mail below fewer than `passes_on` words is what was forwarded.
    """
    whole = lines
    lines = [line if len(line) <= _LONGEST_LINE else f"{line[:60].strip()} …" for line in whole]
    forwarded = _forwarded(lines, passes_on)
    end = len(lines) if forwarded < 0 else forwarded
    kept = list(range(end))
    cuts: list[str] = []
    note = ""
    quoted = False
    for step in () if forwarded >= 0 else (_notices, _quote, _rule_above, _signature, _device, _rule_above):
        left, found = step(lines, kept)
        if found == "between":
            note = "answers between quotes: nothing was cut"
            continue
        if left == kept or not _has_words(lines, left):
            continue
        gone = sorted(set(kept) - set(left))
        if step is not _rule_above:
            cuts.append("\n".join(whole[n] for n in gone).strip("\n"))
        quoted = quoted or step is _quote
        kept = left
    return Trimmed(kept + list(range(end, len(lines))), [cut for cut in cuts if cut.strip()], note, forwarded, quoted)


def _has_words(lines: list[str], numbers: list[int]) -> bool:
    return any(lines[n].strip(f" \t>{RULE}") for n in numbers)


def _forwarded(lines: list[str], passes_on: int) -> int:
    """Where a forwarded mail begins: at a line that says so, or at the head of a quoted mail below fewer words than
    `passes_on`. -1 for none.
    """
    forwarded = next((n for n, line in enumerate(lines) if len(line) < 160 and _is_forward(line)), -1)
    if forwarded >= 0:
        return forwarded
    at = next((n for n, line in enumerate(lines) if is_head(lines, n)), -1)
    if at < 0:
        return -1
    above = sum(len(line.split()) for line in lines[:at] if line.strip(f" \t>{RULE}") and not ORIGINAL.fullmatch(line))
    return at if above < passes_on else -1


def _is_forward(line: str) -> bool:
    stripped = line.strip(f" >{RULE}")
    return bool(FORWARDED.fullmatch(line)) and (
        any(sign in line for sign in f"{RULE}:：") or len(stripped.split()) <= 4
    )


def is_head(lines: list[str], n: int) -> bool:
    """Whether line `n` begins a block such as From: Sent: To: Subject: of another mail."""
    first = field(lines[n])
    if first is None:
        return False
    roles = {first.role}
    gaps = 0
    for line in lines[n + 1 : n + 9]:
        found = field(line)
        if found:
            roles.add(found.role)
        elif not line.strip(" >"):
            gaps += 1
            if gaps > 3:
                break
    return len(roles) >= 3


def _notices(lines: list[str], kept: list[int]) -> tuple[list[int], str]:
    return without_notices(lines, kept), ""


def _quote(lines: list[str], kept: list[int]) -> tuple[list[int], str]:
    """The sender's own lines without a quoted mail below (or above, where the answer stands below it alone)."""
    head = next((n for n in kept if ORIGINAL.fullmatch(lines[n]) or is_head(lines, n)), None)
    if head is not None and _has_words(lines, [n for n in kept if n < head]):
        return [n for n in kept if n < head], ""
    marked = [n for n in kept if lines[n].lstrip().startswith(">")]
    attribution = next((found for n in kept if (found := _attribution(lines, n))), None)
    if attribution:
        return _attributed(lines, kept, marked, *attribution)
    if not marked:
        return kept, ""
    unmarked_below = [n for n in kept if n > marked[0] and lines[n].strip() and not lines[n].lstrip().startswith(">")]
    if unmarked_below:
        return kept, "between" if len(marked) > 1 else ""
    return [n for n in kept if n < marked[0]], ""


def _attributed(lines: list[str], kept: list[int], marked: list[int], start: int, after: int) -> tuple[list[int], str]:
    """The sender's own lines, where "On Monday … wrote:" stands in the lines `start` to `after`."""
    marks = set(marked)
    own = [n for n in kept if n > after and lines[n].strip() and n not in marks]
    above = [n for n in kept if n < start]
    text_above = any(lines[n].strip() for n in above)
    below = [n for n in marked if n > after]
    if not below:  # a quotation without ">", as Yahoo and Apple make it
        return (above, "") if text_above else (kept, "")
    if not own:
        return above, ""
    if not text_above and all(n > below[-1] for n in own) and _one_stretch(lines, below):
        return [n for n in kept if n > below[-1]], ""
    if own[0] > below[-1] and (lines[own[0]].rstrip() == "--" or DEVICE.match(lines[own[0]])):
        return above, ""  # nothing but a signature stands below the quotation
    return kept, "between"


def _one_stretch(lines: list[str], quoted: list[int]) -> bool:
    marked = set(quoted)
    return all(not lines[n].strip() or n in marked for n in range(quoted[0], quoted[-1] + 1))


def _attribution(lines: list[str], n: int) -> tuple[int, int] | None:
    """First and last line of "On Monday … wrote:" if it begins on line `n`; it has four lines at most."""
    if not lines[n].strip():
        return None
    text = ""
    for last in range(n, min(n + 4, len(lines))):
        line = lines[last].strip(" \t>*_\u202a\u202c\u200f\u200e")
        if (not line or (lines[last].lstrip().startswith(">") and not lines[n].lstrip().startswith(">"))) and last > n:
            return None
        text = f"{text} {line}".strip()
        if len(text) > 400:
            return None
        if _introduces(text, lines, n, last):
            return (n, last) if len(text.split()) <= 40 else None
    return None


def _introduces(text: str, lines: list[str], first: int, last: int) -> bool:
    """Whether the lines from `first` to `last` say who wrote the mail below. A sentence of a story may hold "wrote" as well:
    an attribution ends in a colon, or is followed by a quotation, or names an address.
    """
    following = next((line for line in lines[last + 1 : last + 4] if line.strip()), "")
    quoted = following.lstrip().startswith(">")
    address = ADDRESS.search(text) if "@" in text else None
    colon = text.rstrip("*_ ").endswith((":", ";", "："))
    if not colon and not _DIGIT.search(text):
        return False
    wrote = bool(WROTE.search(text))
    if wrote and _DIGIT.search(text) and OPENING.match(text) and (colon or quoted or address):
        return True
    if first > 0 and lines[first - 1].strip() and last > first:
        return False  # without a word that opens it, it must begin a paragraph
    dated = bool(DAY.search(text))
    if address and (wrote or colon) and (quoted or dated):
        return True
    if quoted and not address and (wrote or dated) and colon:
        return len(text.split()) <= (12 if dated else 6)
    return bool(quoted and address and dated and text.endswith(address[0]) and DAY.match(text))


def _signature(lines: list[str], kept: list[int]) -> tuple[list[int], str]:
    """What stands below "-- ", if it is short enough for a signature."""
    for n in reversed(kept):
        if lines[n].rstrip("\r\n") in ("-- ", "--", "--\u00a0"):
            below = [m for m in kept if m > n and lines[m].strip()]
            strict = lines[n] == "--"
            longest = max((len(lines[m]) for m in below), default=0)
            if len(below) <= (8 if strict else MOST_SIGNATURE) and longest <= (60 if strict else 100):
                return [m for m in kept if m < n], ""
            return kept, ""
    return kept, ""


def _device(lines: list[str], kept: list[int]) -> tuple[list[int], str]:
    """ "Sent from my phone" as the last line, or as the last lines."""
    left = list(kept)
    while left:
        line = lines[left[-1]]
        short = _LINK.sub(lambda match: match[1] or "", line).strip()
        if not line.strip() and len(left) > 1:
            left.pop()
            continue
        if DEVICE.match(short) and len(short) <= (LONGEST_DEVICE if not PROGRAM.search(short) else 2 * LONGEST_DEVICE):
            left.pop()
            continue
        break
    while len(left) < len(kept) and not lines[kept[len(left)]].strip():
        left.append(kept[len(left)])
    stay = set(left)
    return (left, "") if any(lines[n].strip() for n in kept if n not in stay) else (kept, "")


def _rule_above(lines: list[str], kept: list[int]) -> tuple[list[int], str]:
    """A ruled line or stray signs of quotation that stood above a quoted mail and now stand at the end."""
    if len(kept) == len(lines):
        return kept, ""
    left = list(kept)
    while left and (not lines[left[-1]].strip(" \t>") or _RULED.fullmatch(lines[left[-1]])):
        left.pop()
    return left, ""
