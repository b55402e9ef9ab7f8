"""The algorithm *Sample an image service*: values at points, told by the service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsFeature,
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsFeatureSource,
    QgsFields,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterDistance,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingUtils,
    QgsWkbTypes,
)

from ..export.fields import Type, with_field
from ..export.locations import Location, count_of, locations, place_of
from ..export.samples import Sampler, Status
from ..layer.settle import settle
from ..service.crs import crs_of
from ..service.errors import CanceledError, OptionError
from ..translation import tr, tr_n
from .algorithm import advanced, with_help
from .service_or_layer import WHICH_PIXELS, ServiceQuestion, source_parameters

_OPTIONS = (*WHICH_PIXELS, "INTERPOLATION", "NODATA", "NODATA_INTERPRETATION")
# Points in memory at a time.
_PAGE = 2000
# The default limit on the number of points.
_MOST_POINTS = 100_000


class SamplePoints(ServiceQuestion):
    """Takes a service with its options and points, or lines; gives the points with a field for each band."""

    def name(self) -> str:
        """Return the fixed name of the algorithm."""
        return "samplepoints"

    def displayName(self) -> str:
        """Return the title in the toolbox."""
        return tr("Sample an image service")

    def shortDescription(self) -> str:
        """Return the tooltip in the toolbox."""
        return tr("The values of an image service at points, or along lines, without a download.")

    def tags(self) -> list[str]:
        """Return further words by which the algorithm is found."""
        return tr("arcgis,esri,rest,imageserver,getSamples,sample,raster values,extract,profile,elevation").split(",")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters, as HTML."""
        return tr(
            "<p>Gives the values of an image service at points: a point layer with the attributes of the input, a "
            "field for each band, and a field that says what became of the point: <i>value</i>, <i>nodata</i>, "
            "<i>outside</i> or <i>failed</i>. Where there is no value, the fields of the bands are empty.</p><p>Lines "
            "are sampled at their start, and then at each distance.</p><p>The service is asked by getSamples. With a "
            "processing template, which getSamples does not know, or where the service has no getSamples, the pixels "
            "under the points are read instead.</p>"
        )

    def initAlgorithm(self, _: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        types = [QgsProcessing.TypeVectorPoint, QgsProcessing.TypeVectorLine]
        self.addParameter(QgsProcessingParameterFeatureSource("POINTS", tr("Points or lines"), types))
        distance = QgsProcessingParameterDistance(
            "DISTANCE", tr("Distance along lines"), parentParameterName="POINTS", optional=True, minValue=0
        )
        self.addParameter(with_help(distance, tr("For lines, in units of their coordinate reference system.")))
        for definition in source_parameters(_OPTIONS, shown=("PROCESSING_TEMPLATE",)):
            self.addParameter(definition)
        most = QgsProcessingParameterNumber(
            "MOST_POINTS", tr("Largest number of points"), defaultValue=_MOST_POINTS, minValue=1
        )
        text = tr("More points are refused before one is asked for: so many requests are a load for a server.")
        self.addParameter(advanced(with_help(most, text)))
        self.addParameter(QgsProcessingParameterFeatureSink("OUTPUT", tr("Samples"), QgsProcessing.TypeVectorPoint))
        for name, label in (
            ("COUNT", tr("Number of points")),
            ("VALUES", tr("Number of points with a value")),
            ("OUTSIDE", tr("Number of points outside")),
            ("FAILED", tr("Number of points that could not be asked for")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, label))

    def outputs(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Sample page by page. What has come stays, should the rest fail: it is marked."""
        source = self.parameterAsSource(parameters, "POINTS", context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, "POINTS"))
        distance = self._distance(source, parameters, context)
        count = _count(source, distance, feedback)
        settled = settle(self._request, feedback)
        for note in settled.notes:
            feedback.pushWarning(note.text)
        sampler = Sampler(self._request, settled, feedback)
        _announce(count, sampler.requests_for(count), self.parameterAsInt(parameters, "MOST_POINTS", context), feedback)
        crs = crs_of(settled.connected.service.spatial_reference)
        transform = _transform(source.sourceCrs(), crs, context)
        fields = _fields(source.fields(), sampler.bands, with_distance=distance > 0)
        wkb_type = QgsWkbTypes.zmType(
            QgsWkbTypes.Point, QgsWkbTypes.hasZ(source.wkbType()), QgsWkbTypes.hasM(source.wkbType())
        )
        sink, destination = self.parameterAsSink(parameters, "OUTPUT", context, fields, wkb_type, source.sourceCrs())
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, "OUTPUT"))
        seen: Counter[Status] = Counter()
        said, done = "", 0
        walk = _walk(source, distance)
        while page := list(islice(walk, _PAGE)):
            places = [place_of(location, transform) for _, location in page]
            samples = sampler.sample(places)
            if sampler.how != said:
                said = sampler.how
                feedback.pushInfo(said)
            rows = []
            for (feature, location), sample in zip(page, samples):
                row = QgsFeature(fields)
                if location.geometry is not None:
                    row.setGeometry(location.geometry)
                along = [location.distance] if distance > 0 else []
                row.setAttributes([*feature.attributes(), *along, *sample.values, sample.status.value])
                rows.append(row)
            if not sink.addFeatures(rows, QgsFeatureSink.Flag.FastInsert):
                raise QgsProcessingException(self.writeFeatureError(sink, parameters, "OUTPUT"))
            seen.update(sample.status for sample in samples)
            done += len(page)
            feedback.setProgress(100 * done / max(count, done, 1))
        _tell(feedback, seen, sampler.problem)
        return {
            "OUTPUT": destination,
            "COUNT": sum(seen.values()),
            "VALUES": seen[Status.VALUE],
            "OUTSIDE": seen[Status.OUTSIDE],
            "FAILED": seen[Status.FAILED],
        }

    def _distance(self, source: QgsFeatureSource, parameters: dict[str, Any], context: QgsProcessingContext) -> float:
        """Return the distance between the points on lines; 0 for points."""
        if QgsWkbTypes.geometryType(source.wkbType()) == QgsWkbTypes.PointGeometry:
            return 0.0
        distance = self.parameterAsDouble(parameters, "DISTANCE", context)
        if distance <= 0:
            raise OptionError("distance", tr("Lines are sampled at equal distances: give the distance along lines."))
        return float(distance)


def _count(source: QgsFeatureSource, distance: float, feedback: QgsProcessingFeedback) -> int:
    """Return how many points there are to sample.

    Raises:
        CanceledError: the feedback was canceled.
    """
    known = source.featureCount()
    if known >= 0 and QgsWkbTypes.flatType(source.wkbType()) == QgsWkbTypes.Point:
        return int(known)
    count = 0
    for feature in source.getFeatures(QgsFeatureRequest().setNoAttributes()):
        if feedback.isCanceled():
            raise CanceledError(tr("This was canceled."))
        count += count_of(feature.geometry(), distance)
    return count


def _announce(count: int, requests: int, most: int, feedback: QgsProcessingFeedback) -> None:
    """Say how much is going to be asked for.

    Raises:
        OptionError: it is more than is allowed.
    """
    asked = tr_n("about %n request", "about %n requests", requests)
    if count > most:
        message = tr(
            "There are {count} points to sample, which takes {requests}, and {most} points are allowed: raise "
            "MOST_POINTS, or take fewer points."
        )
        raise OptionError("most_points", message.format(count=count, requests=asked, most=most))
    feedback.pushInfo(tr("Points to sample: {count}, in {requests}.").format(count=count, requests=asked))


def _walk(source: QgsFeatureSource, distance: float) -> Iterator[tuple[QgsFeature, Location]]:
    """Go through all points, each with its feature."""
    for feature in source.getFeatures():
        for location in locations(feature.geometry(), distance):
            yield feature, location


def _transform(
    source: QgsCoordinateReferenceSystem, target: QgsCoordinateReferenceSystem, context: QgsProcessingContext
) -> QgsCoordinateTransform:
    return QgsCoordinateTransform(source, target, context.transformContext())


def _fields(given: QgsFields, bands: tuple[str, ...], *, with_distance: bool) -> QgsFields:
    """Return the fields of the input and those of the samples; what is called alike gets a number."""
    own = QgsFields()
    if with_distance:
        own = with_field(own, "distance", Type.REAL)
    for band in bands:
        own = with_field(own, band, Type.REAL)
    return QgsProcessingUtils.combineFields(given, with_field(own, "status", Type.TEXT))


def _tell(feedback: QgsProcessingFeedback, seen: Counter[Status], problem: str) -> None:
    """Say which points have no value."""
    if seen[Status.OUTSIDE]:
        feedback.pushWarning(tr("Points outside the image: {count}.").format(count=seen[Status.OUTSIDE]))
    if seen[Status.NODATA]:
        feedback.pushInfo(tr("Points without data: {count}.").format(count=seen[Status.NODATA]))
    if seen[Status.FAILED]:
        text = tr("Points that could not be asked for, and are marked as failed: {count}. {reason}")
        feedback.reportError(text.format(count=seen[Status.FAILED], reason=problem))
