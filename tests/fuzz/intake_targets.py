"""Fuzz targets for what comes in from outside: one for each source of stories. Whatever a file holds, what is written is sound."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Callable
from importlib import import_module
from io import BytesIO
from pathlib import Path

INDEX = "book:\n  title: X\n\nchapters:\n  - {id: one, title: One, stories: []}\n\nstories:\n  - id: first\n    title: First\n    contributor: {name: Ana}\n"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def sound_items(module: str, name: str, data: bytes) -> None:
    """Read a file, plan, and write index and texts in memory: no exception, and nothing but words comes in."""
    from milebook.index import read_index
    from milebook.index.append import append_stories
    from milebook.index.edit_check import EditedFolder
    from milebook.intake.inputs import Input
    from milebook.intake.items import VERDICTS
    from milebook.intake.known_stories import known
    from milebook.intake.options import Options
    from milebook.intake.plan import make_plan
    from milebook.intake.story_markdown import read_back
    from milebook.intake.verdicts import Choice
    from milebook.intake.writing import Arrangement, entry
    from milebook.model.codes import CODES
    from milebook.source import BookFolder

    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        (root / "stories").mkdir()
        (root / "stories" / "index.yaml").write_text(INDEX, "utf-8")
        (root / name).write_bytes(data)
        options = Options(accept_changes=True)
        found = list(import_module(f"milebook.intake.{module}").read(Input(name, root / name), options))
        book = known(BookFolder(root))
        plan = make_plan(found, book, Choice(min_words=0), lambda item: "", lambda item: True)
        assert sum(plan.counts.values()) == len(found)
        for item in plan.items:
            assert item.verdict in VERDICTS
            item.as_json()
            read = read_back(item.text)
            assert not read.queries
            links = [run.link for block in read.blocks for run in block.runs if run.link]
            assert all(link.startswith(("http:", "https:", "mailto:", "ftp:")) for link in links), links
            for _, picture in item.photos:
                assert picture.suffix
        edited = append_stories(INDEX, [entry(item, Arrangement()) for item in plan.new])
        index, findings = read_index(EditedFolder(book.folder, edited))
        assert index is not None
        assert [story.id for story in index.stories] == ["first", *(item.id for item in plan.new)]
        wrong = [
            one for one in findings if (one.severity or CODES[one.code].severity) == "error" and one.place.line > 9
        ]
        assert not wrong, wrong


def mail(data: bytes) -> None:
    """A mail."""
    sound_items("mail.mail_file", "x.eml", data)


def mailbox(data: bytes) -> None:
    """A mailbox."""
    sound_items("mail.mailbox_file", "x.mbox", data)


def export(data: bytes) -> None:
    """A WordPress export."""
    sound_items("blogs.wordpress", "x.xml", data)


def disqus(data: bytes) -> None:
    """A Disqus export."""
    sound_items("blogs.disqus", "x.xml", data)


def rich_text(data: bytes) -> None:
    """An RTF file."""
    sound_items("documents.rtf", "x.rtf", data)


def saved_page(data: bytes) -> None:
    """A web page saved as a single file."""
    sound_items("blogs.mhtml", "x.mhtml", data)


def backup(data: bytes) -> None:
    """A Blogger backup."""
    sound_items("blogs.blogger", "x.xml", data)


def page(data: bytes) -> None:
    """A saved page."""
    sound_items("blogs.pages", "x.html", data)


def pasted(data: bytes) -> None:
    """A page pasted as text."""
    sound_items("blogs.pasted", "x.txt", data)


def form(data: bytes) -> None:
    """Answers to a form."""
    sound_items("forms.answers", "x.csv", data)


def word(data: bytes) -> None:
    """The body of a Word file."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", data)
    sound_items("documents.word", "x.docx", out.getvalue())


TARGETS: dict[str, Callable[[bytes], None]] = {
    "mail": mail, "mailbox": mailbox, "export": export, "backup": backup, "page": page, "pasted": pasted, "form": form, "word": word,
    "disqus": disqus, "saved-page": saved_page, "rich-text": rich_text,
}  # fmt: skip

_MAIL = """From: Ana Example <ana@example.org>
Subject: =?utf-8?Q?The_Oak_=C3=A9?=
Date: Fri, 1 Aug 2025 23:30:00 -0700
Message-ID: <a@b>
In-Reply-To: <c@d>
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: multipart/alternative; boundary="c"

--c
Content-Type: text/plain; charset=utf-8; format=flowed
Content-Transfer-Encoding: quoted-printable

We ran to the oak=20
and back.

{>> who? <<} [^1] [x](http://example.org) http://example.org/a_b

On Mon, May 26, 2025 at 10:15 PM Ben <b@example.org> wrote:
> Hi

--
Ana, 32, St. Louis

--c
Content-Type: text/html

<p>We <i>ran</i><br>to <img src="cid:p"></p><blockquote>Hi</blockquote>
--c--
--b
Content-Type: image/png; name="x.png"
Content-Transfer-Encoding: base64
Content-ID: <p>

iVBORw0KGgoAAAANSUhEUgAAABsAAAAbCAMAAAC6CgRnAAADAFBMVEX///8AAAAA
--b
Content-Type: message/rfc822

From: Zoe <z@example.org>
Subject: Inner

---------- Forwarded message ---------
From: Y <y@example.org>
Subject: Z

Words of the inner mail.
--b--
"""
_WXR = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>B</title><wp:base_blog_url>https://b.example</wp:base_blog_url><item><title>The &amp; Mile</title><link>https://b.example/1</link><dc:creator>ada</dc:creator>
<content:encoded><![CDATA[[caption width="1"]<img src="a.jpg" alt="x"/> Gate[/caption]

One <em>two</em>.
<ul><li>a</li></ul>]]></content:encoded><wp:post_id>1</wp:post_id><wp:post_date>2013-08-01 05:00:00</wp:post_date><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<wp:comment><wp:comment_id>2</wp:comment_id><wp:comment_author><![CDATA[Zoe]]></wp:comment_author><wp:comment_date>2013-08-02 05:00:00</wp:comment_date>
<wp:comment_content><![CDATA[Words.
More]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>0</wp:comment_parent></wp:comment></item></channel></rss>
"""
_ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>tag:blogger.com,1999:blog-1</id><entry><id>post-1001</id><published>2013-08-01T23:30:00-05:00</published>
<category term="http://schemas.google.com/blogger/2008/kind#post"/><title>T</title><content type="html">&lt;p&gt;One&lt;/p&gt;</content><author><name>Ada</name></author></entry></feed>
"""
_DISQUS = """<?xml version="1.0"?><disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals"><category dsq:id="1"><forum>b</forum></category><thread dsq:id="10"><link>https://b.example/1/</link></thread>
<post dsq:id="100"><message><![CDATA[<p>Words <i>of</i> hers.</p>]]></message><createdAt>2025-06-01T10:00:00Z</createdAt><isSpam>false</isSpam><author><name>Zoe</name></author><thread dsq:id="10"/><parent dsq:id="99"/></post></disqus>
"""
_PAGE = """<!DOCTYPE html><html><head><title>T | B</title><link rel="canonical" href="https://b.example/p/"></head><body><h1 class="entry-title">T</h1><div class="entry-content"><p>One <b>two</b>.</p>
<figure><img src="x_files/a.jpg" alt="a"><figcaption>c</figcaption></figure></div><h3 id="comments">2 responses to &#8220;T&#8221;</h3><ol class="commentlist"><li class="comment" id="comment-1"><div class="comment-body"><cite class="fn">Zoe</cite> says:
<div class="comment-meta"><a>September 1, 2013 at 8:00 pm</a></div><p>Words</p></div><ol class="children"><li id="comment-2" class="comment"><p>More</p><p><cite>Comment by A &#8212; September 2, 2013</cite></p></li></ol></li></ol></body></html>
"""
_RTF = r"""{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset204 B;}}\uc1\pard\b The \'e9\b0\par We \i walked\i0\line far.{\footnote A note.} \f1\'cc \u8217?s{\*\x y}\par
{\field{\*\fldinst{HYPERLINK "http://x"}}{\fldrslt{link}}} \u55357 \u56832 ? {\*\htmltag84 <p>}\htmlrtf \htmlrtf0 end}"""
_MHTML = f"""From: <Saved by Blink>
Snapshot-Content-Location: https://b.example/p/
Content-Type: multipart/related; type="text/html"; boundary="b"

--b
Content-Type: text/html
Content-Location: https://b.example/p/

{_PAGE}
--b
Content-Type: image/png
Content-Transfer-Encoding: base64
Content-Location: https://b.example/p/x_files/a.jpg

iVBORw0KGgoAAAANSUhEUgAAABsAAAAbCAMAAAC6CgRnAAADAFBMVEX///8AAAAA
--b--
"""
_PASTED = "B\n\nThe Gate\n\nA gate stands there\nA gate stood there\n\nWords.\n\nShare this:\n\n2 responses to “The Gate\n\n 1. Zoe says:\n    August 26, 2013 at 6:40 am\n\n    Words of hers.\n\n    Reply\n      □ Ana says:\n\n        Yes.\n 2. Words\n\nLeave a Reply\n"
_FORM = 'Timestamp,Email,Name,How old are you?,Your story,A photo,May we print it?\n9/7/2026 6:04:11,a@example.org,Zoë,17,"=1+1\n\n- a\n> b",https://d.example/1,Yes\n13/7/2026 1:00,x,,,"Words",,\n'
_BODY = (
    f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>T</w:t></w:r></w:p><w:p><w:r><w:rPr><w:i/></w:rPr><w:t>One </w:t></w:r>'
    '<w:ins w:author="E"><w:r><w:t>two</w:t></w:r></w:ins><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t><w:br/></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>'
)  # fmt: skip
SEEDS: dict[str, list[str]] = {
    "mail": [_MAIL],
    "mailbox": ["".join(f"From x Mon May 26 20:18:0{n} 2025\n{_MAIL.replace('<a@b>', f'<{n}@b>')}\n" for n in range(3))],
    "export": [_WXR], "backup": [_ATOM], "page": [_PAGE], "pasted": [_PASTED], "form": [_FORM], "word": [_BODY],
    "disqus": [_DISQUS], "saved-page": [_MHTML], "rich-text": [_RTF],
}  # fmt: skip
