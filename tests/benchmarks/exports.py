"""`make bench-export`: pixels brought home in four ways, side by side; writes `docs/export_benchmarks.md`."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from osgeo import gdal

from .. import children
from ..imageserver.process import ImageServerProcess

ROOT = Path(__file__).absolute().parents[2]
REPORT = ROOT / "docs" / "export_benchmarks.md"
SERVICE = "Test/Huge"
LINE_SPEED = 20e6
SIDE, LARGE_SIDE = 3000, 20_000
LATENCIES, BANDS = (0.0, 0.2), (1, 4)
WAYS = {"ours": "ours", "translate": "gdal_translate", "save_as": "Save As", "loop": "loop of requests"}
ROUNDS = 3
#: Megabytes that an export of any size may take.
MEMORY_AIM = 500
#: How many times as fast as Save As an export is to be at 200 ms.
SAVE_AS_AIM = 3

Figures = dict[str, Any]


def main() -> None:
    """Measure, and write the report."""
    sections = []
    load = os.getloadavg()[0]
    with ImageServerProcess() as server, TemporaryDirectory() as folder:
        for latency in LATENCIES:
            for bands in BANDS:
                rounds = [
                    {way: measure(server, way, latency, SIDE, bands, Path(folder) / f"{way}.tif") for way in WAYS}
                    for _ in range(ROUNDS)
                ]
                compare(Path(folder))
                results = {way: sorted((one[way] for one in rounds), key=_seconds)[ROUNDS // 2] for way in WAYS}
                tell(latency, bands, {way: round(found["seconds"], 2) for way, found in results.items()})
                sections.append(section(latency, bands, results))
        large = measure(server, "ours", 0.0, LARGE_SIDE, 1, Path(folder) / "large.tif", faulty=True)
        tell("large", large)
        sections.append(large_section(large))
    REPORT.write_text(report(sections, load), encoding="utf8")
    tell(f"Written to {REPORT.relative_to(ROOT)}.")


def tell(*figures: object) -> None:
    """Show how far it is."""
    sys.stdout.write(f"{' '.join(map(str, figures))}\n")
    sys.stdout.flush()


def measure(
    server: ImageServerProcess, way: str, latency: float, side: int, bands: int, path: Path, *, faulty: bool = False
) -> Figures:
    """Return what one way costs, in a fresh process and a fresh profile."""
    server.reset()
    server.settings(latency=latency, line_speed=LINE_SPEED)
    if faulty:
        server.fault("status", every=10, status=503)
        server.fault("reset", every=17)
    module = f"{__package__}.export_run"
    command = [sys.executable, "-m", module, way, server.service(SERVICE), str(side), str(bands), str(path)]
    with TemporaryDirectory() as home:
        environment = {**os.environ, **dict.fromkeys(("HOME", "XDG_RUNTIME_DIR", "XDG_CACHE_HOME"), home)}
        done = children.run(command, check=True, stdout=subprocess.PIPE, env=environment, cwd=ROOT, timeout=3600)
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    asked = server.requests(operation="exportImage")
    return {
        **figures,
        "requests": len(asked) - 1,  # one of them is the look at a few pixels before
        "received": sum(request.size for request in asked),
        "pixels": side * side * bands * 2,
    }


def compare(folder: Path) -> None:
    """Make sure that all ways have brought the same."""
    first, *others = (gdal.Open(str(folder / f"{way}.tif")).ReadAsArray() for way in WAYS)
    for other in others:
        np.testing.assert_array_equal(first, other)


def section(latency: float, bands: int, results: dict[str, Figures]) -> str:
    """Return a table of all ways."""
    lines = [
        f"## {latency * 1000:.0f} ms, {bands} band{'s' if bands > 1 else ''}: {SIDE} × {SIDE} pixels of 16 bits",
        "",
        "| | " + " | ".join(WAYS.values()) + " |",
        "| --- |" + " ---: |" * len(WAYS),
        "| seconds | " + " | ".join(f"{found['seconds']:.2f}" for found in results.values()) + " |",
        "| MB/s of pixels | " + " | ".join(f"{_rate(found):.1f}" for found in results.values()) + " |",
        "| requests | " + " | ".join(str(found["requests"]) for found in results.values()) + " |",
        "| MB received | " + " | ".join(f"{found['received'] / 1e6:.1f}" for found in results.values()) + " |",
        "| peak memory, MB | " + " | ".join(f"{found['peak'] / 1e6:.0f}" for found in results.values()) + " |",
        "",
    ]
    own = results["ours"]["seconds"]
    ratios = [f"{results[way]['seconds'] / own:.1f} × {name}" for way, name in WAYS.items() if way != "ours"]
    missed = [name for way, name in WAYS.items() if results[way]["seconds"] < own]
    verdict = f"**slower than {', '.join(missed)}**" if missed else "faster than each of the others"
    lines.append(f"Ours is as fast as {', '.join(ratios)}: {verdict}.")
    if latency:
        is_reached = results["save_as"]["seconds"] / own >= SAVE_AS_AIM
        lines.append(f"Aim of {SAVE_AS_AIM} × Save As: {'reached' if is_reached else '**missed**'}.")
    return "\n".join(lines)


def large_section(large: Figures) -> str:
    """Return what a large export takes."""
    peak = large["peak"] / 1e6
    verdict = "reached" if peak <= MEMORY_AIM else "**missed**"
    text = (
        f"{large['seconds']:.0f} s, {large['requests']} requests; {large['before'] / 1e6:.0f} MB before, which is QGIS "
        f"and the plugin,\n{peak:.0f} MB at the peak. Aim of {MEMORY_AIM} MB in all: {verdict}."
    )
    return "\n".join(
        [
            f"## Memory: {LARGE_SIDE} × {LARGE_SIDE} pixels, one request in ten refused, one in seventeen cut off",
            "",
            text,
        ]
    )


def report(sections: list[str], load: float) -> str:
    """Return the whole page."""
    from qgis.core import Qgis

    introduction = (
        f"Written by `make bench-export` on {date.today().isoformat()}.\n"
        f"QGIS {Qgis.QGIS_VERSION}, GDAL {gdal.__version__}, Python {platform.python_version()}, {platform.system()}, "
        f"{os.cpu_count()} cores, on which the server runs, too.\n\n"
        f"Each way has a process of its own and writes the same tiled TIFF (DEFLATE, predictor 2); the files are "
        f"compared.\nThe line carries 20 MB/s in all; the ways take turns, and each figure is the median of {ROUNDS} "
        "round(s).\n*gdal_translate* and *Save As* read the source of the same layer, the first with GDAL alone, the "
        "second through the\nplugin's provider. The loop asks for the same tiles as the export, one after the other. "
        "The memory is that of the\nwhole process, QGIS' libraries among it.\n\n"
        f"When the run began, {load:.1f} processes wanted the {os.cpu_count()} cores (load average). What is above 0 "
        "slows down most who compresses while\nothers wait for the network, which is the export."
    )
    return "\n\n".join(["# Exports", introduction, *sections]) + "\n"


def _seconds(figures: Figures) -> float:
    return float(figures["seconds"])


def _rate(figures: Figures) -> float:
    return float(figures["pixels"] / figures["seconds"] / 1e6)


if __name__ == "__main__":
    main()
