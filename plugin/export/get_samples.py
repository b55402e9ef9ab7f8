"""Values at points from `getSamples`, in batches below the service's limit, each checked to be whole."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qgis.core import QgsFeedback

from ..backend.export_image import export_image_parameters
from ..layer.connect import ConnectedService
from ..options.layer_options import LayerOptions
from ..service.errors import ImageServerLayerError, ResponseError, ServerError
from ..service.geometry_json import spatial_reference_json
from ..service.json_values import compact_json
from ..service.samples import MOST_LOCATIONS, Point, Values, parse_samples, samples_parameters
from ..service.transport import AT_A_TIME
from ..translation import tr

# Those of the drawing parameters that the operation has, too.
_SHARED = ("mosaicRule", "interpolation", "time", "sliceId")
# Points in a request as long as none is known to have a value, which would tell whether an answer was cut off. They are
# fewer than the limit of any service.
_WITHOUT_WITNESS = 50
# A request that is refused is halved until it has so few points.
_FEWEST = 50
_TOLERANCE_IN_CELLS = 0.01


class GetSamples:
    """Asks a service for values at points in its CRS.

    A server leaves out points without data, and also those beyond its limit without saying so. So the last point of
    every request is the witness, a point that is known to have a value: an answer without it is incomplete.

    Args:
        connected: the service.
        options: which rasters are asked, and which bands are told. No raster function, no nodata of their own.
        center: where a mosaic rule looks from that names no viewpoint.
        feedback: cancels.
    """

    def __init__(
        self, connected: ConnectedService, options: LayerOptions, center: Point, feedback: QgsFeedback
    ) -> None:
        self._service = connected.service
        self._client = connected.client(feedback)
        drawn = export_image_parameters(options, self._service, center)
        self._parameters = {name: drawn[name] for name in _SHARED if name in drawn}
        if options.cell_size is not None:
            x, y = options.cell_size
            reference = spatial_reference_json(self._service.spatial_reference)
            self._parameters["pixelSize"] = compact_json({"x": x, "y": y, "spatialReference": reference})
        count = len(self._service.bands)
        self._bands = range(count) if options.bands is None else [number - 1 for number in options.bands]
        self._tolerance = _TOLERANCE_IN_CELLS * min(self._service.pixel_size)
        self._witness: Point | None = None
        self._size = MOST_LOCATIONS

    def read(self, points: Sequence[Point]) -> dict[Point, Values | ImageServerLayerError]:
        """Return the values, or what went wrong, by point; points without data are left out.

        Raises:
            CanceledError: the feedback was canceled.
        """
        found: dict[Point, Values | ImageServerLayerError] = {}
        waiting = list(dict.fromkeys(points))
        while waiting:
            batches = list(self._batches(waiting))
            waiting = waiting[sum(map(len, batches)) :]
            asked = [self._with_witness(batch) for batch in batches]
            reference = self._service.spatial_reference
            sets = [samples_parameters(batch, reference, self._parameters) for batch in asked]
            answers = list(self._client.request_all("getSamples", sets))
            if self._witness is None and isinstance(answers[0], ImageServerLayerError):
                # Nothing speaks for the service taking the rest.
                found.update(dict.fromkeys([*batches[0], *waiting], answers[0]))
                break
            again: list[Point] = []
            for batch, sent, answer in zip(batches, asked, answers):
                again += self._take(batch, sent, answer, found)
            waiting = again + waiting
        return found

    def requests_for(self, count: int) -> int:
        """Return how many requests so many points take, if none has to be repeated."""
        return math.ceil(count / self._size)

    def _batches(self, waiting: Sequence[Point]) -> Iterator[list[Point]]:
        """Return the next batches; a single one as long as there is no witness."""
        size, count = (min(self._size, _WITHOUT_WITNESS), 1) if self._witness is None else (self._size, AT_A_TIME)
        for start in range(0, min(len(waiting), size * count), size):
            yield list(waiting[start : start + size])

    def _with_witness(self, batch: list[Point]) -> list[Point]:
        if self._witness is None:
            return batch
        return [*(point for point in batch if point != self._witness), self._witness]

    def _take(
        self,
        batch: list[Point],
        sent: list[Point],
        answer: Mapping[str, Any] | ImageServerLayerError,
        found: dict[Point, Values | ImageServerLayerError],
    ) -> list[Point]:
        """Keep what an answer says; return the points that must be asked for again."""
        values = self._values(sent, answer)
        if isinstance(values, ImageServerLayerError):
            refused = isinstance(values, ServerError) and values.is_about_the_request
            if refused and len(batch) > _FEWEST:
                # It may be too many, or only one of them that the server cannot take.
                self._size = max(1, len(batch) // 2)
                return batch
            found.update(dict.fromkeys(batch, values))
            return []
        found.update((point, values[point]) for point in batch if point in values)
        if self._witness is None and values:
            self._witness = next(iter(values))
        missing = [point for point in batch if point not in values]
        is_whole = sent[-1] in values or not missing or (not values and sent == batch)
        if is_whole:
            return []
        if not values and len(batch) == 1:
            message = tr("The server answers for no point any more; try again later.")
            found.update(dict.fromkeys(batch, ResponseError(message, self._service.url)))
            return []
        self._size = max(1, min(self._size, len(values) or len(batch) // 2))
        return missing

    def _values(
        self, sent: list[Point], answer: Mapping[str, Any] | ImageServerLayerError
    ) -> dict[Point, Values] | ImageServerLayerError:
        """Return the values of the chosen bands by point, or what is wrong with the answer."""
        if isinstance(answer, ImageServerLayerError):
            return answer
        try:
            told = parse_samples(answer, sent, self._tolerance, self._service.url)
        except ResponseError as error:
            return error
        count = len(self._service.bands)
        for values in told.values():
            if len(values) != count:
                message = tr("The service tells {count} values of a point, but has {bands} bands.")
                return ResponseError(message.format(count=len(values), bands=count), self._service.url)
        return {point: self._chosen(values) for point, values in told.items()}

    def _chosen(self, values: Values) -> Values:
        nodata = self._service.nodata or (None,) * len(values)
        known = [None if value == missing else value for value, missing in zip(values, nodata)]
        return tuple(known[band] for band in self._bands)
