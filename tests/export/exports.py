"""Exports of services whose pixels tell their place, and what the file must hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from osgeo import gdal

from image_server_layer.plugin.backend.source import LayerSource
from image_server_layer.plugin.export.export import Exported, export
from image_server_layer.plugin.export.job import ExportJob
from image_server_layer.plugin.options.grid import grid_part
from image_server_layer.plugin.service.errors import ImageServerLayerError
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.tests.backend.engine import source_of
from image_server_layer.tests.processing.running import Log
from image_server_layer.tests.reading import Array

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

SYNTHETIC = "Test/Synthetic"
COLUMNS, ROWS = 2100, 1600
# Of 512 pixels a side.
TILES = 20
LEFT, TOP = 700, 300


class Stop(Log):
    """A feedback that cancels after so many percent."""

    def __init__(self, percent: float) -> None:
        super().__init__()
        self.progressChanged.connect(lambda now: self.cancel() if now >= percent else None)


def synthetic_source(server: ImageServerProcess, bands: tuple[int, ...] = (1, 2)) -> LayerSource:
    """Return a part of the service `Test/Synthetic`, whose pixels read band, row and column."""
    source = source_of(server, SYNTHETIC, bands=bands)
    xmin, ymax = 300000.0 + LEFT * 10, 9100000.0 - TOP * 10
    grid = grid_part(source.grid, Extent(xmin, ymax - ROWS * 10, xmin + COLUMNS * 10, ymax))
    assert grid is not None
    assert (grid.columns, grid.rows) == (COLUMNS, ROWS)
    return replace(source, grid=grid)


def synthetic_truth(bands: tuple[int, ...] = (1, 2)) -> Array:
    """Return what that part holds."""
    rows, columns = np.arange(ROWS)[:, np.newaxis] + TOP, np.arange(COLUMNS)[np.newaxis, :] + LEFT
    return np.stack([band * 100_000_000 + rows * 10_000 + columns for band in bands]).astype(np.int32)


def pixels_of(path: Path) -> Array:
    """Return (bands, rows, columns) of a file, and let go of it."""
    pixels = gdal.Open(str(path)).ReadAsArray()
    return pixels if pixels.ndim == 3 else pixels[np.newaxis]


def exported(source: LayerSource, path: Path, log: Log | None = None, **job: Any) -> Exported:
    """Export."""
    return export(ExportJob(source, path, **job), log or Log())


def refusal(work: Callable[[], object]) -> ImageServerLayerError:
    """Return the error that work ends with."""
    try:
        work()
    except ImageServerLayerError as error:
        return error
    raise AssertionError("nothing was refused")


def files_in(folder: Path) -> list[str]:
    """Return the names of the files in a folder."""
    return sorted(path.name for path in folder.iterdir())


def noted_in(folder: Path) -> int:
    """Return how many tiles the journal of `scene.tif` holds."""
    return sum(line.startswith("[") for line in (folder / "scene.tif.journal").read_text().splitlines())
