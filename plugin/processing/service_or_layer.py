"""What algorithms that ask a service have in common: a layer of ours, or an address with the options of a new layer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields, replace
from typing import Any

from qgis.core import (
    QgsGeometry,
    QgsMapLayer,
    QgsPointXY,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterRasterLayer,
    QgsProcessingUtils,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsReferencedPointXY,
    QgsReferencedRectangle,
)

from ..layer.arguments import layer_request
from ..layer.clip import ReferencedShapes, read_shapes, without_attributes
from ..layer.edit import options_of, source_of
from ..layer.request import LayerRequest
from ..options.arcgis_arguments import is_extent_text
from ..options.layer_options import LayerOptions
from ..service.errors import AddressError, UnsupportedServiceError
from ..translation import tr
from .algorithm import ImageServerAlgorithm, advanced, with_help
from .make_layer_parameters import parameter_definitions

LAYER = "INPUT"
_ADDRESS = "IN_IMAGE_SERVICE"
# Parameters of every address: how its server is asked.
_ALWAYS = (_ADDRESS, "AUTHCFG", "REFERER", "TIMEOUT")
# Parameters that select pixels, whatever is asked about them.
WHICH_PIXELS = (
    "TEMPLATE",
    "BAND_INDEX",
    "MOSAIC_METHOD",
    "ORDER_FIELD",
    "ORDER_BASE_VALUE",
    "LOCK_RASTERID",
    "CELL_SIZE",
    "WHERE_CLAUSE",
    "PROCESSING_TEMPLATE",
    "ASCENDING",
    "MOSAIC_OPERATION",
    "VIEWPOINT",
    "TIME",
    "VARIABLE",
    "DIMENSIONS",
)


class ServiceQuestion(ImageServerAlgorithm):
    """The base of the algorithms whose parameters are those of `source_parameters`, and some of their own."""

    _request: LayerRequest

    def read_parameters(self, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
        """Read the layer or the address, and the options."""
        self._request = read_source(self, parameters, context)


def source_parameters(options: Collection[str], shown: Collection[str] = ()) -> list[QgsProcessingParameterDefinition]:
    """Return new definitions: a layer, an address, and those parameters of *Make image server layer* that are named.

    The options are folded away, but for those in `shown`: a layer brings its own.
    """
    layer = QgsProcessingParameterRasterLayer(LAYER, tr("Image server layer"), optional=True)
    definitions = [
        with_help(
            layer,
            tr("A layer of this plugin, with its options. Options that are given here go before the layer's own."),
        )
    ]
    for definition in parameter_definitions():
        if definition.name() in _ALWAYS:
            definitions.append(definition)
        elif definition.name() in options:
            definitions.append(definition if definition.name() in shown else advanced(definition))
    for definition in definitions:
        if definition.name() == _ADDRESS:
            definition.setFlags(definition.flags() | QgsProcessingParameterDefinition.Flag.FlagOptional)
            definition.setDescription(tr("Or an image service"))
    return definitions


def read_source(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> LayerRequest:
    """Return what the parameters of `source_parameters` ask for. Main thread only, as layers are looked at.

    Raises:
        AddressError: neither layer nor address is given, or both are, or the layer is of no image service.
        UnsupportedServiceError: the layer's options are of a later version of the plugin.
        ImageServerLayerError: a value cannot be read.
    """
    address = algorithm.parameterAsString(parameters, _ADDRESS, context).strip()
    layer = algorithm.parameterAsRasterLayer(parameters, LAYER, context)
    if layer is None:
        if not address:
            raise AddressError(tr("Choose an image server layer, or give the address of an image service."))
        return address_request(algorithm, parameters, context)
    if address:
        message = tr("Both the layer “{layer}” and an address are given: leave out one of them.")
        raise AddressError(message.format(layer=layer.name()))
    return _with_options_of(layer, address_request(algorithm, parameters, context, layer))


def address_request(
    algorithm: QgsProcessingAlgorithm,
    parameters: dict[str, Any],
    context: QgsProcessingContext,
    layer: QgsMapLayer | None = None,
) -> LayerRequest:
    """Read the parameters of *Make image server layer*; those that an algorithm does not have are not given.

    The service is that of `layer`, or else of the address. Main thread only, as layers are looked at.

    Raises:
        ImageServerLayerError: a value cannot be read.
    """

    def text(name: str) -> str:
        return str(algorithm.parameterAsString(parameters, name, context))

    return layer_request(
        project_of(context),
        text(_ADDRESS) if layer is None else layer,
        text("OUT_IMAGESERVER_LAYER"),
        read_template(algorithm, parameters, context),
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
        timeout=_timeout(algorithm, parameters, text("TIMEOUT"), layer),
        referer=text("REFERER"),
        ascending=text("ASCENDING"),
        mosaic_operation=text("MOSAIC_OPERATION"),
        viewpoint=_ground_point(algorithm, parameters, context),
        interpolation=text("INTERPOLATION"),
        nodata=text("NODATA"),
        nodata_interpretation=text("NODATA_INTERPRETATION"),
        compression_quality=text("COMPRESSION_QUALITY"),
        time=text("TIME"),
        nearest_date=text("NEAREST_DATE"),
        clip=_shapes(algorithm, parameters, context),
        snap_raster=algorithm.parameterAsRasterLayer(parameters, "SNAP_RASTER", context),
        variable=text("VARIABLE"),
        dimensions=text("DIMENSIONS"),
        slice_id=text("SLICE_ID"),
        tiles=text("TILES"),
    )


def project_of(context: QgsProcessingContext) -> QgsProject:
    """Return the project whose layers a run may name."""
    return context.project() or QgsProject.instance()


def _timeout(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], text: str, layer: QgsMapLayer | None
) -> str:
    """Return the timeout: a layer's own goes before a default that the dialog filled in."""
    definition = algorithm.parameterDefinition("TIMEOUT")
    is_default = "TIMEOUT" not in parameters or parameters["TIMEOUT"] in (None, definition.defaultValue())
    return "" if layer is not None and is_default else text


def _with_options_of(layer: QgsRasterLayer, given: LayerRequest) -> LayerRequest:
    """Return the request with the layer's options where none are given."""
    source = source_of(layer)
    if source is None:
        # A layer of QGIS' own ArcGIS providers, which knows no options.
        return given
    own = options_of(layer)
    if own is None:
        message = tr(
            "The options of the layer “{layer}” are of a later version of this plugin: update it, or give the "
            "address of the service."
        )
        raise UnsupportedServiceError(message.format(layer=layer.name()))
    nothing, wanted = LayerOptions(), given.arguments.options
    changes = {
        option.name: getattr(wanted, option.name)
        for option in fields(wanted)
        if getattr(wanted, option.name) != getattr(nothing, option.name)
    }
    if "processing_template" in changes:
        # The output of another function has other bands.
        own = replace(own, bands=None, nodata=())
    if "variable" in changes and changes["variable"] != own.variable:
        # Another variable may have other dimensions and values.
        own = replace(own, dimensions=())
    if given.arguments.slice_id is not None:
        # The slice id takes the place of variable, dimensions and time.
        own = replace(own, variable="", dimensions=(), time=None)
    if given.arguments.lock_rasters is not None and "mosaic_method" not in changes:
        own = replace(own, mosaic_method=None)
    arguments = replace(given.arguments, options=replace(own, **changes))
    return replace(given, arguments=arguments, kind=given.kind or source.kind)


def read_template(algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> Any:
    """Return the extent. Numbers without a CRS are in the service's, where Processing would take the project's."""
    value = parameters.get("TEMPLATE")
    if isinstance(value, (QgsRectangle, QgsMapLayer)):
        return value
    if isinstance(value, (QgsGeometry, QgsProcessingFeatureSourceDefinition)):
        extent = algorithm.parameterAsExtent(parameters, "TEMPLATE", context)
        return QgsReferencedRectangle(extent, algorithm.parameterAsExtentCrs(parameters, "TEMPLATE", context))
    text = algorithm.parameterAsString(parameters, "TEMPLATE", context)
    return text if is_extent_text(text) else QgsProcessingUtils.mapLayerFromString(text, context) or text


def _shapes(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> ReferencedShapes | None:
    """Return the polygons to clip to, if any: all of a layer, or what is selected in it."""
    source = algorithm.parameterAsSource(parameters, "CLIP", context)
    if source is None:
        return None
    # Validity is checked later, with the same sentence as elsewhere in the plugin.
    features = source.getFeatures(without_attributes(), QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks)
    return read_shapes(source.sourceName(), features, source.sourceCrs())


def _ground_point(algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> Any:
    """Return the viewpoint, if any: x and y in the service's CRS, or a point with a CRS of its own."""
    value = parameters.get("VIEWPOINT")
    text = algorithm.parameterAsString(parameters, "VIEWPOINT", context)
    if not text and not isinstance(value, (QgsPointXY, QgsGeometry)):
        return None
    point = algorithm.parameterAsPoint(parameters, "VIEWPOINT", context)
    if "[" in text or isinstance(value, (QgsReferencedPointXY, QgsGeometry)):
        return QgsReferencedPointXY(point, algorithm.parameterAsPointCrs(parameters, "VIEWPOINT", context))
    return point.x(), point.y()
