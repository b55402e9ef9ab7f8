"""`tileInfo` as services write it."""

from __future__ import annotations

from typing import Any

import pytest

from image_server_layer.plugin.service.tile_info import TileInfo, TileLevel, parse_tile_info

INFO: dict[str, Any] = {
    "rows": 256,
    "cols": 512,
    "format": "Lerc2D",
    "origin": {"x": -5.5, "y": 7},
    "lods": [
        {"level": 0, "resolution": 80.0, "scale": 1},
        {"level": 2, "resolution": 30, "scale": 1},
        {"level": 1, "resolution": "60.5", "scale": 1},
    ],
}


def test_levels_are_ordered_and_need_not_halve() -> None:
    levels = TileLevel(0, 80.0), TileLevel(1, 60.5), TileLevel(2, 30.0)
    found = parse_tile_info({"tileInfo": INFO})
    assert found == TileInfo(512, 256, (-5.5, 7.0), "LERC2D", levels)
    assert found.holds_values


def test_there_are_no_tiles_of_levels_outside_of_the_limits() -> None:
    found = parse_tile_info({"tileInfo": INFO, "minLOD": 1, "maxLOD": 1})
    assert found is not None
    assert [each.level for each in found.levels] == [1]


@pytest.mark.parametrize("name", ["PNG", "PNG32", "JPEG", "MIXED", ""])
def test_pictures_hold_no_values(name: str) -> None:
    found = parse_tile_info({"tileInfo": {**INFO, "format": name}})
    assert found is not None
    assert not found.holds_values


@pytest.mark.parametrize(
    "changes",
    [
        {"lods": []},
        {"lods": None},
        {"lods": [{"level": 0, "resolution": 0}, {"level": -1, "resolution": 5}, {"resolution": 5}, 7]},
        {"origin": None},
        {"origin": {"x": "NaN", "y": 0}},
        {"rows": 0},
        {"cols": None},
        {"rows": 100_000},
    ],
)
def test_what_does_not_say_where_tiles_lie_is_none(changes: dict[str, Any]) -> None:
    assert parse_tile_info({"tileInfo": {**INFO, **changes}}) is None
    assert parse_tile_info({}) is None


def test_levels_finer_than_the_pixels_of_the_service_are_of_no_use() -> None:
    found = parse_tile_info({"tileInfo": INFO})
    assert found is not None
    assert [each.level for each in found.needed_levels(60.5)] == [0, 1]
    assert [each.level for each in found.needed_levels(31.0)] == [0, 1, 2]
    assert [each.level for each in found.needed_levels(0.1)] == [0, 1, 2]
