"""The plugin leaves while its layers are drawn, and comes back."""

from __future__ import annotations

import pytest
from qgis.core import QgsMapRendererParallelJob, QgsMapSettings, QgsProject, QgsRasterLayer, QgsRectangle
from qgis.PyQt.QtCore import QSize

import image_server_layer
from image_server_layer import make_image_server_layer
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.picture.drawing import drawn


@pytest.fixture
def layer(project: QgsProject, image_server: ImageServerProcess) -> QgsRasterLayer:
    assert not project.mapLayers()
    image_server_layer.start()
    url = image_server.service("Olinda/Landsat")
    layer = make_image_server_layer(url, band_index="4;3;2", provider="arcgismapserver")
    image_server_layer.stop()
    return layer


def part_of(layer: QgsRasterLayer, share: float) -> QgsRectangle:
    """Return a part that was not drawn before, so that no cache answers."""
    extent = QgsRectangle(layer.extent())
    extent.scale(share)
    return extent


def test_without_the_plugin_nothing_is_drawn_and_with_it_again_everything(layer: QgsRasterLayer) -> None:
    pixels, _ = drawn(layer, part_of(layer, 0.9))
    assert not pixels[3].any()
    image_server_layer.start()
    pixels, errors = drawn(layer, part_of(layer, 0.8))
    image_server_layer.stop()
    assert errors == []
    assert pixels[3].all()


def test_it_can_leave_and_return_while_layers_are_drawn(
    layer: QgsRasterLayer, image_server: ImageServerProcess
) -> None:
    image_server.settings(latency=0.02)
    jobs = []
    for number in range(12):
        settings = QgsMapSettings()
        settings.setLayers([layer])
        settings.setDestinationCrs(layer.crs())
        settings.setExtent(part_of(layer, 0.95 - number / 20))
        settings.setOutputSize(QSize(200, 200))
        jobs.append(QgsMapRendererParallelJob(settings))
    for job in jobs:
        job.start()
        image_server_layer.start()
        image_server_layer.stop()
    for job in jobs:
        job.waitForFinished()
    asked = {request.operation for request in image_server.requests()}
    assert asked <= {"", "exportImage"}


def test_whoever_starts_it_twice_stops_it_twice(layer: QgsRasterLayer) -> None:
    image_server_layer.start()
    image_server_layer.start()
    image_server_layer.stop()
    pixels, _ = drawn(layer, part_of(layer, 0.7))
    image_server_layer.stop()
    image_server_layer.stop()
    assert pixels[3].all()
