"""Tell the main thread which layers draw nothing."""

from __future__ import annotations

from collections.abc import Hashable

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..service.warming import warm
from ..translation import tr
from .failures import FailureBoard
from .raster_provider import KEY, ImageServerProvider

# In milliseconds. Threads that draw note failures and call nobody, so somebody has to look.
_LOOK = 250


class FailureWatch(QObject):
    """Watches the failures of the layers of a project. Signals carry the id of the layer.

    `failed` comes once until the layer is drawn again, with a sentence for the user and details for a specialist;
    `recovered` comes when it is, or when the layer is gone.
    """

    failed = pyqtSignal(str, str, str)
    recovered = pyqtSignal(str)

    def __init__(self, project: QgsProject, board: FailureBoard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._project = project
        self._board = board
        self._failing: set[str] = set()
        self._timer = QTimer(self)
        warm(self, self._timer)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look from now on."""
        self._timer.start(_LOOK)

    def stop(self) -> None:
        """Look no longer."""
        self._timer.stop()

    def look(self) -> None:
        """Tell what has changed since the last look."""
        failures = self._board.now()
        if not failures and not self._failing:
            return
        layers = self._layers_by_source()
        for source, failure in failures.items():
            if source not in layers:
                self._board.forget(source)
            for layer_id, name in layers.get(source, ()):
                if layer_id not in self._failing:
                    self._failing.add(layer_id)
                    text = tr("The layer “{name}” is not drawn, or not all of it: {problem}")
                    self.failed.emit(layer_id, text.format(name=name, problem=failure.sentence), failure.details)
        still = {layer_id for source in failures for layer_id, _ in layers.get(source, ())}
        for layer_id in sorted(self._failing - still):
            self._failing.discard(layer_id)
            self.recovered.emit(layer_id)

    def _layers_by_source(self) -> dict[Hashable, list[tuple[str, str]]]:
        found: dict[Hashable, list[tuple[str, str]]] = {}
        for layer in self._project.mapLayers().values():
            provider = layer.dataProvider() if layer.providerType() == KEY else None
            if isinstance(provider, ImageServerProvider):
                found.setdefault(provider.source_key, []).append((layer.id(), layer.name()))
        return found
