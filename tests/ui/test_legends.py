"""A picture in the layer tree has the legend of its service, saved with the layer."""

from __future__ import annotations

from pathlib import Path

import pytest
from qgis.core import QgsLayerTreeModel, QgsMapLayerLegend, QgsProject, QgsRasterLayer, QgsSingleBandGrayRenderer
from qgis.PyQt.QtCore import QSize, Qt
from qgis.PyQt.QtGui import QColor

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.layer.legend import LEGEND_PROPERTY, PictureLegend
from image_server_layer.plugin.layer.own_properties import write_property
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.editing import Window, entry
from image_server_layer.tests.ui.forms import idle
from image_server_layer.tests.ui.test_layer_menu import menus
from image_server_layer.tests.ui.waiting import let_pass, wait_until
from image_server_layer.tests.warmth import cold_of_the_plugin

CLASSES = ["Water", "Bare", "Sparse", "Grass", "Forest"]
COLORS = [(44, 98, 160), (206, 178, 136), (226, 217, 120), (132, 186, 91), (26, 112, 50)]
COMPOSITE = ["Red: Blue", "Green: Green", "Blue: Red"]


def rows(window: Window, layer: QgsRasterLayer) -> list[str]:
    """Return what stands below the layer in the layer tree."""
    model: QgsLayerTreeModel = window.iface.tree_model
    node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())
    return [found.data(Qt.ItemDataRole.DisplayRole) for found in model.layerLegendNodes(node)]


def colors(window: Window, layer: QgsRasterLayer) -> list[tuple[int, int, int]]:
    """Return the colors in the middle of the swatches."""
    model: QgsLayerTreeModel = window.iface.tree_model
    node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())
    found = []
    for row in model.layerLegendNodes(node):
        image = row.data(Qt.ItemDataRole.DecorationRole).pixmap(QSize(16, 16)).toImage()
        color = QColor(image.pixel(image.width() // 2, image.height() // 2))
        found.append((color.red(), color.green(), color.blue()))
    return found


def picture(server: ImageServerProcess, template: str = "NDVIClasses") -> QgsRasterLayer:
    return make_image_server_layer(
        server.service("Olinda/Landsat"), "Coast", processing_template=template, kind="picture"
    )


def test_a_picture_shows_the_legend_of_its_function(window: Window, image_server: ImageServerProcess) -> None:
    layer = picture(image_server)
    wait_until(lambda: rows(window, layer) == CLASSES)
    assert colors(window, layer) == COLORS
    (request,) = image_server.requests(operation="legend")
    assert request.query == {"renderingRule": '{"rasterFunction":"NDVIClasses"}', "f": "json"}
    assert cold_of_the_plugin() == []


def test_it_follows_an_edit_and_its_undo(window: Window, image_server: ImageServerProcess) -> None:
    layer = picture(image_server)
    wait_until(lambda: rows(window, layer) == CLASSES)
    entry(menus(window, layer)[0], "None (pixels as they are)").trigger()
    wait_until(lambda: rows(window, layer) == COMPOSITE)
    image_server.clear()
    window.press("Undo")
    wait_until(lambda: rows(window, layer) == CLASSES)
    assert image_server.requests(operation="legend") == []


def test_it_is_saved_with_the_layer_and_asked_for_no_more(
    window: Window, image_server: ImageServerProcess, tmp_path: Path
) -> None:
    layer = picture(image_server)
    wait_until(lambda: rows(window, layer) == CLASSES)
    project = QgsProject.instance()
    assert project.write(str(tmp_path / "saved.qgs"))
    project.clear()
    image_server.clear()
    assert project.read(str(tmp_path / "saved.qgs"))
    (opened,) = project.mapLayers().values()
    wait_until(lambda: rows(window, opened) == CLASSES)
    assert colors(window, opened) == COLORS
    assert not project.isDirty()
    assert image_server.requests() == []


def test_another_style_has_its_own_legend(window: Window, image_server: ImageServerProcess) -> None:
    layer = picture(image_server)
    wait_until(lambda: rows(window, layer) == CLASSES)
    before = layer.renderer().clone()
    layer.setRenderer(QgsSingleBandGrayRenderer(layer.dataProvider(), 1))
    wait_until(lambda: not isinstance(layer.legend(), PictureLegend))
    assert rows(window, layer) != CLASSES
    layer.setRenderer(before)
    wait_until(lambda: rows(window, layer) == CLASSES)


@pytest.mark.usefixtures("window")
def test_values_keep_the_legend_of_their_style(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Olinda/Landsat"), processing_template="None")
    let_pass(0.2)
    assert not isinstance(layer.legend(), PictureLegend)
    assert image_server.requests(operation="legend") == []


def test_a_service_without_a_legend_is_asked_once(window: Window, image_server: ImageServerProcess) -> None:
    image_server.fault("json_error", match="legend")
    layer = picture(image_server)
    wait_until(lambda: image_server.requests(operation="legend") and idle())
    let_pass(0.2)
    layer.triggerRepaint()
    layer.rendererChanged.emit()
    let_pass(0.2)
    assert len(image_server.requests(operation="legend")) == 1
    assert rows(window, layer)[0].startswith("Band 1")


def test_a_strangers_property_does_no_harm(window: Window, image_server: ImageServerProcess) -> None:
    layer = picture(image_server)
    wait_until(lambda: rows(window, layer) == CLASSES)
    for odd in ("nonsense", "[]", '{"key":"x","entries":[[1,2]]}', '{"key":7,"entries":"' + "a" * 100 + '"}'):
        write_property(layer, LEGEND_PROPERTY, odd)
        layer.rendererChanged.emit()
        wait_until(lambda: rows(window, layer) == CLASSES)
        let_pass(0.05)


def test_the_plugin_gives_back_the_legend_of_the_style(window: Window, image_server: ImageServerProcess) -> None:
    layer = picture(image_server)
    wait_until(lambda: rows(window, layer) == CLASSES)
    window.editing.legends.stop()
    assert isinstance(layer.legend(), QgsMapLayerLegend)
    assert not isinstance(layer.legend(), PictureLegend)
    window.editing.legends.start()
    wait_until(lambda: rows(window, layer) == CLASSES)
