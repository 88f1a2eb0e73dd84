"""What a saved page says about itself in its head: address, title, author and day, in meta elements and JSON-LD."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from milebook.intake.written_dates import moment_in

_ARTICLES = ("article", "blogposting", "newsarticle", "socialmediaposting", "liveblogposting", "report")


class PageFacts(NamedTuple):
    """Each "" where the page's head does not say it."""

    address: str = ""
    title: str = ""
    author: str = ""
    moment: str = ""
    site: str = ""


def page_facts(root: Any, text: str) -> PageFacts:
    """Reads the head of a page; `text` is its source."""
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower()
        value = " ".join((meta.get("content") or "").split())
        if name and value:
            metas.setdefault(name, value)
    data = next((one for one in _linked_data(root) if _kind(one) & set(_ARTICLES)), {})
    site = metas.get("og:site_name", "")
    return PageFacts(
        _address(root, metas, text),
        _without_site(metas.get("og:title", "") or _text(data.get("headline")), site),
        _author(data, metas),
        moment_in(metas.get("article:published_time", "") or metas.get("datepublished", "") or _text(data.get("datePublished"))),
        site,
    )  # fmt: skip


def _address(root: Any, metas: dict[str, str], text: str) -> str:
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and (link.get("href") or "").startswith("http"):
            return str(link.get("href"))
    if metas.get("og:url", "").startswith("http"):
        return metas["og:url"]
    saved = re.search(r"<!-- saved from url=\(\d+\)(\S+) -->|Page saved with SingleFile\s+url:\s*(\S+)", text[:20_000])
    return (saved[1] or saved[2]) if saved else ""


def _author(data: dict[str, Any], metas: dict[str, str]) -> str:
    """A person. A site that calls itself the author of its posts is none."""
    given = data.get("author")
    listed = given if isinstance(given, list) else [given]
    names = [_text(one.get("name")) for one in listed if isinstance(one, dict) and _kind(one) <= {"person"}]
    labeled = metas.get("twitter:data1", "") if re.search(r"(?i)by|von|par", metas.get("twitter:label1", "")) else ""
    name = next((name for name in (*names, metas.get("author", ""), labeled) if name), "")
    known = {metas.get("og:site_name", "").casefold(), "admin", "administrator"}
    return name if len(name) < 80 and "http" not in name and name.casefold() not in known else ""


def _without_site(title: str, site: str) -> str:
    """The title without the name of the site, which some put behind it."""
    end = re.search(rf"\s+[|–—»«-]\s+{re.escape(site)}$", title) if site else None
    return title[: end.start()] if end else title


def _linked_data(root: Any) -> Iterator[dict[str, Any]]:
    for script in root.iter("script"):
        if (script.get("type") or "").lower() != "application/ld+json" or len(script.text or "") > 500_000:
            continue
        try:
            waiting = [json.loads(script.text or "")]
        except (ValueError, RecursionError):
            continue
        while waiting:
            one = waiting.pop()
            if isinstance(one, list):
                waiting += reversed(one[:500])
            elif isinstance(one, dict):
                yield one
                waiting += [one[key] for key in ("@graph", "mainEntity") if isinstance(one.get(key), (list, dict))]


def _kind(data: dict[str, Any]) -> set[str]:
    given = data.get("@type")
    return {str(one).lower() for one in (given if isinstance(given, list) else [given]) if one}


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
