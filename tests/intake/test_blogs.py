"""Exports and pages of blogs: posts, comments, threads, pings, captions, furniture; and what is damaged."""

from __future__ import annotations

from pathlib import Path

import pytest
from mails import jpeg, story_text

from milebook.intake.inputs import Input
from milebook.intake.items import Found
from milebook.intake.options import Options
from milebook.intake.sources import found_in, source_of
from milebook.intake.story_markdown import written

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>The Blog</title><link>https://www.blog.example</link><wp:base_blog_url>https://www.blog.example</wp:base_blog_url>
<wp:author><wp:author_login>ada</wp:author_login><wp:author_display_name>Ada Example</wp:author_display_name></wp:author>
"""


def wp_comment(number: int, text: str, **fields: str) -> str:
    values = {
        "comment_id": str(number), "comment_author": f"Reader {number}", "comment_author_email": f"r{number}@example.org", "comment_author_IP": "192.0.2.7",
        "comment_date": f"2013-08-{number:02} 23:30:00", "comment_date_gmt": f"2013-08-{number + 1:02} 04:30:00", "comment_approved": "1",
        "comment_type": "", "comment_parent": "0", "comment_user_id": "0", **fields,
    }  # fmt: skip
    inner = "".join(f"<wp:{key}><![CDATA[{value}]]></wp:{key}>" for key, value in values.items())
    return f"<wp:comment>{inner}<wp:comment_content><![CDATA[{text}]]></wp:comment_content></wp:comment>\n"


def wp_post(number: int, title: str, text: str, comments: str = "", **fields: str) -> str:
    values = {
        "post_id": str(number),
        "post_date": "2013-08-01 05:00:00",
        "status": "publish",
        "post_type": "post",
        "post_password": "",
        **fields,
    }
    inner = "".join(f"<wp:{key}>{value}</wp:{key}>" for key, value in values.items())
    return (
        f"<item><title>{title}</title><link>https://www.blog.example/?p={number}</link><dc:creator>ada</dc:creator>"
        f"<content:encoded><![CDATA[{text}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>{inner}{comments}</item>\n"
    )


def export(*items: str) -> str:
    return HEAD + "".join(items) + "</channel></rss>\n"


def read(folder: Path, name: str, data: str | bytes) -> list[Found]:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return list(found_in(Input(name, path), Options()))


COMMENTS = (
    wp_comment(1, "First line.\nSecond line.\n\nA <em>new</em> paragraph &amp; more.")
    + wp_comment(2, "I agree.", comment_parent="1")
    + wp_comment(3, "Thank you.", comment_parent="1", comment_user_id="1")
    + wp_comment(4, "[...] link [...]", comment_type="pingback")
    + wp_comment(5, "Buy!", comment_approved="spam")
    + wp_comment(6, "Wait.", comment_approved="0")
    + wp_comment(7, "An orphan.", comment_parent="6")
    + wp_comment(8, "Mine too.", comment_author="Ada Example")
)


def test_an_export(tmp_path: Path) -> None:
    items = read(
        tmp_path,
        "blog.xml",
        export(wp_post(1, "The &amp; Mile", "One.\n\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\nTwo.", COMMENTS)),
    )
    assert [(one.kind, one.verdict) for one in items] == [
        ("post", ""), ("comment", ""), ("comment", ""), ("comment", "ours"), ("comment", "ping"), ("comment", "skipped"), ("comment", "skipped"),
        ("comment", ""), ("comment", "ours"),
    ]  # fmt: skip
    post, first, reply, *_, orphan, _ = items
    assert (post.title, post.name, post.received, post.key) == (
        "The & Mile",
        "Ada Example",
        "2013-08-01",
        "wxr:blog.example#post-1",
    )
    assert written(post.passages) == "One.\n\n- a\n- b\n\nTwo.\n"
    assert written(first.passages) == "First line.\\\nSecond line.\n\nA *new* paragraph & more.\n"
    assert (first.name, first.email, first.received) == ("Reader 1", "r1@example.org", "2013-08-01")
    assert first.published == "https://www.blog.example/?p=1#comment-1"
    assert reply.answers == ("wxr:blog.example#comment-1",)
    assert orphan.answers == ("wxr:blog.example#comment-6",)
    assert not any("192.0.2.7" in str(one) for one in items)
    assert {one.original.name for one in items if one.original} == {post.original.name if post.original else ""}


def test_captions_and_shortcodes(tmp_path: Path) -> None:
    text = (
        '[caption id="x" width="640"]<img src="http://b.example/a.jpg" alt="A gate" /> The gate.[/caption]\n\nWords [sic] here.\n\n'
        '<!-- wp:image --><figure><img src="http://b.example/b.jpg" alt=""/><figcaption>Fog.</figcaption></figure><!-- /wp:image -->\n\n'
        '[subscribe_form list="miles"]\n\nSend us your story with “Mile” in the subject line!'
    )
    (post,) = read(tmp_path, "blog.xml", export(wp_post(1, "T", text)))
    assert "photo missing, at http://b.example/a.jpg (caption “The gate.”, alt text “A gate”)" in post.notes
    assert "photo missing, at http://b.example/b.jpg (caption “Fog.”)" in post.notes
    assert 'left in the text, a shortcode of the blog: [subscribe_form list="miles"]' in post.notes
    assert post.notes[-1].startswith("the last paragraph calls for stories")
    assert [one.text for one in post.passages][:2] == ["Words [sic] here.", '[subscribe_form list="miles"]']


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"status": "draft"}, "a draft"),
        ({"status": "private"}, "a private post"),
        ({"status": "future"}, "not appeared"),
        ({"status": "trash"}, "trash"),
        ({"post_password": "x"}, "password"),
        ({"post_type": "page"}, "page of the site"),
    ],
)
def test_posts_that_are_not_public(tmp_path: Path, fields: dict[str, str], why: str) -> None:
    (post,) = read(tmp_path, "blog.xml", export(wp_post(1, "T", "Words.", **fields)))
    assert post.verdict == "skipped"
    assert why in post.why


DAMAGED = {
    "a control character": (lambda text: text.replace("One", "\x0bOne\x00"), "2 places were"),
    "cdata in cdata": (lambda text: text.replace("One.", "One <![CDATA[ x ]]> more."), "1 place was"),
    "an entity of html": (lambda text: text.replace("<title>The Mile", "<title>The&nbsp;Mile &"), "2 places were"),
    "a forbidden reference": (lambda text: text.replace("<title>The Mile", "<title>The&#x1F; Mile"), "1 place was"),
    "a wrong end": (lambda text: text.replace("</dc:creator>", "</creator>"), "1 place was"),
    "a byte of windows": (
        lambda text: text.replace("One", "Z\udceb").encode("utf-8", "surrogateescape"),
        "1 place was",
    ),
    "https": (lambda text: text.replace('wp="http://', 'wp="https://'), ""),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damaged_exports_are_read_whole_and_the_repairs_counted(tmp_path: Path, name: str) -> None:
    change, note = DAMAGED[name]
    items = read(
        tmp_path,
        "blog.xml",
        change(export(wp_post(1, "The Mile", "One.\n\nTwo.", COMMENTS), wp_post(2, "Last", "End."))),
    )
    assert len(items) == 10
    assert items[-1].title == "Last"
    assert any(note in one for one in items[0].notes) == bool(note)
    if name == "cdata in cdata":
        assert "One <![CDATA[ x ]]> more." in items[0].text


def test_what_cannot_be_read_whole_is_refused(tmp_path: Path) -> None:
    text = export(wp_post(1, "The Mile", "One."), wp_post(2, "Last", "End.", COMMENTS))
    (cut,) = read(tmp_path, "blog.xml", text[: text.index("I agree")])
    assert (cut.verdict, cut.why) == ("unreadable", "it ends in the middle, after “Last”: export it again")
    entity = text.replace("<rss", '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss', 1).replace(
        "The Mile", "&x;"
    )
    (refused,) = read(tmp_path, "blog.xml", entity)
    assert refused.verdict == "unreadable"
    assert "DOCTYPE" in refused.why
    bomb = text.replace("<rss", '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><rss', 1)
    assert read(tmp_path, "blog.xml", bomb)[0].verdict == "unreadable"


LI = """<li class="comment depth-1 {more}" id="comment-{id}"><div id="div-comment-{id}" class="comment-body"><div class="comment-author vcard">
<cite class="fn">{name}</cite> <span class="says">says:</span></div><div class="comment-meta commentmetadata"><a href="https://b.example/p/#comment-{id}">September {id}, 2013 at 8:00 pm</a></div>
<p>Words of {id}.</p><div class="reply"><a class="comment-reply-link">Reply</a></div></div>{inside}</li>"""
ARTICLE = """<li id="comment-{id}" class="comment {more}"><article id="div-comment-{id}" class="comment-body"><footer class="comment-meta"><div class="comment-author vcard"><b class="fn">{name}</b>
<span class="says">schreibt:</span></div><div class="comment-metadata"><a><time datetime="2013-09-0{id}T20:00:00-05:00">x</time></a></div></footer><div class="comment-content"><p>Words of {id}.</p></div>
<div class="reply">Antworten</div></article>{inside}</li>"""
BLOCK = """<li id="comment-{id}" class="comment {more}"><div class="wp-block-columns"><div class="wp-block-comment-author-name">{name}</div><div class="wp-block-comment-date"><time datetime="2013-09-0{id}T20:00:00">x</time></div>
<div class="wp-block-comment-content"><p>Words of {id}.</p></div><div class="wp-block-comment-reply-link">Reply</div></div>{inside}</li>"""
THEMES = {"core": LI, "html5": ARTICLE, "block": BLOCK}


def page(comments: str, heading: str = "4 responses to “The Mile”", post: str = "<p>One.</p><p>Two.</p>") -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>The Mile | The Blog</title><link rel="canonical" href="https://b.example/p/"></head><body>
<div id="header"><h1>The Blog</h1></div><div class="post"><h2 class="entry-title">The Mile</h2><time class="entry-date" datetime="2013-08-01">August 1</time>
<div class="entry-content">{post}<div class="sharedaddy"><h3>Share this:</h3></div></div></div><h3 id="comments">{heading}</h3><ol class="commentlist">{comments}</ol>
<div id="respond"><h3>Leave a Reply</h3><form><textarea>x</textarea></form></div></body></html>"""


@pytest.mark.parametrize("theme", THEMES)
def test_comments_of_themes(tmp_path: Path, theme: str) -> None:
    form = THEMES[theme]
    inner = '<ol class="children">' + form.format(id=3, name="Ana", more="bypostauthor", inside="") + "</ol>"
    text = form.format(id=4, name="Zoë “Z” Example", more="", inside=inner) + form.format(
        id=2, name="Anonymous", more="", inside=""
    )
    items = read(tmp_path, "page.html", page(text + form.format(id=1, name="Blog", more="pingback", inside="")))
    post, *comments = items
    assert (post.title, post.received, post.key, post.name) == (
        "The Mile",
        "2013-08-01",
        "page:https://b.example/p/",
        "",
    )
    assert [one.text for one in post.passages] == ["One.", "Two."]
    assert post.notes == ["4 comments announced, 3 found, 1 link from other sites"]
    assert [(one.name, one.received, one.text, one.verdict) for one in comments] == [
        ("Zoë “Z” Example", "2013-09-04", "Words of 4.", ""), ("Ana", "2013-09-03", "Words of 3.", "ours"), ("", "2013-09-02", "Words of 2.", ""),
        ("Blog", "2013-09-01", "Words of 1.", "ping"),
    ]  # fmt: skip
    assert comments[1].answers == (comments[0].key,) == ("page:https://b.example/p/#comment-4",)


def test_comments_of_old_themes(tmp_path: Path) -> None:
    thesis = "".join(
        f'<dt class="comment" id="comment-{n}"><span class="comment_author">Reader {n}</span> <span class="comment_time">September {n}, 2013 at 8:00 am</span></dt>'
        f'<dd class="comment"><div class="format_text"><p>Words of {n}.</p><p>More.</p></div></dd>'
        for n in (1, 2)
    )
    items = read(
        tmp_path, "page.html", page("").replace('<ol class="commentlist"></ol>', f"<dl id='comment_list'>{thesis}</dl>")
    )
    assert [(one.name, one.received, one.text) for one in items[1:]] == [
        (f"Reader {n}", f"2013-09-0{n}", f"Words of {n}.\n\nMore.") for n in (1, 2)
    ]
    cite = "".join(
        f'<li id="comment-{n}"><p>Words of {n}.</p><p><cite>Comment by Reader {n} — September {n}, 2013 @ 8:00 am</cite></p></li>'
        for n in (1, 2)
    )
    items = read(tmp_path, "page.html", page(cite))
    assert [(one.name, one.received, one.text) for one in items[1:]] == [
        (f"Reader {n}", f"2013-09-0{n}", f"Words of {n}.") for n in (1, 2)
    ]


def test_pages_of_comments_are_told(tmp_path: Path) -> None:
    items = read(
        tmp_path, "page.html", page(LI.format(id=1, name="A", more="", inside=""), "142 thoughts on “The Mile")
    )
    assert items[0].notes == ["142 comments announced, 1 found: 141 are on other pages or hidden"]


def test_the_largest_copy_of_a_saved_picture(tmp_path: Path) -> None:
    folder = tmp_path / "page_files"
    folder.mkdir()
    (folder / "gate-300x200.jpg").write_bytes(jpeg(1, (300, 200)))
    (folder / "gate.jpg").write_bytes(jpeg(1, (900, 600)))
    (tmp_path / "secret.jpg").write_bytes(jpeg(2))
    post = (
        '<p>One.</p><figure><img src="page_files/gate-300x200.jpg" srcset="page_files/gate-300x200.jpg 300w, page_files/gate.jpg 900w" alt="The gate."><figcaption>The gate.</figcaption></figure>'
        '<p>Two.</p><img src="../secret.jpg"><img src="/etc/hostname"><img src="file:///etc/hostname"><img src="https://b.example/x.jpg">'
    )
    item = read(tmp_path, "page.html", page("", post=post))[0]
    assert [(one.name, one.caption, one.alt, one.after, one.pixels) for one in item.pictures] == [
        ("gate.jpg", "The gate.", "", 1, (900, 600))
    ]
    assert sum(note.startswith("photo missing") for note in item.notes) == 4


PASTED = f"""The Blog

Skip to content

The Mile We Remember

The gate, my friend, stands open
The gate, my friend, stood open.

{story_text(1)}

Share this:
  • Facebook

3 responses to “The Mile We Remember

 1. Dora from Duluth says:
    August 26, 2013 at 6:40 am

    It was May. I had * no * body.

    Reply
      □ Ines says:
        August 26, 2013 at 7:15 am

        I love it.

        Reply
 2. Marta says:
    August 25, 2013 at 6:02 am

    My list:
    1. shoes
    Yes.

Leave a Reply Cancel reply

Recent Comments

 1. Ines on The Mile
"""


def test_a_page_pasted_as_text(tmp_path: Path) -> None:
    post, dora, ines, marta = read(tmp_path, "page.txt", PASTED)
    assert (post.title, post.kind) == ("The Mile We Remember", "post")
    assert post.text == story_text(1)
    assert post.notes[:1] == [
        "photo missing (caption “The gate, my friend, stood open.”, alt text “The gate, my friend, stands open”)"
    ]
    assert [(one.name, one.received) for one in (dora, ines, marta)] == [
        ("Dora from Duluth", "2013-08-26"),
        ("Ines", "2013-08-26"),
        ("Marta", "2013-08-25"),
    ]
    assert dora.text == "It was May. I had * no * body."
    assert ines.answers == (dora.key,)
    assert marta.text == "My list:\n1. shoes\nYes."


def test_a_pasted_column_without_names(tmp_path: Path) -> None:
    text = "A Column\n\nWords of ours.\n\n5 Comments\n\n" + "\n".join(
        f"{n}. {story_text(n, 20)}\n\n   A second paragraph.\n" for n in range(1, 5)
    )
    post, *comments = read(tmp_path, "column.txt", text)
    assert post.title == "A Column"
    assert len(comments) == 4
    assert all(one.text.endswith("A second paragraph.") and not one.name and not one.received for one in comments)
    assert post.notes == ["5 comments announced, 4 found: 1 is on other pages or hidden"]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (export(), "a WordPress export"),
        (page(""), "a web page"),
        (PASTED, "a page pasted as text"),
        ("Just a story.\n\nNothing else.", "a text"),
        ("From: a@b.c\nSubject: x\n\nText", "a mail"),
        ("From a@b.c Mon May 26 20:18:05 2025\nFrom: a@b.c\n\nText", "a mailbox"),
        ("123\nFrom: a@b.c\nSubject: x\nDate: x\n\nText", "a mail of Apple Mail"),
    ],
)
def test_a_file_is_known_by_its_contents(tmp_path: Path, data: str, name: str) -> None:
    path = tmp_path / "file.bin"
    path.write_text(data, "utf-8")
    source = source_of(Input("file.bin", path))
    assert source is not None
    assert source.name == name


def test_a_blogger_backup(tmp_path: Path) -> None:
    def entry(number: int, kind: str, name: str, text: str, extra: str = "", title: str = "") -> str:
        return (
            f"<entry><id>tag:blogger.com,1999:blog-1.post-{number}</id><published>2013-08-0{number % 9 + 1}T23:30:00-05:00</published>"
            f'<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#{kind}"/><title>{title}</title>'
            f'<content type="html">{text}</content><author><name>{name}</name><email>noreply@blogger.com</email></author>{extra}</entry>'
        )

    related = '<link rel="related" href="http://www.blogger.com/feeds/1/1/comments/default/1002"/>'
    text = (
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><id>tag:blogger.com,1999:blog-1</id><link rel="alternate" href="https://b.example/"/>'
        + entry(1000, "settings", "x", "x") + entry(1001, "post", "Ada", "&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;&lt;i&gt;Two&lt;/i&gt;.&lt;/p&gt;", title="The Mile")
        + entry(1002, "comment", "Zoë", "A&lt;br /&gt;B") + entry(1003, "comment", "Ada", "Thanks", related) + entry(1004, "comment", "Anonymous", "Me", related)
        + entry(1005, "post", "Ada", "x", '<app:control xmlns:app="http://purl.org/atom/app#"><app:draft>yes</app:draft></app:control>') + "</feed>"
    )  # fmt: skip
    items = read(tmp_path, "blog.xml", text)
    assert [(one.kind, one.name, one.verdict) for one in items] == [
        ("post", "Ada", ""), ("comment", "Zoë", ""), ("comment", "Ada", "ours"), ("comment", "", ""), ("post", "Ada", "skipped"),
    ]  # fmt: skip
    assert written(items[0].passages) == "One.\n\n*Two*.\n"
    assert (items[0].key, items[0].received, items[0].title) == (
        "blogger:b.example#post-1001",
        "2013-08-03",
        "The Mile",
    )
    assert items[1].text == "A\nB"
    assert items[3].answers == (items[1].key,)
    assert not any(one.email for one in items)
    first, *others = read(tmp_path, "blog.xml", text.replace("The Mile", "Tom & the Mile"))
    assert (first.title, first.notes) == ("Tom & the Mile", ["the export was damaged: 1 place was repaired"])
    assert not any(one.notes for one in others)
    assert len(read(tmp_path, "blog.xml", text.replace("</entry>", "", 1))) == len(items)
