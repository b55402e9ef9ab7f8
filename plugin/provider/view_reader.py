"""Reads the pixels of views: known ones are reused, and only the rest is requested, by one thread at a time."""

from __future__ import annotations

import threading
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from qgis.core import QgsFeedback

from ..backend.fetch import fetch
from ..backend.pixel_types import numpy_type
from ..backend.pixels import Pixels
from ..backend.source import LayerSource
from ..backend.tile_pieces import TooManyTilesError
from ..backend.tile_view import clip_view, plan_drawing
from ..backend.windows import AT_A_TIME, Lattice, Piece, ViewPlan, pieces
from ..options.grid import Grid
from ..service.errors import CanceledError, ImageServerLayerError
from ..service.transport import Transport
from ..translation import tr
from .read_ahead import read_ahead
from .recent_views import Found, Known, RecentViews, Window

# In seconds: how often a thread that waits for another one's request checks whether it is canceled.
_LOOK = 0.05
# Tiles are ready-made files, so as many are requested as QGIS opens connections to one server.
_TILES_AT_A_TIME = 6

Outcome = tuple[Pixels, "ImageServerLayerError | None"]


@dataclass(frozen=True)
class Drawn:
    """The pixels of a view.

    Attributes:
        values: (bands, rows, columns) in the type of the source.
        valid: (rows, columns), where there are pixels; None for everywhere.
        error: why there are none in some places, or in all.
    """

    values: npt.NDArray[Any]
    valid: npt.NDArray[np.bool_] | None
    error: ImageServerLayerError | None = None


@dataclass
class _Flight:
    """A request under way that several threads may wait for."""

    landed: threading.Event = field(default_factory=threading.Event)
    outcome: Outcome | None = None


class ViewReader:
    """Reads views of sources. All layers of the process have the same one, to share what is known and under way."""

    def __init__(self, views: RecentViews) -> None:
        self.views = views
        self._flights: dict[Hashable, _Flight] = {}
        self._lock = threading.Lock()

    def read(
        self,
        source: LayerSource,
        key: Hashable,
        view: Grid,
        feedback: QgsFeedback | None = None,
        *,
        only_known: bool = False,
    ) -> Drawn:
        """Return the pixels of a view, in the layer's CRS; where the layer does not reach there are none.

        `key` stands for all of the source that changes pixels. With `only_known` nothing is asked for. What the server
        does wrong is told in `error`, and the rest of the view is there.

        Raises:
            CanceledError: the feedback was canceled.
        """
        shape = (view.rows, view.columns)
        drawn, plan = plan_drawing(source, view)
        if plan is None:
            nothing = np.zeros((len(source.bands), *shape), numpy_type(source.data_type))
            return Drawn(nothing, np.zeros(shape, np.bool_))
        pixels, error = self._window(drawn, key, plan, feedback, only_known)
        valid = pixels.valid
        if valid is not None or not plan.covers(shape):
            everywhere = np.ones((plan.rows, plan.columns), np.bool_)
            valid = plan.place(everywhere if valid is None else valid, shape)
        return Drawn(clip_view(source, plan.place(pixels.values, shape), view), valid, error)

    def _window(
        self, source: LayerSource, key: Hashable, plan: ViewPlan, feedback: QgsFeedback | None, only_known: bool
    ) -> Outcome:
        window = Window(plan.left, plan.top, plan.columns, plan.rows)
        more = window if only_known else read_ahead(source, plan.lattice, window)
        if more == window or not self.views.find(key, plan.lattice, window, as_a_whole=False).missing:
            return self._part(source, key, plan.lattice, window, feedback, only_known)
        pixels, error = self._part(source, key, plan.lattice, more, feedback, only_known)
        return _assembled(source, window, (Known(more, pixels),), [], []), error

    def _part(
        self,
        source: LayerSource,
        key: Hashable,
        lattice: Lattice,
        window: Window,
        feedback: QgsFeedback | None,
        only_known: bool,
    ) -> Outcome:
        while True:
            found = self.views.find(key, lattice, window, as_a_whole=source.depends_on_view)
            if only_known or not found.missing:
                return _assembled(source, window, found.parts, [], []), None
            identity = (key, found.generation, lattice, window)
            flight, is_ours = self._board(identity)
            if is_ours:
                try:
                    flight.outcome = self._ask(source, key, lattice, window, found, feedback)
                    return flight.outcome
                finally:
                    self._land(identity, flight)
            _wait(flight, feedback)
            if flight.outcome is not None:
                return flight.outcome
            # The thread that made the request was canceled, but this one was not.

    def _board(self, identity: Hashable) -> tuple[_Flight, bool]:
        """Return the request for a window, and whether it is the caller's to make."""
        with self._lock:
            flight = self._flights.get(identity)
            if flight is not None:
                return flight, False
            flight = self._flights[identity] = _Flight()
            return flight, True

    def _land(self, identity: Hashable, flight: _Flight) -> None:
        with self._lock:
            del self._flights[identity]
        flight.landed.set()

    def _ask(
        self,
        source: LayerSource,
        key: Hashable,
        lattice: Lattice,
        window: Window,
        found: Found,
        feedback: QgsFeedback | None,
    ) -> Outcome:
        """Ask for what is missing, and keep what came."""
        try:
            asked = _pieces(source, lattice, found.missing)
        except TooManyTilesError as too_many:
            return _assembled(source, window, found.parts, [], list(found.missing)), _bare_error(too_many)
        at_a_time = AT_A_TIME if source.tiles is None else _TILES_AT_A_TIME
        transport = Transport(source.access, feedback)
        answers = [_bare(it) for it in fetch(source, [piece.grid for _, piece in asked], transport, at_a_time)]
        places = [
            Window(area.left + piece.left, area.top + piece.top, piece.grid.columns, piece.grid.rows)
            for area, piece in asked
        ]
        came = [Known(place, answer) for place, answer in zip(places, answers) if isinstance(answer, Pixels)]
        failed = [place for place, answer in zip(places, answers) if not isinstance(answer, Pixels)]
        pixels = _assembled(source, window, found.parts, came, failed)
        error = next((answer for answer in answers if not isinstance(answer, Pixels)), None)
        if error is None:
            self.views.add(key, lattice, window, pixels, found.generation)
        elif not source.depends_on_view:
            for known in came:
                self.views.add(key, lattice, known.window, known.pixels, found.generation)
        return pixels, error


def _bare(answer: Pixels | ImageServerLayerError) -> Pixels | ImageServerLayerError:
    """Return an answer that can be kept: an error's traceback would keep all that was on the stack, providers too."""
    if isinstance(answer, Pixels):
        return answer
    return _bare_error(answer)


def _bare_error(error: ImageServerLayerError) -> ImageServerLayerError:
    error.__cause__ = error.__context__ = None
    return error.with_traceback(None)


def _pieces(source: LayerSource, lattice: Lattice, missing: tuple[Window, ...]) -> list[tuple[Window, Piece]]:
    """Return the images to ask for, each with the missing window that it is a piece of."""
    at_a_time = max(1, AT_A_TIME // len(missing))
    return [(area, piece) for area in missing for piece in pieces(source, lattice.window(*area), at_a_time)]


def _assembled(
    source: LayerSource, window: Window, known: tuple[Known, ...], came: list[Known], failed: list[Window]
) -> Pixels:
    """Lay parts over each other. What none of them has is not valid."""
    parts = [*known, *came]
    if len(parts) == 1 and parts[0].window == window and not failed:
        return parts[0].pixels
    shape = (window.rows, window.columns)
    values = np.zeros((len(source.bands), *shape), numpy_type(source.data_type))
    valid = np.zeros(shape, np.bool_)
    for part in parts:
        common = window.intersection(part.window)
        if common is not None:
            here, there = _slices(common, window), _slices(common, part.window)
            values[(slice(None), *here)] = part.pixels.values[(slice(None), *there)]
            valid[here] = True if part.pixels.valid is None else part.pixels.valid[there]
    return Pixels(values, None if valid.all() else valid)


def _slices(part: Window, whole: Window) -> tuple[slice, slice]:
    """Return rows and columns of a part, counted in the whole."""
    top, left = part.top - whole.top, part.left - whole.left
    return slice(top, top + part.rows), slice(left, left + part.columns)


def _wait(flight: _Flight, feedback: QgsFeedback | None) -> None:
    """Wait for a request that another thread makes.

    Raises:
        CanceledError: the feedback of the one who waits was canceled.
    """
    while not flight.landed.wait(_LOOK):
        if feedback is not None and feedback.isCanceled():
            raise CanceledError(tr("The request was canceled."))
