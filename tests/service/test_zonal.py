"""What goes into computeStatisticsHistograms, and what its answers are taken for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from image_server_layer.plugin.service.errors import ResponseError
from image_server_layer.plugin.service.image_service import SpatialReference
from image_server_layer.plugin.service.zonal import AreaStatistics, Bin, parse_statistics, statistics_parameters

URL = "https://x.test/ImageServer"


def parsed(histogram: dict[str, Any] | None = None, **told: Any) -> Any:
    histograms = [] if histogram is None else [histogram]
    return parse_statistics({"statistics": [told], "histograms": histograms}, URL)


def test_a_polygon_goes_out_with_its_reference() -> None:
    ring = [(0, 0), (0, 1), (1, 1), (0, 0)]
    parameters = statistics_parameters([ring], SpatialReference(wkt="LOCAL[]"), {"time": "5"})
    assert json.loads(parameters.pop("geometry")) == {
        "rings": [[[0, 0], [0, 1], [1, 1], [0, 0]]],
        "spatialReference": {"wkt": "LOCAL[]"},
    }
    assert parameters == {"geometryType": "esriGeometryPolygon", "time": "5", "f": "json"}


def test_statistics_are_read() -> None:
    told: dict[str, Any] = {
        "min": 1,
        "max": "9",
        "mean": 4.5,
        "standardDeviation": 2,
        "median": 4,
        "count": 8,
        "skipX": 1,
        "skipY": 1,
    }
    assert parsed(**told) == (AreaStatistics(8, 1, 9, 4.5, 2, 4),)


def test_what_is_no_number_or_not_told_is_none() -> None:
    assert parsed(min="NaN", max="Infinity", mean=None) == (AreaStatistics(),)


def test_rows_that_were_left_out_are_noticed() -> None:
    (band,) = parsed(min=1, count=3, skipX=1, skipY=2)
    assert band.is_sampled


@pytest.mark.parametrize(
    ("histogram", "bins"),
    [
        ({"size": 3, "min": 0.5, "max": 3.5, "counts": [2, 0, 1]}, (Bin(0.5, 1.5, 1, 2), Bin(2.5, 3.5, 3, 1))),
        ({"size": 3, "min": 1, "max": 3, "counts": [2, 0, 1]}, (Bin(0.5, 1.5, 1, 2), Bin(2.5, 3.5, 3, 1))),
        ({"size": 2, "min": 0, "max": 0.5, "counts": [4, 5]}, (Bin(0, 0.25, None, 4), Bin(0.25, 0.5, None, 5))),
        ({"size": 1, "min": 0.25, "max": 0.25, "counts": [4]}, (Bin(0.25, 0.25, 0.25, 4),)),
        ({"size": 1, "min": "NaN", "max": 1, "counts": [4]}, ()),
        ({"size": 1, "min": 3, "max": 1, "counts": [4]}, ()),
        ({}, ()),
    ],
)
def test_bins_that_stand_for_one_number_are_told_apart(histogram: dict[str, Any], bins: tuple[Bin, ...]) -> None:
    (band,) = parsed(histogram, min=0, count=9)
    assert band.bins == bins


def test_the_histogram_counts_where_the_statistics_do_not() -> None:
    (band,) = parsed({"min": 0.5, "max": 2.5, "counts": [3, 4]}, mean=1)
    assert band.count == 7


@pytest.mark.parametrize("body", [{"statistics": []}, {"statistics": [{"count": 0, "min": 1e308}]}])
def test_an_area_without_pixels_has_none(body: dict[str, Any]) -> None:
    assert parse_statistics(body, URL) == ()


@pytest.mark.parametrize("body", [{}, {"statistics": None}, {"histograms": []}])
def test_something_else_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(ResponseError, match=r"x\.test sent something else instead of statistics"):
        parse_statistics(body, URL)
