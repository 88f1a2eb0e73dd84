"""Small books made on the spot, for tests: stories as Markdown, photos drawn, an index written out."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

OPENINGS = (
    "The road bends twice before the river", "My father kept a map of it", "Nobody had told me about the hill",
    "I was the last of nine", "We walked it the wrong way round", "There is a bench now", "It rained, of course",
)  # fmt: skip
MIDDLES = (
    "and the dog would not cross the bridge", "so I counted lamp posts instead of minutes", "which is why I remember the smell of tar",
    "while my sister sang the same two lines", "although the clock in the square had stopped", "because the bus had gone without us",
    "and somebody’s grandmother handed out oranges", "until the last house with its blue door",
)  # fmt: skip
ENDINGS = (
    "I still have the shoe.",
    "That was all.",
    "Ask me again in May.",
    "He waved; I waved back.",
    "It is shorter than I say it is.",
)
NAMES = (
    "Nguyễn Thị Ánh", "Łukasz Żółkiewski", "Siobhán Ní Dhomhnaill", "Đặng Văn Hùng", "Małgorzata Dąbrowska", "Zoë Österberg",
    "José Ñíguez", "Ştefan Țepeș", "Ögmundur Þórsson", "Trần Quốc Ưu", "Grzegorz Brzęczyszczykiewicz", "Aoife O’Neill",
)  # fmt: skip


def prose(seed: int, words: int) -> str:
    """Paragraphs of plain sentences, about so many words, the same for the same seed."""
    rng = random.Random(seed)
    paragraphs: list[str] = []
    count = 0
    while count < words:
        sentences = [
            f"{rng.choice(OPENINGS)}, {rng.choice(MIDDLES)}." if rng.random() < 0.7 else rng.choice(ENDINGS)
            for _ in range(rng.randint(2, 5))
        ]
        paragraph = " ".join(sentences)
        count += len(paragraph.split())
        paragraphs.append(paragraph)
    return "\n\n".join(paragraphs) + "\n"


def draw(path: Path, size: tuple[int, int] = (1500, 1000), seed: int = 1) -> None:
    """A JPEG with something on it."""
    from PIL import Image, ImageDraw

    rng = random.Random(seed)
    picture = Image.new("RGB", size, (rng.randint(120, 220), rng.randint(120, 220), rng.randint(120, 220)))
    pen = ImageDraw.Draw(picture)
    for _ in range(12):
        x, y, r = rng.randrange(size[0]), rng.randrange(size[1]), rng.randint(10, max(11, min(size) // 3))
        pen.ellipse((x - r, y - r, x + r, y + r), fill=tuple(rng.randrange(256) for _ in range(3)))
    path.parent.mkdir(parents=True, exist_ok=True)
    picture.save(path, quality=80)


def story(ident: str, text: str, **fields: Any) -> dict[str, Any]:
    """A story's entry, with its text under "text"; `fields` go into the index as they are."""
    entry: dict[str, Any] = {"id": ident, "title": ident.replace("-", " ").title(), "status": "selected", "text": text}
    entry["contributor"] = {"name": "Ana Example"}
    entry["permission"] = {"status": "not_needed", "reason": "made for a test"}
    entry.update(fields)
    return entry


def make_book(
    root: Path,
    stories: Sequence[Mapping[str, Any]],
    chapters: Sequence[Mapping[str, Any]] | None = None,
    files: Mapping[str, str] | None = None,
    **book: Any,
) -> Path:
    """A book folder under `root`. Without `chapters` all stories stand in one."""
    about: dict[str, Any] = {
        "title": "A Book of Miles",
        "authors": ["Ada Example", "Bea Example"],
        "language": "en-US",
        "date": "2026-03-15",
        "copyright": {"year": 2026, "holder": "Ada Example"},
        "front": ["half-title", "title", "copyright", "contents"],
        "back": ["contributors", "credits"],
    }
    about.update(book)
    (root / "stories").mkdir(parents=True, exist_ok=True)
    entries = []
    for given in stories:
        entry = dict(given)
        (root / "stories" / f"{entry['id']}.md").write_text(entry.pop("text"), "utf-8")
        for photo in entry.get("photos", ()):
            target = root / "stories" / photo["file"]
            if not target.exists():
                draw(target, seed=len(photo["file"]))
        entries.append(entry)
    store = list(chapters) if chapters else [{"id": "one", "title": "One", "stories": [e["id"] for e in entries]}]
    for name, text in (files or {}).items():
        path = root / "stories" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    index = {"book": about, "chapters": store, "stories": entries}
    # JSON is YAML: quoting is right whatever the text
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in index.items()]
    (root / "stories" / "index.yaml").write_text("\n".join(lines) + "\n", "utf-8")
    return root


def photo(file: str, **fields: Any) -> dict[str, Any]:
    entry = {
        "file": file, "caption": "What was left of it.", "credit": "Photo by Ben Example", "alt": "Circles of several colours.",
        "place": "end", "permission": {"status": "not_needed", "reason": "drawn for a test"},
    }  # fmt: skip
    entry.update(fields)
    return entry
