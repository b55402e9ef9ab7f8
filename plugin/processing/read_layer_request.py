"""Read the parameters that stand for a layer of an image service (`make_layer_parameters`). Main thread only."""

from __future__ import annotations

from typing import Any

from qgis.core import (
    QgsGeometry,
    QgsMapLayer,
    QgsPointXY,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingUtils,
    QgsProject,
    QgsRectangle,
    QgsReferencedPointXY,
    QgsReferencedRectangle,
)

from ..layer.arguments import layer_request
from ..layer.plan import LayerRequest
from ..options.arcgis_arguments import is_extent_text


def read_layer_request(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> LayerRequest:
    """Return the request for the parameters; those that the algorithm does not have are "not given".

    Raises:
        ImageServerLayerError: a value cannot be read.
    """

    def text(name: str) -> str:
        return str(algorithm.parameterAsString(parameters, name, context))

    return layer_request(
        project_of(context),
        text("IN_IMAGE_SERVICE"),
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
        timeout=text("TIMEOUT"),
        referer=text("REFERER"),
        ascending=text("ASCENDING"),
        mosaic_operation=text("MOSAIC_OPERATION"),
        viewpoint=_ground_point(algorithm, parameters, context),
        interpolation=text("INTERPOLATION"),
        nodata=text("NODATA"),
        nodata_interpretation=text("NODATA_INTERPRETATION"),
        compression_quality=text("COMPRESSION_QUALITY"),
    )


def project_of(context: QgsProcessingContext) -> QgsProject:
    """Return the project whose layers a run may name."""
    return context.project() or QgsProject.instance()


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


def _ground_point(
    algorithm: QgsProcessingAlgorithm, parameters: dict[str, Any], context: QgsProcessingContext
) -> Any:
    """Return the viewpoint, if any: x and y in the service's CRS, or a point with a CRS of its own."""
    value = parameters.get("VIEWPOINT")
    text = algorithm.parameterAsString(parameters, "VIEWPOINT", context)
    if not text and not isinstance(value, (QgsPointXY, QgsGeometry)):
        return None
    point = algorithm.parameterAsPoint(parameters, "VIEWPOINT", context)
    if "[" in text or isinstance(value, (QgsReferencedPointXY, QgsGeometry)):
        return QgsReferencedPointXY(point, algorithm.parameterAsPointCrs(parameters, "VIEWPOINT", context))
    return point.x(), point.y()
