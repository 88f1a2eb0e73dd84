"""Take a story out of the book, because whoever gave it takes it back."""

from __future__ import annotations

from milebook.index.arrange import take_out
from milebook.index.edit import CannotEdit, IndexEdit, Value
from milebook.index.edit_check import Leaves, leaves
from milebook.model.book import Story
from milebook.model.index import Index
from milebook.model.near_names import did_you_mean
from milebook.permissions.changes import Edited, PermissionChange, make
from milebook.source import BookFolder


def withdraw(folder: BookFolder, index: Index, text: str, story_id: str) -> Edited:
    """Take a story out of the book: status cut, out of the chapters' lists, its text's permission withdrawn.

    The agreement on the text says withdrawn from then on. Where it covers another story as well, it is left as it is, and
    this story gets a permission of its own that says so. What was refused stays refused. Agreements of photographers and people shown are their own affair.
    """
    story = next((one for one in index.stories if one.id == story_id), None)
    if story is None:
        near = did_you_mean(story_id, [one.id for one in index.stories])
        cure = near or "“milebook permissions” shows the ids of stories"
        return Edited("", (), f"there is no story “{story_id}” in the index", cure)
    try:
        edit = IndexEdit(text)
        expected: Leaves = {}
        lines = []
        if story.status != "cut":
            edit.story(story.place, {"status": "cut"})
            expected[f"stories/{story.id}/status"] = "cut"
            lines.append(f"story {story.id}: status {story.status} → cut")
        for chapter in index.chapters:
            names = tuple(name for name, _ in chapter.stories or ())
            if story.id in names:
                expected[f"chapters/{chapter.id}/stories"] = tuple(name for name in names if name != story.id)
                lines.append(f"chapter {chapter.id}: {story.id} is taken out of its stories")
        take_out(edit, [story.id])
    except CannotEdit as refusal:
        return Edited("", (), str(refusal), "change the index by hand")
    refused = story.permission.status == "refused"  # what was never granted cannot be withdrawn
    if refused and lines:
        where = f"agreements/{story.permission.id}" if story.permission.id else f"stories/{story.id}/permission"
        lines.append(f"{where}: status stays refused")
    return make(
        folder, index, text, [] if refused else [_change(index, story)], begun=edit, expected=expected, lines=lines
    )


def _change(index: Index, story: Story) -> PermissionChange:
    terms = story.permission
    if terms.id and terms.id not in _used_by_others(index, story):
        return PermissionChange({"status": "withdrawn"}, agreement=terms.id, terms=terms)
    fields: dict[str, Value] = {"status": "withdrawn"}
    if terms.id:
        fields["notes"] = f"was {terms.id}, which covers other things as well"
    own = bool(terms.places) and not terms.id
    return PermissionChange(fields, noun=story.place, path=f"stories/{story.id}", own=own, terms=terms)


def _used_by_others(index: Index, story: Story) -> set[str]:
    """The agreements that something outside this story is covered by."""
    mine = f"stories/{story.id}/"
    named = (
        value for path, value in leaves(index).items() if not path.startswith(mine) and path.endswith("permission")
    )
    return {value[1:] for value in named if isinstance(value, str) and value.startswith("@")}
