"""A column's whole material, as its authors have it: a blog with comments, sixty mails and an essay, to a book in three commands."""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from book_folders import files_in
from click.testing import CliRunner
from docx import Document as WordDocument
from mails import column_mails, mailbox, person, story_text

from milebook.commands.lazy_group import cli

WXR = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Miles</title><wp:base_blog_url>https://miles.example.org</wp:base_blog_url>
<wp:author><wp:author_login>ada</wp:author_login><wp:author_email>ada@example.com</wp:author_email><wp:author_display_name>Ada Example</wp:author_display_name></wp:author>
{}</channel></rss>
"""
POST = """<item><title>{title}</title><link>https://miles.example.org/{number}/</link><dc:creator>ada</dc:creator><content:encoded><![CDATA[{text}]]></content:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date>2025-05-0{number} 08:00:00</wp:post_date><wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{comments}</item>
"""
COMMENT = """<wp:comment><wp:comment_id>{ident}</wp:comment_id><wp:comment_author>{name}</wp:comment_author><wp:comment_author_email>{email}</wp:comment_author_email>
<wp:comment_date>2025-06-{day:02} 09:00:00</wp:comment_date><wp:comment_content><![CDATA[{text}]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved>
<wp:comment_type>comment</wp:comment_type><wp:comment_parent>{parent}</wp:comment_parent><wp:comment_user_id>{user}</wp:comment_user_id></wp:comment>
"""


def comment(ident: int, text: str, who: int, parent: int = 0, user: int = 0) -> str:
    name, email = ("Ada Example", "ada@example.com") if user else person(who)
    return COMMENT.format(ident=ident, name=name, email=email, day=ident, text=text, parent=parent, user=user)


def column_blog() -> str:
    """Two posts and 26 comments: 20 stories, two too short, two by the blog's author, one reply, one correction."""
    comments = [comment(n, story_text(200 + n, 80), 200 + n) for n in range(1, 21)]
    comments += [comment(21, "So lovely to read!", 221), comment(22, "I will send mine soon.", 222)]
    comments += [comment(23, "Thank you, all of you.", 0, user=1), comment(24, "Thank you, dear.", 0, parent=3, user=1)]
    comments += [comment(25, "I knew her well, and the mill too.", 225, parent=4)]
    comments += [comment(26, "Correction: it was in 1951, not 1950.", 205, parent=5)]
    posts = [
        POST.format(number=1, title="The Mile You Remember", text=story_text(300), comments="".join(comments)),
        POST.format(number=2, title="What a Mile Is", text=story_text(301), comments=""),
    ]
    return WXR.format("".join(posts))


@pytest.fixture
def material(tmp_path: Path) -> Path:
    folder = tmp_path / "column"
    folder.mkdir()
    (folder / "blog.xml").write_text(column_blog(), "utf-8")
    (folder / "mails.mbox").write_bytes(mailbox(reversed(column_mails())))
    essay = WordDocument()
    essay.add_heading("On Counting Steps", 0)
    words = story_text(400, 900).replace(".", "").split()
    random.Random(1).shuffle(words)  # an essay has the words of many stories, and none of their sentences
    for start in range(0, len(words), 90):
        essay.add_paragraph(f"{' '.join(words[start : start + 90])}.")
    essay.save(str(folder / "essay.docx"))
    return folder


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, [*arguments], prog_name="milebook")
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_column_becomes_a_book_in_three_commands(tmp_path: Path, material: Path) -> None:
    book = tmp_path / "book"
    run("init", str(book))
    index = book / "stories" / "index.yaml"
    index.write_text(index.read_text("utf-8").replace("ada@example.org", "ada@example.com"), "utf-8")
    chapter = json.loads(run("build", str(book), "--json"))["chapters"][0]
    report = json.loads(
        run(
            "import",
            str(material),
            "-C",
            str(book),
            "--apply",
            "--json",
            "--status",
            "selected",
            "--chapter",
            chapter["id"],
        )
    )
    assert report["found"] == 26 + 2 + 1 + 60
    verdicts = Counter(item["verdict"] for item in report["items"])
    assert verdicts == {
        "new": 36 + 20 + 2 + 1,
        "reply": 12 + 1,
        "alike": 5,
        "correction": 4 + 1,
        "skipped": 3,
        "short": 2,
        "ours": 2,
    }
    built: dict[str, Any] = json.loads(run("build", str(book), "--json"))
    stories = built["chapters"][0]["stories"]
    titles = {one["title"] for one in stories}
    assert len(stories) == len(chapter["stories"]) + 59
    assert {"On Counting Steps", "The Mile You Remember", "What a Mile Is"} <= titles
    assert sum(one["photos"] for one in stories) == sum(one["photos"] for one in chapter["stories"]) + 18
    assert all((book / output["path"]).stat().st_size for output in built["outputs"])

    before = files_in(book / "stories")
    again = json.loads(run("import", str(material), "-C", str(book), "--apply", "--json"))
    assert Counter(item["verdict"] for item in again["items"])["same"] == 59
    assert not [item for item in again["items"] if item["verdict"] == "new"]
    assert files_in(book / "stories") == before
    run("undo", "-C", str(book))
    left = files_in(book / "stories")
    assert len(left) == len(before) - 59 - 18 - len([name for name in before if name.startswith(f"originals{os.sep}")])
