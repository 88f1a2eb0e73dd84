"""Makes the pictures of docs/preview.md: the preview's pages and its board, and an editor that has the schema.

Usage: python docs/pictures/make_preview.py      (needs node, chromium, and playwright-core in the folder that MILEBOOK_QA_NPM names)
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from html import escape
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT))

from milebook.app.preview import serve  # noqa: E402
from milebook.index.schema import AGREEMENT  # noqa: E402

SCRIPT = """
const [modules, chromium, jobs] = process.argv.slice(1);
const playwright = await import(modules + "/playwright-core/index.mjs");
const browser = await playwright.chromium.launch({ executablePath: chromium, args: ["--no-sandbox"] });
for (const [url, width, height, steps, out] of JSON.parse(jobs)) {
  const page = await (await browser.newContext({ viewport: { width, height }, deviceScaleFactor: 1.25 })).newPage();
  await page.goto(url);
  for (const step of steps) { await page.waitForTimeout(900); await page.evaluate(step); }
  await page.waitForTimeout(1500);
  await page.screenshot({ path: out });
}
await browser.close();
"""
STORY = "document.querySelector('#toc [data-anchor=\"story-two-right-shoes\"]').click()"
BOARD = "document.querySelector('.views [data-view=overview]').click()"
DOWN = "document.getElementById('board').scrollIntoView()"


def editor() -> str:
    """An editor as it looks while it completes a field: what yaml-language-server offers there, drawn by hand."""
    lines = ["# yaml-language-server: $schema=index.schema.json", "…", "  - id: first-lap", "    title: First Lap", "    status: selected", "    contributor:",
             "      name: Tomasz Wójcik", "    received: 2026-03-01", "    permission:", "      gr"]  # fmt: skip
    shown = [
        field
        for field in AGREEMENT
        if field.name in ("granted", "signer", "requested", "evidence", "formats", "territory", "expires", "credit")
    ]
    shown.sort(key=lambda field: field.name != "granted")
    rows = "".join(f"<li>{escape(field.name)}</li>" for field in shown)
    code = "".join(f"<p><i>{n if n < 2 else n + 54}</i>{_colored(line)}</p>" for n, line in enumerate(lines, 1))
    return f"""<!DOCTYPE html><meta charset="utf-8"><style>
      body {{ margin: 0; background: #fff; font: 15px/1.6 Menlo, Consolas, "DejaVu Sans Mono", monospace; color: #222; }}
      header {{ background: #f3f3f3; font: 13px sans-serif; padding: 8px 14px; border-bottom: 1px solid #ddd; }} p {{ margin: 0; white-space: pre; }}
      main {{ padding: 10px; position: relative; }} i {{ display: inline-block; width: 34px; color: #999; font-style: normal; text-align: right; margin-right: 16px; }}
      .c {{ color: #387a3d; }} .k {{ color: #0451a5; }} ul {{ position: absolute; left: 128px; top: 252px; margin: 0; padding: 3px; list-style: none; background: #f8f8f8; border: 1px solid #c8c8c8; box-shadow: 0 3px 12px #0003; width: 210px; }}
      li {{ padding: 0 8px; }} li:first-child {{ background: #d6ebff; }} aside {{ position: absolute; left: 348px; top: 252px; width: 300px; background: #f8f8f8; border: 1px solid #c8c8c8; padding: 8px 12px; font: 14px/1.45 sans-serif; box-shadow: 0 3px 12px #0003; }}
      </style><header>index.yaml</header><main>{code}<ul>{rows}</ul><aside><b>a day, written YYYY-MM-DD</b><br>{escape(shown[0].meaning)}</aside></main>"""


def _colored(line: str) -> str:
    if line.startswith("#"):
        return f'<span class="c">{escape(line)}</span>'
    key, colon, rest = line.partition(":")
    return f'<span class="k">{escape(key)}</span>{colon}{escape(rest)}' if colon else escape(line)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "book"
        shutil.copytree(ROOT / "stories", book / "stories")
        page = Path(folder) / "editor.html"
        page.write_text(editor(), "utf-8")
        server, engine = serve(book)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        jobs = [
            [server.gate.link, 1180, 740, [STORY], str(HERE / "preview.png")],
            [server.gate.link, 1180, 740, [BOARD, DOWN], str(HERE / "arrange.png")],
            [page.as_uri(), 760, 500, [], str(HERE / "editor.png")],
        ]
        modules = Path(os.environ["MILEBOOK_QA_NPM"]) / "node_modules"
        words = [
            "node",
            "--input-type=module",
            "-e",
            SCRIPT,
            modules.as_posix(),
            shutil.which("chromium") or "chromium",
            json.dumps(jobs),
        ]
        subprocess.run(words, check=True)
        server.shutdown()
        engine.stop()
        server.server_close()


if __name__ == "__main__":
    main()
