"""Let QGIS work until something has happened."""

from __future__ import annotations

import time
from collections.abc import Callable

from qgis.PyQt import sip
from qgis.PyQt.QtCore import QEventLoop, QObject, QTimer
from qgis.PyQt.QtWidgets import QApplication

# On a machine that has too much to do, what takes a moment elsewhere may take half a minute; what hangs, hangs longer.
PATIENCE = 60.0


def wait_until(condition: Callable[[], object], seconds: float = PATIENCE) -> None:
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


def as_soon_as(condition: Callable[[], object], do: Callable[[], None]) -> None:
    """Do something once the condition holds, in whatever event loop runs then: that of a menu, for example."""

    def look() -> None:
        if condition():
            do()
        else:
            QTimer.singleShot(10, look)

    QTimer.singleShot(0, look)
