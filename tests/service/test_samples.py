"""What goes into getSamples, and what its answers are taken for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from image_server_layer.plugin.service.errors import ResponseError
from image_server_layer.plugin.service.image_service import SpatialReference
from image_server_layer.plugin.service.samples import parse_samples, samples_parameters

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


@pytest.mark.parametrize("body", [{}, {"samples": None}, {"samples": "none"}])
def test_something_else_is_refused(body: dict[str, Any]) -> None:
    with pytest.raises(ResponseError, match="something else instead of values at points"):
        parse_samples(body, POINTS, 0.1, URL)
