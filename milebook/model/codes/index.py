"""Findings about `stories/index.yaml` and about the book as a whole (MB1)."""

from __future__ import annotations

from milebook.model.codes.row import E, N, Row, W

ROWS: dict[str, Row] = {
    "MB100": (E, "index without content", "The index is empty, or contains no fields."),
    "MB101": (
        E,
        "line that cannot be read",
        "A line breaks the rules of YAML: a colon or a mark in a text without quotes, a quotation mark or bracket that is never closed, a tab, indentation that does not fit.",
    ),
    "MB102": (E, "invisible character in a value", "A value written with an escape contains an invisible character."),
    "MB103": (
        E,
        "feature of YAML that is not used",
        "Labels and copies (& and *), instructions (!), merging (<<), a second document, lists as names of fields, and nesting of more than fifty levels.",
    ),
    "MB104": (E, "story listed twice", "A story stands twice in one chapter's list, or in the lists of two chapters."),
    "MB105": (E, "field given twice", "One group has two lines for the same field; only one of them can be meant."),
    "MB106": (
        E,
        "unknown field",
        "A field has a name that milebook does not know. The nearest known name is suggested.",
    ),
    "MB107": (
        E,
        "something required is missing",
        "The book's title, a chapter's id and title, a story's id, title and contributor's name, an agreement's status and a photo's file must be there.",
    ),
    "MB108": (
        E,
        "value of another kind",
        "A list or a group of fields stands where a text is expected, or the other way round.",
    ),
    "MB109": (
        E,
        "text lost to a comment",
        "A “#” after a space begins a comment, so that “title: #1 dad” is an empty title. A warning where some text is left.",
    ),
    "MB110": (E, "neither true nor false", "A field that is true or false has another word, such as yes or no."),
    "MB111": (
        E,
        "number that cannot be right",
        "A whole number is not written in figures, or is too small or too large; a year is not a year.",
    ),
    "MB112": (E, "date that cannot be right", "A date is not written YYYY-MM-DD, or is no day of the calendar."),
    "MB113": (E, "unknown word", "A field that takes one of a few words has another one."),
    "MB114": (
        E,
        "line break in a one-line field",
        "A title, name, address or other one-line field contains a line break.",
    ),
    "MB115": (
        E,
        "faulty id",
        "Ids are made of small letters a to z, digits, hyphens and underscores, and begin with a letter or digit.",
    ),
    "MB116": (
        E,
        "id given twice",
        "Two stories, two chapters or two agreements have the same id; capital letters make no difference.",
    ),
    "MB117": (
        E,
        "agreement that is not there",
        "A permission names an agreement that the index does not have. The nearest id is suggested.",
    ),
    "MB118": (
        E,
        "story that is not there",
        "A chapter lists a story that the index does not have. The nearest id is suggested.",
    ),
    "MB119": (
        W,
        "listed story that is not selected",
        "A chapter lists a story whose status is not “selected”; it is left out.",
    ),
    "MB120": (W, "chapter without stories", "A chapter's list of stories is empty."),
    "MB121": (
        E,
        "list and selection",
        "A chapter has exactly one of `stories:` and `select:`, and a selection says what it looks for.",
    ),
    "MB123": (E, "faulty e-mail address", "An e-mail address is not a single valid address."),
    "MB124": (E, "faulty language tag", "A language is not written as a BCP 47 tag such as en-US."),
    "MB125": (
        E,
        "faulty ISBN",
        "An ISBN does not have thirteen digits, has a wrong check digit, or is given to two formats.",
    ),
    "MB126": (E, "faulty byline", "The pattern for bylines has an unknown part, a single brace, or no {name}."),
    "MB127": (E, "faulty place of a photo", "`place:` is start, end or {after: N}."),
    "MB129": (
        W,
        "two stories with one file",
        "Two stories have the same file, so that the same text would be printed twice.",
    ),
    "MB130": (
        E,
        "unknown part of the book",
        "`front:` or `back:` names neither a part that milebook makes nor a text (.md).",
    ),
    "MB131": (N, "agreement without use", "Nothing in the index refers to an agreement."),
    "MB132": (
        W,
        "part given twice",
        "The same part or text is listed twice in `front:` and `back:`; the second is left out.",
    ),
    "MB133": (
        W,
        "quotation marks around a whole value",
        "Curly quotation marks around a value, or a straight one at its end, are printed as part of it. YAML's own quotes are straight.",
    ),
    "MB134": (
        W,
        "date long after the others",
        "A story arrived more than a year, or an agreement is dated more than five years, after the date of the book or, where it has none, after every other day in the index.",
    ),
    "MB136": (
        N,
        "file that no entry names",
        "A text or photo lies beside the index, and nothing in the index names it.",
    ),
    "MB137": (W, "one photo in two stories", "The same photo, by its name or its contents, is printed in two stories."),
    "MB138": (
        N,
        "one contributor under two spellings",
        "Two names differ so little, or share an address, that they may be one person's.",
    ),
    "MB139": (W, "two stories that say nearly the same", "Two selected stories share nearly all of their words."),
    "MB140": (
        W,
        "several in one value",
        "A field that takes a list, such as `tags:` or `authors:`, has one text that seems to name several.",
    ),
    "MB141": (
        N,
        "word taken for no name",
        "A contributor's name is a word such as “Guest” or “unknown”, which is taken for no name. With `sort:`, it is one.",
    ),
    "MB180": (
        W,
        "selected story in no chapter",
        "A story has the status “selected”, but no chapter lists or selects it.",
    ),
    "MB181": (E, "no story to print", "No chapter has a single selected story."),
    "MB182": (
        W,
        "photo after a paragraph that is not there",
        "`place: {after: N}` names a paragraph that the story does not have.",
    ),
    "MB183": (W, "chapter that selects nothing", "No selected story matches the chapter's `select:`."),
    "MB184": (W, "story selected for two chapters", "A selection finds a story that is already in another chapter."),
    "MB185": (W, "story over the limit", "A story has more body words than `story_limit` allows."),
    "MB186": (
        N,
        "limit depends on the way of counting",
        "By one way of counting words a story is over the limit, by the other it is not.",
    ),
    "MB187": (N, "same contributor twice in a row", "Two stories that follow each other are by the same contributor."),
    "MB188": (W, "two stories with one title", "Two selected stories have the same title."),
    "MB189": (W, "two stories with one text", "Two selected stories have the same words."),
    "MB190": (
        W,
        "placeholder text",
        "A story, title, caption, bio, introduction or other text still contains a placeholder such as “TODO” or “lorem ipsum”, or the words of the page that `milebook init` writes.",
    ),
    "MB191": (
        E,
        "working title in a final build",
        "A final build or a package needs the title decided: `working_title: false`.",
    ),
    "MB192": (
        N,
        "open query",
        "A query to the editor is still in the text. In a final build or a package it is an error.",
    ),
    "MB193": (
        W,
        "title or byline typed in the text",
        "A text begins with its own title or byline, which milebook prints above it, or ends with its writer's name.",
    ),
    "MB198": (E, "a book is here already", "`milebook init` starts a new book only where there is none."),
}
