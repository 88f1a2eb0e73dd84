"""Make a returned Word file of a large book: its proof with so many tracked changes, as an editor's Word records them.

    python benchmarks/returned.py BOOK OUT.docx [CHANGES]

BOOK holds one chapter. Then compare the times of `milebook review` and of pandoc with `--track-changes=all`.
"""

from __future__ import annotations

import random
import re
import sys
import zipfile
from pathlib import Path

ABOUT = 'w:author="Edna Editor" w:date="2026-02-03T10:00:00Z"'
RUN = re.compile(r"<w:r><w:t(?: xml:space=\"preserve\")?>([^<]{60,})</w:t></w:r>")


def marked(xml: str, wanted: int, seed: int = 1) -> str:
    """The document with words exchanged, added and taken out, `wanted` times in all."""
    rng = random.Random(seed)
    places = list(RUN.finditer(xml))
    chosen = sorted(rng.choices(range(len(places)), k=wanted))
    made: list[str] = []
    at = number = 0
    for index in sorted(set(chosen)):
        found = places[index]
        words = found[1].split(" ")
        places_here = set(rng.sample(range(1, len(words) - 1), min(chosen.count(index), len(words) - 2)))
        text: list[str] = []
        for place, word in enumerate(words):
            space = " " if place < len(words) - 1 else ""
            if place in places_here:
                number += 2
                text.append(
                    f'</w:t></w:r><w:del w:id="{number}" {ABOUT}><w:r>{_text("delText", word + space)}</w:r></w:del>'
                )
                text.append(
                    f'<w:ins w:id="{number + 1}" {ABOUT}><w:r>{_text("t", rng.choice(words) + space)}</w:r></w:ins>'
                )
                text.append('<w:r><w:t xml:space="preserve">')
            else:
                text.append(word + space)
        made += [xml[at : found.start()], f'<w:r><w:t xml:space="preserve">{"".join(text)}</w:t></w:r>']
        at = found.end()
    made.append(xml[at:])
    return "".join(made)


def _text(tag: str, words: str) -> str:
    return f'<w:{tag} xml:space="preserve">{words}</w:{tag}>'


def main() -> None:
    book, out = Path(sys.argv[1]), Path(sys.argv[2])
    wanted = int(sys.argv[3]) if len(sys.argv) > 3 else 2000
    proof = max((book / "build" / "proofs").glob("*.docx"), key=lambda path: path.stat().st_size)
    with zipfile.ZipFile(proof) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, marked(data.decode(), wanted).encode() if name == "word/document.xml" else data)


if __name__ == "__main__":
    main()
