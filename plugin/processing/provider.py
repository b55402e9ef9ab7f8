"""The provider *Image Server Layer* of the Processing toolbox."""

from __future__ import annotations

from qgis.core import QgsApplication, QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from ..resources import ICON
from ..service.warming import warm
from ..translation import tr
from .catalog_to_layer import CatalogToLayer, RastersTable
from .describe_service import DescribeImageService
from .download_rasters import DownloadRasters
from .export_layer import ExportImageServerLayer
from .list_services import ListImageServices
from .make_date_layers import MakeDateLayers
from .make_layer import MakeImageServerLayer
from .open_layer_file import OpenLayerFile
from .sample_points import SamplePoints
from .zonal_statistics import ComputeZonalStatistics

_ALGORITHMS = (
    MakeImageServerLayer,
    MakeDateLayers,
    OpenLayerFile,
    ExportImageServerLayer,
    DownloadRasters,
    DescribeImageService,
    ListImageServices,
    CatalogToLayer,
    RastersTable,
    SamplePoints,
    ComputeZonalStatistics,
)


class ImageServerProvider(QgsProcessingProvider):
    """The plugin's algorithms for the toolbox, models, batches and `qgis_process`."""

    def __init__(self) -> None:
        super().__init__()
        warm(self)

    def id(self) -> str:
        """Return the prefix of the algorithms' ids."""
        return "imageserver"

    def name(self) -> str:
        """Return the name in the toolbox."""
        return tr("Image Server Layer")

    def icon(self) -> QIcon:
        """Return the icon in the toolbox."""
        return QIcon(str(ICON))

    def svgIconPath(self) -> str:
        """Return the path of that icon."""
        return str(ICON)

    def supportedOutputRasterLayerExtensions(self) -> list[str]:
        """Return the endings that files of rasters may have."""
        return ["tif", "tiff"]

    def loadAlgorithms(self) -> None:
        """Add the algorithms; QGIS calls this again when the user changes its language or settings."""
        for algorithm in _ALGORITHMS:
            self.addAlgorithm(algorithm())


# Processing keeps the C++ half of a provider only.
_registered: list[ImageServerProvider] = []


def register() -> None:
    """Add the provider to Processing."""
    provider = ImageServerProvider()
    if QgsApplication.processingRegistry().addProvider(provider):
        _registered.append(provider)


def unregister() -> None:
    """Undo `register`."""
    while _registered:
        QgsApplication.processingRegistry().removeProvider(_registered.pop())
