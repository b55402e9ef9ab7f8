"""The style of a window's widgets, given to them before the window is shown."""

from __future__ import annotations

import time
from collections.abc import Iterator

from qgis.PyQt import sip
from qgis.PyQt.QtWidgets import QWidget

# Seconds: how long widgets get their style before mouse, keyboard and painting have their turn.
_SLICE = 0.02


def polish(window: QWidget) -> Iterator[None]:
    """Let the widgets in a window have their style, some of them in each step.

    When it is shown, Qt would do so all at once; QGIS has a style sheet, each rule of which may be about each widget.
    """
    end = time.perf_counter() + _SLICE
    # What is in a widget before itself: with it, Qt takes all that is in it and has no style yet.
    for widget in reversed(window.findChildren(QWidget)):
        if not sip.isdeleted(widget) and not widget.isWindow():
            widget.ensurePolished()
        if time.perf_counter() > end:
            yield
            end = time.perf_counter() + _SLICE
