"""The algorithm *Make image server layer*: `make_image_server_layer` for the toolbox, models and batches."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputRasterLayer,
    QgsProcessingOutputString,
)

from ..layer.factory import build_layer
from ..layer.naming import unique_name
from ..layer.plan import plan_layer
from ..layer.request import LayerRequest
from ..translation import tr
from .algorithm import ImageServerAlgorithm
from .make_layer_parameters import parameter_definitions
from .service_or_layer import address_request


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
        self._request = address_request(self, parameters, context)

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
