"""`milebook overview`: the picture of the book as one HTML file to be mailed, or its photos as a contact sheet in PDF."""

from __future__ import annotations

import base64
import re
from html import escape, unescape
from pathlib import Path

from milebook.app.load import Loaded, load, settled
from milebook.app.publish import Contents, Output, publish_files
from milebook.assemble.unprinted import unprinted_text
from milebook.checks.castoff import castoff
from milebook.checks.word_counts import body_words
from milebook.layout import read_layout
from milebook.model.book import Story
from milebook.model.codes import errors
from milebook.model.findings import Finding
from milebook.model.index import Index
from milebook.model.slugs import slug
from milebook.model.text import Text
from milebook.permissions.bylines_and_credits import printed_name
from milebook.photos import PhotoLost, PhotoPreparer, thumbnail
from milebook.preview.masking import Mask
from milebook.preview.survey import Shot, Survey
from milebook.preview.survey_of_book import survey
from milebook.source import BookFolder

WEB = Path(__file__).parents[1] / "preview" / "web"
FACES = {"Regular": ("normal", ("lnum", "smcp")), "Italic": ("italic", ())}  # with the features that the page uses
THUMB = 160  # pixels of the longer side; a contact sheet's cell shows 150
UNREADABLE = ("MB100", "MB101", "MB102", "MB103")  # codes of an index of which some part cannot be known
NAMES = (
    "Bylines and the words of captions are as the book prints them, and may name minors. Withheld, in captions too, are legal "
    "names that differ from bylines, the names under which the index lists guardians and minors in photos, and all addresses."
)
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"


def overview(root: Path, out: str = "build", *, pdf: bool = False, cut: bool = False) -> tuple[str, list[Finding]]:
    """Write the overview into `out`; its path under the book folder ("" if nothing was written), and the findings.

    What is wrong with the book does not stop it: an overview is for a book in the making. Only an index that cannot be
    read does. `cut` shows the stories that were cut, too.
    """
    loaded = load(root)
    unreadable = [finding for finding in loaded.findings if finding.code in UNREADABLE]
    if loaded.index is None or unreadable:
        return "", settled(unreadable or loaded.findings)
    seen = survey_of(loaded, Mask.of(loaded.index))
    name = f"{slug(seen.title)}-{'contact-sheet.pdf' if pdf else 'overview.html'}"
    if pdf:
        from milebook.preview.contact_sheet import contact_sheet

        data = contact_sheet(seen, PhotoPreparer(loaded.folder))
    else:
        data = page(seen, PhotoPreparer(loaded.folder), cut=cut)
    made = Output(data, "overview", _held(loaded.index, seen, cut=cut and not pdf), slug(seen.title))
    problems = publish_files(loaded.folder, out, {name: made})
    return ("" if errors(problems) else f"{out}/{name}"), problems


def _held(index: Index, seen: Survey, *, cut: bool) -> Contents:
    """Who and what is in an overview: the stories of the index by their bylines, and the photos of the book."""
    left_out = set() if cut else {card.id for card in seen.cut}
    stories = [story for story in index.stories if story.id not in left_out]
    shown = [printed_name(s.contributor, index.info.language) for s in stories if not s.contributor.anonymous]
    photos = [shot.path for shot in seen.shots if shot.path]
    people = tuple(dict.fromkeys(filter(None, shown)))
    return Contents(tuple(story.id for story in stories), tuple(dict.fromkeys(photos)), people)


def survey_of(loaded: Loaded, mask: Mask | None = None, pages: int = 0) -> Survey:
    """The picture of a book as it was read. `mask` is for what leaves the author's desk; `pages` are those set, if any were."""
    assert loaded.index is not None
    index, book = loaded.index, loaded.book
    extent = (0, 0)
    if book is not None and not pages:
        layout, _ = read_layout("trade", loaded.folder)
        if layout is not None:
            guess = castoff(book, layout).book
            extent = (guess.low, guess.high)

    def text_of(story: Story) -> tuple[int, str]:
        text = story_text(loaded.folder, index, story)
        return body_words(text), "\n".join(block.text for block in text.blocks)

    return survey(index, book, loaded.counts, loaded.items, text_of, mask=mask, pages=pages, extent=extent)


def story_text(folder: BookFolder, index: Index, story: Story) -> Text:
    """The text of a story that is not in the book; empty where its file cannot be had."""
    return unprinted_text(folder, index.path, index.info, story) or Text()


def page(seen: Survey, photos: PhotoPreparer, *, cut: bool = False) -> bytes:
    """The whole file: no scripts, nothing from the web, photos no larger than a thumb."""
    from milebook.preview.overview_html import plain, sections

    body = plain(sections(seen, lambda shot: thumb(shot, photos), cut=cut))
    date = f" of {seen.date}" if seen.date else ""
    body += f'<p class="colophon">The state{escape(date)}. Made with milebook. {escape(NAMES)}</p>'
    style = _fonts(unescape(re.sub("<[^>]*>", "", body))) + "".join(
        (WEB / name).read_text("utf-8") for name in ("look.css", "steps.css")
    )
    text = (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(seen.title)}: overview</title>\n<style>\n{style}</style>\n</head>\n"
        f'<body>\n<main class="overview">\n{body}\n</main>\n</body>\n</html>\n'
    )
    return text.encode("utf-8", "replace")


def thumb(shot: Shot, photos: PhotoPreparer) -> str:
    """A small picture of a photo as a data address, "" where it cannot be had."""
    made = small(shot, photos)
    return f"data:image/webp;base64,{base64.b64encode(thumbnail(made[1])).decode()}" if made else ""


def small(shot: Shot, photos: PhotoPreparer, side: int = THUMB) -> tuple[str, bytes] | None:
    """A picture of a photo whose longer side has at most so many pixels: its media type and its bytes."""
    if not shot.path:
        return None
    try:
        made = photos.prepare(shot.path, max_width=side, max_height=side)
        return made.media_type, made.fetch()
    except (PhotoLost, OSError, ValueError):
        return None


def _fonts(text: str) -> str:
    """The faces of the headings, cut down to the letters that occur."""
    from milebook.layout.font_files import FOLDER
    from milebook.writers.epub.fonts import subset

    letters = {ord(c) for c in text} | set(range(0x20, 0x7F))
    rules = []
    for cut, (style, features) in FACES.items():
        data = subset((FOLDER / "eb-garamond" / f"{cut}.ttf").read_bytes(), letters, features)
        source = f"data:font/ttf;base64,{base64.b64encode(data).decode()}"
        rules.append(f'@font-face {{ font-family: "EB Garamond"; font-style: {style}; src: url("{source}"); }}\n')
    return "".join(rules)
