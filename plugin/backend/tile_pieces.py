"""From pixels on the ground to tiles of a cache: which level, which tiles, and which of their pixels. Pure geometry.

A window is cut along the edges of tiles, so that each piece of it comes out of one tile, and is asked for, fails and is
kept by itself. A pixel of a window takes the pixel of the tile that its center lies in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from ..options.grid import Grid
from ..service.errors import ImageServerLayerError
from ..service.tile_info import TileInfo, TileLevel
from ..translation import tr

Indexes = npt.NDArray[np.int64]
# Tolerance, as a share: how much larger than those of a view pixels of a level may be to be drawn as they are.
_SAME_SIZE = 1e-3
# By what factor they may be smaller. Otherwise, levels far apart would take any number of tiles for a view.
_MOST_FINER = 2.0
# Tiles of one window. A screen that is 4000 pixels wide takes a quarter of that.
MOST_TILES = 1500
# In pixels: a center this close to the edge between two pixels belongs to the second, so that rounding decides nothing.
_EDGE = 1e-6


class TooManyTilesError(ImageServerLayerError):
    """No level is coarse enough for what is requested."""


@dataclass(frozen=True)
class TilePart:
    """A part of a window that comes out of one tile.

    Attributes:
        level, row, column: the tile's address.
        left, top: where the part begins in the window.
        columns, rows: for each column and row of the part, the pixel of the tile that it shows.
    """

    level: int
    row: int
    column: int
    left: int
    top: int
    columns: Indexes
    rows: Indexes


def level_for(tiles: TileInfo, cell: float) -> TileLevel:
    """Return the level from which to draw pixels of a size.

    This is the coarsest level that is as fine. If that is more than twice as fine, it is the next coarser one.
    """
    fine = [each for each in tiles.levels if each.resolution <= cell * (1 + _SAME_SIZE)]
    if not fine:
        return tiles.levels[-1]
    coarser = tiles.levels.index(fine[0]) - 1
    if coarser >= 0 and cell / fine[0].resolution > _MOST_FINER * (1 + _SAME_SIZE):
        return tiles.levels[coarser]
    return fine[0]


def tile_parts(tiles: TileInfo, window: Grid) -> list[TilePart]:
    """Return the parts of a window, row by row; together they are the window, without gap or overlap.

    Raises:
        TooManyTilesError: it would be more than `MOST_TILES`.
    """
    cell_x, cell_y = window.cell_size
    level = level_for(tiles, min(cell_x, cell_y))
    (x, y), size = tiles.origin, level.resolution
    across = _cut(window.extent.xmin - x, cell_x, window.columns, size, tiles.columns)
    down = _cut(y - window.extent.ymax, cell_y, window.rows, size, tiles.rows)
    if len(across) * len(down) > MOST_TILES:
        text = tr("This view would take {count} tiles of the service, and {most} are asked for at most: zoom in.")
        raise TooManyTilesError(text.format(count=len(across) * len(down), most=MOST_TILES))
    return [
        TilePart(level.level, row, column, left, top, columns, rows)
        for row, top, rows in down
        for column, left, columns in across
    ]


def tile_part(tiles: TileInfo, piece: Grid) -> TilePart:
    """Return the only part of a piece that was cut along the edges of tiles, in spite of rounding."""
    cell_x, cell_y = piece.cell_size
    level = level_for(tiles, min(cell_x, cell_y))
    (x, y), size = tiles.origin, level.resolution
    column, columns = _one(_pixels(piece.extent.xmin - x, cell_x, piece.columns, size), tiles.columns)
    row, rows = _one(_pixels(y - piece.extent.ymax, cell_y, piece.rows, size), tiles.rows)
    return TilePart(level.level, row, column, 0, 0, columns, rows)


def _one(pixels: Indexes, side: int) -> tuple[int, Indexes]:
    number = int(pixels[len(pixels) // 2]) // side
    return number, np.clip(pixels - number * side, 0, side - 1)


def _pixels(start: float, cell: float, count: int, resolution: float) -> Indexes:
    """Return the pixel of a level that each pixel along an axis shows."""
    return np.floor((start + (np.arange(count) + 0.5) * cell) / resolution + _EDGE).astype(np.int64)


def _cut(start: float, cell: float, count: int, resolution: float, side: int) -> list[tuple[int, int, Indexes]]:
    """Return for each tile along an axis its number, the first pixel of the window in it, and the tile's own pixels."""
    pixels = _pixels(start, cell, count, resolution)
    numbers = pixels // side
    edges = [0, *(np.flatnonzero(np.diff(numbers)) + 1), count]
    return [
        (int(numbers[first]), int(first), pixels[first:last] - int(numbers[first]) * side)
        for first, last in zip(edges, edges[1:])
    ]


def taken(pixels: npt.NDArray[Any], part: TilePart) -> npt.NDArray[Any]:
    """Return the pixels of a part from those of its tile, (bands, rows, columns) or a mask (rows, columns)."""
    return pixels[..., part.rows[:, np.newaxis], part.columns]
