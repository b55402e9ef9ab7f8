"""Layers of ready-made tiles on the threads that QGIS draws on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from image_server_layer import make_image_server_layer
from image_server_layer.tests.patience import meanwhile, soon
from image_server_layer.tests.provider.drawing import drawn, finished, started, wait

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")
SIZE = (301, 203)


def test_tiles_are_asked_for_several_at_a_time_and_once_each(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Test/LercTiles"))
    image_server.fault("hang", match="/tile/")
    image_server.clear()
    meanwhile(lambda: len(image_server.requests("/tile/")) >= 4, image_server.release)
    pixels, errors = drawn(layer)
    asked = [record.path for record in image_server.requests("/tile/")]
    assert errors == []
    assert len(asked) == len(set(asked)) == 24
    # White is what is masked, and the tile that is missing.
    assert (pixels[3] == 0).sum() > 64 * 64


def test_a_drawing_that_is_canceled_asks_for_no_more_tiles(image_server: ImageServerProcess) -> None:
    layer = make_image_server_layer(image_server.service("Test/LercTiles"))
    image_server.fault("hang", match="/tile/")
    image_server.clear()
    job = started(layer, layer.extent(), SIZE)
    wait(lambda: bool(image_server.requests("/tile/")))
    with soon():
        job.cancelWithoutBlocking()
        finished(job)
    assert len(image_server.requests("/tile/")) < 24
    image_server.release()
    pixels, errors = drawn(layer)
    assert errors == []
    assert (pixels[3] > 0).any()
