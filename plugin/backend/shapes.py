"""Finds the pixels of a window whose center is inside a shape."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
from osgeo import gdal, ogr

from ..options.clip import DIGITS_OF_CELL, Clip
from ..options.grid import Grid
from ..service.extent import Extent
from .gdal_messages import quiet

Mask = npt.NDArray[np.bool_]


class Shapes:
    """One or more polygons in some CRS, as well-known binary. For one thread.

    Attributes:
        extent: the box around them.
        digest: a text that stands for all of their corners.
    """

    def __init__(self, polygons: Iterable[bytes]) -> None:
        driver = gdal.GetDriverByName("Memory") or gdal.GetDriverByName("MEM")
        self._data = driver.Create("", 0, 0, 0, gdal.GDT_Unknown)
        self._layer = self._data.CreateLayer("shapes")
        digest, boxes = hashlib.sha256(), []
        for content in polygons:
            geometry = ogr.CreateGeometryFromWkb(bytearray(content))
            # West, east, south, north.
            boxes.append(geometry.GetEnvelope())
            feature = ogr.Feature(self._layer.GetLayerDefn())
            feature.SetGeometryDirectly(geometry)
            self._layer.CreateFeature(feature)
            digest.update(content)
        self.extent = Extent(
            min(box[0] for box in boxes),
            min(box[2] for box in boxes),
            max(box[1] for box in boxes),
            max(box[3] for box in boxes),
        )
        self.digest = digest.hexdigest()

    def touch(self, window: Grid) -> bool:
        """Whether a window may have pixels inside."""
        with self._within(window):
            return bool(self._layer.GetFeatureCount())

    def inside(self, window: Grid) -> Mask:
        """Return which pixels of a window (rows, columns) are inside, by their center."""
        extent, (cell_x, cell_y) = window.extent, window.cell_size
        with self._within(window):
            return self._burned(window.columns, window.rows, (extent.xmin, cell_x, 0.0, extent.ymax, 0.0, -cell_y))

    def inside_cells(self, columns: int, rows: int) -> Mask:
        """Return the same of polygons in columns and rows, which count downwards."""
        return self._burned(columns, rows, (0.0, 1.0, 0.0, 0.0, 0.0, 1.0))

    def _burned(self, columns: int, rows: int, geotransform: tuple[float, ...]) -> Mask:
        burned = gdal.GetDriverByName("MEM").Create("", columns, rows, 1, gdal.GDT_Byte)
        burned.SetGeoTransform(geotransform)
        with quiet():
            gdal.RasterizeLayer(burned, [1], self._layer, burn_values=[1])
        return np.asarray(burned.ReadAsArray() != 0)

    def _within(self, window: Grid) -> _SpatialFilter:
        return _SpatialFilter(self._layer, window.extent)


class _SpatialFilter:
    """Lets a layer show only what is in an extent, for a while."""

    def __init__(self, layer: Any, extent: Extent) -> None:
        self._layer, self._extent = layer, extent

    def __enter__(self) -> None:
        self._layer.SetSpatialFilterRect(*self._extent)

    def __exit__(self, *_: object) -> None:
        self._layer.SetSpatialFilter(None)


def inside_clip(clip: Clip, window: Grid) -> Mask:
    """Return which pixels of a window, in the CRS of the shape, are inside of it, by their center. On any thread.

    It is what GDAL makes of the same shape as a cutline, see `clipped_document`.
    """
    if clip.extent.intersection(window.extent) is None:
        return np.zeros((window.rows, window.columns), np.bool_)
    (xmin, _, _, ymax), (cell_x, cell_y) = window.extent, window.cell_size
    corners = (np.frombuffer(clip.coordinates).reshape(-1, 2) - (xmin, ymax)) / (cell_x, -cell_y)
    shapes = Shapes([clip.wkb_of(np.round(corners, DIGITS_OF_CELL).tobytes())])
    return shapes.inside_cells(window.columns, window.rows)


def holds_cell(clip: Clip, grid: Grid, point: tuple[float, float]) -> bool:
    """Whether the cell of a grid at a point has its center in a shape. All are in the CRS of the shape."""
    (x, y), (cell_x, cell_y) = point, grid.cell_size
    column = min(max(math.floor((x - grid.extent.xmin) / cell_x), 0), grid.columns - 1)
    row = min(max(math.floor((grid.extent.ymax - y) / cell_y), 0), grid.rows - 1)
    left, top = grid.extent.xmin + column * cell_x, grid.extent.ymax - row * cell_y
    cell = Grid(Extent(left, top - cell_y, left + cell_x, top), 1, 1, grid.cell_size)
    return bool(inside_clip(clip, cell).all())
