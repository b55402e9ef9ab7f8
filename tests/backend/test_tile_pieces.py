"""Levels and tiles of a window: pure geometry."""

from __future__ import annotations

import numpy as np
import pytest

from image_server_layer.plugin.backend.tile_pieces import (
    MOST_TILES,
    TooManyTilesError,
    level_for,
    tile_part,
    tile_parts,
)
from image_server_layer.plugin.backend.windows import part_of
from image_server_layer.plugin.options.grid import Grid
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.tile_info import TileInfo, TileLevel

TILES = TileInfo(
    64, 32, (1000.0, 2000.0), "LERC", tuple(TileLevel(*each) for each in ((0, 64.0), (1, 24.0), (3, 10.0), (4, 4.0)))
)


def window(xmin: float, ymax: float, cell: float, columns: int, rows: int) -> Grid:
    return Grid(Extent(xmin, ymax - rows * cell, xmin + columns * cell, ymax), columns, rows, (cell, cell))


@pytest.mark.parametrize(
    ("cell", "level"),
    [
        (1.0, 4),
        (3.999, 4),
        (4.0, 4),
        # Twice and more of 4 units: the next coarser one is closer.
        (7.9, 4),
        (9.9, 3),
        (10.0, 3),
        (19.9, 3),
        (20.1, 1),
        (24.0, 1),
        (49.0, 0),
        (64.0, 0),
        (900.0, 0),
    ],
)
def test_the_level_fits_and_is_never_more_than_twice_as_fine_where_there_is_a_coarser_one(
    cell: float, level: int
) -> None:
    assert level_for(TILES, cell).level == level


@pytest.mark.parametrize("cell", [4.0, 5.3, 10.0, 24.0, 33.3, 100.0])
@pytest.mark.parametrize("xmin", [1000.0, 1001.7, 400.0])
def test_every_pixel_of_a_window_takes_the_pixel_of_a_tile_under_its_center(cell: float, xmin: float) -> None:
    asked = window(xmin, 1990.3, cell, 150, 90)
    resolution = level_for(TILES, cell).resolution
    seen = np.zeros((90, 150), int)
    for part in tile_parts(TILES, asked):
        rows, columns = len(part.rows), len(part.columns)
        seen[part.top : part.top + rows, part.left : part.left + columns] += 1
        x = xmin + (part.left + np.arange(columns) + 0.5) * cell
        y = 1990.3 - (part.top + np.arange(rows) + 0.5) * cell
        assert np.array_equal(part.column * 64 + part.columns, np.floor((x - 1000.0) / resolution + 1e-6))
        assert np.array_equal(part.row * 32 + part.rows, np.floor((2000.0 - y) / resolution + 1e-6))
        assert 0 <= part.columns.min() <= part.columns.max() < 64
        assert 0 <= part.rows.min() <= part.rows.max() < 32
        alone = tile_part(TILES, part_of(asked, part.left, part.top, columns, rows))
        assert (alone.level, alone.row, alone.column) == (part.level, part.row, part.column)
        assert np.array_equal(alone.rows, part.rows)
        assert np.array_equal(alone.columns, part.columns)
    assert (seen == 1).all()


def test_a_view_of_too_many_tiles_is_refused_with_what_to_do() -> None:
    with pytest.raises(TooManyTilesError, match=f"{MOST_TILES} are asked for at most: zoom in"):
        tile_parts(TILES, window(0.0, 0.0, 6400.0, 200, 200))
