"""The tiles of a layer as they stand in its source."""

from __future__ import annotations

from typing import Any

from ..service.tile_info import LARGEST_TILE, MOST_LEVELS, TileInfo, TileLevel
from . import source_facts as facts
from .source_facts import FactError

_HIGHEST_LEVEL = 1000


def write_tiles(tiles: TileInfo) -> list[Any]:
    """Return columns, rows, x, y, format, and the levels with their resolutions."""
    levels = [[each.level, each.resolution] for each in tiles.levels]
    return [tiles.columns, tiles.rows, *tiles.origin, facts.one_line(tiles.format), levels]


def read_tiles(value: Any) -> TileInfo:
    """Return what `write_tiles` wrote.

    Raises:
        FactError: it did not.
    """
    if not isinstance(value, list) or len(value) != 6:
        raise FactError("no tiles")
    columns, rows = facts.count(value[0]), facts.count(value[1])
    if max(columns, rows) > LARGEST_TILE:
        raise FactError("too large tiles")
    levels = facts.list_of(_level, 1, MOST_LEVELS)(value[5])
    if any(finer.resolution >= coarser.resolution for coarser, finer in zip(levels, levels[1:])):
        raise FactError("levels out of order")
    return TileInfo(columns, rows, (facts.number(value[2]), facts.number(value[3])), facts.text(value[4]), levels)


def _level(value: Any) -> TileLevel:
    if not isinstance(value, list) or len(value) != 2:
        raise FactError("not a level")
    level, resolution = facts.number(value[0]), facts.positive(value[1])
    if level != int(level) or not 0 <= level <= _HIGHEST_LEVEL:
        raise FactError("not the number of a level")
    return TileLevel(int(level), resolution)
