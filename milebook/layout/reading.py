"""Read `layouts/NAME/layout.yaml`; what it leaves out comes from its `base:`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from pathlib import Path

from milebook.layout.styles import Layout, Page, Style
from milebook.layout.values import LENGTH, READERS, TRIMS, Wrong, read_length
from milebook.model.draft import Role
from milebook.model.findings import NOWHERE, Finding, Place
from milebook.model.near_names import nearest
from milebook.source import BookFolder
from milebook.yaml_nodes import Fields, Items, Node, Scalar, read_yaml

FACES = ("EB Garamond", "Noto Serif", "DejaVu Sans", "DejaVu Sans Mono")
NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
LETTERS = "letter"  # how permission letters look; read_layout knows it, but no book is made with it
LEAST_WIDTH, LEAST_LINES = 144.0, 5


def read_layout(name: str, folder: BookFolder) -> tuple[Layout | None, list[Finding]]:
    """The layout `name`: the book's own in `layouts/NAME/`, else a built-in one. None with findings if it cannot be had."""
    reader = _Reader(folder)
    layout = reader.read(name, NOWHERE, ())
    return (None if reader.broken else layout), reader.findings


def layout_names(folder: BookFolder) -> list[str]:
    """Every layout of a book that can be named: the built-in ones and the author's own; not the one of letters."""
    own = folder.names("layouts") if hasattr(folder, "names") else []
    found = {path.parent.name for path in built_in_folder().glob("*/layout.yaml")}
    found |= {name for name in own if (folder.root / "layouts" / name / "layout.yaml").is_file()}
    return sorted(found - {LETTERS})


def built_in_folder() -> Path:
    """Where the layouts that come with milebook lie: inside the package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    inside = package / "layouts"
    return inside if inside.is_dir() else package.parent / "layouts"


class _Reader:
    """Reads a layout and the ones it is based on, and gathers what is wrong."""

    def __init__(self, folder: BookFolder) -> None:
        self.folder = folder
        self.findings: list[Finding] = []
        self.broken = False

    def fail(self, code: str, message: str, place: Place, hint: str = "") -> None:
        self.findings.append(Finding(code, message, place, hint))
        self.broken = True

    def read(self, name: str, asked: Place, above: tuple[str, ...]) -> Layout:
        """`above` names the layouts that led here, as the files they came from."""
        text, file, own = self._text(name, above)
        if text is None and file in above:
            self.fail("MB503", f"layout “{name}” is based on itself", asked, "name another layout after “base:”")
            return Layout(styles=_all_styles({}))
        if text is None:
            known = ", ".join(layout_names(self.folder))
            self.fail("MB500", f"there is no layout “{name}”", asked, f"the layouts are {known}")
            return Layout(styles=_all_styles({}))
        node, findings = read_yaml(text, file)
        self.findings += findings
        if any(True for _ in findings):
            self.broken = True
        if not isinstance(node, Fields):
            if not findings:
                self.fail(
                    "MB502", f"layout “{name}” is empty", Place(file, 1, 1), "see docs/layouts.md for what goes in"
                )
            return Layout(styles=_all_styles({}))
        base_node = node.get("base")
        if isinstance(base_node, Scalar) and base_node.value:
            base = self.read(base_node.value, base_node.place, (*above, file))
        else:
            base = Layout(styles=_all_styles({}))
        return self._over(base, node, name, own)

    def _text(self, name: str, above: tuple[str, ...]) -> tuple[str | None, str, bool]:
        """A layout's text, its path for findings, and whether it is the book's own."""
        if not NAME.fullmatch(name):
            return None, "", False
        own = f"layouts/{name}/layout.yaml"
        if own not in above and os.path.lexists(self.folder.root / own) and not self._is_built_in(own):
            text, findings = self.folder.read_text(own, Place(own))
            self.findings += findings
            return text, own, True
        built_in = built_in_folder() / name / "layout.yaml"
        if built_in.is_file():
            return built_in.read_text("utf-8"), f"layouts/{name}/layout.yaml (built in)", False
        return None, own, False

    def _is_built_in(self, own: str) -> bool:
        return (self.folder.root / own).resolve() == (built_in_folder() / own.removeprefix("layouts/")).resolve()

    def _over(self, base: Layout, node: Fields, name: str, own: bool) -> Layout:
        """`base` with everything that `node` says laid over it."""
        parts = {"base", "page", "fonts", "word_fonts", "styles", "css", "docx_names"}
        plain = {f.name for f in fields(Layout)} - parts - {"name"}
        known = plain | parts | {"title"}
        changes: dict[str, object] = {"name": name, "base": base.name}
        page, styles, css = base.page, dict(base.styles), base.css
        for key, (key_node, value) in node.fields.items():
            if key not in known:
                self._unknown(key, key_node, known)
            elif key == "page":
                page = self._page(page, value)
            elif key == "styles":
                styles = self._styles(styles, value)
            elif key in ("fonts", "word_fonts"):
                before = base.fonts if key == "fonts" else base.word_fonts
                changes[key] = {**before, **self._names(value, faces=key == "fonts")}
            elif key == "docx_names":
                changes[key] = {**base.docx_names, **self._names(value, roles=True)}
            elif key == "css":
                css += self._css(value, name, own)
            elif key in plain:  # "title" and "base" need nothing here
                self._set(changes, key, value, Layout)
        self._room(page, node)
        return replace(base, page=page, styles=styles, css=css, **changes)  # type: ignore[arg-type]

    def _unknown(self, key: str, node: Node, known: Iterable[str]) -> None:
        near = nearest(key, sorted(known))
        hint = f"did you mean “{near}”?" if near else f"milebook knows {', '.join(sorted(known))}"
        self.fail("MB501", f"milebook does not know “{key}” here", node.place, hint)

    def _set(self, changes: dict[str, object], key: str, node: Node, owner: type) -> None:
        """Put a value of the kind that a field of `owner` has into `changes`."""
        kind = next(f.type for f in fields(owner) if f.name == key)
        if not isinstance(node, Scalar):
            self.fail("MB502", f"“{key}” needs a single value", node.place, "write it on one line, after the colon")
            return
        try:
            changes[key] = READERS[str(kind)](key, node.value)
        except Wrong as wrong:
            self.fail("MB502", f"“{node.value}” does not fit “{key}”", node.place, str(wrong))

    def _fields(self, node: Node, what: str) -> Mapping[str, tuple[Scalar, Node]]:
        if isinstance(node, Fields):
            return node.fields
        if not (isinstance(node, Scalar) and not node.value):
            self.fail("MB502", f"“{what}” needs lines of its own below it", node.place, "indent each by two spaces")
        return {}

    def _page(self, page: Page, node: Node) -> Page:
        changes: dict[str, object] = {}
        known = {f.name for f in fields(Page)} - {"width", "height"} | {"trim"}
        for key, (key_node, value) in self._fields(node, "page").items():
            if key == "trim":
                self._trim(changes, value)
            elif key == "gutters":
                changes[key] = self._gutters(value)
            elif key in known:
                self._set(changes, key, value, Page)
            else:
                self._unknown(key, key_node, known)
        return replace(page, **changes)  # type: ignore[arg-type]

    def _trim(self, changes: dict[str, object], node: Node) -> None:
        written = node.value if isinstance(node, Scalar) else ""
        size = TRIMS.get(written.lower())
        if size is None:
            width, by, height = re.sub("[×*]", "x", written.lower()).partition("x")
            try:
                unit = LENGTH.fullmatch(height.strip())
                if by and unit and LENGTH.fullmatch(width.strip()) and not re.search("[a-z]", width):
                    width += unit.group(2) or ""  # "6 x 9in" means inches on both sides
                size = (read_length("", width), read_length("", height)) if by else None
            except Wrong:
                size = None
        if size is None or not all(144 <= side <= 2880 for side in size):
            self.fail(
                "MB502", f"“{written}” is not a page size", node.place, "write it like “6in x 9in”, “a5” or “letter”"
            )
        else:
            changes["width"], changes["height"] = size

    def _gutters(self, node: Node) -> tuple[tuple[int, float], ...]:
        rows: list[tuple[int, float]] = []
        for item in node.items if isinstance(node, Items) else ():
            row: dict[str, object] = {}
            for key, (key_node, value) in self._fields(item, "gutters").items():
                if key not in ("pages", "inside"):
                    self._unknown(key, key_node, ["pages", "inside"])
                elif isinstance(value, Scalar):
                    try:
                        row[key] = int(value.value) if key == "pages" else read_length(key, value.value)
                    except ValueError:
                        self.fail(
                            "MB502", f"“{value.value}” does not fit “{key}”", value.place, "a number of pages, a length"
                        )
            if len(row) == 2:
                rows.append((row["pages"], row["inside"]))  # type: ignore[arg-type]
        return tuple(sorted(rows))

    def _styles(self, styles: dict[str, Style], node: Node) -> dict[str, Style]:
        """Styles laid over `styles`. `default` is laid over every Role first; a style may begin from `like:` another."""
        given = self._fields(node, "styles")
        known = [str(role) for role in Role]
        if "default" in given:
            shared = self._style(given["default"][1])
            styles = {role: replace(style, **shared) for role, style in styles.items()}  # type: ignore[arg-type]
        for role, (key_node, value) in given.items():
            if role == "default":
                continue
            if role not in known:
                self._unknown(role, key_node, [*known, "default"])
                continue
            start = styles[role]
            like = value.get("like") if isinstance(value, Fields) else None
            if isinstance(like, Scalar):
                if like.value in styles:
                    start = styles[like.value]
                else:
                    self._unknown(like.value, like, known)
            styles[role] = replace(start, **self._style(value))  # type: ignore[arg-type]
        return styles

    def _style(self, node: Node) -> dict[str, object]:
        changes: dict[str, object] = {}
        known = {f.name for f in fields(Style)}
        for key, (key_node, value) in self._fields(node, "styles").items():
            if key == "like":
                continue
            if key in known:
                self._set(changes, key, value, Style)
            else:
                self._unknown(key, key_node, known | {"like"})
        return changes

    def _names(self, node: Node, *, faces: bool = False, roles: bool = False) -> dict[str, str]:
        named: dict[str, str] = {}
        for key, (key_node, value) in self._fields(node, "names").items():
            if not isinstance(value, Scalar) or not value.value:
                self.fail("MB502", f"“{key}” needs a name", value.place, "write it after the colon")
            elif roles and key not in list(Role):
                self._unknown(key, key_node, [str(role) for role in Role])
            elif faces and value.value not in FACES:
                self.findings.append(
                    Finding(
                        "MB505",
                        f"milebook does not ship the face “{value.value}”; {FACES[0]} is used",
                        value.place,
                        f"the faces that can go into a PDF or e-book are {', '.join(FACES)}",
                    )
                )
            else:
                named[key] = value.value
        return named

    def _css(self, node: Node, name: str, own: bool) -> str:
        """The e-book's style sheet, which lies beside the layout."""
        written = node.value if isinstance(node, Scalar) else ""
        if not re.fullmatch(r"[\w-]+\.css", written):
            self.fail(
                "MB502",
                f"“{written}” is not the name of a style sheet",
                node.place,
                "name a .css file beside layout.yaml",
            )
            return ""
        if own:
            text, findings = self.folder.read_text(f"layouts/{name}/{written}", node.place)
            self.findings += findings
            self.broken = self.broken or text is None
            return (text or "") + "\n"
        return (built_in_folder() / name / written).read_text("utf-8")

    def _room(self, page: Page, node: Fields) -> None:
        width = page.width - page.inside - page.outside
        height = page.height - page.top - page.bottom
        if width < LEAST_WIDTH or height < LEAST_LINES * 14:
            place = node.fields["page"][0].place if "page" in node.fields else node.place
            self.fail(
                "MB504",
                f"a page of {page.width / 72:.2f} x {page.height / 72:.2f} inches with these margins has no room for text",
                place,
                "make the page larger or the margins smaller",
            )


def _all_styles(styles: Mapping[str, Style]) -> dict[str, Style]:
    return {str(role): styles.get(str(role), Style()) for role in Role}
