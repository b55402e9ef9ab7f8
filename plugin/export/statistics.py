"""Statistics of polygons, computed by the service through any options."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from qgis.core import QgsDistanceArea, QgsFeedback, QgsGeometry, QgsRectangle, QgsWkbTypes

from ..backend.export_image import export_image_parameters
from ..backend.prepare import layer_grid
from ..layer.classes import read_classes
from ..layer.settle import Settled
from ..options.check import Note
from ..service.crs import crs_of
from ..service.errors import (
    AuthenticationError,
    ImageServerLayerError,
    OptionError,
    ResponseError,
    ServerError,
    UnsupportedServiceError,
)
from ..service.geometry_json import spatial_reference_json
from ..service.json_values import compact_json
from ..service.zonal import FIRST_VERSION, AreaStatistics, parse_statistics, statistics_parameters
from ..translation import tr
from .cut import clip_geometry

# Those of the drawing parameters that the operation has, too.
_SHARED = ("mosaicRule", "time", "sliceId")
_LACKING_CODES = (404, 405, 501)
_LACKING_WORDS = re.compile(r"invalid url|not supported|unsupported|not (?:be )?found|does not exist", re.IGNORECASE)
# After so many calls of `compute` without an answer, the server is not asked any more.
_MOST_FAILURES = 2


class Status(Enum):
    """What became of a polygon; the values stand in the table."""

    VALUE = "value"
    APPROXIMATE = "approximate"
    NODATA = "nodata"
    OUTSIDE = "outside"
    FAILED = "failed"


@dataclass(frozen=True)
class Zone:
    """What is known of a polygon.

    Attributes:
        status: what became of it.
        bands: the statistics of each band, in their order; empty where there are none.
        problem: why there are none, or why they are not exact.
        cell_area: square meters of ground that a pixel stands for there, None where unknown.
    """

    status: Status
    bands: tuple[AreaStatistics, ...] = ()
    problem: str = ""
    cell_area: float | None = None


class ZonalStatistics:
    """Asks a service for statistics of polygons in its CRS.

    Attributes:
        bands: the names of the bands.
        labels: the names of classes by their values; empty where the pixels are no classes.
        notes: what the user should be told.

    Raises:
        OptionError: an option is set that the operation does not know.
        UnsupportedServiceError: the server is older than the operation.
    """

    def __init__(self, settled: Settled, feedback: QgsFeedback) -> None:
        connected, options = settled.connected, settled.options
        self._service = connected.service
        if options.nodata:
            message = tr(
                "The service's statistics know no other nodata values: leave them out, or use QGIS' Zonal Statistics "
                "on an image server layer."
            )
            raise OptionError("nodata", message)
        if 0 < self._service.version < FIRST_VERSION:
            raise self._lacking(tr("its version is {version}").format(version=f"{self._service.version:g}"))
        self._client = connected.client(feedback)
        grid = layer_grid(self._service, options)
        drawn = export_image_parameters(options, self._service, grid.extent.center)
        self._parameters = {name: drawn[name] for name in _SHARED if name in drawn}
        # Explicitly, as it is not documented whether servers apply their default function to statistics.
        rule = connected.rule(options)
        if rule is not None:
            self._parameters["renderingRule"] = compact_json(rule)
        elif "renderingRule" in drawn:
            self._parameters["renderingRule"] = drawn["renderingRule"]
        self._cell = options.cell_size or self._service.pixel_size
        if options.cell_size is not None:
            size = dict(zip("xy", self._cell))
            reference = spatial_reference_json(self._service.spatial_reference)
            self._parameters["pixelSize"] = compact_json({**size, "spatialReference": reference})
        self._extent = QgsGeometry.fromRect(QgsRectangle(*grid.extent))
        if options.clip is not None:
            self._extent = self._extent.intersection(clip_geometry(options.clip).makeValid())
        self._is_cut = options.area is not None
        self._count = len(connected.output.bands)
        numbers = options.bands or range(1, self._count + 1)
        self._chosen = [number - 1 for number in numbers]
        self.bands = tuple(connected.output.bands[place].name for place in self._chosen)
        classes, self.notes = self._classes(settled)
        self.labels: Mapping[float, str] = classes
        self._measure = QgsDistanceArea()
        crs = crs_of(self._service.spatial_reference)
        self._measure.setSourceCrs(crs, settled.transform_context)
        self._can_measure = crs.isValid() and self._measure.setEllipsoid(crs.ellipsoidAcronym())
        self._failures, self._has_answered, self._last_problem = 0, False, ""

    def compute(self, shapes: Sequence[QgsGeometry | None]) -> list[Zone]:
        """Return what is known of some polygons, None being one that has no place in the service's CRS.

        Raises:
            CanceledError: the feedback was canceled.
            UnsupportedServiceError: the service does not have the operation.
            ImageServerLayerError: the first polygons already cannot be asked for, whatever they are.
        """
        prepared = [self._inside(shape) for shape in shapes]
        asked = [shape for shape in prepared if shape is not None]
        answers = iter(self._ask(asked))
        return [Zone(Status.OUTSIDE) if shape is None else self._zone(shape, next(answers)) for shape in prepared]

    def _inside(self, shape: QgsGeometry | None) -> QgsGeometry | None:
        """Return the polygon as the server can take it, None where it is outside."""
        if shape is None or shape.isNull() or shape.isEmpty() or not shape.intersects(self._extent):
            return None
        if QgsWkbTypes.isCurvedType(shape.wkbType()):
            shape = QgsGeometry(shape.constGet().segmentize())
        if self._is_cut:
            shape = shape.intersection(self._extent)
        return shape if shape.area() > 0 else None

    def _ask(self, shapes: Sequence[QgsGeometry]) -> Sequence[Mapping[str, Any] | ImageServerLayerError]:
        if not shapes:
            return ()
        if self._failures >= _MOST_FAILURES:
            return [ImageServerLayerError(self._last_problem)] * len(shapes)
        reference = self._service.spatial_reference
        sets = [statistics_parameters(_rings(shape), reference, self._parameters) for shape in shapes]
        answers = list(self._client.request_all("computeStatisticsHistograms", sets))
        errors = [answer for answer in answers if isinstance(answer, ImageServerLayerError)]
        refused = [error for error in errors if isinstance(error, ServerError) and error.is_about_the_request]
        if not self._has_answered and len(errors) == len(answers):
            if _may_lack_it(errors[0]):
                raise self._lacking(errors[0].message) from errors[0]
            if not refused:
                raise errors[0]
        if len(errors) == len(answers) and not refused:
            self._failures, self._last_problem = self._failures + 1, errors[0].message
        else:
            self._failures, self._has_answered = 0, True
        return answers

    def _zone(self, shape: QgsGeometry, answer: Mapping[str, Any] | ImageServerLayerError) -> Zone:
        if isinstance(answer, ImageServerLayerError):
            return Zone(Status.FAILED, problem=answer.message)
        try:
            told = parse_statistics(answer, self._service.url)
        except ResponseError as error:
            return Zone(Status.FAILED, problem=error.message)
        if not told:
            return Zone(Status.NODATA)
        if len(told) != self._count:
            message = tr("The service tells statistics of {count} bands, but has {bands}.")
            return Zone(Status.FAILED, problem=message.format(count=len(told), bands=self._count))
        bands = tuple(told[place] for place in self._chosen)
        if any(band.is_sampled for band in bands):
            return Zone(Status.APPROXIMATE, bands, tr("The server has left out rows or columns of pixels."))
        return Zone(Status.VALUE, bands, cell_area=self._cell_area(shape))

    def _cell_area(self, shape: QgsGeometry) -> float | None:
        """Return the square meters of ground of a pixel, which a projection stretches more here and less there."""
        if not self._can_measure:
            return None
        return float(self._cell[0] * self._cell[1] * self._measure.measureArea(shape) / shape.area())

    def _classes(self, settled: Settled) -> tuple[dict[float, str], tuple[Note, ...]]:
        connected = settled.connected
        rows, notes = read_classes(self._client, connected.output, settled.options, connected.service)
        return {row.value: row.label for row in rows}, notes

    def _lacking(self, reason: str) -> UnsupportedServiceError:
        message = tr(
            "The service “{service}” computes no statistics ({reason}); use QGIS' Zonal Statistics on an image server "
            "layer instead, which reads the pixels."
        )
        return UnsupportedServiceError(message.format(service=self._service.name, reason=reason.rstrip(".")))


def _may_lack_it(error: ImageServerLayerError) -> bool:
    """Whether an error can mean that the server does not have the operation."""
    if isinstance(error, AuthenticationError):
        return False
    if isinstance(error, ServerError):
        return error.code in _LACKING_CODES or bool(_LACKING_WORDS.search(error.words))
    return isinstance(error, ResponseError)


def _rings(shape: QgsGeometry) -> list[list[tuple[float, float]]]:
    """Return the rings of a polygon, outer ones clockwise and holes counterclockwise."""
    turned = shape.forceRHR()
    turned.convertToMultiType()
    return [[(point.x(), point.y()) for point in ring] for polygon in turned.asMultiPolygon() for ring in polygon]
