"""No window can freeze QGIS when something that listens to one of its objects is deleted (see `warming`)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.core import QgsProject
from qgis.gui import QgsMapCanvas

from image_server_layer import make_image_server_layer
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.editing import Window, filled
from image_server_layer.tests.ui.forms import open_service
from image_server_layer.tests.ui.knowing import LANDSAT
from image_server_layer.tests.ui.states import STATES, bring_into
from image_server_layer.tests.ui.waiting import delete, wait_until
from image_server_layer.tests.warmth import cold_below, cold_of_the_plugin
from image_server_layer.ui.entry.dialog import AddLayerDialog
from image_server_layer.ui.mosaic.raster_picker import RasterPicker
from image_server_layer.ui.mosaic.where_builder import WhereBuilder


@pytest.fixture
def dialog(project: QgsProject, canvas: QgsMapCanvas) -> Iterator[AddLayerDialog]:
    made = AddLayerDialog(canvas)
    made.present()
    yield made
    made.form.cancel()
    delete(made)
    project.clear()


@pytest.mark.parametrize("state", STATES)
def test_all_of_the_form_is_warm(dialog: AddLayerDialog, image_server: ImageServerProcess, state: str) -> None:
    bring_into(state, dialog.form, image_server)
    assert cold_below(dialog) == []
    assert cold_of_the_plugin() == []


def test_its_windows_are_warm(dialog: AddLayerDialog, canvas: QgsMapCanvas, image_server: ImageServerProcess) -> None:
    open_service(dialog.form, image_server)
    known = dialog.form.state.known
    assert known is not None
    for window in (RasterPicker(known, (), canvas, dialog), WhereBuilder(known, "", dialog)):
        assert cold_below(window) == []
        window.reject()
    assert cold_of_the_plugin() == []


def test_the_ways_to_change_a_layer_are_warm(window: Window, image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service(LANDSAT))
    window.activate(layer)
    quick = window.editing.menu.quick
    filled(quick, lambda: len(quick.templates.actions()) > 1)
    dialog = window.edit(layer)
    wait_until(lambda: window.editing.indicators._signs)
    for root in (window.editing, quick, dialog):
        assert cold_below(root) == []
    assert cold_of_the_plugin() == []
