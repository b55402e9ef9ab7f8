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
    dialog.form._buttons.finish.trigger()
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


def test_the_form_adds_a_layer_for_each_date(
    window: Window, image_server: ImageServerProcess, project: QgsProject
) -> None:
    iface = window.iface
    dialog = AddLayerDialog(iface.mapCanvas(), iface.messageBar(), iface.mainWindow(), window.editing.add_target)
    dialog.present()
    dates = dialog.form._buttons.dates
    assert dates is not None
    open_service(dialog.form, image_server, "Test/Climate")
    assert dates.isEnabled()
    dates.trigger()
    wait_until(lambda: window.editing.dates.dialog is not None)
    chooser = window.editing.dates.dialog
    assert chooser is not None
    wait_until(chooser.add_button.isEnabled)
    assert chooser.add_button.text() == "Add 12 Layers"
    assert not project.mapLayers()
    chooser.add_button.click()
    wait_until(lambda: len(project.mapLayers()) == 12)
    (group,) = project.layerTreeRoot().findGroups()
    assert group.name() == "Climate, by date"
    names = [node.name() for node in group.findLayers()]
    assert (names[0], names[-1]) == ("Climate – 1999-01-31", "Climate – 1999-12-31")
    assert not group.itemVisibilityChecked()
    window.press("Undo")
    assert not project.mapLayers()
    # What is of one time only has no dates to choose from.
    dialog.form._slice.fields[0].edit.setText("1999-07")
    wait_until(lambda: not dates.isEnabled())
    assert "What is chosen has no dates to choose from." in dates.toolTip()
    delete(dialog)
