"""A mail's parts in order: which of them are its text, which are pictures, which are other files that came with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from milebook.intake import plain_text
from milebook.intake.charset import declared_in_html, decoded
from milebook.intake.html_text import Shown, from_html
from milebook.intake.items import PARAGRAPH, QUOTE, Passage, Picture, passage, words_in
from milebook.intake.mail.forwards import Own, in_lines, unquoted
from milebook.intake.mail.mime import Part
from milebook.intake.mail.picture_places import Seen, beside, place, seen_elsewhere
from milebook.intake.pictures import HEAD, picture

_TEXT_NAMES = (".txt", ".text", ".md")
MOST_TEXT, MOST_HTML = 2**21, 2**24  # bytes as sent of one text; a novel has less, and HTML may hold its pictures
_DOCUMENTS = (".doc", ".rtf", ".odt", ".pages", ".pdf", ".wps")


@dataclass(slots=True)
class Body:
    """What a mail holds."""

    passages: list[Passage] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    texts: list[tuple[str, Part]] = field(default_factory=list)  # attached texts with their names
    documents: list[tuple[str, Part]] = field(default_factory=list)  # attached Word files
    messages: list[Part] = field(default_factory=list)
    tnef: list[Part] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def body(parts: list[Part], read: Callable[[int], bytes], encoding: str, trim: Callable[[list[str]], Own]) -> Body:
    """Walk the parts. `read(n)` gives the bytes of part n again later; `trim` says which lines of a text
    are the sender's own (it is asked once for each).
    """
    out = Body()
    cuts: list[str] = []
    own = _with_cuts_kept(trim, cuts)
    seen: list[Seen] = []
    by_id: dict[str, Picture] = {}
    left_out = _left_out(parts, encoding)
    left: dict[
        tuple[object, ...], str
    ] = {}  # the last words of the HTML that is not taken, by the alternative it is in
    for part in parts:
        if part.kind.startswith("message/"):
            if part.kind == "message/rfc822" or part.body.lstrip()[:200].lower().startswith((b"from:", b"received:")):
                out.messages.append(part)
        elif _is_too_long(part):
            out.notes.append(f"a text of {len(part.body) / 1e6:,.0f} MB, too long for a story, was left out")
        elif part.number in left_out:
            if part.kind == "text/html":
                html = from_html(text_of(part, encoding))
                seen += seen_elsewhere(html.images, html.passages, part.number)
                left[_alternative(part)] = html.passages[-1].text if html.passages else ""
        elif _is_body(part):
            texts, shown = _body_text(part, encoding, own)
            base = len(out.passages)
            seen += [
                Seen(image, part.number, base + image.after, by_signature=by_signature) for image, by_signature in shown
            ]
            out.passages += texts
        else:
            count = len(out.pictures)
            _attachment(part, read, out, by_id)
            if len(out.pictures) > count and left.get(_alternative(part)):
                out.pictures[-1].after = beside(out.passages, left[_alternative(part)])
    out.passages, notes = place(out.passages, out.pictures, seen, by_id, read, cuts)
    out.notes += notes
    return out


def _with_cuts_kept(trim: Callable[[list[str]], Own], cuts: list[str]) -> Callable[[list[str]], Own]:
    """The same decision about lines, which also appends to `cuts` what it cuts."""

    def own(lines: list[str]) -> Own:
        trimmed = trim(lines)
        cuts.extend(trimmed.cuts)
        return trimmed

    return own


def _is_too_long(part: Part) -> bool:
    return part.kind.startswith("text/") and len(part.body) > (MOST_HTML if part.kind == "text/html" else MOST_TEXT)


def _alternative(part: Part) -> tuple[object, ...]:
    """What tells the outermost multipart/alternative around a part from others, () for none."""
    level = next((n for n, (kind, _) in enumerate(part.path) if kind == "multipart/alternative"), -1)
    return (*part.path[:level], "alternative") if level >= 0 else ()


def _left_out(parts: list[Part], encoding: str) -> set[int]:
    """The numbers of the texts that are not taken. In alternatives the plain text is taken, unless it is empty or has below a third of the words of the HTML."""
    out: set[int] = set()
    groups: dict[tuple[object, ...], list[Part]] = {}
    for part in parts:
        group = _alternative(part)
        if group and part.kind.startswith("text/") and not part.attached and not _is_too_long(part):
            groups.setdefault(group, []).append(part)
    for members in groups.values():
        plain = [part for part in members if part.kind == "text/plain"]
        rich = [part for part in members if part.kind == "text/html"]
        out |= {part.number for part in members if part.kind not in ("text/plain", "text/html")}
        if not plain or not rich:
            continue
        count = sum(words_in(text_of(part, encoding)) for part in plain)
        if count == 0 or count * 3 < sum(_html_words(part, encoding) for part in rich):
            out |= {part.number for part in plain}
        else:
            out |= {part.number for part in rich}
    return out


def _html_words(part: Part, encoding: str) -> int:
    return sum(words_in(one.text) for one in from_html(text_of(part, encoding)).passages)


def text_of(part: Part, encoding: str = "") -> str:
    """The characters of a text part."""
    data = part.data()
    declared = part.charset or (declared_in_html(data) if part.kind == "text/html" else "")
    return decoded(data, declared, encoding)[0]


def _is_body(part: Part) -> bool:
    if part.kind not in ("text/plain", "text/html") or part.attached:
        return False
    name = part.name.lower()
    return not name or not name.endswith((*_TEXT_NAMES, ".html", ".htm", *_DOCUMENTS)) or not part.path


def _body_text(
    part: Part, encoding: str, trim: Callable[[list[str]], Own]
) -> tuple[list[Passage], list[tuple[Shown, bool]]]:
    """The passages of a part, and its images, each with whether the words beside it were cut."""
    text = text_of(part, encoding)
    if part.kind == "text/html":
        content = from_html(text)
        passages, places = html_trimmed(content.passages, trim)
        return passages, [
            (image._replace(after=places[image.after]), _beside_a_cut(places, image.after)) for image in content.images
        ]
    if "flowed" in part.headers.parameter("content-type", "format").lower():
        lines = plain_text.unflowed(text, part.headers.parameter("content-type", "delsp").lower() == "yes")
    else:
        lines = text.split("\n")
    lines = in_lines(plain_text.without_armor(lines))
    own = trim(lines)
    return plain_text.passages([unquoted(lines[n], own.depth) for n in own.lines]), []


def _beside_a_cut(places: list[int], at: int) -> bool:
    """Whether everything below a place of the HTML was cut, or what stands right above it. `places` are those of `html_trimmed`."""
    below = at < len(places) - 1 and places[at] == places[-1]
    return below or (at > 0 and places[at - 1] == places[at])


def html_trimmed(passages: list[Passage], trim: Callable[[list[str]], Own]) -> tuple[list[Passage], list[int]]:
    """The passages of an HTML mail without the lines that `trim` takes out; those of which all lines stay keep their italics.

    With them, for each place between passages the place it has now, so that pictures find theirs.
    """
    lines: list[str] = []
    owner: list[int] = []
    for number, one in enumerate(passages):
        mark = "> " * (one.level + 1) if one.kind == QUOTE else ""
        for line in one.text.split("\n"):
            lines.append(mark + line.strip())
            owner.append(number)
        lines.append("")
        owner.append(-1)
    own = trim(lines)
    left: dict[int, list[int]] = {}
    for n in own.lines:
        left.setdefault(owner[n], []).append(n)
    out: list[Passage] = []
    places = []
    for number, one in enumerate(passages):
        places.append(len(out))
        stay = left.get(number, [])
        whole = len(stay) == one.text.count("\n") + 1
        texts = [lines[n].lstrip("> ") if one.kind == QUOTE else lines[n] for n in stay]
        if whole or any(text.strip("> ") for text in texts):
            kept = one if whole else passage("\n".join(texts).strip(), one.kind)
            if own.depth and kept.kind == QUOTE:
                level = kept.level - own.depth
                kept = kept._replace(kind=QUOTE if level >= 0 else PARAGRAPH, level=max(0, level))
            out.append(kept)
    return out, [*places, len(out)]


def _attachment(part: Part, read: Callable[[int], bytes], out: Body, by_id: dict[str, Picture]) -> None:
    name = part.name
    low = name.lower()
    if part.kind in ("application/mac-binhex40", "application/applefile") or low.endswith(".hqx"):
        out.notes.append(f"attached, and packed in a way that cannot be read any more (BinHex): {name or 'a file'}")
        return
    if part.kind in ("application/ms-tnef", "application/vnd.ms-tnef") or low == "winmail.dat":
        out.tnef.append(part)
        return
    head = part.data(HEAD)
    number = part.number
    found, note = picture(name, head, lambda: read(number))
    if note:
        out.notes.append(note)
    if found is not None:
        out.pictures.append(found)
        text = bool(out.passages)
        found.after = len(out.passages) if text and part.path and not part.attached else None
        if part.content_id:
            by_id[part.content_id] = found
        return
    if note:
        return
    if (
        head.startswith(b"PK\x03\x04") and (low.endswith(".docx") or "wordprocessingml" in part.kind)
    ) or head.startswith(b"{\\rtf"):
        out.documents.append((name, part))
    elif part.kind == "text/plain" or (low.endswith(_TEXT_NAMES) and b"\0" not in head[:2000]):
        out.texts.append((name, part))
    elif part.kind.startswith("text/calendar"):
        out.notes.append("an invitation to an appointment came with it")
    elif part.kind in ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"):
        return
    elif head.strip() or name:
        how = (
            ": open it and save it as a Word file (.docx) or as text, then import that"
            if low.endswith(_DOCUMENTS)
            else ""
        )
        out.notes.append(f"attached, and not imported: {name or part.kind}{how}")
