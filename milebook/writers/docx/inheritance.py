"""Leave out of each style what it inherits from the style it is based on, so that a change of Normal changes the document.

The styles are first made with all of their properties; what equals the base is taken away here, attribute by attribute.
"""

from __future__ import annotations

from typing import Any

from milebook.writers.docx.markup import W

_W = f"{{{W}}}"
_STYLE_ID, _VAL = f"{_W}styleId", f"{_W}val"
# A leading without its rule is an exact one to LibreOffice, which cuts pictures off: the two stay together.
_LEADING = {f"{_W}line", f"{_W}lineRule"}
_TOGGLE = f"{_W}suppressAutoHyphens"
Properties = dict[tuple[str, str], dict[str, str]]  # (pPr or rPr, property) -> its attributes


def inherited(styles: bytes) -> bytes:
    """The same style sheet without what is inherited. The order of elements stays."""
    from lxml import etree

    root = etree.fromstring(styles)
    by_id = {
        style.get(_STYLE_ID, ""): style for style in root.iter(f"{_W}style") if style.get(f"{_W}type") == "paragraph"
    }
    whole = {name: _properties(style) for name, style in by_id.items()}
    for name, style in by_id.items():
        base = _base(style)
        _strip(style, _resolved(base, by_id, whole) if base in whole and base != name else {})
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return made


def _base(style: Any) -> str:
    based = style.find(f"{_W}basedOn")
    return "" if based is None else based.get(_VAL, "")


def _properties(style: Any) -> Properties:
    return {
        (kind, str(one.tag)): dict(one.attrib)
        for kind in ("pPr", "rPr")
        for group in style.findall(f"{_W}{kind}")
        for one in group
        if not len(one)
    }


def _resolved(name: str, by_id: dict[str, Any], whole: dict[str, Properties]) -> Properties:
    """What a style has, itself and from its bases."""
    base = _base(by_id[name])
    made = _resolved(base, by_id, whole) if base in whole and base != name else {}
    merged = {key: dict(value) for key, value in made.items()}
    for key, value in whole[name].items():
        merged[key] = {**merged.get(key, {}), **value}
    return merged


def _strip(style: Any, base: Properties) -> None:
    for kind in ("pPr", "rPr"):
        group = style.find(f"{_W}{kind}")
        if group is None:
            continue
        for one in list(group):
            had = base.get((kind, str(one.tag)))
            if had is None and one.tag == _TOGGLE and one.get(_VAL) == "0":
                group.remove(one)  # off, as it is anyway
            if had is None or len(one):
                continue
            same = {attribute for attribute, value in one.attrib.items() if had.get(attribute) == value}
            if not same >= _LEADING.intersection(one.attrib):
                same -= _LEADING
            for attribute in same:
                del one.attrib[attribute]
            if not one.attrib:
                group.remove(one)
        if not len(group):
            style.remove(group)
