"""Rectangles."""

from __future__ import annotations

import math

import pytest

from image_server_layer.plugin.service.extent import Extent


def test_an_extent_has_a_size_and_a_center() -> None:
    extent = Extent(-10, 5, 30, 25)
    assert (extent.width, extent.height, extent.center) == (40, 20, (10, 15))
    assert str(Extent(-10.5, 0, 1 / 3, 9100000.25)) == "-10.5 0 0.3333333333 9100000.25"


@pytest.mark.parametrize(
    ("extent", "is_valid"),
    [
        (Extent(0, 0, 1, 1), True),
        (Extent(-1e300, -1e300, 1e300, 1e300), True),
        (Extent(0, 0, 0, 1), False),
        (Extent(1, 0, 0, 1), False),
        (Extent(0, 1, 1, 0), False),
        (Extent(0, 0, math.nan, 1), False),
        (Extent(0, 0, math.inf, 1), False),
    ],
)
def test_a_valid_extent_is_finite_and_has_an_area(extent: Extent, is_valid: bool) -> None:
    assert extent.is_valid() is is_valid


@pytest.mark.parametrize(
    ("other", "common"),
    [
        (Extent(5, 5, 15, 15), Extent(5, 5, 10, 10)),
        (Extent(-5, 2, 5, 3), Extent(0, 2, 5, 3)),
        (Extent(-5, -5, 15, 15), Extent(0, 0, 10, 10)),
        (Extent(10, 0, 20, 10), None),
        (Extent(20, 20, 30, 30), None),
    ],
)
def test_extents_share_an_area_or_nothing(other: Extent, common: Extent | None) -> None:
    extent = Extent(0, 0, 10, 10)
    assert extent.intersection(other) == common
    assert other.intersection(extent) == common
