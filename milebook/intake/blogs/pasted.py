"""A blog page pasted as plain text: the post, the heading that counts the comments, numbered comments, furniture around them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

from milebook.intake import plain_text
from milebook.intake.blogs.page_furniture import announced, is_furniture, title_in
from milebook.intake.blogs.posts_and_comments import count_note, named
from milebook.intake.charset import decoded
from milebook.intake.inputs import Input
from milebook.intake.items import PING, Found, Original
from milebook.intake.options import Options
from milebook.intake.titles import only_letters
from milebook.intake.written_dates import moment_in

SAME_LINE = 0.6  # SequenceMatcher on letters: an alt text and the caption below it
_NUMBER = re.compile(r"(?P<indent>\s{0,12})(?P<number>\d{1,4})[.)]\s+(?P<rest>\S.*)")
_BULLET = re.compile(r"(?P<indent>\s*)(?:[□☆◦○▪■●•*+o–-]|\d{1,4}[.)]|[a-z][.)])\s+(?P<rest>\S.*)")
_SAYS = re.compile(
    r"(?P<name>.{1,80}?)\s+(?:says?|said|schreibt|schrieb|sagt|sagte|meint|wrote|writes|a dit|dit|dice|dijo|ha detto|zegt|säger|siger)"
    r"(?:\s+(?:on|am|le|el|il|op)\b(?P<when>.*?))?\s*:",
    re.IGNORECASE,
)
_END = re.compile(
    r"(?i)\s*(?:leave a (?:reply|comment).*|post a comment.*|schreibe einen kommentar.*|laisser un commentaire.*|deja (?:una respuesta|un comentario).*|"
    r"your email address will not be published.*|add a comment|comments are closed\.?|post navigation|\W?\s*older comments.*|notify me of .*)\s*"
)
_PING = re.compile(r"(?i)\s*(?:pingback|trackback)\s*:|^\[…\].*\[…\]$|^\[\.\.\.\].*\[\.\.\.\]$")
_BRACKETED = re.compile(r"\s*\[[^\[\]]{0,60}\]\s*")


class _Written(NamedTuple):
    number: int  # as typed, 0 for a reply without one
    indent: int
    lines: list[str]


def looks_like_page(text: str) -> bool:
    """Whether a text is a pasted page: a line that counts comments, or comments with “NAME says:” one below the other."""
    lines = text[:200_000].split("\n")
    if any(announced(line) for line in lines):
        return True
    return sum(1 for line in lines if _head(line) is not None) >= 2


def read(one: Input, options: Options) -> Iterator[Found]:
    """The post, then the comments in the order of the page. Raises TooLarge and OSError."""
    data = one.read()
    text, _ = decoded(data, "", options.encoding)
    digest = hashlib.sha256(data).hexdigest()
    original = Original(".txt", digest, one.path.read_bytes)
    lines = [line.replace("\u00a0", " ").rstrip() for line in text.split("\n")]
    at = next((n for n, line in enumerate(lines) if announced(line)), None)
    if at is None:
        at = next((n for n, line in enumerate(lines) if _head(line) is not None), len(lines)) - 1
    counted = announced(lines[at]) if at >= 0 else 0
    title = title_in(lines[at]) if at >= 0 else ""
    below = {only_letters(line) for line in lines[at + 1 :]}
    post = _post(lines[: max(at, 0)], title, one, digest, below)
    post.original = original
    written = _comments(lines[at + 1 :])
    comments: list[Found] = []
    above: list[tuple[int, str]] = []  # indent and key of the comments that the next one may answer
    for order, comment in enumerate(written, 1):
        item = _comment(comment, order, post, one, original)
        above = [one_above for one_above in above if one_above[0] < comment.indent]
        if above and not comment.number:
            item.answers = (above[-1][1],)
        above.append((comment.indent if not comment.number else min(comment.indent, 1), item.key))
        comments.append(item)
    found = sum(comment.verdict != PING for comment in comments)
    if counted or comments:
        post.notes.append(count_note(counted or len(comments), found, len(comments) - found))
    if post.passages:
        yield post
    elif comments:
        comments[0].notes += post.notes
    yield from comments


def _head(line: str) -> tuple[str, str] | None:
    """Name and date of “3. Dora says:”, None for another line."""
    match = _NUMBER.fullmatch(line) or _BULLET.fullmatch(line)
    rest = match["rest"] if match else line.strip()
    says = _SAYS.fullmatch(rest)
    if not says or (not match and len(rest.split()) > 8):
        return None
    return says["name"].strip(), says["when"] or ""


def _comments(lines: list[str]) -> list[_Written]:
    """The comments: numbered from 1, one after the other, or each with “NAME says:”. They end where the page's form begins."""
    out: list[_Written] = []
    expected = 1
    for line in lines:
        if _END.fullmatch(line) and out:
            break
        number = _NUMBER.fullmatch(line)
        if number and int(number["number"]) == expected:
            out.append(_Written(expected, len(number["indent"]), [number["rest"]]))
            expected += 1
        elif _head(line) is not None:
            marked = _BULLET.fullmatch(line)
            indent = len(marked["indent"]) if marked else len(line) - len(line.lstrip())
            out.append(_Written(0, indent, [marked["rest"] if marked else line.strip()]))
        elif out:
            out[-1].lines.append(line)
    return out


def _comment(written: _Written, order: int, post: Found, one: Input, original: Original) -> Found:
    lines = list(written.lines)
    name = when = ""
    head = _head(lines[0])
    if head is not None:
        name, when = head
        del lines[0]
    lines = _undented(lines)
    first = _first_filled(lines)
    moment = moment_in(when)
    if first is not None and not moment and len(lines[first]) < 60 and (moment := moment_in(lines[first])):
        del lines[first]
    kept = [line for line in lines if not is_furniture(line)]
    ident = str(written.number or f"{order}r")
    item = Found("comment", f"{post.key}#comment-{ident}", one.shown, named(name), original=original)
    item.moment, item.received = moment, moment[:10]
    item.passages = plain_text.passages(kept)
    if item.passages and any(_PING.match(passage.text.strip()) for passage in item.passages[:1]):
        item.verdict, item.why = PING, "another site’s link to the post"
    return item


def _undented(lines: list[str]) -> list[str]:
    """Lines without the indent that all of them have."""
    indents = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    least = min(indents, default=0)
    return [line[least:] if line.strip() else "" for line in lines]


def _post(lines: list[str], title: str, one: Input, digest: str, below: set[str]) -> Found:
    """What stands above the comments, without the furniture of the page; the heading of the comments names the title."""
    folded = only_letters(title)
    start = 0
    for n, line in enumerate(lines):
        if folded and (only_letters(line) == folded or (len(folded) > 10 and only_letters(line).startswith(folded))):
            start = n + 1
            title = line.strip() if only_letters(line) == folded else title
            break
    item = Found("post", f"sha256:{digest}", one.shown)
    kept = _own_lines(_undented(lines[start:]), item)
    item.title = title if folded else _take_heading(kept, item, below) or title
    item.passages = plain_text.passages(_captions(kept, item))
    return item


def _own_lines(lines: list[str], item: Found) -> list[str]:
    """The lines of a post without the page's furniture; the line that says when it was published, and by whom, is read."""
    kept: list[str] = []
    for line in lines:
        date = moment_in(line) if len(line) < 80 else ""
        if date and re.match(r"(?i)\s*(?:published|posted|veröffentlicht|publié|publicado)\b", line):
            item.moment, item.received = date, date[:10]
            by = re.search(r"By\s+(\S.*)$", line)
            item.name = by[1].strip() if by else ""
        elif not is_furniture(line):
            kept.append(line)
        elif line.strip():
            item.cuts.append(line.strip())
    return kept


def _take_heading(lines: list[str], item: Found, below: set[str]) -> str:
    """Take the title out of a post's first lines, and the site's name above it; "" where there is none."""
    at = _first_filled(lines)
    if at is not None and only_letters(lines[at]) in below and any(line.strip() for line in lines[at + 1 :]):
        item.cuts.append(lines.pop(at).strip())  # the site's name, which stands at the end of the page as well
        at = _first_filled(lines)
    if at is None or len(lines[at].split()) > 14 or (at + 1 < len(lines) and lines[at + 1].strip()):
        return ""
    return lines.pop(at).strip()


def _first_filled(lines: list[str]) -> int | None:
    return next((n for n, line in enumerate(lines) if line.strip()), None)


def _captions(lines: list[str], item: Found) -> list[str]:
    """Two neighboring lines that say the same are a picture's alt text and its caption: a note, because there is no picture."""
    out: list[str] = []
    n = 0
    filled = [k for k, line in enumerate(lines) if line.strip()]
    following = dict(pairwise(filled))
    while n < len(lines):
        other = following.get(n)
        if other is not None and other - n <= 2 and _is_caption(lines[n], lines[other]):
            caption, alt = lines[other].strip(), lines[n].strip(" []")
            item.notes.append(
                f"photo missing (caption “{caption}”"
                + (f", alt text “{alt}”)" if only_letters(alt) != only_letters(caption) else ")")
            )
            n = other + 1
            continue
        out.append(lines[n])
        n += 1
    return out


def _is_caption(first: str, second: str) -> bool:
    a, b = only_letters(first), only_letters(second)
    if min(len(a), len(b)) < 4 or max(len(a), len(b)) > 300 or second.lstrip()[:1] in "•*-":
        return False
    if _BRACKETED.fullmatch(first) and "=" not in first and len(first.split()) <= 6 and a in b:
        return True
    return a == b or (
        len(a) > 15
        and SequenceMatcher(None, a, b, autojunk=False).ratio() >= SAME_LINE
        and first.strip()[:12].lower() == second.strip()[:12].lower()
    )
