"""What the tests of the provider share: the provider registered, and no defect that only the message log knows of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtCore import QCoreApplication

from image_server_layer.plugin.provider import registration


@pytest.fixture(autouse=True)
def _provider() -> Iterator[None]:
    registration.start()
    yield
    registration.stop()


@pytest.fixture(autouse=True)
def _defects() -> Iterator[None]:
    """Fail a test during which a method of the provider would have raised."""
    found: list[str] = []

    def note(text: str, *_: object) -> None:
        if "Traceback" in text:
            found.append(text)

    log = QgsApplication.messageLog()
    received = log.messageReceived[str, str, Qgis.MessageLevel]
    received.connect(note)
    yield
    QCoreApplication.processEvents()
    received.disconnect(note)
    assert not found, "\n".join(found)
