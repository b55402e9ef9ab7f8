"""What the tests of the algorithms share: the plugin switched on, in an initialised Processing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.core import QgsProject

import image_server_layer


@pytest.fixture(autouse=True)
def _algorithms(qgis_processing: None, project: QgsProject) -> Iterator[None]:  # noqa: ARG001
    """Switch the plugin on, without a window, for one test with an empty project."""
    image_server_layer.start()
    yield
    image_server_layer.stop()
