"""What goes beyond the ArcGIS tool: interpolation, nodata, compression quality."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from qgis.core import QgsPointXY, QgsRaster, QgsRectangle

from image_server_layer import make_image_server_layer
from image_server_layer.tests.reading import Array, gdal_dataset, gdal_pixels
from image_server_layer.tests.truth import SMALL_ORIGIN, land_cover, ramps

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")


def _sent(server: ImageServerProcess, parameter: str) -> set[str | None]:
    return {request.query.get(parameter) for request in server.requests(operation="exportImage")}


def _ramp(server: ImageServerProcess, **arguments: Any) -> Array:
    """Return cells of 4 m, well inside `Test/Single`, whose own interpolation is bilinear."""
    template = (SMALL_ORIGIN[0] + 100, SMALL_ORIGIN[1] - 300, SMALL_ORIGIN[0] + 300, SMALL_ORIGIN[1] - 100)
    url = server.service("Test/Single")
    return gdal_pixels(make_image_server_layer(url, template=template, cell_size=4, **arguments))[0]


@pytest.mark.parametrize("interpolation", [None, "BILINEAR", "Bilinear", "RSP_BilinearInterpolation", "CUBIC"])
def test_a_ramp_stays_a_ramp_when_it_is_interpolated(
    image_server: ImageServerProcess, interpolation: str | None
) -> None:
    centers = 100 + (np.arange(50) + 0.5) * 4
    expected = (centers[:, np.newaxis] + centers) / 10 - 1 + 1
    np.testing.assert_allclose(_ramp(image_server, interpolation=interpolation), expected, rtol=0, atol=1e-4)
    assert _sent(image_server, "interpolation") == {
        {None: None, "CUBIC": "RSP_CubicConvolution"}.get(interpolation, "RSP_BilinearInterpolation")
    }


@pytest.mark.parametrize("interpolation", ["NEAREST", "nearest", "RSP_NearestNeighbor"])
def test_the_nearest_pixel_makes_steps_of_a_ramp(image_server: ImageServerProcess, interpolation: str) -> None:
    pixels = (100 + (np.arange(50) + 0.5) * 4) // 10
    np.testing.assert_array_equal(_ramp(image_server, interpolation=interpolation), pixels[:, np.newaxis] + pixels + 1)
    assert _sent(image_server, "interpolation") == {"RSP_NearestNeighbor"}


def test_the_majority_of_the_pixels_in_a_cell_wins(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(
        image_server.service("PuertoRico/LandCover"), cell_size=12000, interpolation="MAJORITY"
    )
    assert _sent(image_server, "interpolation") == {"RSP_Majority"}
    cells = gdal_pixels(layer)[0, :11, :21]
    blocks = land_cover()[0, :44, :84].reshape(11, 4, 21, 4).swapaxes(1, 2).reshape(11, 21, 16)
    for cell, block in zip(cells.ravel(), blocks.reshape(-1, 16)):
        values, votes = np.unique(block[block != 0], return_counts=True)
        winners = values[votes == votes.max()] if len(values) else [0]
        assert cell in winners


def test_classes_are_not_averaged_unless_it_is_asked_for(image_server: ImageServerProcess) -> None:
    url = image_server.service("PuertoRico/LandCover")
    layer = make_image_server_layer(url)
    np.testing.assert_array_equal(gdal_pixels(layer), land_cover())
    assert _sent(image_server, "interpolation") == {"RSP_NearestNeighbor"}
    image_server.clear()
    make_image_server_layer(url, interpolation="CUBIC")
    assert _sent(image_server, "interpolation") == {"RSP_CubicConvolution"}


def _masked(server: ImageServerProcess, service: str, **arguments: Any) -> Array:
    """Return (bands, rows, columns) of where GDAL sees no data."""
    dataset = gdal_dataset(make_image_server_layer(server.service(service), **arguments))
    bands = range(1, dataset.RasterCount + 1)
    return np.stack([dataset.GetRasterBand(number).GetMaskBand().ReadAsArray() == 0 for number in bands])


@pytest.mark.parametrize(
    ("arguments", "sent", "interpretation"),
    [
        ({"nodata": 20}, "20", None),
        ({"nodata": "20"}, "20", None),
        ({"nodata": 20, "nodata_interpretation": "ANY"}, "20", "esriNoDataMatchAny"),
        ({"nodata": [20], "nodata_interpretation": "esriNoDataMatchAny"}, "20", "esriNoDataMatchAny"),
        ({"nodata": [20, 20, 20, 20], "nodata_interpretation": "any"}, "20,20,20,20", "esriNoDataMatchAny"),
    ],
)
def test_one_value_takes_a_pixel_out_where_any_band_has_it(
    image_server: ImageServerProcess, arguments: dict[str, Any], sent: str, interpretation: str | None
) -> None:
    masked = _masked(image_server, "Test/FourBandsU8", **arguments)
    any_band = np.isin(ramps(1)[0], (20, 10, 0, -10))
    np.testing.assert_array_equal(masked, np.stack([any_band] * 4))
    assert _sent(image_server, "noData") == {sent}
    assert _sent(image_server, "noDataInterpretation") == {interpretation}


@pytest.mark.parametrize("interpretation", [None, "ALL"])
def test_a_value_for_each_band_takes_a_pixel_out_where_all_bands_have_theirs(
    image_server: ImageServerProcess, interpretation: str | None
) -> None:
    masked = _masked(image_server, "Test/FourBandsU8", nodata="20;30;40;50", nodata_interpretation=interpretation)
    np.testing.assert_array_equal(masked, np.stack([ramps(1)[0] == 20] * 4))


def test_nodata_zero_is_sent(image_server: ImageServerProcess) -> None:
    make_image_server_layer(image_server.service("Test/FourBandsU8"), nodata=0)
    assert _sent(image_server, "noData") == {"0"}


def test_a_pixel_without_data_identifies_as_nothing(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Test/FourBandsU8"), nodata=20)
    # Row 4 and column 15 make 20 in the first band.
    without, beside = (QgsPointXY(SMALL_ORIGIN[0] + x, SMALL_ORIGIN[1] - 45) for x in (155, 165))
    identify = layer.dataProvider().identify
    assert identify(without, QgsRaster.IdentifyFormat.IdentifyFormatValue).results() == dict.fromkeys((1, 2, 3, 4))
    assert identify(beside, QgsRaster.IdentifyFormat.IdentifyFormatValue).results() == {1: 21, 2: 31, 3: 41, 4: 51}


def test_not_a_number_can_be_nodata(image_server: ImageServerProcess) -> None:
    """No pixel equals it, so there is nothing for the server to take out; QGIS is told."""
    layer = make_image_server_layer(image_server.service("Test/Single"), nodata="nan")
    assert _sent(image_server, "noData") == {None}
    dataset = gdal_dataset(layer)
    assert np.isnan(dataset.GetRasterBand(1).GetNoDataValue())
    np.testing.assert_array_equal(gdal_pixels(layer), ramps(1))


def test_compression_quality_is_for_pictures_and_pixel_values_stay_lossless(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Test/Single"), compression_quality=10)
    np.testing.assert_array_equal(gdal_pixels(layer), ramps(1))
    assert _sent(image_server, "compressionQuality") == {None}
    assert _sent(image_server, "compression") == {"LZ77"}
    (note,) = layer.customProperty("image_server_layer/notes")
    assert "pixel values come without loss" in note
    image_server.clear()
    make_image_server_layer(image_server.service("Test/Single"), kind="picture", compression_quality=10)
    assert _sent(image_server, "compressionQuality") == {"10"}


@pytest.mark.parametrize(("interpretation", "is_left_out"), [("ANY", True), ("ALL", False)])
def test_one_band_or_all_must_have_nodata_for_a_pixel_to_be_left_out(
    image_server: ImageServerProcess, interpretation: str, is_left_out: bool
) -> None:
    url = image_server.service("Test/FourBandsU8")
    layer = make_image_server_layer(url, nodata=20, nodata_interpretation=interpretation)
    # Row 4 and column 15 make 20 in the first band, and something else in the others.
    cell = QgsRectangle(SMALL_ORIGIN[0] + 150, SMALL_ORIGIN[1] - 50, SMALL_ORIGIN[0] + 160, SMALL_ORIGIN[1] - 40)
    blocks = [layer.dataProvider().block(band, cell, 1, 1) for band in (1, 2, 3, 4)]
    assert [block.isNoData(0, 0) for block in blocks] == [is_left_out] * 4


def test_the_timeout_is_also_that_of_drawing(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), timeout=7.5)
    assert set(re.findall("<Timeout>(.*?)</Timeout>", layer.source())) == {"8"}


def test_nodata_counts_for_the_chosen_bands(image_server: ImageServerProcess) -> None:
    url = image_server.service("Olinda/Landsat")
    layer = make_image_server_layer(url, band_index="1;2", nodata="0;255", processing_template="None")
    assert [layer.dataProvider().sourceNoDataValue(band) for band in (1, 2)] == [0, 255]
