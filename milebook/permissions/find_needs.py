"""Find what needs a permission: in a story its text, earlier publication, quotations, photos and the people in them; on the
cover its picture and the people on it.

Nothing is typed by the author: what stands in the book decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from milebook.model.book import Person, Photo
from milebook.model.figure_names import figure_name
from milebook.model.line import typed
from milebook.model.unknown_names import known_name
from milebook.permissions.answers.answer_words import says_no
from milebook.permissions.bylines_and_credits import printed_name, withheld
from milebook.permissions.names import guardian_of, plain, shortened, who_shown
from milebook.permissions.need import Need
from milebook.permissions.subjects import COVER, Subject

QUOTE_WORDS = {"lyric": "song lyric", "poem": "poem", "epigraph": "epigraph", "letter": "letter", "prose": "quotation"}


def text(subject: Subject) -> Iterator[Need]:
    story = subject.story
    if story is None:
        return
    who = story.contributor
    minor = (printed_name(who) or "the contributor") if 0 < who.age < 18 else ""
    yield Need(
        suffix="text",
        order=(0, 0, 0),
        terms=story.permission,
        label=f"text of “{story.title}”",
        brief="text",
        asks=guardian_of(who) if minor else who.name,
        unknown=f"{minor}'s guardian" if minor else "the contributor",
        find_out="say who it is: guardian: … of the contributor"
        if minor
        else "say who wrote it: contributor: {name: …}"
        + (", which is not printed beside anonymous: true" if who.anonymous else ""),
        place=story.at("permission"),
        noun=story.place,
        path=f"{subject.path}/permission",
        minor=minor,
        guardian=guardian_of(who),
        name=who.name,
        about=who.at("age"),
        unread=not story.permission.places and says_no(story.source.answer),
    )


def reprint(subject: Subject) -> Iterator[Need]:
    story = subject.story
    if story is None or not (story.source.published or "permission" in story.source.places):
        return
    source, terms = story.source, story.source.permission
    if "permission" not in source.places and on_own_site(source.published, subject.own_sites):
        terms = replace(terms, status="not_needed", reason=f"published on our own site, {site(source.published)}")
    where = f": {source.published}" if source.published else ""
    yield Need(
        suffix="reprint",
        order=(1, 0, 0),
        terms=terms,
        label=f"earlier publication of “{story.title}”{where}",
        brief=f"earlier publication{where}",
        asks="",
        unknown=site(source.published) or "the earlier publisher",
        find_out=(
            "find out who publishes it, then write permission: {signer: NAME, email: ADDRESS} beside it; if the site is yours, "
            "write own_sites: under book:"
            if source.published
            else "say where it appeared: published: …"
        ),
        place=source.at("permission" if "permission" in source.places else "published"),
        noun=source.place,
        path=f"{subject.path}/source/permission",
    )


def on_own_site(address: str, own_sites: Iterable[str]) -> bool:
    """Whether an address lies on one of the book's own sites: the site itself, a part of it, or its "www."."""
    host, path = _host_and_path(address)
    for site in own_sites:
        own_host, own_path = _host_and_path(site if "://" in site else f"https://{site.strip()}")
        inside = not own_path or f"{path}/".startswith(f"{own_path}/")
        if own_host and inside and (host == own_host or host.endswith(f".{own_host}")):
            return True
    return False


def _host_and_path(address: str) -> tuple[str, str]:
    try:
        parts = urlsplit(address)
        return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/")
    except ValueError:
        return "", ""


def site(address: str) -> str:
    """The name of a site: "runners.example.org"."""
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address


def quotes(subject: Subject) -> Iterator[Need]:
    for number, (place, quote) in enumerate(subject.quotes, 1):
        word = QUOTE_WORDS.get(quote.kind, "quotation")
        origin = f" ({quote.source})" if quote.source else ""
        beginning = f"{shortened(quote.text)}{origin}"
        song = quote.kind == "lyric"
        holder = (
            "its music publisher (songwriters' societies list them)" if song else "its publisher or the writer's heirs"
        )
        yield Need(
            suffix=f"quote/{number}",
            order=(2, number, 0),
            terms=quote.permission,
            label=f"{word} in “{subject.title}”: {beginning}",
            brief=f"{word}: {beginning}",
            asks="",
            unknown=f"the rights holder of {quote.source or 'the words quoted'}",
            find_out=(
                f"find out who holds the rights, usually {holder}; then write permission: {{signer: NAME, email: ADDRESS}} beside it"
                if quote.source
                else "say whose words they are: source: …"
            ),
            place=quote.at("permission"),
            noun=quote.place,
            path=f"{subject.path}/quotes/{place}/permission",
            quote=quote,
            sub=quote.kind,
        )


def photos(subject: Subject) -> Iterator[Need]:
    cover = subject.kind == COVER
    for number, photo in enumerate(subject.photos[:1] if cover else subject.photos, 1):
        by = photographer(photo)
        what = "cover picture" if cover else "stock photo" if photo.stock else "photo"
        name = called(photo, subject) if not cover else _titled(photo.alt)
        label = f"{what}{f' by {who_shown(by, subject.hidden)}' if by else ''}{f': {name}' if name else ''}"
        yield Need(
            suffix="cover" if cover else f"photo/{photo.entry}",
            order=(0, 0, 0) if cover else (3, number, 0),
            terms=photo.permission,
            label=label,
            brief=label,
            asks=by,
            unknown="whoever made the cover picture" if cover else "whoever took the photo",
            find_out="say who made it: cover_credit: Cover picture by …"
            if cover
            else "say who took it: photographer: …",
            place=photo.at("permission"),
            noun=photo.place,
            path="book/cover_permission" if cover else f"{subject.path}/photos/{photo.entry}/permission",
            photo=photo,
            sub="cover" if cover else "stock" if photo.stock else "",
        )


def people(subject: Subject) -> Iterator[Need]:
    for number, photo in enumerate(subject.photos, 1):
        for order, person in enumerate(photo.people, 1):
            yield _person(person, number, order, photo, subject)


def _person(person: Person, number: int, order: int, photo: Photo, subject: Subject) -> Need:
    name = str(who_shown(person.name, subject.hidden)) or "somebody"
    on_cover = subject.kind == COVER
    where = (
        "on the cover"
        if on_cover
        else f"in {figure_name(photo.number)}"
        if photo.number
        else f"in {called(photo, subject)}"
    )
    label = f"{name}{' (under 18)' if person.minor else ''}, shown {where}"
    return Need(
        suffix=f"{'cover' if on_cover else f'photo/{photo.entry}'}/person/{order}",
        order=(0, 0, order) if on_cover else (3, number, order),
        terms=person.permission,
        label=label,
        brief=label,
        asks=guardian_of(person) if person.minor else person.name,
        unknown=f"{name}'s guardian" if person.minor else "whoever is shown",
        find_out="say who it is: guardian: …" if person.minor and person.name else "say who it is: name: …",
        place=person.at("permission"),
        noun=person.place,
        path=f"book/cover_people/{order}/permission"
        if on_cover
        else f"{subject.path}/photos/{photo.entry}/people/{order}/permission",
        photo=photo,
        person=person,
        minor=name if person.minor else "",
        guardian=guardian_of(person),
    )


def called(photo: Photo, subject: Subject) -> str:
    """What a photo is called: its caption, else its file's name, unless that could tell a name that is withheld."""
    if photo.caption:
        return _titled(photo.caption)
    return "without a caption" if withheld(subject.contributor) else photo.file.rpartition("/")[2]


def _titled(words: str) -> str:
    """The beginning of a caption as a name for the photo, without the full stop, for a sentence goes on behind it."""
    return shortened(words).removesuffix(".")


def file_name_shown(photo: Photo, subject: Subject) -> str:
    """The name of a photo's file, "" where it tells a name that is withheld."""
    name = photo.file.rpartition("/")[2]
    who = subject.contributor
    recognizable = withheld(who) and any(len(word) > 2 and word in plain(name) for word in plain(who.name).split())
    return "" if recognizable else name


_CREDITED = re.compile(
    r"(?:.*\b(?:by|courtesy of|permission from|permission of|von|par|por|di)\s+|©\s*(?:\d{4}\s+)?)(?P<who>[^.;,()/]{2,60})",
    re.IGNORECASE,
)
_LABELED = re.compile(  # "Photo: Rosa Marchetti", whose words are capitalized, and not "Photo: private collection"
    r"(?i:photo(?:s|graph|graphs|graphy|grapher|graphie|graphe)?|foto(?:s|grafie|graf|grafía|grafia|ğraf)?|image|picture|bild|drawing|illustration|zdjęcie|"
    r"фото|photo credit|picture credit)\s*[:：]\s*"
    r"(?P<who>[^\W\d_a-zà-öø-ÿ][^\s.;,()/:]*\.?(?:\s+(?:(?:al|bin|d[aeiou]|de[lnr]|des|dos|la|le|ten?|ter|van|von|y|zu|zur)\s+)*"
    r"(?:[dl]['’])?[^\W\d_a-zà-öø-ÿ][^\s.;,()/:]*\.?){0,4})(?=\s*(?:$|[.;,()/–—-]|\d{4}))"
)
_BEHIND_THE_NAME = re.compile(r"\s+[-–—]+(?:\s.*)?$|\s*—.*$|\s+(?:in\s+)?(?:1[89]|20)\d\d\b.*$")


def photographer(photo: Photo) -> str:
    """Who took a photo, as far as the index says: named as such, or in the credit ("Photo by Ben Example", "Photo: Ben Example").

    A dash or a year behind the name ends it.
    """
    if photo.photographer:
        return photo.photographer
    credit = typed(photo.credit).replace("*", "")
    found = _CREDITED.match(credit) or _LABELED.match(credit.strip())
    return known_name(_BEHIND_THE_NAME.sub("", " ".join(found["who"].split())).strip()) if found else ""
