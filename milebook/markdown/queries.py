"""Queries to the editor, `{>> … <<}`: taken out of a text before it is read as Markdown, so that they may span anything.

In place of each query stands a mark, which is found again in the runs or in code (where it was no query after all).
A query is answered when it holds an answer after "=>": `{>> Which year? => 1986 <<}`.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from milebook.model.findings import Finding, Place
from milebook.model.text import CODE, PARAGRAPH, SCENE_BREAK, Block, Query, Run

OPEN, CLOSE = "{>>", "<<}"

# Two code points that Unicode reserves for a program's own use; `reader` has cleaned the text of them.
_BEGIN, _END = "\ufdd0", "\ufdd1"
MARK = re.compile(f"{_BEGIN}([0-9]+){_END}")
ANSWER = re.compile(r"=>\s*\S")


class Written(NamedTuple):
    """A query as the author typed it."""

    text: str
    place: Place
    typed: str  # with its braces
    answered: bool


class TakenOut(NamedTuple):
    """A text without its queries. Line i of it begins on line `lines[i]`, counted from 1, of the author's file."""

    text: str
    lines: list[int]
    queries: list[Written]
    findings: list[Finding]


def take_out(text: str, file: str) -> TakenOut:
    """The text with a mark in place of every query, and the queries in order."""
    findings: list[Finding] = []
    queries: list[Written] = []
    pieces: list[str] = []
    lines = [1]
    done = position = 0
    line, counted = 1, 0
    close = text.find(CLOSE) if OPEN in text else -1
    while close >= 0 and (begin := text.find(OPEN, position)) >= 0:
        if 0 <= close < begin:
            close = text.find(CLOSE, begin)
        if close < 0:
            break
        following = text.find(OPEN, begin + 3, close)
        position = begin + 3
        if following >= 0 or _escaped(text, begin):
            continue
        line += text.count("\n", counted, begin)
        counted = begin
        typed = text[begin : close + 3]
        asked = " ".join(typed[3:-3].split())
        place = Place(file, line, begin - text.rfind("\n", 0, begin), min(len(typed), 40))
        before = text[done:begin]
        _number(lines, before, line - before.count("\n"))
        pieces.append(before)
        if asked:
            queries.append(Written(asked, place, typed, ANSWER.search(asked) is not None))
            pieces.append(f"{_BEGIN}{len(queries)}{_END}")
        done = position = close + 3
        line += typed.count("\n")
        counted = done
    rest = text[done:]
    _number(lines, rest, line)
    pieces.append(rest)
    out = "".join(pieces)
    if OPEN in out or CLOSE in out:
        findings += _unbalanced(out, lines, file)
    return TakenOut(out, lines, queries, findings)


def put_back(text: str, queries: list[Written]) -> str:
    """The text with its queries as typed: in code they are the author's characters."""
    if _BEGIN not in text:
        return text
    return MARK.sub(lambda mark: queries[int(mark[1]) - 1].typed, text)


def hung(blocks: list[Block], written: list[Written]) -> tuple[list[Block], list[Query]]:
    """The blocks with their queries numbered in order, and the queries.

    A paragraph of nothing but queries is taken out: they hang on the text before it, or else on the text after it.
    """
    if not any(run.query for block in blocks for run in block.runs):
        return blocks, []
    blocks = _without_query_paragraphs(blocks)
    asked: list[Query] = []
    for index, block in enumerate(blocks):
        if not any(run.query for run in block.runs):
            continue
        runs = []
        for run in block.runs:
            if run.query:
                query = written[run.query - 1]
                asked.append(Query(len(asked) + 1, query.text, query.place, index, query.answered))
                run = run._replace(query=len(asked))
            runs.append(run)
        blocks[index] = block._replace(runs=tuple(runs))
    return blocks, asked


def last_printed(blocks: list[Block]) -> int:
    """The index of the last block that marks and queries can hang on, -1 for none."""
    return next((i for i in range(len(blocks) - 1, -1, -1) if blocks[i].kind not in (SCENE_BREAK, CODE)), -1)


def _without_query_paragraphs(blocks: list[Block]) -> list[Block]:
    out: list[Block] = []
    waiting: list[Run] = []
    for block in blocks:
        if block.runs and all(run.query for run in block.runs):
            host = last_printed(out)
            if host < 0:
                waiting += block.runs
            else:
                out[host] = out[host]._replace(runs=(*out[host].runs, *block.runs))
        elif waiting and block.kind not in (SCENE_BREAK, CODE):
            out.append(block._replace(runs=(*waiting, *block.runs)))
            waiting = []
        else:
            out.append(block)
    if waiting:
        out.append(Block(PARAGRAPH, tuple(waiting), blocks[0].place))
    return out


def _number(lines: list[int], piece: str, first: int) -> None:
    """Notes the numbers of the lines that begin inside `piece`, which itself begins on line `first`."""
    lines.extend(range(first + 1, first + 1 + piece.count("\n")))


def _escaped(text: str, position: int) -> bool:
    slashes = 0
    while position > slashes and text[position - slashes - 1] == "\\":
        slashes += 1
    return slashes % 2 == 1


def _unbalanced(text: str, lines: list[int], file: str) -> list[Finding]:
    findings = []
    for number, content in enumerate(text.split("\n")):
        for mark, other in ((OPEN, CLOSE), (CLOSE, OPEN)):
            column = content.find(mark)
            if column < 0 or _escaped(content, column):
                continue
            before = content[:column]
            if "`" not in before and f"\\{other}" not in before:
                findings.append(
                    Finding(
                        "MB205",
                        f'this "{mark}" has no "{other}" to go with it, so it is printed as part of the text',
                        Place(file, lines[number], column + 1, len(mark)),
                        f'write a query as {OPEN} your question {CLOSE}, or put a backslash before "{mark}"',
                    )
                )
    return findings
