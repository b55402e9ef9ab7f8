"""The page in Layer Properties: what is set in words, and the way to the form."""

from __future__ import annotations

import pytest
from qgis.core import QgsProject, QgsRasterLayer, QgsVectorLayer
from qgis.PyQt.QtWidgets import QDialog, QVBoxLayout

from image_server_layer import make_image_server_layer
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.editing import Window
from image_server_layer.tests.ui.forms import settled
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.waiting import delete, let_pass, wait_until
from image_server_layer.tests.warmth import cold_below
from image_server_layer.ui.entry.properties_page import PropertiesPage


def page_of(window: Window, layer: QgsRasterLayer, dialog: QDialog) -> PropertiesPage:
    """Return the page as QGIS makes it, in its window."""
    (factory,) = window.iface.properties_pages
    assert factory.supportLayerPropertiesDialog()
    assert not factory.supportsStyleDock()
    assert factory.supportsLayer(layer)
    page = factory.createWidget(layer, window.iface.mapCanvas(), False, dialog)
    QVBoxLayout(dialog).addWidget(page)
    dialog.show()
    return page


@pytest.fixture
def layer(window: Window, image_server: ImageServerProcess) -> QgsRasterLayer:
    del window
    made = make_image_server_layer(
        image_server.service(LANDSAT), "Coast", processing_template="NDVI", where_clause="CloudCover < 50 AND Best > 1"
    )
    image_server.clear()
    return made


def test_it_says_what_is_set_and_asks_nobody(
    window: Window, layer: QgsRasterLayer, image_server: ImageServerProcess
) -> None:
    dialog = QDialog(window.iface.window)
    page = page_of(window, layer, dialog)
    text = page.label.text()
    assert "Pixel values of the image service Olinda/Landsat" in text
    assert image_server.service(LANDSAT) in text
    assert "<li>Processing template: NDVI</li>" in text
    # What the server or the user wrote is text.
    assert "CloudCover &lt; 50 AND Best &gt; 1" in text
    source, style = layer.source(), layer.renderer()
    page.apply()
    assert (layer.source(), layer.renderer(), page.shouldTriggerLayerRepaint()) == (source, style, False)
    assert cold_below(page) == []
    assert image_server.requests() == []
    delete(dialog)


def test_its_button_closes_the_window_as_ok_and_opens_the_form(window: Window, layer: QgsRasterLayer) -> None:
    dialog = QDialog(window.iface.window)
    page = page_of(window, layer, dialog)
    ended: list[int] = []
    dialog.finished.connect(ended.append)
    page.button.click()
    assert ended == [QDialog.DialogCode.Accepted]
    wait_until(window.editing.editor.windows)
    (editor,) = window.editing.editor.windows()
    wait_until(lambda: settled(editor.form))
    assert editor.form.name_edit.text() == "Coast"
    assert editor.form.options().where == "CloudCover < 50 AND Best > 1"
    delete(dialog)


def test_a_layer_that_has_gone_is_not_edited(window: Window, layer: QgsRasterLayer, project: QgsProject) -> None:
    dialog = QDialog(window.iface.window)
    page = page_of(window, layer, dialog)
    project.removeMapLayer(layer.id())
    page.button.click()
    let_pass(0.05)
    assert window.editing.editor.windows() == []
    delete(dialog)


def test_other_layers_have_no_such_page(window: Window) -> None:
    (factory,) = window.iface.properties_pages
    for other in (QgsRasterLayer("/nowhere.tif", "other"), QgsVectorLayer("Point", "points", "memory")):
        assert not factory.supportsLayer(other)
