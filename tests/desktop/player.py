"""Play steps inside the real QGIS, one condition after the other, and write down what goes wrong.

Steps are a generator: it yields a condition to wait for, such as
`lambda: len(QgsProject.instance().mapLayers()) == 2`, while QGIS' event loop runs on.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Generator
from pathlib import Path
from types import TracebackType
from typing import Any

from qgis import utils
from qgis.PyQt.QtCore import QObject, QTimer

from .screen import SIZE

Condition = Callable[[], object]
Steps = Generator[Condition, None, Any]


class Report:
    """The file for the driver: what went wrong so far, empty when nothing did.

    `what` is a word for what is played: until it has finished, the file says that it did not come to its end.
    """

    def __init__(self, file: Path, what: str) -> None:
        self._file = file
        self._not_finished = f"The {what} did not come to its end."
        self._problems = [self._not_finished]
        self._write()

    def exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None, *_: object, **__: object
    ) -> None:
        """Note an exception; takes the place of QGIS' `showException`, which opens a dialog."""
        self.add("".join(traceback.format_exception(kind, error, trace)))

    def add(self, *problems: str) -> None:
        """Note problems."""
        self._problems += problems
        self._write()

    def finish(self) -> None:
        """Note that all was played."""
        self._problems.remove(self._not_finished)
        self._write()

    def _write(self) -> None:
        self._file.write_text("\n".join(self._problems), encoding="utf-8")


class Player(QObject):
    """Takes steps from condition to condition, each of which has `patience` seconds to come true, then leaves QGIS."""

    def __init__(self, steps: Steps, report: Report, patience: float) -> None:
        super().__init__()
        self._steps, self._report, self._patience = steps, report, patience
        self._condition: Condition = _window_is_ready
        self._deadline = time.monotonic() + patience
        self._clock = QTimer(self)
        self._clock.timeout.connect(self.go_on)
        self._clock.start(50)

    def go_on(self) -> None:
        """Look whether the condition has come true, and take the next step if so."""
        self._clock.stop()
        try:
            if self._condition():
                self._condition = next(self._steps)
                self._deadline = time.monotonic() + self._patience
            elif time.monotonic() > self._deadline:
                self._steps.throw(TimeoutError(f"Nothing came of it for {self._patience:.0f} s."))
        except StopIteration:
            self._report.finish()
            self.leave()
        except BaseException as error:
            self._report.exception(type(error), error, error.__traceback__)
            self.leave()
        else:
            self._clock.start()

    def leave(self) -> None:
        """Leave QGIS, in whatever state the steps have left it."""
        raise NotImplementedError


def _window_is_ready() -> bool:
    window = utils.iface.mainWindow()
    if not window.isVisible():
        return False
    window.setGeometry(0, 0, *SIZE)
    return not utils.iface.mapCanvas().isDrawing()
