"""Notice mistakes in a value that would be printed as they are: quotation marks, tags, e-mail addresses."""

from __future__ import annotations

import re

from milebook.markdown.hints import TAG
from milebook.model.mail_addresses import ADDRESS
from milebook.yaml_nodes import Scalar
from milebook.yaml_nodes.nodes import quoted, shown

PRINTED = ("line", "paragraph", "text", "byline")  # kinds of fields whose words are printed
_PAIRS = ("“”", "„“", "„”", "«»", "””", "““")


# Fields that hold nothing but a name or a place. What else is printed is looked at where the whole book is known.
_NAMES = ("name", "byline", "sort", "authors", "signer", "guardian", "photographer", "holder", "location")
_ADDRESS = re.compile(rf"[<(\[]?(?:mailto:)?({ADDRESS.pattern})[>)\]]?", re.IGNORECASE)

_LOST = re.compile(r"[^\W\d_]+(?=\?(?:\W|$))")


def curly_pair(text: str) -> str:
    """What stands inside curly quotation marks around the whole of a value; "" where there are none."""
    inner = text[1:-1]
    return inner if text[:1] + text[-1:] in _PAIRS and not re.search("[“”„«»]", inner) else ""


def _typed(value: str) -> str:
    """A value as it may be typed: between straight quotes where it needs them."""
    bare = value[:1].isalnum() and not re.search(r":(?: |$)| #", value)
    return shown(value) if bare else quoted(shown(value))


def slips(node: Scalar, name: str, kind: str, text: str) -> list[tuple[str, str, str]]:
    """Code, message and hint of each slip in a value of the field `name`."""
    found = []
    plain = node.plain and not node.mended
    inner = curly_pair(text) if plain else ""
    if inner and kind == "path":
        message = f'the quotation marks around "{name}" are not part of the file\'s name'
        found.append(("MB133", message, f"take the curly quotes out: {name}: {shown(inner)}"))
    elif inner and kind in PRINTED:
        message = f'the quotation marks around "{name}" are printed as part of it'
        hint = f"take them out: {name}: {_typed(inner)}; to keep them, write {name}: {quoted(shown(text))}"
        found.append(("MB133", message, hint))
    if name in _NAMES and (address := _ADDRESS.search(text)):
        rest = " ".join(_ADDRESS.sub(" ", text).split()).strip(" ,;:-")
        message = f'"{name}" holds the e-mail address {shown(address[1])}'
        instead = (
            f"keep only {shown(rest)}" if rest else f"write a {'place' if name == 'location' else 'name'} in its stead"
        )
        found.append(("MB311", message, f"{instead}; an address belongs in email:, which is never printed"))
    if name in _NAMES and (lost := _LOST.search(text)):
        message = f'"{name}" has a question mark behind “{shown(lost[0])}”, where a letter may have been lost'
        found.append(("MB224", message, f"write the {name} as its owner does, or take the question mark out"))
    if kind not in PRINTED:
        return found
    if plain and text.endswith('"') and text.count('"') == 1 and not text[-2:-1].isdigit() and len(text) > 1:
        message = f'the quotation mark at the end of "{name}" has no partner, and is printed'
        found.append(("MB133", message, f"take it out: {name}: {shown(text[:-1])}"))
    if tag := TAG.search(text):
        message = f'"{shown(tag.group())}" in "{name}" is printed as typed: a book is not a web page'
        found.append(("MB210", message, "use *…* for italics, or take the tag out"))
    return found
