"""The processing template: a published function, a chain of one's own, or the pixels as they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.service.errors import OptionError
from image_server_layer.tests.reading import Array, exported, gdal_pixels, qgis_pixels
from image_server_layer.tests.truth import NORTH_WEST, elevation, mosaic, ramps

if TYPE_CHECKING:
    from qgis.core import QgsRasterLayer

    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")

ODD_NAME = 'Water "&" Land + 100 % #1: ção'
SUM_OF_BANDS = {
    "rasterFunction": "BandArithmetic",
    "rasterFunctionArguments": {"Method": 0, "BandIndexes": "B1 + B2 + B3"},
    "outputPixelType": "U16",
}
# A chain whose texts hold what must not get lost between JSON, XML and URL.
CHAIN = {
    "rasterFunction": "Remap",
    "rasterFunctionArguments": {
        "Raster": {"rasterFunction": "ExtractBand", "rasterFunctionArguments": {"BandNames": ["NearInfrared_1"]}},
        "InputRanges": [0, 64, 64, 256],
        "OutputValues": [7, 9],
    },
    "description": 'a|b & c%20d + "e" #1 < ü \' ]]>',
}


def _drawing_rules(server: ImageServerProcess) -> set[str | None]:
    return {request.query.get("renderingRule") for request in server.requests(operation="exportImage")}


def _ndvi() -> Array:
    pixels = mosaic(NORTH_WEST).astype(np.float64)
    return ((pixels[3] - pixels[2]) / (pixels[3] + pixels[2]))[np.newaxis]


@pytest.mark.parametrize("template", [None, "#", "None", "none", "NONE", {"rasterFunction": "None"}])
def test_where_nothing_is_applied_by_default_raw_pixels_need_no_rule(
    image_server: ImageServerProcess, template: Any
) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), processing_template=template)
    np.testing.assert_array_equal(gdal_pixels(layer), mosaic(NORTH_WEST))
    assert _drawing_rules(image_server) == {None}


def test_a_name_with_blanks_around_it_goes_out_to_the_letter(image_server: ImageServerProcess) -> None:
    image_server.patch("Olinda/Landsat", {"rasterFunctionInfos": [{"name": "None"}, {"name": " NDVI "}]})
    # The embedded server knows it without blanks only.
    with pytest.raises(OptionError, match="does not accept the processing template"):
        make_image_server_layer(image_server.service("Olinda/Landsat"), processing_template=" NDVI ")
    rules = {request.query.get("renderingRule") for request in image_server.requests()}
    assert rules == {None, '{"rasterFunction":" NDVI "}'}


def test_no_template_is_the_services_default_and_none_is_the_raw_pixels(image_server: ImageServerProcess) -> None:
    url, grid = image_server.service("Olinda/ElevationDefault"), ((0, 0, 111, 111))
    raw = make_image_server_layer(url, processing_template="None")
    assert _drawing_rules(image_server) == {'{"rasterFunction":"None"}'}
    np.testing.assert_array_equal(gdal_pixels(raw)[0, 10:], elevation()[0, 10:])

    shaded = make_image_server_layer(url)
    image_server.clear()
    pixels = gdal_pixels(shaded)
    assert _drawing_rules(image_server) == {None}
    expected = exported(image_server, "Olinda/ElevationDefault", _edges(raw), grid[2:], renderingRule=_hillshade())
    np.testing.assert_array_equal(pixels, expected)
    assert pixels.dtype == np.uint8


def _edges(layer: QgsRasterLayer) -> tuple[float, float, float, float]:
    extent = layer.extent()
    return extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()


def _hillshade() -> str:
    return json.dumps({"rasterFunction": "Hillshade"})


def test_a_service_that_allows_no_functions_gives_its_pixels(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Test/NoFunctions"), processing_template="None")
    assert _drawing_rules(image_server) == {None}
    np.testing.assert_array_equal(gdal_pixels(layer), ramps(3))


@pytest.mark.parametrize(
    ("template", "expected", "tolerance"),
    [
        ("NaturalColor", lambda: mosaic(NORTH_WEST)[[2, 1, 0]], 0),
        ("naturalcolor", lambda: mosaic(NORTH_WEST)[[2, 1, 0]], 0),
        ("NDVI", _ndvi, 1e-6),
        ("Brightness", lambda: mosaic(NORTH_WEST)[:3].mean(axis=0, keepdims=True), 1e-4),
        (ODD_NAME, lambda: np.where(mosaic(NORTH_WEST)[[4]] < 30, 1, 2), 0),
        (SUM_OF_BANDS, lambda: mosaic(NORTH_WEST)[:3].sum(axis=0, keepdims=True, dtype=int), 0),
        (json.dumps(SUM_OF_BANDS), lambda: mosaic(NORTH_WEST)[:3].sum(axis=0, keepdims=True, dtype=int), 0),
        (json.dumps(SUM_OF_BANDS, indent=4), lambda: mosaic(NORTH_WEST)[:3].sum(axis=0, keepdims=True, dtype=int), 0),
        (CHAIN, lambda: np.where(mosaic(NORTH_WEST)[[3]] < 64, 7, 9), 0),
        (json.dumps(CHAIN, ensure_ascii=False), lambda: np.where(mosaic(NORTH_WEST)[[3]] < 64, 7, 9), 0),
    ],
)
def test_a_function_makes_the_pixels_that_arithmetic_makes(
    image_server: ImageServerProcess, template: Any, expected: Any, tolerance: float
) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), processing_template=template)
    pixels = qgis_pixels(layer)
    assert pixels.shape == expected().shape
    np.testing.assert_allclose(pixels, expected(), rtol=0, atol=tolerance)
    np.testing.assert_array_equal(gdal_pixels(layer), pixels)


@pytest.mark.parametrize(
    ("template", "sent"),
    [
        ("ndvi", {"rasterFunction": "NDVI"}),
        (ODD_NAME, {"rasterFunction": ODD_NAME}),
        (CHAIN, CHAIN),
        (json.dumps(CHAIN, indent=2), CHAIN),
    ],
)
def test_the_rule_arrives_letter_by_letter_at_description_probe_and_drawing(
    image_server: ImageServerProcess, template: Any, sent: dict[str, Any]
) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), processing_template=template)
    qgis_pixels(layer)
    rules = [request.query.get("renderingRule") for request in image_server.requests()]
    rules.remove(None)
    # One band of whole numbers may be classes, whose table is asked for too.
    operations = [request.operation for request in image_server.requests()]
    operations = [name for name in operations if name != "rasterAttributeTable"]
    expected = ["", "", "exportImage", "exportImage"]
    if template == "ndvi":
        # What comes out of it is asked for as it was typed, before it is known how the service spells it.
        rules.remove('{"rasterFunction":"ndvi"}')
        expected = ["", *expected]
    assert sorted(operations) == expected
    assert [json.loads(rule or "") for rule in rules] == [sent] * len(rules)
    assert len(set(rules)) == 1


@pytest.mark.parametrize("name", ["sum.rft.json", "Soma das bandas & mais.RFT.JSON", "sum.json"])
@pytest.mark.parametrize("spelling", [str, Path], ids=["text", "path"])
def test_a_function_in_a_file_is_read(
    image_server: ImageServerProcess, tmp_path: Path, name: str, spelling: type
) -> None:
    path = tmp_path / name
    path.write_text(json.dumps({**SUM_OF_BANDS, "description": "três"}, ensure_ascii=False), encoding="utf-8-sig")
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), processing_template=spelling(path))
    np.testing.assert_array_equal(qgis_pixels(layer)[0], mosaic(NORTH_WEST)[:3].sum(axis=0))
