"""Rows of a tree that come a few at a time, so that thousands of them keep nobody waiting."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable, Iterator

from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer
from qgis.PyQt.QtWidgets import QTreeWidget, QTreeWidgetItem

from ...plugin.service.warming import warm

# In seconds: how long rows are made before mouse, keyboard and painting get their turn.
_SLICE = 0.008
# The fewest rows in a slice: as many as can be seen at once.
_LEAST = 40


class RowsInSlices(QObject):
    """Adds rows to a tree: as many as can be seen at once, the others below them whenever there is nothing else to do.

    An item that goes takes along what is still to come of it.
    """

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        warm(self)
        self._tree = tree
        self._waiting: deque[tuple[QTreeWidgetItem, Iterator[QTreeWidgetItem]]] = deque()
        self._timer = QTimer(self)
        # Started anew after each slice: a timer that repeats would add two of them before others have their turn.
        self._timer.setSingleShot(True)
        self._timer.setInterval(0)
        warm(self._timer)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_busy(self) -> bool:
        """Whether rows are still to come."""
        return bool(self._waiting)

    def add(self, parent: QTreeWidgetItem, rows: Iterable[QTreeWidgetItem]) -> None:
        """Add rows below an item; they are made as they are added, and must have no parent."""
        made = iter(rows)
        if not _add_some(parent, made):
            self._waiting.append((parent, made))
            self._timer.start()

    def stop(self) -> None:
        """Add no more."""
        self._waiting.clear()
        self._timer.stop()

    def _go_on(self) -> None:
        parent, made = self._waiting[0]
        if sip.isdeleted(parent) or _add_some(parent, made):
            self._waiting.popleft()
        if self._waiting:
            self._timer.start()


def _add_some(parent: QTreeWidgetItem, made: Iterator[QTreeWidgetItem]) -> bool:
    """Add rows for a moment; return whether those were all."""
    end, rows, are_all = time.perf_counter() + _SLICE, [], True
    for row in made:
        rows.append(row)
        if len(rows) >= _LEAST and time.perf_counter() > end:
            are_all = False
            break
    # All at once, which emits one signal.
    parent.addChildren(rows)
    return are_all
