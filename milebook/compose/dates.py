"""Dates and numbers as they are printed in the language of the book."""

from __future__ import annotations

# Language -> the months' names as they stand in a date, and the date's form.
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta "
    "joulukuuta",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "vi": "1 2 3 4 5 6 7 8 9 10 11 12",
}
_FORMS = {
    "de": "{day}. {month} {year}", "es": "{day} de {month} de {year}", "pt": "{day} de {month} de {year}",
    "da": "{day}. {month} {year}", "nb": "{day}. {month} {year}", "fi": "{day}. {month} {year}", "cs": "{day}. {month} {year}",
    "vi": "{day} tháng {month} năm {year}",
}  # fmt: skip
_THOUSANDS = {"en": ",", "vi": ".", "de": ".", "es": ".", "it": ".", "nl": ".", "pt": ".", "da": "."}
_SAME = {"no": "nb", "nn": "nb"}


def base(language: str) -> str:
    """The first part of a BCP 47 tag, with both Norwegians as one."""
    first = language.partition("-")[0].lower()
    return _SAME.get(first, first)


def written_date(language: str, iso: str) -> str:
    """ "2026-03-15" as it is printed: March 15, 2026 in American English, 15 March 2026 in British, 15. März 2026 in German.

    In a language that is not in the table the ISO date, which every reader of a draft can read.
    """
    spoken = base(language)
    parts = iso.split("-")
    if spoken not in _MONTHS or len(parts) != 3 or not all(part.isdigit() for part in parts):
        return iso
    year, month, day = parts[0], _MONTHS[spoken].split()[int(parts[1]) - 1], int(parts[2])
    if language.lower() in ("en", "en-us"):
        return f"{month} {day}, {year}"
    first = "1er" if spoken == "fr" and day == 1 else str(day)
    return _FORMS.get(spoken, "{day} {month} {year}").format(day=first, month=month, year=year)


def about(words: int, language: str = "en") -> str:
    """A word count for a title page: to the nearest 100, from 17,500 words on 500, from 40,000 on 1,000."""
    step = 1000 if words >= 40_000 else 500 if words >= 17_500 else 100
    rounded = max(step if words >= step / 2 else words, (words + step // 2) // step * step)
    return f"{rounded:,}".replace(",", _THOUSANDS.get(base(language), "\u00a0"))
