"""What the project's layers of image services are, for threads that must not touch layers: those that draw labels."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Any, NamedTuple

from qgis.core import QgsMapLayer, QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QObject, QTimer

from ..backend.source import LayerSource
from ..service.warming import warm
from .edit import source_of
from .known_dates import KNOWN_DATES

# In milliseconds: the delay before the dates are read that a label needs.
_LOOK = 1000


class LayerFact(NamedTuple):
    """A raster layer: its name, what its source says, None where it is not ours, and whether it follows frames."""

    name: str
    source: LayerSource | None
    follows: bool


class LayerFacts(QObject):
    """A copy of what is known of raster layers, kept up to date. `find` and `want` may be called on any thread."""

    def __init__(self) -> None:
        super().__init__()
        # Kept, as Python's garbage collector takes the connections of a wrapper that nobody holds.
        self._project = QgsProject.instance()
        self._facts: dict[str, LayerFact] = {}
        self._wanted: dict[str, LayerSource] = {}
        self._lock = threading.Lock()
        self._clock = QTimer(self)
        self._clock.setInterval(_LOOK)
        self._clock.timeout.connect(self._read_wanted)
        warm(self, self._clock)

    def start(self) -> None:
        """Look at the layers that there are, and those to come."""
        self._project.layersAdded.connect(self._add)
        self._project.layersRemoved.connect(self._remove)
        self._add(self._project.mapLayers().values())
        self._clock.start()

    def stop(self) -> None:
        """Forget them."""
        self._clock.stop()
        self._project.layersAdded.disconnect(self._add)
        self._project.layersRemoved.disconnect(self._remove)
        for layer_id in list(self._facts):
            layer = self._project.mapLayer(layer_id)
            if layer is not None:
                for signal in _changes(layer):
                    signal.disconnect(self._on_change)
        with self._lock:
            self._facts.clear()
            self._wanted.clear()

    def find(self, name: str) -> LayerFact | None:
        """Return a layer by its id or its name; None for none."""
        with self._lock:
            by_name = (fact for fact in self._facts.values() if fact.name == name)
            return self._facts.get(name) or next(by_name, None)

    def want(self, source: LayerSource) -> None:
        """Let the dates of a layer be read soon, where these are not known."""
        with self._lock:
            self._wanted[source.service_url + source.options_json] = source

    def _read_wanted(self) -> None:
        if not self._wanted:
            return
        with self._lock:
            wanted, self._wanted = list(self._wanted.values()), {}
        for source in wanted:
            KNOWN_DATES.read(source)

    def _add(self, layers: Iterable[QgsMapLayer]) -> None:
        for layer in layers:
            if isinstance(layer, QgsRasterLayer):
                self._note(layer)
                for signal in _changes(layer):
                    signal.connect(self._on_change)

    def _remove(self, layer_ids: Iterable[str]) -> None:
        with self._lock:
            for layer_id in layer_ids:
                self._facts.pop(layer_id, None)

    def _on_change(self) -> None:
        for layer in self._project.mapLayers().values():
            if layer.id() in self._facts:
                self._note(layer)

    def _note(self, layer: QgsRasterLayer) -> None:
        fact = LayerFact(layer.name(), source_of(layer), layer.temporalProperties().isActive())
        with self._lock:
            self._facts[layer.id()] = fact


def _changes(layer: QgsRasterLayer) -> tuple[Any, ...]:
    return layer.nameChanged, layer.dataSourceChanged, layer.temporalProperties().changed
