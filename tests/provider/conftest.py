"""What the tests of the provider share: the provider registered, and no defect that only the message log knows of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from qgis.core import QgsApplication
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
    log.messageReceived[str, str, log_level()].connect(note)
    yield
    QCoreApplication.processEvents()
    log.messageReceived[str, str, log_level()].disconnect(note)
    assert not found, "\n".join(found)


def log_level() -> type:
    """Return the type of the level in the signal of QGIS' message log."""
    from qgis.core import Qgis

    return Qgis.MessageLevel
