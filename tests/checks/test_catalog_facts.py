"""Prices, currencies and subject codes as people write them."""

from __future__ import annotations

import pytest

from milebook.checks.catalog_facts import bisac_code, catalog_facts, currency_code, price_amount, thema_code
from milebook.model.book import Book, BookInfo


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("16.95", "16.95"),
        ("16,95 €", "16.95"),
        ("$16.95", "16.95"),
        ("US$ 16.95", "16.95"),
        ("16.95 USD", "16.95"),
        ("zł 39,90", "39.90"),
        ("CHF 19.–", "19"),
        ("129,-", "129"),
        ("1,695.00", "1695.00"),
        ("1.695,00", "1695.00"),
        ("1 695", "1695"),
        ("1’695.50", "1695.50"),
        ("¥1,800", "1800"),
        ("0.995", "0.995"),
        ("0", "0"),
        ("about 17", ""),
        ("16.95-18.95", ""),
        ("16.9.5", ""),
        ("-5", ""),
        ("٣٥", ""),
        ("free", ""),
        ("", ""),
    ],
)
def test_prices(written: str, amount: str) -> None:
    assert price_amount(written) == amount


def test_codes() -> None:
    assert (currency_code(" eur"), currency_code("Dollar"), currency_code("XYZ")) == ("EUR", "", "")
    assert (bisac_code("LCO002000"), bisac_code("lco002000"), bisac_code("XYZ002000"), bisac_code("ABC")) == (
        "LCO002000",
        "",
        "",
        "",
    )
    assert (thema_code("DNL"), thema_code("1KBB-US-NY"), thema_code("walking"), thema_code("7A")) == (
        "DNL",
        "1KBB-US-NY",
        "",
        "",
    )


@pytest.mark.parametrize(
    ("about", "hints"),
    [
        ({"price": {"print": "16.95"}}, ["add currency:"]),
        ({"price": {"currency": "€", "print": "16.95"}}, ["write EUR"]),
        ({"price": {"currency": "Taler"}}, ["write its three letters"]),
        ({"price": {"currency": "usd", "ebook": "9,99"}}, []),
        ({"bisac": ("LC0002000",)}, ["write LCO002000"]),
        ({"bisac": ("FIC 029000",)}, ["write FIC029000"]),
        ({"bisac": ("XYZ002000",)}, ["copy it"]),
        ({"bisac": ("running", "Run", "Nature & travel")}, []),
        ({"thema": ("dnl",)}, ["write DNL"]),
        ({"thema": ("Biography",)}, ["copy it"]),
    ],
)  # fmt: skip
def test_what_a_catalog_cannot_take_is_told(about: dict[str, object], hints: list[str]) -> None:
    found = list(catalog_facts(Book(BookInfo(**about), (), (), ())))  # type: ignore[arg-type]
    assert [finding.code for finding in found] == ["MB660"] * len(hints)
    assert all(hint in finding.hint for finding, hint in zip(found, hints, strict=True))
