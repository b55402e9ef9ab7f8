"""The algorithm *Zonal statistics of an image service*: statistics of polygons, computed by the service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from qgis.core import (
    Qgis,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsGeometry,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingUtils,
    QgsWkbTypes,
)

from ..export.fields import Type, with_field
from ..export.statistics import Status, ZonalStatistics, Zone
from ..layer.settle import settle
from ..service.crs import crs_of
from ..service.number_text import readable_number
from ..translation import tr
from .algorithm import with_help
from .service_or_layer import WHICH_PIXELS, ServiceQuestion, source_parameters

# Polygons in memory at a time.
_PAGE = 8
# Problems of single polygons that the log tells.
_MOST_PROBLEMS = 20
_STATISTICS = (
    ("count", Type.LONG, "count"),
    ("min", Type.REAL, "minimum"),
    ("max", Type.REAL, "maximum"),
    ("mean", Type.REAL, "mean"),
    ("stddev", Type.REAL, "standard_deviation"),
    ("median", Type.REAL, "median"),
)
# Units of area, in square meters.
_AREA_UNITS = {"m2": 1.0, "ha": 1e4, "km2": 1e6, "acres": 4046.8564224}


class ComputeZonalStatistics(ServiceQuestion):
    """Takes a service with its options and polygons; gives the polygons with statistics, and a table of classes."""

    def name(self) -> str:
        """Return the fixed name of the algorithm."""
        return "zonalstatistics"

    def displayName(self) -> str:
        """Return the title in the toolbox."""
        return tr("Zonal statistics of an image service")

    def shortDescription(self) -> str:
        """Return the tooltip in the toolbox."""
        return tr("Statistics and areas of classes in polygons, computed by the server, without a download.")

    def tags(self) -> list[str]:
        """Return further words by which the algorithm is found."""
        return tr(
            "arcgis,esri,rest,imageserver,computeStatisticsHistograms,stats,statistics,histogram,zones,polygons,mean,"
            "area"
        ).split(",")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters, as HTML."""
        return tr(
            "<p>Lets an image service compute statistics of its pixels in polygons: the polygons with count, minimum, "
            "maximum, mean, standard deviation and, where the server tells it, the median of each band.</p><p>A second "
            "table, if wanted, has a row for each class of pixels in each polygon, with the number of pixels and their "
            "area on the ground.</p><p>A field says what became of each polygon: <i>value</i>, <i>approximate</i>, "
            "<i>nodata</i>, <i>outside</i> or <i>failed</i>. Polygons that the server cannot take, such as those of "
            "too many pixels, stay in the layer without statistics; a larger cell size may help.</p>"
        )

    def initAlgorithm(self, _: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        polygons = [QgsProcessing.TypeVectorPolygon]
        self.addParameter(QgsProcessingParameterFeatureSource("ZONES", tr("Polygons"), polygons))
        for definition in source_parameters(WHICH_PIXELS, shown=("PROCESSING_TEMPLATE",)):
            self.addParameter(definition)
        unit = QgsProcessingParameterEnum(
            "AREA_UNIT", tr("Unit of areas"), list(_AREA_UNITS), defaultValue="m2", usesStaticStrings=True
        )
        self.addParameter(with_help(unit, tr("For the table of classes: areas on the ground, not on the map.")))
        self.addParameter(
            QgsProcessingParameterFeatureSink("OUTPUT", tr("Zonal statistics"), QgsProcessing.TypeVectorPolygon)
        )
        self.addParameter(
            QgsProcessingParameterFeatureSink(
                "CLASSES", tr("Classes"), QgsProcessing.TypeVector, optional=True, createByDefault=False
            )
        )
        for name, label in (
            ("COUNT", tr("Number of polygons")),
            ("VALUES", tr("Number of polygons with statistics")),
            ("OUTSIDE", tr("Number of polygons outside")),
            ("FAILED", tr("Number of polygons that the server did not take")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, label))

    def outputs(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Compute page by page. What has come stays, should the rest fail: it is marked."""
        source = self.parameterAsSource(parameters, "ZONES", context)
        if source is None:
            raise QgsProcessingException(self.invalidSourceError(parameters, "ZONES"))
        settled = settle(self._request, feedback)
        computing = ZonalStatistics(settled, feedback)
        for note in (*settled.notes, *computing.notes):
            feedback.pushWarning(note.text)
        crs = crs_of(settled.connected.service.spatial_reference)
        transform = QgsCoordinateTransform(source.sourceCrs(), crs, context.transformContext())
        unit = self.parameterAsString(parameters, "AREA_UNIT", context) or "m2"
        fields = _statistics_fields(source.fields(), computing.bands)
        class_fields = _class_fields(source.fields(), unit)
        sink, destination = self.parameterAsSink(
            parameters, "OUTPUT", context, fields, source.wkbType(), source.sourceCrs()
        )
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, "OUTPUT"))
        table, table_destination = self.parameterAsSink(
            parameters, "CLASSES", context, class_fields, QgsWkbTypes.NoGeometry
        )
        seen: Counter[Status] = Counter()
        total = source.featureCount()
        walk = source.getFeatures()
        while page := list(islice(walk, _PAGE)):
            zones = computing.compute([_shape(feature, transform) for feature in page])
            rows, class_rows = [], list[QgsFeature]()
            for feature, zone in zip(page, zones):
                rows.append(_row(feature, zone, len(computing.bands), fields))
                if table is not None:
                    class_rows += _class_rows(feature, zone, computing, class_fields, _AREA_UNITS[unit])
                seen[zone.status] += 1
                if zone.status is Status.FAILED and seen[Status.FAILED] <= _MOST_PROBLEMS:
                    text = tr("Polygon {id} has no statistics: {reason}")
                    feedback.pushWarning(text.format(id=feature.id(), reason=zone.problem))
            if not sink.addFeatures(rows, QgsFeatureSink.Flag.FastInsert):
                raise QgsProcessingException(self.writeFeatureError(sink, parameters, "OUTPUT"))
            if table is not None and not table.addFeatures(class_rows, QgsFeatureSink.Flag.FastInsert):
                raise QgsProcessingException(self.writeFeatureError(table, parameters, "CLASSES"))
            feedback.setProgress(100 * sum(seen.values()) / max(total, sum(seen.values()), 1))
        _tell(feedback, seen)
        outputs = {
            "OUTPUT": destination,
            "COUNT": sum(seen.values()),
            "VALUES": seen[Status.VALUE] + seen[Status.APPROXIMATE],
            "OUTSIDE": seen[Status.OUTSIDE],
            "FAILED": seen[Status.FAILED],
        }
        return outputs if table is None else {**outputs, "CLASSES": table_destination}


def _shape(feature: QgsFeature, transform: QgsCoordinateTransform) -> QgsGeometry | None:
    """Return the polygon in the CRS that `transform` leads to, None where it has no place there."""
    shape = QgsGeometry(feature.geometry())
    try:
        is_there = not shape.isNull() and shape.transform(transform) == Qgis.GeometryOperationResult.Success
    except QgsCsException:
        return None
    return shape if is_there and shape.boundingBox().isFinite() else None


def _statistics_fields(given: QgsFields, bands: tuple[str, ...]) -> QgsFields:
    """Return the fields of the input and those of the statistics; what is called alike gets a number."""
    own = QgsFields()
    for band in bands:
        for suffix, kind, _ in _STATISTICS:
            own = with_field(own, f"{band}_{suffix}", kind)
    return QgsProcessingUtils.combineFields(
        given, with_field(with_field(own, "status", Type.TEXT), "problem", Type.TEXT)
    )


def _class_fields(given: QgsFields, unit: str) -> QgsFields:
    own = QgsFields()
    for name, kind in (
        ("zone", Type.LONG),
        ("band", Type.TEXT),
        ("value", Type.REAL),
        ("from", Type.REAL),
        ("to", Type.REAL),
        ("name", Type.TEXT),
        ("count", Type.LONG),
        (f"area_{unit}", Type.REAL),
    ):
        own = with_field(own, name, kind)
    return QgsProcessingUtils.combineFields(given, own)


def _row(feature: QgsFeature, zone: Zone, bands: int, fields: QgsFields) -> QgsFeature:
    row = QgsFeature(fields)
    row.setGeometry(feature.geometry())
    values = [getattr(band, name) for band in zone.bands for _, _, name in _STATISTICS]
    values = values or [None] * bands * len(_STATISTICS)
    row.setAttributes([*feature.attributes(), *values, zone.status.value, zone.problem or None])
    return row


def _class_rows(
    feature: QgsFeature, zone: Zone, computing: ZonalStatistics, fields: QgsFields, unit: float
) -> Iterator[QgsFeature]:
    for name, band in zip(computing.bands, zone.bands):
        for one in band.bins:
            area = None if zone.cell_area is None else one.count * zone.cell_area / unit
            # Classes have names, and the report names every number.
            label = None if one.value is None else computing.labels.get(one.value, readable_number(one.value))
            row = QgsFeature(fields)
            own = [feature.id(), name, one.value, one.least, one.greatest, label, one.count, area]
            row.setAttributes([*feature.attributes(), *own])
            yield row


def _tell(feedback: QgsProcessingFeedback, seen: Counter[Status]) -> None:
    """Say which polygons have no statistics, or none that are exact."""
    if seen[Status.OUTSIDE]:
        feedback.pushWarning(tr("Polygons outside the image: {count}.").format(count=seen[Status.OUTSIDE]))
    if seen[Status.NODATA]:
        feedback.pushInfo(tr("Polygons without data: {count}.").format(count=seen[Status.NODATA]))
    if seen[Status.APPROXIMATE]:
        text = tr(
            "Polygons for which the server has left out rows or columns of pixels, marked as approximate: {count}."
        )
        feedback.pushWarning(text.format(count=seen[Status.APPROXIMATE]))
    if seen[Status.FAILED]:
        text = tr("Polygons without statistics, marked as failed: {count}. A field says why.")
        feedback.reportError(text.format(count=seen[Status.FAILED]))
