"""Saved pages of many themes and services: the post with its author, day and caption, and the comments with theirs."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from blog_pages import PAGES, POST
from mails import jpeg

from milebook.intake.inputs import Input
from milebook.intake.items import Found
from milebook.intake.options import Options
from milebook.intake.sources import found_in
from milebook.intake.story_markdown import written

TEXT = "We walked to the mill and back, and nobody counted the steps.\n\nMy *aunt* carried the lantern.\n"
# Author and day of the post; then name, day and verdict of each comment.
EXPECTED: dict[str, tuple[str, str, list[tuple[str, str, str]]]] = {
    "genesis": ("Ada Example", "2025-05-26", [("Rosa Lind", "2025-06-01", ""), ("Ada Example", "2025-06-02", "ours")]),
    "astra": ("Ada Example", "", [("Rosa Lind", "2025-06-01", ""), ("Bob", "2025-06-02", "")]),
    "divi": ("Ada Example", "2025-05-26", [("Rosa Lind", "2025-06-01", "")]),
    "twentytwentyfour": ("Ada Example", "2025-05-26", [("Rosa Lind", "2025-06-01", ""), ("Bob", "2025-06-02", "")]),
    "blogger-old": ("Ada Example", "2025-05-26", [("Rosa Lind", "2025-06-01", ""), ("Ada Example", "2025-06-02", "ours")]),
    "blogger-threaded": ("", "", [("Rosa Lind", "2025-06-01", ""), ("Ada Example", "2025-06-02", "ours")]),
    "substack": ("Ada Example", "2025-05-26", [("Rosa Lind", "2025-06-01", "")]),
    "medium": ("Ada Example", "2025-05-26", []),
    "squarespace": ("Ada Example", "2025-05-26", [("Rosa Lind", "2025-06-01", "")]),
    "typepad": ("", "2025-05-26", [("Rosa Lind", "2025-06-01", "")]),
    "drupal": ("", "", [("Rosa Lind", "", "")]),
    "ghost": ("Ada Example", "2025-05-26", []),
    "genericarticle": ("", "2025-05-26", []),
    "wpcom-loop": ("", "", [("Rosa Lind", "2025-06-01", "")]),
}  # fmt: skip
CAPTIONS = {"substack": "The gate.", "medium": "The gate. Photo by the author.", "squarespace": "The gate.", "ghost": "The gate.", "twentytwentyfour": "Gate."}  # fmt: skip


def read(folder: Path, source: str | bytes, name: str = "page.html") -> list[Found]:
    path = folder / name
    path.write_bytes(source if isinstance(source, bytes) else source.encode())
    return list(found_in(Input(name, path), Options()))


@pytest.mark.parametrize("name", PAGES)
def test_a_theme(tmp_path: Path, name: str) -> None:
    post, *comments = read(tmp_path, PAGES[name])
    author, day, expected = EXPECTED[name]
    assert (post.title, post.name, post.received) == ("The Mill", author, day)
    assert written(post.passages).removesuffix("\nGates.\n") == TEXT
    assert [(one.name, one.received, one.verdict) for one in comments] == expected
    if comments:
        words = written(comments[0].passages)
        assert words.removeprefix("#### My mile\n\n") in (
            "My own mile was a street.\n",
            "My own mile was a street.\n\nIt ended at the river.\n",
        )
    missing = [note for note in post.notes if note.startswith("photo missing")]
    assert [CAPTIONS[name] in note for note in missing] == ([True] if name in CAPTIONS else [])


def test_photos_of_a_page_saved_as_one_file(tmp_path: Path) -> None:
    address = "data:image/jpeg;base64," + base64.b64encode(jpeg(1)).decode()
    page = f'<html><!--\n Page saved with SingleFile \n url: https://miles.example.org/1/ \n--><h1 class="entry-title">T</h1><div class="entry-content"><p>We walked.</p><img src="{address}"><p>End.</p></div></html>'
    (post,) = read(tmp_path, page)
    assert post.key == "page:https://miles.example.org/1/"
    assert [(one.after, one.read()) for one in post.pictures] == [(1, jpeg(1))]

    html = f'<html><h1 class="entry-title">T</h1><div class="entry-content">{POST}<figure><img src="a.jpg"><figcaption><p>Gate.</p></figcaption></figure></div></html>'
    top = 'From: <Saved by Blink>\nSnapshot-Content-Location: https://miles.example.org/1/\nSubject: T\nContent-Type: multipart/related; type="text/html"; boundary=X\n\n'
    photo = (
        b"Content-Type: image/jpeg\nContent-Transfer-Encoding: base64\nContent-Location: https://miles.example.org/1/a.jpg\n\n"
        + base64.encodebytes(jpeg(1))
    )
    data = (
        f"{top}--X\nContent-Type: text/html\nContent-Location: https://miles.example.org/1/\n\n{html}\n--X\n".encode()
        + photo
        + b"--X--\n"
    )
    (post,) = read(tmp_path, data, "page.mhtml")
    assert (post.kind, post.key, post.title) == ("post", "page:https://miles.example.org/1/", "T")
    assert [(one.name, one.caption, one.read()) for one in post.pictures] == [("a.jpg", "Gate.", jpeg(1))]

    page = f'<h1 class="entry-title">T</h1><div class="entry-content"><p>We walked.</p><img src="{address}"><p>End.</p></div>'
    coded = base64.encodebytes(page.encode()).decode()
    whole = f"{top}--X\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\n{coded}\n--X--\n"
    (post,) = read(tmp_path, whole, "page.mhtml")
    assert [(one.after, one.read()) for one in post.pictures] == [(1, jpeg(1))]


def test_a_disqus_export(tmp_path: Path) -> None:
    export = """<?xml version="1.0" encoding="utf-8"?><disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">
<category dsq:id="1"><forum>miles</forum></category><thread dsq:id="10"><link>https://miles.example.org/1/</link><title>The Mill</title></thread>
<post dsq:id="100"><message><![CDATA[<p>We walked.</p><p>Nobody counted.</p>]]></message><createdAt>2025-06-01T10:00:00Z</createdAt><isSpam>false</isSpam><author><name>Rosa Lind</name></author><thread dsq:id="10"/></post>
<post dsq:id="101"><message>Lovely</message><createdAt>2025-06-02T10:00:00Z</createdAt><isSpam>false</isSpam><author><name>Bob</name></author><thread dsq:id="10"/><parent dsq:id="100"/></post>
<post dsq:id="102"><message>Buy</message><isSpam>true</isSpam><author><name>x</name></author><thread dsq:id="10"/></post></disqus>"""
    first, second, third = read(tmp_path, export, "disqus.xml")
    assert (first.name, first.received, first.key) == ("Rosa Lind", "2025-06-01", "disqus:miles#comment-100")
    assert written(first.passages) == "We walked.\n\nNobody counted.\n"
    assert first.published == "https://miles.example.org/1/#comment-100"
    assert second.answers == (first.key,)
    assert third.verdict == "skipped"


DISQUS = """<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals"><category dsq:id="1"><forum>miles</forum></category>
<post dsq:id="100"><message>We {}</message></post><post dsq:id="101"><message>Lovely</message></post></disqus>"""


def test_a_damaged_disqus_export(tmp_path: Path) -> None:
    first, second = read(tmp_path, DISQUS.format("walked.<br></p>"), "disqus.xml")
    assert (first.text, second.text) == ("We walked.", "Lovely")
    assert (first.notes, second.notes) == (["the export was damaged: 1 place was repaired"], [])
    for words in ("<b>walked.", '</message> <post dsq:id="7"'):  # would take the second comment for a part of the first
        (refused,) = read(tmp_path, DISQUS.format(words), "disqus.xml")
        assert refused.why.startswith("it is no XML any more")
    (refused,) = read(tmp_path, DISQUS.format("walked.").partition("Lovely")[0], "disqus.xml")
    assert refused.why == "it ends in the middle: export it again"
