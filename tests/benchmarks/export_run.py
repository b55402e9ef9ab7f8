"""One way to bring pixels home, in a process of its own; prints the figures as JSON."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import requests
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterFileWriter,
    QgsRasterPipe,
    QgsRectangle,
)

from ...plugin import plugin
from ...plugin.backend.export_image import drawing_request
from ...plugin.backend.source import LayerSource
from ...plugin.export.export import export
from ...plugin.export.job import ExportJob
from ...plugin.export.tiles import tiling
from ...plugin.layer.arguments import layer_request
from ...plugin.layer.plan import plan_layer
from ...plugin.options.grid import grid_part
from ...plugin.service.extent import Extent

# The same for all.
OPTIONS = ["COMPRESS=DEFLATE", "PREDICTOR=2", "TILED=YES", "BIGTIFF=IF_SAFER", "NUM_THREADS=ALL_CPUS"]


def ours(source: LayerSource, path: str) -> None:
    """Export as the algorithm does."""
    export(ExportJob(source, Path(path)), QgsProcessingFeedback(False))


def translate(source: LayerSource, path: str) -> None:
    """Let GDAL read the same source, as `gdal_translate` does."""
    gdal.Translate(path, source.text(), creationOptions=OPTIONS)


def save_as(source: LayerSource, path: str) -> None:
    """Save the live layer as QGIS does."""
    from ...plugin.provider.layers import make_layer

    layer, grid = make_layer(source, "layer"), source.grid
    pipe = QgsRasterPipe()
    pipe.set(layer.dataProvider().clone())
    writer = QgsRasterFileWriter(path)
    writer.setOutputFormat("GTiff")
    writer.setCreateOptions(OPTIONS)
    extent = QgsRectangle(*grid.extent)
    context = QgsProject.instance().transformContext()
    failed = writer.writeRaster(pipe, grid.columns, grid.rows, extent, layer.crs(), context)
    if failed:
        raise RuntimeError(f"Save As ended with {failed}")


def loop(source: LayerSource, path: str) -> None:
    """Ask for one tile after the other, as scripts do that people write by hand."""
    tiles, session = tiling(source), requests.Session()
    session.trust_env = False
    data: Any = None
    for number in range(tiles.count):
        tile = tiles.tile(number)
        asked = drawing_request(source, tile.window)
        answer = session.get(f"{source.service_url}/exportImage", params=asked, timeout=60)
        gdal.FileFromMemBuffer("/vsimem/tile.tif", answer.content)
        pixels = gdal.Open("/vsimem/tile.tif").ReadAsArray()
        pixels = pixels if pixels.ndim == 3 else pixels[None]
        if data is None:
            grid = source.grid
            kind = gdal.GetDataTypeByName(source.data_type)
            data = gdal.GetDriverByName("GTiff").Create(path, grid.columns, grid.rows, len(pixels), kind, OPTIONS)
        for band, values in enumerate(pixels, start=1):
            data.GetRasterBand(band).WriteArray(values, tile.left, tile.top)
    data.FlushCache()


WAYS: dict[str, Callable[[LayerSource, str], None]] = {
    "ours": ours,
    "translate": translate,
    "save_as": save_as,
    "loop": loop,
}


def source_of(url: str, side: int, bands: int) -> LayerSource:
    """Return a square in the middle of a service of three bands; a fourth one is the first again."""
    numbers = [1, 2, 3, 1][:bands]
    source = plan_layer(layer_request(QgsProject.instance(), url, band_index=numbers)).prepared.source
    (x, y), (cell_x, cell_y) = source.grid.extent.center, source.grid.cell_size
    grid = grid_part(source.grid, Extent(x, y, x + side * cell_x, y + side * cell_y))
    assert grid is not None
    return replace(source, grid=grid)


def run(way: str, url: str, side: int, bands: int, path: str) -> dict[str, Any]:
    """Return seconds, and the memory of the process before and at its peak, in bytes."""
    plugin.start()
    source = source_of(url, side, bands)
    before = forget_peak()
    began = time.perf_counter()
    WAYS[way](source, path)
    seconds = time.perf_counter() - began
    peak = peak_memory()
    plugin.stop()
    return {"seconds": seconds, "before": before, "peak": peak}


def forget_peak() -> int:
    """Return the memory that this process has now, in bytes, and begin anew to look for the most."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return peak_memory()


def peak_memory() -> int:
    """Return the most memory that this process has had, in bytes; `getrusage` would count that of its parent, too."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


def main() -> None:
    """Print the figures of the way, the service and the size that the command names."""
    way, url, side, bands, path = sys.argv[1:]
    application = QgsApplication([], False)
    application.initQgis()
    figures = run(way, url, int(side), int(bands), path)
    sys.stdout.write(json.dumps(figures) + "\n")
    sys.stdout.flush()
    application.exitQgis()


if __name__ == "__main__":
    main()
