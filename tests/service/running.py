"""Running something as plugins do: in the main thread, or in one of QGIS' tasks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import QCoreApplication

from image_server_layer.plugin.service.errors import ImageServerLayerError

Runner = Callable[[Callable[[], Any]], Any]


class _Job(QgsTask):
    def __init__(self, function: Callable[[], Any]) -> None:
        super().__init__()
        self._function = function
        self.outcome: list[Any] = []

    def run(self) -> bool:
        try:
            self.outcome.append(self._function())
        except ImageServerLayerError as error:
            self.outcome.append(error)
        return True


def in_main_thread(function: Callable[[], Any]) -> Any:
    """Return what the function returns, or raise what it raises."""
    return function()


def in_task(function: Callable[[], Any]) -> Any:
    """Do the same in a worker thread, while the main thread handles its events."""
    job = _Job(function)
    outcome = job.outcome
    QgsApplication.taskManager().addTask(job)
    while not outcome:
        QCoreApplication.processEvents()
    if isinstance(outcome[0], ImageServerLayerError):
        raise outcome[0]
    return outcome[0]
