"""The parameters of *Make image server layer*: those of ArcGIS' tool in its order, then what goes beyond it."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import (
    QgsProcessing,
    QgsProcessingParameterBoolean,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterEnum,
    QgsProcessingParameterExtent,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterNumber,
    QgsProcessingParameterPoint,
    QgsProcessingParameterRasterLayer,
    QgsProcessingParameterString,
)

from ..backend.source import Kind
from ..layer.kind import Provider
from ..options.wording import option_label
from ..service.vocabulary import METHOD_KEYWORDS, Interpolation, MosaicOperation
from ..translation import tr
from .algorithm import advanced, authcfg_parameter, connection_parameters, with_help


def parameter_definitions() -> list[QgsProcessingParameterDefinition]:
    """Return new definitions. Their names are the keywords of `make_image_server_layer` in capitals."""
    return [
        *_tool_parameters(),
        with_help(
            _text("TIME", option_label("time")),
            tr(
                "Only what is of that time is drawn, in UTC: 2010, 2010-12 or 2010-12-31 for the whole of it, "
                "2010-12-31 13:30:00 for an instant, 2010/2012 for a range, 2010/.. for one without an end."
            ),
        ),
        with_help(
            _text("VARIABLE", option_label("variable")),
            tr("Of a multidimensional service, such as water_temp; its first one if not given."),
        ),
        with_help(
            _text("DIMENSIONS", option_label("dimensions")),
            tr(
                "The values that dimensions of the variable are to have: StdZ=-50;StdTime=2010-12. Ranges have “/” "
                "between their ends. What is not given is the first value."
            ),
        ),
        with_help(
            _choice("KIND", tr("Kind"), [kind.value for kind in Kind]),
            tr(
                "“values” for the true numbers of every band, “picture” for an image that the server draws; "
                "values wherever the service gives numbers, if not given."
            ),
        ),
        authcfg_parameter(),
        *map(advanced, _further_parameters()),
        *connection_parameters(),
    ]


def service_parameter() -> QgsProcessingParameterDefinition:
    """Return the parameter that names an image service."""
    return with_help(
        QgsProcessingParameterString("IN_IMAGE_SERVICE", tr("Image service")),
        tr(
            "REST or SOAP address of the service, a portal item, the name of a saved ArcGIS REST connection followed "
            "by the service, or the id of a layer of an image service."
        ),
    )


def _tool_parameters() -> list[QgsProcessingParameterDefinition]:
    return [
        _with_widget(service_parameter(), "ServiceWrapper"),
        with_help(
            _text("OUT_IMAGESERVER_LAYER", tr("Name of the layer")),
            tr("The name of the service if not given."),
        ),
        with_help(
            QgsProcessingParameterExtent("TEMPLATE", option_label("extent"), optional=True),
            tr("The extent of the layer. Without a coordinate reference system in brackets it is in the service's."),
        ),
        with_help(
            _with_widget(_text("BAND_INDEX", option_label("bands")), "BandsWrapper"),
            tr("Numbers from 1, or names, separated by “;”. They are those that come out of the processing template."),
        ),
        with_help(
            _choice("MOSAIC_METHOD", option_label("mosaic_method"), METHOD_KEYWORDS.values()),
            tr("How overlapping rasters are ordered: a keyword, such as BY_ATTRIBUTE; the service's own if not given."),
        ),
        with_help(
            _with_widget(_text("ORDER_FIELD", option_label("order_field")), "FieldWrapper"),
            tr("The field to sort by, for BY_ATTRIBUTE; the service's own if not given."),
        ),
        with_help(
            _text("ORDER_BASE_VALUE", option_label("order_base_value")),
            tr(
                "Rasters come in the order of their distance to this value: a number, or a date (yyyy/MM/dd HH:mm:ss) "
                "in UTC."
            ),
        ),
        with_help(
            _text("LOCK_RASTERID", option_label("lock_raster_ids")),
            tr("Ids or names of the rasters to show, separated by “;”, for LOCK_RASTER."),
        ),
        with_help(
            _number("CELL_SIZE", option_label("cell_size")),
            tr("In units of the service's coordinate reference system. Only pixel values have cells."),
        ),
        with_help(
            _text("WHERE_CLAUSE", option_label("where")),
            tr("SQL that the rasters of the mosaic must fulfill, such as CloudCover < 20."),
        ),
        with_help(
            _with_widget(_text("PROCESSING_TEMPLATE", option_label("processing_template")), "TemplateWrapper"),
            tr(
                "A published raster function, None for pixels as they are, the JSON of a raster function, or the path "
                "of an .rft.json file. If not given, the server applies its default, the first one published."
            ),
        ),
    ]


def _further_parameters() -> list[QgsProcessingParameterDefinition]:
    return [
        with_help(
            _choice("PROVIDER", tr("Provider"), [provider.value for provider in Provider]),
            tr(
                "“imageserver”, if not given: a live layer. “gdal” makes an ordinary GDAL layer of an open service, "
                "which opens without this plugin."
            ),
        ),
        with_help(
            QgsProcessingParameterNumber("SLICE_ID", tr("Slice"), optional=True, minValue=0),
            tr(
                "A slice of a multidimensional service by the id that the server has for it (10.8.1 and later), in "
                "place of dimensions."
            ),
        ),
        with_help(
            QgsProcessingParameterFeatureSource(
                "CLIP", option_label("clip"), [QgsProcessing.SourceType.TypeVectorPolygon], optional=True
            ),
            tr(
                "Outside of these polygons there is nothing; a cell is inside where its center is. Without an extent, "
                "that of the layer is the box around them."
            ),
        ),
        with_help(
            QgsProcessingParameterRasterLayer("SNAP_RASTER", tr("Align cells with"), optional=True),
            tr(
                "A raster layer in the service's coordinate reference system, on whose cells those of the layer fall; "
                "their size is the same if no cell size is given."
            ),
        ),
        with_help(
            QgsProcessingParameterBoolean("NEAREST_DATE", option_label("nearest_date"), optional=True),
            tr(
                "Whether a moment of QGIS' temporal controller that the service has nothing of shows the nearest date "
                "that it has something of, rather than nothing."
            ),
        ),
        with_help(
            _choice("ASCENDING", tr("Order of the rasters"), ("ASCENDING", "DESCENDING")),
            tr("DESCENDING turns the order of the rasters around."),
        ),
        with_help(
            _choice("MOSAIC_OPERATION", option_label("mosaic_operation"), MosaicOperation.__members__),
            tr("How overlapping pixels become one: a keyword, such as MEAN; the service's own if not given."),
        ),
        with_help(
            QgsProcessingParameterPoint("VIEWPOINT", option_label("viewpoint"), optional=True),
            tr(
                "The ground point for CLOSEST_TO_VIEWPOINT; the center of the extent if not given. "
                "Without a coordinate reference system in brackets it is in the service's."
            ),
        ),
        with_help(
            _choice("INTERPOLATION", option_label("interpolation"), Interpolation.__members__),
            tr("How pixels are resampled: a keyword, such as BILINEAR; the service's own if not given."),
        ),
        with_help(
            _text("NODATA", option_label("nodata")),
            tr("The pixel value that stands for no data, or one for each band, separated by “;”."),
        ),
        with_help(
            _choice("NODATA_INTERPRETATION", tr("Nodata interpretation"), ("ANY", "ALL")),
            tr("Whether a pixel is left out when one of its bands has its nodata value, or only when all have."),
        ),
        with_help(
            QgsProcessingParameterNumber(
                "COMPRESSION_QUALITY", option_label("compression_quality"), optional=True, minValue=1, maxValue=100
            ),
            tr("For lossy pictures, from 1 (worst) to 100."),
        ),
        with_help(
            # Not yes or no: a box that is not ticked would say no, and nobody could leave it to the plugin.
            _choice("TILES", option_label("tiles"), ("TILES", "IMAGES")),
            tr(
                "Whether a picture is drawn from the ready-made tiles of a service that has them, or images are asked "
                "for instead. If not given, it is drawn from them where no other option contradicts."
            ),
        ),
    ]


def _text(name: str, label: str) -> QgsProcessingParameterDefinition:
    return QgsProcessingParameterString(name, label, optional=True)


def _number(name: str, label: str) -> QgsProcessingParameterDefinition:
    return QgsProcessingParameterNumber(
        name, label, QgsProcessingParameterNumber.Type.Double, optional=True, minValue=0
    )


def _choice(name: str, label: str, keywords: Iterable[str]) -> QgsProcessingParameterDefinition:
    return QgsProcessingParameterEnum(name, label, list(keywords), optional=True, usesStaticStrings=True)


def _with_widget(parameter: QgsProcessingParameterDefinition, wrapper: str) -> QgsProcessingParameterDefinition:
    """Return the parameter with a widget of our own, named only: where there is no window, nothing of it is loaded."""
    parameter.setMetadata({"widget_wrapper": {"class": f"{__package__}.wrappers.{wrapper}"}})
    return parameter
