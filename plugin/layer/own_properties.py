"""What a layer remembers of itself, in custom properties, and how these stay its own.

QGIS hands all custom properties of a layer on with its style. So a layer that a style is pasted into, loaded from a
file or chosen for in the style manager would take for its own what another one remembers, such as that it is to stay
GDAL's, or which words of its description are not the user's.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject

from ..service.warming import warm

# The leading underscore hides a property in Information.
_PREFIXES = ("image_server_layer/", "_image_server_layer/")
# The layers that are written to now, by their ids.
_being_written: set[str] = set()


def write_property(layer: QgsMapLayer, key: str, value: Any) -> None:
    """Let a layer remember a value; None removes it. Main thread only."""
    _being_written.add(layer.id())
    try:
        if value is None:
            layer.removeCustomProperty(key)
        else:
            layer.setCustomProperty(key, value)
    finally:
        _being_written.discard(layer.id())


class OwnProperties(QObject):
    """Gives the layers of a project back what was not written by `write_property`, from `start` to `stop`."""

    def __init__(self, project: QgsProject, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Kept, as Python's garbage collector takes the connections of a wrapper that nobody holds.
        self._project = project
        self._listened: dict[str, QgsMapLayer] = {}
        self._known: dict[str, dict[str, Any]] = {}
        warm(self)

    def start(self) -> None:
        """Look after the layers that there are, and those to come."""
        self._project.layersAdded.connect(self._listen)
        self._project.layersWillBeRemoved.connect(self._forget)
        self._listen(self._project.mapLayers().values())

    def stop(self) -> None:
        """Look after them no longer."""
        self._project.layersAdded.disconnect(self._listen)
        self._project.layersWillBeRemoved.disconnect(self._forget)
        self._forget(list(self._listened))

    def _listen(self, layers: Iterable[QgsMapLayer]) -> None:
        for layer in layers:
            own = {key: layer.customProperty(key) for key in layer.customPropertyKeys() if key.startswith(_PREFIXES)}
            # Other vector layers have nothing to lose, and nothing that they are given means anything.
            if own or isinstance(layer, QgsRasterLayer):
                self._listened[layer.id()], self._known[layer.id()] = layer, own
                layer.customPropertyChanged.connect(self._on_changed)
                layer.styleChanged.connect(self._on_style)

    def _forget(self, layer_ids: Iterable[str]) -> None:
        for layer_id in layer_ids:
            layer = self._listened.pop(layer_id, None)
            self._known.pop(layer_id, None)
            if layer is not None and not sip.isdeleted(layer):
                layer.customPropertyChanged.disconnect(self._on_changed)
                layer.styleChanged.disconnect(self._on_style)

    def _on_changed(self, key: str) -> None:
        layer = self.sender()
        if not key.startswith(_PREFIXES) or not isinstance(layer, QgsMapLayer) or layer.id() not in self._known:
            return
        known = self._known[layer.id()]
        if layer.id() in _being_written:
            known[key] = layer.customProperty(key)
        else:
            write_property(layer, key, known.get(key))

    def _on_style(self) -> None:
        """Bring back what a style has taken away, of which QGIS does not tell."""
        layer = self.sender()
        if isinstance(layer, QgsMapLayer):
            for key in self._known.get(layer.id(), {}).keys() - layer.customPropertyKeys():
                write_property(layer, key, self._known[layer.id()][key])
