"""What goes into getSamples, and what its answers are taken for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from image_server_layer.plugin.service.errors import ResponseError
from image_server_layer.plugin.service.image_service import SpatialReference
from image_server_layer.plugin.service.samples import (
    parse_raster_samples,
    parse_samples,
    parse_slice_samples,
    samples_parameters,
)

POINTS = [(1.0, 2.0), (3.0, 4.5)]
URL = "https://x.test/ImageServer"


def sample(number: Any, value: Any, **location: Any) -> dict[str, Any]:
    return {"locationId": number, "value": value, "location": location}


def parsed(*samples: Any) -> Any:
    return parse_samples({"samples": list(samples)}, POINTS, 0.1, URL)


def test_points_go_out_in_one_geometry() -> None:
    parameters = samples_parameters(POINTS, SpatialReference(wkid=102100, latest_wkid=3857), {"mosaicRule": "{}"})
    assert json.loads(parameters.pop("geometry")) == {
        "points": [[1.0, 2.0], [3.0, 4.5]],
        "spatialReference": {"wkid": 102100},
    }
    assert parameters == {
        "geometryType": "esriGeometryMultipoint",
        "returnFirstValueOnly": "true",
        "mosaicRule": "{}",
        "f": "json",
    }


@pytest.mark.parametrize(
    ("value", "values"),
    [
        ("12 13.5 -1e3", (12, 13.5, -1000)),
        ("12, 13", (12, 13)),
        (7, (7,)),
        ("5 NoData", (5, None)),
        ("5 NaN", (5, None)),
        ("Infinity 5", (None, 5)),
    ],
)
def test_values_are_read_as_servers_write_them(value: object, values: tuple[float | None, ...]) -> None:
    assert parsed(sample(1, value)) == {POINTS[1]: values}


@pytest.mark.parametrize("value", ["NoData", "", None, "NaN NaN", "NoData NoData"])
def test_what_has_no_value_is_left_out(value: object) -> None:
    assert parsed(sample(0, value)) == {}


def test_the_topmost_raster_counts() -> None:
    assert parsed(sample(0, "1"), sample(0, "2")) == {POINTS[0]: (1,)}


@pytest.mark.parametrize(
    "wrong", [sample(2, "1"), sample(-1, "1"), sample(None, "1"), sample("one", "1"), sample(0, "1", x=3, y=4.5)]
)
def test_answers_for_other_points_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ResponseError, match=r"x\.test gave values for other points"):
        parsed(wrong)


def of_raster(raster: Any, value: Any, place: Any = 0) -> dict[str, Any]:
    return {"rasterId": raster, "locationId": place, "value": value}


def test_each_raster_has_its_topmost_value_and_those_without_any_are_left_out() -> None:
    body = {"samples": [of_raster(3, "1 2"), of_raster(3, "8 9"), of_raster("5", "NoData 4"), of_raster(7, "NaN NaN")]}
    assert parse_raster_samples(body, 2, URL) == {3: (1, 2), 5: (None, 4)}


@pytest.mark.parametrize(
    "wrong",
    [
        of_raster(None, "1 2"),
        of_raster(3, "1 2", 1),
        of_raster(3, "1 2", None),
        of_raster(3, "1"),
        of_raster(3, "1 2 3"),
    ],
    ids=["no raster", "another place", "no place", "a band less", "a band more"],
)
def test_samples_of_other_rasters_places_or_bands_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ResponseError, match=r"x\.test gave values for other rasters or bands"):
        parse_raster_samples({"samples": [of_raster(1, "1 2"), wrong]}, 2, URL)


def of_slice(place: Any, value: Any, field: str = "STDZ") -> dict[str, Any]:
    return {"attributes": {field: place}, "value": value}


def test_each_slice_is_known_by_its_field_however_it_is_spelled() -> None:
    # Of two rasters of a slice the first that has data.
    samples = [of_slice(-5, "NoData"), of_slice(-5, "3"), of_slice("-10", "4", "stdz"), of_slice(-20, "NaN")]
    assert parse_slice_samples({"samples": samples}, "StdZ", 1, URL) == {-5.0: (3,), -10.0: (4,)}


@pytest.mark.parametrize(
    "wrong",
    [of_slice(None, "1"), of_slice("deep", "1"), of_slice(-5, "1", "Depth"), of_slice(-5, "1 2"), {"value": "1"}],
    ids=["no slice", "no number", "another field", "a band more", "no attributes"],
)
def test_samples_of_no_slice_or_other_bands_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ResponseError, match=r"x\.test gave values for other rasters or bands"):
        parse_slice_samples({"samples": [of_slice(-10, "1"), wrong]}, "StdZ", 1, URL)


@pytest.mark.parametrize("body", [{}, {"samples": None}, {"samples": "none"}])
def test_something_else_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(ResponseError, match="something else instead of values at points"):
        parse_samples(body, POINTS, 0.1, URL)
    with pytest.raises(ResponseError, match="something else instead of values at points"):
        parse_raster_samples(body, 1, URL)
    with pytest.raises(ResponseError, match="something else instead of values at points"):
        parse_slice_samples(body, "StdZ", 1, URL)
