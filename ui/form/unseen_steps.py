"""Much work on a widget, done step by step, of which nobody sees a part without the others."""

from __future__ import annotations

from collections.abc import Iterator

from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtWidgets import QWidget

from ...plugin.service.warming import warm


class UnseenSteps(QObject):
    """Goes through steps, each in a turn of its own, and lets the widget be painted after the last of them.

    Steps that raise are over, too: the widget is painted again in the turn after that.
    """

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        warm(self)
        self._widget = widget
        self._steps: Iterator[None] = iter(())
        # Started anew after each step: a timer that repeats would take two of them before others have their turn.
        self._next, self._painting = self._timer(), self._timer()
        self._next.timeout.connect(self.go_on)
        self._painting.timeout.connect(self._paint)

    @property
    def is_active(self) -> bool:
        """Whether there is still something to be done."""
        return self._next.isActive()

    def begin(self, steps: Iterator[None]) -> None:
        """Go through these steps, in place of those that are left."""
        self._widget.setUpdatesEnabled(False)
        self._steps = steps
        self._next.start()

    def go_on(self) -> None:
        """Do the next step now."""
        self._next.start()
        if next(self._steps, self) is self:
            self.stop()

    def finish(self) -> None:
        """Do all that is left now."""
        while self.is_active:
            self.go_on()

    def stop(self) -> None:
        """Leave what is left undone, and let the widget be painted."""
        self._next.stop()
        self._widget.setUpdatesEnabled(True)

    def paint_later(self) -> None:
        """Let the widget be painted in a turn of its own, after what others have to paint."""
        self._widget.setUpdatesEnabled(False)
        self._painting.start()

    def _paint(self) -> None:
        if not self.is_active:
            self._widget.setUpdatesEnabled(True)

    def _timer(self) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(0)
        warm(timer)
        return timer
