"""Report names of new files that would cause trouble on another computer, before the files are written."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from milebook.model.findings import Finding, Place
from milebook.source import shown
from milebook.system.portable_names import one_name, trouble_on_windows


def name_findings(root: Path, wanted: Mapping[str, str]) -> list[Finding]:
    """Why files cannot have the names that a change gives them. `wanted` maps paths to "" where the file is removed."""
    findings: list[Finding] = []
    folders: dict[str, dict[str, str]] = {}  # folder -> folded name -> name
    for path in (path for path in wanted if not wanted[path]):
        folder, _, name = path.rpartition("/")
        _names(folders, root, folder).pop(one_name(name), None)
    for path in (path for path in wanted if wanted[path]):
        folder = ""
        for name in path.split("/"):
            there = _names(folders, root, folder)
            known = there.setdefault(one_name(name), name)
            folder = f"{folder}/{name}".lstrip("/")
            if known != name:
                fact = f"“{shown(folder)}” and “{shown(known)}” differ only in capitals or accents"
                findings.append(Finding("MB076", fact, Place(shown(path)), "give one of them another name"))
            elif not os.path.lexists(root / folder) and (why := trouble_on_windows(name)):
                fact = f"“{shown(name)}” cannot be the name of a file on Windows: {why}"
                findings.append(Finding("MB075", fact, Place(shown(path)), "give it another name"))
    return list(dict.fromkeys(findings))


def _names(folders: dict[str, dict[str, str]], root: Path, folder: str) -> dict[str, str]:
    if folder not in folders:
        folders[folder] = {}
        with suppress(OSError):
            folders[folder] = {one_name(path.name): path.name for path in sorted((root / folder).iterdir())}
    return folders[folder]
