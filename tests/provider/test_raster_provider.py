"""The provider against known pixels."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from image_server_layer.tests.provider.sources import layer_of, source_of
from image_server_layer.tests.reading import qgis_pixels
from image_server_layer.tests.truth import NORTH_WEST, mosaic

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess


def test_smoke(image_server: ImageServerProcess) -> None:
    layer = layer_of(image_server, "Olinda/Landsat")
    print(layer.dataProvider().__class__, layer.error().summary() if not layer.isValid() else "")
    assert layer.isValid()
    assert image_server.requests() == []
    np.testing.assert_array_equal(qgis_pixels(layer), mosaic(NORTH_WEST))
    print([r.url for r in image_server.requests()])
    print(layer.htmlMetadata())

def test_direct(image_server):

    from qgis.core import QgsDataProvider, QgsProviderRegistry
    src = source_of(image_server, "Olinda/Landsat")
    m = QgsProviderRegistry.image_server_layer_metadata
    print(type(m), m.create)
    p = m.create(src.text(), QgsDataProvider.ProviderOptions())
    print(p, p.isValid())
    p = QgsProviderRegistry.instance().createProvider("imageserver", src.text(), QgsDataProvider.ProviderOptions())
    print(p)
