"""The addresses that the preview knows, and what each gives. None of them is a path on the disk."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from milebook.layout.font_files import FOLDER
from milebook.photos import PhotoLost
from milebook.preview.arranging import Arranger
from milebook.preview.ebook import ebook_page, style_sheet
from milebook.preview.editor import open_file
from milebook.preview.engine import Engine
from milebook.preview.repairing import Repairer
from milebook.preview.safety import Gate
from milebook.preview.server import Answer, App
from milebook.preview.subscribers import Subscriber

HTML, JSON, TEXT = "text/html; charset=utf-8", "application/json", "text/plain; charset=utf-8"
WEB = {  # address -> file of the package, media type
    "/look.css": ("look.css", "text/css"),
    "/steps.css": ("steps.css", "text/css"),
    "/app.css": ("app.css", "text/css"),
    "/board.css": ("board.css", "text/css"),
    "/app.js": ("app.js", "text/javascript"),
    "/pages.js": ("pages.js", "text/javascript"),
    "/ebook.js": ("ebook.js", "text/javascript"),
    "/repairs.js": ("repairs.js", "text/javascript"),
    "/board.js": ("board.js", "text/javascript"),
    "/icon.svg": ("icon.svg", "image/svg+xml"),
}
FONTS = ("Regular", "Italic", "Bold")
NOT_HERE = Answer(404, TEXT, b"there is nothing here\n")

Open = Callable[[Path, int], bool]
Thumb = Callable[[str], "tuple[str, bytes] | None"]
Texts = Callable[[], Mapping[str, str]]


class Routes(App):
    """Answers by address. `thumb` gives the small picture of a photo by its name in the overview, `texts` the words of all
    stories by their ids, for searching."""

    def __init__(self, engine: Engine, gate: Gate, arranger: Arranger, repairer: Repairer, thumb: Thumb, texts: Texts, open_at: Open = open_file) -> None:  # fmt: skip
        self.repairer = repairer
        self.engine, self.gate, self.arranger, self.thumb, self._texts, self._open_at = engine, gate, arranger, thumb, texts, open_at  # fmt: skip
        web = files("milebook.preview").joinpath("web")
        self._web = {address: (web.joinpath(name).read_bytes(), kind) for address, (name, kind) in WEB.items()}
        self._page = web.joinpath("page.html").read_text("utf-8")
        self._fonts: dict[str, bytes] = {}
        self._photos: dict[str, tuple[str, bytes]] = {}
        self._posts: Mapping[str, Callable[[dict[str, Any]], Answer]] = {
            "/look": self._look,
            "/open": self._open,
            "/arrange": self._arrange,
            "/undo": self._undo,
            "/repair": self._repair,
        }

    # ---- streams

    def open_stream(self, client: str) -> Subscriber:
        one = Subscriber(client)
        self.engine.subscribe(one)
        return one

    def close_stream(self, one: Subscriber) -> None:
        self.engine.unsubscribe(one)

    def close(self) -> None:
        self.arranger.close()

    # ---- what is asked for

    def get(self, path: str, query: dict[str, list[str]]) -> Answer:
        if path in self._web:
            body, kind = self._web[path]
            return Answer(200, kind, body)
        if path == "/":
            return self._start(query)
        found = re.fullmatch(
            r"/(page|boxes|outline|ebook|ebook-photo|font|thumb)/([\w.-]{1,80})(?:/([0-9]{1,4}))?", path
        )
        if found:
            return self._named(found[1], found[2], found[3] or "")
        if path == "/ebook.css":
            layout = self.engine.layout
            return Answer(200, "text/css", style_sheet(layout)) if layout else NOT_HERE
        if path == "/overview":
            return Answer(200, HTML, self.engine.overview.encode("utf-8", "replace"))
        if path == "/board":
            return _json(self.arranger.board())
        if path == "/repairs":
            return _json(self.repairer.plan())
        if path == "/texts":
            return _json(dict(self._texts()))
        return NOT_HERE

    def _start(self, query: dict[str, list[str]]) -> Answer:
        if "key" in query:  # the link: its key goes into the cookie and out of the address
            return Answer(303, TEXT, b"", cookie=self.gate.set_cookie(), to="/")
        title = str(self.engine.outliner.outline.get("title", "milebook"))
        page = self._page.replace("{{token}}", escape(self.gate.token)).replace("{{title}}", escape(title))
        return Answer(200, HTML, page.encode("utf-8", "replace"))

    def _named(self, what: str, name: str, number: str) -> Answer:
        if what == "page" and number:
            image = self.engine.pictures.picture(name, int(number))
            kind = "image/png" if image and image.startswith(b"\x89PNG") else "image/jpeg"
            return Answer(200, kind, image, keep=True) if image else NOT_HERE
        if what == "boxes":
            boxes = self.engine.boxes(name)
            return NOT_HERE if boxes is None else _json(boxes)
        if what == "outline":
            return _json(self.engine.outliner.outline) if name == self.engine.outliner.name else NOT_HERE
        if what == "ebook":
            return self._ebook(name)
        if what == "ebook-photo" and name in self._photos:
            kind, data = self._photos[name]
            return Answer(200, kind, data, keep=True, framed=True)
        if what == "font" and name in FONTS:
            return Answer(200, "font/ttf", self._font(name), keep=True)
        if what == "thumb":
            made = self.thumb(name)
            return Answer(200, made[0], made[1], keep=True) if made else NOT_HERE
        return NOT_HERE

    def _ebook(self, name: str) -> Answer:
        with self.engine.lock:
            draft, layout, reading = self.engine.live.draft, self.engine.layout, self.engine.reading
        if draft is None or layout is None or reading is None or not name.isdecimal() or int(name) >= len(draft.parts):
            return NOT_HERE
        try:
            page = ebook_page(draft, layout, int(name), self.engine.source.photos(reading))
        except PhotoLost:
            return NOT_HERE
        if len(self._photos) > 40:
            self._photos.clear()
        self._photos.update(page.photos)
        return Answer(200, "application/xhtml+xml; charset=utf-8", page.xhtml, framed=True)

    def _font(self, name: str) -> bytes:
        if name not in self._fonts:
            self._fonts[name] = (FOLDER / "eb-garamond" / f"{name}.ttf").read_bytes()
        return self._fonts[name]

    # ---- what is done

    def post(self, path: str, body: dict[str, Any]) -> Answer:
        do = self._posts.get(path)
        return do(body) if do is not None else NOT_HERE

    def _look(self, body: dict[str, Any]) -> Answer:
        pages = body.get("pages")
        width = body.get("width")
        if not isinstance(pages, list) or not all(type(page) is int for page in pages) or type(width) is not int:
            return _bad()
        self.engine.look(str(body.get("client", ""))[:64], str(body.get("anchor", ""))[:200], pages[:8], width)
        return _json({})

    def _open(self, body: dict[str, Any]) -> Answer:
        """Open the editor at a paragraph, at a story's entry or at a finding: all of them are looked up in what was read."""
        place = None
        if isinstance(body.get("anchor"), str):
            place = self.engine.place_of(body["anchor"])
        elif isinstance(body.get("story"), str):
            place = self.arranger.place_of(body["story"])
        elif type(body.get("finding")) is int:
            findings = self.engine.broken
            number = body["finding"]
            place = findings[number].place if 0 <= number < len(findings) else None
        if place is None or not place.file:
            return NOT_HERE
        path = self.engine.root / place.file
        inside = path.resolve().is_relative_to(self.engine.root.resolve()) and path.is_file()
        opened = inside and self._open_at(path, place.line)
        return _json({"place": str(place), "opened": opened})

    def _arrange(self, body: dict[str, Any]) -> Answer:
        status, answer = self.arranger.change(body)
        return _json(answer, status)

    def _undo(self, body: dict[str, Any]) -> Answer:
        status, answer = self.arranger.undo(body)
        return _json(answer, status)

    def _repair(self, body: dict[str, Any]) -> Answer:
        status, answer = self.repairer.repair(body)
        return _json(answer, status)


def _json(value: Any, status: int = 200) -> Answer:
    return Answer(status, JSON, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace"))


def _bad() -> Answer:
    return _json({"why": "this is not what the preview's page sends"}, 400)
