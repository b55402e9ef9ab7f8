"""The ready-made tiles of a service: `tileInfo` of its description, as plain values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .json_values import integer, mapping, number, positive_integer, sequence, text

# In pixels a side. A larger tile would take too much memory to decode.
LARGEST_TILE = 4096
# ArcGIS' own schemes have 24; further levels are ignored.
MOST_LEVELS = 64
# By what factor pixels may be larger and still count as being of the same size.
_SAME_SIZE = 1.001
# Formats that hold values rather than colors, in upper case.
_VALUE_FORMATS = ("LERC", "LERC1D", "LERC2D")


@dataclass(frozen=True)
class TileLevel:
    """A level of the cache: its number in addresses, and the size of a pixel in units of the service's CRS."""

    level: int
    resolution: float


@dataclass(frozen=True)
class TileInfo:
    """Where tiles lie and what they hold.

    Attributes:
        columns, rows: pixels of a tile.
        origin: x and y of the upper left corner of the tile 0, 0 of every level, in the CRS of the tiles.
        format: in ArcGIS' words and upper case, such as `PNG32`, `MIXED`, `LERC`; empty where unknown.
        levels: the coarsest first; they need not halve.
    """

    columns: int
    rows: int
    origin: tuple[float, float]
    format: str
    levels: tuple[TileLevel, ...]

    def needed_levels(self, pixel_size: float) -> tuple[TileLevel, ...]:
        """Return the levels up to the first that is as fine as the service's own pixels: finer ones tell no more."""
        fine = next((at for at, each in enumerate(self.levels) if each.resolution <= pixel_size * _SAME_SIZE), None)
        return self.levels if fine is None else self.levels[: fine + 1]

    def is_as_fine_as(self, pixel_size: float) -> bool:
        """Whether the finest level is as fine as pixels of a size."""
        return self.levels[-1].resolution <= pixel_size * _SAME_SIZE

    @property
    def holds_values(self) -> bool:
        """Whether tiles are numbers (LERC) and not pictures."""
        return self.format in _VALUE_FORMATS


def parse_tile_info(root: Mapping[str, Any]) -> TileInfo | None:
    """Read `tileInfo` of a service's description; None where there are no tiles that could be found by it.

    Levels outside of `minLOD` to `maxLOD` are left out: there are no tiles of them.
    """
    info = mapping(root.get("tileInfo"))
    columns, rows = positive_integer(info.get("cols")), positive_integer(info.get("rows"))
    origin = mapping(info.get("origin"))
    x, y = number(origin.get("x")), number(origin.get("y"))
    levels = _levels(info, integer(root.get("minLOD")), integer(root.get("maxLOD")))
    if not columns or not rows or max(columns, rows) > LARGEST_TILE or x is None or y is None or not levels:
        return None
    return TileInfo(columns, rows, (x, y), text(info.get("format")).upper(), levels)


def _levels(info: Mapping[str, Any], lowest: int | None, highest: int | None) -> tuple[TileLevel, ...]:
    found: dict[float, TileLevel] = {}
    for lod in map(mapping, sequence(info.get("lods"))):
        level, resolution = integer(lod.get("level")), number(lod.get("resolution"))
        if level is None or level < 0 or resolution is None or not math.isfinite(resolution) or resolution <= 0:
            continue
        if (lowest is None or level >= lowest) and (highest is None or level <= highest):
            # Of two with one resolution, either would do.
            found.setdefault(resolution, TileLevel(level, resolution))
    return tuple(sorted(found.values(), key=lambda each: -each.resolution))[:MOST_LEVELS]
