"""What there is to do with a layer that has just been added."""

from __future__ import annotations

import pytest
from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtWidgets import QPushButton

from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.editing import Window
from image_server_layer.tests.ui.forms import messages, open_service, settled
from image_server_layer.tests.ui.waiting import delete, wait_until
from image_server_layer.ui.entry.dialog import AddLayerDialog


def added(window: Window, server: ImageServerProcess, project: QgsProject) -> tuple[AddLayerDialog, QgsRasterLayer]:
    """Add a layer with the form, and close that."""
    iface = window.iface
    dialog = AddLayerDialog(iface.mapCanvas(), iface.messageBar(), iface.mainWindow(), window.editing.add_target)
    dialog.present()
    open_service(dialog.form, server)
    dialog.form._finish.trigger()
    wait_until(project.mapLayers)
    (layer,) = project.mapLayers().values()
    assert isinstance(layer, QgsRasterLayer)
    assert messages(iface.messageBar()) == ["The layer “Landsat” was added."]
    buttons = iface.messageBar().currentItem().findChildren(QPushButton)
    assert [button.text() for button in buttons] == ["Zoom to", "Edit…", "Undo"]
    return dialog, layer


def test_it_is_zoomed_to(window: Window, image_server: ImageServerProcess, project: QgsProject) -> None:
    dialog, layer = added(window, image_server, project)
    canvas = window.iface.mapCanvas()
    canvas.setDestinationCrs(layer.crs())
    window.press("Zoom to")
    assert canvas.extent().contains(layer.extent())
    assert canvas.extent().center().x() == pytest.approx(layer.extent().center().x())
    assert messages(window.iface.bar) == ["The layer “Landsat” was added."]
    delete(dialog)


def test_it_is_edited(window: Window, image_server: ImageServerProcess, project: QgsProject) -> None:
    dialog, layer = added(window, image_server, project)
    window.press("Edit…")
    (editor,) = window.editing.editor.windows()
    wait_until(lambda: settled(editor.form))
    assert editor.form.name_edit.text() == layer.name() == "Landsat"
    delete(dialog)


def test_it_is_taken_away_again(window: Window, image_server: ImageServerProcess, project: QgsProject) -> None:
    dialog, _ = added(window, image_server, project)
    window.press("Undo")
    assert not project.mapLayers()
    assert messages(window.iface.bar) == []
    delete(dialog)


def test_its_message_goes_with_the_plugin(
    window: Window, image_server: ImageServerProcess, project: QgsProject
) -> None:
    dialog, _ = added(window, image_server, project)
    window.editing.stop()
    assert messages(window.iface.bar) == []
    window.editing.start()
    delete(dialog)
