"""Areas that the edge of a map tears in two."""

from __future__ import annotations

import itertools

import pytest

from image_server_layer.plugin.options.antimeridian import lies_on_both_sides

WORLD = 360.0


def around(*corners: float, steps: int = 20) -> list[float]:
    """Return longitudes between -180 and 180 along lines from corner to corner, which may lie beyond that."""
    positions = [
        start + (end - start) * step / steps for start, end in itertools.pairwise(corners) for step in range(steps)
    ]
    return [(position + 180) % 360 - 180 for position in (*positions, corners[-1])]


@pytest.mark.parametrize(
    "positions",
    [
        around(170, 190, 190, 170, 170),
        around(-190, -170, -170, -190, -190),
        around(179.9, 180.1, 180.1, 179.9, 179.9),
        around(0, 350, 350, 0, 0),
        [170, -170, -160, 175, 170],
    ],
)
def test_an_area_across_the_antimeridian_lies_on_both_sides(positions: list[float]) -> None:
    assert lies_on_both_sides(positions, WORLD)


@pytest.mark.parametrize(
    "positions",
    [
        [],
        [5],
        around(10, 20, 20, 10, 10),
        around(-179, 179, 179, -179, -179),
        # The whole world, and half a cell more than that.
        around(-180, 180, 180, -180, -180),
        around(-180.25, 180.25, 180.25, -180.25, -180.25),
        around(0, 720, 720, 0, 0),
        # Around a pole, in either direction.
        around(-45, 315),
        around(45, -315),
    ],
)
def test_an_area_in_one_piece_and_one_around_the_earth_do_not(positions: list[float]) -> None:
    assert not lies_on_both_sides(positions, WORLD)


def test_the_width_of_the_world_is_in_the_unit_of_the_map() -> None:
    meters = [position * 111319.49 for position in around(170, 190, 190, 170, 170)]
    assert lies_on_both_sides(meters, 360 * 111319.49)
