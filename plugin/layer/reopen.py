"""What a picture layer loses with its project file, given back when it is opened again."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import QgsMapLayer, QgsRectangle

from ..backend.choice import PICTURE
from ..backend.map_server import picture_extent
from ..service.errors import ImageServerLayerError
from ..service.extent import Extent
from .source import read_source


def restore_extents(layers: Iterable[QgsMapLayer]) -> None:
    """Set the extent of each picture layer that is cut to one: QGIS' provider reports that of the whole service.

    Layers of a later version of the plugin keep what QGIS says.
    """
    for layer in layers:
        if layer.providerType() != PICTURE:
            continue
        ours = read_source(layer.source(), PICTURE)
        if ours is None:
            continue
        try:
            options = ours.options()
        except ImageServerLayerError:
            continue
        if options.extent is not None:
            full = layer.dataProvider().extent()
            cut = picture_extent(options, Extent(full.xMinimum(), full.yMinimum(), full.xMaximum(), full.yMaximum()))
            layer.setExtent(QgsRectangle(*cut))
