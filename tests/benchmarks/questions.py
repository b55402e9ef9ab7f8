"""`make bench-questions`: points and polygons answered by the server, against the same over downloaded pixels.

Both in one run: the plugin's algorithm, and an export of the same area with QGIS' own algorithm over the file.
"""

from __future__ import annotations

import os
import platform
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from qgis.analysis import QgsNativeAlgorithms
from qgis.core import (
    Qgis,
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsPointXY,
    QgsProcessingFeedback,
    QgsRasterLayer,
    QgsVectorLayer,
)

from ...plugin import plugin
from ..imageserver.landsat import GRID
from ..imageserver.process import ImageServerProcess

REPORT = Path(__file__).absolute().parents[2] / "docs" / "questions_benchmarks.md"
LATENCIES = (0.0, 0.2)
LINE_SPEED = 20e6
ROUNDS = 3
# Of the sums behind a mean, in the last digits.
_ROUNDING = 1e-6
LANDSAT, HUGE = "Olinda/Landsat", "Test/Huge"
CRS = "EPSG:31985"
#: In meters: how far from the edges of the scene.
MARGIN = 300.0


class Case(NamedTuple):
    """What is asked: in words, of which service, where (xmin, ymin, xmax, ymax), and what there is to ask for."""

    words: str
    service: str
    area: tuple[float, float, float, float]
    points: int = 0
    polygons: int = 0
    side: float = 0.0


class Figures(NamedTuple):
    """Seconds, requests, bytes that came, and the values that were told, a row for each point or polygon."""

    seconds: float
    requests: int
    received: int
    values: list[list[float | None]]


def cases() -> list[Case]:
    """Return what is measured: few and many points, close together and far apart, and polygons."""
    scene = (GRID.xmin + MARGIN, GRID.ymin + MARGIN, GRID.xmax - MARGIN, GRID.ymax - MARGIN)
    wide = (400_000.0, 9_190_000.0, 420_000.0, 9_210_000.0)
    return [
        Case("1 000 points in a scene, 6 bands", LANDSAT, scene, points=1000),
        Case("5 000 points in a scene, 6 bands", LANDSAT, scene, points=5000),
        Case("1 000 points in 20 × 20 km of 10 m, 3 bands", HUGE, wide, points=1000),
        Case("25 polygons of 1 km in a scene, 6 bands", LANDSAT, scene, polygons=25, side=1000.0),
        Case("25 polygons of 1 km in 20 × 20 km of 10 m, 3 bands", HUGE, wide, polygons=25, side=1000.0),
    ]


def main() -> None:
    """Measure, and write the page."""
    application = QgsApplication([], False)
    application.initQgis()
    sys.path.append(str(Path(QgsApplication.pkgDataPath()) / "python" / "plugins"))
    from processing.core.Processing import Processing

    Processing.initialize()
    if QgsApplication.processingRegistry().providerById("native") is None:
        QgsApplication.processingRegistry().addProvider(QgsNativeAlgorithms())
    plugin.start()
    with ImageServerProcess() as server:
        rows = [row for case in cases() for row in _rows(server, case)]
    plugin.stop()
    software = f"QGIS {Qgis.QGIS_VERSION}, Python {platform.python_version()}, {os.cpu_count()} cores"
    REPORT.write_text(_page(rows, software), encoding="utf8")
    sys.stdout.write(f"Written to docs/{REPORT.name}.\n")


def _page(rows: list[str], software: str) -> str:
    head = " | ".join(f"s at {latency * 1000:.0f} ms" for latency in LATENCIES)
    return f"""# Questions to the service

Written by `make bench-questions`. The same points and polygons, answered twice in one run: by the server, with *Sample
an image service* and *Zonal statistics of an image service*; and over downloaded pixels, with *Export image server
layer* for the area in which they lie, and QGIS' *Sample raster values* or *Zonal statistics* (once for each band) over
the file. The median of {ROUNDS} rounds; the line carries {LINE_SPEED / 1e6:.0f} MB/s. *Different* are the values of
which the two say something else, by more than the last digits: a point within a millimeter of an edge between pixels
may fall on either side, as two do here. {software}; server and client share the machine.

The embedded server, which is written in Python, looks at each point by itself: its seconds for points say little of
ArcGIS Server. Requests and bytes are the same with any.

| what is asked | how | {head} | requests | MB | different |
| --- | --- |{" ---: |" * len(LATENCIES)} ---: | ---: | ---: |
{chr(10).join(rows)}
"""


def _rows(server: ImageServerProcess, case: Case) -> list[str]:
    """Return the two rows of a case."""
    layer = _points(case) if case.points else _polygons(case)
    ways: dict[str, Callable[[], list[list[float | None]]]] = {
        "by the server": lambda: _asked(server, case, layer),
        "downloaded": lambda: _downloaded(server, case, layer),
    }
    found: dict[str, list[Figures]] = {}
    for name, way in ways.items():
        runs = [[_measured(server, latency, way) for _ in range(ROUNDS)] for latency in LATENCIES]
        found[name] = [sorted(rounds, key=lambda run: run.seconds)[ROUNDS // 2] for rounds in runs]
    one, other = (found[name][-1].values for name in ways)
    difference = _difference(one, other)
    rows = []
    for name, figures in found.items():
        seconds = " | ".join(f"{run.seconds:.2f}" for run in figures)
        told = difference if name == "downloaded" else ""
        last = figures[-1]
        rows.append(f"| {case.words} | {name} | {seconds} | {last.requests} | {last.received / 1e6:.2f} | {told} |")
        sys.stdout.write(rows[-1] + "\n")
        sys.stdout.flush()
    return rows


def _measured(
    server: ImageServerProcess, latency: float, way: Callable[[], list[list[float | None]]]
) -> Figures:
    server.reset()
    server.settings(latency=latency, line_speed=LINE_SPEED)
    began = time.perf_counter()
    values = way()
    seconds = time.perf_counter() - began
    asked = server.requests()
    return Figures(seconds, len(asked), sum(request.size for request in asked), values)


def _difference(one: list[list[float | None]], other: list[list[float | None]]) -> str:
    """Return how many values of the one side are not the other's, of how many, and the largest relative difference."""
    pairs = [pair for rows in zip(one, other) for pair in zip(*rows)]
    if [len(row) for row in one] != [len(row) for row in other]:
        return "others"
    lone = sum((a is None) != (b is None) for a, b in pairs)
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    relative = [abs(a - b) / max(abs(a), abs(b), 1.0) for a, b in known]
    differing = lone + sum(share > _ROUNDING for share in relative)
    largest = f" (at most by {max(relative):.1%})" if differing > lone else ""
    return f"{differing} of {len(pairs)}{largest}"


def _points(case: Case) -> QgsVectorLayer:
    dice, (xmin, ymin, xmax, ymax) = random.Random(12), case.area  # noqa: S311 - the same places each time
    places = [QgsPointXY(dice.uniform(xmin, xmax), dice.uniform(ymin, ymax)) for _ in range(case.points)]
    return _layer("Point", [QgsGeometry.fromPointXY(place) for place in places])


def _polygons(case: Case) -> QgsVectorLayer:
    dice, (xmin, ymin, xmax, ymax) = random.Random(12), case.area  # noqa: S311
    half, shapes = case.side / 2, []
    for _ in range(case.polygons):
        x, y = dice.uniform(xmin + half, xmax - half), dice.uniform(ymin + half, ymax - half)
        shapes.append(QgsGeometry.fromPointXY(QgsPointXY(x, y)).buffer(half, 16))
    return _layer("Polygon", shapes)


def _layer(kind: str, shapes: list[QgsGeometry]) -> QgsVectorLayer:
    layer = QgsVectorLayer(f"{kind}?crs={CRS}", "where", "memory")
    features = []
    for shape in shapes:
        feature = QgsFeature(layer.fields())
        feature.setGeometry(shape)
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def _asked(server: ImageServerProcess, case: Case, layer: QgsVectorLayer) -> list[list[float | None]]:
    """Let the server answer."""
    service = {"IN_IMAGE_SERVICE": server.service(case.service), "PROCESSING_TEMPLATE": "None"}
    if case.points:
        found = _run("imageserver:samplepoints", {**service, "POINTS": layer, "OUTPUT": "memory:"})["OUTPUT"]
        return [[_number(value) for value in feature.attributes()[:-1]] for feature in found.getFeatures()]
    found = _run("imageserver:zonalstatistics", {**service, "ZONES": layer, "OUTPUT": "memory:"})["OUTPUT"]
    wanted = [field.name() for field in found.fields() if field.name().endswith(("_count", "_mean", "_min", "_max"))]
    return [[_number(feature[name]) for name in wanted] for feature in found.getFeatures()]


def _downloaded(server: ImageServerProcess, case: Case, layer: QgsVectorLayer) -> list[list[float | None]]:
    """Bring the area home, and ask the file."""
    xmin, ymin, xmax, ymax = case.area
    with TemporaryDirectory() as folder:
        path = str(Path(folder) / "area.tif")
        wanted = {
            "IN_IMAGE_SERVICE": server.service(case.service),
            "PROCESSING_TEMPLATE": "None",
            "TEMPLATE": f"{xmin},{xmax},{ymin},{ymax} [{CRS}]",
            "LARGEST_SIZE": 100,
            "OUTPUT": path,
        }
        _run("imageserver:exportimageserverlayer", wanted)
        if case.points:
            sampled = {"INPUT": layer, "RASTERCOPY": path, "COLUMN_PREFIX": "b", "OUTPUT": "memory:"}
            found = _run("native:rastersampling", sampled)["OUTPUT"]
            return [[_number(value) for value in feature.attributes()] for feature in found.getFeatures()]
        return _zonal(layer, path)


def _zonal(layer: QgsVectorLayer, path: str) -> list[list[float | None]]:
    """Return count, minimum, maximum and mean of each band, as QGIS' own algorithm computes them of a file."""
    raster = QgsRasterLayer(path, "area")
    rows: list[list[float | None]] = [[] for _ in range(layer.featureCount())]
    for band in range(1, raster.bandCount() + 1):
        wanted = {
            "INPUT": layer,
            "INPUT_RASTER": raster,
            "RASTER_BAND": band,
            "COLUMN_PREFIX": "b_",
            "STATISTICS": [0, 2, 5, 6],
            "OUTPUT": "memory:",
        }
        found = _run("native:zonalstatisticsfb", wanted)["OUTPUT"]
        for row, feature in zip(rows, found.getFeatures()):
            row += [_number(feature[f"b_{name}"]) for name in ("count", "min", "max", "mean")]
    return rows


def _run(algorithm: str, parameters: dict[str, Any]) -> dict[str, Any]:
    import processing

    outputs: dict[str, Any] = processing.run(algorithm, parameters, feedback=QgsProcessingFeedback(False))
    return outputs


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None


if __name__ == "__main__":
    main()
