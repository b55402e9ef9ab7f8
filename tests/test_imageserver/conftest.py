"""What the tests of the image server share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess
    from image_server_layer.tests.test_imageserver.client import Client

# pytest loads this file also where there is no GDAL, as its folder is called test….


@pytest.fixture(autouse=True)
def _gdal_raises() -> Iterator[None]:
    """Let GDAL raise exceptions, and afterwards be as it was."""
    from osgeo import gdal, osr

    silent = [module for module in (gdal, osr) if not module.GetUseExceptions()]
    for module in silent:
        module.UseExceptions()
    yield
    for module in reversed(silent):
        module.DontUseExceptions()


@pytest.fixture
def client(image_server: ImageServerProcess) -> Iterator[Client]:
    """A client of the image server, which has no requests, faults or delays."""
    from image_server_layer.tests.test_imageserver.client import Client

    client = Client(image_server)
    with client.session:
        yield client
