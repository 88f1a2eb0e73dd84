"""What may stand in stories/index.yaml, as data: one row for each field of each noun, with its meaning in a sentence.

The reader follows these tables, and the manual's page on the index is made from them: a field that is not here is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from milebook.model.book import AGREEMENT_STATUSES, FORMATS, STATUSES
from milebook.model.status_words import AGREEMENT_STATUS_MEANT, STORY_STATUS_MEANT

GENERATED_MATTER = ("half-title", "title", "copyright", "contents", "illustrations", "contributors", "credits")
QUOTE_KINDS = ("prose", "lyric", "poem", "epigraph", "letter")
SOURCE_KINDS = ("email", "comment", "post", "form", "docx", "text")
CREDIT_PLACEMENTS = ("caption", "copyright", "credits")
ORDERS = ("received", "title", "contributor", "words", "location", "age")
COVER_DESIGNS = ("road", "type")
DEFAULT_FRONT = ("half-title", "title", "copyright", "contents")  # where the index says nothing of `front`
BYLINE_PARTS = ("name", "age", "location")
SCOPE = ("formats", "territory", "languages", "expires", "print_run_cap")  # fields whose absence widens a grant


class Field(NamedTuple):
    """A field of a noun: its name in the index, what kind of value it takes, and what it means.

    `kind` is a key of `KINDS`; `attribute` is the noun's attribute in `milebook.model.book` where it has another name;
    `words` are the only ones allowed; `lowest` and `highest` bound a number.
    """

    name: str
    kind: str
    meaning: str
    required: bool = False
    attribute: str = ""
    words: tuple[str, ...] = ()
    lowest: int = 1
    highest: int = 999_999_999
    meant: Mapping[str, str] = {}  # of words: what authors write instead, and the word they mean by it
    noun: str = ""  # of groups and lists of groups: the key of `NOUNS` that says what stands inside

    @property
    def target(self) -> str:
        return self.attribute or self.name


# Kind -> what the author has to write, for the manual and for messages.
KINDS: Mapping[str, str] = {
    "line": "a text in one line",
    "paragraph": "a text",
    "text": "a text, of several lines if need be",
    "truth": "true or false",
    "number": "a whole number",
    "date": "a day, written YYYY-MM-DD",
    "year": "a year, or two with a hyphen",
    "word": "one word out of a few",
    "words": "a list of words out of a few",
    "lines": "a list of texts",
    "id": "an id: small letters, digits, hyphens, underscores",
    "path": "the path of a file, seen from the index's folder",
    "email": "an e-mail address",
    "language": "a language tag such as en or en-US",
    "languages": "a list of language tags",
    "isbn": "an ISBN of thirteen digits, with or without hyphens",
    "byline": "a text with {name}, {age} and {location} in it",
    "where": "start, end, or {after: N} for the paragraph's number",
    "matter": "a list of parts and of texts (names that end in .md)",
    "listing": "a list of story ids",
    "select": "a group of fields",
    "permission": "an agreement's id, or the fields of an agreement",
    "group": "a group of fields",
    "groups": "a list of groups of fields",
    "named": "groups of fields, each under its id",
}

INDEX = (
    Field("book", "group", "The book itself: title, authors, limits.", True, noun="book"),
    Field("chapters", "groups", "The chapters, in the order of the book.", True, noun="chapter"),
    Field("agreements", "named", "One entry for each signed form, under an id of its own.", noun="agreement"),
    Field("stories", "groups", "Every story received, printed or not.", True, noun="story"),
)

BOOK = (
    Field("title", "line", "The book's title.", True),
    Field("working_title", "truth", "Whether the title is not decided yet; a final build refuses a working title."),
    Field("subtitle", "line", "The subtitle, for the title page."),
    Field("authors", "lines", "The compilers or editors of the book, in the order of the title page."),
    Field("language", "language", "The language the book is written in."),
    Field("contact", "group", "Where a publisher reaches you; printed on the first page of manuscripts only.", noun="contact"),
    Field("copyright", "group", "The copyright in the book as a whole.", noun="copyright"),
    Field("publisher", "line", "The publisher, for the title page and the e-book."),
    Field("publisher_address", "text", "The publisher's address, for the copyright page."),
    Field("printed_in", "line", "The country the book is printed in, for the copyright page."),
    Field("edition", "line", "The edition, for the copyright page: First edition."),
    Field("printing", "line", "The printing line of the copyright page: 10 9 8 7 6 5 4 3 2 1."),
    Field("lccn", "line", "The Library of Congress Control Number."),
    Field("cip", "text", "The cataloging-in-publication block, line for line as the library gave it."),
    Field("design_credit", "line", "Who designed the book, for the copyright page: Book design by Ben Example."),
    Field("description", "paragraph", "What the book is about, for the e-book's catalog entry."),
    Field("bisac", "lines", "BISAC subject codes or words, the main one first, for the e-book's catalog entry and the ONIX file."),
    Field("thema", "lines", "Thema subject codes, the main one first, for the ONIX file."),
    Field("keywords", "lines", "Words that readers may search for, for the ONIX file."),
    Field("price", "group", "Prices, for the ONIX file.", noun="price"),
    Field("back_cover", "text", "The words on the back of the printed cover; without them, the description."),
    Field("date", "date", "The date of this draft; without it, the newest date in the index."),
    Field("isbn", "group", "The book's numbers, one for each format.", noun="isbn"),
    Field("own_sites", "lines", "Sites of your own, such as runners.example.org: what appeared there needs no reprint permission."),
    Field("byline", "byline", "How bylines are put together; a part that is not known is left out with its comma."),
    Field("cover", "path", "The e-book's cover; without it, one is set from the title."),
    Field("cover_design", "word", "The cover that is drawn where there is no picture: a road, or nothing but type.", words=COVER_DESIGNS),
    Field("cover_alt", "paragraph", "What the cover shows, for readers who cannot see it."),
    Field("cover_credit", "line", "The cover's credit line, for the copyright page: Cover photo by Ben Example."),
    Field("cover_permission", "permission", "The agreement on the cover's picture, with whoever took or drew it."),
    Field("cover_people", "groups", "Everybody who can be recognized on the cover.", noun="person"),
    Field("story_limit", "number", "The most body words a story may have."),
    Field("word_target", "number", "The words the whole manuscript is to have."),
    Field("editions", "group", "What every agreement must cover.", noun="editions"),
    Field("quotes", "groups", "Words of others in the texts of the front and back matter.", noun="matter quote"),
    Field("front", "matter", "What stands before the chapters, in order."),
    Field("back", "matter", "What stands after the chapters, in order."),
    Field("smart_punctuation", "truth", "Whether straight quotes and double hyphens become typographic ones (true)."),
)  # fmt: skip

CONTACT = (
    Field("name", "line", "Your name as the publisher should use it."),
    Field("address", "text", "Your postal address."),
    Field("phone", "line", "Your telephone number."),
    Field("email", "email", "Your e-mail address."),
)

COPYRIGHT = (
    Field("year", "year", "The year of publication."),
    Field("holder", "line", "Who holds the copyright in the book as a whole."),
)

ISBN = (
    Field("print", "isbn", "The number of the printed book."),
    Field("hardcover", "isbn", "The number of a hardcover edition."),
    Field("ebook", "isbn", "The number of the e-book."),
)

PRICE = (
    Field("currency", "line", "Three letters, such as USD."),
    Field("print", "line", "Of the printed book: 16.95."),
    Field("hardcover", "line", "Of a hardcover edition."),
    Field("ebook", "line", "Of the e-book."),
)

EDITIONS = (
    Field("formats", "words", "The formats the book will appear in.", words=FORMATS),
    Field("territory", "line", "Where it will be sold; “world” is everywhere."),
    Field("languages", "languages", "The languages it will appear in; without it, the book's own."),
    Field("print_run", "number", "How many copies are planned, for agreements that limit them."),
)

CHAPTER = (
    Field("id", "id", "The chapter's id, for the command line and file names.", True),
    Field("title", "line", "The chapter's title.", True),
    Field("opening", "path", "A text by the authors that opens the chapter."),
    Field("stories", "listing", "The chapter's stories, in order."),
    Field("select", "select", "Instead of a list: what the chapter's stories have in common.", noun="select"),
    Field("order_by", "word", "How the stories are sorted; “-” before the word turns the order around.",
          words=(*ORDERS, *(f"-{word}" for word in ORDERS))),
)  # fmt: skip

SELECT = (
    Field("tags", "lines", "Any of these tags."),
    Field("status", "words", "Any of these statuses.", words=STATUSES, meant=STORY_STATUS_MEANT),
    Field("contributor", "lines", "Any of these contributors, by name or byline."),
    Field("location", "lines", "Any of these locations."),
    Field("source", "words", "Any of these ways of reaching us.", words=SOURCE_KINDS),
    Field("language", "languages", "Any of these languages."),
)

AGREEMENT = (
    Field("signer", "line", "Who signed, or has to."),
    Field("status", "word", "How far the agreement has come; a signer alone, or with an address, has yet to be asked.", words=AGREEMENT_STATUSES, meant=AGREEMENT_STATUS_MEANT),
    Field("requested", "date", "When it was asked for."),
    Field("letter", "date", "When a letter to be posted was made; `milebook permissions sent` says that it was posted."),
    Field("granted", "date", "When it was granted."),
    Field("edit_approved", "date", "When the contributor approved the text as edited."),
    Field("evidence", "path", "The signed form or the e-mail, as a file."),
    Field("formats", "words", "The formats it covers; without it, all.", words=FORMATS),
    Field("territory", "line", "Where it holds; without it or with “world”, everywhere."),
    Field("languages", "languages", "The languages it covers, as in [en], or “all”; without it, all.", words=("all", "any")),
    Field("expires", "date", "The last day it holds."),
    Field("print_run_cap", "number", "The most copies it allows."),
    Field("credit", "line", "The exact credit line that the holder demands."),
    Field("credit_placement", "word", "Where the holder wants the credit line.", words=CREDIT_PLACEMENTS),
    Field("reason", "line", "Why no permission is needed; asked for with the status “not_needed”."),
    Field("email", "email", "Whom to write to; kept in the private log only."),
    Field("fee", "line", "What it costs."),
    Field("copies", "line", "How many complimentary copies are owed."),
    Field("restrictions", "text", "What the holder restricts beyond the fields above."),
    Field("notes", "text", "Notes for yourself."),
)  # fmt: skip

STORY = (
    Field("id", "id", "The story's id: its key everywhere. Change it with `milebook rename`.", True),
    Field("title", "line", "The story's title.", True),
    Field("file", "path", "The story's text; without it, the id with .md."),
    Field(
        "status",
        "word",
        "How far the story has come; only selected stories are printed.",
        words=STATUSES,
        meant=STORY_STATUS_MEANT,
    ),
    Field("contributor", "group", "Who wrote it.", True, noun="contributor"),
    Field("received", "date", "When it arrived."),
    Field("source", "group", "How it reached us.", noun="source"),
    Field("formerly", "lines", "Ids that the story had before `milebook rename`, so that older proofs still find it."),
    Field("tags", "lines", "Words to select stories by."),
    Field("language", "language", "The story's language, where it is not the book's."),
    Field("limit", "number", "The most body words this story may have, where it is not the book's limit."),
    Field("permission", "permission", "The agreement on the text; without it, one has yet to be asked for."),
    Field("photos", "groups", "The story's photos.", noun="photo"),
    Field("quotes", "groups", "Other people's words in the story.", noun="quote"),
)

CONTRIBUTOR = (
    Field("name", "line", "The legal name, for the permissions log.", True),
    Field(
        "sort",
        "line",
        "How the name is filed, as in `Le Marsh, Ana`; without it, particles, titles and groups are understood.",
    ),
    Field("byline", "line", "The name as printed; without it, the name."),
    Field("anonymous", "truth", "Whether “Anonymous” is printed instead of a name."),
    Field("pseudonym", "truth", "Whether the byline is a pseudonym."),
    Field("location", "line", "Where the contributor lives, as printed."),
    Field("age", "number", "The contributor's age, as printed.", highest=130),
    Field("guardian", "line", "Who signs for a contributor under eighteen."),
    Field("email", "email", "The contributor's address; kept in the private log only."),
    Field("bio", "paragraph", "One or two sentences for the contributors' page."),
)

SOURCE = (
    Field("kind", "word", "The way it took.", words=SOURCE_KINDS),
    Field("ref", "line", "What finds the original again, such as the message's id."),
    Field("published", "line", "Where it appeared before, which may need a license of its own."),
    Field("original", "path", "The mail, page or file it was imported from, as it was received."),
    Field(
        "answer",
        "line",
        "What a form's question about printing it was answered with, where that is no plain yes. It grants nothing, and no letter asks until a permission is recorded.",
    ),
    Field("permission", "permission", "The agreement with the earlier publisher."),
)

PHOTO = (
    Field("file", "path", "The photo as received.", True),
    Field("caption", "paragraph", "The words printed below it."),
    Field("credit", "line", "The credit line."),
    Field("alt", "paragraph", "What it shows, for readers who cannot see it."),
    Field("decorative", "truth", "Whether it only decorates, so that it needs no caption and no alt text."),
    Field("place", "where", "Where in the story it stands.", attribute="where"),
    Field("photographer", "line", "Who took it."),
    Field("stock", "truth", "Whether it is a stock photo, whose license may limit the print run."),
    Field("permission", "permission", "The agreement with the photographer."),
    Field("people", "groups", "Everybody who can be recognized in it.", noun="person"),
)

PERSON = (
    Field("name", "line", "The person's name."),
    Field("minor", "truth", "Whether the person is under eighteen."),
    Field("guardian", "line", "Who signs for a minor."),
    Field("permission", "permission", "The agreement with the person, or with the guardian."),
)

QUOTE = (
    Field("text", "text", "The words quoted."),
    Field("kind", "word", "What they were taken from.", words=QUOTE_KINDS),
    Field("source", "line", "Title and writer of the original."),
    Field("permission", "permission", "The agreement with whoever holds the rights."),
)

MATTER_QUOTE = (
    Field("in", "path", "The text that quotes them, as front: or back: names it, such as epigraph.md.", True, "within"),
    *QUOTE,
)

# Noun -> its fields. The key is also what messages call it.
NOUNS: Mapping[str, tuple[Field, ...]] = {
    "index": INDEX,
    "book": BOOK,
    "contact": CONTACT,
    "copyright": COPYRIGHT,
    "isbn": ISBN,
    "price": PRICE,
    "editions": EDITIONS,
    "chapter": CHAPTER,
    "select": SELECT,
    "agreement": AGREEMENT,
    "story": STORY,
    "contributor": CONTRIBUTOR,
    "source": SOURCE,
    "matter quote": MATTER_QUOTE,
    "photo": PHOTO,
    "person": PERSON,
    "quote": QUOTE,
}
