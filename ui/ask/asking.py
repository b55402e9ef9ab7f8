"""Points are asked for in the background, one after another; the next click puts an end to it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from qgis.core import QgsFeedback
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...plugin.backend.source import LayerSource
from ...plugin.layer.pixel import AskedService, Point, read_pixel, read_service
from ...plugin.layer.profile import Profile
from ...plugin.layer.slice_profile import read_profile
from ...plugin.service.errors import AuthenticationError, CanceledError, ImageServerLayerError
from ...plugin.service.multidimensional import is_time
from ...plugin.service.warming import warm
from ...plugin.translation import tr
from ..common.background import Background
from .asked_point import AskedPoint

# How many layers' services are kept.
_MOST_KNOWN = 20


class _Question(NamedTuple):
    """What goes to the thread that asks: plain values only."""

    key: str
    source: LayerSource
    there: Point
    known: AskedService | None


class _Outcome(NamedTuple):
    """What came back for a point."""

    asked: AskedService | None
    found: Any
    error: ImageServerLayerError | None


class Asking(QObject):
    """Fills points with what their services say. `answered` tells that some have changed; `busy_changed` as it says."""

    answered = pyqtSignal()
    busy_changed = pyqtSignal(bool)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._pixels, self._profiles = Background(self), Background(self)
        # By the layer's source, which changes when the layer is edited.
        self._known: OrderedDict[str, AskedService] = OrderedDict()
        for background in (self._pixels, self._profiles):
            background.busy_changed.connect(self._tell_busy)
        warm(self)

    @property
    def is_busy(self) -> bool:
        """Whether something is still to come."""
        return self._pixels.is_busy or self._profiles.is_busy

    def ask(self, points: Sequence[AskedPoint]) -> None:
        """Ask for these points, in place of whatever is being asked for."""
        self._profiles.cancel()
        self._run(self._pixels, tr("Asking for the pixel at a point"), points, read_pixel, _keep_answer)

    def ask_over(self, points: Sequence[AskedPoint], over: str) -> None:
        """Ask for the values of these points over a dimension, by its name."""

        def read(asked: AskedService, there: Point, feedback: QgsFeedback) -> Profile:
            return read_profile(asked, there, over, feedback)

        def keep(point: AskedPoint, outcome: _Outcome) -> None:
            if outcome.error is not None:
                point.profile_errors[over] = outcome.error
            elif outcome.found is not None:
                point.profiles[over] = outcome.found

        text = tr("Asking for the values of a point over “{dimension}”")
        if is_time(over):
            text = tr("Asking for the values of a point over time")
        self._run(self._profiles, text.format(dimension=over), points, read, keep)

    def cancel(self) -> None:
        """Ask no more."""
        self._pixels.cancel()
        self._profiles.cancel()

    def forget(self) -> None:
        """Read what services say of themselves anew the next time."""
        self._known.clear()

    def _run(
        self,
        background: Background,
        description: str,
        points: Sequence[AskedPoint],
        read: Callable[[AskedService, Point, QgsFeedback], Any],
        keep: Callable[[AskedPoint, _Outcome], None],
    ) -> None:
        questions = []
        for point in points:
            key = point.source.text()
            questions.append(_Question(key, point.source, point.there, point.asked or self._known.get(key)))

        def done(outcomes: list[_Outcome]) -> None:
            for point, question, outcome in zip(points, questions, outcomes):
                if outcome.asked is not None:
                    point.asked = outcome.asked
                    self._known[question.key] = outcome.asked
                keep(point, outcome)
            while len(self._known) > _MOST_KNOWN:
                self._known.popitem(last=False)
            self.answered.emit()

        def failed(error: ImageServerLayerError) -> None:
            for point in points:
                keep(point, _Outcome(None, None, error))
            self.answered.emit()

        background.run(description, lambda feedback: _outcomes(questions, read, feedback), done, failed)

    def _tell_busy(self, _busy: bool) -> None:
        self.busy_changed.emit(self.is_busy)


def _outcomes(
    questions: Sequence[_Question],
    read: Callable[[AskedService, Point, QgsFeedback], Any],
    feedback: QgsFeedback,
) -> list[_Outcome]:
    """Ask for all of them; on a thread of its own."""
    known: dict[str, AskedService] = {}
    outcomes = []
    for question in questions:
        if feedback.isCanceled():
            raise CanceledError(tr("This was canceled."))
        asked = question.known or known.get(question.key)
        try:
            if asked is None:
                asked = known[question.key] = read_service(question.source, feedback)
            outcomes.append(_Outcome(asked, read(asked, question.there, feedback), None))
        except (AuthenticationError, CanceledError):
            raise
        except ImageServerLayerError as error:
            outcomes.append(_Outcome(asked, None, error))
    return outcomes


def _keep_answer(point: AskedPoint, outcome: _Outcome) -> None:
    point.answer, point.error = outcome.found, outcome.error
