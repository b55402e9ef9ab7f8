"""The polygons that an export is cut to: all of a layer at once, or each for a file of its own."""

from __future__ import annotations

from qgis.core import (
    NULL,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsGeometry,
    QgsProcessingFeatureSource,
)

from ..export.layer_source import PolygonsIn
from ..export.parts import MOST_FILES
from ..layer.polygons import transformed_polygons


def all_polygons(source: QgsProcessingFeatureSource, context: QgsCoordinateTransformContext) -> PolygonsIn:
    """Return what reads the polygons of a layer, in the CRS of the file."""

    def polygons(crs: QgsCoordinateReferenceSystem) -> list[QgsGeometry]:
        geometries = [feature.geometry() for feature in source.getFeatures()]
        return transformed_polygons("mask", source.sourceName(), geometries, source.sourceCrs(), crs, context)

    return polygons


def each_polygon(
    source: QgsProcessingFeatureSource, field: str, context: QgsCoordinateTransformContext
) -> list[tuple[str, PolygonsIn]]:
    """Read the polygons of a layer; return the title of each, and what takes it to the CRS of the file.

    The title is what stands in `field`, or the feature's id. Of too many polygons, one too many is returned.
    """
    name, source_crs = source.sourceName(), source.sourceCrs()

    def taken(geometry: QgsGeometry) -> PolygonsIn:
        return lambda crs: transformed_polygons("mask", name, [geometry], source_crs, crs, context)

    index = source.fields().lookupField(field) if field else -1
    found = []
    for feature in source.getFeatures():
        value = feature.attribute(index) if index >= 0 else None
        text = "" if value is None or value == NULL else str(value).strip()
        found.append((text or str(feature.id()), taken(QgsGeometry(feature.geometry()))))
        if len(found) > MOST_FILES:
            break
    return found
