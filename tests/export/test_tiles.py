"""Tiles cover a grid without gap or overlap, within the limits of the service, of memory and of the file's blocks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from image_server_layer.plugin.backend.source import Kind, LayerSource, SourceBand
from image_server_layer.plugin.export.tiles import tiling
from image_server_layer.plugin.options.grid import Grid, grid_part
from image_server_layer.plugin.service.extent import Extent


def source(columns: int, rows: int, bands: int = 1, data_type: str = "Byte") -> LayerSource:
    grid = Grid(Extent(100.0, 50.0, 100.0 + columns * 0.5, 50.0 + rows * 0.25), columns, rows, (0.5, 0.25))
    names = tuple(SourceBand(str(number)) for number in range(bands))
    parameters = {"format": "tiff"}
    return LayerSource(
        "https://x.org/A/ImageServer", "A", Kind.VALUES, "{}", parameters, grid, names, data_type, "", "", (15000, 4100)
    )


@pytest.mark.parametrize(("columns", "rows"), [(1, 1), (512, 512), (513, 511), (5001, 3777), (7, 9000)])
def test_they_cover_all_of_it_once(columns: int, rows: int) -> None:
    tiles, seen = tiling(source(columns, rows)), np.zeros((rows, columns), np.uint8)
    for number in range(tiles.count):
        tile = tiles.tile(number)
        part = slice(tile.top, tile.top + tile.window.rows), slice(tile.left, tile.left + tile.window.columns)
        seen[part] += 1
        assert (tile.left % tiles.block, tile.top % tiles.block) == (0, 0)
        assert tile.window.extent.xmin == pytest.approx(100 + tile.left * 0.5)
    assert (seen == 1).all()


@pytest.mark.parametrize(
    ("bands", "data_type", "side", "block"),
    [(1, "Byte", 2560, 512), (3, "UInt16", 1024, 512), (4, "Float64", 512, 512), (60, "Float32", 128, 128)],
)
def test_memory_bounds_them(bands: int, data_type: str, side: int, block: int) -> None:
    tiles = tiling(source(100_000, 100_000, bands, data_type))
    assert (tiles.width, tiles.height, tiles.block) == (side, side, block)


def test_a_small_export_has_tiles_for_all_connections() -> None:
    tiles = tiling(source(3000, 3000))
    assert (tiles.width, tiles.height, tiles.count) == (1024, 512, 18)


def test_the_service_bounds_them() -> None:
    small = replace(source(10_000, 10_000), largest_image=(1100, 400))
    tiles = tiling(small)
    assert (tiles.width, tiles.height) == (1024, 400)


@pytest.mark.parametrize(
    ("extent", "expected"),
    [
        (Extent(100.6, 51.1, 101.9, 51.9), (Extent(100.5, 51.0, 102.0, 52.0), 3, 4)),
        (Extent(100.5, 51.0, 102.0, 52.0), (Extent(100.5, 51.0, 102.0, 52.0), 3, 4)),
        (Extent(0, 0, 1000, 1000), (Extent(100.0, 50.0, 105.0, 55.0), 10, 20)),
        (Extent(105.0, 51.0, 106.0, 52.0), None),
    ],
)
def test_a_part_of_a_grid_is_whole_cells(extent: Extent, expected: tuple[Extent, int, int] | None) -> None:
    found = grid_part(source(10, 20).grid, extent)
    assert (found and (found.extent, found.columns, found.rows)) == expected
