"""The tiles of a layer in its source, there and back."""

from __future__ import annotations

from typing import Any

import pytest

from image_server_layer.plugin.backend.source_facts import FactError
from image_server_layer.plugin.backend.tile_facts import read_tiles, write_tiles
from image_server_layer.plugin.service.tile_info import TileInfo, TileLevel

TILES = TileInfo(512, 256, (-5.25, 7.0), "LERC2D", (TileLevel(0, 80.0), TileLevel(2, 30.1)))


def test_they_come_back() -> None:
    assert read_tiles(write_tiles(TILES)) == TILES


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (0, 0),
        (0, 100_000),
        (1, "256"),
        (2, float("nan")),
        (3, None),
        (4, 5),
        (5, []),
        (5, [[0, 80.0], [1, 90.0]]),
        (5, [[0, 80.0], [1, 80.0]]),
        (5, [[-1, 80.0]]),
        (5, [[0.5, 80.0]]),
        (5, [[0, 0]]),
        (5, [[0]]),
        (5, [[level, 1000.0 - level] for level in range(100)]),
    ],
)
def test_what_the_plugin_never_writes_is_refused(place: int, value: Any) -> None:
    written = write_tiles(TILES)
    written[place] = value
    with pytest.raises(FactError):
        read_tiles(written)


@pytest.mark.parametrize("value", [None, {}, [], [1, 2, 3]])
def test_what_is_no_list_of_tiles_is_refused(value: Any) -> None:
    with pytest.raises(FactError):
        read_tiles(value)
