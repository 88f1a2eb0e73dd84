"""What a letter and a release form say about each thing asked for: which one it is, and exactly what will be printed.

The signer is addressed as "you". Names that are withheld from print appear only in the letter to that person.
"""

from __future__ import annotations

from milebook.model.book import Story
from milebook.model.english_dates import english_date
from milebook.model.languages import base_language
from milebook.permissions.bylines_and_credits import byline, credit_line, credit_placement, printed_name
from milebook.permissions.find_needs import QUOTE_WORDS, file_name_shown, photographer, site
from milebook.permissions.names import same_name, who_shown
from milebook.permissions.need import Need
from milebook.permissions.requests.asked import Asked, Letterhead
from milebook.permissions.requests.language_names import language_name
from milebook.permissions.subjects import COVER, Subject

_HOW = {"email": "by e-mail", "comment": "as a comment", "form": "with our form", "docx": "as a Word file"}
_BY_HAND = ("comment", "form")  # what only the author of a story can have written
_POSTED = {"comment": "posted as a comment", "post": "posted"}
_PLACES = {"copyright": "on the copyright page", "credits": "on the Credits page"}


def text(need: Need, subject: Subject, head: Letterhead) -> Asked:
    story = subject.story
    assert story is not None
    who = story.contributor
    title = f"“{story.title}”"
    mine = same_name(head.signer, who.name)
    if need.minor:
        sentence = f"to print the story {title} by {_child(need)}, for whom you sign as parent or guardian"
    elif mine:
        sentence = f"to print your story {title}"
    else:
        sentence = f"to print the story {title} by {printed_name(who, head.info.language)}"
    sentence += _received(story, head, mine and not need.minor)
    details = []
    if story.language and base_language(story.language) != base_language(head.info.language):
        details.append(("Language of the story", language_name(story.language)))
    details += [("Editing", f"lightly, for length and style; {head.we} will show you changes beyond that")]
    shown = byline(who, head.info.byline, head.info.language)
    if shown:
        details.append(("Byline, as it will be printed", shown))
    if who.bio and not who.anonymous:
        details.append(("About the author, as it will be printed", who.bio))
    return Asked(sentence, tuple(details))


def _received(story: Story, head: Letterhead, mine: bool) -> str:
    """Which mail or comment it was: ", which reached us by e-mail on March 4, 2026".

    A mail or a file may have been sent by somebody else, who passed it on: the index does not say.
    """
    source = story.source
    on = f" on {english_date(story.received)}" if story.received else ""
    if source.kind in _POSTED and source.published:  # on a site, where all could read it
        posted = f"{_POSTED[source.kind]} on {site(source.published)}{on}"
        return f", which you {posted}" if mine else f", which was {posted}"
    how = f" {_HOW[source.kind]}" if source.kind in _HOW else ""
    if not how and not on:
        return ""
    if mine and source.kind in _BY_HAND:
        return f", which you sent {head.us}{how}{on}"
    return f", which reached {head.us}{how}{on}" if mine else f", which {head.we} received{how}{on}"


def reprint(need: Need, subject: Subject, head: Letterhead) -> Asked:
    story = subject.story
    assert story is not None
    sentence = f"to reprint the story “{story.title}” by {printed_name(story.contributor) or 'a reader'}"
    if not story.source.published:
        return Asked(f"{sentence}, which you published")
    return Asked(f"{sentence}, which you published before", (("Published", story.source.published),))


def quote(need: Need, subject: Subject, head: Letterhead) -> Asked:
    quoted = need.quote
    assert quoted is not None
    word = QUOTE_WORDS.get(quoted.kind, "quotation")
    words = (
        "these words from a song"
        if word == "song lyric"
        else "these lines of a poem"
        if word == "poem"
        else "these words"
    )
    details = [("Words quoted", f"“{' '.join(quoted.text.split())}”")]
    if quoted.source:
        details.append(("From", quoted.source))
    where = f"the story “{subject.title}”" if subject.story else f"“{subject.title}”, a text of the book’s own"
    return Asked(f"to quote {words} in {where}", tuple(details))


def photo(need: Need, subject: Subject, head: Letterhead) -> Asked:
    assert need.photo is not None
    by = photographer(need.photo)
    mine = not by or same_name(by, head.signer)
    whose = "your" if mine else "the"
    taken = "" if mine else f" by {_name(by, subject, head)}"
    if subject.kind == COVER:
        what = f"to print {whose} picture{taken} on the cover of the book, and to show the cover wherever the book is offered"
    else:
        what = f"to print {whose} {_picture_word(need)}{taken} with the story “{subject.title}”"
    return Asked(what, _picture_details(need, subject), need.photo.path)


def person(need: Need, subject: Subject, head: Letterhead) -> Asked:
    assert need.photo is not None
    assert need.person is not None
    where = "on the cover of the book, and wherever the cover is shown" if subject.kind == COVER else (
        f"in the {_picture_word(need)} printed with the story “{subject.title}”"
    )  # fmt: skip
    if need.minor:
        child = _child(need)
        sentence = f"to show {child}, for whom you sign as parent or guardian, {where}"
    elif same_name(need.person.name, head.signer):
        sentence = f"to show you {where}"
    else:
        sentence = f"to show {_name(need.person.name, subject, head) or 'somebody'} {where}"
    return Asked(sentence, _picture_details(need, subject), need.photo.path)


def plainly(need: Need, subject: Subject, head: Letterhead) -> Asked:
    """For a kind without words of its own."""
    return Asked(f"to print this in the book: {need.label}", (), need.photo.path if need.photo else "")


def _picture_details(need: Need, subject: Subject) -> tuple[tuple[str, str], ...]:
    shown = need.photo
    assert shown is not None
    details: list[tuple[str, str]] = []
    if name := file_name_shown(shown, subject):
        details.append(("File", name))
    if subject.kind == COVER:
        if shown.alt:
            details.append(("What it shows", " ".join(shown.alt.split())))
    elif shown.caption:
        details.append(("Caption, as it will be printed", shown.caption))
    else:
        details.append(("Caption", "none"))
    credit = credit_line(shown)
    where = _PLACES.get("copyright" if subject.kind == COVER else credit_placement(shown), "")
    if credit:
        details.append(("Credit, as it will be printed", f"{credit}{f' ({where})' if where else ''}"))
    else:
        details.append(("Credit", "none"))
    return tuple(details)


def _picture_word(need: Need) -> str:
    """What a picture is called: a drawing where its credit says so, else a photo."""
    credit = need.photo.credit.casefold() if need.photo else ""
    return next((word for word in ("drawing", "painting", "illustration", "map") if word in credit), "photo")


def _child(need: Need) -> str:
    """A child's name for whoever signs for it."""
    legal = need.person.name if need.person else need.name
    return legal or "the child"


def _name(name: str, subject: Subject, head: Letterhead) -> str:
    """A name for this letter: the legal one where it is the signer's or nothing is withheld, else the printed one."""
    if same_name(name, head.signer):
        return name
    shown = who_shown(name, subject.hidden)
    if not shown.withheld:
        return name
    return "somebody who is not to be named" if shown.signs_for else shown.name
