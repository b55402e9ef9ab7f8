"""Whether QGIS' temporal controller changes what a layer shows, and what it shows then."""

from __future__ import annotations

from qgis.core import QgsDateTimeRange, QgsRasterLayer

from ..backend.source import LayerSource
from ..provider.temporal import at_time, time_of_frame


def follow_controller(layer: QgsRasterLayer) -> None:
    """Let a layer follow the temporal controller where its source can, and not where it cannot."""
    provider = layer.dataProvider()
    if provider is not None:
        layer.temporalProperties().setDefaultsFromDataProviderTemporalCapabilities(provider.temporalCapabilities())


def shown_source(layer: QgsRasterLayer, source: LayerSource, frame: QgsDateTimeRange) -> LayerSource:
    """Return a layer's source as it is in a frame of the controller, of a map that shows the layer."""
    time = time_of_frame(frame, source) if layer.temporalProperties().isActive() else None
    return source if time is None else at_time(source, time)
