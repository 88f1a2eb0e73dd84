"""Words that stand where the name of a person should stand although nobody knows it: “Anonymous”, “unknown”, “?”."""

from __future__ import annotations

from milebook.model.slugs import plain_words

NAMELESS = "(name not known)"
ANONYMOUS = {
    "ar": "مجهول الاسم", "bg": "Анонимен", "ca": "Anònim", "fa": "ناشناس", "he": "אנונימי",
    "cs": "Anonym", "da": "Anonym", "de": "Anonym", "el": "Ανώνυμος", "en": "Anonymous", "es": "Anónimo", "et": "Anonüümne",
    "fi": "Nimetön", "fr": "Anonyme", "ga": "Gan ainm", "hr": "Anonimno", "hu": "Névtelen", "id": "Anonim", "is": "Nafnlaus",
    "it": "Anonimo", "ja": "匿名", "ko": "익명", "lt": "Anonimas", "lv": "Anonīms", "nb": "Anonym", "nl": "Anoniem",
    "nn": "Anonym", "no": "Anonym", "pl": "Anonim", "pt": "Anónimo", "pt-br": "Anônimo", "ro": "Anonim", "ru": "Аноним",
    "sk": "Anonym", "sl": "Anonimno", "sv": "Anonym", "tr": "Anonim", "uk": "Анонім", "vi": "Ẩn danh", "zh": "佚名",
}  # fmt: skip
"""What is printed in the place of a name, by language."""
_OTHER_WORDS = (
    "anon", "anonymous user", "anonymous reader", "anonima", "anônima", "anónima", "anonyma", "anonymer", "anonymt", "anoniman",
    "匿名希望", "无名", "無名", "이름 없음", "аноним", "анонимно",
    "name not known", "name unknown", "not known", "unknown", "unknown author", "author unknown", "unknown name", "no name",
    "noname", "nameless", "unnamed", "name withheld", "withheld", "guest", "someone", "somebody", "nobody", "none", "no one",
    "not given", "n n", "nn", "n a", "tba", "tbc", "tbd", "xxx", "unbekannt", "name unbekannt", "ohne name", "inconnu",
    "inconnue", "sans nom", "desconocido", "desconocida", "sin nombre", "sconosciuto", "sconosciuta", "senza nome", "desconhecido",
    "desconhecida", "sem nome", "onbekend", "zonder naam", "okänd", "ukjent", "ukendt", "tuntematon", "nieznany", "nieznana",
    "neznámý", "neznámy", "ismeretlen", "necunoscut", "bilinmiyor", "неизвестно", "неизвестный", "невідомо", "невідомий",
    "άγνωστος",
)  # fmt: skip


_WORDS = frozenset(plain_words(word) for word in (*ANONYMOUS.values(), *_OTHER_WORDS))


def names_nobody(name: str) -> bool:
    """Whether a text in the place of a name tells nobody apart: empty, only signs, or a word such as “Anonymous”."""
    letters = plain_words(name)
    return not letters or letters in _WORDS


def known_name(name: str) -> str:
    """The name of somebody, "" where the text names nobody."""
    return "" if names_nobody(name) else name
