"""A list of the image server layers in the project, as they are called now."""

from __future__ import annotations

from qgis.core import QgsMapLayer, QgsProject
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QWidget

from ...plugin.layer.edit import source_of
from ...plugin.service.plain_text import clean_line
from ...plugin.translation import tr


class LayerBox(QComboBox):
    """Follows the project: layers come and go, and are renamed. `listed` says that it shows what there is now."""

    listed = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Kept, as Python's garbage collector takes the connections of a wrapper that nobody holds.
        self._project = QgsProject.instance()
        self._tree = self._project.layerTreeRoot()
        self.setAccessibleName(tr("Layer to ask"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._project.layersAdded.connect(self._list)
        self._project.layersRemoved.connect(self._list)
        self._tree.nameChanged.connect(self._list)
        self._list()

    def layer(self) -> QgsMapLayer | None:
        """Return the layer that is chosen, None where there is none."""
        return self._project.mapLayer(str(self.currentData() or ""))

    def choose(self, layer: QgsMapLayer) -> None:
        """Choose a layer, which may have become one of ours a moment ago."""
        self._list()
        self.setCurrentIndex(max(0, self.findData(layer.id())))

    def stop(self) -> None:
        """Follow the project no more."""
        self._project.layersAdded.disconnect(self._list)
        self._project.layersRemoved.disconnect(self._list)
        self._tree.nameChanged.disconnect(self._list)

    def _list(self, *_changed: object) -> None:
        chosen = self.currentData()
        found: list[QgsMapLayer] = [layer for layer in self._project.mapLayers().values() if source_of(layer)]
        self.clear()
        for layer in sorted(found, key=lambda layer: layer.name().casefold()):
            self.addItem(clean_line(layer.name()), layer.id())
        self.setCurrentIndex(max(0, self.findData(chosen)) if found else -1)
        self.listed.emit()
