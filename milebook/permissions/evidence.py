"""Look up the evidence of agreements: whether the file is there, and the SHA-256 of its bytes."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from milebook.model.book import Agreement
from milebook.model.findings import Finding
from milebook.permissions.reasons import Reason, Why

if TYPE_CHECKING:
    from milebook.source import BookFolder

_SMALL = 100_000  # bytes: up to here a file is looked at for whether it holds anything but white space
_ABSENT = {"MB004"}


class Evidence(NamedTuple):
    """What was found. `lacking` says why it proves nothing, None when it does."""

    path: str = ""  # relative to the book folder
    sha256: str = ""
    lacking: Reason | None = None


class EvidenceBox:
    """Looks up evidence, every file once. Without a folder (a Book made by hand) what is named is taken to be there."""

    def __init__(self, folder: BookFolder | None, index_path: str) -> None:
        self.folder = folder
        self.index_path = index_path
        self.findings: list[Finding] = []
        self._seen: dict[str, Evidence] = {}

    def look(self, terms: Agreement) -> Evidence:
        if not terms.evidence:
            return Evidence(lacking=Reason(Why.NOTHING_FILED))
        if terms.evidence not in self._seen:
            self._seen[terms.evidence] = self._open(terms)
        return self._seen[terms.evidence]

    def _open(self, terms: Agreement) -> Evidence:
        place = terms.at("evidence")
        if self.folder is None:
            return Evidence(terms.evidence)
        path, findings = self.folder.resolve(self.index_path, terms.evidence, place)
        if path is None:
            self.findings += findings
            return Evidence(lacking=Reason(Why.EVIDENCE_UNREADABLE, terms.evidence))
        data, findings = self.folder.read_bytes(path, place, _SMALL)
        digest: str | None
        if data is None:  # not there, or longer
            digest, findings = self.folder.fingerprint(path, place)
        else:
            digest = hashlib.sha256(data).hexdigest() if data.strip() else ""
        name = f"the evidence “{terms.evidence}”" + (f" of agreement “{terms.id}”" if terms.id else "")
        if digest is None:
            if any(finding.code not in _ABSENT for finding in findings):
                self.findings += findings
                return Evidence(path, lacking=Reason(Why.EVIDENCE_UNREADABLE, terms.evidence))
            self.findings.append(
                Finding(
                    "MB304",
                    f"{name} is not there",
                    place,
                    "put the signed form or the e-mail there, or correct the path",
                )
            )
            return Evidence(path, lacking=Reason(Why.EVIDENCE_ABSENT, terms.evidence))
        if not digest:
            self.findings.append(
                Finding("MB304", f"{name} is an empty file", place, "save the signed form or the e-mail again")
            )
            return Evidence(path, lacking=Reason(Why.EVIDENCE_EMPTY, terms.evidence))
        self.findings += findings
        return Evidence(path, digest)
