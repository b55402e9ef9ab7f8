"""Spatial references: what goes out, what GDAL reads, and that the pixels stay in place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import QgsCoordinateReferenceSystem

from image_server_layer.plugin.backend.prepare import gdal_crs
from image_server_layer.plugin.backend.source import Kind
from image_server_layer.tests.backend.engine import opened, prepared, view_pixels, whole_view
from image_server_layer.tests.imageserver.data import DATA
from image_server_layer.tests.truth import elevation, land_cover

if TYPE_CHECKING:
    from image_server_layer.tests.imageserver.process import ImageServerProcess


def _sent(server: ImageServerProcess) -> set[tuple[str | None, str | None]]:
    drawings = server.requests(operation="exportImage")
    return {(request.query.get("imageSR"), request.query.get("bboxSR")) for request in drawings}


@pytest.mark.parametrize("kind", Kind)
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
def test_a_code_goes_out_as_the_service_has_it(
    image_server: ImageServerProcess, kind: Kind, service: str, authid: str, sent: str
) -> None:
    source = prepared(image_server, service, kind).source
    assert (source.crs, source.reference) == (authid, sent)
    view_pixels(source)
    dataset = opened(source)
    dataset.ReadAsArray(0, 0, 9, 9)
    assert QgsCoordinateReferenceSystem.fromWkt(dataset.GetProjection()).authid() == authid
    assert _sent(image_server) == {(sent, sent)}


@pytest.mark.parametrize("service", ["Olinda/Elevation", "PuertoRico/LandCover"])
def test_a_text_alone_goes_out_letter_by_letter(image_server: ImageServerProcess, service: str) -> None:
    file, expected = {
        "Olinda/Elevation": ("dem_olinda.tif", elevation()),
        "PuertoRico/LandCover": ("landcover_puerto_rico.tif", land_cover()),
    }[service]
    published = gdal.Open(str(DATA / file)).GetSpatialRef().ExportToWkt(["FORMAT=WKT1_ESRI"])
    source = prepared(image_server, service).source
    np.testing.assert_array_equal(whole_view(source), expected)
    sent = json.dumps({"wkt": published}, separators=(",", ":"))
    assert _sent(image_server) == {(sent, sent)}


def test_a_service_without_a_reference_still_has_its_pixels(image_server: ImageServerProcess) -> None:
    box = {"xmin": 300000, "ymin": 9099390, "xmax": 300970, "ymax": 9100000}
    image_server.patch(
        "Test/FourBands", {"spatialReference": {}, "extent": box, "fullExtent": box, "initialExtent": box}
    )
    source = prepared(image_server, "Test/FourBands").source
    assert (source.crs, source.reference) == ("", "")
    rows, columns = np.mgrid[:61, :97]
    np.testing.assert_array_equal(whole_view(source)[0], rows + columns + 1)
    assert _sent(image_server) == {(None, None)}
    dataset = opened(source)
    np.testing.assert_array_equal(dataset.ReadAsArray()[0], rows + columns + 1)
    assert (dataset.GetProjection(), image_server.requests()[-1].query["imageSR"]) == ("", "")


def test_a_crs_of_the_users_own_is_text() -> None:
    crs = QgsCoordinateReferenceSystem.fromProj("+proj=lcc +lat_1=1.5 +lat_2=3 +ellps=GRS80 +units=m")
    assert gdal_crs(crs).startswith(("PROJCS[", "PROJCRS[", "BOUNDCRS["))
    assert gdal_crs(QgsCoordinateReferenceSystem()) == ""
