"""Whether QGIS' temporal controller changes what a layer shows."""

from __future__ import annotations

from qgis.core import QgsRasterLayer


def follow_controller(layer: QgsRasterLayer) -> None:
    """Let a layer follow the temporal controller where its source can, and not where it cannot."""
    provider = layer.dataProvider()
    if provider is not None:
        layer.temporalProperties().setDefaultsFromDataProviderTemporalCapabilities(provider.temporalCapabilities())
