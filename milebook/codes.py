"""Every finding that milebook can report: one row a code, never used again for anything else.

Families follow the rooms: MB0 files, MB1 index, MB2 prose, MB3 permissions, MB4 photos and captions, MB5 layout, MB6 press,
MB7 export. `docs/codes.md` is made from this table.
"""

from __future__ import annotations

from typing import NamedTuple

from milebook.findings import ERROR, NOTE, WARNING


class Code(NamedTuple):
    """A row: how bad it is, what it is called, and a sentence for the manual that says when it is reported."""

    severity: str
    title: str
    about: str


E, W, N = ERROR, WARNING, NOTE

CODES: dict[str, Code] = {}


def _family(rows: dict[str, tuple[str, str, str]]) -> None:
    for code, (severity, title, about) in rows.items():
        if code in CODES:
            raise AssertionError(f"{code} stands twice")
        CODES[code] = Code(severity, title, about)

_family(
    {  # assembly and order: what the index and the stories say together
        "MB180": (W, "selected story in no chapter", "A story has the status “selected”, but no chapter lists or selects it."),
        "MB181": (E, "no story to print", "No chapter has a single selected story."),
        "MB182": (W, "photo after a paragraph that is not there", "`place: {after: N}` counts further than the story goes."),
        "MB183": (W, "chapter that selects nothing", "No selected story answers to the chapter's `select:`."),
        "MB184": (W, "story selected for two chapters", "A selection finds a story that stands in another chapter already."),
        "MB185": (W, "story over the limit", "A story has more body words than `story_limit` allows."),
        "MB186": (N, "limit depends on the way of counting", "By one of the two ways of counting words a story is over the limit, by the other it is not."),
        "MB187": (N, "same contributor twice in a row", "Two stories that follow each other are by the same contributor."),
        "MB188": (W, "two stories with one title", "Two selected stories have the same title."),
        "MB189": (W, "two stories with one text", "Two selected stories have the same words."),
        "MB190": (W, "placeholder text", "A story, title, caption or bio still holds a placeholder such as “TODO” or “lorem ipsum”."),
        "MB191": (E, "working title in a final build", "A final build or a package needs the title decided: `working_title: false`."),
        "MB192": (E, "open query in a final build", "A query to the editor is still in the text of a final build or package."),
    }
)
_family(
    {  # layouts
        "MB500": (E, "layout not found", "A layout names a `base:` that is neither built in nor in the book's `layouts/` folder."),
        "MB501": (E, "unknown key in a layout", "A layout file has a key that milebook does not know."),
        "MB502": (E, "wrong value in a layout", "A value in a layout file is not of the kind that its key needs."),
        "MB503": (E, "layouts that name each other", "A layout's `base:` leads back to itself."),
        "MB504": (E, "page with no room for text", "The margins leave less than two inches for the text, or less than five lines."),
        "MB505": (W, "font that milebook does not ship", "A layout names a face that cannot be put into a PDF or e-book."),
    }
)
