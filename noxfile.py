"""The steps of the gate, one at a time: `nox -s lint`, `nox -s tests`; `nox --list` shows them all.

They run in the environment nox is installed in (`pip install -e '.[test,qa]'`), but for `wheel`, `floors` and `newest`, which make
one of their own. `.ci/run` runs them in a fresh clone with every validator installed.
"""

from __future__ import annotations

import re
import sys
import tempfile
import tomllib
from pathlib import Path

import nox

nox.options.default_venv_backend = "none"
nox.options.sessions = ["lint", "types", "reference", "tests"]
ROOT = Path(__file__).parent


@nox.session
def lint(session: nox.Session) -> None:
    """Style and form of the code."""
    session.run(sys.executable, "-m", "ruff", "check", ".", external=True)
    session.run(sys.executable, "-m", "ruff", "format", "--check", ".", external=True)


@nox.session
def types(session: nox.Session) -> None:
    """Types of the package, the tests and the benchmarks."""
    session.run(sys.executable, "-m", "mypy", external=True)


@nox.session
def reference(session: nox.Session) -> None:
    """The pages made from the code are up to date."""
    session.run(sys.executable, "docs/generate.py", "--check", external=True)


@nox.session
def tests(session: nox.Session) -> None:
    """The test suite; words after `--` go to pytest."""
    session.run(sys.executable, "-m", "pytest", "-q", "-n", "auto", *session.posargs, external=True)


@nox.session
def fuzz(session: nox.Session) -> None:
    """Ten seconds of random input for each target; `nox -s fuzz -- 900` for a quarter of an hour each."""
    seconds = session.posargs[0] if session.posargs else "10"
    listed = session.run(sys.executable, "tests/fuzz/fuzz.py", "--list", external=True, silent=True)
    for target in str(listed).split():
        session.run(sys.executable, "tests/fuzz/fuzz.py", target, seconds, external=True)


@nox.session
def wheel(session: nox.Session) -> None:
    """The wheel, made from the source package, starts and builds a book in an empty folder."""
    session.env["PYTHONPATH"] = ""  # or the checkout would be tried instead of the wheel
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        _installed(session, work / "builder", "build")
        session.run(
            _python(work / "builder"),
            "-m",
            "build",
            "--outdir",
            str(work / "dist"),
            str(ROOT),
            external=True,
            silent=True,
        )
        _installed(session, work / "user", *map(str, (work / "dist").glob("*.whl")))
        milebook = [_python(work / "user"), "-m", "milebook"]
        (work / "empty").mkdir()
        session.chdir(work / "empty")
        session.run(*milebook, "init", "first-book", external=True)
        for command in ("build", "check", "status"):
            session.run(*milebook, command, "first-book", external=True)
        for suffix in ("docx", "pdf", "epub"):
            if not any(path.stat().st_size for path in Path("first-book/build").glob(f"*.{suffix}")):
                session.error(f"the wheel made no {suffix}")
        session.chdir(ROOT)


@nox.session
def floors(session: nox.Session) -> None:
    """The suite with the oldest version of each dependency that pyproject.toml allows."""
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    oldest = [
        f"{match[1]}=={match[2]}" for match in (re.match(r"([\w.-]+)>=([\w.]+)", need) for need in needed) if match
    ]
    with tempfile.TemporaryDirectory() as folder:
        _installed(session, Path(folder), "-e", f"{ROOT}[test]", *oldest)
        session.run(_python(Path(folder)), "-m", "pytest", "-q", "-n", "auto", *session.posargs, external=True)


@nox.session
def newest(session: nox.Session) -> None:
    """The suite with the newest version of everything, pre-releases too; every warning is an error already."""
    with tempfile.TemporaryDirectory() as folder:
        _installed(session, Path(folder), "--upgrade", "--pre", "-e", f"{ROOT}[test]")
        session.run(_python(Path(folder)), "-m", "pytest", "-q", "-n", "auto", *session.posargs, external=True)


def _installed(session: nox.Session, folder: Path, *packages: str) -> None:
    """A new environment in `folder` with these packages."""
    session.run(sys.executable, "-m", "venv", str(folder), external=True)
    session.run(_python(folder), "-m", "pip", "install", "-q", *packages, external=True)


def _python(folder: Path) -> str:
    return str(folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python"))
