"""The Draft notes at the end of every draft: word counts and the permissions checklist, for all three formats alike."""

from __future__ import annotations

from collections.abc import Sequence

from milebook.checks.word_counts import BookCounts
from milebook.compose.texts import Setting
from milebook.model.draft import Item, Paragraph, Part, Role, Table
from milebook.model.plurals import counted
from milebook.permissions import PermissionItem

LIMIT_MARK = "over the limit"


def draft_notes(
    counts: BookCounts, items: tuple[PermissionItem, ...], setting: Setting, left_out: Sequence[str] = ()
) -> list[Part]:
    """The parts that a final build leaves out. They are in English, for the authors, whatever the book's language."""
    parts = [_left_out(left_out, setting)] if left_out else []
    words: list[Item] = [
        _paragraph(setting, Role.NOTES_TEXT, _words_line(counts), "mbn_words_p1"),
        _words_table(counts),
    ]
    permissions: list[Item] = [_paragraph(setting, Role.NOTES_TEXT, _permissions_line(items), "mbn_permissions_p1")]
    if items:
        permissions.append(_permissions_table(items, setting))
    return [
        *parts,
        _part(setting, "words", "Draft notes: word counts", words),
        _part(setting, "permissions", "Draft notes: permissions checklist", permissions),
    ]


def _left_out(lines: Sequence[str], setting: Setting) -> Part:
    what = counted(len(lines), "thing is", "things are")
    texts = [f"This is the book without what is not clear: {what} left out.", *lines]
    items = [
        _paragraph(setting, Role.NOTES_TEXT, text, f"mbn_left_out_p{number}") for number, text in enumerate(texts, 1)
    ]
    return _part(setting, "left-out", "Draft notes: left out", items)


def _part(setting: Setting, name: str, title: str, items: Sequence[Item]) -> Part:
    heading = _paragraph(setting, Role.PART_TITLE, title, f"mbn_{name.replace('-', '_')}_title", level=1)
    return Part(
        "draft-notes", f"draft-notes-{name}", title, "back", (heading, *items), lang="en", running="Draft notes"
    )


def _paragraph(setting: Setting, role: Role, text: str, anchor: str, level: int = 0) -> Paragraph:
    return setting.plain(role, text, anchor, level=level, lang="en")


def _words_line(counts: BookCounts) -> str:
    over = [story for chapter in counts.chapters for story in chapter.stories if story.over]
    line = f"The stories have {counts.body:,} words, the whole manuscript {counts.manuscript:,}"
    if counts.target:
        line += f" of {counts.target:,} planned ({round(100 * counts.manuscript / counts.target)}%)"
    line += ". "
    if over:
        line += f"{counted(len(over), 'story is', 'stories are')} over the limit. "
    return line + (
        "Counted by rule mb-1: body words only, without title, byline, caption and notes; hyphenated words are one, "
        "words joined by a dash are two."
    )


def _words_table(counts: BookCounts) -> Table:
    rows: list[tuple[str, ...]] = []
    strong: list[int] = []
    for chapter in counts.chapters:
        strong.append(len(rows))
        rows.append((f"{chapter.number}. {chapter.title}", f"{chapter.words:,}", "", ""))
        for story in chapter.stories:
            remark = f"{story.words - story.limit} {LIMIT_MARK}" if story.over else ""
            rows.append((str(story.title), f"{story.words:,}", f"{story.limit:,}" if story.limit else "", remark))
    strong.append(len(rows))
    rows.append(("All stories", f"{counts.body:,}", "", ""))
    return Table(
        "mbn_words_table",
        ("Story", "Words", "Limit", "Remark"),
        tuple(rows),
        (0.54, 0.12, 0.12, 0.22),
        right=(1, 2),
        title="Words of every story, chapter and the book",
        strong=tuple(strong),
    )


def _permissions_line(items: tuple[PermissionItem, ...]) -> str:
    if not items:
        return "Nothing in this book needs a permission."
    still_open = sum(not item.clear for item in items)
    if not still_open:
        return f"All {len(items):,} items are clear."
    return f"{still_open:,} of {len(items):,} items are open. The book cannot be final until each of them is clear."


def _permissions_table(items: tuple[PermissionItem, ...], setting: Setting) -> Table:
    rows: list[tuple[str, ...]] = []
    strong: list[int] = []
    for item in items:
        if not item.clear:
            strong.append(len(rows))
        state = "clear" if item.clear else item.why
        rows.append(
            ("✓" if item.clear else "☐", setting.curled(item.label), setting.curled(item.signer) or "not known", state)
        )
    return Table(
        "mbn_permissions_table",
        ("", "What", "Who", "State"),
        tuple(rows),
        (0.05, 0.43, 0.25, 0.27),
        title="Every item that needs a permission, in order of appearance",
        strong=tuple(strong),
    )
