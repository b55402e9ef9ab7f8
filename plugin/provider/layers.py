"""Make a live layer."""

from __future__ import annotations

from qgis.core import QgsRasterLayer

from ..backend.source import LayerSource
from .raster_provider import KEY


def make_layer(source: LayerSource, name: str) -> QgsRasterLayer:
    """Return a layer of a source, in no project yet, without a request. Call it on the thread that will own it.

    QGIS gives it a first style from what the source knows. It draws nothing and is not valid where `registration.start`
    was not called.
    """
    return QgsRasterLayer(source.text(), name, KEY)
