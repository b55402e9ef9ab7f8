"""The window of the form, with the plugin running; and the part of it that finds a service, alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.core import QgsProject, QgsRectangle, QgsSettings
from qgis.gui import QgsMapCanvas
from qgis.PyQt.QtWidgets import QWidget

import image_server_layer
from image_server_layer.plugin.layer.connect import ConnectedService
from image_server_layer.plugin.service.catalog import CatalogRaster
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.editing import Window
from image_server_layer.tests.ui.knowing import LANDSAT, PART, UTM, known_service
from image_server_layer.tests.ui.picking import OpenPicker, read
from image_server_layer.tests.ui.waiting import delete
from image_server_layer.ui.common.thumbnail_store import SESSION
from image_server_layer.ui.entry.dialog import AddLayerDialog
from image_server_layer.ui.form.layer_form import LayerForm
from image_server_layer.ui.mosaic.raster_picker import RasterPicker
from image_server_layer.ui.service.service_section import ServiceSection


@pytest.fixture(autouse=True)
def no_pictures_by_themselves() -> None:
    """Let templates be a list, and services be without thumbnails: both ask by themselves, as their own tests see."""
    QgsSettings().setValue("image_server_layer/function_gallery", False)
    QgsSettings().setValue("image_server_layer/thumbnails", False)


@pytest.fixture
def dialog(project: QgsProject) -> Iterator[AddLayerDialog]:
    image_server_layer.start()
    # It asks by itself, which is for its own tests.
    QgsSettings().setValue("image_server_layer/preview", False)
    canvas = QgsMapCanvas()
    made = AddLayerDialog(canvas)
    made.present()
    yield made
    delete(made)
    delete(canvas)
    project.clear()
    image_server_layer.stop()


@pytest.fixture
def form(dialog: AddLayerDialog) -> LayerForm:
    return dialog.form


@pytest.fixture
def window(project: QgsProject) -> Iterator[Window]:
    """Return QGIS' window with the ways to change layers."""
    assert not project.mapLayers()
    image_server_layer.start()
    made = Window()
    yield made
    made.stop()
    project.clear()
    image_server_layer.stop()


@pytest.fixture
def service_section(project: QgsProject) -> Iterator[ServiceSection]:
    del project
    made = ServiceSection()
    made.show()
    made.activateWindow()
    yield made
    delete(made)


@pytest.fixture
def landsat(image_server: ImageServerProcess) -> ConnectedService:
    """Return what is known of the Landsat mosaic; the server's log is empty."""
    known = known_service(image_server, LANDSAT)
    image_server.clear()
    return known


@pytest.fixture
def canvas(qgis_canvas: QgsMapCanvas) -> QgsMapCanvas:
    """Return a map that shows a part of it."""
    qgis_canvas.setDestinationCrs(UTM)
    qgis_canvas.setExtent(QgsRectangle(*PART))
    return qgis_canvas


@pytest.fixture
def open_picker(image_server: ImageServerProcess, canvas: QgsMapCanvas, project: QgsProject) -> Iterator[OpenPicker]:
    """Return what opens the table of the rasters of a service, without a picture behind their footprints."""
    del project
    image_server_layer.start()
    QgsSettings().setValue("image_server_layer/preview", False)
    SESSION.clear()
    parent = QWidget()

    def opened(name: str = LANDSAT, chosen: tuple[int, ...] = ()) -> RasterPicker:
        known = known_service(image_server, name)
        picker = RasterPicker(known, [CatalogRaster(number, "", {}) for number in chosen], canvas, parent)
        picker.show()
        read(picker)
        return picker

    yield opened
    delete(parent)
    image_server_layer.stop()
