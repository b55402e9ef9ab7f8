"""`make bench-tiles`: views of a picture from ready-made tiles and from images, in `docs/tile_benchmarks.md`."""

from __future__ import annotations

import os
import platform
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from qgis.core import Qgis, QgsApplication, QgsRasterLayer, QgsRectangle

from ... import make_image_server_layer
from ..imageserver.process import ImageServerProcess

REPORT = Path(__file__).absolute().parents[2] / "docs" / "tile_benchmarks.md"
LATENCIES = (0.0, 0.2)
ROUNDS = 5
COLUMNS, ROWS = 1200, 800
SERVICE = "Test/Cached"
# Of the level that is the service's own pixels, and where a tile begins well inside of the service.
CELL = 4.777314267823516
LEFT, TOP = -3884400.0, -890900.0
#: What is looked at, by its name: pixels of the view in those of the level, and how far it is moved, in views.
VIEWS = {
    "a view on the pixels of a level": (1.0, 0.0),
    "between two levels": (1.4, 0.0),
    "nearly the next level": (1.99, 0.0),
    "moved by a quarter of the view": (1.4, 0.25),
    "zoomed in a little": (1.4, -1.0),
}


@dataclass(frozen=True)
class Figures:
    """What a view took."""

    seconds: float
    requests: int
    kilobytes: float


def main() -> None:
    """Measure, and write the page."""
    application = QgsApplication([], False)
    application.initQgis()
    with ImageServerProcess() as server:
        rows = [_row(server, name) for name in VIEWS]
    machine = f"{os.cpu_count()} cores, load {os.getloadavg()[1]:.0f}"
    software = f"QGIS {Qgis.QGIS_VERSION}, Python {platform.python_version()}, {machine}"
    heads = " | ".join(
        f"{way}: requests | kB | {' | '.join(f's at {latency * 1000:g} ms' for latency in LATENCIES)}"
        for way in ("tiles", "image")
    )
    page = f"""# Views of a service with ready-made tiles

Written by `make bench-tiles`. A view of {COLUMNS} × {ROWS} pixels, read through the provider, of a picture that is
drawn from tiles of 256 pixels and of the same one asked for as an image, on a server that takes so much longer for each
request than it would. The embedded server makes its tiles when they are asked for, as it makes its images: a cache has
them ready, and a server at work needs longer for an image than this one. The median of {ROUNDS} rounds.
{software}; server and client share the machine.

| view | {heads} |
| --- |{" ---: |" * (2 * (2 + len(LATENCIES)))}
{chr(10).join(rows)}
"""
    REPORT.write_text(page, encoding="utf8")
    sys.stdout.write(f"Written to docs/{REPORT.name}.\n")


def _row(server: ImageServerProcess, name: str) -> str:
    cells = []
    for tiles in (True, False):
        found = [_figures(server, name, latency, tiles=tiles) for latency in LATENCIES]
        seconds = " | ".join(f"{figures.seconds:.2f}" for figures in found)
        cells.append(f"{found[0].requests} | {found[0].kilobytes:.0f} | {seconds}")
    row = f"| {name} | {' | '.join(cells)} |"
    sys.stdout.write(f"{row}\n")
    sys.stdout.flush()
    return row


def _figures(server: ImageServerProcess, name: str, latency: float, *, tiles: bool) -> Figures:
    scale, moved = VIEWS[name]
    rounds = []
    for _ in range(ROUNDS):
        server.reset()
        layer = make_image_server_layer(server.service(SERVICE), kind="picture", tiles=tiles, add_to_project=False)
        # Another layer of the same pixels may be there still, and what is known of it.
        layer.dataProvider().reloadData()
        if moved:
            _read(layer, scale)
        server.clear()
        server.settings(latency=latency)
        began = time.perf_counter()
        if moved < 0:
            _read(layer, scale / 1.2)
        else:
            _read(layer, scale, moved)
        seconds = time.perf_counter() - began
        records = server.requests()
        rounds.append(Figures(seconds, len(records), sum(record.size for record in records) / 1000))
    return sorted(rounds, key=lambda figures: figures.seconds)[ROUNDS // 2]


def _read(layer: QgsRasterLayer, scale: float, moved: float = 0.0) -> None:
    width, height = COLUMNS * CELL * scale, ROWS * CELL * scale
    left = LEFT + moved * width
    view = QgsRectangle(left, TOP - height, left + width, TOP)
    block = layer.dataProvider().block(1, view, COLUMNS, ROWS)
    assert block.isValid()


if __name__ == "__main__":
    main()
