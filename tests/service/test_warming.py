"""The deadlock between Python's lock and Qt's: no object of ours makes Qt wait for Python while it deletes another."""

from __future__ import annotations

from qgis.PyQt.QtCore import QObject, QTimer

from image_server_layer.plugin.service.warming import warm, warm_all
from image_server_layer.tests.warmth import cold_below, is_warm


def test_an_object_that_python_made_is_cold_until_it_is_warmed() -> None:
    thing = QObject()
    assert not is_warm(thing)
    warm(thing)
    assert is_warm(thing)


def test_all_below_an_object_are_warmed() -> None:
    root = QObject()
    QTimer(QObject(root)).setObjectName("deep")
    assert len(cold_below(root)) == 3
    warm_all(root)
    assert cold_below(root) == []
