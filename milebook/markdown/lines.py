"""Clean up lines before they are read as Markdown: lines that only look empty, odd spaces after a mark, typed bullets."""

from __future__ import annotations

import re

# White space of every kind but the line end, and characters without width.
INVISIBLE = r"[^\S\n]|[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\u2800\u3164\ufeff\uffa0]"
_ENTITY = (
    r"(?i:&(?:nbsp|NonBreakingSpace|ZeroWidthSpace|ensp|emsp|thinsp|hairsp|numsp|puncsp|zwnj|zwj|lrm|rlm|shy|"
    r"#0*(?:32|160|173|819[2-9]|820[0-7]|8239|828[78]|12288|65279)|#x0*(?:20|a0|ad|200[0-9a-f]|202f|205f|2060|3000|feff));)"
)
_EMPTY = re.compile(rf"^((?:[ \t]*>)*)(?:{INVISIBLE}|{_ENTITY})+$", re.MULTILINE)
_AFTER_MARK = re.compile(
    rf"^((?:{INVISIBLE})*)((?:>[ \t]*)*(?:>|\#{{1,6}}|[-*+•‣▪●◦·]|\d{{1,9}}[.)]))((?:{INVISIBLE}|{_ENTITY})+)",
    re.MULTILINE,
)
_BULLET = re.compile(r"^([ \t]*(?:>[ \t]*)*)([•‣▪●◦·])(?=[ \t]+\S)", re.MULTILINE)
_BULLETS = "•‣▪●◦·"
# None of these, and no line holds anything to even. Spaces that Python knows are "\s"; the ordinary ones are left out.
_ODD = re.compile(
    "[\u00a0\u00ad\u034f\u115f\u1160\u1680\u17b4\u17b5\u180e\u2000-\u200f\u2028\u2029\u202f\u205f-\u2064\u2800\u3000\u3164\ufeff\uffa0\x0b\x0c\x1c-\x1f\x85•‣▪●◦·]"
)

# A row of one sign, alone in its line, is a scene break; how many it takes depends on what else the sign can be.
_LEAST = {
    "*": 1, "#": 1, "~": 1, "•": 1, "·": 2, "●": 1, "-": 3, "_": 3, "=": 3, "+": 3, "–": 3, "—": 2, "―": 2,
    "⁂": 1, "∗": 1, "⁎": 1, "＊": 1, "✱": 1, "◦": 2, "○": 2, "◊": 1, "◇": 1, "◆": 1, "❦": 1, "❧": 1, "☙": 1, "※": 1,
    "✻": 1, "❖": 1, "✦": 1, "✧": 1, "§": 3, "★": 3, "☆": 3, "⸻": 1,
}  # fmt: skip
# Rows of two signs by turns: ~*~*~, -oOo-, *-*-*, -=-=-. Faces such as -_- and *_* have an underscore.
_MIXED = (
    r"(?:[-~=–—]+[^\S\n]?(?:[*•·+#]|[oO0]{1,3})[^\S\n]?)+[-~=–—]+|(?:[*•·+#][^\S\n]?[-~=–—]+[^\S\n]?){2,}[*•·+#]?"
    r"|(?=[-=~]*-=|[-=~]*=-|[-=~]*~[-=]|[-=~]*[-=]~)[-=~]{4,}"
)
SCENE_SIGNS = "".join(_LEAST) + "oO0"
SCENE_BREAK = re.compile(
    r"[^\S\n]*(?:"
    + "|".join(rf"{re.escape(sign)}(?:[^\S\n]*{re.escape(sign)}){{{least - 1},}}" for sign, least in _LEAST.items())
    + rf"|{_MIXED})[^\S\n]*"
)


# A row of signs with entities for the spaces between them.
_SPACED_SIGNS = re.compile(rf"^(?:[{re.escape(SCENE_SIGNS)}\s]|{_ENTITY})+$", re.MULTILINE)
_SPACE_ENTITY = re.compile(_ENTITY)


def evened(text: str, bullets: dict[int, str]) -> str:
    """The text with the same number of lines and no sign lost but invisible ones.

    `bullets` takes the typed bullet of each line (from 0) whose bullet was replaced by the star that Markdown knows.
    """
    if "&" not in text and (text.isascii() or not _ODD.search(text)):
        return text
    text = _EMPTY.sub(r"\1", text)
    if "&" in text:
        text = _SPACED_SIGNS.sub(lambda found: _SPACE_ENTITY.sub(" ", found[0]), text)
    elif text.isascii():
        return text
    text = _AFTER_MARK.sub(_with_space, text)
    if any(map(text.__contains__, _BULLETS)):
        counted, line = 0, 0

        def star(found: re.Match[str]) -> str:
            nonlocal counted, line
            if SCENE_BREAK.fullmatch(text, found.start(), _line_end(text, found.end())):
                return found[0]
            line += text.count("\n", counted, found.start())
            counted = found.start()
            bullets[line] = found[2]
            return f"{found[1]}*"

        text = _BULLET.sub(star, text)
    return text


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def _with_space(found: re.Match[str]) -> str:
    if found[1].isascii() and found[3].isascii() and "&" not in found[3]:
        return found[0]
    return f"{' ' * sum(map(str.isspace, found[1]))}{found[2]} "
