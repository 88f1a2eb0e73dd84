"""Turn words for parts of the world into sets of ISO 3166 country codes: "US and Canada" -> {"US", "CA"}."""

from __future__ import annotations

import re
from functools import cache

# code, then the names an author may write, separated by "|"; the ISO short name comes first
_COUNTRIES = """
AD Andorra; AE United Arab Emirates|UAE|Emirates; AF Afghanistan; AG Antigua and Barbuda; AI Anguilla; AL Albania;
AM Armenia; AO Angola; AQ Antarctica; AR Argentina; AS American Samoa; AT Austria|Österreich; AU Australia; AW Aruba;
AX Åland Islands; AZ Azerbaijan; BA Bosnia and Herzegovina|Bosnia; BB Barbados; BD Bangladesh; BE Belgium;
BF Burkina Faso; BG Bulgaria; BH Bahrain; BI Burundi; BJ Benin; BL Saint Barthélemy; BM Bermuda; BN Brunei Darussalam|Brunei;
BO Bolivia; BQ Bonaire, Sint Eustatius and Saba|Bonaire; BR Brazil|Brasil; BS Bahamas|The Bahamas; BT Bhutan;
BV Bouvet Island; BW Botswana; BY Belarus; BZ Belize; CA Canada; CC Cocos Islands; CD Democratic Republic of the Congo|DR Congo;
CF Central African Republic; CG Congo; CH Switzerland|Schweiz|Suisse; CI Côte d'Ivoire|Ivory Coast; CK Cook Islands;
CL Chile; CM Cameroon; CN China; CO Colombia; CR Costa Rica; CU Cuba; CV Cabo Verde|Cape Verde; CW Curaçao;
CX Christmas Island; CY Cyprus; CZ Czechia|Czech Republic; DE Germany|Deutschland; DJ Djibouti; DK Denmark; DM Dominica;
DO Dominican Republic; DZ Algeria; EC Ecuador; EE Estonia; EG Egypt; EH Western Sahara; ER Eritrea; ES Spain|España;
ET Ethiopia; FI Finland; FJ Fiji; FK Falkland Islands; FM Micronesia; FO Faroe Islands; FR France; GA Gabon;
GB United Kingdom|UK|Great Britain|Britain; GD Grenada; GE Georgia; GF French Guiana; GG Guernsey; GH Ghana; GI Gibraltar;
GL Greenland; GM Gambia|The Gambia; GN Guinea; GP Guadeloupe; GQ Equatorial Guinea; GR Greece; GS South Georgia; GT Guatemala;
GU Guam; GW Guinea-Bissau; GY Guyana; HK Hong Kong; HM Heard Island; HN Honduras; HR Croatia; HT Haiti; HU Hungary;
ID Indonesia; IE Ireland|Republic of Ireland; IL Israel; IM Isle of Man; IN India; IO British Indian Ocean Territory; IQ Iraq;
IR Iran; IS Iceland; IT Italy|Italia; JE Jersey; JM Jamaica; JO Jordan; JP Japan; KE Kenya; KG Kyrgyzstan; KH Cambodia;
KI Kiribati; KM Comoros; KN Saint Kitts and Nevis; KP North Korea; KR South Korea|Korea; KW Kuwait; KY Cayman Islands;
KZ Kazakhstan; LA Laos; LB Lebanon; LC Saint Lucia; LI Liechtenstein; LK Sri Lanka; LR Liberia; LS Lesotho; LT Lithuania;
LU Luxembourg; LV Latvia; LY Libya; MA Morocco; MC Monaco; MD Moldova; ME Montenegro; MF Saint Martin; MG Madagascar;
MH Marshall Islands; MK North Macedonia; ML Mali; MM Myanmar|Burma; MN Mongolia; MO Macao|Macau; MP Northern Mariana Islands;
MQ Martinique; MR Mauritania; MS Montserrat; MT Malta; MU Mauritius; MV Maldives; MW Malawi; MX Mexico|México; MY Malaysia;
MZ Mozambique; NA Namibia; NC New Caledonia; NE Niger; NF Norfolk Island; NG Nigeria; NI Nicaragua;
NL Netherlands|The Netherlands|Holland; NO Norway; NP Nepal; NR Nauru; NU Niue; NZ New Zealand; OM Oman; PA Panama; PE Peru;
PF French Polynesia; PG Papua New Guinea; PH Philippines; PK Pakistan; PL Poland|Polska; PM Saint Pierre and Miquelon; PN Pitcairn;
PR Puerto Rico; PS Palestine; PT Portugal; PW Palau; PY Paraguay; QA Qatar; RE Réunion; RO Romania; RS Serbia; RU Russia;
RW Rwanda; SA Saudi Arabia; SB Solomon Islands; SC Seychelles; SD Sudan; SE Sweden; SG Singapore; SH Saint Helena; SI Slovenia;
SJ Svalbard and Jan Mayen; SK Slovakia; SL Sierra Leone; SM San Marino; SN Senegal; SO Somalia; SR Suriname; SS South Sudan;
ST Sao Tome and Principe; SV El Salvador; SX Sint Maarten; SY Syria; SZ Eswatini|Swaziland; TC Turks and Caicos Islands; TD Chad;
TF French Southern Territories; TG Togo; TH Thailand; TJ Tajikistan; TK Tokelau; TL Timor-Leste; TM Turkmenistan; TN Tunisia;
TO Tonga; TR Türkiye|Turkey; TT Trinidad and Tobago; TV Tuvalu; TW Taiwan; TZ Tanzania; UA Ukraine; UG Uganda;
UM US Minor Outlying Islands; US United States|United States of America|USA|America; UY Uruguay; UZ Uzbekistan; VA Vatican City;
VC Saint Vincent and the Grenadines; VE Venezuela; VG British Virgin Islands; VI US Virgin Islands; VN Vietnam|Viet Nam;
VU Vanuatu; WF Wallis and Futuna; WS Samoa; XK Kosovo; YE Yemen; YT Mayotte; ZA South Africa; ZM Zambia; ZW Zimbabwe
"""

_REGIONS = {
    "north america": "US CA MX",
    "european union|eu": "AT BE BG HR CY CZ DK EE FI FR DE GR HU IE IT LV LT LU MT NL PL PT RO SK SI ES SE",
    "european economic area|eea": "@eu IS LI NO",
    "europe": "@eea GB CH AL AD BA BY FO GG GI IM JE MC MD ME MK RS RU SM TR UA VA XK AX SJ",
    "british isles": "GB IE GG JE IM",
    "commonwealth|british commonwealth": (
        "AG AU BS BD BB BZ BW BN CM CA CY DM SZ FJ GA GM GH GD GY IN JM KE KI LS MW MY MV MT MU MZ NA NR NZ NG PK PG RW "
        "KN LC VC WS SC SL SG SB ZA LK TZ TG TO TT TV UG GB VU ZM"
    ),
    "latin america": "AR BO BR CL CO CR CU DO EC SV GT HN MX NI PA PY PE PR UY VE",
    "south america": "AR BO BR CL CO EC FK GF GY PY PE SR UY VE",
    "australasia": "AU NZ",
    "scandinavia": "DK NO SE",
    "benelux": "BE NL LU",
    "dach": "DE AT CH",
}
_WORLD = {"world", "worldwide", "the world", "whole world", "all", "global", "everywhere"}


def countries(written: str) -> frozenset[str] | None:
    """Codes of the countries that a territory's words name; None when one of the words is not known.

    Parts are joined by commas, semicolons, slashes, "+", "&" or "and"; "world except France" is understood.
    """
    base, *excepted = re.split(r"\s*\b(?:except|excluding|without)\b\s*(?:for\s+)?", _fold(written), maxsplit=1)
    covered = _sum(base)
    if covered is None or not excepted:
        return covered
    less = _sum(excepted[0])
    return None if less is None else covered - less


def unknown_part(written: str) -> str:
    """The first part of a territory that names no country and no region, as it was typed; all of it where no part can be blamed."""
    parts = re.split(r"[,;/+&]|\b(?:and|except|excluding|without)\b", written)
    return next((part.strip() for part in parts if part.strip() and countries(part) is None), written)


def _sum(written: str) -> frozenset[str] | None:
    table = _table()
    if written in table:
        return table[written]
    found: set[str] = set()
    for part in re.split(r"[,;/+&]", written):
        if part.strip() in table:
            found |= table[part.strip()]
            continue
        for word in re.split(r"\band\b", part):
            if not word.strip():
                continue
            codes = table.get(word.strip()) or table.get(word.strip().removeprefix("the "))
            if codes is None:
                return None
            found |= codes
    return frozenset(found) or None


def _fold(text: str) -> str:
    return " ".join(text.replace("’", "'").replace(".", "").casefold().split())


@cache
def _table() -> dict[str, frozenset[str]]:
    table: dict[str, frozenset[str]] = {}
    for entry in _COUNTRIES.replace("\n", " ").split(";"):
        code, _, names = entry.strip().partition(" ")
        for name in (code, *names.split("|")):
            table[_fold(name)] = frozenset([code])
    for words, members in _REGIONS.items():
        codes: set[str] = set()
        for member in members.split():
            codes |= table[member[1:]] if member.startswith("@") else {member}
        for word in words.split("|"):
            table[word] = frozenset(codes)
    everything = frozenset(code for codes in table.values() for code in codes)
    return table | dict.fromkeys(_WORLD, everything)
