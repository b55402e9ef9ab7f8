"""An extent that was chosen for one service is carried to the next, in its coordinates, if that has all of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from qgis.core import QgsProject

from image_server_layer.plugin.layer.carried import carried_extent
from image_server_layer.plugin.service.extent import Extent
from image_server_layer.plugin.service.image_service import ImageService, SpatialReference
from image_server_layer.tests.imageserver.process import ImageServerProcess
from image_server_layer.tests.ui.knowing import FULL, LANDSAT, known_service

WORLD = Extent(-180, -90, 180, 90)
COUNTY = Extent(292000, 9113000, 295000, 9117000)


@pytest.fixture
def landsat(image_server: ImageServerProcess) -> ImageService:
    return known_service(image_server, LANDSAT).service


def carried(extent: Extent, landsat: ImageService, covered: Extent) -> Extent | None:
    """Carry an extent of Landsat to a service in degrees."""
    other = replace(landsat, spatial_reference=SpatialReference(wkid=4326), extent=covered)
    return carried_extent(extent, landsat.spatial_reference, other, QgsProject.instance().transformContext())


def test_it_is_the_box_around_it_in_degrees(landsat: ImageService) -> None:
    box = carried(COUNTY, landsat, WORLD)
    assert box is not None
    # 206.5 km west of 33° W, 885.4 km south of the equator; three by four kilometers.
    assert box.center == pytest.approx((-34.873, -8.002), abs=0.004)
    assert box.width == pytest.approx(3 / 110.2, rel=0.02)
    assert box.height == pytest.approx(4 / 110.6, rel=0.02)


def test_what_is_not_covered_to_the_last_part_is_not_carried(landsat: ImageService) -> None:
    box = carried(COUNTY, landsat, WORLD)
    assert box is not None
    part = Extent(box.xmin + box.width / 50, box.ymin, box.xmax, box.ymax)
    assert carried(COUNTY, landsat, part) is None
    assert carried(COUNTY, landsat, Extent(10, 50, 11, 51)) is None
    assert carried(COUNTY, landsat, box) == box


def test_all_of_a_service_survives_a_hair_of_rounding(landsat: ImageService) -> None:
    box = carried(FULL, landsat, WORLD)
    assert box is not None
    hair = box.width / 10000
    cut = Extent(box.xmin + hair, box.ymin, box.xmax, box.ymax)
    assert carried(FULL, landsat, cut) == cut
