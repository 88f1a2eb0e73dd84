"""The ONIX message: valid against the trade's own schema, and saying what the index says."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from bookmaking import make_book, prose, story

from milebook.app.load import load
from milebook.layout import Page
from milebook.model.book import Book
from milebook.model.draft import Stamp
from milebook.package.onix import Extents, features, onix

STAMP = Stamp("0.1.0", "0123456789ab", "2026-03-15", 1773532800)
ACCESS = {
    "accessibilityFeature": ["tableOfContents", "alternativeText", "readingOrder"],
    "accessModeSufficient": ["textual"],
}
FULL: dict[str, Any] = {
    "subtitle": "Stories & “others”", "publisher": "Example Press", "isbn": {"print": "978-1-4028-9462-6", "ebook": "978-3-16-148410-0"},
    "bisac": ["BIO026000", "running"], "thema": ["DNC", "1KBB"], "keywords": ["miles", "readers"], "description": "A book <of> miles.",
    "price": {"currency": "USD", "print": "16.95", "ebook": "9.99"}, "editions": {"formats": ["print", "ebook"], "territory": "world"},
    "edition": "First edition", "language": "fr-FR",
}  # fmt: skip


def book(root: Path, stories: list[dict[str, Any]] | None = None, **about: Any) -> Book:
    make_book(root, stories or [story("one", prose(1, 40)), story("two", prose(2, 40), contributor={"name": "Zoë van der Berg", "byline": "Zoë v. d. B."})], **about)  # fmt: skip
    found = load(root).book
    assert found is not None
    return found


def made(of: Book, release: str = "3.0") -> bytes:
    return onix(of, STAMP, Extents(214, Page(), 3), ACCESS, release)


@pytest.mark.parametrize("release", ["3.0", "3.1"])
@pytest.mark.parametrize(
    "about",
    [{}, FULL, {"editions": {"territory": "US, CA"}}, {"authors": []}, {"price": {"currency": "USD", "ebook": "0"}}],
    ids=["bare", "full", "two countries", "no editor", "free"],
)
def test_the_message_is_valid(tmp_path: Path, release: str, about: dict[str, Any]) -> None:
    onixcheck = pytest.importorskip("onixcheck", reason="onixcheck is not installed (pip install milebook[qa])")
    data = made(book(tmp_path, **about), release)
    (tmp_path / "onix.xml").write_bytes(data)
    found = onixcheck.validate(str(tmp_path / "onix.xml"), schemas=("xsd", "rng") if release == "3.0" else ("xsd",))
    assert not found, [message.message for message in found]


def test_what_the_index_says_is_in_it(tmp_path: Path) -> None:
    root = ElementTree.parse(io.BytesIO(made(book(tmp_path, **FULL)))).getroot()
    space = {"o": root.tag[1:].partition("}")[0]}
    printed, ebook = root.findall("o:Product", space)

    def text(of: ElementTree.Element, path: str) -> list[str | None]:
        return [one.text for one in of.findall("/".join(f"o:{step}" for step in path.split("/")), space)]

    assert text(printed, "ProductIdentifier/IDValue") == ["9781402894626"]
    assert text(ebook, "ProductIdentifier/IDValue") == ["9783161484100"]
    assert text(printed, "DescriptiveDetail/Extent/ExtentValue") == ["214"]
    assert text(printed, "DescriptiveDetail/Language/LanguageCode") == ["fre"]
    assert text(printed, "DescriptiveDetail/Subject/SubjectCode") == ["BIO026000", "DNC", "1KBB"]
    assert text(printed, "DescriptiveDetail/Subject/SubjectHeadingText") == ["miles; readers; running"]
    assert text(printed, "DescriptiveDetail/Contributor/PersonNameInverted")[0] == "Example, Ada"
    assert "Zoë van der Berg" not in made(book(tmp_path)).decode()  # her byline is what is printed
    assert text(ebook, "DescriptiveDetail/ProductFormFeature/ProductFormFeatureValue") == ["11", "13", "14", "52"]
    assert text(printed, "RelatedMaterial/RelatedProduct/ProductIdentifier/IDValue") == ["9783161484100"]
    assert text(ebook, "ProductSupply/SupplyDetail/Price/PriceAmount") == ["9.99"]
    assert text(printed, "PublishingDetail/SalesRights/Territory/RegionsIncluded") == ["WORLD"]


@pytest.mark.parametrize(
    ("price", "written"),
    [
        ({"currency": "eur", "print": "16,95 €"}, ["PriceType 01", "PriceAmount 16.95", "CurrencyCode EUR"]),
        ({"currency": "JPY", "print": "1,800"}, ["PriceType 01", "PriceAmount 1800", "CurrencyCode JPY"]),
        ({"currency": "USD", "print": "0"}, ["UnpricedItemType 01"]),
        ({"currency": "Dollar", "print": "16.95"}, ["UnpricedItemType 02"]),
        ({"currency": "USD", "print": "about 17"}, ["UnpricedItemType 02"]),
    ],
)
def test_prices_as_people_write_them(tmp_path: Path, price: dict[str, str], written: list[str]) -> None:
    root = ElementTree.fromstring(made(book(tmp_path, price=price)))
    (supply,) = root.iter(f"{root.tag.removesuffix('ONIXMessage')}SupplyDetail")
    found = [f"{one.tag.rpartition('}')[2]} {one.text or ''}" for one in supply.iter()]
    assert [row for row in found if row.startswith(("Price", "Currency", "Unpriced")) and row != "Price "][
        -3:
    ] == written


def test_subject_codes_stand_under_their_schemes(tmp_path: Path) -> None:
    about = {"bisac": ["ABC", "LCO002000", "SPO035000"], "thema": ["1KBB-US-N", "walking", "DNL", "3MR"]}
    root = ElementTree.fromstring(made(book(tmp_path, **about)))
    space = {"o": root.tag[1:].partition("}")[0]}
    found = [
        (one.find("o:MainSubject", space) is not None, *(one.findtext(f"o:{name}", "", space) for name in ("SubjectSchemeIdentifier", "SubjectCode")))
        for one in root.findall("o:Product", space)[0].iter(f"{{{space['o']}}}Subject")
    ]  # fmt: skip
    assert found == [
        (True, "10", "LCO002000"), (False, "10", "SPO035000"), (False, "94", "1KBB-US-N"), (True, "93", "DNL"),
        (False, "96", "3MR"), (False, "20", ""),
    ]  # fmt: skip


def test_who_is_anonymous_stays_so(tmp_path: Path) -> None:
    hidden = story(
        "one", prose(1, 40), contributor={"name": "Greta Secret", "anonymous": True, "sort": "Secret, Greta"}
    )
    data = made(book(tmp_path, [hidden])).decode()
    assert "Secret" not in data
    assert "<UnnamedPersons>02</UnnamedPersons>" in data


def test_an_e_book_that_says_nothing_has_no_features() -> None:
    assert features({}) == []
