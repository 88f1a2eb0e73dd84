"""The few words that milebook itself puts into a book, in the book's language."""

from __future__ import annotations

from collections.abc import Mapping

from milebook.compose.dates import base
from milebook.markdown.quote_marks import marks
from milebook.model.line import Line, filled, line_of

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
    "figure": "Figure",
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
        "figure": "Abbildung", "hardcover-isbn": "ISBN {isbn} (gebunden)",
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
        "figure": "Figure", "hardcover-isbn": "ISBN {isbn} (relié)",
        "contents": "Table des matières", "illustrations": "Illustrations", "contributors": "Les auteurs",
        "credits": "Crédits", "captions": "Légendes", "dedication": "Dédicace", "by": "par",
        "edited-by": "Textes réunis par", "chapter": "Chapitre", "working-title": "Titre provisoire",
        "draft-of": "Version du {date}", "compilation": "Recueil © {year} {holder}",
        "stories": "Chaque récit © son auteur, reproduit avec autorisation.", "rights": "Tous droits réservés.",
        "print-isbn": "ISBN {isbn} (imprimé)", "ebook-isbn": "ISBN {isbn} (livre numérique)",
        "printed-in": "Imprimé en {place}", "published-by": "Publié par {publisher}",
        "first-published": "d’abord paru\u00a0: {where}", "words": "environ {count} mots", "and": "et",
    },
    "es": {
        "figure": "Figura", "hardcover-isbn": "ISBN {isbn} (tapa dura)",
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
        "figure": "Ilustracja", "hardcover-isbn": "ISBN {isbn} (oprawa twarda)",
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
        "figure": "Hình", "hardcover-isbn": "ISBN {isbn} (bìa cứng)",
        "contents": "Mục lục", "illustrations": "Hình ảnh", "contributors": "Các tác giả", "credits": "Nguồn",
        "captions": "Chú thích ảnh", "dedication": "Đề tặng", "by": "", "edited-by": "Tuyển chọn:",
        "chapter": "Chương", "working-title": "Tên tạm", "draft-of": "Bản thảo ngày {date}",
        "compilation": "Tuyển tập © {year} {holder}",
        "stories": "Mỗi câu chuyện © tác giả, in với sự cho phép.", "rights": "Bảo lưu mọi quyền.",
        "print-isbn": "ISBN {isbn} (bản in)", "ebook-isbn": "ISBN {isbn} (sách điện tử)", "printed-in": "In tại {place}",
        "published-by": "Nhà xuất bản {publisher}", "first-published": "đăng lần đầu tại {where}",
        "words": "khoảng {count} từ", "and": "và",
    },
    "it": {
        "contents": "Indice", "illustrations": "Illustrazioni", "contributors": "Gli autori", "credits": "Crediti",
        "captions": "Didascalie", "dedication": "Dedica", "by": "di", "edited-by": "A cura di", "chapter": "Capitolo",
        "figure": "Figura", "working-title": "Titolo provvisorio", "draft-of": "Bozza del {date}",
        "compilation": "Raccolta © {year} {holder}", "stories": "Ogni racconto © il suo autore, pubblicato con il suo permesso.",
        "rights": "Tutti i diritti riservati.", "print-isbn": "ISBN {isbn} (stampa)", "ebook-isbn": "ISBN {isbn} (e-book)",
        "hardcover-isbn": "ISBN {isbn} (rilegato)", "printed-in": "Stampato in {place}", "published-by": "Pubblicato da {publisher}",
        "first-published": "già pubblicato in {where}", "words": "circa {count} parole", "and": "e",
    },
    "nl": {
        "contents": "Inhoud", "illustrations": "Illustraties", "contributors": "De auteurs", "credits": "Verantwoording",
        "captions": "Bijschriften", "dedication": "Opdracht", "by": "door", "edited-by": "Samengesteld door", "chapter": "Hoofdstuk",
        "figure": "Figuur", "working-title": "Werktitel", "draft-of": "Versie van {date}", "compilation": "Samenstelling © {year} {holder}",
        "stories": "Elk verhaal © de auteur, afgedrukt met toestemming.", "rights": "Alle rechten voorbehouden.",
        "print-isbn": "ISBN {isbn} (druk)", "ebook-isbn": "ISBN {isbn} (e-boek)", "hardcover-isbn": "ISBN {isbn} (gebonden)",
        "printed-in": "Gedrukt in {place}", "published-by": "Uitgegeven door {publisher}",
        "first-published": "eerder verschenen bij {where}", "words": "ongeveer {count} woorden", "and": "en",
    },
    "pt": {
        "contents": "Índice", "illustrations": "Ilustrações", "contributors": "Os autores", "credits": "Créditos",
        "captions": "Legendas", "dedication": "Dedicatória", "by": "de", "edited-by": "Organização de", "chapter": "Capítulo",
        "figure": "Figura", "working-title": "Título provisório", "draft-of": "Versão de {date}", "compilation": "Coletânea © {year} {holder}",
        "stories": "Cada história © o seu autor, publicada com autorização.", "rights": "Todos os direitos reservados.",
        "print-isbn": "ISBN {isbn} (impresso)", "ebook-isbn": "ISBN {isbn} (e-book)", "hardcover-isbn": "ISBN {isbn} (capa dura)",
        "printed-in": "Impresso em {place}", "published-by": "Publicado por {publisher}",
        "first-published": "publicado antes em {where}", "words": "cerca de {count} palavras", "and": "e",
    },
    "sv": {
        "contents": "Innehåll", "illustrations": "Bilder", "contributors": "Författarna", "credits": "Bildkällor",
        "captions": "Bildtexter", "dedication": "Dedikation", "by": "av", "edited-by": "Sammanställd av", "chapter": "Kapitel",
        "figure": "Figur", "working-title": "Arbetstitel", "draft-of": "Utkast den {date}", "compilation": "Urval © {year} {holder}",
        "stories": "Varje berättelse © dess författare, tryckt med tillstånd.", "rights": "Med ensamrätt.",
        "print-isbn": "ISBN {isbn} (tryckt)", "ebook-isbn": "ISBN {isbn} (e-bok)", "hardcover-isbn": "ISBN {isbn} (inbunden)",
        "printed-in": "Tryckt i {place}", "published-by": "Utgiven av {publisher}",
        "first-published": "tidigare publicerad på {where}", "words": "ungefär {count} ord", "and": "och",
    },
    "da": {
        "contents": "Indhold", "illustrations": "Illustrationer", "contributors": "Forfatterne", "credits": "Kilder",
        "captions": "Billedtekster", "dedication": "Tilegnelse", "by": "af", "edited-by": "Redigeret af", "chapter": "Kapitel",
        "figure": "Figur", "working-title": "Arbejdstitel", "draft-of": "Udkast af {date}", "compilation": "Samling © {year} {holder}",
        "stories": "Hver fortælling © dens forfatter, trykt med tilladelse.", "rights": "Alle rettigheder forbeholdes.",
        "print-isbn": "ISBN {isbn} (trykt)", "ebook-isbn": "ISBN {isbn} (e-bog)", "hardcover-isbn": "ISBN {isbn} (indbundet)",
        "printed-in": "Trykt i {place}", "published-by": "Udgivet af {publisher}",
        "first-published": "tidligere udgivet på {where}", "words": "cirka {count} ord", "and": "og",
    },
    "nb": {
        "contents": "Innhold", "illustrations": "Illustrasjoner", "contributors": "Forfatterne", "credits": "Kilder",
        "captions": "Bildetekster", "dedication": "Dedikasjon", "by": "av", "edited-by": "Redigert av", "chapter": "Kapittel",
        "figure": "Figur", "working-title": "Arbeidstittel", "draft-of": "Utkast fra {date}", "compilation": "Utvalg © {year} {holder}",
        "stories": "Hver fortelling © forfatteren, trykt med tillatelse.", "rights": "Alle rettigheter forbeholdt.",
        "print-isbn": "ISBN {isbn} (trykt)", "ebook-isbn": "ISBN {isbn} (e-bok)", "hardcover-isbn": "ISBN {isbn} (innbundet)",
        "printed-in": "Trykt i {place}", "published-by": "Utgitt av {publisher}",
        "first-published": "tidligere utgitt på {where}", "words": "omtrent {count} ord", "and": "og",
    },
    "fi": {
        "contents": "Sisällys", "illustrations": "Kuvat", "contributors": "Kirjoittajat", "credits": "Lähteet",
        "captions": "Kuvatekstit", "dedication": "Omistus", "by": "", "edited-by": "Toimittanut", "chapter": "Luku",
        "figure": "Kuva", "working-title": "Työnimi", "draft-of": "Luonnos {date}", "compilation": "Kokoelma © {year} {holder}",
        "stories": "Kukin kertomus © kirjoittajansa, julkaistu luvalla.", "rights": "Kaikki oikeudet pidätetään.",
        "print-isbn": "ISBN {isbn} (painettu)", "ebook-isbn": "ISBN {isbn} (e-kirja)", "hardcover-isbn": "ISBN {isbn} (sidottu)",
        "printed-in": "Painopaikka: {place}", "published-by": "Kustantaja: {publisher}",
        "first-published": "julkaistu aiemmin: {where}", "words": "noin {count} sanaa", "and": "ja",
    },
    "cs": {
        "contents": "Obsah", "illustrations": "Ilustrace", "contributors": "Autoři", "credits": "Zdroje",
        "captions": "Popisky", "dedication": "Věnování", "by": "", "edited-by": "Uspořádali", "chapter": "Kapitola",
        "figure": "Obrázek", "working-title": "Pracovní název", "draft-of": "Verze z {date}", "compilation": "Výbor © {year} {holder}",
        "stories": "Každý příběh © jeho autor, otištěno se svolením.", "rights": "Všechna práva vyhrazena.",
        "print-isbn": "ISBN {isbn} (tisk)", "ebook-isbn": "ISBN {isbn} (e-kniha)", "hardcover-isbn": "ISBN {isbn} (vázaná)",
        "printed-in": "Místo tisku: {place}", "published-by": "Vydavatel: {publisher}",
        "first-published": "poprvé vyšlo: {where}", "words": "asi {count} slov", "and": "a",
    },
}  # fmt: skip


def term(language: str, name: str, **values: object) -> str:
    """A word or line of LANGUAGES in the language of a BCP 47 tag, English where we do not know it.

    With a Line among the values it is one, too.
    """
    pattern = LANGUAGES.get(base(language), ENGLISH).get(name, ENGLISH[name])
    if any(isinstance(value, Line) for value in values.values()):
        return filled(
            pattern, **{key: value if isinstance(value, str) else str(value) for key, value in values.items()}
        )
    return pattern.format(**values)


def quoted(language: str, text: str) -> Line:
    """Text in the quotation marks of a language."""
    signs = marks(language)
    return line_of(f"{signs.open2}{signs.inside}", text, f"{signs.inside}{signs.close2}")


def listed(language: str, names: tuple[str, ...]) -> str:
    """Names in a row: "Ada Example and Bea Example"."""
    if len(names) < 2:
        return "".join(names)
    comma = "," if language.partition("-")[0].lower() == "en" and len(names) > 2 else ""
    return f"{', '.join(names[:-1])}{comma} {term(language, 'and')} {names[-1]}"
