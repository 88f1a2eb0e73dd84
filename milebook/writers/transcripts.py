"""Help writers read back their own files: check XML, resolve entities, fold white space."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

Pair = tuple[str, str]  # anchor and text, see `writers.Written.transcript`


class Transcript(Iterable[Pair]):
    """What a file says, read again each time: the words of a large book a second time would be as much memory as the book."""

    def __init__(self, read: Callable[[], Iterable[Pair]]) -> None:
        self._read = read

    def __iter__(self) -> Iterator[Pair]:
        return iter(self._read())


def sound(xml: bytes) -> bytes:
    """`xml` as it came, after a parser has been through it. Raises ExpatError where it is not well-formed."""
    from pyexpat import ParserCreate

    ParserCreate().Parse(xml, True)
    return xml


def plain(words: str) -> str:
    """Text with its characters in place of XML's names for them. Another name would stay, and be found out."""
    if "&" not in words:
        return words
    for name, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#x27;", "'"), ("&amp;", "&")):
        words = words.replace(name, character)
    return words


def folded(text: str) -> str:
    """`text` with every stretch of white space as one space, and none at its ends."""
    if text.isprintable() and "  " not in text:  # the commonest: nothing but single spaces between words
        return text.strip(" ")
    return " ".join(text.split())
