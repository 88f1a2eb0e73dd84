"""Front and back matter as Parts: title pages, copyright page, contents, contributors, credits, and the authors' own texts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from milebook.assemble.filed_names import filed
from milebook.compose.dates import about, written_date
from milebook.compose.printed_words import listed, quoted, term
from milebook.compose.texts import Numbers, Setting, set_text
from milebook.model.book import Book, BookInfo, Contributor, Matter, Story
from milebook.model.draft import Item, Paragraph, Part, Role
from milebook.model.findings import NOWHERE
from milebook.model.line import joined, line_of, runs_of, split_lines
from milebook.model.text import Run
from milebook.permissions.bylines_and_credits import agreed_credits, credit_line, printed_name
from milebook.permissions.names import folded

TITLE_ROLES = {"dedication": "dedication", "epigraph": "epigraph"}


def title_parts(kind: str, book: Book, setting: Setting, mode: str, words: int) -> Part:
    """The half-title or title page; in a manuscript layout the title page is its first page."""
    info = book.info
    if kind == "half-title":
        items: list[Item] = [setting.line(Role.HALF_TITLE, info.title, "mbm_half-title", info.at("title"))]
        return Part("half-title", "half-title", info.title, "front", tuple(items), level=0)
    if setting.layout.title_page == "manuscript":
        return _manuscript_title(info, setting, mode, words)
    items = _title_lines(info, setting, mode)
    if info.publisher:
        items.append(setting.line(Role.BOOK_PUBLISHER, info.publisher, "mbm_publisher", info.at("publisher")))
    return Part("title", "title", info.title, "front", tuple(items), level=0)


def _title_lines(info: BookInfo, setting: Setting, mode: str) -> list[Item]:
    """Title, subtitle and editors, and in a draft what it is."""
    items: list[Item] = [setting.line(Role.BOOK_TITLE, info.title, "mbm_title", info.at("title"))]
    if info.subtitle:
        items.append(setting.line(Role.BOOK_SUBTITLE, info.subtitle, "mbm_subtitle", info.at("subtitle")))
    if info.authors:
        names = setting.curled(term(info.language, "edited-by", names=listed(info.language, info.authors)))
        items.append(setting.plain(Role.BOOK_AUTHORS, names, "mbm_authors"))
    return items + _draft_line(info, setting, mode)


def _draft_line(info: BookInfo, setting: Setting, mode: str) -> list[Item]:
    if mode == "final":
        return []
    words = [term(info.language, "working-title")] if info.working_title else []
    if info.date:
        words.append(term(info.language, "draft-of", date=written_date(info.language, info.date)))
    return [setting.plain(Role.DRAFT_LINE, " · ".join(words), "mbm_draft")] if words else []


def _manuscript_title(info: BookInfo, setting: Setting, mode: str, words: int) -> Part:
    items: list[Item] = []
    lines = [
        line.strip()
        for name in ("name", "address", "phone", "email")
        for line in (info.contact.get(name) or "").splitlines()
        if line.strip()
    ]
    items += [setting.plain(Role.CONTACT, line, f"mbm_contact{i}") for i, line in enumerate(lines, 1)]
    items.append(
        setting.plain(Role.WORD_COUNT, term(info.language, "words", count=about(words, info.language)), "mbm_words")
    )
    items += _title_lines(info, setting, mode)
    return Part("manuscript-title", "title", info.title, "front", tuple(items), level=0)


def copyright_part(book: Book, setting: Setting) -> Part:
    """The copyright page in the order of the Chicago Manual: title, rights, publisher, edition, numbers, credits.

    Sentences end with a full stop; names, addresses and numbers have none.
    """
    info = book.info
    title = line_of(info.title, ": ", info.subtitle) if info.title and info.subtitle else info.title or info.subtitle
    items = [setting.line(Role.COPYRIGHT, title, "mbm_copyright_title", info.at("title"))] if title else []
    items = [item._replace(runs=tuple(run._replace(italic=not run.italic) for run in item.runs)) for item in items]
    lines = _rights(book, setting)
    items += [setting.line(Role.COPYRIGHT, line, f"mbm_copyright{i}") for i, line in enumerate(lines, 1)]
    return Part("copyright", "copyright", "", "front", tuple(items), level=0)


def compilation(info: BookInfo, holder: str = "") -> str:
    """Whose the collection is, and since when; "" where that is not known."""
    holder = info.copyright_holder or holder or listed(info.language, info.authors)
    year = info.copyright_year or info.date[:4]
    if not holder:
        return ""
    line = term(info.language, "compilation", year=year, holder=holder)
    return line if year else line.replace("  ", " ")  # the line closes up where the year would be


def _rights(book: Book, setting: Setting) -> list[str]:
    """The lines of the copyright page below the title, as far as the index can fill them."""
    info = book.info
    language = info.language
    line = compilation(info, setting.curled(listed(language, info.authors)))
    lines = [line] if line else []
    lines += [term(language, "stories"), term(language, "rights")]
    if info.publisher:
        lines.append(term(language, "published-by", publisher=info.publisher))
        lines += split_lines(info.publisher_address)
    lines += [info.edition] if info.edition else []
    lines += [term(language, "printed-in", place=info.printed_in)] if info.printed_in else []
    lines += [info.printing] if info.printing else []
    lines += [
        term(language, f"{name}-isbn", isbn=info.isbn[name])
        for name in ("print", "hardcover", "ebook")
        if info.isbn.get(name)
    ]
    lines += split_lines(info.cip)
    if info.lccn and info.lccn not in info.cip:
        lines.append(term(language, "lccn", number=info.lccn))
    credits = [credit for _, credit in agreed_credits(book, "copyright")]
    return lines + credits + ([info.design_credit] if info.design_credit else [])


def text_part(matter: Matter, side: str, setting: Setting) -> Part:
    """One of the authors' own texts: dedication, introduction, acknowledgments …"""
    prefix = f"mbm_{matter.id}"
    kind = TITLE_ROLES.get(matter.role, "text")
    items: list[Item] = []
    if kind == "text":
        items.append(setting.line(Role.PART_TITLE, matter.title, f"{prefix}_title", matter.place, level=1))
    set_items, notes = set_text(matter.text, prefix, setting, Numbers())
    if kind != "text":
        role = Role.DEDICATION if kind == "dedication" else Role.EPIGRAPH
        set_items = [
            item._replace(role=role)
            if isinstance(item, Paragraph) and item.role in (Role.BODY, Role.BODY_FIRST)
            else item
            for item in set_items
        ]
    level = 1 if kind == "text" else 0
    title = str(matter.title)
    return Part(kind, f"text-{matter.id}", title, side, (*items, *set_items), tuple(notes), level, role=matter.role)


def contents_part(parts: Iterable[Part], side: str, setting: Setting) -> Part:
    """The contents: every part after it that is listed, each leading to its heading."""
    title = term(setting.language, "contents")
    items: list[Item] = [setting.plain(Role.PART_TITLE, title, "mbm_contents_title", level=1)]
    for part in parts:
        title_paragraph = next((item for item in part.paragraphs if item.level and item.runs), None)
        if not part.level or title_paragraph is None:
            continue
        role = {"chapter": Role.CONTENTS_CHAPTER, "story": Role.CONTENTS_STORY}.get(part.kind, Role.CONTENTS_PART)
        runs = tuple(run for run in title_paragraph.runs if not run.note)
        items.append(
            setting.paragraph(
                role, runs, f"mbm_toc_{part.anchor}", NOWHERE, target=title_paragraph.anchor, lang=part.lang
            )
        )
    return Part("contents", "contents", title, side, tuple(items))


def illustrations_part(parts: Iterable[Part], side: str, setting: Setting) -> Part | None:
    """A list of the photos by number and caption; None where no photo is placed."""
    title = term(setting.language, "illustrations")
    items: list[Item] = [setting.plain(Role.PART_TITLE, title, "mbm_illustrations_title", level=1)]
    for part in parts:
        for item in part.figures:
            if item.caption is not None:
                runs = (Run(f"{item.label}. "), *item.caption.runs)
                items.append(
                    setting.paragraph(
                        Role.CONTENTS_PART, runs, f"mbm_loi_{item.anchor}", NOWHERE, target=item.caption.anchor
                    )
                )
    if len(items) == 1:
        return None
    return Part("illustrations", "illustrations", title, side, tuple(items))


def contributors_part(book: Book, side: str, setting: Setting) -> Part | None:
    """Everybody who is named, by surname, with the titles of their stories and their bio."""
    language = setting.language
    people: dict[tuple[str, str], tuple[Contributor, list[Story]]] = {}
    for story in book.stories:
        who = story.contributor
        name = printed_name(who, language)
        if who.anonymous or not name:
            continue
        person = (str(who.printed), folded(who.name) or story.id)  # two whose names are not known are two
        known = people.setdefault(person, (who, []))
        if (who.bio and not known[0].bio) or (who.sort and not known[0].sort):
            merged = replace(known[0], bio=known[0].bio or who.bio, sort=known[0].sort or who.sort)
            people[person] = (merged, known[1])
        people[person][1].append(story)
    if not people:
        return None
    title = term(language, "contributors")
    items: list[Item] = [setting.plain(Role.PART_TITLE, title, "mbm_contributors_title", level=1)]
    ordered = sorted(people.items(), key=lambda one: (filed(one[0][0], one[1][0].sort, language).key, one[0]))
    for order, (_, (who, stories)) in enumerate(ordered, 1):
        titles = joined(", ", (quoted(language, story.title) for story in stories))
        runs = [Run(str(who.printed), bold=True), Run(" ("), *titles.runs]
        runs.append(Run("). " if who.bio else ")."))
        runs += runs_of(who.bio)
        items.append(setting.paragraph(Role.CONTRIBUTOR, tuple(runs), f"mbm_contributors_p{order:02d}", who.at("bio")))
    return Part("contributors", "contributors", title, side, tuple(items), role="contributors")


def credits_part(book: Book, side: str, setting: Setting) -> Part | None:
    """Photo credits by figure number, borrowed words with their sources, earlier publication, and credits that must stand here."""
    language = setting.language
    lines: list[str] = []
    for chapter in book.chapters:
        for story in chapter.stories:
            lines += _photo_credits(story, setting)
            for quote in story.quotes:
                if quote.source:
                    lines.append(line_of(quoted(language, story.title), ": ", quote.source))
            if story.source.published:
                where = term(language, "first-published", where=story.source.published)
                lines.append(line_of(quoted(language, story.title), ": ", where))
    lines += [
        line_of(quoted(language, what), ": ", credit) if what else credit
        for what, credit in agreed_credits(book, "credits")
    ]
    if not lines:
        return None
    title = term(language, "credits")
    items: list[Item] = [setting.plain(Role.PART_TITLE, title, "mbm_credits_title", level=1)]
    items += [
        setting.line(Role.CREDIT_ENTRY, line, f"mbm_credits_p{order:02d}")
        for order, line in enumerate(dict.fromkeys(lines), 1)
    ]
    return Part("credits", "credits", title, side, tuple(items), role="credits")


def _photo_credits(story: Story, setting: Setting) -> list[str]:
    """“Tether” (Figures 3.1, 3.2): Drawing by Ben Example: a line for each credit of a story's printed photos."""
    figures: dict[str, list[str]] = {}
    for photo in story.photos:
        credit = credit_line(photo)
        if photo.path and credit:
            shown = photo.caption or setting.layout.photos == "callouts"  # only then is its number printed
            figures.setdefault(credit, []).extend([setting.figure_name(photo.number)] if shown else ())
    title = quoted(setting.language, story.title)
    return [
        line_of(title, f" ({', '.join(numbers)}): " if numbers else ": ", credit) for credit, numbers in figures.items()
    ]


def captions_part(setting: Setting) -> Part | None:
    """The captions in a list of their own, for layouts that leave the photos out."""
    if not setting.left_out:
        return None
    title = term(setting.language, "captions")
    first: Item = setting.plain(Role.PART_TITLE, title, "mbm_captions_title", level=1)
    return Part("text", "captions", title, "back", (first, *setting.left_out))
