"""Where a service is: its spatial reference, extent and pixel size, in every form they come in."""

from __future__ import annotations

from typing import Any

import pytest

from image_server_layer.plugin.service.errors import UnsupportedServiceError
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.image_service import SpatialReference
from image_server_layer.tests.service.root_documents import EXTENT, URL, described


@pytest.mark.parametrize(
    ("root", "reference"),
    [
        ({"spatialReference": {"wkid": 102100, "latestWkid": 3857}}, SpatialReference(102100, 3857)),
        ({"spatialReference": {"wkid": 102629, "latestWkid": 102629}}, SpatialReference(102629, 102629)),
        ({"spatialReference": {"wkid": 4326}}, SpatialReference(4326)),
        ({"spatialReference": {"wkid": "4326"}}, SpatialReference(4326)),
        ({"spatialReference": {"wkt": 'LOCAL_CS["x"]'}}, SpatialReference(wkt='LOCAL_CS["x"]')),
        (
            {"spatialReference": {"wkid": 4269, "latestWkid": 4269, "vcsWkid": 5703, "latestVcsWkid": 5703}},
            SpatialReference(4269, 4269),
        ),
        (
            {"spatialReference": {"wkt": 'PROJCS["a]",UNIT["m",1]],VERTCS["b",UNIT["m",1]]'}},
            SpatialReference(wkt='PROJCS["a]",UNIT["m",1]]'),
        ),
        ({"spatialReference": {"wkid": 0, "wkt": ""}}, SpatialReference(31985, 31985)),
        ({"spatialReference": {}}, SpatialReference(31985, 31985)),
        ({"spatialReference": None}, SpatialReference(31985, 31985)),
        ({"spatialReference": ..., "extent": {**EXTENT, "spatialReference": None}}, SpatialReference()),
        (
            {
                "fullExtent": {**EXTENT, "spatialReference": {"wkt": 'LOCAL_CS["x"]'}},
                "spatialReference": {"wkid": 4326},
            },
            SpatialReference(4326),
        ),
    ],
)
def test_the_spatial_reference_comes_in_several_forms(root: dict[str, Any], reference: SpatialReference) -> None:
    assert described(root).spatial_reference == reference


OTHER_EXTENT = {"xmin": 200, "ymin": 0, "xmax": 300, "ymax": 100}


@pytest.mark.parametrize(
    ("root", "extent"),
    [
        ({"fullExtent": OTHER_EXTENT}, Extent(200, 0, 300, 100)),
        ({"initialExtent": OTHER_EXTENT}, Extent(0, -30, 100, 20)),
        ({"fullExtent": {"xmin": 0, "ymin": 0, "xmax": 0.002, "ymax": 0.002}}, Extent(0, -30, 100, 20)),
        ({"fullExtent": {"xmin": "NaN", "ymin": "NaN", "xmax": "NaN", "ymax": "NaN"}}, Extent(0, -30, 100, 20)),
        ({"fullExtent": {"xmin": None, "ymin": None, "xmax": None, "ymax": None}}, Extent(0, -30, 100, 20)),
        ({"fullExtent": {"xmin": 100, "ymin": 0, "xmax": 0, "ymax": 100}}, Extent(0, -30, 100, 20)),
        ({"fullExtent": {"xmin": 0, "ymin": 0, "xmax": 1e300, "ymax": 1e300}}, Extent(0, -30, 100, 20)),
        ({"fullExtent": {}}, Extent(0, -30, 100, 20)),
        ({"fullExtent": [0, 0, 1, 1]}, Extent(0, -30, 100, 20)),
        ({"extent": None, "initialExtent": OTHER_EXTENT}, Extent(200, 0, 300, 100)),
        ({"fullExtent": {"xmin": "0", "ymin": "0", "xmax": "50.5", "ymax": "50"}}, Extent(0, 0, 50.5, 50)),
        ({"fullExtent": {"xmin": 0, "ymin": 0, "xmax": 9.999999, "ymax": 5}}, Extent(0, 0, 9.999999, 5)),
    ],
)
def test_the_extent_is_the_first_that_agrees_with_the_pixel_size(root: dict[str, Any], extent: Extent) -> None:
    assert described(root).extent == extent


def test_an_extent_may_reach_beyond_the_globe() -> None:
    extent = {"xmin": -180.3125, "ymin": -90.1, "xmax": 179.6875, "ymax": 90.1}
    service = described({"pixelSizeX": 0.625, "pixelSizeY": 0.5, "fullExtent": extent})
    assert service.extent == Extent(-180.3125, -90.1, 179.6875, 90.1)
    assert (service.columns, service.rows) == (576, 360)


@pytest.mark.parametrize(
    ("pixel_size", "shape"),
    [((10, 5), (10, 10)), ((9.99999999999998, 5.0000001), (10, 10)), ((30, 30), (3, 2)), ((100, 50), (1, 1))],
)
def test_columns_and_rows_are_the_nearest_whole_numbers(
    pixel_size: tuple[float, float], shape: tuple[int, int]
) -> None:
    service = described({"pixelSizeX": pixel_size[0], "pixelSizeY": pixel_size[1]})
    assert (service.columns, service.rows) == shape


@pytest.mark.parametrize(
    "root",
    [
        {"extent": None},
        {"extent": {"xmin": "NaN", "ymin": "NaN", "xmax": "NaN", "ymax": "NaN"}},
        {"extent": {"xmin": 5, "ymin": 0, "xmax": 5, "ymax": 10}},
        {"pixelSizeX": 1000},
    ],
)
def test_a_service_without_a_usable_extent_is_unsupported(root: dict[str, Any]) -> None:
    with pytest.raises(UnsupportedServiceError) as caught:
        described(root)
    size_x = float(root.get("pixelSizeX", 10))
    assert (
        str(caught.value)
        == f"{URL} has no extent that agrees with its pixel size of {size_x} × 5.0: ask its publisher."
    )


@pytest.mark.parametrize("value", [0, -10, "NaN", None, ..., True, "wide", [10]])
def test_a_service_without_a_usable_pixel_size_is_unsupported(value: object) -> None:
    with pytest.raises(UnsupportedServiceError, match="no usable pixel size"):
        described({"pixelSizeX": value, "bandCount": 1})
