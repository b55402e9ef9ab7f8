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

    A newer one supersedes it: its requests are cancelled, and neither its result nor its error lands. The same goes for
    `cancel`, and for an owner that is gone by then.
    """

    busy_changed = pyqtSignal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        # A list, as attributes cannot be relied on when the owner is being destroyed.
        self._current: list[_Task] = []
        current = self._current
        self.destroyed.connect(lambda: _abandon(current))

    @property
    def is_busy(self) -> bool:
        """Whether there is work whose result is still to come."""
        return bool(self._current)

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
        _abandon(self._current)
        task = _Task(description, work, lambda: self._land(task, on_done, on_failed))
        self._current.append(task)
        _running.add(task)
        QgsApplication.taskManager().addTask(task)
        self.busy_changed.emit(True)

    def cancel(self) -> None:
        """Stop the work under way, if any."""
        if self._current:
            _abandon(self._current)
            self.busy_changed.emit(False)

    def _land(
        self, task: _Task, on_done: Callable[[Any], None], on_failed: Callable[[ImageServerLayerError], None]
    ) -> None:
        if sip.isdeleted(self) or task not in self._current:
            return
        self._current.clear()
        self.busy_changed.emit(False)
        if task.error is None:
            on_done(task.result)
        # The user may also have cancelled it in QGIS' list of tasks.
        elif not isinstance(task.error, CanceledError):
            on_failed(task.error)


def _abandon(tasks: list[_Task]) -> None:
    """Cancel what is under way; what is out of the list does not land."""
    given_up = list(tasks)
    tasks.clear()
    for task in given_up:
        if not sip.isdeleted(task):
            task.cancel()


class _Task(QgsTask):
    """Does one piece of work; without a result it ends as cancelled."""

    def __init__(self, description: str, work: Work, on_end: Callable[[], None]) -> None:
        super().__init__(description, QgsTask.Flag.CanCancel)
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
        if self._defect is not None:
            raise self._defect
