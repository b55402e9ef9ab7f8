"""What the embedded server must draw, worked out with numpy from its rasters and their documented marks.

Nothing here runs the server's code; only its tables of what the mosaic's rasters are (`landsat.py`) are read.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from osgeo import gdal

from .imageserver.data import DATA
from .imageserver.landsat import SCENES, SEAMLINES, TILTED

Array = npt.NDArray[Any]

LANDSAT_ORIGIN = (288776.25, 9120760.75)
LANDSAT_CELL = 28.5
LANDSAT_SIZE = (349, 352)
BY_ID = (1, 2, 3, 4, 5, 6, 7, 8)
# From the upper left corner of the service to the centers of the rasters' boxes; the service's own order.
NORTH_WEST = (1, 2, 7, 4, 3, 5, 6, 8)

# The small services under `Test/`: 97 × 61 pixels of 10 m, whose values tell where they are.
SMALL_ORIGIN = (300000.0, 9100000.0)
ROWS, COLUMNS = np.mgrid[:61, :97]
PLACES = ROWS * 97 + COLUMNS
LIMITS = {
    "U8": (0, 2**8 - 1),
    "S8": (-(2**7), 2**7 - 1),
    "U16": (0, 2**16 - 1),
    "S16": (-(2**15), 2**15 - 1),
    "U32": (0, 2**32 - 1),
    "S32": (-(2**31), 2**31 - 1),
}
# What GDAL and QGIS call the type in which the pixels of an ArcGIS type come.
DATA_TYPES = {
    "U8": "Byte",
    # GDAL has signed bytes since 3.7 only, so they come as 16 bits in every release.
    "S8": "Int16",
    "U16": "UInt16",
    "S16": "Int16",
    "U32": "UInt32",
    "S32": "Int32",
    "F32": "Float32",
    "F64": "Float64",
}
_WIGGLE = 1e-6


def landsat_extent(left: int, top: int, columns: int, rows: int) -> tuple[float, float, float, float]:
    """Return xmin, ymin, xmax and ymax of a part of the Landsat scene that is given in its pixels."""
    x, y = LANDSAT_ORIGIN
    xmin, ymax = x + left * LANDSAT_CELL, y - top * LANDSAT_CELL
    return xmin, ymax - rows * LANDSAT_CELL, xmin + columns * LANDSAT_CELL, ymax


@cache
def scene() -> Array:
    """Return the six bands that the rasters of the Landsat mosaic are cut from, before they are marked."""
    return np.minimum(gdal.Open(str(DATA / "landsat7_olinda.tif")).ReadAsArray(), 239)


@cache
def covered_by(raster: int) -> Array:
    """Return where a raster of the Landsat mosaic has pixels."""
    part = SCENES[raster - 1]
    covered = np.zeros(scene().shape[1:], bool)
    covered[part.top : part.top + part.rows, part.left : part.left + part.columns] = True
    return covered & _inside(TILTED)[0] if raster == 7 else covered


def shown_by(raster: int) -> Array:
    """Return what a raster of the Landsat mosaic shows, over the whole scene: two gray levels more for each id."""
    return scene() + np.uint8(2 * (raster - 1))


def mosaic(order: Sequence[int], combine: Callable[[Array], Array] | None = None) -> Array:
    """Return the Landsat mosaic of these rasters, the first one on top; 0 where there is none.

    `combine` makes one pixel out of those of all rasters: it gets an array (rasters, bands, rows, columns) of floats,
    NaN where a raster has none, and is not asked where no raster has any.
    """
    if combine is None:
        pixels = np.zeros_like(scene())
        for raster in reversed(order):
            np.copyto(pixels, shown_by(raster), where=covered_by(raster))
        return pixels
    stack = np.stack([np.where(covered_by(raster), shown_by(raster), np.nan) for raster in order])
    known = np.any([covered_by(raster) for raster in order], axis=0)
    return np.where(known, combine(np.where(known, stack, 0.0)), 0.0)


def seamline_mosaic() -> tuple[Array, Array]:
    """Return the Landsat mosaic cut at its seamlines, and where a pixel's center is not on a seamline itself."""
    pixels, decided = np.zeros_like(scene()), np.ones(scene().shape[1:], bool)
    for raster, corners in enumerate(SEAMLINES, start=1):
        if corners is not None:
            inside, is_clear = _inside(corners)
            np.copyto(pixels, shown_by(raster), where=inside & covered_by(raster))
            decided &= is_clear
    return pixels, decided


def _inside(corners: Sequence[tuple[int, int]]) -> tuple[Array, Array]:
    """Return which pixels have their center in a polygon, and which of them a hair more or less does not change."""
    left, right = (_crossings(corners, shift) % 2 == 1 for shift in (-_WIGGLE, _WIGGLE))
    return left & right, left == right


def _crossings(corners: Sequence[tuple[int, int]], shift: float) -> Array:
    """Count the edges to the right of each pixel's center, moved along x by `shift` pixels."""
    columns, rows = LANDSAT_SIZE
    x, y = np.meshgrid(np.arange(columns) + 0.5 + shift, np.arange(rows) + 0.5)
    count = np.zeros((rows, columns), int)
    for (x0, y0), (x1, y1) in zip(corners, [*corners[1:], corners[0]]):
        if y0 != y1:
            count += ((y0 < y) != (y1 < y)) & (x < x0 + (y - y0) * (x1 - x0) / (y1 - y0))
    return count


@cache
def elevation() -> Array:
    """Return the elevation model, one band, with no data (-9999) in its corner of sea."""
    pixels = gdal.Open(str(DATA / "dem_olinda.tif")).ReadAsArray()[np.newaxis].copy()
    pixels[:, :10, 101:111] = -9999
    return pixels


@cache
def land_cover() -> Array:
    """Return the classes of the land cover, one band."""
    return gdal.Open(str(DATA / "landcover_puerto_rico.tif")).ReadAsArray()[np.newaxis]


def typed(pixel_type: str) -> Array:
    """Return what `Test/U8` and its kin hold: from one limit of the type to the other, and back."""
    if pixel_type == "F32":
        return np.stack([1000 * band + PLACES / 8 for band in (1, 2, 3)])
    if pixel_type == "F64":
        return np.stack([1e9 * band + PLACES / 1024 for band in (1, 2, 3)])
    least, greatest = LIMITS[pixel_type]
    offset = PLACES * max(1, (greatest - least) // PLACES.size) % (greatest - least + 1)
    return np.stack([least + offset, greatest - offset, least + offset])


def ramps(bands: int) -> Array:
    """Return what the first bands of the other small services hold: row + column + 10 (band - 1) + 1."""
    return np.stack([ROWS + COLUMNS + 10 * band + 1 for band in range(bands)])


def nearest(pixels: Array, x: Array, y: Array) -> Array:
    """Return the Landsat scene's pixels (bands, rows, columns) that hold these ground points (1-D each); 0 outside."""
    columns = np.floor((x - LANDSAT_ORIGIN[0]) / LANDSAT_CELL).astype(int)
    rows = np.floor((LANDSAT_ORIGIN[1] - y) / LANDSAT_CELL).astype(int)
    last_column, last_row = LANDSAT_SIZE[0] - 1, LANDSAT_SIZE[1] - 1
    inside = (rows == rows.clip(0, last_row))[:, np.newaxis] & (columns == columns.clip(0, last_column))
    return np.where(inside, pixels[:, rows.clip(0, last_row)][:, :, columns.clip(0, last_column)], 0)


def cell_centers(start: float, step: float, count: int) -> Array:
    """Return the centers of cells along one axis."""
    return start + (np.arange(count) + 0.5) * step
