"""A QGIS without the plugin opens a saved project: the layers of open services are drawn, by GDAL."""

from __future__ import annotations

import numpy as np
from qgis import utils
from qgis.core import QgsProject

from ...truth import NORTH_WEST, mosaic
from ..player import Steps
from ..profile import PACKAGE
from ..stage import Stage
from .layers import CLASSES, PICTURE, VALUES, check_classes, identified


def steps(stage: Stage) -> Steps:
    project = QgsProject.instance()
    assert PACKAGE not in utils.plugins
    layers = {layer.name(): layer for layer in project.mapLayers().values()}
    assert {name: layer.providerType() for name, layer in layers.items()} == dict.fromkeys(
        (VALUES, PICTURE, CLASSES), "gdal"
    )
    assert all(layer.isValid() for layer in layers.values())
    # The first drawing may not even have begun.
    yield lambda: not stage.canvas.isDrawing() and (stage.pixels() != 255).any(axis=2).mean() > 0.5
    stage.photograph("without_plugin")

    found = yield from identified(stage, layers[VALUES], 120, 90)
    values = np.array([float(value) for value in found.values()])
    assert (values == mosaic(NORTH_WEST)[:, 90, 120]).all(), found

    project.setCrs(layers[CLASSES].crs())
    yield from stage.draw(layers[CLASSES].extent())
    check_classes(stage)
