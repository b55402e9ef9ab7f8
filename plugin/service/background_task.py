"""Work off the main thread, as QGIS' task manager runs and lists it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from qgis.core import QgsApplication, QgsFeedback, QgsTask
from qgis.PyQt.QtCore import QTimer, pyqtSlot

from ..translation import tr
from .defects import defect_error, log_defect
from .errors import CanceledError, ImageServerLayerError
from .plain_text import markless_line
from .warming import warm

Work = Callable[[QgsFeedback], Any]

# QGIS holds the C++ half of a task only.
_running: set[BackgroundTask] = set()


class BackgroundTask(QgsTask):
    """Does one piece of work; afterwards there is a `result`, or `error` says why not.

    If the task was canceled or never ran, `error` is a `CanceledError`.

    Args:
        description: for the user, in QGIS' list of tasks.
        work: is called on a worker thread, with a feedback that `cancel` cancels.
        on_end: is called on the main thread with the task itself, whatever became of it.
    """

    def __init__(self, description: str, work: Work, on_end: Callable[[BackgroundTask], None]) -> None:
        # Nothing is lost by it, so QGIS need not ask before it closes.
        super().__init__(markless_line(description), QgsTask.Flag.CanCancel | QgsTask.Flag.CancelWithoutPrompt)
        self._feedback = QgsFeedback()
        warm(self, self._feedback)
        self._work, self._on_end = work, on_end
        self.result: Any = None
        self.error: ImageServerLayerError | None = CanceledError(tr("This was canceled."))

    def start(self) -> None:
        """Hand the task to QGIS."""
        _running.add(self)
        QgsApplication.taskManager().addTask(self)

    def run(self) -> bool:
        """Do the work; QGIS calls this on a worker thread, where nothing may be raised."""
        try:
            self.result = self._work(self._feedback)
        except ImageServerLayerError as error:
            self.error = error
        except Exception as error:
            # A fault of the plugin's own. Never "canceled", and never silent.
            log_defect(error)
            self.error = defect_error(error)
        else:
            self.error = None
        return self.error is None

    def cancel(self) -> None:
        """Stop the request under way."""
        self._feedback.cancel()
        super().cancel()

    # A C++ slot, which can also be called while the object that asked for the work is being deleted.
    @pyqtSlot()  # type: ignore[untyped-decorator]
    def give_up(self) -> None:
        """Stop the request under way, as nobody needs the result any more."""
        self.cancel()

    def finished(self, _: bool) -> None:
        """Report the end; QGIS calls this on the main thread.

        It reports by a timer: a task that is added while QGIS handles the end of another may never begin
        (qgis/QGIS#53806).
        """
        # Not the method itself: it would be dropped together with the task's C++ half.
        QTimer.singleShot(0, partial(BackgroundTask._report, self))

    def _report(self) -> None:
        _running.discard(self)
        self._on_end(self)
        # What nobody took, such as a layer, must not wait for the garbage collector: QGIS may be gone by then.
        self.result = None
