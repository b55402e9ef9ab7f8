"""The first look of a layer, which costs no pixel request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import requests
from osgeo import gdal
from qgis.core import (
    QgsContrastEnhancement,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsMultiBandColorRenderer,
    QgsPalettedRasterRenderer,
    QgsSingleBandGrayRenderer,
)
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QColor

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.layer.style import composite_bands, stretch_range
from image_server_layer.plugin.service.image_service import Band
from image_server_layer.tests.imageserver.data import DATA
from image_server_layer.tests.reading import qgis_pixels
from image_server_layer.tests.truth import NORTH_WEST, land_cover, mosaic

if TYPE_CHECKING:
    from qgis.core import QgsRasterLayer

    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")

STRETCH = QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum


def _composite(layer: QgsRasterLayer) -> tuple[int, int, int]:
    renderer = layer.renderer()
    assert isinstance(renderer, QgsMultiBandColorRenderer)
    return renderer.redBand(), renderer.greenBand(), renderer.blueBand()


def _stretches(layer: QgsRasterLayer) -> list[tuple[float, float] | None]:
    """Return the values shown as black and as white, for each channel; None where values are shown as they are."""
    renderer = layer.renderer()
    if isinstance(renderer, QgsSingleBandGrayRenderer):
        found = [renderer.contrastEnhancement()]
    else:
        found = [
            renderer.redContrastEnhancement(),
            renderer.greenContrastEnhancement(),
            renderer.blueContrastEnhancement(),
        ]
    return [
        (one.minimumValue(), one.maximumValue())
        if one is not None and one.contrastEnhancementAlgorithm() == STRETCH
        else None
        for one in found
    ]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Red", "Green", "Blue"), (1, 2, 3)),
        (("Blue", "Green", "Red", "NearInfrared"), (3, 2, 1)),
        (("band 1: BLUE", "band 2: green", "Band_3_red", "NIR"), (3, 2, 1)),
        (("NearInfrared", "Red", "Green", "Blue"), (2, 3, 4)),
        (("Blue", "Green", "Red", "Red edge"), (3, 2, 1)),
        # What proves nothing stays in the order of the service.
        (("Band_1", "Band_2", "Band_3", "Band_4"), (1, 2, 3)),
        (("Blue", "Green", "Infrared"), (1, 2, 3)),
        (("Blue", "Green", "Red edge", "Near Infra Red"), (1, 2, 3)),
        (("Blues", "Greenery", "Redness"), (1, 2, 3)),
    ],
)
def test_natural_color_is_shown_only_where_names_prove_it(
    image_server: ImageServerProcess, names: tuple[str, ...], expected: tuple[int, int, int]
) -> None:
    assert composite_bands(names, user_ordered=False) == expected
    if len(names) == 4:
        image_server.patch("Test/FourBands", {"bandNames": list(names)})
        assert _composite(make_image_server_layer(image_server.service("Test/FourBands"))) == expected


def test_a_choice_of_bands_is_shown_in_its_order(image_server: ImageServerProcess) -> None:
    url = image_server.service("Olinda/Landsat")
    assert _composite(make_image_server_layer(url)) == (3, 2, 1)
    assert _composite(make_image_server_layer(url, band_index="1;2;3")) == (1, 2, 3)
    assert _composite(make_image_server_layer(url, band_index="4;3;2")) == (1, 2, 3)


def _described(server: ImageServerProcess, service: str) -> dict[str, Any]:
    found = requests.get(server.service(service), {"f": "json"}, timeout=10).json()
    assert isinstance(found, dict)
    return found


def _two_deviations(description: dict[str, Any], band: int) -> tuple[float, float]:
    """Return two standard deviations around the mean of a band (from 1), as far as there are values."""
    least, greatest, mean, deviation = (
        description[key][band - 1] for key in ("minValues", "maxValues", "meanValues", "stdvValues")
    )
    return max(least, mean - 2 * deviation), min(greatest, mean + 2 * deviation)


@pytest.mark.parametrize(
    ("service", "band_index", "shown"),
    [
        ("Olinda/Landsat", None, (3, 2, 1)),
        ("Olinda/Landsat", "6;5;4", (6, 5, 4)),
        ("Olinda/Landsat", "4", (4,)),
        ("Olinda/Elevation", None, (1,)),
        ("Test/S16", None, (1, 2, 3)),
        ("Test/TwoBands", None, (1,)),
    ],
)
def test_the_stretch_is_that_of_the_services_statistics(
    image_server: ImageServerProcess, service: str, band_index: str | None, shown: tuple[int, ...]
) -> None:
    layer = make_image_server_layer(image_server.service(service), band_index=band_index)
    description = _described(image_server, service)
    assert _stretches(layer) == [pytest.approx(_two_deviations(description, band), rel=1e-9) for band in shown]


def _middle(pixels: np.ndarray) -> tuple[float, float]:
    """Return the middle 96 % of the 64 by 64 pixels around the center of the Landsat scene."""
    low, high = np.percentile(pixels[144:208, 142:206], (2, 98))
    return float(low), float(high)


def test_after_a_function_the_stretch_is_that_of_the_pixels_in_the_middle(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), processing_template="NDVI")
    pixels = mosaic(NORTH_WEST).astype(np.float64)
    expected = _middle((pixels[3] - pixels[2]) / (pixels[3] + pixels[2]))
    assert _stretches(layer) == [pytest.approx(expected, rel=1e-5)]


def test_without_statistics_the_stretch_is_that_of_the_pixels_in_the_middle(image_server: ImageServerProcess) -> None:
    empty: dict[str, Any] = {key: [] for key in ("minValues", "maxValues", "meanValues", "stdvValues")}
    image_server.patch("Olinda/Landsat", empty)
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"))
    assert _stretches(layer) == [_middle(mosaic(NORTH_WEST)[band]) for band in (2, 1, 0)]


@pytest.mark.parametrize("value", [0, 7, "NaN", 1e300])
def test_statistics_that_cannot_be_true_are_left_out_of_the_stretch(
    image_server: ImageServerProcess, value: object
) -> None:
    keys = ("minValues", "maxValues", "meanValues", "stdvValues")
    image_server.patch("Olinda/Landsat", {key: [value] * 6 for key in keys})
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"))
    assert _stretches(layer) == [_middle(mosaic(NORTH_WEST)[band]) for band in (2, 1, 0)]


def test_a_picture_made_by_a_function_is_shown_as_it_is(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), processing_template="NaturalColorStretched")
    assert _composite(layer) == (1, 2, 3)
    assert _stretches(layer) == [None, None, None]


def test_one_value_everywhere_is_not_stretched(image_server: ImageServerProcess) -> None:
    assert _stretches(make_image_server_layer(image_server.service("Test/Ones"))) == [None]


PIXELS = np.array([[1.0, 2.0, 3.0, 4.0, np.nan, -9999.0]])


@pytest.mark.parametrize(
    ("band", "nodata", "expected"),
    [
        (Band(1, "a", minimum=0, maximum=100, mean=40, standard_deviation=10), None, (20, 60)),
        (Band(1, "a", minimum=30, maximum=50, mean=40, standard_deviation=10), None, (30, 50)),
        (Band(1, "a", mean=40, standard_deviation=10), None, (20, 60)),
        (Band(1, "a", minimum=30, maximum=50), None, (30, 50)),
        (Band(1, "a", minimum=30, maximum=30, mean=30, standard_deviation=0), None, None),
        (Band(1, "a"), -9999.0, (1.06, 3.94)),
        (None, -9999.0, (1.06, 3.94)),
        (None, None, (-9199.0, 3.92)),
    ],
)
def test_the_best_that_is_known_of_a_band_makes_its_stretch(
    band: Band | None, nodata: float | None, expected: tuple[float, float] | None
) -> None:
    found = stretch_range(band, PIXELS, nodata)
    assert found == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize("pixels", [np.full((2, 2), np.nan), np.full((2, 2), -9999.0), np.full((2, 2), 7.0)])
def test_pixels_that_show_no_range_make_no_stretch(pixels: np.ndarray) -> None:
    assert stretch_range(None, pixels, -9999.0) is None


Classes = list[tuple[float, str, str]]


def _classes(layer: QgsRasterLayer) -> Classes:
    renderer = layer.renderer()
    assert isinstance(renderer, QgsPalettedRasterRenderer)
    return [(one.value, one.label, one.color.name()) for one in renderer.classes()]


def _land_cover_classes() -> Classes:
    """Return the classes that occur, as the file of the raster has them."""
    dataset = gdal.Open(str(DATA / "landcover_puerto_rico.tif"))
    band = dataset.GetRasterBand(1)
    table, colors = band.GetDefaultRAT(), band.GetColorTable()
    return [
        (
            float(value),
            table.GetValueAsString(int(value), table.GetColumnCount() - 1),
            QColor(*colors.GetColorEntry(int(value))[:3]).name(),
        )
        for value in np.unique(land_cover())
        if value
    ]


def test_classes_have_the_names_and_colors_of_the_attribute_table(image_server: ImageServerProcess) -> None:
    classes = _classes(make_image_server_layer(image_server.service("PuertoRico/LandCover")))
    assert classes == _land_cover_classes()
    assert (11.0, "Open Water") in [one[:2] for one in classes]


def test_classes_of_a_colormap_alone_are_named_by_their_values(image_server: ImageServerProcess) -> None:
    image_server.patch("PuertoRico/LandCover", {"hasRasterAttributeTable": False})
    classes = _classes(make_image_server_layer(image_server.service("PuertoRico/LandCover")))
    assert classes == [(value, f"{value:.0f}", color) for value, _, color in _land_cover_classes()]


def test_classes_whose_table_comes_with_a_function_alone_have_names_and_colors(
    image_server: ImageServerProcess,
) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), processing_template="NDVIClasses")
    assert [one[:2] for one in _classes(layer)] == [
        (1.0, "Water"),
        (2.0, "Bare"),
        (3.0, "Sparse"),
        (4.0, "Grass"),
        (5.0, "Forest"),
    ]
    assert _classes(layer)[0][2] == "#2c62a0"
    # Codes are never averaged.
    image_server.clear()
    qgis_pixels(layer)
    (drawn,) = image_server.requests(operation="exportImage")
    assert drawn.query["interpolation"] == "RSP_NearestNeighbor"


def test_measurements_of_a_function_are_no_classes(image_server: ImageServerProcess) -> None:
    for template in ("NDVI", "Panchromatic"):
        layer = make_image_server_layer(image_server.service("Olinda/Landsat"), processing_template=template)
        assert isinstance(layer.renderer(), QgsSingleBandGrayRenderer)


def test_a_class_without_a_color_gets_one_of_its_own(image_server: ImageServerProcess) -> None:
    rows = [{"attributes": {"VALUE": value, "class_name": f"Class {value}"}} for value in range(1, 30)]
    body = json.dumps({"features": rows})
    image_server.fault("status", "rasterAttributeTable", status=200, body=body, content_type="application/json")
    classes = _classes(make_image_server_layer(image_server.service("PuertoRico/LandCover")))
    assert [one[:2] for one in classes] == [(float(value), f"Class {value}") for value in range(1, 30)]
    colors = [color for _, _, color in classes]
    assert len(set(colors)) == 29


def test_a_layer_without_the_names_of_its_classes_is_as_true(image_server: ImageServerProcess) -> None:
    image_server.fault("json_error", "rasterAttributeTable", code=500, message="Table is locked")
    image_server.fault("json_error", "colormap", code=500, message="Table is locked")
    layer = make_image_server_layer(image_server.service("PuertoRico/LandCover"))
    assert isinstance(layer.renderer(), QgsSingleBandGrayRenderer)
    (note,) = layer.customProperty("image_server_layer/notes")
    assert note.startswith("The names and colors of the classes could not be read: ")
    assert "Table is locked" in note


def test_a_map_shows_the_colors_of_the_classes_and_nothing_where_there_is_no_data(
    image_server: ImageServerProcess,
) -> None:
    layer = make_image_server_layer(image_server.service("PuertoRico/LandCover"))
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setExtent(layer.extent())
    settings.setOutputSize(QSize(84, 46))
    settings.setBackgroundColor(QColor(Qt.GlobalColor.transparent))
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    assert not job.errors()
    colors = {value: color for value, _, color in _land_cover_classes()}
    picture = job.renderedImage()
    for row, column in np.ndindex(46, 84):
        shown, value = picture.pixelColor(column, row), land_cover()[0, row, column]
        assert (shown.alpha(), shown.name()) == ((255, colors[value]) if value else (0, "#000000"))


def test_a_legend_has_the_unit_of_the_variable(image_server: ImageServerProcess) -> None:
    def suffix(service: str, variable: str | None = None) -> str:
        renderer = make_image_server_layer(image_server.service(service), variable=variable).renderer()
        assert isinstance(renderer, QgsSingleBandGrayRenderer)
        return str(renderer.legendSettings().suffix())

    assert suffix("Test/Climate", "tas") == " °C"
    assert suffix("Test/Climate", "pr") not in ("", " °C")
    assert suffix("Olinda/Elevation") == ""
