"""Layers of heights are ground to QGIS' profile and 3D map, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from qgis.core import Qgis

from image_server_layer import make_image_server_layer

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")

# The first release in which a raster layer can be ground.
WITH_ELEVATION = 32600


@pytest.mark.parametrize(
    ("service", "arguments", "is_ground"),
    [
        ("Olinda/Elevation", {}, True),
        ("Olinda/Elevation", {"processing_template": "None"}, True),
        ("Olinda/Elevation", {"processing_template": "Hillshade"}, False),
        ("Olinda/Elevation", {"kind": "picture"}, False),
        ("Olinda/Landsat", {}, False),
    ],
)
def test_values_of_an_elevation_service_are_ground(
    image_server: ImageServerProcess, service: str, arguments: dict[str, Any], is_ground: bool
) -> None:
    layer = make_image_server_layer(image_server.service(service), **arguments)
    assert layer.dataProvider().is_elevation is is_ground
    properties = layer.elevationProperties()
    assert (properties is not None) == (Qgis.QGIS_VERSION_INT >= WITH_ELEVATION)
    if properties is not None:
        assert properties.isEnabled() is is_ground
        assert properties.hasElevation() is is_ground
