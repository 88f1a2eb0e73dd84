"""What is typed beside what is printed, in text, lists, quotations, notes, titles, captions, credits and bios, in every format.

One book is built of all the cases, and its three files are read without milebook.
"""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from bookmaking import make_book, photo, story
from reading import W

from milebook.compose.printed_words import quoted

N, T = "\u00a0", "\u202f"  # a no-break space, and a narrow one

# What is typed inside a paragraph, a list, a note, a title …: (language, typed, printed)
INLINE = [
    # stars and underscores inside words, and alone
    ("en-US", "Sh*t h*ppens, f**k, f***, you b*st*rd!", "Sh*t h*ppens, f**k, f***, you b*st*rd!"),
    ("en-US", "M*A*S*H at Wal*Mart, 2*3*4 = 24", "M*A*S*H at Wal*Mart, 2*3*4 = 24"),
    ("de", "Leser*innen und Freund_innen", "Leser*innen und Freund_innen"),
    ("es", "tod*s l*s amig*s de p*ta madre", "tod*s l*s amig*s de p*ta madre"),
    ("ru", "б*ядь и с*ка шли домой", "б*ядь и с*ка шли домой"),
    ("fr", "m*rde, p**ain de v_lo", "m*rde, p**ain de v_lo"),
    ("pl", "k*rwa i ch**j na drodze", "k*rwa i ch**j na drodze"),
    ("en-GB", "file_name_two, @some_user_name", "file_name_two, @some_user_name"),
    ("en-US", "a 4* hotel, 5** and 3*** stars", "a 4* hotel, 5** and 3*** stars"),
    # faces
    ("en-US", "^_^ :-) ¯\\_(ツ)_/¯ she wrote", "^_^ :-) ¯\\_(ツ)_/¯ she wrote"),
    ("en-US", "the end >_< o_O -_- T_T", "the end >_< o_O -_- T_T"),
    ("sv", "hej :* ;* (*_*) d^_^b", "hej :* ;* (*_*) d^_^b"),
    ("en-US", "I <3 you </3 <- -> <--", "I <3 you </3 <- -> <--"),
    # emphasis that is meant
    ("en-US", "she *never* ran **here** again", "she never ran here again"),
    ("fr", "l’*été* et l’_hiver_ du *Monde*", "l’été et l’hiver du Monde"),
    ("es", "¡*Nunca* más! ¿_Sí_ o no?", "¡Nunca más! ¿Sí o no?"),
    # addresses
    ("en-US", "at https://example.org/_album_/1986 then", "at https://example.org/_album_/1986 then"),
    ("en-US", "at www.example.org/it's--all...here now", "at www.example.org/it's--all...here now"),
    ("de", "an first_last_name@example.org geschrieben", "an first_last_name@example.org geschrieben"),
    ("en-US", "at http://example.org/a*b*c?x=1&y=%20 too", "at http://example.org/a*b*c?x=1&y=%20 too"),
    ("pl", "na example.org/~ana_maria/ jest", "na example.org/~ana_maria/ jest"),
    # letters left out, years, measures
    ("en-US", '"in the \'hood," she told us', "“in the ’hood,” she told us"),
    ("en-US", "'In '86,' he told us both", "‘In ’86,’ he told us both"),
    ("en-GB", "''Twas nothing,' he told us", "‘’Twas nothing,’ he told us"),
    ("en-US", "Toys 'R' Us and rock 'n' roll", "Toys ’R’ Us and rock ’n’ roll"),
    ("en-US", "an 8x10\" print of 5'11'' Bo", "an 8x10″ print of 5′11″ Bo"),
    ("en-US", "rock `n` roll, don`t and can´t", "rock ’n’ roll, don’t and can’t"),
    ("nl", "'s avonds, 't was in de jaren '60", "’s avonds, ’t was in de jaren ’60"),
    ("it", "gli anni '60 e la 'ndrangheta, po'", "gli anni ’60 e la ’ndrangheta, po’"),
    ("de", "so 'ne Runde, die '68er, ich hab's", "so ’ne Runde, die ’68er, ich hab’s"),
    ("fr", "un 'tit gars qu'on aimait", "un ’tit gars qu’on aimait"),
    # quotations
    ("de", ",,Ja'', rief er, und sie >>nein<<", "„Ja“, rief er, und sie »nein«"),
    ("it", "<<Vieni>>, disse, << subito >>", f"«Vieni», disse, «{N}subito{N}»"),
    ("de", "\"Er sagte 'komm' zu mir.\"", "„Er sagte ‚komm‘ zu mir.“"),
    ("fr", "\"Il a dit 'viens' ici\" -- oui", f"«{N}Il a dit “viens” ici{N}» — oui"),
    ("es", "\"Me dijo 'ven' aquí\".", "«Me dijo “ven” aquí»."),
    ("pl", "\"Powiedział 'chodź' tu\".", "„Powiedział «chodź» tu”."),
    ("cs", "\"Řekl 'pojď' sem.\"", "„Řekl ‚pojď‘ sem.“"),
    ("sv", "\"Han sade 'kom' hit\"", "”Han sade ’kom’ hit”"),
    ("da", "\"Han sagde 'kom' her\" igen", "»Han sagde ›kom‹ her« igen"),
    ("fi", "\"Hän sanoi 'tule' tänne\"", "”Hän sanoi ’tule’ tänne”"),
    ("pt-PT", "\"Ele disse 'vem' cá\"", "«Ele disse “vem” cá»"),
    ("pt-BR", "\"Ele disse 'vem' cá\"!", "“Ele disse ‘vem’ cá”!"),
    ("nb", "\"Han sa 'kom' hit\"", "«Han sa ‘kom’ hit»"),
    ("vi", "\"Anh nói 'đi' thôi\"", "“Anh nói ‘đi’ thôi”"),
    ("uk", "\"Він сказав 'йди' туди\"", "«Він сказав „йди“ туди»"),
    # dashes, dots, spaces
    ("en-US", "Well--yes; pp. 3--5; wait... [sic] (c) 1/2", "Well—yes; pp. 3–5; wait… [sic] (c) 1/2"),
    ("de", "Gut -- ja, S. 3--5, 10 000 km", f"Gut – ja, S. 3–5, 10{N}000 km"),
    ("fr", "Tu viens ? « Non » : 10 000 à 5 % !", f"Tu viens{T}? «{N}Non{N}»{N}: 10{T}000 à 5{N}%{T}!"),
    ("fr-CA", "Quoi ! Tu pars ; oui", f"Quoi{T}! Tu pars{T}; oui"),
    # entities, HTML, program text that nobody meant
    ("en-US", "Tom &amp; I, caf&eacute; &copy; AT&T R&D", "Tom & I, café © AT&T R&D"),
    ("en-US", "H~2~O ~~no~~ ==yes== x^2^ {x} $5", "H~2~O ~~no~~ ==yes== x^2^ {x} $5"),
    ("en-US", "a\\b \\n C:\\temp 50\\% off", "a\\b \\n C:\\temp 50\\% off"),
    ("en-US", "see 1) this, 2) that, # 5, + 1, = 2", "see 1) this, 2) that, # 5, + 1, = 2"),
    # letters of many languages
    ("yo", "Adéọlá Ọ̀ṣun sọ̀rọ̀ fún wọn", "Adéọlá Ọ̀ṣun sọ̀rọ̀ fún wọn"),
    ("ln", "Mɔ̌kɔ́ ɛzalí ndɛ́kɔ̌ na ɛ̌kɔ́lɔ", "Mɔ̌kɔ́ ɛzalí ndɛ́kɔ̌ na ɛ̌kɔ́lɔ"),
    ("evn", "Э̄ду о̄дяңа̄, илэ̄ тэгэ̄рэ̄н", "Э̄ду о̄дяңа̄, илэ̄ тэгэ̄рэ̄н"),
    ("vi", "Nguyễn Thị Ngọc ở Huế, Đặng Văn", "Nguyễn Thị Ngọc ở Huế, Đặng Văn"),
    ("tca", "Na̱ rü̃ ta̱ naxãũ̱ i̱xü̃", "Na̱ rü̃ ta̱ naxãũ̱ i̱xü̃"),
    ("el", "Ελλάδα, Άνοιξη· ναι;", "Ελλάδα, Άνοιξη· ναι;"),
    ("he", "\"בוא 'הנה'\" -- כל ה*חברים, 3 שנים", "”בוא ’הנה’” — כל ה*חברים, 3 שנים"),
    ("ar", "قال \"تعال 'هنا'\" يا أحمد!", "قال «تعال ”هنا“» يا أحمد!"),
    ("fa", "می\u200cخواهم *بروم* به خانه", "می\u200cخواهم بروم به خانه"),
    ("ro", "Ștefan și Țepeș, țara", "Ștefan și Țepeș, țara"),
]
# What is typed as lines of their own: (language, typed, paragraphs printed, without the scene breaks between them)
BLOCKS = [
    ("en-US", "Blank one.\n\u00a0\nBlank two.\n\u200b\nBlank three.\n&nbsp;\nBlank four.", ["Blank one.", "Blank two.", "Blank three.", "Blank four."]),
    ("ja", "Wide one.\n\u3000\nWide two.\n\ufeff\nWide three.", ["Wide one.", "Wide two.", "Wide three."]),
    ("en-US", "Break one.\n# # #\nBreak two.\n~~~\nBreak three.\n• • •\nBreak four.", ["Break one.", "Break two.", "Break three.", "Break four."]),
    ("de", "Pause eins.\n\n+++\n\nPause zwei.\n\n* * *\n\nPause drei.\n\n-oOo-\n\nPause vier.", ["Pause eins.", "Pause zwei.", "Pause drei.", "Pause vier."]),
    ("en-US", "~~~\n\"Fence\" he said, isn't it?\n~~~\n\nAfter the fence.", ["“Fence” he said, isn’t it?", "After the fence."]),
    ("en-US", "    Four spaces don't make code.\n\nAn `x -- y` does.", ["Four spaces don’t make code.", "An x -- y does."]),
    ("es", "- ¿Vienes conmigo?\n- No, hoy no.\n- ¡Pues adiós!", ["—¿Vienes conmigo?", "—No, hoy no.", "—¡Pues adiós!"]),
    ("es", "-Sí -dijo ella-. Vamos ya.", ["—Sí —dijo ella—. Vamos ya."]),
    ("de", ">>Kommst du?<<, fragte sie.", ["»Kommst du?«, fragte sie."]),
    ("fr", "- Tu viens avec moi ?\n- Non merci !", [f"—{N}Tu viens avec moi{T}?", f"—{N}Non merci{T}!"]),
    ("pl", "- Idziesz dzisiaj? - spytała.\n- Nie mogę.", [f"–{N}Idziesz dzisiaj? – spytała.", f"–{N}Nie mogę."]),
    ("ru", "- Идёшь сегодня? - спросила она.\n- Нет, завтра.", [f"—{N}Идёшь сегодня? — спросила она.", f"—{N}Нет, завтра."]),
    ("pt", "- Vens comigo?\n- Não, obrigado.", [f"—{N}Vens comigo?", f"—{N}Não, obrigado."]),
    ("sv", "- Kommer du med?\n- Nej, inte i dag.", [f"–{N}Kommer du med?", f"–{N}Nej, inte i dag."]),
    ("en-US", "1986. That was the year of the flood.", ["1986. That was the year of the flood."]),
    ("en-US", "Verse in my left shoe,\\\nTulsa in my right.", ["Verse in my left shoe, Tulsa in my right."]),
    ("en-US", "[sic] begins it.\n\n#hash begins it.\n\n-5 degrees begin it.", ["[sic] begins it.", "#hash begins it.", "-5 degrees begin it."]),
]  # fmt: skip


def _places(language: str) -> int:
    """How often a line of INLINE is printed: text, list, quotation, note, title (twice), caption, credit, and the bio, which
    is in the book's language."""
    return 9 if language[:2] == "en" else 8


def _entries() -> Iterator[dict[str, object]]:
    for number, (language, typed, _) in enumerate(INLINE):
        text = f"{typed}\n\n- {typed}\n- The other entry.\n\n> {typed}\n\nIt has a note.[^1]\n\n[^1]: {typed}\n"
        yield story(
            f"line-{number}",
            text,
            title=typed,
            language=language,
            contributor={"name": f"Ana Example {number}"} | ({"bio": typed} if language[:2] == "en" else {}),
            photos=[photo("photos/a.jpg", caption=typed, credit=typed)],
        )
    for number, (language, typed, _) in enumerate(BLOCKS):
        yield story(f"lines-{number}", f"{typed}\n", title=f"Lines {number}", language=language)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The paragraphs of the finished files, one a line, by format; of the PDF without the spaces."""
    root = make_book(
        tmp_path_factory.mktemp("typed"), list(_entries()), front=[], back=["contributors"], story_limit=999
    )  # type: ignore[arg-type]
    command = [sys.executable, "-m", "milebook", "build", "--final", str(root)]
    made = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert made.returncode == 0, made.stdout + made.stderr
    files = {path.suffix[1:]: path for path in (root / "build").iterdir() if path.is_file()}
    return {"epub": _epub(files["epub"]), "docx": _docx(files["docx"]), "pdf": _pdf(files["pdf"])}


def _epub(path: Path) -> str:
    lines = []
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".xhtml") and "nav" not in name:
                for block in ElementTree.fromstring(archive.read(name)).iter():
                    if block.tag.rpartition("}")[2] in ("p", "h1", "h2", "h3"):
                        for end in block.iter("{http://www.w3.org/1999/xhtml}br"):
                            end.text = " "
                        lines.append("".join(block.itertext()))
    return _joined(lines)


def _docx(path: Path) -> str:
    lines = []
    with zipfile.ZipFile(path) as archive:
        for name in ("word/document.xml", "word/footnotes.xml"):
            for paragraph in ElementTree.fromstring(archive.read(name)).iter(f"{W}p"):
                pieces = [(node.text or "") if node.tag == f"{W}t" else " " for node in paragraph.iter() if node.tag in (f"{W}t", f"{W}br", f"{W}tab")]  # fmt: skip
                lines.append("".join(pieces))
    return _joined(lines)


def _joined(lines: list[str]) -> str:
    evened = (re.sub(r"[ \t\n]+", " ", re.sub("[\u2060\u200b]", "", line)).strip() for line in lines)
    return "\n".join(line for line in evened if line.strip("*# "))


def _pdf(path: Path) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    return _squeezed("".join(page.get_textpage().get_text_range() for page in document))


def _squeezed(text: str) -> str:
    """The text without spaces, and without hyphens, for a line may end with one."""
    return re.sub("[\\s\u00ad\u2010\u2060\u200b\ufffe\x02-]", "", unicodedata.normalize("NFC", text))


@pytest.mark.parametrize("file", ["epub", "docx", "pdf"])
@pytest.mark.parametrize(("language", "typed", "wanted"), INLINE, ids=[f"{one[0]} {one[1][:24]}" for one in INLINE])
def test_a_line_in_every_place(language: str, typed: str, wanted: str, file: str, printed: dict[str, str]) -> None:
    if file == "pdf" and language in (
        "he",
        "ar",
        "fa",
    ):  # quotes and brackets are mirrored, and digits run the other way
        words = re.findall(r"\w{2,}", unicodedata.normalize("NFC", wanted))
        assert all(printed[file].count(word) >= _places(language) for word in words)
    elif file == "pdf":
        assert sum(map(printed[file].count, {_squeezed(wanted), _squeezed(_quoted(wanted))})) >= _places(language)
    else:
        shown = [line for line in printed[file].split("\n") if _squeezed(wanted)[:8] in _squeezed(line)]
        assert sum(map(printed[file].count, {wanted, _quoted(wanted)})) == _places(language), shown


def _quoted(wanted: str) -> str:
    """A line with English marks of its own as it stands within those that the book, an English one, puts round a title."""
    within = str(quoted("en-US", wanted))
    return wanted if wanted in within else within


@pytest.mark.parametrize("file", ["epub", "docx", "pdf"])
@pytest.mark.parametrize(("language", "typed", "wanted"), BLOCKS, ids=[f"{one[0]} {one[1][:24]}" for one in BLOCKS])
def test_lines_of_their_own(language: str, typed: str, wanted: list[str], file: str, printed: dict[str, str]) -> None:
    if file == "pdf":
        assert all(_squeezed(line) in printed[file] for line in wanted)
    else:
        assert "\n".join(["", *wanted, ""]) in printed[file]
