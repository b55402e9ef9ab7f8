"""`make bench`: what layers cost, side by side in one run, as a table in `docs/benchmarks.md`.

Five kinds of layer on the same smooth service of 50 000 × 40 000 × 3 pixels of 16 bits do what a user does: each kind
in a process of its own, so that no cache of another helps it, and round by round, so that all have the same weather.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from .. import children
from ..imageserver.process import ImageServerProcess
from . import KINDS, SUM
from .report import Result, missed, section

ROOT = Path(__file__).absolute().parents[2]
REPORT = ROOT / "docs" / "benchmarks.md"
#: Rounds by latency; the median counts.
ROUNDS = {0.0: 9, 0.2: 9, 2.0: 3}
LINE_SPEED = 20e6
SERVICE = "Test/Huge"
SECONDS_MAX = 75
#: QGIS' own provider often hangs for good after a cancel (nine of eighteen runs); it is not waited for as long.
PLAIN_SECONDS_MAX = 15
PLAIN_SECONDS_MAX_BY_LATENCY = 20


def main() -> None:
    """Measure, and write the report."""
    sections = []
    with ImageServerProcess() as server:
        for latency, rounds in ROUNDS.items():
            runs: dict[str, list[Result]] = {kind: [] for kind in KINDS}
            for number in range(rounds):
                # There and back, so that none comes always after the same other.
                for kind in list(KINDS)[:: -1 if number % 2 else 1]:
                    runs[kind].append(measure(server, kind, latency))
            results = summary(runs)
            times = ", ".join(f"{kind} {result[SUM]['seconds']:.2f} s" for kind, result in results.items())
            print(f"{latency * 1000:.0f} ms: {times}", flush=True)
            for text in missed(latency, results):
                print(f"  missed: {text}", flush=True)
            sections.append(section(latency, results))
    REPORT.write_text(report(sections), encoding="utf8")
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
        limit = PLAIN_SECONDS_MAX + PLAIN_SECONDS_MAX_BY_LATENCY * latency if kind == "plain" else SECONDS_MAX
        try:
            done = children.run(command, check=True, stdout=subprocess.PIPE, env=environment, cwd=ROOT, timeout=limit)
        except subprocess.TimeoutExpired:
            if kind != "plain":
                raise
            # QGIS' ArcGIS provider can wait forever for a request that was canceled.
            return measure(server, kind, latency)
    result: Result = json.loads(done.stdout.splitlines()[-1])
    return result


def summary(runs: dict[str, list[Result]]) -> dict[str, Result]:
    """Return the median of each step, and with the sum how many times that of QGIS' own picture it took.

    `times` is the median of what each round came to: both of a round had the same weather.
    """
    results: dict[str, Any] = {}
    for kind, rounds in runs.items():
        results[kind] = {step: dict(median([run[step] for run in rounds])) for step in rounds[0]}
        times = [run[SUM]["seconds"] / own[SUM]["seconds"] for run, own in zip(rounds, runs["plain"])]
        results[kind][SUM]["times"] = statistics.median(times)
    return results


def median(figures: list[Any]) -> Any:
    """Return the run in the middle, by its seconds."""
    return sorted(figures, key=lambda run: run["seconds"])[len(figures) // 2]


def report(sections: list[str]) -> str:
    """Return the whole page."""
    from qgis.core import Qgis

    software = f"QGIS {Qgis.QGIS_VERSION}, Python {platform.python_version()}"
    about = f"{software}, {platform.system()}, {os.cpu_count()} cores"
    rounds = ", ".join(f"{count} at {latency * 1000:.0f} ms" for latency, count in ROUNDS.items())
    introduction = (
        "Written by `make bench`. Each cell: seconds until done, requests, megabytes received, the longest stall of "
        "the main\nthread in milliseconds (a timer that should fire every 5 ms). Views are 1200 × 800 pixels, the line "
        f"carries 20 MB/s in\nall, and each figure is the median of several rounds ({rounds}).\n{about}; server and "
        "client share the machine."
    )
    notes = (ROOT / "tests" / "benchmarks" / "notes.md").read_text(encoding="utf8").strip()
    return "\n\n".join(["# Benchmarks", introduction, *sections, notes]) + "\n"


if __name__ == "__main__":
    main()
