"""The shapes that an export is cut to: which pixels of a window have their center inside one of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import numpy as np
from osgeo import gdal, ogr
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsGeometry,
    QgsRectangle,
)

from ..backend.gdal_messages import quiet
from ..backend.pixels import Mask
from ..options.grid import Grid
from ..service.errors import OptionError
from ..service.extent import Extent
from ..translation import tr

# Points put on each edge of a shape that is transformed, as straight edges bend.
_POINTS_ON_EDGES = 10
_POINTS_ON_OUTLINE = 100


class Shapes:
    """Polygons in the CRS of the file, at least one. One thread may use them.

    Attributes:
        extent: the box around them.
        digest: a text that stands for all of their corners.
    """

    def __init__(self, geometries: Iterable[QgsGeometry]) -> None:
        driver = gdal.GetDriverByName("Memory") or gdal.GetDriverByName("MEM")
        self._data = driver.Create("", 0, 0, 0, gdal.GDT_Unknown)
        self._layer = self._data.CreateLayer("shapes")
        digest, boxes = hashlib.sha256(), []
        for geometry in geometries:
            content = geometry.asWkb().data()
            feature = ogr.Feature(self._layer.GetLayerDefn())
            feature.SetGeometryDirectly(ogr.CreateGeometryFromWkb(bytearray(content)))
            self._layer.CreateFeature(feature)
            digest.update(content)
            boxes.append(geometry.boundingBox())
        self.extent = Extent(
            min(box.xMinimum() for box in boxes),
            min(box.yMinimum() for box in boxes),
            max(box.xMaximum() for box in boxes),
            max(box.yMaximum() for box in boxes),
        )
        self.digest = digest.hexdigest()

    def touch(self, window: Grid) -> bool:
        """Whether a window may have pixels inside."""
        with self._within(window):
            return bool(self._layer.GetFeatureCount())

    def inside(self, window: Grid) -> Mask:
        """Return which pixels of a window (rows, columns) are inside, by their center."""
        extent, (cell_x, cell_y) = window.extent, window.cell_size
        burnt = gdal.GetDriverByName("MEM").Create("", window.columns, window.rows, 1, gdal.GDT_Byte)
        burnt.SetGeoTransform((extent.xmin, cell_x, 0.0, extent.ymax, 0.0, -cell_y))
        with self._within(window), quiet():
            gdal.RasterizeLayer(burnt, [1], self._layer, burn_values=[1])
        return np.asarray(burnt.ReadAsArray() != 0)

    def _within(self, window: Grid) -> _SpatialFilter:
        return _SpatialFilter(self._layer, window.extent)


class _SpatialFilter:
    """Lets a layer show only what is in an extent, for a while."""

    def __init__(self, layer: Any, extent: Extent) -> None:
        self._layer, self._extent = layer, extent

    def __enter__(self) -> None:
        self._layer.SetSpatialFilterRect(*self._extent)

    def __exit__(self, *_: object) -> None:
        self._layer.SetSpatialFilter(None)


def transformed_polygons(
    name: str,
    polygons: Iterable[QgsGeometry],
    source_crs: QgsCoordinateReferenceSystem,
    crs: QgsCoordinateReferenceSystem,
    transform_context: QgsCoordinateTransformContext,
) -> list[QgsGeometry]:
    """Return the polygons of a layer of this name, taken to the CRS of the file.

    Raises:
        OptionError: the layer has no CRS, no polygons, or some that cannot be transformed.
    """
    if not source_crs.isValid():
        message = tr("The polygon layer “{name}” has no coordinate reference system; set one to cut to its shapes.")
        raise OptionError("mask", message.format(name=name))
    if not crs.isValid():
        raise OptionError(
            "mask", tr("QGIS does not know the coordinate reference system of the service, so nothing can be cut.")
        )
    transform = QgsCoordinateTransform(source_crs, crs, transform_context)
    found = []
    for polygon in polygons:
        if polygon.isEmpty():
            continue
        straight = QgsGeometry(polygon.constGet().segmentize())
        if source_crs != crs:
            straight = straight.densifyByCount(_POINTS_ON_EDGES)
            _transform(straight, transform, name)
        found.append(straight)
    if not found:
        raise OptionError("mask", tr("The polygon layer “{name}” has no polygons to cut to.").format(name=name))
    return found


def _transform(polygon: QgsGeometry, transform: QgsCoordinateTransform, name: str) -> None:
    details = ""
    try:
        polygon.transform(transform)
    except QgsCsException as error:
        details = str(error)
    # Not all that cannot be transformed is an error to PROJ.
    if details or not polygon.boundingBox().isFinite():
        message = tr("The polygon layer “{name}” ({source}) cannot be transformed to {target}.")
        source, target = transform.sourceCrs(), transform.destinationCrs()
        raise OptionError(
            "mask",
            message.format(name=name, source=source.authid(), target=target.userFriendlyIdentifier()),
            details,
        )


def outline(
    extent: Extent,
    source_crs: QgsCoordinateReferenceSystem,
    crs: QgsCoordinateReferenceSystem,
    transform_context: QgsCoordinateTransformContext,
) -> QgsGeometry:
    """Return an extent as a polygon in another CRS.

    Raises:
        QgsCsException: it cannot be transformed.
    """
    polygon = QgsGeometry.fromRect(QgsRectangle(*extent)).densifyByCount(_POINTS_ON_OUTLINE)
    polygon.transform(QgsCoordinateTransform(source_crs, crs, transform_context))
    return polygon
