"""What the tests of picture layers share: the plugin switched on, and a way to draw."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import image_server_layer


@pytest.fixture
def plugin() -> Iterator[None]:
    """Switch the plugin on, without a window, for one test."""
    image_server_layer.start()
    yield
    image_server_layer.stop()
