"""Spatial references: what the layer's CRS is, what GDAL reads in the source, and what the server is sent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from osgeo import gdal, osr
from qgis.core import QgsCoordinateReferenceSystem

from image_server_layer import make_image_server_layer
from image_server_layer.tests.imageserver.data import DATA
from image_server_layer.tests.reading import gdal_dataset, gdal_pixels, qgis_pixels
from image_server_layer.tests.truth import elevation, land_cover

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess

pytestmark = pytest.mark.usefixtures("project")


@pytest.mark.parametrize(
    ("service", "authid", "sent"),
    [
        ("Olinda/Landsat", "EPSG:31985", "31985"),
        ("Test/SyntheticNonSquare", "EPSG:4326", "4326"),
        # Known to Esri only.
        ("Test/EsriCode", "ESRI:102629", "102629"),
        # The service's own id goes out, though a later one is known.
        ("Test/WebMercator", "EPSG:3857", "102100"),
        # Before 10.0 it stands only inside the extents.
        ("Test/Version93", "EPSG:31985", "31985"),
    ],
)
def test_a_code_is_the_layers_crs_and_goes_out_as_the_service_has_it(
    image_server: ImageServerProcess, service: str, authid: str, sent: str
) -> None:
    layer = make_image_server_layer(image_server.service(service))
    assert layer.crs().authid() == authid
    dataset = gdal_dataset(layer)
    assert QgsCoordinateReferenceSystem.fromWkt(dataset.GetProjection()).authid() == authid
    # From inside the overviews too, as GDAL sends it.
    qgis_pixels(layer, size=(20, 20))
    references = [
        (r.query.get("imageSR"), r.query.get("bboxSR")) for r in image_server.requests(operation="exportImage")
    ]
    assert references == [(sent, sent), (sent, sent)]


def _reference(wkt: str) -> osr.SpatialReference:
    reference = osr.SpatialReference()
    reference.ImportFromWkt(wkt)
    return reference


@pytest.mark.parametrize("service", ["Olinda/Elevation", "PuertoRico/LandCover"])
def test_a_text_alone_is_the_layers_crs_and_goes_out_letter_by_letter(
    image_server: ImageServerProcess, service: str
) -> None:
    file, expected = {
        "Olinda/Elevation": ("dem_olinda.tif", elevation()),
        "PuertoRico/LandCover": ("landcover_puerto_rico.tif", land_cover()),
    }[service]
    published = gdal.Open(str(DATA / file)).GetSpatialRef().ExportToWkt(["FORMAT=WKT1_ESRI"])
    reference = _reference(published)
    layer = make_image_server_layer(image_server.service(service))
    assert layer.crs().isValid()
    criteria = ["IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", "CRITERION=EQUIVALENT"]
    gdal_wkt = QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED_GDAL
    assert _reference(layer.crs().toWkt(gdal_wkt)).IsSame(reference, criteria)
    assert _reference(gdal_dataset(layer).GetProjection()).IsSame(reference, criteria)
    np.testing.assert_array_equal(gdal_pixels(layer), expected)
    sent = json.dumps({"wkt": published}, separators=(",", ":"))
    references = [
        (r.query.get("imageSR"), r.query.get("bboxSR")) for r in image_server.requests(operation="exportImage")
    ]
    assert references == [(sent, sent), (sent, sent)]


def test_a_service_without_a_reference_still_has_its_pixels(image_server: ImageServerProcess) -> None:
    box = {"xmin": 300000, "ymin": 9099390, "xmax": 300970, "ymax": 9100000}
    image_server.patch(
        "Test/FourBands", {"spatialReference": {}, "extent": box, "fullExtent": box, "initialExtent": box}
    )
    layer = make_image_server_layer(image_server.service("Test/FourBands"))
    assert not layer.crs().isValid()
    rows, columns = np.mgrid[:61, :97]
    np.testing.assert_array_equal(qgis_pixels(layer)[0], rows + columns + 1)
    references = [
        (r.query.get("imageSR"), r.query.get("bboxSR")) for r in image_server.requests(operation="exportImage")
    ]
    assert references == [(None, None), (None, None)]
