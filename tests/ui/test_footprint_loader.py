"""*Show Footprints* and *Export…* in the menu of a layer."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from pathlib import Path

import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
    QgsWkbTypes,
)

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.layer.footprint_layer import RasterList, raster_list_of
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.main_window import delete_what_is_due
from image_server_layer.tests.patience import SOON
from image_server_layer.tests.ui.editing import Window, filled
from image_server_layer.tests.ui.forms import idle, messages
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.waiting import let_pass, wait_until
from image_server_layer.tests.warmth import cold_of_the_plugin


@pytest.fixture
def layer(window: Window, image_server: ImageServerProcess) -> QgsRasterLayer:
    """Return a layer whose quick ways are open, in a group."""
    made = make_image_server_layer(image_server.service(LANDSAT), "Coast", where_clause="CloudCover < 10")
    root = QgsProject.instance().layerTreeRoot()
    node = root.findLayer(made.id())
    group = root.addGroup("Imagery")
    group.addLayer(QgsVectorLayer("Point", "above", "memory"))
    group.insertChildNode(1, node.clone())
    root.removeChildNode(node)
    window.activate(made)
    quick = window.editing.menu.quick
    filled(quick, lambda: len(quick.templates.actions()) > 1)
    image_server.clear()
    return made


def alive(but: Sequence[object] = ()) -> list[object]:
    """Return what runs of an algorithm have left behind, `but` what was there before."""
    delete_what_is_due()
    gc.collect()
    found = [thing for thing in gc.get_objects() if isinstance(thing, (QgsProcessingFeedback, Transport))]
    return [thing for thing in found if not any(thing is other for other in but)]


def footprints(project: QgsProject) -> list[QgsVectorLayer]:
    return [layer for layer in project.mapLayers().values() if raster_list_of(layer) is not None]


def test_the_footprints_of_what_the_layer_shows_lie_above_it(
    window: Window, layer: QgsRasterLayer, project: QgsProject, image_server: ImageServerProcess
) -> None:
    project.setDirty(False)
    assert window.editing.menu.quick.footprints.isEnabled()
    window.editing.menu.quick.footprints.trigger()
    assert cold_of_the_plugin() == []
    wait_until(lambda: footprints(project))
    (found,) = footprints(project)
    assert [feature["OBJECTID"] for feature in found.getFeatures()] == [2, 4, 5]
    assert (found.name(), found.wkbType(), found.crs()) == (
        "Footprints of Coast",
        QgsWkbTypes.Type.MultiPolygon,
        layer.crs(),
    )
    assert raster_list_of(found) == RasterList(image_server.service(LANDSAT), "OBJECTID")
    # The image is seen through them.
    assert found.renderer().symbol().symbolLayer(0).properties()["style"] == "no"
    (group,) = project.layerTreeRoot().findGroups()
    assert [node.name() for node in group.children()] == ["above", "Footprints of Coast", "Coast"]
    assert project.isDirty()
    assert messages(window.iface.bar) == ["The footprints of “Coast” were added."]
    window.press("Undo")
    assert footprints(project) == []


def test_they_know_their_service_in_a_saved_project(
    window: Window, layer: QgsRasterLayer, project: QgsProject, image_server: ImageServerProcess, tmp_path: Path
) -> None:
    del layer
    window.editing.menu.quick.footprints.trigger()
    wait_until(lambda: footprints(project))
    file = str(tmp_path / "saved.qgs")
    assert project.write(file)
    project.clear()
    assert project.read(file)
    (found,) = footprints(project)
    assert raster_list_of(found) == RasterList(image_server.service(LANDSAT), "OBJECTID")
    assert found in window.iface.actions_of_layers[window.editing.menu.raster_list.menuAction()]


def test_a_catalog_that_fails_is_told_of_in_a_sentence(
    window: Window, layer: QgsRasterLayer, project: QgsProject, image_server: ImageServerProcess
) -> None:
    del layer
    before = alive()
    image_server.fault("status", match="query")
    window.editing.menu.quick.footprints.trigger()
    wait_until(lambda: messages(window.iface.bar))
    (said,) = messages(window.iface.bar)
    assert "500" in said
    assert footprints(project) == []
    # QGIS keeps the exception of the algorithm for good, but nothing that was at hand when it was raised.
    wait_until(lambda: not alive(but=before))


def test_nothing_comes_of_what_is_canceled_in_the_list_of_tasks(
    window: Window, layer: QgsRasterLayer, project: QgsProject, image_server: ImageServerProcess
) -> None:
    image_server.fault("hang", match=LANDSAT)
    window.editing.menu.quick.footprints.trigger()
    wait_until(image_server.requests)
    (task,) = QgsApplication.taskManager().activeTasks()
    assert task.description() == f"Reading the footprints of “{layer.name()}”"
    task.cancel()
    wait_until(idle, SOON)
    image_server.release()
    let_pass(0.1)
    assert (footprints(project), messages(window.iface.bar)) == ([], [])
    # And it can be asked for again.
    window.editing.menu.quick.footprints.trigger()
    wait_until(lambda: footprints(project))


@pytest.mark.parametrize("goes", ["layer", "plugin"])
def test_nothing_comes_when_the_layer_or_the_plugin_has_gone(
    window: Window, layer: QgsRasterLayer, project: QgsProject, image_server: ImageServerProcess, goes: str
) -> None:
    image_server.fault("hang", match=LANDSAT)
    window.editing.menu.quick.footprints.trigger()
    wait_until(image_server.requests)
    if goes == "layer":
        project.removeMapLayer(layer.id())
    else:
        window.editing.stop()
    image_server.release()
    wait_until(idle)
    let_pass(0.1)
    assert (footprints(project), messages(window.iface.bar)) == ([], [])
    if goes == "plugin":
        window.editing.start()


def test_without_processing_there_is_a_sentence_in_place_of_the_dialog(window: Window, layer: QgsRasterLayer) -> None:
    del layer
    window.editing.menu.quick.export.trigger()
    (said,) = messages(window.iface.bar)
    assert "Processing, which is switched off" in said
