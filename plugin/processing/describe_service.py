"""The algorithm *Describe image service*: what a service offers, as a page, as JSON, and as values for models."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFileDestination,
    QgsProject,
)

from ..layer.arguments import service_access
from ..layer.connect import connect
from ..service.access import Access
from ..service.address import PortalItem, ServiceAddress
from ..service.crs import crs_of
from ..service.extent import Extent
from ..translation import tr
from .algorithm import ImageServerAlgorithm, authcfg_parameter, connection_parameters, warn_of_token
from .make_layer_parameters import service_parameter
from .report import service_html, service_json


class DescribeImageService(ImageServerAlgorithm):
    """Takes the address of a service; gives files, and values under the names that *Raster layer properties* uses."""

    _address: ServiceAddress | PortalItem
    _access: Access

    def name(self) -> str:
        """Return the fixed name of the algorithm."""
        return "describeimageservice"

    def displayName(self) -> str:
        """Return the title in the toolbox."""
        return tr("Describe image service")

    def shortDescription(self) -> str:
        """Return the tooltip in the toolbox."""
        return tr("Tells what an ArcGIS image service offers: bands, processing templates, mosaic methods and fields.")

    def tags(self) -> list[str]:
        """Return further words by which the algorithm is found."""
        return tr("arcgis,esri,rest,imageserver,bands,raster functions,properties,metadata,information").split(",")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters, as HTML."""
        return tr(
            "<p>Tells what an ArcGIS image service offers: extent, pixels, bands, processing templates, mosaic methods "
            "and fields.</p><p>The page is shown under Processing ▸ Results Viewer; the JSON holds the same for "
            "programs.</p>"
        )

    def initAlgorithm(self, _: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        for definition in (service_parameter(), authcfg_parameter(), *connection_parameters()):
            self.addParameter(definition)
        for name, label, files, is_made in (
            ("OUTPUT_HTML", tr("Description"), tr("HTML files (*.html)"), True),
            ("OUTPUT_JSON", tr("Description as JSON"), tr("JSON files (*.json)"), False),
        ):
            self.addParameter(
                QgsProcessingParameterFileDestination(name, label, files, optional=True, createByDefault=is_made)
            )
        for name, label in (
            ("URL", tr("URL of the service")),
            ("NAME", tr("Name")),
            ("CRS_AUTHID", tr("CRS authority identifier")),
            ("EXTENT", tr("Extent")),
            ("PIXEL_TYPE", tr("Pixel type")),
        ):
            self.addOutput(QgsProcessingOutputString(name, label))
        for name, label in (
            ("PIXEL_WIDTH", tr("Pixel width")),
            ("PIXEL_HEIGHT", tr("Pixel height")),
            ("WIDTH_IN_PIXELS", tr("Width in pixels")),
            ("HEIGHT_IN_PIXELS", tr("Height in pixels")),
            ("BAND_COUNT", tr("Number of bands")),
        ):
            self.addOutput(QgsProcessingOutputNumber(name, label))

    def read_parameters(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Read the address, which may be that of a layer."""
        names = ("IN_IMAGE_SERVICE", "AUTHCFG", "REFERER", "TIMEOUT")
        address, authcfg, referer, timeout = (self.parameterAsString(parameters, name, context) for name in names)
        project = context.project() or QgsProject.instance()
        self._address, self._access = service_access(address, project, authcfg, referer, timeout)

    def outputs(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read the service and write what it says."""
        warn_of_token(self._address.token, feedback)
        service = connect(self._address, self._access, feedback).service
        crs = crs_of(service.spatial_reference)
        return {
            **self._write("OUTPUT_HTML", service_html(service, crs.userFriendlyIdentifier()), parameters, context),
            **self._write("OUTPUT_JSON", service_json(service), parameters, context),
            "URL": service.url,
            "NAME": service.name,
            "CRS_AUTHID": crs.authid(),
            "EXTENT": _extent_text(service.extent, crs.authid()),
            "PIXEL_TYPE": service.pixel_type,
            "PIXEL_WIDTH": service.pixel_size[0],
            "PIXEL_HEIGHT": service.pixel_size[1],
            "WIDTH_IN_PIXELS": service.columns,
            "HEIGHT_IN_PIXELS": service.rows,
            "BAND_COUNT": len(service.bands),
        }

    def _write(
        self, output: str, text: str, parameters: dict[str, Any], context: QgsProcessingContext
    ) -> dict[str, str]:
        """Write the file of an output, and return the output; nothing for one that is left out."""
        path = self.parameterAsFileOutput(parameters, output, context)
        if not path:
            return {}
        try:
            Path(path).write_text(text, encoding="utf-8")
        except OSError as error:
            raise QgsProcessingException(
                tr("The file {path} cannot be written: {reason}").format(path=path, reason=error.strerror)
            ) from error
        return {output: path}


def _extent_text(extent: Extent, authid: str) -> str:
    """Return an extent as Processing's extent parameters take it."""
    numbers = ",".join(map(repr, (extent.xmin, extent.xmax, extent.ymin, extent.ymax)))
    return f"{numbers} [{authid}]" if authid else numbers
