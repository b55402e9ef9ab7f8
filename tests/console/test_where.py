"""The where clause, and above all the characters in it, on their way to the server."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from image_server_layer import make_image_server_layer
from image_server_layer.tests.reading import gdal_pixels, qgis_pixels
from image_server_layer.tests.truth import NORTH_WEST, mosaic

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")

ODD_CHARACTERS = """'' " | & % + # ; : / \\ ? = < > { } [ ] ~ ^ ` ! @ $ ( ) , . é ß 漢 ]]>"""


@pytest.mark.parametrize(
    ("where", "rasters"),
    [
        ("OBJECTID IN (2, 7)", (2, 7)),
        ("Best > 30 AND Best <= 60", (1, 6, 8)),
        ("CloudCover IS NULL", (8,)),
        ("AcquisitionDate >= DATE '2001-01-01'", (3, 4, 5, 8)),
        ("Name = 'Jaboatão dos Guararapes'", (3,)),
        ("Name LIKE '%path%'", (2,)),
        ("Name LIKE 'LE07%' OR Name = '20010805'", (1, 2, 4, 5, 6)),
        ("  Name = 'LE07; path 214: row 65'  ", (2,)),
        (f"Name <> '{ODD_CHARACTERS}' AND CloudCover < 10", (2, 4, 5)),
        ("Name NOT IN ('100%', 'a+b', 'a%2Bb', '#', '&f=json') AND OBJECTID = 4", (4,)),
    ],
)
def test_only_the_rasters_that_fulfil_the_clause_are_drawn(
    image_server: ImageServerProcess, where: str, rasters: tuple[int, ...]
) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), where_clause=where)
    expected = mosaic([raster for raster in NORTH_WEST if raster in rasters])
    np.testing.assert_array_equal(gdal_pixels(layer), expected)
    np.testing.assert_array_equal(qgis_pixels(layer), expected)


def test_where_the_catalog_is_closed_the_clause_goes_out_unchecked_with_a_note(
    image_server: ImageServerProcess,
) -> None:
    image_server.patch("Olinda/Landsat", {"capabilities": "Image,Metadata,Mensuration"})
    layer = make_image_server_layer(
        image_server.service("Olinda/Landsat"), where_clause="Best > 30 AND Best <= 60", lock_rasterid="8;1;3"
    )
    np.testing.assert_array_equal(gdal_pixels(layer), mosaic((8, 1)))
    assert image_server.requests(operation="query") == []
    text = "The service does not let its catalog be searched, so “{}” could not be checked."
    assert [text.format("Where clause"), text.format("Locked rasters")] == layer.customProperty(
        "image_server_layer/notes"
    )


def test_the_clause_arrives_letter_by_letter_beside_the_services_own_rule(image_server: ImageServerProcess) -> None:
    where = f"Name <> '{ODD_CHARACTERS}'"
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), where_clause=where)
    qgis_pixels(layer)
    rules = [json.loads(request.query["mosaicRule"]) for request in image_server.requests(operation="exportImage")]
    expected = {
        "mosaicMethod": "esriMosaicNorthwest",
        "where": where,
        "sortField": "Best",
        "sortValue": 0,
        "ascending": True,
        "mosaicOperation": "MT_FIRST",
    }
    assert rules == [expected, expected]


@pytest.mark.parametrize(
    ("arguments", "order"),
    [
        ({"mosaic_method": "LOCK_RASTER", "lock_rasterid": "8;5;2;7", "where_clause": "CloudCover > 5"}, (5, 7)),
        ({"mosaic_method": "BY_ATTRIBUTE", "order_field": "Best", "where_clause": "OBJECTID < 4"}, (2, 1, 3)),
        ({"mosaic_operation": "LAST", "where_clause": "OBJECTID < 4"}, (3, 2, 1)),
    ],
)
def test_a_clause_goes_together_with_other_mosaic_options(
    image_server: ImageServerProcess, arguments: dict[str, Any], order: tuple[int, ...]
) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), **arguments)
    np.testing.assert_array_equal(qgis_pixels(layer), mosaic(order))


def test_a_clause_of_many_kilobytes_reaches_a_server_that_takes_it(image_server: ImageServerProcess) -> None:
    names = ", ".join(f"'scene {number:05d}'" for number in range(1000))
    layer = make_image_server_layer(
        image_server.service("Olinda/Landsat"), where_clause=f"Name NOT IN ({names}) AND OBJECTID = 6"
    )
    np.testing.assert_array_equal(qgis_pixels(layer), mosaic((6,)))
