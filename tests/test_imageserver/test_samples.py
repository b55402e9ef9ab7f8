"""getSamples: values at points and along lines, and what is left out of the answer."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from image_server_layer.tests.test_imageserver.client import Client, projected
from image_server_layer.tests.truth import LANDSAT_CELL, LANDSAT_ORIGIN, NORTH_WEST, elevation, mosaic, shown_by

BY_CORNER = {"mosaicMethod": "esriMosaicNorthwest"}


def ground(column: float, row: float) -> list[float]:
    """Return the ground point at a column and row of the Landsat scene."""
    return [LANDSAT_ORIGIN[0] + column * LANDSAT_CELL, LANDSAT_ORIGIN[1] - row * LANDSAT_CELL]


def sampled(client: Client, service: str, geometry: dict[str, Any], **parameters: object) -> list[dict[str, Any]]:
    kind = "Multipoint" if "points" in geometry else "Polyline" if "paths" in geometry else "Point"
    answer = client.json(service, "getSamples", geometry=geometry, geometryType=f"esriGeometry{kind}", **parameters)
    samples: list[dict[str, Any]] = answer["samples"]
    return samples


def test_points_have_the_pixels_of_the_mosaic(client: Client) -> None:
    places = [(3, 5), (175, 175), (120, 20), (348, 351)]
    points = [ground(column + 0.3, row + 0.6) for column, row in places]
    samples = sampled(client, "Olinda/Landsat", {"points": points}, mosaicRule=BY_CORNER)
    truth = mosaic(NORTH_WEST)
    assert [sample["value"] for sample in samples] == [
        " ".join(map(str, truth[:, row, column])) for column, row in places
    ]
    assert [sample["locationId"] for sample in samples] == [0, 1, 2, 3]
    assert samples[0]["location"] == {
        "x": points[0][0],
        "y": points[0][1],
        "spatialReference": {"wkid": 31985, "latestWkid": 31985},
    }
    assert (samples[0]["rasterId"], samples[0]["resolution"]) == (1, LANDSAT_CELL)


def test_locations_without_a_value_are_left_out(client: Client) -> None:
    samples = sampled(client, "Olinda/Landsat", {"points": [ground(-5, 5), ground(5.5, 5.5), ground(900, 5)]})
    assert [sample["locationId"] for sample in samples] == [1]


def test_no_data_is_left_out_and_fractions_come_in_full(client: Client) -> None:
    grid = client.json("Olinda/Elevation")
    x, y, cell = grid["extent"]["xmin"], grid["extent"]["ymax"], grid["pixelSizeX"]
    points = [[x + (column + 0.5) * cell, y - 2.5 * cell] for column in (50, 105)]
    (sample,) = sampled(client, "Olinda/Elevation", {"points": points})
    assert sample["locationId"] == 0
    assert float(sample["value"]) == elevation()[0, 2, 50]
    assert "rasterId" not in sample
    (exact,) = sampled(client, "Test/F64", {"x": 300215.0, "y": 9099985.0})
    assert [float(text) for text in exact["value"].split()] == [1e9 * band + (97 + 21) / 1024 for band in (1, 2, 3)]


def test_all_rasters_and_their_fields_on_demand(client: Client) -> None:
    point = dict(zip("xy", ground(175.5, 175.5)))
    samples = sampled(
        client,
        "Olinda/Landsat",
        point,
        mosaicRule={"mosaicMethod": "esriMosaicLockRaster", "lockRasterIds": [7, 5]},
        returnFirstValueOnly="false",
        outFields="Name",
    )
    assert [sample["attributes"] for sample in samples] == [{"Name": "Recife"}, {"Name": "20010805"}]
    assert [sample["value"] for sample in samples] == [
        " ".join(map(str, shown_by(number)[:, 175, 175])) for number in (7, 5)
    ]


def test_a_raster_function_is_no_parameter_of_it(client: Client) -> None:
    point = dict(zip("xy", ground(5.5, 5.5)))
    (sample,) = sampled(client, "Olinda/Landsat", point, renderingRule={"rasterFunction": "NDVI"})
    assert len(sample["value"].split()) == 6


def test_points_of_another_reference_are_transformed(client: Client) -> None:
    x, y = projected("EPSG:31985", "EPSG:4326", *np.array([ground(12.5, 40.5)]).T)
    geometry = {"points": [[x[0], y[0]]], "spatialReference": {"wkid": 4326}}
    (sample,) = sampled(client, "Olinda/Landsat", geometry, mosaicRule=BY_CORNER)
    assert sample["value"] == " ".join(map(str, mosaic(NORTH_WEST)[:, 40, 12]))


def test_lines_are_walked_along(client: Client) -> None:
    line = {"paths": [[ground(0.5, 5.5), ground(100.5, 5.5)]]}
    by_distance = sampled(client, "Olinda/Landsat", line, sampleDistance=str(10 * LANDSAT_CELL))
    assert [sample["location"]["x"] for sample in by_distance] == pytest.approx(
        [ground(0.5 + 10 * step, 0)[0] for step in range(11)]
    )
    assert len(sampled(client, "Olinda/Landsat", line, sampleCount="5")) == 5
    assert len(sampled(client, "Olinda/Landsat", line)) == 2


def test_what_is_beyond_the_limit_is_left_out_without_a_word(client: Client) -> None:
    points = [ground(5.5, 5.5)] * 1003
    answer = client.session.post(
        client.server.service("Test/U8") + "/getSamples",
        data={
            "geometry": str({"points": [[300005.0, 9099995.0]] * len(points)}).replace("'", '"'),
            "geometryType": "esriGeometryMultipoint",
            "f": "json",
        },
        timeout=30,
    )
    assert len(answer.json()["samples"]) == 1000


def test_faults_cut_off_shift_and_spoil(client: Client) -> None:
    points = {"points": [ground(5.5, 5.5), ground(6.5, 5.5), ground(7.5, 5.5)]}
    client.server.fault("samples", match="getSamples", limit=2, shift=1, value="NaN")
    samples = sampled(client, "Olinda/Landsat", points)
    assert [(sample["locationId"], sample["value"]) for sample in samples] == [(1, "NaN"), (2, "NaN")]


@pytest.mark.parametrize("geometry", [{"points": [["a", 1]]}, {"points": 3}, {"x": 1}])
def test_what_is_no_geometry_is_refused(client: Client, geometry: dict[str, Any]) -> None:
    kind = "Multipoint" if "points" in geometry else "Point"
    answer = client.json("Test/U8", "getSamples", geometry=geometry, geometryType=f"esriGeometry{kind}")
    assert answer["error"]["code"] == 400
