"""The provider comes with the plugin and goes with it."""

from __future__ import annotations

import gc

from qgis.core import QgsApplication

import image_server_layer
from image_server_layer.tests.processing.running import (
    CATALOG,
    DATES,
    DESCRIBE,
    DOWNLOAD,
    EXPORT,
    LIST,
    MAKE,
    OPEN,
    RASTERS,
    SAMPLE,
    ZONAL,
)

ALGORITHMS = sorted([CATALOG, DATES, DESCRIBE, DOWNLOAD, EXPORT, LIST, MAKE, OPEN, RASTERS, SAMPLE, ZONAL])


def test_the_algorithms_are_in_the_toolbox_as_long_as_the_plugin_is_on() -> None:
    registry = QgsApplication.processingRegistry()
    for _ in range(2):
        gc.collect()
        provider = registry.providerById("imageserver")
        assert (provider.name(), provider.icon().isNull()) == ("Image Server Layer", False)
        assert provider.svgIconPath().endswith("resources/icon.svg")
        assert sorted(algorithm.id() for algorithm in provider.algorithms()) == ALGORITHMS
        image_server_layer.stop()
        assert registry.providerById("imageserver") is None
        assert registry.algorithmById(MAKE) is None
        image_server_layer.start()


def test_refreshing_the_provider_keeps_its_algorithms() -> None:
    provider = QgsApplication.processingRegistry().providerById("imageserver")
    provider.refreshAlgorithms()
    assert sorted(algorithm.id() for algorithm in provider.algorithms()) == ALGORITHMS
