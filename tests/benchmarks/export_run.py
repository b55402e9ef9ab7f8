"""One way to bring pixels home, in a process of its own; prints the figures as JSON."""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
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
from ...plugin.options.grid import Grid, grid_part
from ...plugin.service.extent import Extent
from ...plugin.service.preferences import requests_at_a_time

# The same for all.
OPTIONS = ["COMPRESS=DEFLATE", "PREDICTOR=2", "ZLEVEL=1", "TILED=YES", "BIGTIFF=IF_SAFER", "NUM_THREADS=ALL_CPUS"]


def ours(source: LayerSource, path: str) -> None:
    """Export as the algorithm does."""
    export(ExportJob(source, Path(path)), QgsProcessingFeedback(False))


def uncompressed(source: LayerSource, path: str) -> None:
    """Export into a file that is not compressed, so that nothing but the network takes time."""
    export(ExportJob(source, Path(path), compression="NONE"), QgsProcessingFeedback(False))


def download(source: LayerSource, _path: str) -> None:
    """Ask for the tiles of the export over as many connections, and throw them away: what the server delivers."""
    tiles, at_a_time = tiling(source), requests_at_a_time()
    numbers = iter(range(tiles.count))

    def take(session: requests.Session) -> None:
        # `next` on one iterator from several threads is one step of Python's.
        for number in numbers:
            _asked(session, source, tiles.tile(number).window)

    with ExitStack() as open_sessions, ThreadPoolExecutor(at_a_time) as pool:
        list(pool.map(take, [open_sessions.enter_context(_session()) for _ in range(at_a_time)]))


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
    tiles = tiling(source)
    data: Any = None
    with _session() as session:
        for number in range(tiles.count):
            tile = tiles.tile(number)
            gdal.FileFromMemBuffer("/vsimem/tile.tif", _asked(session, source, tile.window))
            pixels = gdal.Open("/vsimem/tile.tif").ReadAsArray()
            pixels = pixels if pixels.ndim == 3 else pixels[None]
            if data is None:
                grid = source.grid
                kind = gdal.GetDataTypeByName(source.data_type)
                data = gdal.GetDriverByName("GTiff").Create(path, grid.columns, grid.rows, len(pixels), kind, OPTIONS)
            for band, values in enumerate(pixels, start=1):
                data.GetRasterBand(band).WriteArray(values, tile.left, tile.top)
    data.FlushCache()


def _session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False
    return session


def _asked(session: requests.Session, source: LayerSource, window: Grid) -> bytes:
    answer = session.get(f"{source.service_url}/exportImage", params=drawing_request(source, window), timeout=60)
    answer.raise_for_status()
    return answer.content


WAYS: dict[str, Callable[[LayerSource, str], None]] = {
    "ours": ours,
    "uncompressed": uncompressed,
    "download": download,
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
    """Return seconds, those of the processor, bytes in the file, and the memory before and at its peak, in bytes."""
    plugin.start()
    source = source_of(url, side, bands)
    before = forget_peak()
    began, worked = time.perf_counter(), processor_seconds()
    WAYS[way](source, path)
    seconds, worked = time.perf_counter() - began, processor_seconds() - worked
    peak = peak_memory()
    plugin.stop()
    written = Path(path).stat().st_size if Path(path).exists() else 0
    return {"seconds": seconds, "worked": worked, "written": written, "before": before, "peak": peak}


def processor_seconds() -> float:
    """Return the time that all threads of this process have had a processor for, in seconds."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


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
