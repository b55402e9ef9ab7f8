"""Plan a layer in the background, with QGIS' own progress and cancel."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsFeedback, QgsTask

from ..plugin.layer.plan import LayerPlan
from ..plugin.service.errors import CanceledError, ImageServerLayerError


class PlanTask(QgsTask):
    """Runs `work` on a thread of its own, then calls `on_done` or `on_failed` on the main thread.

    A cancelled task calls neither. The caller keeps a reference until then.
    """

    def __init__(
        self,
        description: str,
        work: Callable[[QgsFeedback], LayerPlan],
        on_done: Callable[[LayerPlan], None],
        on_failed: Callable[[ImageServerLayerError], None],
    ) -> None:
        super().__init__(description, QgsTask.Flag.CanCancel)
        self._feedback = QgsFeedback()
        self._work, self._on_done, self._on_failed = work, on_done, on_failed
        self._plan: LayerPlan | None = None
        self._error: ImageServerLayerError | None = None
        self._defect: Exception | None = None

    def run(self) -> bool:
        """Do the work; QGIS calls this on a worker thread, where nothing may be raised."""
        try:
            self._plan = self._work(self._feedback)
        except ImageServerLayerError as error:
            self._error = error
        except Exception as error:
            self._defect = error
        return self._plan is not None

    def cancel(self) -> None:
        """Stop the request under way."""
        self._feedback.cancel()
        super().cancel()

    def finished(self, _: bool) -> None:
        """Report; QGIS calls this on the main thread."""
        if self._defect is not None:
            raise self._defect
        if self._plan is not None and not self.isCanceled():
            self._on_done(self._plan)
        elif self._error is not None and not isinstance(self._error, CanceledError):
            self._on_failed(self._error)
