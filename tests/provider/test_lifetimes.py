"""Who holds whom: clones, layers and projects that go while they are drawn."""

from __future__ import annotations

import gc
import time
from typing import TYPE_CHECKING, Any

import numpy as np
from qgis.core import QgsMapRendererParallelJob, QgsProject, QgsRasterLayer
from qgis.PyQt import sip

from image_server_layer.plugin.backend.source import Kind, LayerSource
from image_server_layer.plugin.provider.keeper import KEEPER
from image_server_layer.plugin.provider.layers import make_layer
from image_server_layer.plugin.provider.raster_provider import ImageServerProvider
from image_server_layer.plugin.provider.session import READER
from image_server_layer.tests.provider.drawing import finished, started, wait
from image_server_layer.tests.provider.sources import layer_of, native_view, source_of
from image_server_layer.tests.truth import NORTH_WEST, mosaic

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess


def alive() -> int:
    """Return how many providers there are."""
    gc.collect()
    return sum(isinstance(thing, ImageServerProvider) for thing in gc.get_objects())


def test_many_drawings_at_a_time_are_right_and_leave_one_provider(image_server: ImageServerProcess) -> None:
    assert alive() == 0
    layer = layer_of(image_server, "Test/Huge")
    source = layer.dataProvider().source
    views = [native_view(source, 1000 + 90 * number, 700, 120, 80) for number in range(24)]
    shown: dict[int, bytes] = {}
    waiting = [*range(24)] * 10
    jobs: list[tuple[int, QgsMapRendererParallelJob]] = []
    done = 0
    while waiting or jobs:
        while waiting and len(jobs) < 6:
            number = waiting.pop()
            if len(waiting) % 40 == 0:
                layer.reload()
            jobs.append((number, started(layer, views[number], (120, 80))))
            if len(waiting) % 4 == 0:
                gc.collect()
        number, (pixels, errors) = _first(jobs)
        assert errors == []
        assert (pixels[3] == 255).all()
        assert shown.setdefault(number, pixels.tobytes()) == pixels.tobytes()
        done += 1
    assert done == 240
    assert len(set(shown.values())) == 24
    assert alive() == 1
    del layer
    assert alive() == 0
    assert READER.views.size == 0


def _first(jobs: list[tuple[int, QgsMapRendererParallelJob]]) -> tuple[int, tuple[Any, list[str]]]:
    number, job = jobs.pop(0)
    return number, finished(job)


def test_layers_removed_in_mid_drawing_leave_nothing(image_server: ImageServerProcess, project: QgsProject) -> None:
    source = source_of(image_server, "Test/Huge")
    image_server.settings(latency=0.02)
    for number in range(100):
        _remove_in_mid_drawing(project, source, number)
    assert alive() == 0
    assert READER.views.size == 0


def _remove_in_mid_drawing(project: QgsProject, source: LayerSource, number: int) -> None:
    layer = make_layer(source, f"layer {number}")
    project.addMapLayer(layer)
    job = started(layer, native_view(source, 10 * number, 0, 300, 200), (300, 200))
    if number % 2:
        time.sleep(0.01 * (number % 7))
    project.removeMapLayer(layer)
    job.cancelWithoutBlocking()
    if number % 3 == 0:
        gc.collect()
    wait(lambda: not job.isActive())
    assert sip.isdeleted(layer)


def test_a_project_cleared_in_mid_drawing_leaves_nothing(image_server: ImageServerProcess, project: QgsProject) -> None:
    source = source_of(image_server, "Olinda/Landsat")
    image_server.settings(latency=0.3)
    project.addMapLayers([make_layer(source, f"layer {number}") for number in range(10)])
    jobs = [
        started(layer, layer.extent(), (349 - number, 352)) for number, layer in enumerate(project.mapLayers().values())
    ]
    project.clear()
    while jobs:
        finished(jobs.pop())
    assert alive() == 0


def test_a_clone_is_the_same_layer(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    provider = layer.dataProvider()
    provider.setUseSourceNoDataValue(1, True)
    copy = layer.clone()
    assert isinstance(copy, QgsRasterLayer)
    other = copy.dataProvider()
    assert isinstance(other, ImageServerProvider)
    assert other is not provider
    assert other.source is provider.source or other.source == provider.source
    by_script = provider.clone()
    assert by_script.source is provider.source
    assert by_script.useSourceNoDataValue(1)
    del layer
    gc.collect()
    pixels, errors = finished(started(copy, copy.extent(), (349, 352)))
    assert errors == []
    assert (pixels[3] == 255).all()
    assert by_script.block(1, by_script.extent(), 349, 352).value(7, 9) == mosaic(NORTH_WEST)[0, 7, 9]
    assert image_server.requests(operation="exportImage")[0].query["size"] == "349,352"


def test_blocks_that_a_script_asks_for_are_its_own(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat", Kind.PICTURE)
    before = _held()
    blocks = [layer.dataProvider().block(1, layer.extent(), 349, 352) for _ in range(20)]
    clones = [layer.dataProvider().clone() for _ in range(3)]
    assert all(block.isValid() for block in blocks)
    assert _held() == before
    assert alive() == 4
    blocks.clear()
    clones.clear()
    assert alive() == 1


def _held() -> int:
    """Return how many things the keeper holds."""
    gc.collect()
    return len(gc.get_referents(KEEPER))


def test_blocks_that_qgis_asks_for_go_when_it_is_done(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    before = _held()
    for _ in range(3):
        finished(started(layer, layer.extent(), (349, 352)))
    assert _held() == before
    np.testing.assert_array_equal(alive(), 1)
