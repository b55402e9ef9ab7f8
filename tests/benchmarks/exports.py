"""`make bench-export`: pixels brought home in several ways, side by side; writes `docs/export_benchmarks.md`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from osgeo import gdal

from .. import children
from ..imageserver.pixels import Raster
from ..imageserver.process import ImageServerProcess
from ..imageserver.synthetic import huge
from .export_report import CONNECTED, WAYS, Figures, delivered_section, large_section, page, section

ROOT = Path(__file__).absolute().parents[2]
REPORT = ROOT / "docs" / "export_benchmarks.md"
SERVICE = "Test/Huge"
LINE_SPEED = 20e6
LATENCIES, BANDS = (0.0, 0.2), (1, 4)
SIDE, LARGE_SIDE = 3000, 20_000
#: Of the exports that are held against what the server delivers, by their bands: large, as it takes its time to begin.
DELIVERED_SIDES = {1: LARGE_SIDE, 4: 8000}
#: By the latency: what waits for the network varies less.
ROUNDS = {0.0: 3, 0.2: 2}
#: Rows of the truth at a time.
STRIP = 256


def main() -> None:
    """Measure, and write the page."""
    sections, load, began = [], os.getloadavg()[0], time.monotonic()
    with ImageServerProcess() as server, TemporaryDirectory() as name:
        folder = Path(name)
        for bands in BANDS:
            # Once for the server, which has drawn what it is asked for from then on.
            for way in WAYS:
                measure(server, way, 0.0, SIDE, bands, folder / f"{way}.tif")
        for latency in LATENCIES:
            for bands in BANDS:
                rounds = [
                    {way: measure(server, way, latency, SIDE, bands, folder / f"{way}.tif") for way in WAYS}
                    for _ in range(ROUNDS[latency])
                ]
                compare(folder)
                results = {way: quickest([one[way] for one in rounds]) for way in WAYS}
                tell(latency, bands, {way: round(found["seconds"], 2) for way, found in results.items()})
                sections.append(section(latency, bands, SIDE, results))
        # The server draws for the first of each, which is not measured but for its memory.
        large = measure(server, "ours", 0.0, LARGE_SIDE, 1, folder / "large.tif", is_faulty=True)
        check_truth(folder / "large.tif")
        tell("large", large)
        measure(server, "download", 0.0, DELIVERED_SIDES[4], 4, folder / "none.tif")
        for bands, side in DELIVERED_SIDES.items():
            delivered = {way: measure(server, way, 0.2, side, bands, folder / f"{way}.tif") for way in CONNECTED}
            tell("delivered", bands, {way: round(found["seconds"], 2) for way, found in delivered.items()})
            sections.append(delivered_section(bands, side, delivered))
        sections.append(large_section(LARGE_SIDE, large))
    REPORT.write_text(page(sections, load, LINE_SPEED), encoding="utf8")
    tell(f"Written to {REPORT.relative_to(ROOT)} in {time.monotonic() - began:.0f} s.")


def tell(*figures: object) -> None:
    """Show how far it is."""
    sys.stdout.write(f"{' '.join(map(str, figures))}\n")
    sys.stdout.flush()


def measure(
    server: ImageServerProcess, way: str, latency: float, side: int, bands: int, path: Path, *, is_faulty: bool = False
) -> Figures:
    """Return what one way costs, in a fresh process and a fresh profile."""
    path.unlink(missing_ok=True)
    server.reset()
    server.settings(latency, LINE_SPEED, remembers=True)
    if is_faulty:
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


def quickest(rounds: list[Figures]) -> Figures:
    """Return the figures of the round that took the least time, which others on this machine have disturbed least."""
    return min(rounds, key=lambda figures: float(figures["seconds"]))


def compare(folder: Path) -> None:
    """Make sure that all ways have brought the same."""
    first, *others = (gdal.Open(str(folder / f"{way}.tif")).ReadAsArray() for way in WAYS if way != "download")
    for other in others:
        np.testing.assert_array_equal(first, other)


def check_truth(path: Path) -> None:
    """Make sure that the first band of the service is in a file, pixel by pixel."""
    data, truth = gdal.Open(str(path)), huge()
    assert isinstance(truth.source, Raster)
    left, cell, _, top, *_ = data.GetGeoTransform()
    columns = np.arange(data.RasterXSize) + round((left - truth.grid.xmin) / cell)
    for row in range(0, data.RasterYSize, STRIP):
        rows = np.arange(row, min(row + STRIP, data.RasterYSize)) + round((truth.grid.ymax - top) / cell)
        expected = truth.source.values(rows[:, np.newaxis], columns[np.newaxis, :])[0]
        np.testing.assert_array_equal(data.ReadAsArray(0, row, data.RasterXSize, len(rows)), expected)


if __name__ == "__main__":
    main()
