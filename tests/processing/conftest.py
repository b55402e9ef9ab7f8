"""What the tests of the algorithms share: the plugin switched on, in an initialized Processing."""

from __future__ import annotations

import warnings
from collections.abc import Iterator

import pytest
from qgis.core import QgsProject

import image_server_layer


@pytest.fixture(scope="session")
def _processing(request: pytest.FixtureRequest) -> None:
    """Initialize Processing, some of whose modules use what Python or Qt have come to warn of."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        request.getfixturevalue("qgis_processing")


@pytest.fixture(autouse=True)
def _algorithms(_processing: None, project: QgsProject) -> Iterator[None]:  # noqa: ARG001
    """Switch the plugin on, without a window, for one test with an empty project."""
    image_server_layer.start()
    yield
    image_server_layer.stop()
