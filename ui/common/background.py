"""Work off the main thread, of which only the latest result counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...plugin.service.background_task import BackgroundTask, Work
from ...plugin.service.errors import CanceledError, ImageServerLayerError
from ...plugin.service.warming import warm
from ...plugin.translation import tr


class Background(QObject):
    """Runs one piece of work at a time for its owner.

    A newer one supersedes it: its requests are canceled, and neither its result nor its error lands; nor do they after
    `cancel`, or when the owner is gone.
    """

    busy_changed = pyqtSignal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        # Tasks listen to this object and are deleted before it.
        warm(self)
        self._task: BackgroundTask | None = None

    @property
    def is_busy(self) -> bool:
        """Whether there is work whose result is still to come."""
        return self._task is not None

    def run(
        self,
        description: str,
        work: Work,
        on_done: Callable[[Any], None],
        on_failed: Callable[[ImageServerLayerError], None],
    ) -> None:
        """Do `work` on a thread of its own, then call `on_done` with its result, or `on_failed`, on the main thread.

        `description` is for the user, in QGIS' list of tasks.
        """
        self._abandon()
        self._task = BackgroundTask(description, work, lambda task: self._land(task, on_done, on_failed))
        self.destroyed.connect(self._task.give_up)
        self._task.start()
        self.busy_changed.emit(True)

    def cancel(self) -> None:
        """Stop the work under way, if any."""
        if self._task is not None:
            self._abandon()
            self.busy_changed.emit(False)

    def _abandon(self) -> None:
        task, self._task = self._task, None
        if task is not None and not sip.isdeleted(task):
            task.cancel()

    def _land(
        self, task: BackgroundTask, on_done: Callable[[Any], None], on_failed: Callable[[ImageServerLayerError], None]
    ) -> None:
        if sip.isdeleted(self) or task is not self._task:
            return
        self._task = None
        self.busy_changed.emit(False)
        if task.error is None:
            on_done(task.result)
        elif isinstance(task.error, CanceledError):
            on_failed(CanceledError(tr("This was canceled in QGIS' list of tasks.")))
        else:
            on_failed(task.error)
