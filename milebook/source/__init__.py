"""The only door to the book folder: a path as the author wrote it comes in, bytes or text that may be trusted go out.

`BookFolder` finds and reads, `text_findings` names the characters that cannot be printed, `clean` takes out the
refused ones.
refused ones.
"""

from milebook.source.characters import clean, is_plain, shown, text_findings
from milebook.source.folder import INDEX_LIMIT, PHOTO_LIMIT, STORY_LIMIT, BookFolder, Looks, changed

__all__ = [
    "INDEX_LIMIT",
    "PHOTO_LIMIT",
    "STORY_LIMIT",
    "BookFolder",
    "Looks",
    "changed",
    "clean",
    "is_plain",
    "shown",
    "text_findings",
]
