"""Spatial references of ArcGIS as CRS of QGIS, and as parameters of requests."""

from __future__ import annotations

import pytest
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsPointXY,
)

from image_server_layer.plugin.service.access import Access
from image_server_layer.plugin.service.client import ImageServiceClient
from image_server_layer.plugin.service.crs import crs_of, request_reference
from image_server_layer.plugin.service.image_service import SpatialReference
from image_server_layer.plugin.service.transport import Transport
from image_server_layer.tests.imageserver.process import ImageServerProcess

# Albers on a sphere, as ArcGIS writes it: in no registry.
WKT = (
    'PROJCS["Sphere_Albers",GEOGCS["GCS_Sphere",DATUM["D_Sphere",SPHEROID["Sphere",6370997.0,0.0]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Albers"],'
    'PARAMETER["False_Easting",0.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",-66.5],'
    'PARAMETER["Standard_Parallel_1",17.5],PARAMETER["Standard_Parallel_2",18.5],'
    'PARAMETER["Latitude_Of_Origin",18.0],UNIT["Meter",1.0]]'
)


@pytest.mark.parametrize(
    ("reference", "authid"),
    [
        (SpatialReference(102100, 3857), "EPSG:3857"),
        (SpatialReference(102100), "ESRI:102100"),
        (SpatialReference(4326, 4326), "EPSG:4326"),
        (SpatialReference(31985), "EPSG:31985"),
        (SpatialReference(None, 31985), "EPSG:31985"),
        (SpatialReference(102629, 102629), "ESRI:102629"),
        (SpatialReference(54030), "ESRI:54030"),
        (SpatialReference(4326, None, WKT), "EPSG:4326"),
    ],
)
def test_codes_are_tried_as_those_of_epsg_and_then_of_esri(reference: SpatialReference, authid: str) -> None:
    assert crs_of(reference).authid() == authid


@pytest.mark.parametrize("reference", [SpatialReference(wkt=WKT), SpatialReference(999999, 999999, WKT)])
def test_a_text_is_read_where_no_code_is_known(reference: SpatialReference) -> None:
    crs = crs_of(reference)
    assert crs.isValid()
    assert "+proj=aea +lat_0=18 +lon_0=-66.5 +lat_1=17.5 +lat_2=18.5" in crs.toProj()
    assert "+ellps=sphere" in crs.toProj()


@pytest.mark.parametrize(
    "reference", [SpatialReference(), SpatialReference(999999), SpatialReference(wkt="not a reference")]
)
def test_an_unknown_reference_gives_an_invalid_crs(reference: SpatialReference) -> None:
    assert not crs_of(reference).isValid()


@pytest.mark.parametrize(
    ("reference", "parameter"),
    [
        (SpatialReference(102100, 3857), "102100"),
        (SpatialReference(None, 3857), "3857"),
        (SpatialReference(4326, 4326, "GEOGCS[]"), "4326"),
        (SpatialReference(wkt='LOCAL_CS["Größe"]'), '{"wkt":"LOCAL_CS[\\"Gr\\u00f6\\u00dfe\\"]"}'),
        (SpatialReference(), ""),
    ],
)
def test_a_request_names_the_reference_as_the_service_does(reference: SpatialReference, parameter: str) -> None:
    assert request_reference(reference) == parameter


@pytest.mark.parametrize(
    ("name", "authid"),
    [("Olinda/Landsat", "EPSG:31985"), ("Olinda/Elevation", "EPSG:31985"), ("Test/WebMercator", "EPSG:3857")],
)
def test_services_are_where_their_rasters_are(image_server: ImageServerProcess, name: str, authid: str) -> None:
    service = ImageServiceClient(image_server.service(name), Transport(Access())).describe()
    crs, expected = crs_of(service.spatial_reference), QgsCoordinateReferenceSystem(authid)
    center = QgsPointXY(*service.extent.center)
    moved = QgsCoordinateTransform(crs, expected, QgsCoordinateTransformContext()).transform(center)
    assert moved.distance(center) < 1e-3


def test_a_service_draws_in_the_reference_that_a_request_names(image_server: ImageServerProcess) -> None:
    client = ImageServiceClient(image_server.service("Olinda/Elevation"), Transport(Access()))
    service = client.describe()
    reference = request_reference(service.spatial_reference)
    assert reference.startswith('{"wkt":')
    window = {"bbox": ",".join(map(repr, service.extent)), "bboxSR": reference, "imageSR": reference}
    assert client.export_image({**window, "size": "10,10", "format": "tiff"})
