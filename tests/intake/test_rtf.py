"""RTF files as TextEdit, WordPad and Word write them, and the RTF that Outlook makes of HTML."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from milebook.intake.documents.rtf import passages_of
from milebook.intake.inputs import Input
from milebook.intake.mail.message import found
from milebook.intake.options import Options
from milebook.intake.sources import found_in
from milebook.intake.story_markdown import written

TEXTEDIT = rb"""{\rtf1\ansi\ansicpg1252\cocoartf2639
\cocoatextscaling0\cocoaplatform0{\fonttbl\f0\froman\fcharset0 TimesNewRomanPSMT;}
{\colortbl;\red255\green255\blue255;}
{\*\expandedcolortbl;;}
\paperw11900\pard\f0\fs24 \cf0 The Mill\
\
We \i walked\i0  to the caf\'e9 \'97 \'93far\'94.\
\uc0\u8364 5 and \u55357 \u56832 .}"""
WORDPAD = rb"""{\rtf1\ansi\deff0{\fonttbl{\f0\fnil\fcharset0 Calibri;}{\f1\fnil\fcharset204 Arial;}}{\*\generator Riched20}\uc1
\pard\sa200\b The Mill\b0\par We walked\line far.{\footnote\pard A \i note\i0 .} \f1\'cc\'fb \u8217?s\par{\field{\*\fldinst{HYPERLINK "http://x"}}{\fldrslt{link}}} end\par{\pict\wmetafile8 0100}\par}"""
OUTLOOK = rb"""{\rtf1\ansi\fromhtml1 \deff0{\fonttbl}{\*\htmltag64}\pard {\*\htmltag84 <p>}\htmlrtf {\htmlrtf0 We {\*\htmltag84 <i>}\htmlrtf {\i\htmlrtf0 walked{\*\htmltag92 </i>}\htmlrtf }\htmlrtf0  far \'e9\htmlrtf\par}\htmlrtf0{\*\htmltag92 </p>}{\*\htmltag84 <p>}Two\htmlrtf\par\htmlrtf0{\*\htmltag92 </p>}}"""


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (TEXTEDIT, "The Mill\n\nWe *walked* to the café — “far”.\n\n€5 and 😀.\n"),
        (WORDPAD, "**The Mill**\n\nWe walked\\\nfar.^[A note\\.] Мы ’s\n\nlink end\n"),
        (OUTLOOK, "We *walked* far é\n\nTwo\n"),
        (rb"{\rtf1\ansi\ansicpg932 {\f0\'93\'fa\'96\'7b}}", "日本\n"),
        (rb"{\rtf1\mac caf\'8e \{ \\ \}}", "café { \\\\ }\n"),
        (rb"{\rtf1 a\tab b\~c\_d{\v hidden}{\*\unknown x}\par\trowd\cell A\cell B\row}", "a b c-d\n\nA\n\nB\n"),
    ],
)  # fmt: skip
def test_texts(data: bytes, text: str) -> None:
    assert written(passages_of(data)) == text


@pytest.mark.parametrize("data", [b"{\\rtf1" + b"{" * 50_000 + b"x", b"{\\rtf1 }}}} \\u99999999999 \\'zz \\", b"{\\rtf1\\ansicpg65001 \xff}", b"{\\rtf"])  # fmt: skip
def test_damaged_files_give_what_can_be_had(data: bytes) -> None:
    passages_of(data)


def test_a_file_and_an_attachment(tmp_path: Path) -> None:
    (tmp_path / "story.rtf").write_bytes(TEXTEDIT)
    (item,) = found_in(Input("story.rtf", tmp_path / "story.rtf"), Options())
    assert (item.kind, item.verdict, item.text.partition("\n")[0]) == ("text", "", "The Mill")
    assert item.original is not None
    assert item.original.name.endswith(".rtf")
    head = b'From: Rosa <rosa@example.org>\nSubject: Mine\nContent-Type: multipart/mixed; boundary=X\n\n--X\nContent-Type: text/plain\n\nHere it is.\n--X\nContent-Type: application/rtf; name="story.rtf"\nContent-Transfer-Encoding: base64\n\n'
    data = head + base64.encodebytes(TEXTEDIT) + b"--X--\n"
    mail = found(data, "x", again=lambda: data)
    assert written(mail.passages).startswith("The Mill\n\nWe *walked*")
    assert mail.cuts == ["Here it is."]
