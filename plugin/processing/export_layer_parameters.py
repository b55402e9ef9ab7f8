"""The parameters of *Export image server layer*: what to export, which part of it, and what the file is to be."""

from __future__ import annotations

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterCrs,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterNumber,
    QgsProcessingParameterRasterDestination,
    QgsProcessingParameterRasterLayer,
)

from ..export.job import COMPRESSIONS, FileFormat
from ..export.parts import Each
from ..translation import tr
from .algorithm import advanced, with_help
from .make_layer_parameters import parameter_definitions

# In gigabytes.
_LARGEST_SIZE = 5.0
# Parameters of layers that files do not have, or have in another form: MASK, and cells in the CRS of the file.
_OF_LAYERS_ONLY = ("OUT_IMAGESERVER_LAYER", "PROVIDER", "NEAREST_DATE", "CLIP", "SNAP_RASTER")
_IN_FRONT = ("IN_IMAGE_SERVICE", "TEMPLATE", "CELL_SIZE", "AUTHCFG")
# Parameters that go with a layer as well as with an address.
_WITH_LAYER = ("TEMPLATE", "CELL_SIZE", "TIMEOUT")


def export_parameter_definitions() -> list[QgsProcessingParameterDefinition]:
    """Return new definitions: a layer, or the parameters of *Make image server layer*, and those of the file."""
    of_layer = {definition.name(): definition for definition in layer_definitions()}
    cell_size = with_help(
        of_layer["CELL_SIZE"],
        tr("In units of the file's coordinate reference system; the layer's own cells, if not given."),
    )
    return [
        with_help(
            QgsProcessingParameterRasterLayer("INPUT", tr("Layer to export"), optional=True),
            tr("A layer that this plugin has made; or leave it out, and give the image service below."),
        ),
        of_layer["IN_IMAGE_SERVICE"],
        of_layer["AUTHCFG"],
        of_layer["TEMPLATE"],
        with_help(
            QgsProcessingParameterFeatureSource(
                "MASK", tr("Cut to these polygons"), [QgsProcessing.SourceType.TypeVectorPolygon], optional=True
            ),
            tr("Pixels whose center is in none of them have no data in the file."),
        ),
        with_help(
            QgsProcessingParameterEnum(
                "EACH",
                tr("One file for all, or one for each"),
                [member.value for member in Each],
                defaultValue=Each.ALL.value,
                usesStaticStrings=True,
            ),
            tr(
                "POLYGON: one for each of those to cut to; RASTER: one for each locked raster; DATE: one for each date "
                "of the rasters that the options leave. The files are called as the exported file, with the name of "
                "each behind."
            ),
        ),
        cell_size,
        with_help(
            QgsProcessingParameterCrs("TARGET_CRS", tr("Coordinate reference system"), optional=True),
            tr("The service's own, with its pixels as they are, if not given; in another one, the server resamples."),
        ),
        QgsProcessingParameterEnum(
            "FORMAT",
            tr("Format"),
            [member.value for member in FileFormat],
            defaultValue=FileFormat.GTIFF.value,
            usesStaticStrings=True,
        ),
        with_help(
            QgsProcessingParameterEnum(
                "COMPRESSION",
                tr("Compression"),
                list(COMPRESSIONS),
                defaultValue=COMPRESSIONS[0],
                usesStaticStrings=True,
            ),
            tr("All of them keep every value as it is."),
        ),
        *(advanced(definition) for name, definition in of_layer.items() if name not in _IN_FRONT),
        *map(advanced, _file_parameters()),
        QgsProcessingParameterRasterDestination("OUTPUT", tr("Exported file")),
    ]


def layer_definitions() -> list[QgsProcessingParameterDefinition]:
    """Return new definitions of the parameters that stand for a layer; none of them has to be given."""
    found = [definition for definition in parameter_definitions() if definition.name() not in _OF_LAYERS_ONLY]
    for definition in found:
        if definition.name() == "IN_IMAGE_SERVICE":
            definition.setFlags(definition.flags() | QgsProcessingParameterDefinition.Flag.FlagOptional)
    return found


def names_of_options() -> list[str]:
    """Return the names of the parameters that a layer says for itself."""
    return [definition.name() for definition in layer_definitions() if definition.name() not in _WITH_LAYER]


def names_of_file() -> list[str]:
    """Return the names of the parameters of the file, which no layer has."""
    return ["MASK", "EACH", "TARGET_CRS", "FORMAT", "COMPRESSION", *(one.name() for one in _file_parameters())]


def _file_parameters() -> list[QgsProcessingParameterDefinition]:
    return [
        with_help(
            QgsProcessingParameterField(
                "NAME_FIELD", tr("Field that names polygons"), parentLayerParameterName="MASK", optional=True
            ),
            tr("For one file for each polygon; their ids, if not given."),
        ),
        with_help(
            QgsProcessingParameterNumber(
                "FILE_NODATA",
                tr("Value for no data in the file"),
                QgsProcessingParameterNumber.Type.Double,
                optional=True,
            ),
            tr("The service's own, if not given; for one without, a value that data rarely have, or a mask."),
        ),
        with_help(
            QgsProcessingParameterBoolean("ALLOW_GAPS", tr("Leave gaps where the server fails"), defaultValue=False),
            tr("What could not be read has no data in the file, and is listed. Otherwise it is an error."),
        ),
        with_help(
            QgsProcessingParameterNumber(
                "LARGEST_SIZE",
                tr("Largest size (gigabytes of pixels)"),
                QgsProcessingParameterNumber.Type.Double,
                defaultValue=_LARGEST_SIZE,
                minValue=0,
            ),
            tr("An export of more is refused, before anything is asked for."),
        ),
    ]
