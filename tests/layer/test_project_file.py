"""Live in the session, portable on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from qgis.core import QgsProject

from image_server_layer.plugin.backend.source import Kind
from image_server_layer.plugin.layer.project_file import ProjectFile
from image_server_layer.plugin.provider import registration
from image_server_layer.plugin.provider.raster_provider import KEY
from image_server_layer.tests.provider.sources import layer_of
from image_server_layer.tests.reading import qgis_pixels

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess


@pytest.fixture(autouse=True)
def _plugin(project: QgsProject) -> Iterator[None]:
    registration.start()
    file = ProjectFile(project)
    file.start()
    yield
    file.stop()
    registration.stop()


@pytest.mark.parametrize("kind", Kind)
def test_x(image_server: ImageServerProcess, project: QgsProject, tmp_path: Path, kind) -> None:
    layer = layer_of(image_server, "Olinda/Landsat", kind)
    project.addMapLayer(layer)
    before = qgis_pixels(layer)
    path = tmp_path / "map.qgs"
    image_server.clear()
    layer.setOpacity(0.5)
    layer.renderer().setAlphaBand(-1)
    assert project.write(str(path))
    text = path.read_text()
    import re
    print(re.findall("<provider[^<]*<", text), len(text), len(layer.source()))
    assert layer.providerType() == KEY
    ident = layer.id()
    project.clear()
    del layer
    states = []
    project.isDirtyChanged.connect(lambda d: states.append(d))
    assert project.read(str(path))
    from qgis.PyQt.QtCore import QCoreApplication
    for i in range(5): QCoreApplication.processEvents()
    print(states, project.isDirty())
    (layer,) = project.mapLayers().values()
    assert layer.providerType() == KEY
    assert layer.id() == ident
    assert layer.opacity() == 0.5
    print(layer.renderer().type(), layer.renderer().alphaBand())
    assert not project.isDirty()
    assert image_server.requests() == []
    np.testing.assert_array_equal(qgis_pixels(layer), before)
