"""The tiles that an export is asked for and written in: all of them whole blocks of the file."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ..backend.pixel_types import numpy_type
from ..backend.source import LayerSource
from ..backend.windows import part_of
from ..options.grid import Grid

# Of a tile, unpacked. As many are on their way as there are connections, so this limits the memory of an export.
_LARGEST_TILE_BYTES = 8 * 2**20
# In pixels. Servers are best at images of usual size, and smaller tiles show more progress.
_LARGEST_SIDE = 4096
# A small export is divided into so many tiles to use all connections.
_FEWEST_TILES = 12
# Sides of a block of the file, in pixels. The smaller ones are for pixels of so many bands that a block gets too large.
_BLOCK_SIDES = (512, 256, 128)


@dataclass(frozen=True)
class Tile:
    """A part of the file: its number, where it lies in pixels from the upper left, and its pixels on the ground."""

    number: int
    left: int
    top: int
    window: Grid


@dataclass(frozen=True)
class Tiling:
    """The tiles of a grid, row by row. `block` is the side of the file's blocks, in pixels."""

    grid: Grid
    width: int
    height: int
    block: int

    @property
    def across(self) -> int:
        """How many tiles there are in a row."""
        return math.ceil(self.grid.columns / self.width)

    @property
    def count(self) -> int:
        """How many tiles there are."""
        return self.across * math.ceil(self.grid.rows / self.height)

    def tile(self, number: int) -> Tile:
        """Return the tile of a number, from 0 on."""
        left, top = number % self.across * self.width, number // self.across * self.height
        columns, rows = min(self.width, self.grid.columns - left), min(self.height, self.grid.rows - top)
        return Tile(number, left, top, part_of(self.grid, left, top, columns, rows))


def bytes_per_pixel(source: LayerSource) -> int:
    """Return how much a pixel takes with all its bands, unpacked."""
    return numpy_type(source.data_type).itemsize * max(1, len(source.bands))


def tiling(source: LayerSource) -> Tiling:
    """Return the tiles for a layer's own grid: within the limits of the service, and of memory."""
    most = _LARGEST_TILE_BYTES // bytes_per_pixel(source)
    block = next((side for side in _BLOCK_SIDES if side * side <= most), _BLOCK_SIDES[-1])
    even = math.isqrt(max(1, source.grid.columns * source.grid.rows // _FEWEST_TILES))
    largest, (widest, tallest) = min(math.isqrt(most), _LARGEST_SIDE), source.largest_image
    # Wide rather than small, as each request costs a round trip.
    wide = min(largest, widest, max(round(even / block), 1) * block)
    tall = min(largest, tallest, max(even, block))
    return Tiling(source.grid, _whole_blocks(wide, block), _whole_blocks(tall, block), block)


def _whole_blocks(side: int, block: int) -> int:
    """Return a side of whole blocks; where a service draws less than a block at a time, the side as it is."""
    return max(1, side // block * block or side)
