"""Text and addresses as every format made of XML has them."""

from __future__ import annotations

import pytest

from milebook.writers.xml_text import safe_address


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://example.org/", "https://example.org/"),
        ("HTTP://Example.ORG/A", "http://example.org/A"),
        ("https://example.org/a b?q=<é>#x y", "https://example.org/a%20b?q=%3C%C3%A9%3E#x%20y"),
        ("https://example.org/100%", "https://example.org/100%25"),
        ("https://example.org/%C3%A9", "https://example.org/%C3%A9"),
        ("https://bücher.example/ü", "https://xn--bcher-kva.example/%C3%BC"),
        ("https://user:secret@example.org/", "https://example.org/"),
        ("http://[::1]:80/x", "http://[::1]:80/x"),
        ("mailto:ana@example.org?subject=a b", "mailto:ana@example.org?subject=a%20b"),
        ("http://", ""),
        ("http:///x", ""),
        ("http://[foo", ""),
        ("https://example.org:99999/", ""),
        ("https://exa mple.org/", ""),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("//example.org/x", ""),
        ("ftp://example.org/", ""),
        ("mailto:x", ""),
        ("http://bücher.example/ü?q=ß#é", "http://xn--bcher-kva.example/%C3%BC?q=%C3%9F#%C3%A9"),
        ("https://ex.org/%41", "https://ex.org/%41"),
        ("https://ex.org:8080/", "https://ex.org:8080/"),
        ("https://", ""),
        ("http://[bad", ""),
    ],
)
def test_safe_address(written: str, expected: str) -> None:
    assert safe_address(written) == expected
