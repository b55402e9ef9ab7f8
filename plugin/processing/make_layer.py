"""The algorithm *Make image server layer*: `make_image_server_layer` for the toolbox, models and batches."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsGeometry,
    QgsMapLayer,
    QgsPointXY,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingFeedback,
    QgsProcessingOutputRasterLayer,
    QgsProcessingOutputString,
    QgsProcessingUtils,
    QgsProject,
    QgsRectangle,
    QgsReferencedPointXY,
    QgsReferencedRectangle,
)

from ..layer.arguments import layer_request
from ..layer.factory import build_layer
from ..layer.naming import unique_name
from ..layer.plan import LayerRequest, plan_layer
from ..options.arcgis_arguments import is_extent_text
from ..translation import tr
from .algorithm import ImageServerAlgorithm
from .make_layer_parameters import parameter_definitions


class MakeImageServerLayer(ImageServerAlgorithm):
    """Takes the parameters of the function, in capitals; gives the layer and its source."""

    _request: LayerRequest

    def name(self) -> str:
        """Return the fixed name of the algorithm."""
        return "makeimageserverlayer"

    def displayName(self) -> str:
        """Return the title in the toolbox."""
        return tr("Make image server layer")

    def shortDescription(self) -> str:
        """Return the tooltip in the toolbox."""
        return tr("Makes a temporary raster layer from an ArcGIS image service.")

    def tags(self) -> list[str]:
        """Return further words by which the algorithm is found."""
        return tr("arcgis,esri,rest,imageserver,mosaic,raster function,processing template,add layer").split(",")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters, as HTML."""
        return tr(
            "<p>Makes a temporary raster layer from an ArcGIS image service, as the ArcGIS tool <i>Make Image Server "
            "Layer</i> does.</p><p>Give at least the address of the service. Bands, fields and processing templates "
            "can then be chosen from those that the service has, or typed.</p><p>The layer holds true pixel values, or "
            "is a picture that the server draws. Nothing is written to disk; the layer stays with the project, if that "
            "is saved.</p>"
        )

    def initAlgorithm(self, _: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        for definition in parameter_definitions():
            self.addParameter(definition)
        self.addOutput(QgsProcessingOutputRasterLayer("OUTPUT", tr("Image server layer")))
        self.addOutput(QgsProcessingOutputString("URI", tr("Source of the layer")))

    def read_parameters(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Read the parameters into a request."""

        def text(name: str) -> str:
            return str(self.parameterAsString(parameters, name, context))

        self._request = layer_request(
            context.project() or QgsProject.instance(),
            text("IN_IMAGE_SERVICE"),
            text("OUT_IMAGESERVER_LAYER"),
            self._template(parameters, context),
            text("BAND_INDEX"),
            text("MOSAIC_METHOD"),
            text("ORDER_FIELD"),
            text("ORDER_BASE_VALUE"),
            text("LOCK_RASTERID"),
            text("CELL_SIZE"),
            text("WHERE_CLAUSE"),
            text("PROCESSING_TEMPLATE"),
            kind=text("KIND"),
            provider=text("PROVIDER"),
            authcfg=text("AUTHCFG"),
            timeout=text("TIMEOUT"),
            referer=text("REFERER"),
            ascending=text("ASCENDING"),
            mosaic_operation=text("MOSAIC_OPERATION"),
            viewpoint=self._ground_point(parameters, context),
            interpolation=text("INTERPOLATION"),
            nodata=text("NODATA"),
            nodata_interpretation=text("NODATA_INTERPRETATION"),
            compression_quality=text("COMPRESSION_QUALITY"),
        )

    def outputs(
        self, _: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Make the layer, to be loaded when everything is done."""
        plan = plan_layer(self._request, feedback)
        layer = build_layer(plan)
        project = context.project()
        if not self._request.name and project is not None:
            layer.setName(unique_name(layer.name(), [other.name() for other in project.mapLayers().values()]))
        feedback.pushInfo(plan.choice.reason)
        for note in plan.notes:
            feedback.pushWarning(note.text)
        details = QgsProcessingContext.LayerDetails(layer.name(), context.project(), "OUTPUT")
        details.forceName = True
        context.temporaryLayerStore().addMapLayer(layer)
        context.addLayerToLoadOnCompletion(layer.id(), details)
        return {"OUTPUT": layer.id(), "URI": layer.source()}

    def _template(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Any:
        """Return the extent. Numbers without a CRS are in the service's, where Processing would take the project's."""
        value = parameters.get("TEMPLATE")
        if isinstance(value, (QgsRectangle, QgsMapLayer)):
            return value
        if isinstance(value, (QgsGeometry, QgsProcessingFeatureSourceDefinition)):
            extent = self.parameterAsExtent(parameters, "TEMPLATE", context)
            return QgsReferencedRectangle(extent, self.parameterAsExtentCrs(parameters, "TEMPLATE", context))
        text = self.parameterAsString(parameters, "TEMPLATE", context)
        return text if is_extent_text(text) else QgsProcessingUtils.mapLayerFromString(text, context) or text

    def _ground_point(self, parameters: dict[str, Any], context: QgsProcessingContext) -> Any:
        """Return the viewpoint, if any: x and y in the service's CRS, or a point with a CRS of its own."""
        value = parameters.get("VIEWPOINT")
        text = self.parameterAsString(parameters, "VIEWPOINT", context)
        if not text and not isinstance(value, (QgsPointXY, QgsGeometry)):
            return None
        point = self.parameterAsPoint(parameters, "VIEWPOINT", context)
        if "[" in text or isinstance(value, (QgsReferencedPointXY, QgsGeometry)):
            return QgsReferencedPointXY(point, self.parameterAsPointCrs(parameters, "VIEWPOINT", context))
        return point.x(), point.y()
