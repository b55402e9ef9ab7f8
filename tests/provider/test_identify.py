"""What lies at a point, by the service's own word."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from qgis.core import QgsPointXY, QgsRaster, QgsRasterLayer

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.options.processing_template import ProcessingTemplate
from image_server_layer.plugin.provider.identify import identify_details
from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.plugin.service.vocabulary import MosaicMethod
from image_server_layer.tests.provider.drawing import drawn
from image_server_layer.tests.provider.sources import layer_of
from image_server_layer.tests.reading import qgis_pixels
from image_server_layer.tests.truth import NORTH_WEST, elevation, land_cover, mosaic

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

VALUE = QgsRaster.IdentifyFormatValue


def place(layer: QgsRasterLayer, column: int, row: int) -> QgsPointXY:
    """Return a point in one of the layer's own pixels, not its center."""
    grid = layer.dataProvider().source.grid
    return QgsPointXY(
        grid.extent.xmin + (column + 0.3) * grid.cell_size[0], grid.extent.ymax - (row + 0.6) * grid.cell_size[1]
    )


@pytest.mark.parametrize("spot", [(0, 0), (348, 351), (130, 170), (77, 203)])
def test_it_is_what_is_drawn_at_native_pixels(image_server: ImageServerProcess, spot: tuple[int, int]) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    result = layer.dataProvider().identify(place(layer, *spot), VALUE)
    assert result.isValid()
    column, row = spot
    assert result.results() == {band + 1: mosaic(NORTH_WEST)[band, row, column] for band in range(6)}
    assert [request.operation for request in image_server.requests()] == ["identify"]
    samples = [layer.dataProvider().sample(place(layer, *spot), band) for band in (1, 6)]
    assert samples == [(result.results()[1], True), (result.results()[6], True)]


@pytest.mark.parametrize("service", ["Test/F32", "Test/F64", "Test/U16", "Test/S32", "Test/U32", "Test/NoDataPerBand"])
def test_every_type_is_told_exactly(image_server: ImageServerProcess, service: str) -> None:
    layer = layer_of(image_server, service)
    pixels = qgis_pixels(layer)
    provider = layer.dataProvider()
    for column, row in ((3, 5), (50, 30), (96, 60)):
        expected = {
            band: None if provider.sourceNoDataValue(band) == value and provider.sourceHasNoDataValue(band) else value
            for band, value in enumerate(pixels[:, row, column].tolist(), start=1)
        }
        assert provider.identify(place(layer, column, row), VALUE).results() == expected


def test_no_data_is_no_number(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Elevation")
    provider = layer.dataProvider()
    assert provider.identify(place(layer, 105, 3), VALUE).results() == {1: None}
    value, is_there = provider.sample(place(layer, 105, 3), 1)
    assert math.isnan(value)
    assert is_there is False
    assert provider.identify(place(layer, 50, 50), VALUE).results() == {1: float(elevation()[0, 50, 50])}


def test_outside_the_extent_there_is_nothing(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    result = layer.dataProvider().identify(QgsPointXY(0, 0), VALUE)
    assert (result.isValid(), result.results()) == (True, {})
    assert layer.dataProvider().sample(QgsPointXY(0, 0), 1)[1] is False
    assert image_server.requests() == []


def test_the_layers_bands_and_rules_are_obeyed(image_server: ImageServerProcess) -> None:
    options = LayerOptions(bands=(4, 2), mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=(7,))
    layer = layer_of(image_server, "Olinda/Landsat", options=options)
    result = layer.dataProvider().identify(place(layer, 150, 180), VALUE).results()
    assert result == {1: mosaic((7,))[3, 180, 150], 2: mosaic((7,))[1, 180, 150]}
    (request,) = image_server.requests()
    assert json.loads(request.query["mosaicRule"])["lockRasterIds"] == [7]
    assert layer.dataProvider().identify(place(layer, 2, 2), VALUE).results() == {1: None, 2: None}


def test_a_picture_tells_the_values_it_is_made_of(image_server: ImageServerProcess) -> None:
    options = LayerOptions(processing_template=ProcessingTemplate("None"))
    layer = layer_of(image_server, "Olinda/Landsat", Kind.PICTURE, options=options)
    result = layer.dataProvider().identify(place(layer, 130, 170), VALUE).results()
    assert result == {band + 1: mosaic(NORTH_WEST)[band, 170, 130] for band in range(6)}
    picture = drawn(layer)[0]
    samples = [layer.dataProvider().sample(place(layer, 130, 170), band) for band in (1, 2, 3, 4)]
    assert samples == [(float(value), True) for value in picture[:, 170, 130]]


def test_where_identify_is_closed_the_pixel_is_read(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    image_server.fault("json_error", match="/identify", code=400, message="Requested operation is not supported.")
    result = layer.dataProvider().identify(place(layer, 130, 170), VALUE)
    assert result.results() == {band + 1: mosaic(NORTH_WEST)[band, 170, 130] for band in range(6)}
    assert [request.operation for request in image_server.requests()] == ["identify", "exportImage"]
    assert image_server.requests()[1].query["size"] == "1,1"


@pytest.mark.parametrize("service", ["Olinda/Landsat", "Olinda/Elevation"])
def test_while_the_service_is_down_there_is_no_number(image_server: ImageServerProcess, service: str) -> None:
    layer = layer_of(image_server, service, access=Access(timeout=2.0))
    qgis_pixels(layer)
    image_server.fault("json_error", match="ImageServer", code=500, message="Out of memory")
    result = layer.dataProvider().identify(place(layer, 60, 60), VALUE)
    assert not result.isValid()
    assert result.results() == {}
    assert "Out of memory" in result.error().message(0)
    value, is_there = layer.dataProvider().sample(place(layer, 60, 60), 1)
    assert math.isnan(value)
    assert is_there is False


def test_values_that_the_user_leaves_out_are_no_data(image_server: ImageServerProcess) -> None:
    from qgis.core import QgsRasterRange

    layer = layer_of(image_server, "Olinda/Landsat")
    value = float(mosaic(NORTH_WEST)[0, 170, 130])
    layer.dataProvider().setUserNoDataValue(1, [QgsRasterRange(value, value)])
    assert layer.dataProvider().identify(place(layer, 130, 170), VALUE).results()[1] is None


def test_the_rasters_under_a_point_and_raw_values_are_known(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    source = layer.dataProvider().source
    point = place(layer, 130, 170)
    details = identify_details(source, (point.x(), point.y()), Transport(source.access))
    pixel = tuple(mosaic(NORTH_WEST)[:, 170, 130].tolist())
    assert details.values == pixel
    assert details.raw_values == pixel
    assert (details.rasters[0].id, details.rasters[0].name) == (1, "LE07_214065_NW")
    assert {raster.id for raster in details.rasters} == {1, 2, 4, 5, 7}
    assert details.rasters[0].values == pixel


def test_processed_and_raw_values_differ(image_server: ImageServerProcess) -> None:
    options = LayerOptions(processing_template=ProcessingTemplate("Slope"))
    layer = layer_of(image_server, "Olinda/Elevation", options=options)
    source = layer.dataProvider().source
    assert "renderingRule" in source.parameters
    point = place(layer, 50, 50)
    details = identify_details(source, (point.x(), point.y()), Transport(source.access))
    assert list(details.raw_values) == [pytest.approx(float(elevation()[0, 50, 50]), rel=1e-5)]
    assert details.values != details.raw_values
    assert details.rasters == ()


@pytest.mark.parametrize("kind", Kind)
def test_text_and_html_say_it_in_words(image_server: ImageServerProcess, kind: Kind) -> None:
    layer = layer_of(
        image_server, "Olinda/Landsat", kind, options=LayerOptions(processing_template=ProcessingTemplate("None"))
    )
    point = place(layer, 130, 170)
    provider = layer.dataProvider()
    text = provider.identify(point, QgsRaster.IdentifyFormatText).results()[0]
    assert "LE07_214065_NW" in text
    assert ", ".join(map(str, mosaic(NORTH_WEST)[:, 170, 130])) in text
    html = provider.identify(point, QgsRaster.IdentifyFormatHtml).results()[0]
    assert "<td>LE07_214065_NW" in html
    image_server.fault("json_error", match="identify", code=500, message="Away")
    assert not provider.identify(point, QgsRaster.IdentifyFormatText).isValid()


def test_classes_are_told_by_name(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("PuertoRico/LandCover"), add_to_project=False)
    center = layer.extent().center()
    rows, columns = land_cover().shape[1:]
    value = int(land_cover()[0, rows // 2, columns // 2])
    names = {one.value: one.label for one in layer.renderer().classes()}
    text = layer.dataProvider().identify(center, QgsRaster.IdentifyFormatText).results()[0]
    assert text.splitlines()[:2] == [f"Value: {value}", f"Class: {names[value]}"]
    # QGIS shows the names of an attribute table by itself, where it knows them.
    shown = layer.customProperty("identify/format")
    assert shown == ("Value" if hasattr(layer, "attributeTable") else "Text")


def test_pixels_that_are_not_square_are_found(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Test/SyntheticNonSquare")
    pixels = layer.dataProvider().identify(place(layer, 1700, 1300), VALUE).results()
    np.testing.assert_array_equal(list(pixels.values()), [113001700, 213001700])
