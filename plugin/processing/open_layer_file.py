"""The algorithm *Open layer file*: the image services of a layer file, a map or a web map, as layers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsCoordinateTransformContext,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputMultipleLayers,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFile,
    QgsProcessingParameterString,
    QgsProject,
)

from ..documents.document import Document, DocumentError, no_image_service
from ..documents.reader import read_document_file
from ..layer.document_layers import (
    AccessOf,
    PlannedDocument,
    known_access,
    plan_document,
    portal_access,
    read_portal_map,
)
from ..layer.document_places import DocumentPlaces
from ..layer.factory import build_layer
from ..service.access import Access
from ..service.address import PortalItem, parse_address
from ..service.connections import saved_connections
from ..service.errors import OptionError
from ..translation import tr, tr_n
from .algorithm import ImageServerAlgorithm, authcfg_parameter, connection_parameters, warn_of_token, with_help
from .arrival import Arrival


class OpenLayerFile(ImageServerAlgorithm):
    """Takes a file, or a web map of a portal; gives a layer for each image service in it, and what was left out."""

    _path: Path | None
    _item: PortalItem | None
    _access: Access
    _access_of: AccessOf
    _transform_context: QgsCoordinateTransformContext

    def name(self) -> str:
        """Return the fixed name of the algorithm."""
        return "openlayerfile"

    def displayName(self) -> str:
        """Return the title in the toolbox."""
        return tr("Open layer file")

    def shortDescription(self) -> str:
        """Return the tooltip in the toolbox."""
        return tr("Adds the image services of an ArcGIS Pro layer file or map, or of a web map of a portal.")

    def tags(self) -> list[str]:
        """Return further words by which the algorithm is found."""
        return tr("arcgis,esri,pro,lyrx,mapx,web map,portal,imageserver,add layer,import").split(",")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters, as HTML."""
        return tr(
            "<p>Makes a layer of each image service in a layer file (.lyrx) or map (.mapx) of ArcGIS Pro, or in a web "
            "map of a portal: with its mosaic rule, raster function, bands, where clause, name, opacity, visibility "
            "and group.</p><p>What has no counterpart, such as symbology, is listed. Nothing but image services is "
            "asked, and credentials go only to servers that they are saved for.</p>"
        )

    def initAlgorithm(self, _: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        file = QgsProcessingParameterFile("INPUT", tr("Layer file or map"), optional=True)
        file.setFileFilter(tr("Layer files, maps and web maps of ArcGIS (*.lyrx *.mapx *.json)"))
        self.addParameter(with_help(file, tr("A .lyrx or .mapx of ArcGIS Pro, or the JSON of a web map.")))
        item = QgsProcessingParameterString("PORTAL_ITEM", tr("Or a web map of a portal"), optional=True)
        self.addParameter(with_help(item, tr("The address of its page (…/home/item.html?id=…), or its id.")))
        authentication = with_help(
            authcfg_parameter(),
            tr("For the portal and the services on its own host. Others are asked as their saved connections say."),
        )
        for definition in (authentication, *connection_parameters()):
            self.addParameter(definition)
        self.addOutput(QgsProcessingOutputMultipleLayers("LAYERS", tr("Image server layers")))
        self.addOutput(QgsProcessingOutputNumber("COUNT", tr("Number of layers")))
        self.addOutput(QgsProcessingOutputString("REPORT", tr("What was left out")))

    def checkParameterValues(self, parameters: dict[str, Any], context: QgsProcessingContext) -> tuple[bool, str]:
        """Want one of the two inputs, not both."""
        given = [bool(self.parameterAsString(parameters, name, context)) for name in ("INPUT", "PORTAL_ITEM")]
        if sum(given) != 1:
            return False, tr("Choose either a layer file or a web map of a portal.")
        return super().checkParameterValues(parameters, context)

    def read_parameters(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Read what to open, and how servers are asked."""
        file = self.parameterAsString(parameters, "INPUT", context)
        self._path, self._item = (Path(file) if file else None), None
        self._access = Access(
            self.parameterAsString(parameters, "AUTHCFG", context),
            self.parameterAsString(parameters, "REFERER", context),
            self.parameterAsDouble(parameters, "TIMEOUT", context),
        )
        self._access_of = known_access(saved_connections(), self._access.timeout)
        project = context.project() or QgsProject.instance()
        self._transform_context = project.transformContext()
        if self._path is None:
            address = parse_address(self.parameterAsString(parameters, "PORTAL_ITEM", context))
            if not isinstance(address, PortalItem):
                message = tr(
                    "{url} is an image service, not an item of a portal: use “Make image server layer” for it."
                )
                raise OptionError("portal_item", message.format(url=address.url))
            self._item = address
            self._access_of = portal_access(address, self._access, self._access_of)

    def outputs(
        self, _: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read the document, and make its layers, to be loaded when everything is done."""
        document = self._document(feedback)
        if not document.layers:
            raise no_image_service(document)
        planned = plan_document(
            document, self._access_of, self._transform_context, feedback, on_progress=feedback.setProgress
        )
        for sentence in planned.report:
            feedback.pushWarning(sentence)
        if not planned.layers:
            message = tr("None of the image services in “{title}” can be added; the details say why.")
            raise DocumentError(message.format(title=document.title), "\n".join(planned.report))
        ids = _load(planned, context)
        feedback.pushInfo(tr_n("%n layer was made.", "%n layers were made.", len(ids)))
        return {"LAYERS": ids, "COUNT": len(ids), "REPORT": "\n".join(planned.report)}

    def _document(self, feedback: QgsProcessingFeedback) -> Document:
        if self._item is None:
            return read_document_file(self._path or Path())
        warn_of_token(self._item.token, feedback)
        return read_portal_map(self._item, self._access, feedback)


def _load(planned: PlannedDocument, context: QgsProcessingContext) -> list[str]:
    """Make the layers, and let them be loaded on completion; return their ids."""

    def place(project: QgsProject, layers: Sequence[QgsMapLayer]) -> None:
        places = DocumentPlaces(project)
        for layer, entry in zip(layers, planned.layers):
            places.move(layer, entry.layer)

    arrival = Arrival(len(planned.layers), place)
    return [
        arrival.load(context, position, build_layer(entry.plan), "LAYERS")
        for position, entry in enumerate(planned.layers)
    ]
