"""Stories as readers type them: Markdown beside the blocks, runs, notes, queries and findings that come of it."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from milebook.checks.word_counts import body_words
from milebook.markdown import plain_runs, read_prose
from milebook.markdown.lines import SCENE_BREAK
from milebook.markdown.repeated_titles import printed_twice
from milebook.model.codes import CODES
from milebook.model.findings import Finding
from milebook.model.text import Block, Run, Text


def read(markdown: str, language: str = "en", smart: bool = True) -> tuple[Text, list[Finding]]:
    return read_prose(markdown, "s.md", language=language, smart=smart)


def shown_run(run: Run) -> str:
    """A run in short: `_italic_`, `*bold*`, `‹code›`, `[words](address)`, `{fr:words}`, `^1` a note, `?1` a query."""
    if run.note:
        return f"^{run.note}"
    if run.query:
        return f"?{run.query}"
    text = run.text.replace("\n", "/")
    if run.code:
        text = f"‹{text}›"
    if run.italic:
        text = f"_{text}_"
    if run.bold:
        text = f"*{text}*"
    if run.lang:
        text = f"{{{run.lang}:{text}}}"
    return f"[{text}]({run.link})" if run.link else text


def shown(block: Block) -> str:
    """A block in short: its quotes and labels, a letter for its kind (p v h2 c, --- for a scene break), its runs."""
    inside = "".join("> " if each.kind == "quote" else f"{each.label} " for each in block.inside)
    kind = {"paragraph": "p", "verse": "v", "heading": f"h{block.level}", "code": "c", "scene-break": "---"}[block.kind]
    return f"{inside}{kind} {''.join(map(shown_run, block.runs))}".rstrip()


TABLE: list[tuple[str, list[str]]] = [
    # paragraphs
    ("One line\nand the next.\n\nTwo.", ["p One line and the next.", "p Two."]),
    ("\n\n  Text  \n\n", ["p Text"]),
    ("    an indented\n    e-mailed paragraph", ["p an indented e-mailed paragraph"]),
    ("One.\n\n        Two.", ["p One.", "p Two."]),
    ("a\tb  c \u00a0d\u202fe", ["p a b c \u00a0d\u202fe"]),
    ("a\r\nb\rc\r\n\r\nd", ["p a b c", "p d"]),
    ("\ufeffHello", ["p Hello"]),
    ("Cafe\u0301", ["p Café"]),
    ("a\x00b\x07c\ud800d\ufdd0e\uffff", ["p a\ufffdb\ufffdc\ufffdd\ufffde\ufffd"]),
    ("a\n\n&nbsp;\n\n\u00a0\n\n![](b.jpg)\n\nc", ["p a", "p c"]),
    ("a\u2028b\x0cc\x85d", ["p a b c d"]),
    ("[sic] (c) 1/2 -> 5'11\" '90s", ["p [sic] (c) 1/2 -> 5′11″ ’90s"]),
    # scene breaks
    ("a\n\n***\n\nb", ["p a", "---", "p b"]),
    ("a\n\n* * *\n\nb", ["p a", "---", "p b"]),
    ("a\n---\nb", ["p a", "---", "p b"]),
    ("a\n\n___\n_ _ _\n- - -\n-----", ["p a", "---", "---", "---", "---"]),
    ("a\n\n*\n\nb\n\n* *\n\n#\n\nc", ["p a", "---", "p b", "---", "---", "p c"]),
    ("---\n\na", ["---", "p a"]),
    ("-- a", ["p — a"]),
    ("a\n===", ["p a", "---"]),
    ("# # #\n\na\n~ ~ ~\nb\n•••\nc\n+++\nd\n##\ne", ["---", "p a", "---", "p b", "---", "p c", "---", "p d", "---", "p e"]),
    ("a\n\n*\u00a0*\u00a0*\n\nb\n\n~\n\n•\n\nc", ["p a", "---", "p b", "---", "---", "p c"]),
    ("*_*\n\n=_=\n\n-\n\n=\n\n____ and ____", ["p *_*", "p =_=", "p -", "p =", "p ____ and ____"]),
    ("~~~\nprose \"x\"\n~~~", ["---", "p prose “x”", "---"]),
    # lines that only seem to hold something
    ("a\n\u00a0\nb\n&nbsp;\nc\n\u200b\nd\n \u3000\ne", ["p a", "p b", "p c", "p d", "p e"]),
    ("> a\n>\u00a0\n> b", ["> p a", "> p b"]),
    ("•\u00a0a\n•\u00a0b\n\n#\u00a0c\n\n1.\u2003d", ["• p a", "• p b", "h1 c", "1. p d"]),
    ("• a\n\nb", ["p • a", "p b"]),
    # headings
    ("# One\n## *Two* ##\ntext", ["h1 One", "h2 _Two_", "p text"]),
    ("#dad #1", ["p #dad #1"]),
    ("####### seven", ["p ####### seven"]),
    # emphasis
    ("*a* _b_ **c** __d__ ***e***", ["p _a_ _b_ *c* *d* *_e_*"]),
    ("*a **b** c*", ["p _a _*_b_*_ c_"]),
    ("snake_case_name 5 * 3 * 2 5*3*2", ["p snake_case_name 5 * 3 * 2 5*3*2"]),
    ("f*ck this sh*t, s**t **and** b**s", ["p f*ck this sh*t, s**t *and* b**s"]),
    ("M*A*S*H", ["p M*A*S*H"]),
    ("abso*bloody*lutely *un*true", ["p abso*bloody*lutely *un*true"]),
    ("*open and **never closed", ["p *open and **never closed"]),
    ("\\*a\\* \\_b\\_ \\# \\`c\\`", ["p *a* _b_ # `c`"]),
    ("\\# a\n\n\\- b\n\n1986\\. c", ["p # a", "p - b", "p 1986. c"]),
    ('\\"a\\" "b"', ['p "a" “b”']),
    ("~~a~~ ==b== ~c~ ^d^", ["p ~~a~~ ==b== ~c~ ^d^"]),
    ('"*Go,*" she said. *"No."*', ["p “_Go,_” she said. _“No.”_"]),
    ("*« La mer »* et *— Non, dit-elle.*", ["p _«\u00a0La mer\u00a0»_ et _— Non, dit-elle._"]),
    ("That b*st*rd! b_tt_r s***e **** ___ f**k", ["p That b*st*rd! b_tt_r s***e **** ___ f**k"]),
    ("^_^ :-) ¯\\_(ツ)_/¯ *_* (*^_^*) -_- -_-", ["p ^_^ :-) ¯\\_(ツ)_/¯ *_* (*^_^*) -_- -_-"]),
    ("**bold* *a\n\n**b* _c*", ["p **bold* *a", "p _b _c_"]),
    ("**b* c\n\n*a **b*\n\n**a*b**", ["p **b* c", "p *a **b*", "p *a*b*"]),
    ("*\"A,\"* —*b*— (*c*) *…d* ¿*e*? **_f_** *g*/*h*", ["p _“A,”_ —_b_— (_c_) _…d_ ¿_e_? *_f_* _g_/_h_"]),
    ("日本*語*です", ["p 日本_語_です"]),
    ("𠮷*田*𠮷", ["p 𠮷_田_𠮷"]),
    # code
    ('`a "b" -- c` and ``d`e``', ['p ‹a "b" -- c› and ‹d`e›']),
    ("don`t can`t", ["p don’t can’t"]),
    ('```\na  "b"\n\n\tc --\n```\nd', ["p ``` a “b”", "p c — ``` d"]),
    ("~~~ text\na\n~~~", ["p ~~~ text a", "---"]),
    ("rock `n` roll `Twas `em `80s", ["p rock ’n’ roll ’Twas ’em ’80s"]),
    ("She said `never` and (´・ω・`)", ["p She said ‘never’ and (´・ω・`)"]),
    ("~~~ Later that day ~~~\n\nText", ["p ~~~ Later that day ~~~", "p Text"]),
    ("```\nnever closed\n\nText", ["p ``` never closed", "p Text"]),
    ("```\n```\n\nText", ["p ``` ```", "p Text"]),
    # entities and HTML
    ("&amp; &eacute; &#x41; &copy; &bogus; AT&T", ["p & é A © &bogus; AT&T"]),
    ("&quot;Go&quot; it&#39;s", ["p “Go” it’s"]),
    ('<b>x</b> <a href="y">', ['p <b>x</b> <a href="y">']),
    ("<div>\n*x*\n</div>", ["p <div> _x_ </div>"]),
    ("<!-- a -->\n\n<script>alert('b')</script>", ["p <!-- a -->", "p <script>alert(‘b’)</script>"]),
    ('{{ x }} {% if a == "b" %} ${y}', ['p {{ x }} {% if a == "b" %} ${y}']),
    # lists
    ("1) a\n2) b", ["1) p a", "2) p b"]),
    ("3. a\n4. b", ["3. p a", "4. p b"]),
    ("1. a", ["1. p a"]),
    ("07) a\n08) b", ["07) p a", "08) p b"]),
    ("1. a\n\nb\n\n2. c\n\nd\n\n3. e", ["1. p a", "p b", "2. p c", "p d", "3. p e"]),
    ("1. a\n\n   b\n2. c", ["1. p a", "1. p b", "2. p c"]),
    ("1986. A year", ["p 1986. A year"]),
    ("1986. A year\n1987. Another", ["p 1986. A year", "p 1987. Another"]),
    ("1986. That was it\n1. Shoes\n2. Water", ["p 1986. That was it", "1. p Shoes", "2. p Water"]),
    ("98. a\n99. b\n100. c", ["98. p a", "99. p b", "100. p c"]),
    ("12. Mai", ["p 12. Mai"]),
    ("1.\n\nText\n\n2.\n\nMore", ["p 1.", "p Text", "p 2.", "p More"]),
    ("1. a\n2.\n3. c", ["1. p a", "2. p", "3. p c"]),
    ("1986.\n\nIt was", ["p 1986.", "p It was"]),
    ("5. # Five\n\n   *six*", ["p 5.", "h1 Five", "p _six_"]),
    ("- a\n- b\n  - c", ["• p a", "• p b", "• • p c"]),
    ("* a\n* b\n+ c\n+ d", ["• p a", "• p b", "• p c", "• p d"]),
    ("- a\n\n- b\n\n  c", ["• p a", "• p b", "• p c"]),
    ("- Ana Example", ["p - Ana Example"]),
    ("* Names were changed.", ["p * Names were changed."]),
    ("- a\n  - b", ["• p a", "• • p b"]),
    ("2. a\n   1. b", ["p 2. a", "1. p b"]),
    ("> Far\n>\n> - Hamlet", ["> p Far", "> p - Hamlet"]),
    ("It was far\n- too far -\nand dark.", ["p It was far - too far - and dark."]),
    ("bib number\n1. It was", ["p bib number 1. It was"]),
    ("Bring:\n- water\n- gel", ["p Bring:", "• p water", "• p gel"]),
    ("26.2 miles\n\n3:59 was\n\n1)x", ["p 26.2 miles", "p 3:59 was", "p 1)x"]),
    # quotes
    ("> a\nb\n>\n> c", ["> p a b", "> p c"]),
    (">> a\n\n> 1. b\n> 2. c", ["> > p a", "> 1. p b", "> 2. p c"]),
    (">", []),
    # verse
    ("a\\\nb\\\nc", ["v a/b/c"]),
    ("a  \nb", ["v a/b"]),
    ("*a\\\nb*\\\nc\\", ["v _a/b_/c"]),
    ("a\\\nb\nc", ["p a/b c"]),
    ("> a\\\n> b", ["> v a/b"]),
    ("a\\\n\\\nb", ["v a//b"]),
    # tables, tasks, definition lists: no part of our Markdown
    ("| a | b |\n|---|---|\n| c | d |", ["p | a | b | |---|---| | c | d |"]),
    ("- [ ] a\n- [x] b", ["• p [ ] a", "• p [x] b"]),
    # links
    ("[a *b*](https://x.org/c?d=e#f)", ["p [a ](https://x.org/c?d=e#f)[_b_](https://x.org/c?d=e#f)"]),
    ("<https://x.org/a--b> <a@x.org>", ["p [https://x.org/a--b](https://x.org/a--b) [a@x.org](mailto:a@x.org)"]),
    ("https://x.org/a--b", ["p [https://x.org/a--b](https://x.org/a--b)"]),
    ("https://x.org/_a_/1986. (www.x.org/b_c)", [
        "p [https://x.org/_a_/1986](https://x.org/_a_/1986). ([www.x.org/b_c](https://www.x.org/b_c))"]),
    ("*https://x.org/a*, _j_@x.org! x.org/_a_ a@b", [
        "p [_https://x.org/a_](https://x.org/a), [_j_@x.org](mailto:_j_@x.org)! [x.org/_a_](https://x.org/_a_) a@b"]),
    ("https://x.org/it's_\"a\" {>> https://y.org <<}", ["p [https://x.org/it's_](https://x.org/it's_)“a”?1"]),
    ("[https://x.org/_a_](https://y.org)", ["p [https://x.org/_a_](https://y.org)"]),
    ("[a](mailto:a@x.org?subject=b)", ["p [a](mailto:a@x.org?subject=b)"]),
    ("[a](https://münchen.de/ü%20)", ["p [a](https://xn--mnchen-3ya.de/%C3%BC%20)"]),
    ("[a](HTTPS://X.org:8080/)", ["p [a](https://x.org:8080/)"]),
    ("[a][1], [b][], [c]\n\n[1]: https://x.org\n[b]: <https://y.org> 'T'\n[C]: http://z.org", [
        "p [a](https://x.org), [b](https://y.org), [c](http://z.org)"]),
    ("[laughs](quietly) and [Ana]: Yes!", ["p [laughs](quietly) and [Ana]: Yes!"]),
    ("[Ana]: Yes.\n\n[Ben]: No.", ["p [Ana]: Yes.", "p [Ben]: No."]),
    ("[a] [b](c d) [e", ["p [a] [b](c d) [e"]),
    # languages
    ("[Bonjour *à* tous]{lang=fr}!", ["p {fr:Bonjour }{fr:_à_}{fr: tous}!"]),
    ('[a]{lang="pt-BR"} [b]{.c} {lang=fr}', ["p {pt-BR:a} [b]{.c} {lang=fr}"]),
    ("[](https://x.org)a []{lang=fr}", ["p a"]),
    # settings at the top
    ("---\ntitle: x\ntags: [a]\n---\n\n*b*", ["c ‹---/title: x/tags: [a]/---›", "p _b_"]),
    ("---\n\nNote: x\n\n---", ["---", "p Note: x", "---"]),
    ("a\n\n---\nb: c\n---", ["p a", "---", "p b: c", "---"]),
]  # fmt: skip


@pytest.mark.parametrize(("markdown", "blocks"), TABLE)
def test_blocks(markdown: str, blocks: list[str]) -> None:
    assert [shown(block) for block in read(markdown)[0].blocks] == blocks


NOTES: list[tuple[str, list[str], list[list[str]]]] = [
    ("a[^1].\n\n[^1]: b", ["p a^1."], [["p b"]]),
    ("a[^y] b[^x] c[^y]\n\n[^x]: x\n[^y]: y", ["p a^1 b^2 c^1"], [["p y"], ["p x"]]),
    ("a[^1]\n\n[^1]: b\n\n    c\n\n    > d", ["p a^1"], [["p b", "p c", "> p d"]]),
    ("> a[^1]\n>\n> [^1]: b", ["> p a^1"], [["p b"]]),
    ("1. a[^1]\n2. b\n\n[^1]: c", ["1. p a^1", "2. p b"], [["p c"]]),
    ("# a[^1]\n\nb[^2]\n\n[^1]: c\n[^2]: d", ["h1 a^1", "p b^2"], [["p c"], ["p d"]]),
    ("a^[b *c*] d", ["p a^1 d"], [["p b _c_"]]),
    (
        "https://x.org ^[https://y.org/_a_ and ^[a@z.org]]",
        ["p [https://x.org](https://x.org) ^1\u202f^2"],
        [["p [https://y.org/_a_](https://y.org/_a_) and ^2"], ["p [a@z.org](mailto:a@z.org)"]],
    ),
    ("a^[b^[c]]", ["p a^1\u202f^2"], [["p b^2"], ["p c"]]),
    ("a[^1] b[^2]\n\n[^1]: c[^3]\n[^2]: d\n[^3]: e", ["p a^1 b^2\u202f^3"], [["p c^3"], ["p d"], ["p e"]]),
    ("a[^1]\n\n[^1]: see[^1]", ["p a^1"], [["p see^1"]]),
    ("a[^1]", ["p a[^1]"], []),
    ("a[^1]\n\n[^1]:", ["p a[^1]"], []),
    ("a\n\n[^1]: b", ["p a^1"], [["p b"]]),
    ("a\n\n***\n\n[^1]: b", ["p a^1", "---"], [["p b"]]),
    ("[^1]: b", ["p ^1"], [["p b"]]),
    ("a[^1]\n\n[^1]: b\n\n[^1]: c", ["p a^1\u202f^2"], [["p b"], ["p c"]]),
    ("*a[^1]* b\n\n[^1]: c", ["p _a_^1 b"], [["p c"]]),
    ('"a"[^1] "b"\n\n[^1]: "c"', ["p “a”^1 “b”"], [["p “c”"]]),
    ("a[^1]\n\n[^1]: ![](b.jpg)", ["p a^1"], [["p"]]),
    ("a[^1]\n\n[^1]: b\n\n```\n[^1] c\n```", ["p a^1", "p ``` ^1 c ```"], [["p b"]]),
]


@pytest.mark.parametrize(("markdown", "blocks", "notes"), NOTES)
def test_notes(markdown: str, blocks: list[str], notes: list[list[str]]) -> None:
    text, _ = read(markdown)
    assert [shown(block) for block in text.blocks] == blocks
    assert [[shown(block) for block in note.blocks] for note in text.notes] == notes
    assert [note.number for note in text.notes] == list(range(1, len(notes) + 1))


QUERIES: list[tuple[str, list[str], list[tuple[str, int, int, int]]]] = [  # text, line, column, block
    ("a {>> b? <<} c", ["p a ?1c"], [("b?", 1, 3, 0)]),
    ("a{>>b<<}", ["p a?1"], [("b", 1, 2, 0)]),
    ("a {>> b <<}.", ["p a?1."], [("b", 1, 3, 0)]),
    ('"a {>> b <<}" c', ["p “a?1” c"], [("b", 1, 4, 0)]),
    ("{>> a <<} b", ["p ?1b"], [("a", 1, 1, 0)]),
    ("*a {>> b <<} c*", ["p _a _?1_c_"], [("b", 1, 4, 0)]),
    ("a\n\n{>> b <<}\n\nc", ["p a?1", "p c"], [("b", 3, 1, 0)]),
    ("{>> a <<}\n\nb", ["p ?1b"], [("a", 1, 1, 0)]),
    ("***\n\n{>> a <<}\n\nb", ["---", "p ?1b"], [("a", 3, 1, 1)]),
    ("a\n\n***\n\n{>> b <<}", ["p a?1", "---"], [("b", 5, 1, 0)]),
    ("a\n\n{>> b <<} {>> c <<}", ["p a?1?2"], [("b", 3, 1, 0), ("c", 3, 11, 0)]),
    (
        "a {>> over\ntwo\n\nlines <<} b\n\nc {>> d <<}",
        ["p a ?1b", "p c?2"],
        [("over two lines", 1, 3, 0), ("d", 6, 3, 1)],
    ),
    ('a {>> *b* [c](d) `e` "f" <<}', ["p a?1"], [('*b* [c](d) `e` "f"', 1, 3, 0)]),
    ("# a {>> b <<}", ["h1 a?1"], [("b", 1, 5, 0)]),
    ("> a {>> b <<}", ["> p a?1"], [("b", 1, 5, 0)]),
    ("- a\n- b {>> c <<}", ["• p a", "• p b?1"], [("c", 2, 5, 1)]),
    ("a\\\nb {>> c <<}\\\nd", ["v a/b?1/d"], [("c", 2, 3, 0)]),
    ("a[^1] b\n\n[^1]: c {>> d <<}", ["p a^1?1 b"], [("d", 3, 9, 0)]),
    ("a^[b {>> c <<}] d", ["p a^1?1 d"], [("c", 1, 6, 0)]),
    ("`{>> a <<}` b", ["p ‹{>> a <<}› b"], []),
    ("```\n{>> a\n<<}\n```\nb {>> c <<}", ["p ``` ?1``` b?2"], [("a", 2, 1, 0), ("c", 5, 3, 0)]),
    ("\\{>> a <<}", ["p {>> a <<}"], []),
    ("{>> a", ["p {>> a"], []),
    ("a <<}", ["p a <<}"], []),
    ("{>> a {>> b <<}", ["p {>> a?1"], [("b", 1, 7, 0)]),
    ("a {>> <<} b", ["p a b"], []),
    ("[a](https://x.org/{>>b<<})", ["p [a](https://x.org/)?1"], [("b", 1, 19, 0)]),
    ("{>> only <<}", ["p ?1"], [("only", 1, 1, 0)]),
]


@pytest.mark.parametrize(("markdown", "blocks", "queries"), QUERIES)
def test_queries(markdown: str, blocks: list[str], queries: list[tuple[str, int, int, int]]) -> None:
    text, _ = read(markdown)
    assert [shown(block) for block in text.blocks] == blocks
    assert [(query.text, query.place.line, query.place.column, query.block) for query in text.queries] == queries
    assert [query.number for query in text.queries] == list(range(1, len(queries) + 1))


def test_a_query_is_no_words() -> None:
    assert body_words(read("one {>> two three <<} four")[0]) == 2


@pytest.mark.parametrize(
    ("query", "answered"), [("a? => b", True), ("a?", False), ("a? =>", False), ("a => b => c", True)]
)
def test_answered_queries(query: str, answered: bool) -> None:
    assert read(f"x {{>> {query} <<}}")[0].queries[0].answered is answered


LONG_LINE = (
    "A line of an e-mail that goes on and on, far beyond what any mail program would wrap, and says little. It ends."
)
FINDINGS: list[tuple[str, list[tuple[str, int]]]] = [  # code and line
    ("Plain *prose*, “quoted” [with a link](https://x.org).[^1]\n\n[^1]: And a note.\n", []),
    ("", [("MB200", 1)]),
    (" \n\n", [("MB200", 1)]),
    ("***\n\n{>> a <<}", [("MB200", 1)]),
    ("a\n[b](javascript:alert%281%29)", [("MB206", 1), ("MB201", 2)]),
    ("[a](file:///etc/passwd) <data:text/html,x>", [("MB201", 1)]),
    ("[a](b.md) [c](#d) [e]() [f](//g.org/) [h](/i) [j](tel:1)", [("MB201", 1)] * 6),
    ("[a](http://) [b](https://a b) [c](http://[x) [d](http://x@y.org)", [("MB201", 1)] * 3),
    ("[a](mailto:nobody)", [("MB201", 1)]),
    ("[a]\n\n[a]: javascript:alert", [("MB201", 1)]),
    ("a\n![b](c.jpg) ![](https://x.org/d.png)", [("MB206", 1), ("MB202", 2), ("MB202", 2)]),
    ("![b][c]\n\n[c]: d.jpg", [("MB202", 1)]),
    ("a[^1]", [("MB203", 1)]),
    ("a\n\n[^1]:", [("MB203", 3)]),
    ("`[^1]` a", []),
    ("a\n\n[^1]: b", [("MB204", 3)]),
    ("a[^1]\n\n[^1]: b\n\n[^1]: c", [("MB204", 5)]),
    ("a\nb {>> c", [("MB206", 1), ("MB205", 2)]),
    ("a <<} b", [("MB205", 1)]),
    ("{>> a <<}\n\nb <<} c", [("MB205", 3)]),
    ("\\{>> a <<} `{>>`", []),
    ("Roses are red\nViolets are blue\nSugar is sweet", [("MB206", 1)]),
    ("Roses are red\\\nViolets are blue\\\nSugar is sweet", []),
    ("Ana\nBen", [("MB206", 1)]),
    ("We sang it the whole way in:\n\nGravel in my left shoe,\nTulsa in my right.", [("MB206", 3)]),
    (
        "This is an ordinary paragraph from an e-mail, which the mail program\nhas wrapped at seventy-two characters, as "
        "they do.\nThe last line\nis short.",
        [],
    ),
    ("x" * 20_001, [("MB207", 1)]),
    ("x" * 20_000, []),
    (">" * 13 + " a", [("MB208", 1)]),
    (">" * 12 + " a", []),
    ("[" * 501, [("MB208", 1)]),
    ("[a] " * 500, []),
    ("*a " * 5001, [("MB208", 1)]),
    ("---\ntitle: x\n---\na", [("MB209", 1)]),
    ("---\na\n---\nb", []),
    ("a\n\nb <br> c", [("MB210", 3)]),
    ('a\n\nb <SPAN class="x">c</SPAN>', [("MB210", 3)]),
    (r"a \<b>b\</b> c", [("MB210", 1)]),
    ("a <grin> b", []),
    (r"a \<grin> b <sigh>, said <name withheld>", []),
    ("a <https://x.org> 2 < 3 > 1 I <3 u `<b>`", []),
    ("Title\n=====", [("MB211", 2)]),
    ("a\n\n```\nb\n```", [("MB211", 3), ("MB206", 3)]),
    ("    First paragraph, which is long enough not to be verse.\nAnd goes on for another line, which is full.\n"
     "    Second paragraph, which is long as well.", [("MB212", 3)]),
    ("    First paragraph, which is long enough not to be verse.\nand goes on with no indent for its second line here", []),
    ("    Every line is indented here, and is long enough\n    not to be taken for verse by anybody, is it", []),
    ("   I went home.\n   She was there.\n   We ate butter.", [("MB212", 2)]),
    ("    The first line is indented, and so is the one that goes on from it, which\nhangs there, since it is a list, or\n"
     "    if it is none, for another reason altogether, and that is the end of it.", []),
    ("   I went home\n   She was there\n   We ate butter", [("MB206", 1)]),
    ("  I ran home and home was not there.\nNor was she.\n  We ate\nbutter.", [("MB212", 3)]),
    (f"{LONG_LINE}\n{LONG_LINE}\nAnd so we went home.\nThat was all.", [("MB214", 2)]),
    (f"{LONG_LINE}\n“Who?” she said.\n\nNothing else.", [("MB214", 2)]),
    (f"> {LONG_LINE}\n> Łukasz did.", [("MB214", 2)]),
    ("He went to the gate and stood there for the whole of the afternoon, as\nhe did. It was cold.\n"
     "The next day he stood there again, and the day after, and nobody asked\nhim why.", [("MB214", 3)]),
    ("He went to the gate and stood there for the whole of the afternoon.\nThe next day he stood there again, and "
     "the day after, and nobody\nasked. It was as if he had always been there, a part of the gate.\nYes.", []),
    (f"{LONG_LINE[:95]}\nand {LONG_LINE[4:95]}\nand so on.", []),
    ("From: Ana <a@x.org>\nSubject: oak\nDate: Monday\n\nWe ran.", [("MB215", 1)]),
    ("From: the beginning\n\nwe ran.", []),
    ("To: do\nDate: never\n\nWe ran.", [("MB206", 1)]),
    ("We ran=E2=80=94and ran.=20\n\nAgain.", [("MB215", 1)]),
    ("x = y and 2+2=4", []),
    ("a https://x.org/?v=A8\n\nb https://x.org/?v=AB", []),
    ("We ran.\n\nSent with love, Ana", []),
    ("We ran.\n\nSent from my iPhone", [("MB215", 3)]),
    ("Vi sprang.\n\nSkickat från min iPhone", [("MB215", 3)]),
    ("We ran.\n\n-- \nAna", [("MB215", 3)]),
    ("We ran.\n\nSent home, he wept.", []),
    ("[a]: https://x.org", [("MB213", 1)]),
    ("[a]\n\n[a]: https://x.org\n[a]: https://y.org", [("MB213", 4)]),
]  # fmt: skip


@pytest.mark.parametrize(("markdown", "codes"), FINDINGS)
def test_findings(markdown: str, codes: list[tuple[str, int]]) -> None:
    _, findings = read(markdown)
    assert [(finding.code, finding.place.line) for finding in findings] == codes
    for finding in findings:
        assert finding.code in CODES
        assert finding.place.file == "s.md"
        assert finding.hint


def test_what_is_left_out_of_a_link_stays_as_words() -> None:
    text, _ = read("see [my *page*](javascript:x) and ![a fine *picture*](a.jpg) and [this](b.md)")
    assert [shown(block) for block in text.blocks] == ["p see my _page_ and a fine _picture_ and this"]


def test_angle_brackets_that_hold_no_address_stay() -> None:
    text, findings = read("Id: <abc.def@mail> by *<x:y>* and <a@x.org>")
    assert [shown(block) for block in text.blocks] == ["p Id: <abc.def@mail> by _<x:y>_ and [a@x.org](mailto:a@x.org)"]
    assert not findings


def test_a_title_and_byline_at_the_top_are_named() -> None:
    names = ("Dell T., Ohio", "Dell Thomas", "Dell T.")
    for markdown, lines in (
        ("# Butter in the Pan\n\nby Dell T.\n\nIt was hot.", [1, 3]),
        ("Butter in the pan\nby Dell T.\n\nIt was hot.", [1]),
        ("*Dell Thomas*\n\nIt was hot.", [1]),
        ("Butter in the pan, she said.\n\nIt was hot.", []),
        ("Butter in the Pan", []),
        ("It was hot.\n\nDell T.", []),
    ):
        text, _ = read(markdown)
        assert [f.place.line for f in printed_twice(text, "Butter in the Pan", names)] == lines, markdown


def test_an_address_that_no_link_uses_stays_as_words() -> None:
    text, _ = read('> [My site]: https://x.org "The Title"')
    assert [shown(block) for block in text.blocks] == ["> p [My site]: https://x.org “The Title”"]


def test_places_and_sources() -> None:
    text, _ = read(
        "# One\n\nTwo {>> over\n\nlines <<} and\nthree.\n***\n> four\n> five\n\n1. six\n\n   seven[^1]\n\n[^1]: eight\n"
    )
    assert [(block.place.line, block.place.column, block.source) for block in text.blocks] == [
        (1, 1, "# One"),
        (3, 1, "Two {>> over\n\nlines <<} and\nthree."),
        (7, 1, "***"),
        (8, 1, "> four\n> five"),
        (11, 1, "1. six"),
        (13, 1, "   seven[^1]"),
    ]
    assert text.notes[0].place.line == text.notes[0].blocks[0].place.line == 15


def test_paragraphs_of_one_list_share_a_key() -> None:
    text, _ = read("1. a\n\n   b\n2. c\n   - d\n   - e\n\ntext\n\n- f\n- g")
    inside = [block.inside for block in text.blocks]
    assert inside[0] == inside[1]
    assert inside[0][0].key == inside[2][0].key
    assert [each[0].item for each in inside[:3]] == [1, 1, 2]
    assert inside[3][0] == inside[2][0]
    assert inside[3][1].key == inside[4][1].key != inside[0][0].key
    assert inside[6][0].key not in (inside[0][0].key, inside[3][1].key)


def test_plain_punctuation() -> None:
    text, _ = read('"It\'s" 5\'11" -- wait... \\*a\\* `b`', smart=False)
    assert [shown(block) for block in text.blocks] == ['p "It\'s" 5\'11" -- wait... *a* `b`']


def test_the_language_decides_about_quotes() -> None:
    assert [shown(block) for block in read('"Los!"', "de")[0].blocks] == ["p „Los!“"]


@pytest.mark.parametrize(
    ("typed", "runs"),
    [
        ('The *Tree* at the "Corner"', "The _Tree_ at the “Corner”"),
        ("**All** smiles -- '90s", "*All* smiles — ’90s"),
        ("M*A*S*H 5 * 3", "M*A*S*H 5 * 3"),
        ("[a](https://x.org) <b> `c` &amp; ![d](e)", "[a](https://x.org) <b> ‘c’ & ![d](e)"),
        ("# 1 > 2 - 3", "# 1 > 2 - 3"),
        ('\\*a\\* \\"b\\"', '*a* "b"'),
        (" a \n b ", "a b"),
        ("a\ufdd0b", "a\ufffdb"),
        ("", ""),
        ("*", "*"),
    ],
)
def test_one_line_fields(typed: str, runs: str) -> None:
    assert "".join(map(shown_run, plain_runs(typed, "en"))) == runs


def test_one_line_fields_as_typed() -> None:
    assert plain_runs('"a" *b*', "en", smart=False) == (Run('"a" '), Run("b", italic=True))


# --- nothing is lost

WORDS = st.lists(
    st.sampled_from(["one", "Zwölf", "Nguyễn", "3:59", "well-known", "don't", "Łukasz", "26.2", "é"]),
    min_size=1,
    max_size=12,
)
MARKED = st.tuples(
    WORDS,
    st.sampled_from(["{}", "*{}*", "**{}**", "`{}`", "[{}](https://x.org)", "[{}]{{lang=fr}}", '"{}"', "_{}_", "({})"]),
)
PARAGRAPH = st.lists(MARKED, min_size=1, max_size=6)
BLOCK = st.tuples(
    PARAGRAPH,
    st.sampled_from(["{}", "# {}", "> {}", ">> {}", "- x\n- {}", "1) x\n2) {}", "***\n\n{}", "{}  \nx"]),
)


@given(st.lists(BLOCK, min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_words_of_a_story_are_the_words_typed(blocks: list[tuple[list[tuple[list[str], str]], str]]) -> None:
    sources, words = [], []
    for paragraph, frame in blocks:
        own = [word for part, _ in paragraph for word in part]
        sources.append(frame.format(" ".join(mark.format(" ".join(part)) for part, mark in paragraph)))
        extra = 1 if "x" in frame else 0
        words += ["x"] * (extra if frame[0] != "{" else 0) + own + ["x"] * (extra if frame[0] == "{" else 0)
    text, findings = read("\n\n".join(sources))
    printed = " ".join(block.text for block in text.blocks)
    printed = unicodedata.normalize("NFC", printed.replace("’", "'"))
    found = [token.strip("“”\"()‘'") for token in printed.split()]
    assert [token for token in found if token] == words
    assert body_words(text) == len(words)
    assert not [finding for finding in findings if finding.code not in ("MB206", "MB225")]


PIECES = st.sampled_from(
    [
        *re.findall(
            r"\S+",
            "word two A Ana 12 3) 1. 1986. - * + > # ## *** --- === ** _ ` ``` ~~~ [ ] ( ) ![ ]( ^[ [^1] [^1]: [^a] [^a]: [x]: "
            "https://x.org http: <https://x.org> <b> {>> <<} {lang=fr} ]{lang=fr} &amp; &eacute; &#x41; \" ' ... -- — é 中 🏃 "
            "{{ }} => : ! |",
        ),
        *(
            " ",
            "\n",
            "\n\n",
            "  \n",
            "\\\n",
            "\\",
            "\t",
            "    ",
            "\r\n",
            "\u00a0",
            "\u200b",
            "\x00",
            "\ufdd0",
            "\ud800",
        ),
        *("e\u0301", "- "),
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_becomes_a_sound_text(markdown: str) -> None:
    text, findings = read(markdown)
    lines = re.sub("\r\n?", "\n", markdown).count("\n") + 1
    everything = [*text.blocks, *(block for note in text.notes for block in note.blocks)]
    for block in everything:
        assert 1 <= block.place.line <= lines
        for run in block.runs:
            assert run.text or run.query
            assert not re.search("[\x00-\x09\x0b-\x1f\ud800-\udfff\ufdd0-\ufdef]", run.text)
            assert block.kind == "code" or "  " not in run.text
    assert [run.query for block in text.blocks for run in block.runs if run.query] == [
        query.number for query in text.queries
    ]
    for query in text.queries:
        assert any(run.query == query.number for run in text.blocks[query.block].runs)
    marks = {run.note for block in everything for run in block.runs if run.note}
    assert marks == {note.number for note in text.notes} == set(range(1, len(text.notes) + 1))
    for finding in findings:
        assert finding.code in CODES
        assert 1 <= finding.place.line <= lines


@given(st.text(max_size=120), st.sampled_from(["en", "fr", "es", "he", "vi"]))
@settings(max_examples=200, deadline=None)
def test_no_text_raises_or_loses_a_sign(markdown: str, language: str) -> None:
    _, findings = read(markdown, language)
    assert not [finding for finding in findings if finding.code == "MB220"]
    plain_runs(markdown, language)


@given(st.lists(st.one_of(PIECES, st.sampled_from("*_\\`[](){}<>&;^~:/.@-+=#>!|'\"")), max_size=40).map("".join))
@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_sign_is_printed_or_was_a_mark(markdown: str) -> None:
    assert not [finding for finding in read(markdown)[1] if finding.code == "MB220"]


LETTERS = (
    st.text(
        st.characters(
            exclude_categories=["Cc", "Cs", "Cn", "Co", "Cf", "Zs", "Zl", "Zp"],
            exclude_characters="*_\\`[]<>{}&^~#-+=•·●|",
        ),
        min_size=1,
        max_size=8,
    )
    .map(lambda word: unicodedata.normalize("NFC", word))
    .filter(lambda word: not re.search(r"[`´]|://|@|www|\w/|^\d+[.)]$|^>", word, re.IGNORECASE))
)


@given(
    st.lists(LETTERS, min_size=1, max_size=30),
    st.sampled_from([" ", "\n", "\n\n"]),
    st.sampled_from(["en", "de", "fr", "pl", "vi"]),
)
@settings(max_examples=300, deadline=None)
def test_letters_of_every_script_come_through(words: list[str], between: str, language: str) -> None:
    """What holds no marks is printed as typed, but for quotes, apostrophes, dashes, dots and spaces."""
    typed = between.join(words)
    assume(not any(map(SCENE_BREAK.fullmatch, typed.split("\n"))))
    text, _ = read(typed, language)
    printed = "".join(block.text for block in text.blocks)
    plain, wanted = (
        re.sub("[\"'“”„‟«»″‘’‚‹›′´]+", "'", "".join(unicodedata.normalize("NFC", each).replace("…", "...").split()))
        for each in (printed, typed)
    )
    assert plain == wanted


def test_a_sign_that_would_be_lost_is_found() -> None:
    from milebook.markdown.footnotes import new_env
    from milebook.markdown.grammar import block_tokens
    from milebook.markdown.lost_signs import lost_sign, unread_lines

    assert lost_sign("a *b* c", 2, "a b c") is None
    assert lost_sign("a\nb*c*d", 2, "a bd") == (1, 2)
    lines = ["a", "", "> - b", "# c #", "***", "", "1."]
    tokens = block_tokens("\n".join(lines), new_env())
    assert unread_lines(lines, tokens) == []
    assert unread_lines([*lines, "", "d"], tokens) == [8]


@pytest.mark.parametrize(
    ("language", "typed", "blocks"),
    [
        ("es", "- ¿Vienes?\n- No.", ["p —¿Vienes?", "p —No."]),
        ("es", "- agua\n- pan", ["• p agua", "• p pan"]),
        ("en", "- Are you coming?\n- No.", ["• p Are you coming?", "• p No."]),
        ("fr", "- Tu viens ?\n- Non.", ["p —\u00a0Tu viens\u202f?", "p —\u00a0Non."]),
        ("pl", "- Idziesz?\n\n- Nie.", ["p –\u00a0Idziesz?", "p –\u00a0Nie."]),
        ("sv", "-- Kommer du?\n-- Nej.", ["p –\u00a0Kommer du?", "p –\u00a0Nej."]),
        ("es", "-¡Ven!\n-¿Qué?", ["p —¡Ven!", "p —¿Qué?"]),
        ("es", "-Sí -dijo ella-. Vamos.", ["p —Sí —dijo ella—. Vamos."]),
        ("es", "—Hola -dijo el ex-marido.", ["p —Hola —dijo el ex-marido."]),
        ("es", "-5 grados, Al-Andalus -y más-.", ["p -5 grados, Al-Andalus -y más-."]),
        ("fr", "-Tu viens ?\n-Non.", ["p —\u00a0Tu viens\u202f?", "p —\u00a0Non."]),
        ("pl", "- Nie - powiedziała.\n- Tak.", ["p –\u00a0Nie – powiedziała.", "p –\u00a0Tak."]),
        ("pt", "-Não - disse ela.", ["p —\u00a0Não — disse ela."]),
        ("de", "-fach und -mal", ["p -fach und -mal"]),
        ("pt-BR", "- Vens?\n- Não.\n\n- água\n- pão", ["p —\u00a0Vens?", "p —\u00a0Não.", "• p água", "• p pão"]),
    ],
)
def test_speech_with_dashes(language: str, typed: str, blocks: list[str]) -> None:
    assert [shown(block) for block in read(typed, language)[0].blocks] == blocks


def test_a_long_line_of_speech_is_read_in_a_moment() -> None:
    begun = time.perf_counter()
    read("-Hola" + " -a" * 30_000, "es")
    assert time.perf_counter() - begun < 10  # it was a minute when each dash looked for its partner in all of the rest


@pytest.mark.parametrize(
    ("language", "typed", "printed"),
    [
        ("fr", "Tu viens ? Oui ; non ! Ceci :", "Tu viens\u202f? Oui\u202f; non\u202f! Ceci\u00a0:"),
        ("fr", "« Non » 10 000 km, 5 %", "«\u00a0Non\u00a0» 10\u202f000 km, 5\u00a0%"),
        ("de", "10 000 Läufer, 5 %, 12 2026", "10\u00a0000 Läufer, 5\u00a0%, 12 2026"),
        ("en", "In 1986 300 of us; 5 % of 10 000", "In 1986 300 of us; 5\u00a0% of 10 000"),
        ("pl", "1 234 567 osób", "1\u00a0234\u00a0567 osób"),
        ("fr", "https://x.org/a?b :", "https://x.org/a?b\u00a0:"),
    ],
)
def test_spaces_that_hold_together(language: str, typed: str, printed: str) -> None:
    assert read(typed, language)[0].blocks[0].text == printed


@given(
    st.lists(
        st.sampled_from(
            [
                "alpha",
                "beta",
                "gamma",
                "1986.",
                "7)",
                "*",
                "**",
                "_",
                "`",
                "- ",
                "> ",
                "# ",
                "\n",
                "\n\n",
                " ",
                '"',
                "'",
                "--",
                "...",
                "~~~",
                "===",
                "!",
                "&",
                "{",
                "}",
                "<",
                ">",
                "|",
                "\\",
                "(",
                ")",
                "^",
                "+ ",
            ]
        ),
        max_size=40,
    ).map("".join)
)
@settings(max_examples=250, deadline=None)
def test_no_word_is_lost_or_moved(markdown: str) -> None:
    """Without links, notes and queries every letter and every number but a list's is printed, in order."""
    text, _ = read(markdown)
    letters = re.findall("[a-z]+", markdown.lower())
    assert "".join(re.findall("[a-z]+", " ".join(block.text for block in text.blocks).lower())) == "".join(letters)
    if "7)" not in markdown:
        numbers = re.findall(r"\d+", " ".join(block.text for block in text.blocks))
        assert "".join(numbers) == "".join(re.findall(r"\d+", markdown))


LINES = st.sampled_from(
    [
        "one",
        " two three",
        "\tfour",
        "",
        "",
        " ",
        "\t",
        "*five*",
        "_six_",
        "7.x",
        "#eight",
        "-- nine",
        "a [b](c.d)",
        "\u00a0",
        "\x0c",
        "`x`",
        "_ _",
        "\\",
        "x  ",
        "* * *",
        "***",
        "---",
    ]
)


@given(st.lists(LINES, max_size=14).map("\n".join))
@settings(max_examples=200, deadline=None)
def test_plain_paragraphs_are_read_as_the_parser_reads_them(markdown: str) -> None:

    from milebook.markdown.footnotes import new_env
    from milebook.markdown.grammar import block_tokens
    from milebook.markdown.plain_paragraphs import paragraphs

    tokens = block_tokens(markdown, new_env())
    expected = [(t.type, t.content.strip(), t.map) for t in tokens if t.type in ("inline", "hr")]
    plain = paragraphs(markdown)
    assert plain is None or [(token.type, token.content, token.map) for token in plain] == expected


@pytest.mark.parametrize("line", ["* * *", "***", "---"])
def test_scene_breaks_need_no_parser(line: str) -> None:
    from milebook.markdown.plain_paragraphs import paragraphs

    for text in (f"One.\n\n{line}\n\nTwo.", f"One.\n{line}\nTwo.", f"{line}\n{line}", f"One.\n\n{line}\n"):
        assert paragraphs(text), text
    for text in (f" {line}", f"{line} ", f"{line}\n- a", f"> {line}"):
        assert paragraphs(text) is None, text


PIECES_OF_EMPHASIS = st.sampled_from(
    [
        "*",
        "**",
        "*a*",
        "**b c**",
        "*d.*",
        "“*e,*”",
        " ",
        "\n",
        ", ",
        "f",
        "“",
        "”",
        "(",
        ")",
        "é",
        "1",
        "-",
        "—",
        "\u00a0",
        "$",
    ]
)


@given(st.lists(PIECES_OF_EMPHASIS, max_size=14).map("".join))
@settings(max_examples=500, deadline=None)
def test_plain_emphasis_is_read_as_the_parser_reads_it(content: str) -> None:
    from milebook.markdown.folding import finish
    from milebook.markdown.footnotes import new_env
    from milebook.markdown.grammar import inline_tokens
    from milebook.markdown.inline import Walk
    from milebook.markdown.plain_paragraphs import emphasis

    content = content.strip()
    tokens = emphasis(content)
    if tokens is None:
        return
    walk = Walk()
    plain, breaks = finish(walk.runs(tokens), "en", True), walk.breaks
    assert plain == finish(walk.runs(inline_tokens(content, new_env())), "en", True)
    assert breaks == walk.breaks


def test_emphasis_needs_no_parser() -> None:
    from milebook.markdown.plain_paragraphs import emphasis

    for content in ("a *b* c", "**A b**\nc", "“*No,*” she said. (*yes*)", "*It was.* It **is** *not*—"):
        assert emphasis(content), content
    for content in ("a*b*", "*a **b** c*", "*a", "* a*", "***a***", "*a* _b_", "*a*b", "*a**"):
        assert emphasis(content) is None, content


BOMBS: list[Callable[[int], str]] = [
    lambda n: ">" * n,
    lambda n: "> " * n + "a",
    lambda n: "[" * n,
    lambda n: "[" * n + "a" + "]" * n,
    lambda n: "![" * n + "a" + "](x.jpg)" * n,
    lambda n: "[a](" * n,
    lambda n: "*" * n + "a",
    lambda n: "*a **b _c " * n,
    lambda n: "*a " * n + "b*" * n,
    lambda n: "*_" * n,
    lambda n: "".join("e" + "`" * i for i in range(int(n**0.5))),
    lambda n: "<" * n,
    lambda n: "<!--" * n,
    lambda n: "&#" * n,
    lambda n: "\\" * n,
    lambda n: "^[" * n,
    lambda n: "[^a]" * n + "\n\n[^a]: x",
    lambda n: "[" * n + "a]{lang=fr}",
    lambda n: "{>>" * n + "<<}" * n,
    lambda n: "~~~a\n" * n,
    lambda n: "- " * n + "a",
    lambda n: "2. " * n + "a",
    lambda n: "[a]: \\\n" * n,
    lambda n: "“" * n + "'" * n + '"' * n,
    lambda n: '12" ' * n,
    lambda n: "a" * n + "<@",
    lambda n: "{{" * n,
    lambda n: "a" + "\u0301" * n,
    lambda n: "a\\\n" * n,
    lambda n: " " * n + "\t" * n + "a",
]


@pytest.mark.parametrize("bomb", BOMBS, ids=[repr(bomb(3))[:24] for bomb in BOMBS])
def test_work_grows_with_the_text(bomb: Callable[[int], str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten times the text takes at most some twenty times the work, counted in calls of Python and not by a clock."""
    import sys

    def work(size: int) -> int:
        calls = 0

        def count_call(*_: object) -> None:
            nonlocal calls
            calls += 1

        sys.setprofile(count_call)
        try:
            read(bomb(size))
        finally:
            sys.setprofile(None)
        return calls

    read("warm *up*")
    assert work(3000) < 20 * work(300) + 5_000


def test_a_hundred_thousand_words_in_one_text() -> None:
    line = 'It\'s *mile* 20, "she" said -- and [we](https://x.org) ran...[^1]\n'
    text, findings = read((line * 13 + "\n") * 1000 + "\n[^1]: Far.\n")
    assert len(text.blocks) == 1000
    assert body_words(text) == 104_000
    assert not findings


@pytest.mark.parametrize(
    "typed", ["[film](/“p.om/)", "[film](https://exam““ple.com/banana)", "[a](https://x.example/“b.com/c) d.com/e"]
)
def test_an_address_within_the_address_of_a_link_is_part_of_it(typed: str) -> None:
    text, findings = read_prose(f"See {typed} here.\n", "a.md", language="en-US")
    assert not [finding for finding in findings if finding.code == "MB220"]
    assert " ".join(block.text for block in text.blocks).endswith(" here.")


@pytest.mark.parametrize(
    "row",
    [
        "• • •",
        "•",
        "···",
        "———",
        "—— ——",
        "— — —",
        "–––",
        "⁂",
        "* * *",
        "#",
        "❦",
        "◊ ◊ ◊",
        "◦ ◦ ◦",
        "§ § §",
        "~*~*~",
        "-oOo-",
        "*~*~*",
        "-=-=-",
        "*&nbsp;*&nbsp;*",
        "#\u00a0#\u2003#",
        "&emsp;***&#8203;",
    ],
)
def test_rows_of_signs_that_part_scenes(row: str) -> None:
    text, findings = read(f"One.\n\n{row}\n\nTwo.\n", "en-US")
    assert [block.kind for block in text.blocks] == ["paragraph", "scene-break", "paragraph"]
    assert not text.blocks[1].inside and not findings


@pytest.mark.parametrize(
    "row", ["—", "––", "– or —", "• one", "§", "-_-", "*_*", "^_^", "xxx", "...", "?!", "=)", ":-*", "o o"]
)
def test_rows_that_part_nothing(row: str) -> None:
    assert [block.kind for block in read(f"One.\n\n{row}\n\nTwo.\n", "en-US")[0].blocks] == ["paragraph"] * 3


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("*He ran home alone.\n\nHe slept all day.*", [1]),
        ("One.\n\n_“He ran.\n\nHe swam.\n\nHe slept.”_\n\nFour.", [3]),
        ("**Bold here\n\nand there!**", [1]),
        ("*One.*\n\n*Two.*", []),
        ("*One.\n\n*Two.*", []),  # the second is a passage of its own
        ("____ is what he wrote\n\nand ____", []),
        ("It was dear.*\n\n*The price of 1986.", []),  # a note and its mark
    ],
)
def test_italics_that_go_over_paragraphs_are_reported(typed: str, lines: list[int]) -> None:
    _, findings = read(typed, "en-US")
    found = [
        finding.place.line for finding in findings if finding.code == "MB223" and "later paragraph" in finding.message
    ]
    assert found == lines
