"""What the tests of the transport share. Loaded without QGIS too, where only plain modules are tested."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess
    from image_server_layer.tests.service.running import Runner


@pytest.fixture(params=["main thread", "task"])
def run(request: pytest.FixtureRequest) -> Runner:
    """Return a function that runs something there."""
    from image_server_layer.tests.service.running import in_main_thread, in_task

    return in_task if request.param == "task" else in_main_thread


@pytest.fixture
def url(image_server: ImageServerProcess) -> str:
    """Return the address of the service that is asked."""
    return image_server.service("Olinda/Landsat")
