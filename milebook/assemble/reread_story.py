"""Bring a Book up to date after a story was saved, reading only that story again."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from milebook.markdown.story_file import read_file
from milebook.model.book import Book, Chapter, Story
from milebook.model.findings import Finding
from milebook.source import BookFolder


def with_texts(book: Book, folder: BookFolder, paths: Collection[str]) -> tuple[Book, list[Finding]] | None:
    """The Book with the texts of these files (under the book folder) read again, and what is wrong with them.

    None where one of the files is not the text of a story in the book, or is gone: then the whole book has to be read.
    """
    left = set(paths)
    findings: list[Finding] = []
    chapters: list[Chapter] = []
    for chapter in book.chapters:
        stories: list[Story] = []
        for story in chapter.stories:
            if story.path in left:
                left.discard(story.path)
                text, found = read_file(
                    folder,
                    story.path,
                    story.at("file"),
                    language=story.language or book.info.language,
                    smart=book.info.smart_punctuation,
                )
                findings += found
                if text is None:
                    return None
                story = replace(story, text=text)
            stories.append(story)
        chapters.append(replace(chapter, stories=tuple(stories)))
    return (replace(book, chapters=tuple(chapters)), findings) if not left else None
