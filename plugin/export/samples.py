"""Values at points, through any options: from `getSamples` where it can tell them, else from the pixels themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from qgis.core import QgsFeedback

from ..backend.prepare import layer_grid
from ..backend.shapes import holds_cell
from ..backend.source import Kind
from ..layer.connect import ConnectedService
from ..layer.plan import plan_settled
from ..layer.request import LayerRequest
from ..layer.settle import Settled
from ..options.layer_options import LayerOptions
from ..service.errors import AuthenticationError, ImageServerLayerError, ResponseError, ServerError
from ..service.samples import FIRST_VERSION, Point, Values
from ..service.transport import Transport
from ..translation import tr
from .get_samples import GetSamples
from .sampled_pixels import SampledPixels

# After so many failures in a row, the service is not asked any more.
_MOST_FAILURES = 3
# Codes with which servers refuse an operation that they lack.
_LACKING = (0, 400, 404, 405, 500, 501)


class Status(Enum):
    """What became of a point; the values stand in the table."""

    VALUE = "value"
    NODATA = "nodata"
    OUTSIDE = "outside"
    FAILED = "failed"


@dataclass(frozen=True)
class Sample:
    """The values of the bands at a point, in their order; None where there is none."""

    values: Values
    status: Status


class Sampler:
    """Tells values at points in the service's CRS, page by page, in their order.

    Attributes:
        bands: the names of the values.
        how: where the values come from, in words.
        problem: why points failed, empty where none has.
    """

    def __init__(self, request: LayerRequest, settled: Settled, feedback: QgsFeedback) -> None:
        self._request, self._settled, self._feedback = request, settled, feedback
        connected, options = settled.connected, settled.options
        numbers = options.bands or range(1, len(connected.output.bands) + 1)
        self.bands = tuple(connected.output.bands[number - 1].name for number in numbers)
        self.problem = ""
        self._failures = 0
        self._has_answered = False
        self._grid, self._clip = layer_grid(connected.service, options), options.clip
        self.how = _against_get_samples(connected, options)
        self._reader: GetSamples | SampledPixels = (
            self._pixels() if self.how else GetSamples(connected, options, self._grid.extent.center, feedback)
        )

    def requests_for(self, count: int) -> int:
        """Return about how many requests so many points take."""
        return self._reader.requests_for(count)

    def sample(self, points: Sequence[Point | None]) -> list[Sample]:
        """Return the samples of some points, None being a point that has no place in the service's CRS.

        Raises:
            CanceledError: the feedback was canceled.
            ImageServerLayerError: the first points already cannot be asked for.
        """
        inside = [point for point in points if point is not None and self._holds(point)]
        found = self._ask(inside)
        return [self._sample(point, found) for point in points]

    def _sample(self, point: Point | None, found: dict[Point, Values | ImageServerLayerError]) -> Sample:
        nothing: Values = (None,) * len(self.bands)
        if point is None or not self._holds(point):
            return Sample(nothing, Status.OUTSIDE)
        values = found.get(point, ())
        if isinstance(values, ImageServerLayerError):
            return Sample(nothing, Status.FAILED)
        known = any(value is not None for value in values)
        return Sample(values, Status.VALUE) if known else Sample(nothing, Status.NODATA)

    def _ask(self, points: Sequence[Point]) -> dict[Point, Values | ImageServerLayerError]:
        """Return the values, or what went wrong, by point; those without data are left out."""
        if not points:
            return {}
        if self._failures >= _MOST_FAILURES:
            return dict.fromkeys(points, ImageServerLayerError(self.problem))
        found = self._reader.read(points)
        errors = [outcome for outcome in found.values() if isinstance(outcome, ImageServerLayerError)]
        if not errors:
            self._failures, self._has_answered = 0, True
            return found
        if not self._has_answered and len(errors) == len(found):
            if isinstance(self._reader, SampledPixels) or not _may_lack_it(errors[0]):
                raise errors[0]
            text = tr("The service does not answer getSamples ({reason}), so the pixels under the points are read.")
            self.how = text.format(reason=errors[0].message)
            self._reader = self._pixels()
            return self._ask(points)
        self.problem = errors[0].message
        self._failures = self._failures + 1 if len(errors) == len(found) else 0
        self._has_answered = True
        return found

    def _pixels(self) -> SampledPixels:
        request = replace(self._request, kind=Kind.VALUES, provider=None)
        plan = plan_settled(request, self._settled, self._feedback)
        return SampledPixels(plan.prepared.source, Transport(self._settled.connected.access, self._feedback))

    def _holds(self, point: Point) -> bool:
        extent = self._grid.extent
        if not (extent.xmin <= point[0] <= extent.xmax and extent.ymin <= point[1] <= extent.ymax):
            return False
        return self._clip is None or holds_cell(self._clip, self._grid, point)


def _against_get_samples(connected: ConnectedService, options: LayerOptions) -> str:
    """Return why the pixels have to be read, empty where the service can be asked."""
    if connected.service.tiles_only:
        return tr("The service offers only ready-made tiles, so the pixels under the points are read.")
    if connected.rule(options) is not None:
        return tr("The service's getSamples knows no processing templates, so the pixels under the points are read.")
    if options.nodata:
        return tr("The service's getSamples knows no other nodata values, so the pixels under the points are read.")
    if options.snap_origin is not None:
        return tr("The service's getSamples knows no aligned cells, so the pixels under the points are read.")
    if 0 < connected.service.version < FIRST_VERSION:
        return tr("The service has no getSamples, so the pixels under the points are read.")
    return ""


def _may_lack_it(error: ImageServerLayerError) -> bool:
    """Whether an error can mean that the server does not have the operation."""
    if isinstance(error, AuthenticationError):
        return False
    return isinstance(error, ResponseError) or (isinstance(error, ServerError) and error.code in _LACKING)
