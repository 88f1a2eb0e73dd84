"""What an editor gets from yaml-language-server, which VS Code and others run: completions, help, complaints."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any


class Editor:
    """An editor that has one file open."""

    def __init__(self, server: str, path: Path) -> None:
        self.path, self.uri, self.number, self.version = path, path.as_uri(), 0, 0
        self.process = subprocess.Popen([server, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.folder = path.parent.as_uri()
        can = {
            "textDocument": {
                "completion": {"completionItem": {"documentationFormat": ["markdown"], "snippetSupport": True}},
                "hover": {"contentFormat": ["markdown"]},
                "publishDiagnostics": {},
            },
            "workspace": {"configuration": True},
        }
        self.ask("initialize", processId=None, rootUri=self.folder, capabilities=can)
        self.tell("initialized")
        self.shown = ""
        self.complaints: list[str] = []

    def close(self) -> None:
        self.process.kill()
        self.process.wait(10)
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()

    # ---- what an author does

    def show(self, text: str) -> list[str]:
        """Open the file with this text, or change it to this; what the editor underlines, as `line: message`."""
        self.version += 1
        item = {"uri": self.uri, "version": self.version}
        if self.version == 1:
            self.tell("textDocument/didOpen", textDocument={**item, "languageId": "yaml", "text": text})
        else:
            self.tell("textDocument/didChange", textDocument=item, contentChanges=[{"text": text}])
        self.shown = text
        while True:
            message = self._read()
            if message.get("method") == "textDocument/publishDiagnostics":
                found = message["params"]["diagnostics"]
                return [f"{one['range']['start']['line'] + 1}: {one['message']}" for one in found]

    def offered(self, text: str) -> dict[str, str]:
        """What is offered where ¦ stands in this text, with the help for each."""
        before, _, after = text.partition("¦")
        self.show(before + after)
        position = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}
        found = self.ask("textDocument/completion", textDocument={"uri": self.uri}, position=position)
        return {one["label"]: _words(one.get("documentation", "")) for one in found["items"]}

    def help(self, text: str) -> str:
        """The help for the word before ¦."""
        before, _, after = text.partition("¦")
        self.show(before + after)
        position = {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 2}
        found = self.ask("textDocument/hover", textDocument={"uri": self.uri}, position=position)
        return _words(found["contents"]) if found else ""

    # ---- the protocol

    def ask(self, method: str, **params: Any) -> Any:
        self.number += 1
        self._write({"id": self.number, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == self.number and "method" not in message:
                return message.get("result")

    def tell(self, method: str, **params: Any) -> None:
        self._write({"method": method, "params": params})

    def _write(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(data), data))
        self.process.stdin.flush()

    def _read(self) -> dict[str, Any]:
        """The next message; questions to the editor are answered on the way."""
        assert self.process.stdout is not None
        length = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        if not length:
            raise AssertionError("the language server has ended")
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        if "method" in message and "id" in message:
            answer: Any = None
            if message["method"] == "workspace/configuration":
                yes = {"validate": True, "hover": True, "completion": True, "schemaStore": {"enable": False}}
                answer = [yes if one.get("section") == "yaml" else None for one in message["params"]["items"]]
            self._write({"id": message["id"], "result": answer})
        return message


def _words(shown: Any) -> str:
    return str(shown.get("value", "")) if isinstance(shown, dict) else str(shown)
