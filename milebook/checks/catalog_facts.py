"""Prices, currencies and subject codes as the catalogs of bookshops take them, and findings about those that they cannot."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from milebook.model.book import Book, BookInfo
from milebook.model.findings import Finding, Place

FORMATS = ("print", "hardcover", "ebook")
# ISO 4217: what can be paid with, without metals and funds
_CURRENCIES = frozenset(
    """
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY
    COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR
    IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR
    MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD
    SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD
    XCG XOF XPF YER ZAR ZMW ZWG
    """.split()
)
_CALLED = {  # what people write instead
    "$": "USD", "us$": "USD", "dollar": "USD", "dollars": "USD", "us dollar": "USD", "us dollars": "USD", "€": "EUR", "euro": "EUR",
    "euros": "EUR", "£": "GBP", "pound": "GBP", "pounds": "GBP", "sterling": "GBP", "¥": "JPY", "yen": "JPY", "franken": "CHF",
    "sfr": "CHF", "zł": "PLN", "zloty": "PLN", "złoty": "PLN", "kč": "CZK", "₹": "INR", "rupee": "INR", "rupees": "INR",
    "c$": "CAD", "can$": "CAD", "a$": "AUD", "au$": "AUD", "nz$": "NZD",
}  # fmt: skip
# the headings of the Book Industry Study Group
_BISAC_HEADINGS = frozenset(
    """
    ANT ARC ART BIB BIO BUS CGN CKB COM CRA DES DRA EDU FAM FIC FOR GAM GAR HEA HIS HOM HUM JNF JUV LAN LAW LCO LIT MAT MED
    MUS NAT NON OCC PER PET PHI PHO POE POL PSY REF REL SCI SEL SOC SPO STU TEC TRA TRU TRV YAF YAN
    """.split()
)
_LIKE_BISAC = re.compile(r"[A-Za-z]{3}[\s-]*[0-9OolI]*|[A-Za-z]{2,4}[\s-]*\d+")
_THEMA = re.compile(r"[A-Y][A-Z0-9]{0,8}|[1-6][A-Z0-9]{1,8}(?:-[A-Z0-9]+)*")
_NUMBER = re.compile(r"\d+(?:[.,]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,3})?", re.ASCII)


def price_amount(written: str) -> str:
    """A price as a number with a point: 16.95 for “$16.95”, “16,95 €” and “16.95 USD”; "" where it is no price."""
    text = "".join(written.replace("’", "'").split()).removesuffix("-").removesuffix("–").removesuffix("—").rstrip(".,")
    start = next((at for at, sign in enumerate(text) if sign.isdecimal()), len(text))
    end = next((at for at in range(len(text), 0, -1) if text[at - 1].isdecimal()), 0)
    number = re.sub(r"(?<=\d)'(?=\d{3}(?!\d))", "", text[start:end])
    if not all(_beside_a_number(part) for part in (text[:start], text[end:])) or not _NUMBER.fullmatch(number):
        return ""
    whole, sign, rest = number.rpartition("." if number.rfind(".") > number.rfind(",") else ",")
    if not sign or (len(rest) == 3 and whole != "0"):  # what three figures follow parts thousands
        return re.sub(r"[.,]", "", number)
    return f"{re.sub('[.,]', '', whole)}.{rest}"


def _beside_a_number(text: str) -> bool:
    """Whether this may be a currency before or behind a price: $, US$, zł, EUR."""
    return len(text) <= 4 and all(sign.isalpha() or unicodedata.category(sign) == "Sc" for sign in text.rstrip("."))


def currency_code(written: str) -> str:
    """The code of a currency in capitals; "" where it is none."""
    code = written.strip().upper()
    return code if code in _CURRENCIES else ""


def bisac_code(written: str) -> str:
    """A BISAC code as it is; "" for a word, and for what is none."""
    text = written.strip()
    return text if re.fullmatch(r"[A-Z]{3}[0-9]{6}", text) and text[:3] in _BISAC_HEADINGS else ""


def thema_code(written: str) -> str:
    """A Thema code as it is; "" for what is none."""
    text = written.strip()
    return text if _THEMA.fullmatch(text) else ""


def catalog_facts(book: Book, _counts: object = None) -> Iterator[Finding]:
    """A warning for everything that the ONIX file would have to leave out."""
    yield from _prices(book.info)
    yield from _subjects(book.info)


def _prices(info: BookInfo) -> Iterator[Finding]:
    prices = {form: info.price[form] for form in FORMATS if info.price.get(form)}
    currency = info.price.get("currency", "")
    if prices and not currency:
        place = info.places.get(f"price.{next(iter(prices))}", info.at("price"))
        yield _finding(
            "the price has no currency", place, "add currency: with its three letters, such as USD, EUR or GBP"
        )
    elif currency and not currency_code(currency):
        meant = _CALLED.get(currency.strip().casefold())
        cure = f"write {meant}" if meant else "write its three letters, such as USD, EUR or GBP"
        cure += ", if that is the one" if meant == "USD" else ""
        yield _finding(
            f"“{currency}” is no code of a currency", info.places.get("price.currency", info.at("price")), cure
        )
    for form, written in prices.items():
        if not price_amount(written):
            place = info.places.get(f"price.{form}", info.at("price"))
            yield _finding(f"“{written}” is no price", place, f"write the number alone: {form}: 16.95")


def _subjects(info: BookInfo) -> Iterator[Finding]:
    for word in info.bisac:
        text = word.strip()
        if bisac_code(text) or not _LIKE_BISAC.fullmatch(text) or (len(text) == 3 and not text.isupper()):
            continue
        meant = re.sub(r"[\s-]", "", text).upper()
        meant = meant[:3].translate(str.maketrans("01", "OI")) + meant[3:].translate(str.maketrans("OLI", "011"))
        if bisac_code(meant):
            cure = f"write {meant}"
        else:
            cure = "copy it from the list of the Book Industry Study Group: three capital letters and six figures, as in LCO002000; words of your own belong under keywords:"
        yield _finding(f"“{word}” is no BISAC code, and stands among the keywords", info.at("bisac"), cure)
    for word in info.thema:
        if not thema_code(word):
            meant = word.strip().upper()
            like = thema_code(meant) and (any(map(str.isdigit, meant)) or len(meant) < 5)
            cure = (
                f"write {meant}"
                if like
                else "copy it from the list of EDItEUR, as in DNL; words of your own belong under keywords:"
            )
            yield _finding(f"“{word}” is no Thema code, and is left out", info.at("thema"), cure)


def _finding(fact: str, place: Place, cure: str) -> Finding:
    return Finding("MB660", f"{fact}: a bookshop's catalog (onix.xml of the package) cannot take it", place, cure)
