"""The signs beside our layers in the layer tree."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qgis.core import QgsLayerTreeLayer, QgsProject, QgsRasterLayer
from qgis.gui import QgsLayerTreeViewIndicator
from qgis.PyQt.QtCore import QModelIndex

from image_server_layer import make_image_server_layer
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.editing import Window, entry
from image_server_layer.tests.ui.test_layer_menu import menus
from image_server_layer.tests.ui.waiting import let_pass, wait_until

LANDSAT = "Olinda/Landsat"


def signs(window: Window, node: QgsLayerTreeLayer) -> list[QgsLayerTreeViewIndicator]:
    return list(window.iface.layerTreeView().indicators(node))


def node_of(project: QgsProject, layer: QgsRasterLayer) -> QgsLayerTreeLayer:
    return project.layerTreeRoot().findLayer(layer.id())


def shown(window: Window, project: QgsProject, layer: QgsRasterLayer, count: int = 1) -> list[str]:
    """Wait for the signs of a layer; return what they say."""
    wait_until(lambda: len(signs(window, node_of(project, layer))) == count)
    return [sign.toolTip() for sign in signs(window, node_of(project, layer))]


def test_a_sign_says_in_words_what_is_set(
    window: Window, image_server: ImageServerProcess, project: QgsProject
) -> None:
    layer = make_image_server_layer(
        image_server.service(LANDSAT), band_index="4;3", processing_template="None", where_clause="CloudCover < 50"
    )
    other = QgsRasterLayer("/nowhere.tif", "other")
    project.addMapLayer(other)
    (text,) = shown(window, project, layer)
    assert text == (
        "<p><b>Pixel values of the image service Olinda/Landsat</b>"
        "<br>Bands: 4 (NearInfrared_1), 3 (Red)"
        "<br>Processing template: None (pixels as they are)"
        "<br>Where clause: CloudCover &lt; 50</p><p>Click to edit the layer.</p>"
    )
    assert signs(window, node_of(project, other)) == []


def test_it_follows_what_is_set(window: Window, image_server: ImageServerProcess, project: QgsProject) -> None:
    layer = make_image_server_layer(image_server.service(LANDSAT), processing_template="None")
    shown(window, project, layer)
    entry(menus(window, layer)[0], "NDVI").trigger()
    wait_until(lambda: "Processing template: NDVI" in shown(window, project, layer)[0])
    window.press("Undo")
    wait_until(lambda: "None (pixels" in shown(window, project, layer)[0])


def test_a_click_on_it_opens_the_form(window: Window, image_server: ImageServerProcess, project: QgsProject) -> None:
    layer = make_image_server_layer(image_server.service(LANDSAT))
    shown(window, project, layer)
    signs(window, node_of(project, layer))[0].clicked.emit(QModelIndex())
    assert [dialog.windowTitle() for dialog in window.editing.editor.windows()] == ["Edit Image Server Layer – Landsat"]


def test_it_stays_where_layers_move_and_goes_with_them(
    window: Window, image_server: ImageServerProcess, project: QgsProject
) -> None:
    layer = make_image_server_layer(image_server.service(LANDSAT))
    shown(window, project, layer)
    root = project.layerTreeRoot()
    group = root.addGroup("Group")
    # As QGIS does where a layer is dragged: a copy there, then the old one goes.
    node = node_of(project, layer)
    group.insertChildNode(0, node.clone())
    root.removeChildNode(node)
    assert len(shown(window, project, layer)) == 1
    inner = group.clone()
    root.insertChildNode(0, inner)
    root.removeChildNode(group)
    assert len(shown(window, project, layer)) == 1
    removed(project, layer.id(), lambda: project.removeMapLayer(layer.id()))
    assert window.editing.indicators._signs == []


def removed(project: QgsProject, layer_id: str, remove: Callable[[], object]) -> None:
    remove()
    wait_until(lambda: project.layerTreeRoot().findLayer(layer_id) is None)
    let_pass(0.05)


def test_a_layer_that_is_not_drawn_is_marked_until_it_is(
    window: Window, image_server: ImageServerProcess, project: QgsProject
) -> None:
    layer = make_image_server_layer(image_server.service(LANDSAT))
    shown(window, project, layer)
    window.editing.indicators.warn(layer.id(), "Not drawn: <b>")
    texts = shown(window, project, layer, 2)
    (warning,) = (text for text in texts if "Not drawn" in text)
    assert warning == "<p>Not drawn: &lt;b&gt;</p><p>Click to try again.</p>"
    (sign,) = (sign for sign in signs(window, node_of(project, layer)) if sign.toolTip() == warning)
    sign.clicked.emit(QModelIndex())
    assert window.retried == [layer.id()]
    window.editing.indicators.calm(layer.id())
    assert len(shown(window, project, layer)) == 1


def test_all_signs_go_with_the_plugin_and_come_back(
    window: Window, image_server: ImageServerProcess, project: QgsProject
) -> None:
    layer = make_image_server_layer(image_server.service(LANDSAT))
    shown(window, project, layer)
    window.editing.stop()
    assert signs(window, node_of(project, layer)) == []
    window.editing.start()
    assert len(shown(window, project, layer)) == 1


def test_signs_come_with_an_opened_project(
    window: Window, image_server: ImageServerProcess, project: QgsProject, tmp_path: Path
) -> None:
    make_image_server_layer(image_server.service(LANDSAT))
    file = str(tmp_path / "saved.qgz")
    assert project.write(file)
    project.clear()
    assert project.read(file)
    (layer,) = project.mapLayers().values()
    assert len(shown(window, project, layer)) == 1
