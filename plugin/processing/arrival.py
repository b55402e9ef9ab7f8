"""Layers that a run has made, once all of them are in the project: there they get their places together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from qgis.core import (
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProject,
)

# QGIS does not keep the objects that it calls back. Those that it never calls stay here.
_waiting: list[QgsProcessingLayerPostProcessorInterface] = []


class Arrival:
    """Waits for so many layers; then `place` is called with the project and all of them, in their order."""

    def __init__(self, count: int, place: Callable[[QgsProject, Sequence[QgsMapLayer]], None]) -> None:
        self._missing, self._place = count, place
        self._arrived: dict[int, QgsMapLayer] = {}

    def load(self, context: QgsProcessingContext, position: int, layer: QgsMapLayer, output: str) -> str:
        """Let a layer be loaded on completion, under its own name, as part of an output; return its id."""
        details = QgsProcessingContext.LayerDetails(layer.name(), context.project(), output)
        details.forceName = True
        processor = _PostProcessor(self, position)
        _waiting.append(processor)
        details.setPostProcessor(processor)
        context.temporaryLayerStore().addMapLayer(layer)
        context.addLayerToLoadOnCompletion(layer.id(), details)
        return str(layer.id())

    def land(self, processor: _PostProcessor, layer: QgsMapLayer, project: QgsProject) -> None:
        """Take note of a layer that has come."""
        _waiting.remove(processor)
        self._arrived[processor.position] = layer
        self._missing -= 1
        if not self._missing:
            self._place(project, [self._arrived[position] for position in sorted(self._arrived)])


class _PostProcessor(QgsProcessingLayerPostProcessorInterface):
    """What Processing calls once a layer is in the project."""

    def __init__(self, arrival: Arrival, position: int) -> None:
        super().__init__()
        self._arrival, self.position = arrival, position

    def postProcessLayer(
        self, layer: QgsMapLayer, context: QgsProcessingContext, _feedback: QgsProcessingFeedback
    ) -> None:
        """Tell that it has come."""
        self._arrival.land(self, layer, context.project() or QgsProject.instance())
