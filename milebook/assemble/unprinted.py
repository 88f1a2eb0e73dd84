"""Read the text of a story that is in no chapter, for lists of what could still be chosen."""

from __future__ import annotations

from milebook.markdown.story_file import read_file
from milebook.model.book import BookInfo, Story
from milebook.model.text import Text
from milebook.source import BookFolder


def unprinted_text(folder: BookFolder, index_path: str, info: BookInfo, story: Story) -> Text | None:
    """The text of a story outside the book; None where its file cannot be had."""
    path, _ = folder.resolve(index_path, story.file, story.at("file"))
    if path is None:
        return None
    language, smart = story.language or info.language, info.smart_punctuation
    return read_file(folder, path, story.at("file"), language=language, smart=smart)[0]
