"""The parameters of *Download source rasters*: which rasters of a service, and where their files go."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterFeatureSink,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
)

from ..translation import tr
from .algorithm import advanced, with_help
from .service_or_layer import source_parameters

# In gigabytes.
_LARGEST_SIZE = 5.0
_OPTIONS = ("TEMPLATE", "WHERE_CLAUSE", "LOCK_RASTERID", "TIME")


def download_parameter_definitions() -> list[QgsProcessingParameterDefinition]:
    """Return new definitions: a layer or an address, what picks rasters, and those of the download."""
    definitions = []
    for definition in source_parameters(_OPTIONS, shown=_OPTIONS):
        definitions.append(definition)
        if definition.name() == "IN_IMAGE_SERVICE":
            # In sight, as a run with it lists the files.
            definitions.append(_only_sizes())
    return definitions + _further_parameters()


def _only_sizes() -> QgsProcessingParameterDefinition:
    return with_help(
        QgsProcessingParameterBoolean("ONLY_SIZES", tr("Only tell sizes"), defaultValue=False),
        tr("Says how many files there are, and how large they are; none is downloaded."),
    )


def _further_parameters() -> list[QgsProcessingParameterDefinition]:
    footprints = QgsProcessingParameterFeatureSource(
        "FOOTPRINTS", tr("Rasters listed in"), [QgsProcessing.SourceType.TypeVector], optional=True
    )
    largest_size = QgsProcessingParameterNumber(
        "LARGEST_SIZE",
        tr("Largest size (gigabytes)"),
        QgsProcessingParameterNumber.Type.Double,
        defaultValue=_LARGEST_SIZE,
        minValue=0,
    )
    return [
        with_help(footprints, tr("Footprints or rasters of the service; its selected features, if you tick that.")),
        QgsProcessingParameterBoolean("OPEN", tr("Open the rasters in the project"), defaultValue=False),
        advanced(with_help(largest_size, tr("A download of more is refused, before any file is asked for."))),
        # Not a temporary one, unless somebody says so: these may be gigabytes.
        QgsProcessingParameterFolderDestination("OUTPUT", tr("Folder"), optional=True, createByDefault=False),
        QgsProcessingParameterFeatureSink(
            "TABLE",
            tr("List of the files"),
            QgsProcessing.SourceType.TypeVector,
            None,
            optional=True,
            createByDefault=False,
        ),
    ]
