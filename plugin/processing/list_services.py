"""The algorithm *List image services*: the image services of a server or folder, as a table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qgis.core import (
    QgsFeature,
    QgsFeatureSink,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputNumber,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterString,
    QgsVectorLayer,
)

from ..service.access import Access
from ..service.connections import saved_connections
from ..service.directory import DirectoryAddress, ListedService, ServicesDirectory, parse_directory_address
from ..service.errors import ResponseError, ServerError
from ..service.transport import Transport
from ..translation import tr
from .algorithm import ImageServerAlgorithm, authcfg_parameter, connection_parameters, warn_of_token, with_help

_TABLE = "None?field=name:string&field=folder:string&field=url:string&field=type:string"


class ListImageServices(ImageServerAlgorithm):
    """Takes a services directory, with all of its folders, or one folder; gives a table of services."""

    _address: DirectoryAddress

    def name(self) -> str:
        """Return the fixed name of the algorithm."""
        return "listimageservices"

    def displayName(self) -> str:
        """Return the title in the toolbox."""
        return tr("List image services")

    def shortDescription(self) -> str:
        """Return the tooltip in the toolbox."""
        return tr("Lists the image services of an ArcGIS server or folder.")

    def tags(self) -> list[str]:
        """Return further words by which the algorithm is found."""
        return tr("arcgis,esri,rest,imageserver,directory,catalog,folder").split(",")

    def shortHelpString(self) -> str:
        """Return the help beside the parameters, as HTML."""
        return tr(
            "<p>Lists the image services of an ArcGIS server, with all of its folders, or of one folder, as a table of "
            "name, folder, URL and type.</p><p>Folders that are closed to the user are left out with a warning.</p>"
        )

    def initAlgorithm(self, _: dict[str, Any] | None = None) -> None:
        """Declare parameters and outputs."""
        self.addParameter(
            with_help(
                QgsProcessingParameterString("SERVER", tr("Services directory")),
                tr(
                    "A URL that ends with /rest/services or with one of its folders, or the name of a saved ArcGIS "
                    "REST connection, alone or followed by a folder."
                ),
            )
        )
        for definition in (authcfg_parameter(), *connection_parameters()):
            self.addParameter(definition)
        self.addParameter(QgsProcessingParameterFeatureSink("OUTPUT", tr("Image services"), QgsProcessing.TypeVector))
        self.addOutput(QgsProcessingOutputNumber("COUNT", tr("Number of image services")))

    def read_parameters(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Read the address."""
        typed = self.parameterAsString(parameters, "SERVER", context)
        self._address = parse_directory_address(typed, saved_connections())

    def outputs(
        self, parameters: dict[str, Any], context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> dict[str, Any]:
        """Read the directory, folder by folder, into the table."""
        warn_of_token(self._address.token, feedback)
        access = Access(
            self.parameterAsString(parameters, "AUTHCFG", context) or self._address.authcfg,
            self.parameterAsString(parameters, "REFERER", context) or self._address.referer,
            self.parameterAsDouble(parameters, "TIMEOUT", context),
        )
        transport = Transport(access, feedback)
        table = QgsVectorLayer(_TABLE, "table", "memory")
        sink, destination = self.parameterAsSink(
            parameters, "OUTPUT", context, table.fields(), table.wkbType(), table.crs()
        )
        if sink is None:
            raise QgsProcessingException(self.invalidSinkError(parameters, "OUTPUT"))
        count = 0
        for service in _services(ServicesDirectory(self._address, transport), self._address.folder, feedback):
            row = QgsFeature(table.fields())
            row.setAttributes([service.name, service.folder, service.url, service.type])
            if not sink.addFeature(row, QgsFeatureSink.Flag.FastInsert):
                raise QgsProcessingException(self.writeFeatureError(sink, parameters, "OUTPUT"))
            count += 1
        return {"OUTPUT": destination, "COUNT": count}


def _services(directory: ServicesDirectory, folder: str, feedback: QgsProcessingFeedback) -> Iterator[ListedService]:
    """Go through a folder, or through the root and all of its folders; a closed one is only a warning."""
    listing = directory.listing(folder)
    yield from listing.services
    for done, name in enumerate(listing.folders):
        feedback.setProgress(100 * (1 + done) / (1 + len(listing.folders)))
        try:
            yield from directory.listing(name).services
        except (ServerError, ResponseError) as error:
            feedback.pushWarning(
                tr("The folder “{folder}” is left out: {reason}").format(folder=name, reason=error.message)
            )
