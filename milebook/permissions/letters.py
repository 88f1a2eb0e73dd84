"""Letters that ask for permission: open items and a template in, one letter for each person to ask out.

The template is text with names in braces ({signer}, {items} …) that are replaced once, as they stand; nothing in it is run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import NamedTuple

from milebook.markdown.punctuation import curl
from milebook.model.book import Book, BookInfo, Contributor
from milebook.model.draft import Stamp
from milebook.permissions.asked_again import asked_again
from milebook.permissions.clear import PermissionItem, theirs_to_give
from milebook.permissions.cover import every_need, item_id
from milebook.permissions.kinds import Need, folded, same_name
from milebook.permissions.scope import planned_languages
from milebook.permissions.signers import GRANTED, who_signs
from milebook.permissions.wording import attribution_form, printed_name, withheld

ASKED_FIRST = ("to_request", "expired", *GRANTED)
ASKED_AGAIN = ("requested", "no_reply")
PLACEHOLDERS = (
    "signer", "items", "title", "authors", "editions", "credits", "contact", "publisher", "date", "We_are", "We", "we", "us",
)  # fmt: skip

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_FORMATS = {"print": "a printed book", "ebook": "an e-book", "audio": "an audiobook"}


class Letter(NamedTuple):
    """One letter. `signer` is the person's own name, "" where we know only whom to look for (`unknown`)."""

    signer: str
    email: str
    subject: str
    body: str
    items: tuple[PermissionItem, ...]
    unknown: str = ""

    @property
    def to(self) -> str:
        return self.signer or self.unknown


def letters(
    book: Book, items: Iterable[PermissionItem], template: str, *, again: bool = False, date: str = ""
) -> list[Letter]:
    """One letter a signer for everything open that is theirs to grant, in the order in which the book needs them.

    A name with two addresses gets two letters: they may be two people, and neither must be asked for what is the other's.
    What has been asked already is asked again only with `again`; a refusal is never asked about again. Where nobody knows
    whom to ask (`missing`), there is no letter: it would be a letter to nobody.
    """
    asked = {item_id(story, need): need for _, story, _, need in every_need(book)}
    who = {"": Contributor()} | {story.id: story.contributor for story in book.stories}
    groups: dict[tuple[str, str], list[PermissionItem]] = {}
    address_of = _addresses(book, asked)
    for item in items:
        if item.item not in asked or item.missing or not to_ask(item, again=again):
            continue
        name = who_signs(asked[item.item])
        unknown = asked[item.item].unknown
        apart = "" if item.kind in ("quote", "reprint") else item.story  # two children of one name have two guardians
        key = (folded(name), address_of(item)) if name else ("", f"{unknown}\0{apart}")
        groups.setdefault(key, []).append(item)
    return [_letter(book, found, asked, who, address_of(found[0]), template, date) for found in groups.values()]


def to_ask(item: PermissionItem, *, again: bool = False) -> bool:
    """Whether somebody is to be asked for an item now: it is open, theirs to give, and not waiting for an answer."""
    waiting = item.status in ASKED_AGAIN or (item.status in GRANTED and bool(asked_again(item.terms)))
    return (
        not item.clear
        and item.status in (*ASKED_FIRST, *ASKED_AGAIN)
        and (again or not waiting)
        and theirs_to_give(item)
    )


def unknown_placeholders(template: str) -> list[str]:
    """Names in braces that no letter has a value for."""
    return [name for name in dict.fromkeys(_PLACEHOLDER.findall(template)) if name not in PLACEHOLDERS]


def _letter(
    book: Book,
    found: Sequence[PermissionItem],
    asked: dict[str, Need],
    contributors: dict[str, Contributor],
    email: str,
    template: str,
    date: str,
) -> Letter:
    first = found[0]
    signer = who_signs(asked[first.item])
    info = book.info
    values = {
        "signer": signer or "Sir or Madam",
        "items": "\n".join(
            f"{number}. {_request(item, asked[item.item], contributors[item.story], signer, book.info)}"
            for number, item in enumerate(found, 1)
        ),
        "title": curl(info.title, info.language),
        "authors": _listed(info.authors) or "We",
        "editions": editions_sentence(book),
        "credits": "\n".join(_naming(found, asked, contributors, signer)),
        "contact": "\n".join(part for part in (info.contact.get("name") or _listed(info.authors), info.contact.get("address", ""),
                                               info.contact.get("phone", ""), info.contact.get("email", "")) if part),
        "publisher": info.publisher,
        "date": date,
        "We_are": _we_are(info.authors),
        "We": "I" if len(info.authors) == 1 else "We",
        "we": "I" if len(info.authors) == 1 else "we",
        "us": "me" if len(info.authors) == 1 else "us",
    }  # fmt: skip
    filled = _PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), template.replace("\r\n", "\n"))
    filled = re.sub(r"\n{3,}", "\n\n", filled)
    subject, body = f"Permission to print in “{info.title}”", filled
    if filled.startswith("Subject:"):
        line, _, body = filled.partition("\n")
        subject = line.removeprefix("Subject:")
    unknown = "" if signer else asked[first.item].unknown
    return Letter(signer, email, " ".join(subject.split()), body.strip() + "\n", tuple(found), unknown)


def _we_are(authors: Sequence[str]) -> str:
    if len(authors) == 1:
        return f"I, {authors[0]}, am"
    return f"We, {_listed(authors)}, are" if authors else "We are"


def _request(item: PermissionItem, need: Need, who: Contributor, signer: str, info: BookInfo) -> str:
    line = curl(need.request, info.language)
    if not item.story:
        line = line.replace(" (name withheld)", "")
    elif withheld(who):
        mine = same_name(signer, who.name)
        line = line.replace(f"{printed_name(who)} (name withheld)", who.name if mine else printed_name(who))
    if need.minor:
        line += f" (you sign as the guardian of {need.minor.removesuffix(' (name withheld)')})"
    if item.status in GRANTED and not need.minor:
        we = "I" if len(info.authors) == 1 else "we"
        line = (
            f"{_closed(line)} Your agreement so far covers {_covered(item)}; {we} ask you to widen it to what {we} plan"
        )
    return _closed(line)


def _closed(line: str) -> str:
    """A sentence with one full stop at its end, wherever its quotation marks end."""
    line = re.sub(r"\.{2,}$", ".", line)
    return line if re.search(r"[.…!?]”?$", line) else line + "."


def _covered(item: PermissionItem) -> str:
    terms = item.terms
    formats = _listed([_FORMATS.get(word, word) for word in terms.formats]) or "all formats"
    parts = [formats, terms.territory or "the whole world"]
    if terms.languages:
        parts.append(_listed([_language(tag) for tag in terms.languages]))
    if terms.print_run_cap:
        parts.append(f"{terms.print_run_cap:,} copies")
    if terms.expires:
        parts.append(f"the time until {terms.expires}")
    return ", ".join(parts)


def _naming(
    found: Sequence[PermissionItem], asked: dict[str, Need], contributors: dict[str, Contributor], signer: str
) -> list[str]:
    """How the signer will be named, so that it is agreed as well."""
    lines: dict[str, None] = {}
    story = "The story" if sum(item.kind == "text" for item in found) < 2 else "The stories"
    for item in found:
        who = contributors[item.story]
        if item.kind == "text" and (same_name(signer, who.name) or same_name(signer, who.guardian)):
            shown = printed_name(who)
            lines[f"{story} will carry the name “{shown}” ({attribution_form(who)})."] = None
        photo = asked[item.item].photo
        if item.kind == "photo" and photo is not None:
            credit = photo.permission.credit or photo.credit
            if credit:
                what = "photo" if item.story else "cover picture"
                lines[f"The {what}’s credit will read: “{credit}”."] = None
    if lines:
        lines["If you would rather be named otherwise, or not at all, please say how."] = None
    return list(lines)


def editions_sentence(book: Book) -> str:
    """What is planned, in words: "a printed book and an e-book, for the whole world, in en"."""
    plan = book.info.editions
    where = "the whole world" if plan.territory in ("", "world") else plan.territory
    sentence = f"{_listed([_FORMATS.get(word, word) for word in plan.formats])}, for {where}, in {_listed([_language(tag) for tag in planned_languages(book.info)])}"
    if plan.print_run:
        sentence += f", {plan.print_run:,} copies"
    if book.info.publisher:
        sentence += f", published by {book.info.publisher}"
    return sentence


_LANGUAGES = {
    "cs": "Czech", "da": "Danish", "de": "German", "en": "English", "es": "Spanish", "fi": "Finnish", "fr": "French",
    "ga": "Irish", "it": "Italian", "ja": "Japanese", "nb": "Norwegian", "nl": "Dutch", "no": "Norwegian", "pl": "Polish",
    "pt": "Portuguese", "sv": "Swedish", "tr": "Turkish", "uk": "Ukrainian", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def _language(tag: str) -> str:
    return _LANGUAGES.get(tag.partition("-")[0].lower(), tag)


def _addresses(book: Book, asked: Mapping[str, Need]) -> Callable[[PermissionItem], str]:
    """Where to write about an item: what its agreement says, else the contributor's address if the contributor (or the
    guardian) signs, else an address that the book knows for the name. An agreement's address replaces the contributor's.
    """
    by_name: dict[str, str] = {}
    of_story: dict[tuple[str, str], str] = {}
    for story in (*book.stories, *book.unselected):
        who = story.contributor
        for name in filter(None, (who.name, who.guardian)):
            terms = story.permission
            written = terms.email if not terms.signer or same_name(terms.signer, name) else ""
            if written or who.email:
                of_story[story.id, folded(name)] = written or who.email
                by_name.setdefault(folded(name), written or who.email)

    for need in asked.values():
        if need.terms.email and need.terms.signer:
            by_name.setdefault(folded(need.terms.signer), need.terms.email)

    of_agreement: dict[tuple[str, str], str] = {}

    def address(item: PermissionItem) -> str:
        need = asked[item.item]
        name = who_signs(need)
        if need.terms.email and (not need.terms.signer or same_name(need.terms.signer, name)):
            return need.terms.email
        found = of_story.get((item.story, folded(name)), "") or by_name.get(folded(name), "")
        if not need.terms.id:
            return found
        return of_agreement.setdefault((need.terms.id, folded(name)), found)  # one form, one person

    return address


def to_eml(letter: Letter, book: Book, stamp: Stamp) -> tuple[bytes, str]:
    """The letter as an e-mail to be opened, looked at and sent, and what is wrong with its address ("" if nothing).

    One recipient at most. Same letter and stamp, same bytes.
    """
    import hashlib
    from datetime import UTC, datetime

    message = EmailMessage(policy=SMTP)
    problem = ""
    message["Subject"] = _one_line(letter.subject)
    contact = book.info.contact
    sender = _address(contact.get("name") or _listed(book.info.authors), contact.get("email", ""))
    if sender is not None:
        message["From"] = sender
    if letter.email:
        to = _address(letter.signer, letter.email)
        if to is None:
            problem = f"“{letter.email}” is not an address that an e-mail can be sent to"
        else:
            message["To"] = to
    message["Date"] = format_datetime(datetime.fromtimestamp(stamp.epoch, UTC))
    digest = hashlib.sha256(f"{letter.to}\0{letter.subject}\0{letter.body}\0{stamp.date}".encode()).hexdigest()[:32]
    message["Message-ID"] = f"<{digest}@milebook.invalid>"
    message["X-Unsent"] = "1"
    message.set_content(letter.body, subtype="plain", charset="utf-8", cte="quoted-printable")
    return message.as_bytes(), problem


def _address(name: str, email: str) -> Address | None:
    email = email.strip()
    if not email or not email.isascii() or re.search(r"[\s,;<>\x00-\x1f\x7f]", email):
        return None
    try:
        return Address(_one_line(name), addr_spec=email)
    except (ValueError, MessageError, IndexError):
        return None


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
