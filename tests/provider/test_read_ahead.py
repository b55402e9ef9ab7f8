"""What tools of QGIS read line by line is asked for in larger pieces."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from qgis.core import QgsRasterLayer, QgsRectangle

from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.plugin.service.vocabulary import MosaicMethod
from image_server_layer.tests.provider.sources import layer_of
from image_server_layer.tests.reading import qgis_pixels
from image_server_layer.tests.truth import NORTH_WEST, mosaic

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess


def line(layer: QgsRasterLayer, row: int, first: int = 0, columns: int | None = None) -> Any:
    """Read some cells of a row as the raster calculator does."""
    x, y, whole = layer.rasterUnitsPerPixelX(), layer.rasterUnitsPerPixelY(), layer.extent()
    columns = columns or layer.width()
    left, top = whole.xMinimum() + first * x, whole.yMaximum() - row * y
    return qgis_pixels(layer, QgsRectangle(left, top - y, left + columns * x, top), (columns, 1))[:, 0]


def sizes(server: ImageServerProcess) -> list[str]:
    return [request.query["size"] for request in server.requests()]


@pytest.mark.parametrize("kind", list(Kind))
def test_lines_from_top_to_bottom_take_a_few_requests(image_server: ImageServerProcess, kind: Kind) -> None:
    layer = layer_of(image_server, "Olinda/Landsat", kind)
    bands = slice(0, 6) if kind is Kind.VALUES else slice(0, 3)
    pixels = np.stack([line(layer, row) for row in range(layer.height())], axis=1)
    if kind is Kind.VALUES:
        np.testing.assert_array_equal(pixels, mosaic(NORTH_WEST)[bands])
    assert sizes(image_server) == ["349,256", "349,96"]
    np.testing.assert_array_equal(pixels[bands], qgis_pixels(layer)[bands])


def test_a_few_cells_are_no_line(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    np.testing.assert_array_equal(line(layer, 100, 50, 8), mosaic(NORTH_WEST)[:, 100, 50:58])
    assert sizes(image_server) == ["8,1"]


def test_the_last_lines_do_not_reach_beyond_the_layer(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    np.testing.assert_array_equal(line(layer, 350, 10, 200), mosaic(NORTH_WEST)[:, 350, 10:210])
    assert sizes(image_server) == ["200,2"]


def test_where_rasters_are_ordered_around_the_view_a_line_is_asked_for_as_it_is(
    image_server: ImageServerProcess,
) -> None:
    options = LayerOptions(mosaic_method=MosaicMethod.CENTER)
    layer = layer_of(image_server, "Olinda/Landsat", options=options, follows_view=True)
    line(layer, 100)
    assert sizes(image_server) == ["349,1"]


def test_what_a_line_brought_along_is_not_shown_after_an_error(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    image_server.fault("status", status=500, times=1)
    provider = layer.dataProvider()
    extent = layer.extent()
    extent.setYMinimum(extent.yMaximum() - layer.rasterUnitsPerPixelY())
    block = provider.block(1, extent, 349, 1)
    assert block.isNoData(0, 0)
    np.testing.assert_array_equal(line(layer, 0), mosaic(NORTH_WEST)[:, 0])
