"""A service whose coordinate reference system nobody knows: nothing is taken to it as if it were known."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsPointXY, QgsReferencedPointXY

from image_server_layer import make_image_server_layer
from image_server_layer.plugin.service.errors import OptionError
from image_server_layer.tests.imageserver.data import DATA
from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")

LANDSAT = "Olinda/Landsat"
ADVICE = "is unknown, so nothing can be transformed to it from EPSG:4326; give numbers as the service has them."


@pytest.fixture
def address(image_server: ImageServerProcess) -> str:
    nowhere = {"wkid": 999999}
    extent = {"xmin": 288776.25, "ymin": 9110728.75, "xmax": 298722.75, "ymax": 9120760.75, "spatialReference": nowhere}
    image_server.patch(LANDSAT, {"extent": extent, "fullExtent": extent, "spatialReference": nowhere})
    return image_server.service(LANDSAT)


@pytest.mark.parametrize(
    ("option", "given"),
    [
        ("extent", {"template": "-34.9,-34.87,-8.02,-7.98 [EPSG:4326]"}),
        (
            "viewpoint",
            {
                "mosaic_method": "CLOSEST_TO_VIEWPOINT",
                "viewpoint": QgsReferencedPointXY(QgsPointXY(-34.9, -8), QgsCoordinateReferenceSystem("EPSG:4326")),
            },
        ),
    ],
)
def test_what_lies_elsewhere_is_refused(address: str, option: str, given: dict[str, Any]) -> None:
    with pytest.raises(OptionError) as caught:
        make_image_server_layer(address, **given)
    assert caught.value.option == option
    assert caught.value.message.endswith(ADVICE)


def test_the_cells_of_a_layer_are_refused(address: str) -> None:
    with pytest.raises(OptionError) as caught:
        make_image_server_layer(address, cell_size=str(DATA / "dem_olinda.tif"))
    assert caught.value.option == "cell_size"
    assert "is unknown" in caught.value.message
