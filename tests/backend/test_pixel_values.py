"""True pixel values: every pixel type, any number of bands, and no data where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import Qgis, QgsPointXY, QgsRaster

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.options.processing_template import ProcessingTemplate
from image_server_layer.tests.reading import gdal_dataset, gdal_pixels, qgis_pixels
from image_server_layer.tests.truth import COLUMNS, DATA_TYPES, SMALL_ORIGIN, elevation, ramps, typed

if TYPE_CHECKING:
    from qgis.core import QgsRasterLayer

    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")


@pytest.mark.parametrize(("pixel_type", "data_type"), DATA_TYPES.items())
def test_every_pixel_type_keeps_its_values(image_server: ImageServerProcess, pixel_type: str, data_type: str) -> None:
    layer = make_image_server_layer(image_server.service(f"Test/{pixel_type}"))
    assert [layer.dataProvider().dataType(band) for band in (1, 2, 3)] == [getattr(Qgis.DataType, data_type)] * 3
    np.testing.assert_array_equal(qgis_pixels(layer), typed(pixel_type))
    np.testing.assert_array_equal(gdal_pixels(layer), typed(pixel_type))
    assert layer.customProperty("image_server_layer/notes") == []


def test_only_signed_bytes_are_asked_for_in_another_type(image_server: ImageServerProcess) -> None:
    for pixel_type in ("S8", "U16"):
        make_image_server_layer(image_server.service(f"Test/{pixel_type}"))
    asked = [request.query.get("pixelType") for request in image_server.requests(operation="exportImage")]
    assert asked == ["S16", None]


@pytest.mark.parametrize(
    ("service", "bands"), [("Test/TwoBands", 2), ("Test/FourBands", 4), ("Test/FourBandsU8", 4), ("Test/Ones", 1)]
)
def test_no_band_is_taken_for_transparency(image_server: ImageServerProcess, service: str, bands: int) -> None:
    layer = make_image_server_layer(image_server.service(service))
    assert layer.renderer().alphaBand() == -1
    dataset = gdal_dataset(layer)
    for number in range(1, bands + 1):
        band = dataset.GetRasterBand(number)
        assert band.GetMaskFlags() == gdal.GMF_ALL_VALID
        assert band.GetColorInterpretation() == gdal.GCI_Undefined
    expected = np.ones((1, 61, 97)) if service == "Test/Ones" else ramps(bands)
    np.testing.assert_array_equal(qgis_pixels(layer), expected)
    np.testing.assert_array_equal(gdal_pixels(layer), expected)


@pytest.mark.parametrize("band_index", ["4;2", [1, 2, 3, 4], "4", "3;3;3;4"])
def test_a_choice_of_bands_has_no_transparent_one_either(image_server: ImageServerProcess, band_index: Any) -> None:
    layer = make_image_server_layer(image_server.service("Test/FourBands"), band_index=band_index)
    numbers = [int(number) for number in (band_index.split(";") if isinstance(band_index, str) else band_index)]
    np.testing.assert_array_equal(qgis_pixels(layer), ramps(4)[[number - 1 for number in numbers]])
    assert layer.renderer().alphaBand() == -1
    dataset = gdal_dataset(layer)
    assert {dataset.GetRasterBand(n).GetMaskFlags() for n in range(1, dataset.RasterCount + 1)} == {gdal.GMF_ALL_VALID}


def _identified(layer: QgsRasterLayer, column: int, row: int) -> dict[int, float | None]:
    point = QgsPointXY(SMALL_ORIGIN[0] + column * 10 + 5, SMALL_ORIGIN[1] - row * 10 - 5)
    found = layer.dataProvider().identify(point, QgsRaster.IdentifyFormat.IdentifyFormatValue)
    assert found.isValid()
    return dict(found.results())


@pytest.mark.parametrize(("band_index", "nodata"), [(None, (-9999, 0, 32767)), ("3;1", (32767, -9999))])
def test_each_band_has_its_own_nodata(
    image_server: ImageServerProcess, band_index: str | None, nodata: tuple[int, ...]
) -> None:
    layer = make_image_server_layer(image_server.service("Test/NoDataPerBand"), band_index=band_index)
    numbers = range(1, len(nodata) + 1)
    assert tuple(layer.dataProvider().sourceNoDataValue(number) for number in numbers) == nodata
    dataset = gdal_dataset(layer)
    for number in numbers:
        masked = dataset.GetRasterBand(number).GetMaskBand().ReadAsArray() == 0
        np.testing.assert_array_equal(masked, COLUMNS < 10)
    assert _identified(layer, 9, 30) == dict.fromkeys(numbers)
    values = {None: {1: 41, 2: 51, 3: 61}, "3;1": {1: 61, 2: 41}}
    assert _identified(layer, 10, 30) == values[band_index]


@pytest.mark.parametrize("service", ["Olinda/Elevation", "Olinda/ElevationDefault"])
def test_nodata_in_single_precision_is_found(image_server: ImageServerProcess, service: str) -> None:
    """-9999, and the least number there is, which servers print in several ways."""
    layer = make_image_server_layer(image_server.service(service), processing_template=ProcessingTemplate("None"))
    dataset = gdal_dataset(layer)
    masked = dataset.GetRasterBand(1).GetMaskBand().ReadAsArray() == 0
    np.testing.assert_array_equal(masked, elevation()[0] == -9999)
    np.testing.assert_array_equal(qgis_pixels(layer)[0][~masked], elevation()[0][~masked])
    assert masked.sum() == 100


@pytest.mark.parametrize(
    "declared", ["-3.4028234663852886e+38", -3.40282347e38, -3.4028234663852886e38, -3.402823466e38]
)
def test_the_least_number_is_nodata_however_it_is_printed(image_server: ImageServerProcess, declared: Any) -> None:
    image_server.patch("Olinda/ElevationDefault", {"noDataValue": declared, "noDataValues": [declared]})
    layer = make_image_server_layer(
        image_server.service("Olinda/ElevationDefault"), processing_template=ProcessingTemplate("None")
    )
    dataset = gdal_dataset(layer)
    assert (dataset.GetRasterBand(1).GetMaskBand().ReadAsArray() == 0).sum() == 100


@pytest.mark.parametrize("declared", [70000, 0.5, "NaN", None])
def test_a_nodata_that_no_pixel_can_have_is_left_out(image_server: ImageServerProcess, declared: Any) -> None:
    image_server.patch("Test/FourBands", {"noDataValue": declared, "noDataValues": None})
    layer = make_image_server_layer(image_server.service("Test/FourBands"))
    assert not any(layer.dataProvider().sourceHasNoDataValue(band) for band in (1, 2, 3, 4))
    np.testing.assert_array_equal(qgis_pixels(layer), ramps(4))
