"""Findings about permissions, names and privacy (MB3)."""

from __future__ import annotations

from milebook.model.codes.row import E, N, Row, W

ROWS: dict[str, Row] = {
    "MB300": (
        W,
        "permission not clear",
        "A text, photo, person or quotation has no permission that is granted, has its evidence, and covers these editions. "
        "`build --final` and `export` refuse until it is clear.",
    ),
    "MB301": (
        E,
        "permission refused or withdrawn",
        "A selected story, or a photo in it, may not be printed: its owner said no.",
    ),
    "MB302": (
        E,
        "dates out of order",
        "An agreement is granted before it was asked for, or ends before it begins. A warning where it is granted after the book's date.",
    ),
    "MB303": (
        E,
        "scope word not known",
        "A territory, language or format of an agreement or of `book.editions` is not one that milebook knows.",
    ),
    "MB304": (
        W,
        "evidence missing or empty",
        "An agreement is granted, but the signed form or e-mail is not named, is missing, or is empty.",
    ),
    "MB305": (W, "no reason for “not needed”", "`status: not_needed` has no `reason:`."),
    "MB306": (
        W,
        "credit differs from the one demanded",
        "A photo's credit differs from the wording its agreement demands; the demanded wording is printed.",
    ),
    "MB307": (W, "stock photo without a limit of copies", "A stock photo's agreement has no `print_run_cap:`."),
    "MB308": (W, "young contributor without a guardian", "A contributor under 18 has no `guardian:` to sign."),
    "MB309": (
        W,
        "release signed by someone else",
        "An adult is shown in a photo, or wrote a story, but another person signed the release.",
    ),
    "MB310": (
        W,
        "withheld name in print",
        "A text, caption, credit or bio gives away the legal name of a contributor who is anonymous or uses a pseudonym.",
    ),
    "MB311": (
        W,
        "e-mail address in print",
        "A contributor's e-mail address is printed in a text, or anybody's in a name, byline, title, bio, caption or credit.",
    ),
    "MB312": (
        N,
        "verse or lyric not declared",
        "A passage looks like the words of a song or a poem, and the index says nothing about it under `quotes:`.",
    ),
    "MB313": (
        N,
        "long quotation not declared",
        "A long passage is in quotation marks or set as a block quotation, and the index says nothing about it.",
    ),
    "MB314": (W, "declared quotation not in the story", "The words under `quotes:` are not in the story's text."),
    "MB315": (W, "unknown name in a letter", "A letter's template has a name in braces that milebook does not know."),
    "MB316": (W, "address that cannot be written to", "Mail cannot be sent to an agreement's e-mail address."),
    "MB317": (E, "evidence to record not found", "`permissions record --evidence` names no file of the book folder."),
    "MB318": (E, "index not changed", "An answer, request or withdrawal could not be written into the index safely."),
    "MB320": (
        W,
        "one file as the evidence of two people",
        "The same file is filed as the evidence of two people. Each of them has to agree; one form signed by both is fine.",
    ),
    "MB321": (
        W,
        "letters that the form cannot show",
        "A name or title on a release form has letters that none of its faces has. The Word letter shows them.",
    ),
    "MB322": (
        W,
        "withdrawn person still named",
        "A caption, credit or alt text names somebody whose permission, or whose story, is withdrawn or refused.",
    ),
    "MB323": (
        E,
        "checklist not understood",
        "A filled-in checklist has a cell that milebook cannot take as an answer: an unknown status, a day that could be two, a changed row.",
    ),
    "MB324": (
        W,
        "form says something else",
        "A release form that is filed as evidence is of another book, about other things, or says no.",
    ),
    "MB325": (
        W,
        "quotation in no text",
        "Words are declared as quoted in a text that is in neither the front nor the back matter.",
    ),
    "MB326": (
        W,
        "story in a language that is not planned",
        "A story is in a language that `languages:` under `book.editions` does not name, so that letters do not ask for it.",
    ),
    "MB327": (
        N,
        "granted with a restriction",
        "A final build or a package holds something that was granted with `restrictions:` in words, which only people can keep to.",
    ),
    "MB329": (
        N,
        "granted by nobody named",
        "A photo, quotation or earlier publication is granted, and neither a signer nor the photographer or writer is named.",
    ),
    "MB350": (
        W,
        "minor without a guardian",
        "A person in a photo is under eighteen, and no guardian is named who could sign.",
    ),
}
