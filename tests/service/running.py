"""Running something as plugins do: in the main thread, in one of QGIS' tasks, or in another thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from qgis.core import QgsApplication, QgsTask
from qgis.PyQt.QtCore import QCoreApplication, QThread

Runner = Callable[[Callable[[], Any]], Any]


class _Outcome:
    """What became of a function that is called in another thread."""

    def __init__(self, function: Callable[[], Any]) -> None:
        self._function = function
        self.outcome: list[Callable[[], Any]] = []

    def find_out(self) -> None:
        """Call the function."""
        try:
            result = self._function()
        except BaseException as error:  # also what pytest raises, handed on to the main thread
            failure = error
            self.outcome.append(lambda: _raise(failure))
        else:
            self.outcome.append(lambda: result)

    def wait(self) -> Any:
        """Return what it returns, or raise what it raises, while the main thread handles its events."""
        while not self.outcome:
            QCoreApplication.processEvents()
        return self.outcome[0]()


class _Job(QgsTask):
    def __init__(self, outcome: _Outcome) -> None:
        super().__init__()
        self._outcome = outcome

    def run(self) -> bool:
        self._outcome.find_out()
        return True


class _Thread(QThread):
    def __init__(self, outcome: _Outcome) -> None:
        super().__init__()
        self._outcome = outcome

    def run(self) -> None:
        self._outcome.find_out()


def _raise(error: BaseException) -> None:
    raise error


def in_main_thread(function: Callable[[], Any]) -> Any:
    """Return what the function returns, or raise what it raises."""
    return function()


def in_task(function: Callable[[], Any]) -> Any:
    """Do the same in a task of QGIS', on a thread of a pool."""
    outcome = _Outcome(function)
    job = _Job(outcome)
    QgsApplication.taskManager().addTask(job)
    return outcome.wait()


def in_qthread(function: Callable[[], Any]) -> Any:
    """Do the same in a thread of Qt's."""
    outcome = _Outcome(function)
    thread = _Thread(outcome)
    thread.start()
    try:
        return outcome.wait()
    finally:
        thread.wait()


def in_python_thread(function: Callable[[], Any]) -> Any:
    """Do the same in a thread that Qt does not know."""
    outcome = _Outcome(function)
    thread = threading.Thread(target=outcome.find_out)
    thread.start()
    try:
        return outcome.wait()
    finally:
        thread.join()
