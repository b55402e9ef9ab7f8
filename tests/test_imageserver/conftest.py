"""What the tests of the image server share."""

from __future__ import annotations

import pytest
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.test_imageserver.client import Client


@pytest.fixture
def client(image_server: ImageServerProcess) -> Client:
    return Client(image_server)
