"""Identify where the user has chosen the cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qgis.core import QgsPointXY, QgsRaster

from image_server_layer.plugin.options.layer_options import LayerOptions
from image_server_layer.tests.provider.sources import layer_of
from image_server_layer.tests.reading import qgis_pixels

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess


def test_it_is_the_chosen_cell_that_is_told_not_the_pixel_of_the_service(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat", options=LayerOptions(cell_size=(300.0, 300.0)))
    pixels, extent = qgis_pixels(layer), layer.extent()
    for column, row in ((5, 7), (17, 17), (28, 12)):
        point = QgsPointXY(extent.xMinimum() + (column + 0.1) * 300, extent.yMaximum() - (row + 0.9) * 300)
        told = layer.dataProvider().identify(point, QgsRaster.IdentifyFormatValue).results()
        assert told == dict(enumerate(pixels[:, row, column].tolist(), start=1))
