"""The Draft: a book decided to the last word, which every writer sets unchanged.

Nothing is left to decide but line breaks and page numbers. A Draft is a sequence of Parts (title page, chapter, story,
contributors …); a Part is a flat sequence of Paragraphs, Figures and Tables, each with a Role that the layout styles.
`compose` makes Drafts; `writers` set them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from milebook.model.findings import NOWHERE, Place
from milebook.model.text import Container, Run


class Role(StrEnum):
    """What a paragraph is for. A layout has one style for each."""

    HALF_TITLE = "half-title"
    BOOK_TITLE = "book-title"
    BOOK_SUBTITLE = "book-subtitle"
    BOOK_AUTHORS = "book-authors"
    BOOK_PUBLISHER = "book-publisher"
    DRAFT_LINE = "draft-line"  # "Working title. Draft of 15 March 2026"
    CONTACT = "contact"  # manuscript's first page, top left, one paragraph a line
    WORD_COUNT = "word-count"  # manuscript's first page, top right: "about 7,200 words"
    COPYRIGHT = "copyright"
    DEDICATION = "dedication"
    EPIGRAPH = "epigraph"
    PART_TITLE = "part-title"  # the heading of a front- or back-matter text: "Contents", "Introduction"
    CONTENTS_PART = "contents-part"  # entries of the contents; `target` names the anchor they lead to
    CONTENTS_CHAPTER = "contents-chapter"
    CONTENTS_STORY = "contents-story"
    CHAPTER_NUMBER = "chapter-number"
    CHAPTER_TITLE = "chapter-title"
    STORY_TITLE = "story-title"
    BYLINE = "byline"
    BODY_FIRST = "body-first"  # after a title, a scene break, a figure at the start
    BODY = "body"
    BLOCK_QUOTE = "block-quote"
    VERSE = "verse"
    LIST_ITEM = "list-item"  # first paragraph of an item: its label stands in `inside[-1].label`
    LIST_TEXT = "list-text"  # a further paragraph of the same item
    SUBHEADING = "subheading"
    CODE = "code"
    SCENE_BREAK = "scene-break"  # runs: what is printed, e.g. "* * *" or "#"
    CALLOUT = "callout"  # "[figure 1.1 about here]" where photos are left out
    CAPTION = "caption"
    CREDIT = "credit"
    NOTE = "note"  # a footnote's text
    END_MARK = "end-mark"
    CONTRIBUTOR = "contributor"  # name, run in with the bio
    CREDIT_ENTRY = "credit-entry"
    NOTES_HEADING = "notes-heading"  # inside the Draft notes
    NOTES_TEXT = "notes-text"
    SLIP = "slip"  # approval slip of a contributor's proof
    QUERY = "query"  # a query in the list at the end of a proof


CONTENTS = (Role.CONTENTS_PART, Role.CONTENTS_CHAPTER, Role.CONTENTS_STORY)  # entries of a list of contents
ENTRIES = (
    *CONTENTS,
    Role.CONTRIBUTOR,
    Role.CREDIT_ENTRY,
)  # of any list: all begin at the side where the book's lines begin


class Paragraph(NamedTuple):
    """One paragraph of final text.

    `anchor` is unique in the Draft, made of [a-z0-9_-], stable as long as story and paragraph are: `mb_<story>_p03`.
    """

    role: Role
    runs: tuple[Run, ...]
    anchor: str = ""
    place: Place = NOWHERE
    inside: tuple[Container, ...] = ()  # quotes and lists around it, from the outside in
    target: str = ""  # of a contents entry: the anchor it leads to
    lang: str = ""  # where the whole paragraph is not in the book's language
    level: int = 0  # heading level for outline and tags: 1 chapter or part, 2 story, 3+ inside; 0 not a heading
    changed: bool = False  # marked in the margin of a proof

    @property
    def text(self) -> str:
        """All characters printed, footnote marks included; a line break in verse is "\\n"."""
        return self.runs[0].text if len(self.runs) == 1 else "".join([run.text for run in self.runs])


class Figure(NamedTuple):
    """A photo with its caption and credit, which are kept together."""

    photo: str  # path of the original, relative to the book folder
    pixels: tuple[int, int]  # upright width and height of the original
    number: str  # "1.2"; "" for an unnumbered picture
    label: str  # "Figure 1.2"; the caption's runs do not repeat it
    alt: str
    decorative: bool
    anchor: str
    caption: Paragraph | None = None
    credit: Paragraph | None = None
    place: Place = NOWHERE
    lang: str = ""
    changed: bool = False  # another photo than in an earlier proof: marked in the margin


class Table(NamedTuple):
    """Rows of short texts under a head row, for the Draft notes and the permissions checklist.

    `widths` are shares of the measure that add up to 1; `right` holds the numbers of the columns set flush right.
    """

    anchor: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    right: tuple[int, ...] = ()
    title: str = ""  # what the table shows, for those who cannot see it
    strong: tuple[int, ...] = ()  # numbers of rows that stand out (totals, over the limit, open)


Item = Paragraph | Figure | Table


class Note(NamedTuple):
    """A footnote of a Part: `number` is what is printed, counted within a chapter or front/back text."""

    number: int
    anchor: str
    paragraphs: tuple[Paragraph, ...]  # role NOTE


class DraftQuery(NamedTuple):
    """A numbered question in a proof: hangs on the Run whose `query` equals `serial`, in the same Part."""

    serial: int  # unique in the Draft
    label: str  # "Q3.02"
    text: str
    anchor: str  # of the paragraph it hangs on


class Part(NamedTuple):
    """A stretch of the book that begins with its own title: a page of front matter, a chapter's opener, a story.

    `kind`: half-title | title | copyright | dedication | epigraph | contents | illustrations | text | chapter | story |
    contributors | credits | draft-notes | manuscript-title | slip | queries. A story belongs to the last chapter before it.
    """

    kind: str
    anchor: str
    title: str  # plain text, for navigation and running heads; "" for pages with none
    matter: str  # front | body | back
    items: tuple[Item, ...]
    notes: tuple[Note, ...] = ()
    level: int = 1  # depth in the navigation: 1, or 2 for a story in a chapter; 0: not listed
    number: int = 0  # of a chapter
    role: str = ""  # of a text: introduction, foreword, preface, acknowledgments …, for e-book semantics
    lang: str = ""
    byline: str = ""  # of a story, for running heads
    running: str = ""  # title as printed in running heads (may be shortened); "" means `title`

    @property
    def paragraphs(self) -> Iterator[Paragraph]:
        """Those that are items of their own: not captions and notes."""
        return (item for item in self.items if isinstance(item, Paragraph))

    @property
    def figures(self) -> Iterator[Figure]:
        return (item for item in self.items if isinstance(item, Figure))


class Stamp(NamedTuple):
    """Clock, ids and version, decided once for a whole run: all that comes from anywhere but the book folder."""

    version: str  # of milebook
    build_id: str  # 12 hex digits made from everything that was read
    date: str  # ISO date inside the outputs
    epoch: int  # the same as seconds since 1970-01-01 UTC, for file formats
    made: str = ""  # proofs only: ISO date and time it was made


class Draft(NamedTuple):
    """A whole book, or a proof of a part of it."""

    title: str
    subtitle: str
    authors: tuple[str, ...]
    language: str
    publisher: str
    description: str
    rights: str  # one line: "© 2026 Ada Example and Bea Example; each story © its contributor"
    isbn: dict[str, str]  # "print", "ebook"
    identifier: str  # "urn:isbn:…" or "urn:uuid:…", stable for the book
    mode: str  # draft | final | proof
    parts: Sequence[Part]
    stamp: Stamp
    cover: str = ""  # path of the author's cover, relative to the book folder
    cover_alt: str = ""
    cover_design: str = "road"  # what is drawn where there is no cover: a key of covers.drawn.DESIGNS
    header: tuple[str, str] = ("", "")  # Shunn header: surname(s), keyword of the title
    queries: tuple[DraftQuery, ...] = ()
    first_page: int = 1  # arabic number of the first body page, so that a chapter's proof has the book's numbers
    subjects: tuple[str, ...] = ()
    filed: tuple[str, ...] = ()  # the authors as they are filed: "Example, Ada"
    proof_line: str = ""  # "Uncorrected proof" stamp, of two lines: title and chapter; date, version, build id

    def targets(self) -> frozenset[str]:
        """Anchors that an entry of the contents or a link leads to."""
        found = set()
        for part in self.parts:
            captions = (words for figure in part.figures for words in (figure.caption, figure.credit) if words)
            notes = (paragraph for note in part.notes for paragraph in note.paragraphs)
            for paragraph in chain(part.paragraphs, captions, notes):
                found.add(paragraph.target)
                found.update(run.link[1:] for run in paragraph.runs if run.link.startswith("#"))
        return frozenset(found - {""})


def urn_of_isbn(isbn: str) -> str:
    """A book's number as an identifier; "" for what is none."""
    digits = "".join(sign for sign in isbn if sign in "0123456789X")
    return f"urn:isbn:{digits}" if len(digits) in (10, 13) else ""
