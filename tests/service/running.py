"""Running something as plugins do: in the main thread, or in one of QGIS' tasks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import QCoreApplication

Runner = Callable[[Callable[[], Any]], Any]


class _Job(QgsTask):
    def __init__(self, function: Callable[[], Any]) -> None:
        super().__init__()
        self._function = function
        self.outcome: list[Callable[[], Any]] = []

    def run(self) -> bool:
        try:
            result = self._function()
        except BaseException as error:  # noqa: BLE001: also what pytest raises, handed on to the main thread
            failure = error
            self.outcome.append(lambda: _raise(failure))
        else:
            self.outcome.append(lambda: result)
        return True


def _raise(error: BaseException) -> None:
    raise error


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
    return outcome[0]()
