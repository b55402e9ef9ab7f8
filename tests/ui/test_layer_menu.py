"""What the menu of a layer does to it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsCoordinateTransform, QgsProject

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.layer.edit import options_of
from image_server_layer.plugin.service.vocabulary import MosaicMethod
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.main_window import Interface
from image_server_layer.tests.ui.waiting import delete, wait_until
from image_server_layer.ui.entry.layer_menu import LayerMenu

WEB_MERCATOR = QgsCoordinateReferenceSystem("EPSG:3857")


@pytest.fixture
def menu(project: QgsProject) -> Iterator[LayerMenu]:
    """Return the menu in a window whose map is in Web Mercator."""
    assert not project.mapLayers()
    interface = Interface()
    menu = LayerMenu(interface)
    menu.start()
    yield menu
    menu.stop()
    delete(interface.window)


def test_freezing_orders_the_rasters_around_the_middle_of_the_map_in_the_services_reference_system(
    menu: LayerMenu, image_server: ImageServerProcess, project: QgsProject
) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), mosaic_method="CLOSEST_TO_CENTER")
    canvas = menu._iface.mapCanvas()
    canvas.setDestinationCrs(WEB_MERCATOR)
    there = QgsCoordinateTransform(layer.crs(), WEB_MERCATOR, project)
    canvas.setExtent(there.transformBoundingBox(layer.extent()))
    middle = QgsCoordinateTransform(WEB_MERCATOR, layer.crs(), project).transform(canvas.extent().center())
    menu._iface.active_layer = layer
    image_server.clear()
    menu._freeze.trigger()
    before = layer.source()
    wait_until(lambda: layer.source() != before)
    options = options_of(layer)
    assert options is not None
    assert options.mosaic_method is MosaicMethod.VIEWPOINT
    assert options.viewpoint == pytest.approx((middle.x(), middle.y()))
    (probe,) = image_server.requests(operation="exportImage")
    point = json.loads(probe.query["mosaicRule"])["viewpoint"]
    assert (point["x"], point["y"]) == pytest.approx((middle.x(), middle.y()))
    assert point["spatialReference"] == {"wkid": 31985}
