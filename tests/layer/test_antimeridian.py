"""Template extents across the antimeridian, in the CRS of a service."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsRectangle,
    QgsReferencedRectangle,
)

from image_server_layer.plugin.layer.template_extent import transformed_extent
from image_server_layer.plugin.service.errors import OptionError
from image_server_layer.plugin.service.extent import Extent

Box = tuple[float, float, float, float]
HALF_THE_WORLD = 20037508.34


def transformed(box: Box, source: str, service: str) -> Extent:
    template = QgsReferencedRectangle(QgsRectangle(*box), QgsCoordinateReferenceSystem(source))
    return transformed_extent(template, QgsCoordinateReferenceSystem(service), QgsCoordinateTransformContext())


@pytest.mark.parametrize(
    ("box", "source", "service"),
    [
        ((170, -20, 190, -10), "EPSG:4326", "EPSG:3857"),
        ((-185, -20, -175, -10), "EPSG:4326", "EPSG:3857"),
        # Fiji, around 180° in Mercator about 150° east, and in New Zealand's grid.
        ((3000000, -2000000, 3700000, -1500000), "EPSG:3832", "EPSG:3857"),
        ((3000000, -2000000, 3700000, -1500000), "EPSG:3832", "EPSG:4326"),
        ((2200000, 5400000, 2800000, 5900000), "EPSG:2193", "EPSG:3857"),
    ],
)
def test_an_extent_on_both_sides_is_refused_with_what_to_do(box: Box, source: str, service: str) -> None:
    with pytest.raises(OptionError) as raised:
        transformed(box, source, service)
    assert raised.value.option == "extent"
    assert f"({source}) lies on both sides of the antimeridian (180°)" in raised.value.message
    assert "give two extents, one for each side" in raised.value.message


@pytest.mark.parametrize(
    ("box", "source", "service", "expected"),
    [
        ((-180, -60, 180, 60), "EPSG:4326", "EPSG:3857", (-HALF_THE_WORLD, -8399737.89, HALF_THE_WORLD, 8399737.89)),
        ((170, -20, 180, -10), "EPSG:4326", "EPSG:3857", (18924313.43, -2273030.93, HALF_THE_WORLD, -1118889.97)),
        # The map of this service ends elsewhere.
        ((170, -20, 190, -10), "EPSG:4326", "EPSG:3832", (2226389.82, -2258423.65, 4452779.63, -1111475.10)),
        # Around the south pole, as far as QGIS looks for the edges of the box: newer releases find all of 180°.
        ((-1000000, -1000000, 1000000, 1000000), "EPSG:3031", "EPSG:4326", (-178.15, -90, 178.15, -77)),
    ],
)
def test_any_other_extent_is_taken(box: Box, source: str, service: str, expected: Box) -> None:
    found = transformed(box, source, service)
    assert found == pytest.approx(expected, rel=1e-3, abs=2)
