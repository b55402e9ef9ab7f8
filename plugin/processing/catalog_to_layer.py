"""The algorithms *Footprints of an image service* and *Rasters of an image service*: its catalog, and its outlines."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsFeature,
    QgsFeatureSink,
    QgsFields,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingUtils,
    QgsWkbTypes,
)

from ..export.footprints import CatalogRows, catalog_rows, outline
from ..layer.footprint_layer import RasterList, mark_raster_list
from ..layer.settle import settle
from ..service.catalog import Catalog
from ..service.crs import crs_of
from ..service.errors import AuthenticationError, CanceledError, ImageServerLayerError
from ..translation import tr
from .service_or_layer import ServiceQuestion, source_parameters

_OPTIONS = ("TEMPLATE", "WHERE_CLAUSE", "LOCK_RASTERID", "TIME")


class CatalogToLayer(ServiceQuestion):
    """Takes a service, and what is wanted of its catalog; gives a polygon layer with all fields."""

    _has_outlines = True
    _listed: RasterList
    _destination = ""

    def name(self) -> str:
        """Return the fixed name of the algorithm."""
        return "catalogtolayer"

    def displayName(self) -> str:
        """Return the title in the toolbox."""
        return tr("Footprints of an image service")

    def shortDescription(self) -> str:
        """Return the tooltip in the toolbox."""
        return tr("The rasters of a mosaic as polygons, with all fields of its catalog.")

    def tags(self) -> list[str]:
        """Return further words by which the algorithm is found."""
        return tr("arcgis,esri,rest,imageserver,mosaic,catalog,footprints,rasters,dates,acquisition").split(",")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters, as HTML."""
        return tr(
            "<p>Lists the rasters that an image service is made of as a polygon layer: their outlines, and all fields "
            "of the catalog, dates in UTC.</p><p>An extent, a where clause, a list of rasters and a time narrow the "
            "list.</p>"
        )

    def initAlgorithm(self, _: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        for definition in source_parameters(_OPTIONS, shown=_OPTIONS):
            self.addParameter(definition)
        label, kind = tr("Footprints"), QgsProcessing.TypeVectorPolygon
        if not self._has_outlines:
            label, kind = tr("Rasters"), QgsProcessing.TypeVector
        self.addParameter(QgsProcessingParameterFeatureSink("OUTPUT", label, kind))
        self.addOutput(QgsProcessingOutputNumber("COUNT", tr("Number of rasters")))
        self.addOutput(QgsProcessingOutputNumber("MISSING", tr("Number of rasters that could not be read")))

    def outputs(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read the catalog, page by page, into the layer. What has come stays, should the rest fail."""
        settled = settle(self._request, feedback)
        for note in settled.notes:
            feedback.pushWarning(note.text)
        connected = settled.connected
        catalog = Catalog(connected.client(feedback), connected.service)
        rows = catalog_rows(connected, settled.options, catalog)
        total = rows.count()
        fields = QgsFields()
        for column in rows.columns:
            fields.append(column.field)
        wkb_type = QgsWkbTypes.MultiPolygon if self._has_outlines else QgsWkbTypes.NoGeometry
        crs = crs_of(connected.service.spatial_reference)
        sink, destination = self.parameterAsSink(parameters, "OUTPUT", context, fields, wkb_type, crs)
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, "OUTPUT"))
        count, unread, problem = 0, 0, ""
        try:
            for page in rows.pages(with_outlines=self._has_outlines):
                features, lost = self._features(rows, page, fields)
                if not sink.addFeatures(features, QgsFeatureSink.Flag.FastInsert):
                    raise QgsProcessingException(self.writeFeatureError(sink, parameters, "OUTPUT"))
                count, unread = count + len(features), unread + lost
                feedback.setProgress(100 * count / max(total, count, 1))
        except (AuthenticationError, CanceledError):
            raise
        except ImageServerLayerError as error:
            if not count:
                raise
            problem = error.message
        _tell(feedback, count, total, unread, problem)
        self._listed, self._destination = RasterList(connected.service.url, catalog.id_field), str(destination)
        return {"OUTPUT": destination, "COUNT": count, "MISSING": max(0, total - count)}

    def postProcessAlgorithm(self, context: QgsProcessingContext, feedback: QgsProcessingFeedback) -> dict[str, Any]:
        """Let the layer know whose rasters it lists, so that image server layers can be locked to what is selected."""
        del feedback
        if not self._destination:
            return {}
        is_shown = context.willLoadLayerOnCompletion(self._destination)
        layer = QgsProcessingUtils.mapLayerFromString(self._destination, context, is_shown)
        if layer is not None:
            mark_raster_list(layer, self._listed)
        return {}

    def _features(self, rows: CatalogRows, page: Any, fields: QgsFields) -> tuple[list[QgsFeature], int]:
        """Return a page as features, and how many of its values could not be read."""
        features, unread = [], 0
        for raster in page:
            values, lost = rows.row(raster)
            feature = QgsFeature(fields)
            feature.setAttributes(values)
            if self._has_outlines:
                feature.setGeometry(outline(raster.rings))
            features.append(feature)
            unread += lost
        return features, unread


class RastersTable(CatalogToLayer):
    """The same without outlines."""

    _has_outlines = False

    def name(self) -> str:
        """Return the fixed name of the algorithm."""
        return "rasterstable"

    def displayName(self) -> str:
        """Return the title in the toolbox."""
        return tr("Rasters of an image service")

    def shortDescription(self) -> str:
        """Return the tooltip in the toolbox."""
        return tr("The catalog of a mosaic as a table.")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters, as HTML."""
        return tr(
            "<p>Lists the rasters that an image service is made of as a table, with all fields of the catalog, dates "
            "in UTC.</p><p>An extent, a where clause, a list of rasters and a time narrow the list. <i>Footprints of "
            "an image service</i> gives their outlines too.</p>"
        )


def _tell(feedback: QgsProcessingFeedback, count: int, total: int, unread: int, problem: str) -> None:
    """Say what is not as it should be."""
    if problem:
        text = tr("The list ends after {count} of {total} rasters: {reason}")
        feedback.reportError(text.format(count=count, total=total, reason=problem))
    elif count < total:
        text = tr("The server lists only {count} of the {total} rasters that it counts.")
        feedback.reportError(text.format(count=count, total=total))
    if not count:
        feedback.pushWarning(tr("There is no raster in this extent."))
    if unread:
        text = tr("Values that are not of the type of their field, and were left empty: {count}.")
        feedback.pushWarning(text.format(count=unread))
