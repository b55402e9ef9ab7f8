"""Geometry objects of the REST API."""

from __future__ import annotations

import pytest

from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.geometry_json import envelope_json, point_json, spatial_reference_json
from image_server_layer.plugin.service.image_service import SpatialReference


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (SpatialReference(wkid=102100, latest_wkid=3857, wkt="PROJCS[]"), {"wkid": 102100}),
        (SpatialReference(latest_wkid=3857), {"wkid": 3857}),
        (SpatialReference(wkt='PROJCS["x"]'), {"wkt": 'PROJCS["x"]'}),
    ],
)
def test_a_spatial_reference_is_spelled_as_the_service_does(
    reference: SpatialReference, expected: dict[str, object]
) -> None:
    assert spatial_reference_json(reference) == expected


def test_geometries_carry_their_spatial_reference() -> None:
    reference = SpatialReference(wkid=4326)
    assert point_json(1.5, -2, reference) == {"x": 1.5, "y": -2, "spatialReference": {"wkid": 4326}}
    assert envelope_json(Extent(1, 2, 3, 4), reference) == {
        "xmin": 1,
        "ymin": 2,
        "xmax": 3,
        "ymax": 4,
        "spatialReference": {"wkid": 4326},
    }
