"""A layer as it was before it was changed in place, to bring it back exactly."""

from __future__ import annotations

from typing import Any

from qgis.core import QgsDataProvider, QgsLayerMetadata, QgsMapLayer, QgsRasterLayer, QgsReadWriteContext
from qgis.PyQt.QtXml import QDomDocument

from .describe import NOTES_PROPERTY, WRITTEN_PROPERTY, abstract_holder
from .legend import LEGEND_PROPERTY
from .own_properties import write_property
from .project_file import KEEP_GDAL_PROPERTY

_PROPERTIES = (KEEP_GDAL_PROPERTY, LEGEND_PROPERTY, NOTES_PROPERTY, WRITTEN_PROPERTY)
# The parts of a style that an edit may change: how the layer looks, and whether it is terrain.
_CATEGORIES = QgsMapLayer.StyleCategory.Symbology | QgsMapLayer.StyleCategory.Elevation


class Snapshot:
    """Everything that `apply_plan` and a new name change in a layer. Main thread only."""

    def __init__(self, layer: QgsRasterLayer) -> None:
        self._name, self._source, self._provider = layer.name(), layer.source(), layer.providerType()
        self._crs = layer.crs()
        self._style = QDomDocument()
        layer.exportNamedStyle(self._style, QgsReadWriteContext(), _CATEGORIES)
        self._properties: dict[str, Any] = {key: layer.customProperty(key) for key in _PROPERTIES}
        self._metadata = QgsLayerMetadata(layer.metadata())
        self._abstract = abstract_holder(layer).abstract()

    def restore(self, layer: QgsRasterLayer, name: str = "") -> None:
        """Bring the layer back, without a request of ours; what the user did to other parts of it meanwhile stays.

        `name` is what it is called from now on, its former name if not given.
        """
        # First: it says who is to draw a portable source.
        for key, value in self._properties.items():
            write_property(layer, key, value)
        layer.setDataSource(self._source, name or self._name, self._provider, QgsDataProvider.ProviderOptions(), False)
        layer.setCrs(self._crs)
        layer.importNamedStyle(self._style, _CATEGORIES)
        layer.setMetadata(self._metadata)
        abstract_holder(layer).setAbstract(self._abstract)
        layer.emitStyleChanged()
        layer.triggerRepaint()
