"""Which layers are ground: the elevation profile and 3D maps of QGIS take them for it."""

from __future__ import annotations

from qgis.core import QgsRasterLayer


def mark_elevation(layer: QgsRasterLayer, *, is_elevation: bool) -> None:
    """Say whether the pixels of a layer are heights. Before 3.26, QGIS knows of no heights in raster layers."""
    properties = layer.elevationProperties()
    if properties is not None:
        properties.setEnabled(is_elevation)
