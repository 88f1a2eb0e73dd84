"""The figures of a run in, docs/performance.md and its picture out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from timing import Ratio, Taken, median, ratio

NOTE = """The peers are pandoc and Typst, as installed from PyPI. `trio` is pandoc's DOCX, pandoc's EPUB and a PDF by pandoc and Typst, made in turn.
pandoc takes long over JPEGs in DOCX for a reason of its own, so the stricter yardstick is `trio_noimg`: its DOCX is made from the text alone.
Every figure is of whole processes, run in turn with each other (first all, then all again); a ratio is the median of the ratios of neighboring runs.
Photos are 1600 × 1200 pixels, about 280 KB each. Absolute seconds say more about the machine than about the programs."""


def write_page(figures: dict[str, Any], docs: Path) -> None:
    groups = {g: {j: [Taken(*t) for t in runs] for j, runs in jobs.items()} for g, jobs in figures["runs"].items()}
    m, s, start, big = groups["M"], groups["S"], groups["start"], groups.get("L", {})
    sizes = figures["sizes"]

    def about(name: str) -> str:
        stories, words, photos, _ = sizes[name]
        return f"{name} ({stories:,} stories, {words:,} words, {photos} photos)"

    rows = [
        _row(f"all three formats, {about('M')}, against `trio_noimg`", ratio(m["cold"], m["trio_noimg"]), 0.28),
        _row(
            "the same: processor time, which other work on the machine changes less",
            ratio(m["cold"], m["trio_noimg"], "cpu"),
            None,
        ),
        _row("the same against `trio`, with photos in the peers’ DOCX", ratio(m["cold"], m["trio"]), 0.12),
        _row(f"{about('S')} against `trio`", ratio(s["cold"], s["trio"]), 0.40),
        _row("M after one edited story, against our own first build", ratio(m["edited"], m["cold"]), 0.40),
        _row("the same: processor time", ratio(m["edited"], m["cold"], "cpu"), None),
        _row("M when nothing has changed, against our own first build", ratio(m["again"], m["cold"]), 0.10),
        _row("`milebook --help` against `python -c pass`", ratio(start["help"], start["python"]), 4.0),
    ]
    if big:
        rows.append(_row(f"{about('L')} against M: time", ratio(big["cold"], big["M"]), 7.5))
        rows.append(_row("the same: processor time", ratio(big["cold"], big["M"], "cpu"), None))
        rows.append(_row("`milebook status` on L against a build of it", ratio(big["status"], big["cold"]), 0.10))
        rows.append(_row("the same, if it was never built", ratio(big["status, never built"], big["cold"]), None))
        rows.append(
            _row("L after one edited story, against our own first build", ratio(big["edited"], big["cold"]), None)
        )
    memory = [_memory("M", m["cold"], 200)] + ([_memory("L", big["cold"], 280)] if big else [])
    seconds = [
        ("milebook, S, first build", s["cold"]), ("`trio`, S", s["trio"]), ("milebook, M, first build", m["cold"]),
        ("milebook, M, one story edited", m["edited"]), ("milebook, M, nothing changed", m["again"]), ("`trio_noimg`, M", m["trio_noimg"]),
        ("`trio`, M", m["trio"]),
    ]  # fmt: skip
    seconds += [
        (f"{'`trio`' if job == 'trio' else 'milebook'}, L, {job}", big[job])
        for job in ("cold", "edited", "status", "status, never built", "trio")
        if job in big
    ]
    busy = " It was busy with other work at the time." if figures["load"] > 1.5 else ""
    text = "\n".join(
        [
            "# How fast milebook is", "",
            "Written by `python benchmarks/run.py`, which makes the books, runs everything and draws the picture.", "",
            NOTE, "",
            f"Machine: {figures['machine']}; load when the run began: {figures['load']}.{busy}", "",
            "| what | measured | range | runs | to reach | |", "|---|---|---|---|---|---|", *rows, *memory, "",
            "![Time and memory against the size of the book](performance.svg)", "",
            "## In seconds", "",
            "| job | wall | processor | largest process, MiB |", "|---|---|---|---|",
            *(f"| {name} | {median(t):.2f} | {median(t, 'cpu'):.2f} | {median(t, 'peak'):.0f} |" for name, t in seconds), "",
            "## Where the time goes", "",
            "Builds of M in a single process (`--jobs 1`), seconds of processor time, medians. Where there are two cores, the PDF is made beside the rest.", "",
            *_parts(figures["parts"]), "",
            _kept(docs / "performance.in.md"),
        ]
    )  # fmt: skip
    (docs / "performance.md").write_text(text.rstrip() + "\n", "utf-8")
    _draw(groups, sizes, docs / "performance.svg")


def _row(what: str, found: Ratio, wanted: float | None) -> str:
    digits = 1 if found.median > 1 else 3 if found.median < 0.2 else 2
    if wanted is None:
        return f"| {what} | {found.median:.{digits}f} | {found.least:.{digits}f}–{found.most:.{digits}f} | {found.runs} | | |"
    reached = "reached" if found.median <= wanted else "**not reached**"
    return f"| {what} | {found.median:.{digits}f} | {found.least:.{digits}f}–{found.most:.{digits}f} | {found.runs} | {wanted:g} | {reached} |"


def _memory(name: str, taken: list[Taken], wanted: int) -> str:
    peak = median(taken, "peak")
    reached = "reached" if peak <= wanted else "**not reached**"
    return (
        f"| peak memory of the largest process, {name} | {peak:.0f} MiB | | {len(taken)} | {wanted} MiB | {reached} |"
    )


def _parts(parts: dict[str, dict[str, float]]) -> list[str]:
    names = list(parts)
    rows = [f"| part | {' | '.join(names)} |", f"|---|{'---|' * len(names)}"]
    rows += [f"| {part} | {' | '.join(f'{parts[name][part]:.2f}' for name in names)} |" for part in parts[names[0]]]
    totals = [f"**{sum(parts[name].values()):.2f}**" for name in names]
    return [*rows, f"| **all** | {' | '.join(totals)} |"]


def _kept(path: Path) -> str:
    """What is written by hand: where the time goes, and what stands in the way."""
    return path.read_text("utf-8") if path.exists() else ""


def _draw(groups: dict[str, dict[str, list[Taken]]], sizes: dict[str, list[int]], path: Path) -> None:
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"svg.hashsalt": "milebook", "font.family": "DejaVu Sans", "font.size": 9})
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, 2, figsize=(8, 3.2), layout="constrained")
    lines = (("milebook", "cold", "#1b5e8c", "o"), ("pandoc and Typst (trio)", "trio", "#b4532a", "s"))
    for axis, what, title in (
        (axes[0], "wall", "seconds, all three formats"),
        (axes[1], "peak", "MiB, largest process"),
    ):
        for label, job, colour, mark in lines:
            points = [
                (sizes[n][1] / 1000, median(groups[n][job], what)) for n in ("S", "M", "L") if job in groups.get(n, {})
            ]
            axis.plot(*zip(*points, strict=True), label=label, color=colour, marker=mark)
        axis.set(xscale="log", yscale="log", title=title, xlabel="thousand words")
        axis.grid(True, which="major", alpha=0.3)
    axes[0].legend(frameon=False)
    figure.savefig(path, metadata={"Date": None})
