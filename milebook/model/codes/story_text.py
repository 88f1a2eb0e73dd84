"""Findings about the texts of stories (MB2)."""

from __future__ import annotations

from milebook.model.codes.row import E, N, Row, W

ROWS: dict[str, Row] = {
    "MB200": (E, "empty text", "A story's file contains no text."),
    "MB201": (
        W,
        "link left out",
        "A link in a story does not lead to a whole http, https or mailto address; its words stay.",
    ),
    "MB202": (
        W,
        "picture inside a story",
        "Pictures belong in the index, under the story's `photos:`; the description stays as text.",
    ),
    "MB203": (W, "note without a text", "A note mark `[^1]` has no line `[^1]: …`, and is printed as typed."),
    "MB204": (
        W,
        "note that nothing refers to",
        "A note's text has no mark in the story, or a second text has the same mark.",
    ),
    "MB205": (W, "query that is not closed", "A query to the editor lacks its `{>>` or `<<}` and is printed as text."),
    "MB206": (
        N,
        "short lines that will run together",
        "A paragraph looks like verse or an address, but its lines, or some of them, do not end in a backslash.",
    ),
    "MB207": (W, "very long paragraph", "A paragraph has more than 20,000 characters."),
    "MB208": (
        W,
        "marks too tangled to read",
        "Quotes, lists, brackets or emphasis are nested too deeply; the marks are printed as typed.",
    ),
    "MB209": (W, "settings at the top of a story", "Lines between `---`, as blogs use them, are printed as text."),
    "MB210": (W, "HTML in a story", "A tag such as `<b>` is printed as typed."),
    "MB211": (
        N,
        "line of === or ``` signs",
        "Some programs mark titles or program text so. In milebook a row of = is a scene break, and ``` is printed as typed.",
    ),
    "MB212": (W, "paragraph marked by an indent only", "Paragraphs need an empty line between them."),
    "MB213": (W, "address that no link uses", "A line `[name]: https://…` belongs to no link and is printed as text."),
    "MB214": (
        W,
        "paragraphs without an empty line between them",
        "Lines that look like paragraphs of their own follow each other without an empty line, so that they are printed as one.",
    ),
    "MB215": (
        W,
        "e-mail saved whole",
        "A story's file contains an e-mail's headers, signature or encoding marks, or the closing of a letter, and they are printed.",
    ),
    "MB220": (
        E,
        "part of a text would be lost",
        "Each sign of a story is printed or is a mark that the guide names. This one is neither, so nothing is built.",
    ),
    "MB221": (
        W,
        "passage in a language that does not exist",
        "The tag of a passage, as in `[Bonjour]{lang=fr}`, is not in the registry of languages.",
    ),
    "MB223": (
        W,
        "star that nothing closes",
        "A star stands before a word, as italics begin, and none stands after the passage in its paragraph, so that it is printed.",
    ),
    "MB224": (
        W,
        "question mark inside a word",
        "A letter was lost on its way, as in `Nguy?n`, or a space is missing behind a question mark.",
    ),
    "MB225": (
        N,
        "prose that is set as verse",
        "The lines of a paragraph end in a backslash, as those of verse, but they are long, or they are speech.",
    ),
    "MB222": (
        W,
        "text damaged by pasting",
        "Letters were read in a wrong encoding (`donâ€™t`), an apostrophe was lost (`don?t`), or a bullet or quotation mark of another "
        "program was left. `milebook check --fix` shows and repairs it.",
    ),
}
