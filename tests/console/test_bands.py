"""The band list: which bands the layer has, in which order, and what they are called."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from image_server_layer import make_image_server_layer
from image_server_layer.tests.reading import gdal_pixels, qgis_pixels
from image_server_layer.tests.truth import NORTH_WEST, mosaic

if TYPE_CHECKING:
    from qgis.core import QgsRasterLayer

    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")

NAMES = ("Blue", "Green", "Red", "NearInfrared_1", "MidInfrared_1", "MidInfrared_2")


def _band_names(layer: QgsRasterLayer) -> list[str]:
    return [layer.bandName(number) for number in range(1, layer.bandCount() + 1)]


@pytest.mark.parametrize(
    ("band_index", "numbers"),
    [
        (None, (1, 2, 3, 4, 5, 6)),
        ("#", (1, 2, 3, 4, 5, 6)),
        ("4;3;2", (4, 3, 2)),
        (" 4 ; 3;2; ", (4, 3, 2)),
        ("4,3,2", (4, 3, 2)),
        ("4 3 2", (4, 3, 2)),
        ("5", (5,)),
        (5, (5,)),
        (5.0, (5,)),
        ([6, 1], (6, 1)),
        (("6", 1), (6, 1)),
        (range(1, 5), (1, 2, 3, 4)),
        ("1;1", (1, 1)),
        ("Red;Green;Blue", (3, 2, 1)),
        ("red, nearinfrared_1", (3, 4)),
        ([4, "Red"], (4, 3)),
        ("'Red';\"MidInfrared_2\"", (3, 6)),
        # No band bears that name, so it is a number.
        ("Band_4;band 2", (4, 2)),
    ],
)
def test_the_layer_has_the_bands_asked_for_in_their_order(
    image_server: ImageServerProcess, band_index: Any, numbers: tuple[int, ...]
) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), band_index=band_index)
    expected = mosaic(NORTH_WEST)[[number - 1 for number in numbers]]
    np.testing.assert_array_equal(qgis_pixels(layer), expected)
    np.testing.assert_array_equal(gdal_pixels(layer), expected)
    assert _band_names(layer) == [f"Band {place}: {NAMES[n - 1]}" for place, n in enumerate(numbers, start=1)]


@pytest.mark.parametrize(("band_index", "scene_bands"), [("1;3", (2, 0)), ("Blue", (0,)), (None, (2, 1, 0))])
def test_bands_are_those_that_come_out_of_the_processing_template(
    image_server: ImageServerProcess, band_index: str | None, scene_bands: tuple[int, ...]
) -> None:
    layer = make_image_server_layer(
        image_server.service("Olinda/Landsat"), band_index=band_index, processing_template="NaturalColor"
    )
    np.testing.assert_array_equal(qgis_pixels(layer), mosaic(NORTH_WEST)[list(scene_bands)])
    assert _band_names(layer) == [f"Band {place}: {NAMES[b]}" for place, b in enumerate(scene_bands, start=1)]


def test_bands_that_only_the_service_has_give_way_to_those_of_the_template(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(
        image_server.service("Olinda/Landsat"), band_index="1;2;3", processing_template="NDVI"
    )
    assert layer.bandCount() == 1
    assert layer.customProperty("image_server_layer/notes") == [
        "The processing template does not yield the bands 1, 2, 3; all of its bands are used (1)."
    ]
    assert {request.query.get("bandIds") for request in image_server.requests(operation="exportImage")} == {None}
