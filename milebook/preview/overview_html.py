"""The overview as HTML without scripts: figures, rhythm, board, whom to ask, contact sheet.

The mailed file is made of it, and the preview shows the same sections and makes the board of it a tool.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from html import escape

from milebook.model.figure_names import figure_name
from milebook.preview.survey import Ask, Card, Column, Open, Shot, Survey

MANY, FEW = 120, 40  # stories from which the rhythm is drawn with thin bars, and up to which with wide ones
PRINT_PPI = 300
TAB = "\t"  # between tags, which may hold spaces

Picture = Callable[[Shot], str]  # the address of a photo's small picture, "" for none


def sections(survey: Survey, picture: Picture, *, board: str = "", cut: bool = True) -> str:
    """Everything below the page's own head. `board` replaces the introduction of the board; `cut` shows the stories left out."""
    return "".join(
        [
            masthead(survey),
            state(survey),
            _jump(survey),
            rhythm(survey),
            the_board(
                survey, board or "Every chapter with its stories, in the order of the book.", cut=cut, tool=bool(board)
            ),
            whom_to_ask(survey),
            contact_sheet(survey, picture),
        ]
    )


def plain(html: str) -> str:
    """The sections without what only the preview's scripts need: nobody arranges stories in a mailed file."""
    return re.sub(r' data-[a-z]+="[^"]*"', "", html)


def number(value: int) -> str:
    return f"{value:,}"


def plural(count: int, one: str, many: str = "") -> str:
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


# ---- the head of the page


def masthead(survey: Survey) -> str:
    """Title, authors and the five figures."""
    authors = _names([f"<bdi>{escape(name)}</bdi>" for name in survey.authors])
    by = " · ".join(filter(None, [authors, f"state of {escape(survey.date)}" if survey.date else ""]))
    subtitle = f'<p class="subtitle" dir="auto">{escape(survey.subtitle)}</p>' if survey.subtitle else ""
    target = f" <small>of {number(survey.target)}</small>" if survey.target else ""
    pages = number(survey.pages) if survey.pages else f"{number(survey.pages_low)}–{number(survey.pages_high)}"
    rows = [("stories", number(survey.stories), ""), ("words in all", number(survey.words), target)]
    if survey.pages or survey.pages_high:
        rows.append(("printed pages", pages, "" if survey.pages else " <small>estimated</small>"))
    rows.append(("photos", number(len(survey.shots)), ""))
    rows.append(("permissions clear", number(survey.clear), f" <small>of {number(survey.needed)}</small>"))
    figures = "".join(f"<div><dt>{name}</dt><dd>{value}{more}</dd></div>" for name, value, more in rows)
    return (
        f'<header class="masthead"><div class="title"><h1 dir="auto">{escape(survey.title)}</h1>{subtitle}'
        f'<p class="by">{by}</p></div><dl class="figures">{figures}</dl></header>'
    )


def _names(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def state(survey: Survey) -> str:
    """The state of the book in a few sentences: what is done, what is to do, whom it waits for."""
    lines: list[tuple[bool, str]] = []
    if not (survey.stories or survey.inbox or survey.cut):
        lines.append(
            (True, "There are no stories yet. “milebook add” adds one, “milebook import” those that arrived by mail.")
        )
    chapters = sum(bool(column.cards) for column in survey.columns)
    text = f"{plural(survey.stories, 'story', 'stories')} in {plural(chapters, 'chapter')}"
    if survey.target:
        share = round(100 * survey.words / survey.target)
        left = survey.target - survey.words
        text += f", {share}% of the words planned; {number(left)} to go" if left > 0 else ", all the words planned"
    if survey.stories:
        lines.append((bool(survey.target and survey.words < survey.target), text + "."))
    empty = [column.title for column in survey.columns if not column.cards]
    if empty:
        lines.append((True, f"No stories yet in {_names([f'“{title}”' for title in empty])}."))
    if survey.inbox:
        lines.append((True, f"{plural(len(survey.inbox), 'story is', 'stories are')} waiting to be chosen."))
    if survey.over:
        lines.append((True, f"{plural(survey.over, 'story is', 'stories are')} over the limit of words."))
    if survey.open:
        lines.append((True, _open_permissions(survey)))
    elif survey.needed:
        lines.append((False, "Every permission is clear."))
    if survey.working_title:
        lines.append((True, "The title is a working title."))
    items = "".join(f'<li class="{"todo" if todo else "done"}">{escape(line)}</li>' for todo, line in lines)
    return f'<ul class="state" aria-label="The state of the book">{items}</ul>'


# why permissions are open, and the statuses that say so; any other is a grant that does not cover all
_WHY_OPEN = {
    "not asked for yet": ("to_request",),
    "asked for, but not answered yet": ("requested", "no_reply"),
    "granted, but not for everything": (),
    "expired": ("expired",),
    "refused or withdrawn": ("refused", "withdrawn"),
}


def _open_permissions(survey: Survey) -> str:
    statuses = Counter(one.status for ask in survey.asks for one in ask.items)
    counts = {why: sum(statuses.pop(status, 0) for status in known) for why, known in _WHY_OPEN.items()}
    counts["granted, but not for everything"] = statuses.total()
    parts = [f"{number(count)} {why}" for why, count in counts.items() if count]
    count = f"{plural(survey.open, 'permission is', 'permissions are')} open: {'; '.join(parts)}"
    return f"{count}. {plural(len(survey.asks), 'person or firm', 'people and firms')} to ask."


def _jump(survey: Survey) -> str:
    places = [("rhythm", "Rhythm")] if survey.stories else []
    places.append(("board", "Chapters"))
    if survey.asks:
        places.append(("ask", "Whom to ask"))
    if survey.shots:
        places.append(("photos", "Photos"))
    links = "".join(f'<a href="#{anchor}">{name}</a>' for anchor, name in places)
    return f'<nav class="jump" aria-label="On this page">{links}</nav>'


# ---- rhythm


def rhythm(survey: Survey) -> str:
    """Every story a bar, as high as it is long, up to a line that is the limit; "" where there is none."""
    if not survey.stories:
        return ""
    cards = [card for column in survey.columns for card in column.cards]
    top = max([survey.limit, *(card.words for card in cards)], default=1) or 1
    groups = []
    for column in survey.columns:
        if column.cards:
            bars = "".join(_bar(card, top, survey.limit) for card in column.cards)
            groups.append(f'<li><ol class="bars">{bars}</ol><h3>{escape(column.title)}</h3></li>')
    many = " many" if len(cards) > MANY else " few" if len(cards) <= FEW else ""
    limit = f" The dotted line is the limit of {number(survey.limit)} words." if survey.limit else ""
    return (
        '<section id="rhythm"><h2>Rhythm</h2><p>Every story in the order of the book, as high as it is long.'
        f"{limit} A dot above marks a permission that is open, a frame below a photo.</p>"
        f'<ol class="rhythm{many}">{"".join(groups)}</ol></section>'
    )


def _bar(card: Card, top: int, limit: int) -> str:
    names = [name for name, on in (("over", card.over), ("open", bool(card.open)), ("photo", card.photos)) if on]
    facts = [card.title, plural(card.words, "word")]
    if card.over:
        facts.append("over the limit")
    if card.photos:
        facts.append(plural(card.photos, "photo"))
    if card.open:
        facts.append(plural(len(card.open), "open permission"))
    height = max(1, round(100 * card.words / top))
    look = f' class="{" ".join(names)}"' if names else ""
    line = f"at{round(100 * limit / top)}" if limit else "at0"
    about = escape(", ".join(facts))
    frame = "<i></i>" if card.photos else ""
    return f'<li{look}><span class="line {line}"></span><a class="h{height}" href="#s-{escape(card.id)}" title="{about}"></a>{frame}</li>'


# ---- the board


def the_board(survey: Survey, about: str, *, cut: bool = True, tool: bool = False) -> str:
    """A column for the stories not chosen yet, one for every chapter, and with `cut` one for those left out.

    Where it is a `tool`, the first is there even without a story, so that one can be taken out of the book.
    """
    shown = survey.inbox or (tool and survey.columns)
    columns = [_waiting(survey.inbox, "inbox", "Not chosen yet", "not in the book")] if shown else []
    columns += [column_html(column) for column in survey.columns]
    columns += [_waiting(survey.cut, "cut", "Cut", "left out")] if survey.cut and cut else []
    return f'<section id="board"><h2>Chapters</h2><p>{escape(about)}</p><div class="board">{"".join(columns)}</div></section>'


def _waiting(cards: Sequence[Card], name: str, title: str, text: str) -> str:
    about = f"{number(len(cards))} {text}" if cards else "A story dragged here leaves the book."
    return (
        f'<section class="column inbox" id="c-{name}" data-id="" data-kind="{name}"><header><h3>{title}</h3>'
        f'<p>{about}</p></header><ol class="cards">{"".join(card_html(c) for c in cards)}</ol></section>'
    )


def column_html(column: Column) -> str:
    """One chapter."""
    about = f"{plural(len(column.cards), 'story', 'stories')}, {plural(column.words, 'word')}"
    number_ = f"{column.number}. " if column.number else ""
    notes = "".join(f"<p>{escape(text[0].upper() + text[1:])}</p>" for text in (column.takes, *column.hints) if text)
    kind = "select" if column.takes else "list"
    return (
        f'<section class="column" id="c-{escape(column.id)}" data-id="{escape(column.id)}" data-kind="{kind}"'
        f' data-sorted="{escape(column.order_by)}"><header><h3>{number_}{escape(column.title)}</h3><p>{about}</p>{notes}</header>'
        f'<ol class="cards">{"".join(card_html(card) for card in column.cards)}</ol></section>'
    )


def card_html(card: Card) -> str:
    """One story."""
    text = plural(card.words, "word") + (f" · {plural(card.photos, 'photo')}" if card.photos else "")
    names = " ".join(name for name, on in (("card", True), ("over", card.over), ("open", card.open)) if on)
    lines = [f'<p dir="auto">{escape(card.byline)}</p>' if card.byline else "", f"<p>{text}</p>"]
    if card.status not in ("selected", "submitted"):
        lines.append(f"<p>{escape(card.status)}</p>")
    if card.over:
        lines.append(f'<p class="warn">{number(card.words - card.limit)} over the limit of {number(card.limit)}</p>')
    reasons = list(dict.fromkeys(one.why for one in card.open))
    lines += [f'<p class="warn">{escape(why)}</p>' for why in reasons[:2]]
    if len(reasons) > 2:
        lines.append(f'<p class="warn">and {len(reasons) - 2} more</p>')
    lines += [f'<p class="hint">{escape(hint)}</p>' for hint in card.hints]
    share = min(100, round(100 * card.words / card.limit)) if card.limit else 0
    gauge = f'<span class="gauge{" over" if card.over else ""}"><i class="w{share}"></i></span>' if card.limit else ""
    return (
        f'<li class="{names}" id="s-{escape(card.id)}" data-id="{escape(card.id)}" data-status="{escape(card.status)}"'
        f' data-words="{card.words}" data-photos="{card.photos}" data-open="{len(card.open)}" data-tags="{escape(TAB.join(card.tags))}">'
        f'<h4 dir="auto">{escape(card.title)}</h4>{"".join(lines)}{gauge}</li>'
    )


# ---- whom to ask, and the photos


def whom_to_ask(survey: Survey) -> str:
    """One entry for every person, with what they are asked for; "" where nothing is open."""
    if not survey.asks:
        return ""
    people = "".join(_ask(ask) for ask in survey.asks)
    return (
        '<section id="ask"><h2>Whom to ask</h2><p>What is not clear yet, by the person who can clear it.</p>'
        f'<ul class="asks">{people}</ul></section>'
    )


def _ask(ask: Ask) -> str:
    items = "".join(f"<li>{_item(one)}</li>" for one in ask.items)
    return f"<li><h3>{escape(ask.who)}</h3><ul>{items}</ul></li>"


def _item(one: Open) -> str:
    subject = f"<em>{escape(one.title)}</em>, {escape(one.label)}" if one.story else "The cover"
    return f'{subject}: <span class="warn">{escape(one.why)}</span>'


def contact_sheet(survey: Survey, picture: Picture) -> str:
    """Every photo in the order of the book; "" where there is none."""
    if not survey.shots:
        return ""
    shots = "".join(_shot(shot, picture(shot)) for shot in survey.shots)
    return (
        '<section id="photos"><h2>Photos</h2><p>In the order of the book, with their figure numbers and the widest that '
        f'each prints at {PRINT_PPI} pixels an inch.</p><ul class="sheet">{shots}</ul></section>'
    )


def _shot(shot: Shot, address: str) -> str:
    alt = escape(shot.alt or figure_name(shot.figure))
    lazy = "" if address.startswith("data:") else ' loading="lazy"'
    shown = f'<img src="{address}" alt="{alt}"{lazy}>' if address else '<span class="soft">no picture</span>'
    caption = f"<p>{escape(shot.caption)}</p>" if shot.caption else ""
    credit = f"<p>{escape(shot.credit)}</p>" if shot.credit else ""
    why = "".join(f'<p class="warn">{escape(w)}</p>' for w in dict.fromkeys(one.why for one in shot.open))
    return (
        f'<li><div class="frame">{shown}</div><h3><b>{escape(figure_name(shot.figure))}</b> {escape(shot.title)}</h3>'
        f"{caption}{credit}<p>{size(shot)}</p>{why}</li>"
    )


def size(shot: Shot) -> str:
    """The size of a photo, and how wide it can be printed."""
    if not shot.path:
        return "cannot be read"
    width, height = shot.pixels
    return f"{number(width)} × {number(height)} pixels, up to {width / PRINT_PPI:.1f} in wide"
