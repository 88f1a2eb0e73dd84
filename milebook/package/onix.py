"""The book as an ONIX 3.0 message: one product for each format that has a number or a price, for shops and catalogs.

Written to the reference names of ONIX 3.0; the code lists are EDItEUR's. Only what the index says is said here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from xml.etree import ElementTree

from milebook import __version__
from milebook.assemble.filed_names import filed
from milebook.checks.catalog_facts import bisac_code, currency_code, price_amount, thema_code
from milebook.layout import Page
from milebook.model.book import Book, BookInfo
from milebook.model.draft import Stamp
from milebook.permissions.bylines_and_credits import printed_name, withheld
from milebook.permissions.country_codes import countries

NAMESPACE = "http://ns.editeur.org/onix/{release}/reference"
EDITED_BY, COMPILED_BY, BY = "B01", "C01", "A01"  # list 17
ANONYMOUS = "02"  # list 19
FORMS = {"print": "BC", "hardcover": "BB", "ebook": "ED"}  # list 150
BISAC, THEMA, KEYWORDS = "10", "93", "20"  # list 27
FEATURES = {  # what an e-book says of itself in the words of schema.org -> list 196
    "tableOfContents": "11", "readingOrder": "13", "alternativeText": "14", "pageNavigation": "19",
    "structuralNavigation": "29", "displayTransformability": "36",
}  # fmt: skip
ALL_READABLE = "52"  # list 196: everything that means something can be read without sight
# of Thema codes by their first figure: place, language, time, education, interest and age, style
THEMA_QUALIFIERS = {"1": "94", "2": "95", "3": "96", "4": "97", "5": "98", "6": "99"}  # list 27
FREE, PRICE_LATER = "01", "02"  # list 57


class Extents(NamedTuple):
    """The print edition: its pages, its trim size and its figures."""

    pages: int
    page: Page
    figures: int


def onix(book: Book, stamp: Stamp, extents: Extents, accessibility: Mapping[str, Sequence[str]], release: str = "3.0") -> bytes:  # fmt: skip
    """The message. `accessibility` is what the e-book says of itself: schema.org's properties without their prefix."""
    info = book.info
    root = ElementTree.Element("ONIXMessage", {"release": release, "xmlns": NAMESPACE.format(release=release)})
    header = _add(root, "Header")
    _add(_add(header, "Sender"), "SenderName", _publisher(info))
    _add(header, "SentDateTime", stamp.date.replace("-", ""))
    _add(header, "MessageNote", f"Made by milebook {__version__}, build {stamp.build_id}")
    formats = [form for form in FORMS if info.isbn.get(form) or info.price.get(form)]
    for form in formats or ["print", "ebook"]:
        _product(root, book, form, stamp, extents, accessibility, [other for other in formats if other != form])
    ElementTree.indent(root, " ")
    body: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def _product(root: ElementTree.Element, book: Book, form: str, stamp: Stamp, extents: Extents, accessibility: Mapping[str, Sequence[str]], others: list[str]) -> None:  # fmt: skip
    info = book.info
    product = _add(root, "Product")
    number = _isbn(info, form)
    _add(product, "RecordReference", f"org.milebook.{stamp.build_id}.{form}" if not number else f"isbn.{number}")
    _add(product, "NotificationType", "02")
    _identifier(product, number, form, stamp)
    detail = _add(product, "DescriptiveDetail")
    _form(detail, form, extents, accessibility)
    _titles(detail, info)
    _contributors(detail, book)
    edition = re.match(r"\d+", info.edition)
    if edition:
        _add(detail, "EditionNumber", edition.group())
    if info.edition and not edition:
        _add(detail, "EditionStatement", info.edition)
    language = _add(detail, "Language")
    _add(language, "LanguageRole", "01")
    _add(language, "LanguageCode", _language(info.language))
    if form != "ebook" and extents.pages:
        _extent(detail, extents.pages)
    _add(detail, "Illustrated", "02" if extents.figures else "01")
    if extents.figures:
        _add(detail, "NumberOfIllustrations", str(extents.figures))
    _subjects(detail, info)
    audience = _add(detail, "Audience")
    _add(audience, "AudienceCodeType", "01")
    _add(audience, "AudienceCodeValue", "01")
    _collateral(product, info)
    _publishing(product, info)
    _related(product, info, others)
    _supply(product, info, form)


def _identifier(parent: ElementTree.Element, number: str, form: str, stamp: Stamp) -> None:
    one = _add(parent, "ProductIdentifier")
    _add(one, "ProductIDType", "15" if number else "01")
    if not number:
        _add(one, "IDTypeName", "milebook build")
    _add(one, "IDValue", number or f"{stamp.build_id}-{form}")


def _form(detail: ElementTree.Element, form: str, extents: Extents, accessibility: Mapping[str, Sequence[str]]) -> None:
    _add(detail, "ProductComposition", "00")
    _add(detail, "ProductForm", FORMS[form])
    if form == "ebook":
        _add(detail, "ProductFormDetail", "E101")
        for code in features(accessibility):
            feature = _add(detail, "ProductFormFeature")
            _add(feature, "ProductFormFeatureType", "09")
            _add(feature, "ProductFormFeatureValue", code)
        _add(detail, "PrimaryContentType", "10")
        _add(detail, "EpubTechnicalProtection", "00")
        return
    for kind, length in (("01", extents.page.height), ("02", extents.page.width)):
        measure = _add(detail, "Measure")
        _add(measure, "MeasureType", kind)
        _add(measure, "Measurement", f"{length / 72:.3f}".rstrip("0").rstrip("."))
        _add(measure, "MeasureUnitCode", "in")


def features(accessibility: Mapping[str, Sequence[str]]) -> list[str]:
    """The codes of list 196 for what an e-book says of itself."""
    features = accessibility.get("accessibilityFeature", ())
    codes = [code for name, code in FEATURES.items() if name in features]
    return codes + ([ALL_READABLE] if "textual" in accessibility.get("accessModeSufficient", ()) else [])


def _titles(detail: ElementTree.Element, info: BookInfo) -> None:
    title = _add(detail, "TitleDetail")
    _add(title, "TitleType", "01")
    element = _add(title, "TitleElement")
    _add(element, "TitleElementLevel", "01")
    _add(element, "TitleText", info.title)
    if info.subtitle:
        _add(element, "Subtitle", info.subtitle)


def _contributors(detail: ElementTree.Element, book: Book) -> None:
    """The editors in the order of the title page, then everybody with a story, by the name that is printed."""
    info = book.info
    people: dict[str, str] = {}
    for story in book.stories:
        one = story.contributor
        name = printed_name(one, info.language)
        if name:
            people.setdefault("" if one.anonymous else name, "" if withheld(one) else one.sort)
    rows: list[tuple[tuple[str, ...], str, str]] = [((EDITED_BY, COMPILED_BY), name, "") for name in info.authors]
    rows += [((BY,), name, sort) for name, sort in people.items()]
    for number, (roles, name, sort) in enumerate(rows, 1):
        one_person = _add(detail, "Contributor")
        _add(one_person, "SequenceNumber", str(number))
        for role in roles:
            _add(one_person, "ContributorRole", role)
        if not name:
            _add(one_person, "UnnamedPersons", ANONYMOUS)
            continue
        filing = filed(name, sort, info.language)
        _add(one_person, "PersonName", name)
        if filing.rest:
            _add(one_person, "PersonNameInverted", str(f"{filing.surname}, {filing.rest}"))
            _add(one_person, "NamesBeforeKey", filing.rest)
        if filing.surname:
            _add(one_person, "KeyNames", filing.surname)


def _extent(detail: ElementTree.Element, pages: int) -> None:
    extent = _add(detail, "Extent")
    _add(extent, "ExtentType", "00")
    _add(extent, "ExtentValue", str(pages))
    _add(extent, "ExtentUnit", "03")


def _subjects(detail: ElementTree.Element, info: BookInfo) -> None:
    """BISAC and Thema codes, the first of each as the main one; words that are no code are keywords."""
    bisac = [code for word in info.bisac if (code := bisac_code(word))]
    thema = [code for word in info.thema if (code := thema_code(word))]
    words = [*info.keywords, *(word for word in info.bisac if not bisac_code(word))]
    schemes = [(BISAC, code) for code in bisac] + [(THEMA_QUALIFIERS.get(code[0], THEMA), code) for code in thema]
    led: set[str] = set()
    for scheme, code in schemes:
        subject = _add(detail, "Subject")
        if scheme in (BISAC, THEMA) and scheme not in led:
            led.add(scheme)
            _add(subject, "MainSubject")
        _add(subject, "SubjectSchemeIdentifier", scheme)
        _add(subject, "SubjectCode", code)
    if words:
        subject = _add(detail, "Subject")
        _add(subject, "SubjectSchemeIdentifier", KEYWORDS)
        _add(subject, "SubjectHeadingText", "; ".join(words))


def _collateral(product: ElementTree.Element, info: BookInfo) -> None:
    if not info.description:
        return
    text = _add(_add(product, "CollateralDetail"), "TextContent")
    _add(text, "TextType", "03")
    _add(text, "ContentAudience", "00")
    _add(text, "Text", info.description)


def _publishing(product: ElementTree.Element, info: BookInfo) -> None:
    detail = _add(product, "PublishingDetail")
    publisher = _add(detail, "Publisher")
    _add(publisher, "PublishingRole", "01")
    _add(publisher, "PublisherName", _publisher(info))
    _add(detail, "PublishingStatus", "02")
    if info.copyright_year or info.copyright_holder:
        statement = _add(detail, "CopyrightStatement")
        for year in re.findall(r"\d{4}", info.copyright_year):
            _add(statement, "CopyrightYear", year)
        _add(_add(statement, "CopyrightOwner"), "PersonName", info.copyright_holder or ", ".join(info.authors))
    sold = countries(info.editions.territory) if info.editions.territory else None
    world = info.editions.territory.casefold().strip() in ("world", "worldwide")
    if sold or world:
        rights = _add(detail, "SalesRights")
        _add(rights, "SalesRightsType", "02")
        territory = _add(rights, "Territory")
        if world:
            _add(territory, "RegionsIncluded", "WORLD")
        else:
            _add(territory, "CountriesIncluded", " ".join(sorted(sold or ())))


def _related(product: ElementTree.Element, info: BookInfo, others: Iterable[str]) -> None:
    numbers = [number for form in others if (number := _isbn(info, form))]
    if not numbers:
        return
    related = _add(product, "RelatedMaterial")
    for number in numbers:
        one = _add(related, "RelatedProduct")
        _add(one, "ProductRelationCode", "06")
        identifier = _add(one, "ProductIdentifier")
        _add(identifier, "ProductIDType", "15")
        _add(identifier, "IDValue", number)


def _supply(product: ElementTree.Element, info: BookInfo, form: str) -> None:
    detail = _add(_add(product, "ProductSupply"), "SupplyDetail")
    supplier = _add(detail, "Supplier")
    _add(supplier, "SupplierRole", "01")
    _add(supplier, "SupplierName", _publisher(info))
    _add(detail, "ProductAvailability", "10")
    amount, currency = price_amount(info.price.get(form, "")), currency_code(info.price.get("currency", ""))
    if amount and not float(amount):
        _add(detail, "UnpricedItemType", FREE)
    elif amount and currency:
        price = _add(detail, "Price")
        _add(price, "PriceType", "01")
        _add(price, "PriceAmount", amount)
        _add(price, "CurrencyCode", currency)
    else:
        _add(detail, "UnpricedItemType", PRICE_LATER)


def _publisher(info: BookInfo) -> str:
    """The publisher; a book that has none yet is its editors'."""
    return info.publisher or ", ".join(info.authors) or info.copyright_holder or info.title


def _isbn(info: BookInfo, form: str) -> str:
    digits = "".join(sign for sign in info.isbn.get(form, "") if sign.isdigit())
    return digits if len(digits) == 13 else ""


def _language(tag: str) -> str:
    """The three letters of list 74 (ISO 639-2/B); "und" for a language that has none."""
    import langcodes

    try:
        return str(langcodes.Language.get(tag).to_alpha3(variant="B"))
    except LookupError:
        return "und"


def _add(parent: ElementTree.Element, name: str, text: str = "") -> ElementTree.Element:
    child = ElementTree.SubElement(parent, name)
    folded = " ".join(text.split())
    if folded:
        child.text = folded
    return child
