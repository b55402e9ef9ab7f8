"""Let QGIS work until something has happened."""

from __future__ import annotations

import time
from collections.abc import Callable

from qgis.PyQt import sip
from qgis.PyQt.QtCore import QEventLoop, QObject
from qgis.PyQt.QtWidgets import QApplication


def wait_until(condition: Callable[[], object], seconds: float = 20.0) -> None:
    """Process events until the condition holds; fail after some seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "Nothing came of it."
        QApplication.processEvents()
        time.sleep(0.002)


def let_pass(seconds: float) -> None:
    """Process events for a while, in which nothing is to happen."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.002)


def delete(thing: QObject) -> None:
    """Delete an object as QGIS does, from the event loop.

    `sip.delete` would hold Python's lock meanwhile, for which a request that ends at that moment may have to wait.
    """
    if sip.isdeleted(thing):
        return
    loop = QEventLoop()
    thing.destroyed.connect(loop.quit)
    thing.deleteLater()
    loop.exec()
