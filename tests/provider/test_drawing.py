"""What is drawn, against known pixels, and what is asked for to draw it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from qgis.core import (
    QgsMultiBandColorRenderer,
    QgsRasterBlockFeedback,
    QgsRasterLayer,
    QgsRectangle,
)

from image_server_layer.plugin.backend.source import Kind, SourceBand
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.provider.layers import make_layer
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.vocabulary import MosaicMethod
from image_server_layer.tests.provider.drawing import drawn, finished, started, wait
from image_server_layer.tests.provider.sources import layer_of, native_view, source_of
from image_server_layer.tests.reading import exported, qgis_pixels
from image_server_layer.tests.truth import NORTH_WEST, elevation, landsat_extent, mosaic

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

ROWS, COLUMNS = 352, 349


def unstretched(layer: QgsRasterLayer, bands: tuple[int, int, int] = (1, 2, 3)) -> QgsRasterLayer:
    """Show three bands of bytes as they are."""
    renderer = QgsMultiBandColorRenderer(layer.dataProvider(), *bands)
    renderer.setAlphaBand(-1)
    layer.setRenderer(renderer)
    return layer


def sizes(server: ImageServerProcess) -> list[str]:
    """Return columns and rows of each image that was asked for."""
    requests = server.requests(operation="exportImage")
    assert requests == server.requests()
    return sorted(request.query["size"] for request in requests)


def test_a_view_at_native_pixels_is_drawn_exactly(image_server: ImageServerProcess) -> None:
    layer = unstretched(layer_of(image_server, "Olinda/Landsat"))
    pixels, errors = drawn(layer)
    assert errors == []
    np.testing.assert_array_equal(pixels[:3], mosaic(NORTH_WEST)[:3])
    assert (pixels[3] == 255).all()
    assert sizes(image_server) == [f"{COLUMNS},{ROWS}"]


def test_all_bands_of_a_view_come_with_one_request(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    np.testing.assert_array_equal(qgis_pixels(layer), mosaic(NORTH_WEST))
    assert sizes(image_server) == [f"{COLUMNS},{ROWS}"]


def test_a_part_of_the_pixels_is_read_exactly(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    extent = QgsRectangle(*landsat_extent(20, 30, 50, 40))
    np.testing.assert_array_equal(qgis_pixels(layer, extent, (50, 40)), mosaic(NORTH_WEST)[:, 30:70, 20:70])
    assert sizes(image_server) == ["50,40"]


def test_a_picture_is_drawn_as_the_server_draws_it(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat", Kind.PICTURE)
    by_hand = exported(
        image_server,
        "Olinda/Landsat",
        tuple(source.grid.extent) if (source := layer.dataProvider().source) else (),
        (COLUMNS, ROWS),
        format="png32",
        transparent="true",
    )
    image_server.clear()
    pixels, errors = drawn(layer)
    assert errors == []
    np.testing.assert_array_equal(pixels, by_hand)
    assert layer.renderer().alphaBand() == 4
    assert sizes(image_server) == [f"{COLUMNS},{ROWS}"]


def test_a_view_of_smaller_pixels_shows_the_native_ones(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    extent = QgsRectangle(*landsat_extent(100, 90, 20, 10))
    pixels = qgis_pixels(layer, extent, (80, 30))
    native = mosaic(NORTH_WEST)[:, 90:100, 100:120]
    np.testing.assert_array_equal(pixels, native.repeat(3, axis=1).repeat(4, axis=2))
    assert sizes(image_server) == ["20,10"]


@pytest.mark.parametrize("kind", Kind)
def test_a_view_of_larger_pixels_is_the_servers_own_answer(image_server: ImageServerProcess, kind: Kind) -> None:
    layer = layer_of(image_server, "Olinda/Landsat", kind)
    box = landsat_extent(0, 0, 300, 240)
    parameters = {
        key: value for key, value in layer.dataProvider().source.parameters.items() if key != "adjustAspectRatio"
    }
    by_hand = exported(image_server, "Olinda/Landsat", box, (100, 80), **parameters)
    image_server.clear()
    np.testing.assert_array_equal(qgis_pixels(layer, QgsRectangle(*box), (100, 80)), by_hand)
    assert sizes(image_server) == ["100,80"]


@pytest.mark.parametrize("kind", Kind)
def test_nothing_is_asked_for_or_drawn_outside_the_extent(image_server: ImageServerProcess, kind: Kind) -> None:
    options = LayerOptions(extent=Extent(*landsat_extent(100, 100, 60, 40)))
    layer = layer_of(image_server, "Olinda/Landsat", kind, options=options)
    if kind is Kind.VALUES:
        unstretched(layer)
    pixels, errors = drawn(layer, QgsRectangle(*landsat_extent(80, 90, 120, 80)), (120, 80))
    inside = np.zeros((80, 120), bool)
    inside[10:50, 20:80] = True
    assert errors == []
    if kind is Kind.VALUES:
        np.testing.assert_array_equal(pixels[:3, 10:50, 20:80], mosaic(NORTH_WEST)[:3, 100:140, 100:160])
    np.testing.assert_array_equal(pixels[3] > 0, inside)
    assert sizes(image_server) == ["60,40"]
    image_server.clear()
    block = layer.dataProvider().block(1, QgsRectangle(0, 0, 1000, 1000), 10, 10)
    assert all(block.isNoData(row, column) for row in range(10) for column in range(10))
    assert image_server.requests() == []


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("cell", [10.0, 37.5])
def test_a_pan_asks_for_the_new_strip_only(image_server: ImageServerProcess, kind: Kind, cell: float) -> None:
    layer = layer_of(image_server, "Test/Huge", kind)

    def view(columns: int, rows: int) -> QgsRectangle:
        xmin, ymax = 300000.0 + columns * cell, 9300000.0 - rows * cell
        return QgsRectangle(xmin, ymax - 400 * cell, xmin + 600 * cell, ymax)

    drawn(layer, view(0, 0), (600, 400))
    assert sizes(image_server) == ["600,400"]
    image_server.clear()
    panned, _ = drawn(layer, view(150, 0), (600, 400))
    assert sizes(image_server) == ["150,400"]
    image_server.clear()
    diagonal, _ = drawn(layer, view(170, -30), (600, 400))
    assert len(sizes(image_server)) == 2
    image_server.clear()
    again, _ = drawn(layer, view(150, 0), (600, 400))
    assert sizes(image_server) == []
    np.testing.assert_array_equal(again, panned)
    layer.reload()
    fresh, _ = drawn(layer, view(170, -30), (600, 400))
    assert sizes(image_server) == ["600,400"]
    np.testing.assert_array_equal(fresh, diagonal)


def test_native_pixels_that_are_known_serve_every_closer_view(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    qgis_pixels(layer)
    image_server.clear()
    extent = QgsRectangle(*landsat_extent(100, 90, 20, 10))
    pixels = qgis_pixels(layer, extent, (200, 100))
    native = mosaic(NORTH_WEST)[:, 90:100, 100:120]
    np.testing.assert_array_equal(pixels, native.repeat(10, axis=1).repeat(10, axis=2))
    assert image_server.requests() == []


def test_refresh_asks_anew(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    qgis_pixels(layer)
    layer.reload()
    qgis_pixels(layer)
    assert len(sizes(image_server)) == 2


def test_layers_with_other_parameters_share_nothing(image_server: ImageServerProcess) -> None:
    first = layer_of(image_server, "Olinda/Landsat")
    options = LayerOptions(mosaic_method=MosaicMethod.LOCK_RASTER, lock_raster_ids=(7, 5))
    second = layer_of(image_server, "Olinda/Landsat", options=options)
    np.testing.assert_array_equal(qgis_pixels(first), mosaic(NORTH_WEST))
    np.testing.assert_array_equal(qgis_pixels(second), mosaic((7, 5)))
    np.testing.assert_array_equal(qgis_pixels(first), mosaic(NORTH_WEST))
    assert len(sizes(image_server)) == 2


def test_layers_of_the_same_source_share_what_is_known(image_server: ImageServerProcess) -> None:
    source = source_of(image_server, "Olinda/Landsat")
    first, second = make_layer(source, "one"), make_layer(source, "two")
    qgis_pixels(first)
    qgis_pixels(second)
    assert len(sizes(image_server)) == 1


def test_where_the_order_follows_the_view_only_the_identical_view_is_reused(image_server: ImageServerProcess) -> None:
    options = LayerOptions(mosaic_method=MosaicMethod.CENTER)
    layer = layer_of(image_server, "Olinda/Landsat", options=options, follows_view=True)
    views = [QgsRectangle(*landsat_extent(left, 50, 200, 200)) for left in (20, 100, 20)]
    pixels = [qgis_pixels(layer, view, (200, 200)) for view in views]
    assert sizes(image_server) == ["200,200", "200,200"]
    np.testing.assert_array_equal(pixels[0], pixels[2])
    assert (pixels[0][:, :, 80:] != pixels[1][:, :, :120]).any()


def test_a_large_view_comes_in_strips_and_within_the_limits(image_server: ImageServerProcess) -> None:
    image_server.patch("Test/Huge", {"maxImageWidth": 500, "maxImageHeight": 300})
    layer = layer_of(image_server, "Test/Huge")
    source = layer.dataProvider().source
    extent = native_view(source, 100, 200, 900, 700)
    pixels = qgis_pixels(layer, extent, (900, 700))
    asked = [tuple(map(int, size.split(","))) for size in sizes(image_server)]
    assert sum(columns * rows for columns, rows in asked) == 900 * 700
    assert all(columns <= 500 and rows <= 300 for columns, rows in asked)
    box = (extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())
    image_server.reset()
    np.testing.assert_array_equal(pixels, exported(image_server, "Test/Huge", box, (900, 700)))


def test_two_drawings_of_a_view_share_one_request(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    image_server.settings(latency=0.5)
    jobs = [started(layer, layer.extent(), (COLUMNS, ROWS)) for _ in range(3)]
    results = [finished(job) for job in jobs]
    assert sizes(image_server) == [f"{COLUMNS},{ROWS}"]
    for pixels, errors in results:
        assert errors == []
        np.testing.assert_array_equal(pixels, results[0][0])
        assert (pixels[3] == 255).all()


def test_who_waits_for_the_request_of_a_canceled_drawing_asks_itself(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    image_server.fault("hang", times=1)
    first = started(layer, layer.extent(), (COLUMNS, ROWS))
    wait(lambda: bool(image_server.requests()))
    second = started(layer, layer.extent(), (COLUMNS, ROWS))
    threading.Event().wait(0.2)
    first.cancelWithoutBlocking()
    pixels, errors = finished(second)
    assert errors == []
    assert (pixels[3] == 255).all()
    finished(first)


def test_a_preview_shows_what_is_known_and_asks_for_nothing(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    provider = layer.dataProvider()
    qgis_pixels(layer, QgsRectangle(*landsat_extent(0, 0, 100, 100)), (100, 100))
    image_server.clear()
    feedback = QgsRasterBlockFeedback()
    feedback.setPreviewOnly(True)
    block = provider.block(1, QgsRectangle(*landsat_extent(50, 0, 100, 100)), 100, 100, feedback)
    assert image_server.requests() == []
    assert feedback.errors() == []
    assert [block.isNoData(0, column) for column in (0, 49, 50, 99)] == [False, False, True, True]
    assert block.value(0, 0) == mosaic(NORTH_WEST)[0, 0, 50]


def test_no_data_of_the_source_and_of_the_user_are_left_out(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Elevation")
    provider = layer.dataProvider()
    assert (provider.sourceHasNoDataValue(1), provider.sourceNoDataValue(1)) == (True, -9999)
    block = provider.block(1, layer.extent(), layer.width(), layer.height())
    truth = elevation()[0]
    assert block.isNoData(0, 105)
    assert not block.isNoData(50, 5)
    provider.setUseSourceNoDataValue(1, False)
    block = provider.block(1, layer.extent(), layer.width(), layer.height())
    assert (block.isNoData(0, 105), block.value(0, 105)) == (False, -9999)
    provider.setUserNoDataValue(1, [raster_range(float(truth[50, 5]))])
    block = provider.block(1, layer.extent(), layer.width(), layer.height())
    assert block.isNoData(50, 5)
    assert not block.isNoData(0, 105)


def test_a_no_data_value_that_the_type_cannot_hold_leaves_nothing_out(image_server: ImageServerProcess) -> None:
    bands = tuple(SourceBand(f"b{number}", nodata=-1e30) for number in range(6))
    layer = layer_of(image_server, "Olinda/Landsat", bands=bands)
    assert not layer.dataProvider().sourceHasNoDataValue(1)
    np.testing.assert_array_equal(qgis_pixels(layer), mosaic(NORTH_WEST))


def raster_range(value: float) -> Any:
    from qgis.core import QgsRasterRange

    return QgsRasterRange(value, value)


def test_a_view_in_another_crs_is_drawn(image_server: ImageServerProcess) -> None:
    from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsMapRendererParallelJob, QgsProject

    from image_server_layer.tests.provider.drawing import map_settings

    layer = unstretched(layer_of(image_server, "Olinda/Landsat"))
    wgs = QgsCoordinateReferenceSystem("EPSG:4326")
    to_wgs = QgsCoordinateTransform(layer.crs(), wgs, QgsProject.instance())
    settings = map_settings(layer, to_wgs.transformBoundingBox(layer.extent()), (300, 300))
    settings.setDestinationCrs(wgs)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    pixels, errors = finished(job)
    assert errors == []
    assert (pixels[3] == 255).mean() > 0.95
    shown = pixels[:3][:, pixels[3] == 255].mean(axis=1)
    assert np.abs(shown - mosaic(NORTH_WEST)[:3].mean(axis=(1, 2))).max() < 3
