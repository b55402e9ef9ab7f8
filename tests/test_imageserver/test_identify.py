"""identify: values at a point, and the rasters that lie there."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from osgeo import gdal

from image_server_layer.tests.imageserver.data import DATA
from image_server_layer.tests.test_imageserver.client import Client, projected

# Column 175, row 175 of the Landsat scene, where the rasters 2, 5 and 7 overlap.
X, Y = 288776.25 + 175.5 * 28.5, 9120760.75 - 175.5 * 28.5


def values(number: int) -> list[int]:
    """What the raster with that OBJECTID shows there."""
    scene = gdal.Open(str(DATA / "landsat7_olinda.tif")).ReadAsArray()
    return [min(int(value), 239) + 2 * (number - 1) for value in scene[:, 175, 175]]


def text(number: int, separator: str) -> str:
    return separator.join(map(str, values(number)))


def at(client: Client, service: str, x: float, y: float, **parameters: object) -> Any:
    point = {"geometry": f"{x},{y}", "geometryType": "esriGeometryPoint", "returnCatalogItems": "false"}
    return client.json(service, "identify", **{**point, **parameters})


def test_the_value_is_that_of_the_raster_on_top_and_the_others_are_listed(client: Client) -> None:
    rule = {"mosaicMethod": "esriMosaicAttribute", "sortField": "Best", "sortValue": 0}
    answer = at(client, "Olinda/Landsat", X, Y, mosaicRule=rule, returnCatalogItems="true", returnGeometry="false")
    assert answer["value"] == text(2, ", ")
    assert answer["location"] == {"x": X, "y": Y, "spatialReference": {"wkid": 31985, "latestWkid": 31985}}
    assert answer["properties"] == {"Values": [text(2, " "), text(7, " "), text(5, " ")]}
    items = answer["catalogItems"]["features"]
    assert [item["attributes"]["OBJECTID"] for item in items] == [2, 7, 5]
    assert "geometry" not in items[0]
    assert answer["catalogItemVisibilities"] == [1, 0, 0]


def test_the_point_may_be_json_in_another_reference_and_items_may_be_left_out(client: Client) -> None:
    point = {"x": -34.87, "y": -8.0, "spatialReference": {"wkid": 4326}}
    answer = client.json("Olinda/Landsat", "identify", geometry=point, returnCatalogItems="false")
    x, y = projected("EPSG:4326", "EPSG:31985", np.array([-34.87]), np.array([-8.0]))
    assert (answer["location"]["x"], answer["location"]["y"]) == pytest.approx((x[0], y[0]), abs=1e-3)
    assert (answer["catalogItems"], answer["properties"]) == (None, None)
    without = {"x": -34.87, "y": -8.0}
    assert client.json("Olinda/Landsat", "identify", geometry=without, sr="4326")["value"] == answer["value"]


def test_a_rendering_rule_changes_the_value(client: Client) -> None:
    rule = {"rasterFunction": "NaturalColor"}
    lock = {"mosaicMethod": "esriMosaicLockRaster", "lockRasterIds": [5]}
    answer = at(client, "Olinda/Landsat", X, Y, mosaicRule=lock, renderingRule=rule)
    assert answer["value"] == ", ".join(str(values(5)[band]) for band in (2, 1, 0))


def test_the_first_published_function_counts_when_none_is_sent(client: Client) -> None:
    extent = client.json("Olinda/ElevationDefault")["extent"]
    x, y = (extent["xmin"] + extent["xmax"]) / 2, (extent["ymin"] + extent["ymax"]) / 2
    own = at(client, "Olinda/ElevationDefault", x, y)["value"]
    shaded = at(client, "Olinda/Elevation", x, y, renderingRule={"rasterFunction": "Hillshade"})["value"]
    raw = at(client, "Olinda/ElevationDefault", x, y, renderingRule={"rasterFunction": "None"})["value"]
    assert own == shaded
    assert raw == at(client, "Olinda/Elevation", x, y)["value"]
    assert own != raw


@pytest.mark.parametrize(
    ("service", "x", "y"),
    [("Olinda/Landsat", 0.0, 0.0), ("Test/U8", 299999.0, 9100001.0), ("Test/NoDataPerBand", 300005.0, 9099995.0)],
)
def test_where_there_is_nothing_the_value_is_no_data(client: Client, service: str, x: float, y: float) -> None:
    assert at(client, service, x, y)["value"] == "NoData"


def test_floating_point_is_written_in_six_digits(client: Client) -> None:
    assert at(client, "Test/F64", 300005.0, 9099995.0)["value"] == "1e+09, 2e+09, 3e+09"
    assert at(client, "Test/F32", 300015.0, 9099995.0)["value"] == "1000.12, 2000.12, 3000.12"


@pytest.mark.parametrize("size", ["28.5", "28.5,28.5", '{"x": 28.5, "y": 28.5}'])
def test_a_pixel_size_may_be_given_in_three_ways(client: Client, size: str) -> None:
    assert at(client, "Olinda/Landsat", X, Y, pixelSize=size) == at(client, "Olinda/Landsat", X, Y)


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({}, "'geometry'"),
        ({"geometry": "1"}, "'geometry'"),
        ({"geometry": "1,2", "geometryType": "esriGeometryPolygon"}, "'geometryType'"),
        ({"geometry": "1,2", "pixelSize": "0"}, "'pixelSize'"),
    ],
)
def test_a_point_that_is_none_is_refused(client: Client, parameters: dict[str, str], words: str) -> None:
    code, error = client.error("Olinda/Landsat", "identify", **parameters)
    assert (code, words in error) == (400, True)
