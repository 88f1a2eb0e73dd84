"""Smart punctuation: what was typed beside what is printed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milebook.markdown.punctuation import TYPED, curl_runs
from milebook.model.text import Run


def curl(text, language):
    (run,) = curl_runs([Run(text)], language)
    return run.text


ENGLISH = [
    # quotations
    ('"Go," she said.', "“Go,” she said."),
    ('She said "go" and went.', "She said “go” and went."),
    ('"Go!"', "“Go!”"),
    ('He said: "Go."', "He said: “Go.”"),
    ('("Go")', "(“Go”)"),
    ('["Go"]', "[“Go”]"),
    ('"Go"?', "“Go”?"),
    ('"Go," he said, "now."', "“Go,” he said, “now.”"),
    ('"Go."She went.', "“Go.”She went."),
    ('"(Go)"', "“(Go)”"),
    ('" "', "“ ”"),
    ('""', "“”"),
    ('"', "“"),
    ("'", "‘"),
    ('said "', "said ”"),
    ("\"'Go,' he said,\" she said.", "“‘Go,’ he said,” she said."),
    ("\"He said, 'Go.'\"", "“He said, ‘Go.’”"),
    ("'He said, \"Go.\"'", "‘He said, “Go.”’"),
    ('"She said, \'He said, "Go."\'"', "“She said, ‘He said, “Go.”’”"),
    ("'Go,' he said. 'Now.'", "‘Go,’ he said. ‘Now.’"),
    ("the so-called 'wall'", "the so-called ‘wall’"),
    ("'wall'", "‘wall’"),
    ("('wall')", "(‘wall’)"),
    # dashes, dots and brackets beside quotes
    ('"Go--"', "“Go—”"),
    ('"Go--" he said.', "“Go—” he said."),
    ('He said--"go."', "He said—“go.”"),
    ('"I was"--she stopped--"gone."', "“I was”—she stopped—“gone.”"),
    ('"I was--" she stopped "--gone."', "“I was—” she stopped “—gone.”"),
    ('—"Go," he said.', "—“Go,” he said."),
    ('"—Go," he said.', "“—Go,” he said."),
    ('"...and then"', "“…and then”"),
    ('"And then..."', "“And then…”"),
    ('"And then..." he said', "“And then…” he said"),
    ('He said..."Go."', "He said…“Go.”"),
    ('"…go"', "“…go”"),
    ("he whispered—'go'—and went", "he whispered—‘go’—and went"),
    ('a/"b"', "a/“b”"),
    # apostrophes
    ("don't", "don’t"),
    ("y'all'd've", "y’all’d’ve"),
    ("o'clock", "o’clock"),
    ("O'Brien's", "O’Brien’s"),
    ("the runners' feet", "the runners’ feet"),
    ("the runners'", "the runners’"),
    ('"the runners\'"', "“the runners’”"),
    ("Charles' shoes.", "Charles’ shoes."),
    ("runnin' and jumpin'", "runnin’ and jumpin’"),
    ("in '86", "in ’86"),
    ("the '60s", "the ’60s"),
    ("the '60s and '70s", "the ’60s and ’70s"),
    ("'90s music", "’90s music"),
    ('"\'90s music"', "“’90s music”"),
    ("('90s)", "(’90s)"),
    ("the mid-'90s", "the mid-’90s"),
    ("the '90s'", "the ’90s’"),
    ("the 1980's", "the 1980’s"),
    ("the '60's", "the ’60’s"),
    ("class of '05.", "class of ’05."),
    ("'18 miles to go,' he said.", "‘18 miles to go,’ he said."),
    ("rock 'n' roll", "rock ’n’ roll"),
    ("Rock 'N' Roll", "Rock ’N’ Roll"),
    ("rock'n'roll", "rock’n’roll"),
    ("fish 'n chips", "fish ’n chips"),
    ("rock n' roll", "rock n’ roll"),
    ("\"rock 'n' roll\"", "“rock ’n’ roll”"),
    ("'tis", "’tis"),
    ("'Tis the season", "’Tis the season"),
    ('"\'Tis," she said', "“’Tis,” she said"),
    ("'Twas the night", "’Twas the night"),
    ("get 'em", "get ’em"),
    ("'cause I can", "’cause I can"),
    ("'til dawn", "’til dawn"),
    ("'Til dawn,", "’Til dawn,"),
    ("go 'round", "go ’round"),
    ("'Round we go,' he said.", "‘Round we go,’ he said."),
    ("how 'bout it", "how ’bout it"),
    ("'Cause and effect,' he said.", "‘Cause and effect,’ he said."),
    ("the 'temporary' shoes", "the ‘temporary’ shoes"),
    ("'tisane' is tea", "‘tisane’ is tea"),
    ("'I was runnin' late,' he said.", "‘I was runnin’ late,’ he said."),
    ("don`t", "don’t"),
    ("don´t", "don’t"),
    ("``Go,'' she said.", "“Go,” she said."),
    ('"in the \'hood," she said', "“in the ’hood,” she said"),
    ('"The \'burbs," she said', "“The ’burbs,” she said"),
    ("the 'rents said no", "the ’rents said no"),
    ("'In '86,' he said", "‘In ’86,’ he said"),
    ("'It was '98, not '97,' he said", "‘It was ’98, not ’97,’ he said"),
    ("'I was in the 'hood,' he said.", "‘I was in the ’hood,’ he said."),
    ("'E's 'ad 'is 'at on", "’E’s ’ad ’is ’at on"),
    ("a runaway 'prentice, that's all", "a runaway ’prentice, that’s all"),
    ("he 'lowed 'twarn't wuth it", "he ’lowed ’twarn’t wuth it"),
    ("\"I 'uz hungry, but I warn't 'feard\"", "“I ’uz hungry, but I warn’t ’feard”"),
    ("po' little 'Lizabeth", "po’ little ’Lizabeth"),
    ("the 'so-called best' runner", "the ‘so-called best’ runner"),
    ("She read 'The Lottery' and 'The Dead.'", "She read ‘The Lottery’ and ‘The Dead.’"),
    ("don`t rock `n` roll", "don’t rock ’n’ roll"),
    ("Toys 'R' Us, rated 'R'", "Toys ’R’ Us, rated ‘R’"),
    ("'We went to Toys 'R' Us,' he said.", "‘We went to Toys ’R’ Us,’ he said."),
    ("''Cause I said so,' she told me.", "‘’Cause I said so,’ she told me."),
    ("\"class of '86\" and ('86)", "“class of ’86” and (’86)"),
    ("\"What's 'it'?\" \"Is it 'its' or 'it's'?\"", "“What’s ‘it’?” “Is it ‘its’ or ‘it’s’?”"),
    ("wot's 'appenin', guv'nor", "wot’s ’appenin’, guv’nor"),
    ("1'000'000 francs", "1’000’000 francs"),
    # measures and times
    ('an 8x10" print', "an 8x10″ print"),
    ("5'11''", "5′11″"),
    ("6' 2'' tall", "6′ 2″ tall"),
    ("a 3'' nail", "a 3″ nail"),
    ('8½x11" paper', "8½x11″ paper"),
    ('5ft 11" tall', "5ft 11″ tall"),
    ("6'2\"", "6′2″"),
    ("I'm 6'2\".", "I’m 6′2″."),
    ("5'11\"", "5′11″"),
    ("5' 11\"", "5′ 11″"),
    ("at 5'11\", I", "at 5′11″, I"),
    ("6'2½\"", "6′2½″"),
    ("6'2 1/2\" tall", "6′2 1/2″ tall"),
    ("he was 6' tall", "he was 6′ tall"),
    ('a 12" vinyl', "a 12″ vinyl"),
    ('a 3.5" nail', "a 3.5″ nail"),
    ('a ½" nail', "a ½″ nail"),
    ('a 12" x 15" board', "a 12″ x 15″ board"),
    ("a 5'x7' rug", "a 5′x7′ rug"),
    ("26°30'10\"", "26°30′10″"),
    ("40°26'46\"N", "40°26′46″N"),
    ("5'22\" per mile", "5′22″ per mile"),
    ("in 5:22", "in 5:22"),
    ('"I ran it in 5:22"', "“I ran it in 5:22”"),
    ('"I ran 26.2"', "“I ran 26.2”"),
    ('"I ran 26.2," she said', "“I ran 26.2,” she said"),
    ('"I was 12" and "you were 14"', "“I was 12” and “you were 14”"),
    ('"He bought a 12" vinyl," she said.', "“He bought a 12″ vinyl,” she said."),
    ('"He is 6\'2"," she said.', "“He is 6′2″,” she said."),
    ('"He is 6\'2""', "“He is 6′2″”"),
    ('the year "1986"', "the year “1986”"),
    ("'1986'", "‘1986’"),
    # dashes and dots
    ("a--b", "a—b"),
    ("a -- b", "a — b"),
    ("a---b", "a—b"),
    ("1--3", "1–3"),
    ("pp. 1--3, 5--7", "pp. 1–3, 5–7"),
    ("1 -- 3", "1 — 3"),
    ("well-known", "well-known"),
    ("a - b", "a - b"),
    ("f----", "f----"),
    ("--- Ana", "— Ana"),
    ("-> --> <-- <-", "-> --> <-- <-"),
    ("wait...", "wait…"),
    (
        "wait....",
        "wait….",
    ),
    ("wait.....", "wait....."),
    ("wait..", "wait.."),
    ("wait . . . go", "wait . . . go"),
    ("wait...?", "wait…?"),
    (".../up", ".../up"),
    # left alone
    ("(c) 2026 [sic] 1/2 (tm) +-", "(c) 2026 [sic] 1/2 (tm) +-"),
    ("“Go,” ‘now’ – ’90s…", "“Go,” ‘now’ – ’90s…"),
    ("see https://x.org/a--b...c?d=e", "see https://x.org/a--b...c?d=e"),
    ('"https://x.org/a--b"', "“https://x.org/a--b”"),
    ("www.x.org/a--b", "www.x.org/a--b"),
    ("a--b@x.org", "a--b@x.org"),
    ('<a href="x">', '<a href="x">'),
    ("<!-- don't -->", "<!-- don’t -->"),
    ('{{ "x" }} {% if a == "b" %}', '{{ "x" }} {% if a == "b" %}'),
    (f'{TYPED}"Go{TYPED}"', '"Go"'),
    ("", ""),
    ("no punctuation at all", "no punctuation at all"),
]


@pytest.mark.parametrize(("typed", "printed"), ENGLISH)
def test_english(typed: str, printed: str) -> None:
    assert curl(typed, "en-US").replace(TYPED, "") == printed


@pytest.mark.parametrize(
    ("language", "typed", "printed"),
    [
        ("de", "\"Los\", sagte sie. 'Los' -- er hat's.", "„Los“, sagte sie. ‚Los‘ – er hat’s."),
        ("de-CH", '"Los"', "«Los»"),
        ("de_AT", '"Los"', "„Los“"),
        ("fr", '"Bonjour" -- l\'été', "«\u00a0Bonjour\u00a0» — l’été"),
        ("fr-CA", '" Bonjour "', "« Bonjour »"),
        ("pl", "\"Chodź\" -- powiedział 'Łukasz'", "„Chodź” – powiedział ‚Łukasz’"),
        ("cs", "\"Pojď\" a 'ne'", "„Pojď“ a ‚ne‘"),
        ("vi", "\"Đi đi,\" Nguyễn nói. 'Thôi'", "“Đi đi,” Nguyễn nói. ‘Thôi’"),
        ("es", '"Vamos"', "«Vamos»"),
        ("es", '¿"Vamos"?', "¿«Vamos»?"),
        ("it", '"Andiamo", l\'ora', "«Andiamo», l’ora"),
        ("pt", '"Vamos"', "«Vamos»"),
        ("pt-BR", '"Vamos"', "“Vamos”"),
        ("sv", "\"Kom\" och 'gå'", "”Kom” och ’gå’"),
        ("da", '"Kom"', "»Kom«"),
        ("nl", '"Kom" om \'s avonds', "“Kom” om ’s avonds"),
        ("ru", '"Да"', "«Да»"),
        ("he", 'צה"ל', 'צה"ל'),
        ("de", "'ne Runde, die '68er und 'n Bier", "’ne Runde, die ’68er und ’n Bier"),
        ("it", "gli anni '60 e la 'ndrangheta", "gli anni ’60 e la ’ndrangheta"),
        ("fr", "un 'tit gars", "un ’tit gars"),
        ("xx", '"x"', "“x”"),
        # quotes typed as two signs
        ("de", ",,Ja'', sagte er. ,,Nein\"!", "„Ja“, sagte er. „Nein“!"),
        ("pl", ",,Tak'' i ,,nie\".", "„Tak” i „nie”."),
        ("fr", "<<Oui>>, << non >> et <<x>>", "«\u00a0Oui\u00a0», « non » et «\u00a0x\u00a0»"),
        ("ru", "<<Да>> и <<нет>>", "«Да» и «нет»"),
        ("de", "Er sagte >>ja<< und >>nein<<.", "Er sagte »ja« und »nein«."),
        ("en", "<<yes>> a << b >> c, ,,x", "<<yes>> a << b >> c, ,,x"),
        ("fr", "a <-- b --> c <<< d >>> x<<2", "a <-- b --> c <<< d >>> x<<2"),
        # single quotes inside double ones
        ("es", "\"Me dijo: 'Ven', y vine\". El 'clic'.", "«Me dijo: “Ven”, y vine». El ‘clic’."),
        ("it", "\"Mi disse: 'Vieni'\".", "«Mi disse: “Vieni”»."),
        ("fr", "\"Il a dit 'viens'\"", "«\u00a0Il a dit “viens”\u00a0»"),
        ("pl", "\"Powiedział: 'Chodź'\".", "„Powiedział: «Chodź»”."),
        ("ru", "\"Он сказал: 'Иди'\".", "«Он сказал: „Иди“»."),
        ("uk", "\"Він сказав: 'Йди', п'ять\"", "«Він сказав: „Йди“, п’ять»"),
        ("hu", "\"Azt mondta: 'Gyere'\".", "„Azt mondta: »Gyere«”."),
        ("ro", "\"A zis: 'Vino'\".", "„A zis: «Vino»”."),
        ("de", "\"Er sagte: 'Komm'.\"", "„Er sagte: ‚Komm‘.“"),
        ("he", "\"הוא אמר 'בוא'\"", "”הוא אמר ’בוא’”"),
        ("ar", "\"قال 'تعال'\"", "«قال ”تعال“»"),
        ("ja", "\"彼は'来て'と言った\"", "「彼は『来て』と言った」"),
        ("zh-CN", "他说\"你好\"，'好'。", "他说“你好”，‘好’。"),
        ("", '"x"', "“x”"),
    ],
)
def test_other_languages(language: str, typed: str, printed: str) -> None:
    assert curl(typed, language) == printed


def test_quotes_match_across_looks() -> None:
    runs = [Run('"'), Run("Go,", italic=True), Run('" she said. '), Run('"No"', italic=True), Run(".")]
    assert [run.text for run in curl_runs(runs, "en")] == ["“", "Go,", "” she said. ", "“No”", "."]


def test_a_note_mark_stands_in_no_quote_s_way() -> None:
    runs = [Run('"Go."'), Run("1", note=1), Run(' "No"'), Run("", query=1), Run("'s")]
    assert [run.text for run in curl_runs(runs, "en")] == ["“Go.”", "1", " “No”", "", "’s"]


def test_code_is_never_touched() -> None:
    runs = [Run('"a" '), Run('"b" -- c...', code=True), Run(' "d"')]
    assert [run.text for run in curl_runs(runs, "en")] == ["“a” ", '"b" -- c...', " “d”"]


def test_a_sign_that_changes_its_look_in_the_middle_stays() -> None:
    runs = [Run("a-"), Run("-b", bold=True), Run(" it's")]
    assert [run.text for run in curl_runs(runs, "en")] == ["a-", "-b", " it’s"]


STRAIGHT = st.text(alphabet="ab1 .,-—'\"“”‘’…()`\n°½é中", max_size=80)


@given(STRAIGHT, st.sampled_from(["en", "de", "fr", "sv", "he"]))
def test_only_punctuation_changes(text: str, language: str) -> None:
    printed = curl(text, language)
    assert re.findall(r"\w+", printed) == re.findall(r"\w+", text)
    assert len(printed.split("\n")) == len(text.split("\n"))


@given(STRAIGHT)
def test_curling_twice_is_curling_once(text: str) -> None:
    once = curl(text, "en")
    assert not re.search("['\"]", re.sub("[′″]", "", once))
    assert curl(once, "en") == once or "--" in once or "``" in once or "..." in once or re.search("[`´]", once)


@given(st.lists(st.tuples(STRAIGHT, st.booleans(), st.booleans()), max_size=6))
@settings(max_examples=200)
def test_runs_keep_their_looks(parts: list[tuple[str, bool, bool]]) -> None:
    runs = [Run(text, italic=italic, code=code) for text, italic, code in parts]
    printed = curl_runs(runs, "en")
    assert [run._replace(text="") for run in printed] == [run._replace(text="") for run in runs]
    assert all(after.text == before.text for after, before in zip(printed, runs, strict=True) if before.code)
