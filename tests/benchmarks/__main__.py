"""`make bench`: what layers cost, side by side in one run, as a table in `docs/benchmarks.md`.

Four kinds of layer on the same smooth service of 50 000 × 40 000 × 3 pixels of 16 bits do what a user does: each kind
in a process of its own, so that no cache of another helps it.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from .. import children
from ..imageserver.process import ImageServerProcess
from . import KINDS, STEPS

ROOT = Path(__file__).absolute().parents[2]
REPORT = ROOT / "docs" / "benchmarks.md"
LATENCIES = (0.0, 0.2)
LINE_SPEED = 20e6
SERVICE = "Test/Huge"
# The median of this many runs counts.
RUNS = 3
SECONDS_MAX = 60

Result = dict[str, dict[str, Any]]


def main() -> None:
    """Measure, and write the report."""
    tables = []
    with ImageServerProcess() as server:
        for latency in LATENCIES:
            results = {}
            for kind in KINDS:
                runs = [measure(server, kind, latency) for _ in range(RUNS)]
                results[kind] = {step: median([run[step] for run in runs]) for step in runs[0]}
                print(f"{latency * 1000:.0f} ms, {kind}: {results[kind]['full + 1:1 + pan']['seconds']:.2f} s")
            tables.append(table(latency, results))
    REPORT.write_text(report(tables), encoding="utf8")
    print(f"Written to {REPORT.relative_to(ROOT)}.")


def measure(server: ImageServerProcess, kind: str, latency: float) -> Result:
    """Run all steps for one kind of layer in a fresh process and a fresh profile, as QGIS caches pictures on disk."""
    server.reset()
    server.settings(latency=latency, line_speed=LINE_SPEED)
    command = [sys.executable, "-m", f"{__package__}.run", kind, server.service(SERVICE), server.origin]
    with TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "HOME": home,
            "XDG_RUNTIME_DIR": home,
            "XDG_CACHE_HOME": home,
            "XDG_DATA_HOME": home,
        }
        try:
            done = children.run(
                command, check=True, stdout=subprocess.PIPE, env=environment, cwd=ROOT, timeout=SECONDS_MAX
            )
        except subprocess.TimeoutExpired:
            # QGIS' ArcGIS provider can wait forever for a request that was canceled.
            return measure(server, kind, latency)
    result: Result = json.loads(done.stdout.splitlines()[-1])
    return result


def median(figures: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the run in the middle, by its seconds."""
    return sorted(figures, key=lambda run: run["seconds"])[len(figures) // 2]


def table(latency: float, results: dict[str, Result]) -> str:
    """Return the table for one latency, a row for each step and a column for each kind."""
    lines = [
        f"## Latency {latency * 1000:.0f} ms",
        "",
        "| step | " + " | ".join(KINDS.values()) + " |",
        "| --- |" + " ---: |" * len(KINDS),
    ]
    lines += [f"| {step} | " + " | ".join(cell(results[kind][step]) for kind in KINDS) + " |" for step in STEPS]
    return "\n".join(lines)


def cell(figures: dict[str, Any]) -> str:
    """Return seconds, requests, megabytes and the longest stall."""
    return "{seconds:.2f} s, {requests}, {megabytes:.1f} MB, {stall:.0f} ms".format(
        seconds=figures["seconds"],
        requests=figures["requests"],
        megabytes=figures["bytes"] / 1e6,
        stall=figures["stall"] * 1000,
    )


def report(tables: list[str]) -> str:
    """Return the whole page."""
    from qgis.core import Qgis

    software = f"QGIS {Qgis.QGIS_VERSION}, Python {platform.python_version()}"
    about = f"{software}, {platform.system()}, {os.cpu_count()} cores"
    introduction = (
        "Written by `make bench`. Each cell: seconds until done, requests, megabytes received, the longest stall of "
        "the main\nthread in milliseconds (a timer that should fire every 5 ms). Views are 1200 × 800 pixels, the line "
        f"carries 20 MB/s in\nall, and each figure is the median of {RUNS} runs. {about}; server and client share the "
        "machine."
    )
    notes = (ROOT / "tests" / "benchmarks" / "notes.md").read_text(encoding="utf8").strip()
    return "\n\n".join(["# Benchmarks", introduction, *tables, notes]) + "\n"


if __name__ == "__main__":
    main()
