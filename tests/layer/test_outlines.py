"""Where rasters lie: what a point and a box meet, and rings that are closed, thinned, or not there."""

from __future__ import annotations

import math

import pytest

from image_server_layer.plugin.layer.outlines import Outline, outline_of
from image_server_layer.plugin.service.catalog import CatalogRaster
from image_server_layer.plugin.service.extent import Extent

_SQUARE = ((0.0, 0.0), (0.0, 10.0), (10.0, 10.0), (10.0, 0.0), (0.0, 0.0))
_HOLE = ((4.0, 4.0), (6.0, 4.0), (6.0, 6.0), (4.0, 6.0), (4.0, 4.0))
_DIAMOND = ((5.0, 0.0), (0.0, 5.0), (5.0, 10.0), (10.0, 5.0))


def _outline(*rings: tuple[tuple[float, float], ...]) -> Outline:
    found = outline_of(CatalogRaster(7, "", {}, Extent(0, 0, 10, 10), rings))
    assert found is not None
    return found


def test_a_raster_without_geometry_lies_nowhere() -> None:
    assert outline_of(CatalogRaster(7, "", {})) is None


def test_a_raster_of_which_only_the_box_is_known_is_its_box() -> None:
    assert set(_outline().rings[0]) == {(0, 0), (0, 10), (10, 10), (10, 0)}


@pytest.mark.parametrize(
    ("rings", "point", "holds"),
    [
        ((_SQUARE,), (5, 5), True),
        ((_SQUARE,), (11, 5), False),
        ((_SQUARE, _HOLE), (5, 5), False),
        ((_SQUARE, _HOLE), (5, 3), True),
        ((_DIAMOND,), (1, 1), False),
        ((_DIAMOND,), (4, 4), True),
    ],
)
def test_a_point_lies_in_the_ring_not_only_in_its_box(
    rings: tuple[tuple[tuple[float, float], ...], ...], point: tuple[float, float], holds: bool
) -> None:
    assert _outline(*rings).holds(*point) is holds


@pytest.mark.parametrize(
    ("box", "touches"),
    [
        (Extent(-1, -1, 11, 11), True),
        (Extent(4, 4, 6, 6), True),
        (Extent(0, 0, 1, 1), False),
        (Extent(2, 2, 3, 3), True),
        (Extent(-5, 4, 15, 6), True),
        (Extent(20, 20, 30, 30), False),
        # Lines, as a mouse that is dragged along an axis spans.
        (Extent(5, -5, 5, 15), True),
    ],
)
def test_a_box_touches_what_it_shares_ground_with(box: Extent, touches: bool) -> None:
    assert _outline(_DIAMOND).touches(box) is touches


def test_a_ring_of_very_many_points_keeps_its_shape_in_few() -> None:
    steps = 100_000
    circle = tuple(
        (5 + 5 * math.cos(2 * math.pi * step / steps), 5 + 5 * math.sin(2 * math.pi * step / steps))
        for step in range(steps + 1)
    )
    (ring,) = _outline(circle).rings
    assert len(ring) < 1200
    assert ring[0] == ring[-1]
    assert all(math.hypot(x - 5, y - 5) == pytest.approx(5) for x, y in ring)
