"""Work off the main thread, of which only the latest result counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import QgsApplication, QgsFeedback, QgsTask
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..plugin.service.errors import CanceledError, ImageServerLayerError

Work = Callable[[QgsFeedback], Any]

# QGIS holds the C++ half of a task only.
_running: set[_Task] = set()


class Background(QObject):
    """Runs one piece of work at a time for its owner.

    A newer one supersedes it: its requests are cancelled, and neither its result nor its error lands; nor do they after
    `cancel`, or when the owner is gone.
    """

    busy_changed = pyqtSignal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._task: _Task | None = None

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
        task = self._task = _Task(description, work, lambda: self._land(task, on_done, on_failed))
        _running.add(task)
        QgsApplication.taskManager().addTask(task)
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
        self, task: _Task, on_done: Callable[[Any], None], on_failed: Callable[[ImageServerLayerError], None]
    ) -> None:
        if sip.isdeleted(self) or task is not self._task:
            return
        self._task = None
        self.busy_changed.emit(False)
        if task.error is None:
            on_done(task.result)
        # The user may also have cancelled it in QGIS' list of tasks.
        elif not isinstance(task.error, CanceledError):
            on_failed(task.error)


class _Task(QgsTask):
    """Does one piece of work; without a result it ends as cancelled."""

    def __init__(self, description: str, work: Work, on_end: Callable[[], None]) -> None:
        # Nothing is lost by it, so QGIS need not ask before it closes.
        super().__init__(description, QgsTask.Flag.CanCancel | QgsTask.Flag.CancelWithoutPrompt)
        self._feedback = QgsFeedback()
        self._work, self._on_end = work, on_end
        self.result: Any = None
        self.error: ImageServerLayerError | None = CanceledError("")
        self._defect: Exception | None = None

    def run(self) -> bool:
        """Do the work; QGIS calls this on a worker thread, where nothing may be raised."""
        try:
            self.result = self._work(self._feedback)
        except ImageServerLayerError as error:
            self.error = error
        except Exception as error:
            self._defect = error
        else:
            self.error = None
        return self.error is None

    def cancel(self) -> None:
        """Stop the request under way."""
        self._feedback.cancel()
        super().cancel()

    def finished(self, _: bool) -> None:
        """Report; QGIS calls this on the main thread."""
        _running.discard(self)
        self._on_end()
        # What nobody took, such as a layer, must not wait for the garbage collector: QGIS may be gone by then.
        self.result = None
        if self._defect is not None:
            raise self._defect
