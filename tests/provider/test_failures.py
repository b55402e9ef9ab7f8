"""When the service does not answer: nothing is drawn, one sentence says why, and it is asked again."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
from qgis.core import QgsProject, QgsRasterBlockFeedback, QgsRectangle

from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.provider.failure_watch import FailureWatch
from image_server_layer.plugin.provider.session import FAILURES
from image_server_layer.plugin.service.access import Access
from image_server_layer.tests.patience import soon
from image_server_layer.tests.provider.drawing import drawn, finished, started, wait
from image_server_layer.tests.provider.sources import layer_of, native_view
from image_server_layer.tests.reading import qgis_pixels
from image_server_layer.tests.truth import NORTH_WEST, landsat_extent, mosaic

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess


@pytest.mark.parametrize("kind", Kind)
def test_a_failed_view_draws_nothing_says_so_once_and_is_asked_again(
    image_server: ImageServerProcess, kind: Kind
) -> None:
    layer = layer_of(image_server, "Olinda/Landsat", kind)
    image_server.fault("json_error", code=400, message="The raster is on holiday")
    pixels, errors = drawn(layer)
    assert not pixels[3].any()
    assert len(errors) == 1
    assert "The raster is on holiday" in errors[0]
    assert len(image_server.requests(operation="exportImage")) == 1
    image_server.reset()
    pixels, errors = drawn(layer)
    assert errors == []
    assert (pixels[3] == 255).all()


def test_what_came_of_a_view_is_drawn_and_only_the_rest_is_asked_again(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Test/Huge")
    extent = native_view(layer.dataProvider().source, 1000, 1000, 800, 400)
    image_server.fault("json_error", times=1, after=1, code=400, message="One is missing")
    pixels, errors = drawn(layer, extent, (800, 400))
    assert len(errors) == 1
    assert sorted(np.unique(pixels[3])) == [0, 255]
    assert (pixels[3] > 0).mean() == 0.75
    image_server.clear()
    pixels, errors = drawn(layer, extent, (800, 400))
    assert errors == []
    assert (pixels[3] == 255).all()
    assert [request.query["size"] for request in image_server.requests()] == ["800,100"]


@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        (Kind.VALUES, {"kind": "html"}),
        (Kind.VALUES, {"kind": "empty"}),
        (Kind.VALUES, {"kind": "truncate"}),
        (Kind.VALUES, {"kind": "size", "columns": 10, "rows": 10}),
        (Kind.VALUES, {"kind": "bands", "count": 1}),
        (Kind.PICTURE, {"kind": "html"}),
        (Kind.PICTURE, {"kind": "truncate"}),
        (Kind.PICTURE, {"kind": "size", "columns": 10, "rows": 10}),
    ],
)
def test_no_wrong_pixel_is_drawn(image_server: ImageServerProcess, kind: Kind, fault: dict[str, object]) -> None:
    layer = layer_of(image_server, "Olinda/Landsat", kind)
    image_server.fault(**fault)  # type: ignore[arg-type]
    pixels, errors = drawn(layer)
    assert not pixels[3].any()
    assert len(errors) == 1


def test_a_script_gets_no_data_and_the_sentence(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    image_server.fault("json_error", code=400, message="Not today")
    feedback = QgsRasterBlockFeedback()
    provider = layer.dataProvider()
    blocks = [provider.block(band, layer.extent(), 349, 352, feedback) for band in range(1, 7)]
    assert all(block.isNoData(0, 0) and block.isNoData(351, 348) for block in blocks)
    assert len(feedback.errors()) == 1
    assert "Not today" in feedback.errors()[0]
    assert len(image_server.requests()) == 1
    provider.block(1, layer.extent(), 349, 352, feedback)
    assert len(image_server.requests()) == 2
    for _ in range(2):
        provider.block(2, layer.extent(), 349, 352, feedback)
    assert len(image_server.requests()) == 3


@pytest.mark.parametrize("kind", Kind)
def test_a_canceled_drawing_ends_at_once(image_server: ImageServerProcess, kind: Kind) -> None:
    layer = layer_of(image_server, "Olinda/Landsat", kind, access=Access(timeout=30.0))
    image_server.fault("hang")
    job = started(layer, layer.extent(), (349, 352))
    wait(lambda: bool(image_server.requests()))
    with soon():
        job.cancel()
    image_server.reset()
    pixels, errors = drawn(layer)
    assert errors == []
    assert (pixels[3] == 255).all()


def test_who_waits_for_anothers_request_can_be_canceled_alone(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat", access=Access(timeout=60.0))
    image_server.fault("hang")
    first = started(layer, layer.extent(), (349, 352))
    wait(lambda: bool(image_server.requests()))
    second = started(layer, layer.extent(), (349, 352))
    threading.Event().wait(0.2)
    with soon():
        second.cancel()
    image_server.release()
    pixels, errors = finished(first)
    assert errors == []
    assert (pixels[3] == 255).all()


def test_the_main_thread_is_told_once_and_when_it_is_over(
    image_server: ImageServerProcess, project: QgsProject
) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    layer.setName("Coast")
    project.addMapLayer(layer)
    watch = FailureWatch(project, FAILURES)
    told: list[tuple[str, ...]] = []
    watch.failed.connect(lambda *news: told.append(news))
    watch.recovered.connect(lambda layer_id: told.append((layer_id,)))
    watch.start()
    image_server.fault("json_error", code=400, message="Broken disk", details=["sector 7"])
    for _ in range(3):
        drawn(layer)
    wait(lambda: bool(told))
    watch.look()
    (news,) = told
    assert news[0] == layer.id()
    assert "“Coast”" in news[1]
    assert "Broken disk" in news[1]
    image_server.reset()
    drawn(layer)
    wait(lambda: len(told) == 2)
    assert told[1] == (layer.id(),)
    watch.stop()


def test_a_removed_layer_takes_its_message_along(image_server: ImageServerProcess, project: QgsProject) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    project.addMapLayer(layer)
    layer_id = layer.id()
    watch = FailureWatch(project, FAILURES)
    gone: list[str] = []
    watch.recovered.connect(gone.append)
    image_server.fault("json_error", code=400)
    drawn(layer)
    watch.look()
    del layer
    project.removeMapLayer(layer_id)
    watch.look()
    assert gone == [layer_id]
    watch.look()
    assert FAILURES.now() == {}


def test_an_error_is_never_kept_as_pixels(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    image_server.fault("json_error", times=1, code=400)
    box = QgsRectangle(*landsat_extent(0, 0, 100, 100))
    assert layer.dataProvider().block(1, box, 100, 100).isNoData(0, 0)
    np.testing.assert_array_equal(qgis_pixels(layer, box, (100, 100)), mosaic(NORTH_WEST)[:, :100, :100])
