"""The few words that milebook itself puts into a book, in the book's language."""

from __future__ import annotations

from collections.abc import Mapping

ENGLISH: Mapping[str, str] = {
    "contents": "Contents",
    "illustrations": "Illustrations",
    "contributors": "Contributors",
    "credits": "Credits",
    "captions": "Captions",
    "dedication": "Dedication",
    "by": "by",
    "edited-by": "Edited by",
    "chapter": "Chapter",
    "working-title": "Working title",
    "draft-of": "Draft of {date}",
    "compilation": "Compilation © {year} {holder}",
    "stories": "Each story © its contributor, printed by permission.",
    "rights": "All rights reserved.",
    "print-isbn": "ISBN {isbn} (print)",
    "ebook-isbn": "ISBN {isbn} (e-book)",
    "hardcover-isbn": "ISBN {isbn} (hardcover)",
    "lccn": "Library of Congress Control Number {number}",
    "printed-in": "Printed in {place}",
    "published-by": "Published by {publisher}",
    "first-published": "first published at {where}",
    "words": "about {count} words",
    "and": "and",
}
LANGUAGES: Mapping[str, Mapping[str, str]] = {
    "en": ENGLISH,
    "de": {
        "contents": "Inhalt", "illustrations": "Abbildungen", "contributors": "Die Beitragenden", "credits": "Nachweise",
        "captions": "Bildlegenden", "dedication": "Widmung", "by": "von", "edited-by": "Herausgegeben von",
        "chapter": "Kapitel", "working-title": "Arbeitstitel", "draft-of": "Fassung vom {date}",
        "compilation": "Zusammenstellung © {year} {holder}",
        "stories": "Jede Geschichte © ihr Verfasser, abgedruckt mit Genehmigung.", "rights": "Alle Rechte vorbehalten.",
        "print-isbn": "ISBN {isbn} (Buch)", "ebook-isbn": "ISBN {isbn} (E-Book)", "printed-in": "Gedruckt in {place}",
        "published-by": "Erschienen bei {publisher}", "first-published": "zuerst erschienen bei {where}",
        "words": "etwa {count} Wörter", "and": "und",
    },
    "fr": {
        "contents": "Table des matières", "illustrations": "Illustrations", "contributors": "Les auteurs",
        "credits": "Crédits", "captions": "Légendes", "dedication": "Dédicace", "by": "par",
        "edited-by": "Textes réunis par", "chapter": "Chapitre", "working-title": "Titre provisoire",
        "draft-of": "Version du {date}", "compilation": "Recueil © {year} {holder}",
        "stories": "Chaque récit © son auteur, reproduit avec autorisation.", "rights": "Tous droits réservés.",
        "print-isbn": "ISBN {isbn} (imprimé)", "ebook-isbn": "ISBN {isbn} (livre numérique)",
        "printed-in": "Imprimé en {place}", "published-by": "Publié par {publisher}",
        "first-published": "d’abord paru : {where}", "words": "environ {count} mots", "and": "et",
    },
    "es": {
        "contents": "Índice", "illustrations": "Ilustraciones", "contributors": "Los autores", "credits": "Créditos",
        "captions": "Pies de foto", "dedication": "Dedicatoria", "by": "de", "edited-by": "Edición de",
        "chapter": "Capítulo", "working-title": "Título provisional", "draft-of": "Versión del {date}",
        "compilation": "Compilación © {year} {holder}",
        "stories": "Cada relato © su autor, publicado con permiso.", "rights": "Todos los derechos reservados.",
        "print-isbn": "ISBN {isbn} (impreso)", "ebook-isbn": "ISBN {isbn} (libro electrónico)",
        "printed-in": "Impreso en {place}", "published-by": "Publicado por {publisher}",
        "first-published": "publicado antes en {where}", "words": "unas {count} palabras", "and": "y",
    },
    "pl": {
        "contents": "Spis treści", "illustrations": "Ilustracje", "contributors": "Autorzy", "credits": "Źródła",
        "captions": "Podpisy", "dedication": "Dedykacja", "by": "", "edited-by": "Pod redakcją",
        "chapter": "Rozdział", "working-title": "Tytuł roboczy", "draft-of": "Wersja z {date}",
        "compilation": "Wybór © {year} {holder}",
        "stories": "Każda opowieść © jej autor, druk za zgodą.", "rights": "Wszelkie prawa zastrzeżone.",
        "print-isbn": "ISBN {isbn} (druk)", "ebook-isbn": "ISBN {isbn} (e-book)", "printed-in": "Wydrukowano w {place}",
        "published-by": "Wydawca: {publisher}", "first-published": "pierwodruk: {where}", "words": "około {count} słów",
        "and": "i",
    },
    "vi": {
        "contents": "Mục lục", "illustrations": "Hình ảnh", "contributors": "Các tác giả", "credits": "Nguồn",
        "captions": "Chú thích ảnh", "dedication": "Đề tặng", "by": "", "edited-by": "Tuyển chọn:",
        "chapter": "Chương", "working-title": "Tên tạm", "draft-of": "Bản thảo ngày {date}",
        "compilation": "Tuyển tập © {year} {holder}",
        "stories": "Mỗi câu chuyện © tác giả, in với sự cho phép.", "rights": "Bảo lưu mọi quyền.",
        "print-isbn": "ISBN {isbn} (bản in)", "ebook-isbn": "ISBN {isbn} (sách điện tử)", "printed-in": "In tại {place}",
        "published-by": "Nhà xuất bản {publisher}", "first-published": "đăng lần đầu tại {where}",
        "words": "khoảng {count} từ", "and": "và",
    },
}  # fmt: skip
QUOTES: Mapping[str, tuple[str, str]] = {
    "en": ("“", "”"), "de": ("„", "“"), "fr": ("«\N{NARROW NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}»"),
    "es": ("«", "»"), "pl": ("„", "”"), "vi": ("“", "”"),
}  # fmt: skip
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]  # English only; other languages print the ISO date, which every reader of a draft can read


def term(language: str, name: str, **values: object) -> str:
    """A word or line of LANGUAGES in the language of a BCP 47 tag, English where we do not know it."""
    table = LANGUAGES.get(language.partition("-")[0].lower(), ENGLISH)
    return table.get(name, ENGLISH[name]).format(**values)


def quoted(language: str, text: str) -> str:
    """Text in the quotation marks of a language."""
    left, right = QUOTES.get(language.partition("-")[0].lower(), QUOTES["en"])
    return f"{left}{text}{right}"


def written_date(language: str, iso: str) -> str:
    """ "2026-03-15" as it is printed: March 15, 2026 in American English, 15 March 2026 in other English."""
    base = language.partition("-")[0].lower()
    parts = iso.split("-")
    if base != "en" or len(parts) != 3 or not all(part.isdigit() for part in parts):
        return iso
    year, month, day = parts[0], MONTHS[int(parts[1]) - 1], int(parts[2])
    if language.lower() in ("en", "en-us"):
        return f"{month} {day}, {year}"
    return f"{day} {month} {year}"


def listed(language: str, names: tuple[str, ...]) -> str:
    """Names in a row: "Ada Example and Bea Example"."""
    if len(names) < 2:
        return "".join(names)
    comma = "," if language.partition("-")[0].lower() == "en" and len(names) > 2 else ""
    return f"{', '.join(names[:-1])}{comma} {term(language, 'and')} {names[-1]}"


def about(words: int) -> str:
    """A word count for a title page: to the nearest 100, from 17,500 words on 500, from 40,000 on 1,000."""
    step = 1000 if words >= 40_000 else 500 if words >= 17_500 else 100
    rounded = max(step if words >= step / 2 else words, (words + step // 2) // step * step)
    return f"{rounded:,}"
