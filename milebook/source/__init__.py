"""Read the book folder: the only way in. Paths, decoding and characters are checked here.

`BookFolder` finds and reads, `text_findings` names the characters that cannot be printed, `clean` takes out the
refused ones.
"""

from milebook.source.book_root import book_root
from milebook.source.characters import clean, is_plain, shown, text_findings, windows_sign
from milebook.source.decode import decode, other_text
from milebook.source.folder import INDEX_LIMIT, INDEXES, PHOTO_LIMIT, STORY_LIMIT, BookFolder, Mark, changed

__all__ = [
    "INDEXES",
    "INDEX_LIMIT",
    "PHOTO_LIMIT",
    "STORY_LIMIT",
    "BookFolder",
    "Mark",
    "book_root",
    "changed",
    "clean",
    "decode",
    "is_plain",
    "other_text",
    "shown",
    "text_findings",
    "windows_sign",
]
